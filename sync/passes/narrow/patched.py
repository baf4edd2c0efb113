"""The spreadsheet as it was left, with a few rows as they are now. Pure."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from sync.domain.changes import Changed, changed_cells
from sync.domain.grid import Book, Scalar, Tab, Values

Place = tuple[int, int]


def patched(
    left: Book, rows: Book, seen: Mapping[int, Set[int]], lean: Mapping[int, Values], changed: Mapping[int, Changed]
) -> Book | None:
    """The book that was `left`, with the rows that were `seen`, by sheet id, as `rows` show them.

    None where these show anything else than the `lean` read did, or differ by more than the values of `changed` cells
    from what was left: by the structure of the tab, a formula, a format elsewhere.
    """
    same = (left.id, left.title, left.url, left.locale, left.time_zone)
    if same != (rows.id, rows.title, rows.url, rows.locale, rows.time_zone):
        return None
    tabs = []
    for tab in left.tabs:
        if tab.sheet_id in seen:
            now = rows.tab(tab.sheet_id)
            places = {(row, column) for row, columns in changed[tab.sheet_id].items() for column in columns}
            if now is None or not _differs_by_values(tab, now, seen[tab.sheet_id], places):
                return None
            tab = _with_rows(tab, now, seen[tab.sheet_id])
            if any(changed_cells([tab.values[row]], [lean[tab.sheet_id][row]]) for row in seen[tab.sheet_id]):
                return None
        tabs.append(tab)
    return replace(left, tabs=tuple(tabs))


def rows_of(book: Book, rows: Mapping[int, Set[int]]) -> Book:
    """What some rows of its tabs, by sheet id, would show by themselves."""
    return replace(book, tabs=tuple(_rows_of(tab, rows[tab.sheet_id]) for tab in book.tabs if tab.sheet_id in rows))


def _rows_of(tab: Tab, rows: Set[int]) -> Tab:
    shown = {place: text for place, text in tab.formulas.items() if place[0] in rows}
    return replace(tab, formulas=shown, percents=_in(tab.percents, rows), dates=_in(tab.dates, rows))


def _differs_by_values(tab: Tab, now: Tab, seen: Set[int], places: Set[Place]) -> bool:
    structures = [(each.title, each.merges, each.protections, each.columns) for each in (tab, now)]
    formulas = {place: text for place, text in tab.formulas.items() if place[0] in seen}
    formats = (_in(tab.percents, seen) ^ now.percents) | (_in(tab.dates, seen) ^ now.dates)
    return structures[0] == structures[1] and formulas == now.formulas and formats <= places


def _with_rows(tab: Tab, now: Tab, seen: Set[int]) -> Tab:
    values: list[list[Scalar]] = list(tab.values)  # type: ignore[arg-type]
    for row in seen:
        values[row] = list(now.values[row]) if row < len(now.values) else []
    percents = tab.percents - _in(tab.percents, seen) | now.percents
    dates = tab.dates - _in(tab.dates, seen) | now.dates
    return replace(tab, values=values, percents=percents, dates=dates)


def _in(places: Iterable[Place], rows: Set[int]) -> frozenset[Place]:
    return frozenset(place for place in places if place[0] in rows)
