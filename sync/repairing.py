"""After a write: did every number land beside its own row, and if not, what to put back where.

Sheets has no compare-and-set: a person may insert, sort or delete rows between our read and our write. The answer to
the write shows the sheet right after it, which is what is judged here. Pure: decides repairs, carries out none.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from difflib import SequenceMatcher

from openpyxl.formula.translate import Translator

from sync.grid import Area, Entered, Formula, Scalar, Tab, text_of
from sync.okr import CellRef
from sync.reading import BookReading, TabReading
from sync.writing import CellWrite

Identity = tuple[str, ...]
TextAt = Callable[[int, int], str]


@dataclass(frozen=True, slots=True)
class Answer:
    """One written tab right after our write, as far as it was asked for: cells by (row, column)."""

    sheet_id: int
    cells: Mapping[tuple[int, int], Scalar] = field(default_factory=dict)

    def text(self, row: int, column: int) -> str:
        """What a cell shows, as text; empty for one that was not asked for."""
        return text_of(self.cells.get((row, column)))


def watched_areas(reading: BookReading, writes: Sequence[CellWrite]) -> Iterator[tuple[Tab, Area]]:
    """What the answer to a write must show of each tab: its headers, identity columns and written columns."""
    for tab in _written_tabs(reading, writes):
        rows = len(tab.tab.values)
        if tab.header_rows:
            yield tab.tab, Area(0, 0, tab.header_rows, tab.tab.width)
        written = {write.cell.column for write in writes if write.cell.sheet_id == tab.tab.sheet_id}
        for column in sorted(written.union(tab.identity_columns)):
            yield tab.tab, Area(tab.header_rows, column, rows, column + 1)


def landed(reading: BookReading, writes: Sequence[CellWrite], answers: Iterable[Answer]) -> bool:
    """Whether no row and no header of a written tab had moved or changed when the write was applied."""
    seen = {answer.sheet_id: answer for answer in answers}
    return all(
        tab.tab.sheet_id in seen and _unmoved(tab, writes, seen[tab.tab.sheet_id])
        for tab in _written_tabs(reading, writes)
    )


def repairs(
    before: BookReading, writes: Sequence[CellWrite], answers: Iterable[Answer], after: BookReading
) -> list[CellWrite]:
    """Put back what our numbers overwrote in wrong places.

    `before` is what the writes were planned on, `answers` the sheet when they were applied, `after` the sheet now.
    What a wrongly hit cell held before goes to where its row is now; a row that is new gets an empty cell. What was
    itself to be put back, and went astray, goes on to its own row. Only cells that still hold our number are touched.
    """
    seen = {answer.sheet_id: answer for answer in answers}
    now = {tab.tab.sheet_id: tab for tab in after.tabs}
    found: list[CellWrite] = []
    for tab in _written_tabs(before, writes):
        sheet_id = tab.tab.sheet_id
        if sheet_id in seen and sheet_id in now:
            mine = [write for write in writes if write.cell.sheet_id == sheet_id]
            found += _TabRepair(mine[0].cell.spreadsheet, tab, seen[sheet_id], now[sheet_id]).repairs(mine)
    return found


def merged(planned: Sequence[CellWrite], put_back: Sequence[CellWrite], managed: Iterable[CellRef]) -> list[CellWrite]:
    """One list of writes out of the new plan and the repairs, no cell twice.

    In a cell of ours that takes a score (`managed`) the plan has the word, unless a formula or text of a person's was
    hit there: that comes back, and the next plan sees it.
    """
    foreign = [write for write in put_back if isinstance(write.new, Formula | str | bool)]
    spared = {write.cell for write in foreign}
    taken = spared.union(managed)
    others = [write for write in put_back if write.cell not in taken]
    return [*foreign, *others, *(write for write in planned if write.cell not in spared)]


def row_moves(before: Sequence[Identity], after: Sequence[Identity]) -> dict[int, int]:
    """Which row each row of `after` was in `before`; rows that are new are left out.

    Runs that stayed in order are matched first (insertions, deletions), then rows that went elsewhere by what they
    say (sorting), and at last rows that were edited where they stand and still say much the same.
    """
    moves: dict[int, int] = {}
    edited: list[tuple[range, range]] = []
    for tag, old, old_end, new, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            moves.update(zip(range(new, new_end), range(old, old_end), strict=True))
        elif old_end - old == new_end - new:
            edited.append((range(old, old_end), range(new, new_end)))
    left: dict[Identity, list[int]] = {}
    matched = set(moves.values())
    for row, identity in enumerate(before):
        if row not in matched and any(identity):
            left.setdefault(identity, []).append(row)
    for row, identity in enumerate(after):
        if row not in moves and left.get(identity):
            moves[row] = left[identity].pop(0)
    unmatched = {row for rows in left.values() for row in rows}
    for olds, news in edited:
        for old_row, new_row in zip(olds, news, strict=True):
            if new_row not in moves and old_row in unmatched and _alike(before[old_row], after[new_row]):
                moves[new_row] = old_row
    return moves


def _alike(one: Identity, other: Identity) -> bool:
    """Whether one row may be the other reworded, and not another row in its place."""
    shared = any(text and text == again for text, again in zip(one, other, strict=True))
    return shared or SequenceMatcher(None, "".join(one), "".join(other)).ratio() > 0.6


class _TabRepair:
    """Where the rows and columns of one tab came from and went to, around one write."""

    def __init__(self, spreadsheet: str, tab: TabReading, answer: Answer, now: TabReading) -> None:
        self.tab, self.now, self.spreadsheet = tab, now, spreadsheet
        bound = tab if now.refused else now
        old_rows = _identities(tab.tab.text, len(tab.tab.values), tab.identity_columns)
        hit_rows = _identities(answer.text, len(tab.tab.values), tab.identity_columns)
        now_rows = _identities(now.tab.text, len(now.tab.values), bound.identity_columns)
        old_columns = _headers(tab.tab.text, tab.header_rows, tab.tab.width)
        hit_columns = _headers(answer.text, tab.header_rows, tab.tab.width)
        now_columns = _headers(now.tab.text, bound.header_rows, now.tab.width)
        self.origin_row, self.origin_column = row_moves(old_rows, hit_rows), row_moves(old_columns, hit_columns)
        self.row_now = _inverted(row_moves(hit_rows, now_rows))
        self.column_now = _inverted(row_moves(hit_columns, now_columns))
        self.row_hit, self.column_hit = _inverted(self.origin_row), _inverted(self.origin_column)
        self.row_home = _inverted(row_moves(old_rows, now_rows))
        self.column_home = _inverted(row_moves(old_columns, now_columns))

    def repairs(self, writes: Sequence[CellWrite]) -> Iterator[CellWrite]:
        meant = {(write.cell.row, write.cell.column): write.new for write in writes if write.kind == "repair"}
        astray = [write for write in writes if self._origin(write) != (write.cell.row, write.cell.column)]
        for write in astray:
            cell = self._cell_now(write.cell.row, write.cell.column)
            if cell is None or not _holds(self.now.tab, cell, write):
                continue
            row, column = self._origin(write)
            entered = None
            if row is not None and column is not None:
                entered = meant.get((row, column), self.tab.tab.entered(row, column))
            origin = self._cell(row, column)
            yield self._put_back(cell, _moved(entered, origin, cell) if origin else entered)
        hit = {(write.cell.row, write.cell.column) for write in writes}
        for write in astray:
            place = (self.row_hit.get(write.cell.row), self.column_hit.get(write.cell.column))
            if write.kind != "repair" or place in hit:
                continue
            cell = self._cell(self.row_home.get(write.cell.row), self.column_home.get(write.cell.column))
            if cell is not None and text_of(self.now.tab.value(cell.row, cell.column)) == text_of(write.old):
                yield self._put_back(cell, _moved(write.new, write.cell, cell))

    def _origin(self, write: CellWrite) -> tuple[int | None, int | None]:
        """Where the cell that was hit had been when the write was planned."""
        return self.origin_row.get(write.cell.row), self.origin_column.get(write.cell.column)

    def _cell_now(self, row: int, column: int) -> CellRef | None:
        """Where a cell that stood here at the moment of the write is now."""
        return self._cell(self.row_now.get(row), self.column_now.get(column))

    def _cell(self, row: int | None, column: int | None) -> CellRef | None:
        if row is None or column is None:
            return None
        return CellRef(self.spreadsheet, self.now.tab.sheet_id, self.now.tab.title, row, column)

    def _put_back(self, cell: CellRef, entered: Entered) -> CellWrite:
        return CellWrite(cell, "repair", "", self.now.tab.value(cell.row, cell.column), entered, "put back")


def shown(write: CellWrite) -> Scalar:
    """What a cell shows after a write of ours; a formula that was put back, most likely what it showed before."""
    if isinstance(write.new, Formula):
        return write.new.shows
    return float(write.new) if isinstance(write.new, Decimal) else write.new


def _holds(tab: Tab, cell: CellRef, write: CellWrite) -> bool:
    """Whether a cell still holds what a write of ours put there."""
    if isinstance(write.new, Formula):
        return tab.formulas.get((cell.row, cell.column)) == write.new.text
    return text_of(tab.value(cell.row, cell.column)) == text_of(shown(write))


def _moved(entered: Entered, origin: CellRef, cell: CellRef) -> Entered:
    """A formula as Sheets would have carried it along when its row or column moved; all else as it is."""
    if not isinstance(entered, Formula) or origin.a1 == cell.a1:
        return entered
    return replace(entered, text=Translator(entered.text, origin=origin.a1).translate_formula(cell.a1))


def _written_tabs(reading: BookReading, writes: Sequence[CellWrite]) -> Iterator[TabReading]:
    """The tabs that are written to; where two mappings read one tab, both."""
    sheet_ids = {write.cell.sheet_id for write in writes}
    yield from (tab for tab in reading.tabs if tab.tab.sheet_id in sheet_ids)


def _unmoved(tab: TabReading, writes: Sequence[CellWrite], answer: Answer) -> bool:
    written = {(write.cell.row, write.cell.column) for write in writes if write.cell.sheet_id == tab.tab.sheet_id}
    headers = ((row, column) for row in range(tab.header_rows) for column in range(tab.tab.width))
    rows = range(tab.header_rows, len(tab.tab.values))
    identities = ((row, column) for row in rows for column in tab.identity_columns)
    places = (place for group in (headers, identities) for place in group if place not in written)
    return all(answer.text(*place) == tab.tab.text(*place) for place in places)


def _identities(text: TextAt, rows: int, columns: Sequence[int]) -> list[Identity]:
    return [tuple(text(row, column) for column in columns) for row in range(rows)]


def _headers(text: TextAt, rows: int, width: int) -> list[Identity]:
    return [tuple(text(row, column) for row in range(rows)) for column in range(width)]


def _inverted(moves: Mapping[int, int]) -> dict[int, int]:
    return {old: new for new, old in moves.items()}
