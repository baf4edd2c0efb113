"""What a change of some cells can reach: the rule by which a pass over a few rows is allowed. Pure.

A cell that no mapping reads reaches nothing. A value of a key result (`columns.VALUES`) reaches that key result and the
score of its objective. Anything else may reach anything: what names a row or an objective, what a condition asks for, a
header, a row that comes or goes, a value that rows below fall back to, a text that reads like a header.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from sync.domain.changes import Changed, changed_cells
from sync.domain.grid import Scalar, Tab, Values
from sync.passes.narrow.columns import Columns
from sync.passes.narrow.kept import Index, LeftBehind, rows_of
from sync.reading import TabReading
from sync.reading.other_tables import is_all_words, is_blank

# Of more key results than these, all may as well be read again.
MOST_KEY_RESULTS = 200


@dataclass(frozen=True, slots=True)
class Reach:
    """`changed` are the cells by sheet id and row; `key_results` and `objectives` the keys of what has to be read and
    scored again, and `rows` those in which something of them stands or takes their scores, by sheet id.
    """

    changed: Mapping[int, Changed]
    key_results: frozenset[str]
    objectives: frozenset[str]
    rows: Mapping[int, frozenset[int]]


def reach_of(left: LeftBehind, now: Mapping[int, Values], changed: Mapping[int, Changed]) -> Reach | None:
    """What the `changed` cells of the mapped tabs, by sheet id, can have made another; None: perhaps everything."""
    book, reading = left.computed.book, left.computed.reading
    key_results: set[str] = set()
    for sheet_id, values in now.items():
        tab = book.tab(sheet_id)
        if tab is None or len(tab.values) != len(values):
            return None
        cells = changed[sheet_id]
        shown = Tab(sheet_id, tab.title, values)
        if any(_may_be_another_row(tab, shown, row) for row in cells):
            return None
        for number, part in enumerate(reading.tabs):
            if part.tab.sheet_id == sheet_id:
                found = _reached(part, left.index, number, cells, (tab.values, values))
                if found is None:
                    return None
                key_results |= found
    if len(key_results) > MOST_KEY_RESULTS:
        return None
    return _whole(left, changed, key_results)


def changed_since(left: LeftBehind, now: Mapping[int, Values]) -> dict[int, Changed]:
    """The cells of the mapped tabs, by sheet id, that show something else than when they were left."""
    then = {tab.sheet_id: tab.values for tab in left.computed.book.tabs}
    return {sheet_id: changed_cells(then.get(sheet_id, ()), values) for sheet_id, values in now.items()}


def _may_be_another_row(then: Tab, now: Tab, row: int) -> bool:
    """Whether a row may have become, or ceased to be, the end or the begin of a table."""
    return any(is_blank(tab, row) or is_all_words(tab, row) for tab in (then, now))


def _reached(
    part: TabReading, index: Index, number: int, cells: Changed, values: tuple[Values, Values]
) -> set[str] | None:
    columns, by_row = index.columns[number], index.by_row[number]
    found: set[str] = set()
    for row, changed in cells.items():
        if row < part.tables[0].first or any(table.is_header(row) for table in part.tables):
            return None
        is_fixed = any((row, column) in columns.fixed for column in changed)
        if is_fixed or _reads_like_a_header(columns, row, changed, values):
            return None
        here = by_row.get(row, ())
        if changed & columns.read:
            if not here or not changed & columns.read <= columns.values:
                return None
            if any(part.kinds[key].is_logged for key in here):
                return None
        # Somebody may have typed over a score: then the row is looked at, too.
        found.update(here)
    return found


def _reads_like_a_header(columns: Columns, row: int, changed: Set[int], values: tuple[Values, Values]) -> bool:
    return any(isinstance(text, str) and columns.is_header(text) for text in _shown(row, changed, values))


def _shown(row: int, changed: Set[int], values: tuple[Values, Values]) -> Iterator[Scalar]:
    for each in values:
        yield from (each[row][column] for column in changed if column < len(each[row]))


def _whole(left: LeftBehind, changed: Mapping[int, Changed], key_results: Set[str]) -> Reach:
    """With the objectives above, and all rows that take their scores."""
    reading, index = left.computed.reading, left.index
    found = [reading.key_results[index.places[key]] for key in key_results]
    objectives = {each.objective for each in found if each.objective}
    for sheet_id, cells in changed.items():
        objectives.update(key for row in cells for key in index.scored.get((sheet_id, row), ()))
    rows: dict[int, set[int]] = {sheet_id: {*cells} for sheet_id, cells in changed.items() if cells}
    for each in found:
        rows.setdefault(each.cell.sheet_id, set()).update(rows_of(each))
    for key in objectives:
        for cell in index.objectives[key].score_cells:
            rows.setdefault(cell.sheet_id, set()).add(cell.row)
    return Reach(
        changed,
        frozenset(key_results),
        frozenset(objectives),
        {sheet_id: frozenset(each) for sheet_id, each in rows.items()},
    )
