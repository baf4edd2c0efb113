"""The sheet as it is after writes of ours: what the next plan and the next pass are to see."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sync.domain.changes import changed_cells
from sync.domain.grid import Book, CellWrite, Formula, Scalar, Tab
from sync.passes.repair.baseline import shown


def book_after(book: Book, writes: Iterable[CellWrite]) -> Book:
    """The book with these writes in it; a formula shows what it showed before."""
    by_tab: dict[int, list[CellWrite]] = {}
    for write in writes:
        by_tab.setdefault(write.cell.sheet_id, []).append(write)
    tabs = (_tab_after(tab, by_tab[tab.sheet_id]) if tab.sheet_id in by_tab else tab for tab in book.tabs)
    return replace(book, tabs=tuple(tabs))


def book_shown(book: Book, answers: Iterable[Tab]) -> Book:
    """The book as the answer to a write shows it; the same object where that is nothing new.

    Formulas may show other values by our numbers, and people may have typed meanwhile.
    """
    seen = {tab.sheet_id: tab for tab in answers}
    tabs = tuple(_tab_shown(tab, seen[tab.sheet_id]) if tab.sheet_id in seen else tab for tab in book.tabs)
    return book if all(map(_are_alike, tabs, book.tabs)) else replace(book, tabs=tabs)


def with_rows(tab: Tab, answer: Tab, rows: Iterable[int]) -> Tab:
    """The tab with some rows as an answer shows them that shows no others; its merges are those of the whole tab."""
    seen = frozenset(rows)
    values: list[Sequence[Scalar]] = list(tab.values)
    for row in seen:
        values.extend([] for _ in range(row + 1 - len(values)))
        values[row] = answer.values[row] if row < len(answer.values) else []
    formulas = {place: text for place, text in tab.formulas.items() if place[0] not in seen}
    percents = frozenset(place for place in tab.percents if place[0] not in seen)
    dates = frozenset(place for place in tab.dates if place[0] not in seen)
    return replace(
        tab,
        values=values,
        formulas=formulas | dict(answer.formulas),
        percents=percents | answer.percents,
        dates=dates | answer.dates,
        merges=answer.merges,
    )


def _tab_shown(tab: Tab, answer: Tab) -> Tab:
    # Protections are all that an answer does not tell.
    return replace(answer, title=tab.title, protections=tab.protections)


def _are_alike(one: Tab, other: Tab) -> bool:
    if one is other:
        return True
    layouts = [(tab.formulas, tab.merges, tab.percents, tab.dates, tab.fills) for tab in (one, other)]
    return layouts[0] == layouts[1] and not changed_cells(one.values, other.values)


def _tab_after(tab: Tab, writes: Sequence[CellWrite]) -> Tab:
    values: list[list[Scalar]] = list(tab.values)  # type: ignore[arg-type]
    formulas = dict(tab.formulas)
    for row in {write.cell.row for write in writes}:
        values.extend([] for _ in range(row + 1 - len(values)))
        values[row] = list(values[row])
    for write in writes:
        row, column = write.cell.row, write.cell.column
        values[row].extend([None] * (column + 1 - len(values[row])))
        values[row][column] = shown(write)
        formulas.pop((row, column), None)
        if isinstance(write.new, Formula):
            formulas[row, column] = write.new.text
    return replace(tab, values=values, formulas=formulas)
