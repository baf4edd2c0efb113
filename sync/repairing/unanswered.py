"""Repairs where nobody saw what a write hit: its numbers are looked for in the sheet as it is now.

A number that stands in its own cell landed. One that does not, while a cell that it can have hit shows it and showed
something else when the write was planned, went astray into that cell. Of several such cells the nearest to where it was
sent is taken, and each write accounts for one cell at most. What people typed meanwhile is theirs.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from sync.grid import Entered, Formula, Scalar, Tab, text_of
from sync.okr import CellRef
from sync.repairing.moves import Identity
from sync.repairing.pictures import Picture, shown
from sync.repairing.putting_back import Sheet
from sync.writing import CellWrite

Place = tuple[int, int]


def repairs(before: Picture, writes: Sequence[CellWrite], now: Tab, unseen: Sequence[CellWrite]) -> Iterator[CellWrite]:
    """What to put back on one tab. `writes` are those on it, applied or not; `unseen` those to be looked for."""
    return _Search(writes[0].cell.spreadsheet, before, writes, now).repairs(writes, unseen)


class _Search:
    def __init__(self, spreadsheet: str, before: Picture, writes: Sequence[CellWrite], now: Tab) -> None:
        moves = before.moves_to(now)
        self.before, self.now = before, Sheet(spreadsheet, now, before.tab.title, moves)
        self.meant = {(write.cell.row, write.cell.column): write.new for write in writes if write.kind == "repair"}
        self.origin_row, self.origin_column = moves.origin_row, moves.origin_column
        old_rows = before.identities(before.tab.text, len(before.tab.values))
        now_rows = before.identities(now.text, len(now.values), moves.column_home)
        self._tell_unnamed_rows_apart(_unnamed(old_rows), _unnamed(now_rows), {_shows(write) for write in writes})
        self.row_home, self.column_home = moves.row_home, moves.column_home

    def repairs(self, writes: Sequence[CellWrite], unseen: Sequence[CellWrite]) -> Iterator[CellWrite]:
        homes = {write.cell: self._home(write) for write in writes}
        lost = [write for write in unseen if not self._landed(homes[write.cell], write)]
        found = self._changed_cells({_shows(write) for write in lost})
        taken = {home for write in writes if (home := homes[write.cell]) and self._landed(home, write)}
        for write in lost:
            shown_in = found.get(_shows(write), ())
            candidates = [cell for cell in shown_in if self._may_have_hit(cell, write) and cell not in taken]
            cell = min(candidates, key=lambda cell: _distance(cell, write.cell), default=None)
            if cell is not None and self.now.holds(cell, write):
                taken.add(cell)
                yield self.now.put_back(cell, self._held(self._origin(cell)))
        for write in lost:
            home = homes[write.cell]
            if write.kind == "repair" and home is not None and home not in taken and self.now.holds_still(home, write):
                yield self.now.put_back(home, write.new)

    def _tell_unnamed_rows_apart(self, old: Sequence[int], new: Sequence[int], ours: set[str]) -> None:
        """Rows without an identity are known by all that they hold; the rest first where a number of ours was hit."""
        columns = sorted(self.origin_column)
        texts_before = _row_texts(self.before.tab, [self.origin_column[column] for column in columns])
        texts_now = _row_texts(self.now.tab, columns)
        waiting: dict[tuple[str, ...], list[int]] = {}
        for row in old:
            waiting.setdefault(texts_before(row), []).append(row)
        for row in new:
            self.origin_row.pop(row, None)
        hit_first = sorted(new, key=lambda row: (ours.isdisjoint(texts_now(row)), row))
        for row in new:
            if waiting.get(texts_now(row)):
                self.origin_row[row] = waiting[texts_now(row)].pop(0)
        left = sorted(row for rows in waiting.values() for row in rows)
        for row in hit_first:
            if row not in self.origin_row and left:
                origin = next((before for before in left if self._keeps_order(before, row)), left[0])
                left.remove(origin)
                self.origin_row[row] = origin

    def _keeps_order(self, before: int, row: int) -> bool:
        """Whether a row that was there then stood between the same rows as this one does now."""
        rows = len(self.now.tab.values)
        above = next((self.origin_row[each] for each in range(row - 1, -1, -1) if each in self.origin_row), -1)
        below = next((self.origin_row[each] for each in range(row + 1, rows) if each in self.origin_row), before + 1)
        return above < before < below

    def _home(self, write: CellWrite) -> CellRef | None:
        """Where the cell that was meant is now."""
        return self.now.cell(self.row_home.get(write.cell.row), self.column_home.get(write.cell.column))

    def _may_have_hit(self, cell: CellRef, write: CellWrite) -> bool:
        """Columns that moved before the write and after it leave what was hit between where it was sent and its own."""
        sent_to = write.cell.column
        ends = sorted((sent_to, self.column_home.get(sent_to, sent_to)))
        return ends[0] <= cell.column <= ends[1]

    def _landed(self, home: CellRef | None, write: CellWrite) -> bool:
        return home is not None and self.now.holds(home, write)

    def _changed_cells(self, shows: set[str]) -> Mapping[str, list[CellRef]]:
        """By what they show, the cells that show one of these and did not when the write was planned."""
        found: dict[str, list[CellRef]] = {}
        tab = self.now.tab
        for row in range(max(len(tab.values), len(self.before.tab.values))):
            for column in range(max(tab.width, self.before.tab.width)):
                text = tab.text(row, column)
                cell = self.now.cell(row, column)
                if text in shows and cell and text_of(_seen(self._held(self._origin(cell)))) != text:
                    found.setdefault(text, []).append(cell)
        return found

    def _origin(self, cell: CellRef) -> Place | None:
        """Where a cell was when the write was planned; None for a new one."""
        row, column = self.origin_row.get(cell.row), self.origin_column.get(cell.column)
        return None if row is None or column is None else (row, column)

    def _held(self, origin: Place | None) -> Entered:
        """What a cell held then, or was to get back."""
        return None if origin is None else self.meant.get(origin, self.before.tab.entered(*origin))


def _unnamed(rows: Sequence[Identity]) -> list[int]:
    return [row for row, identity in enumerate(rows) if not any(identity)]


def _row_texts(tab: Tab, columns: Sequence[int]) -> Callable[[int], tuple[str, ...]]:
    """All that a row holds in these columns."""
    return lambda row: tuple(tab.text(row, column) for column in columns)


def _shows(write: CellWrite) -> str:
    return text_of(shown(write))


def _seen(entered: Entered) -> Scalar:
    """What a cell shows that holds this."""
    if isinstance(entered, Formula):
        return entered.shows
    return float(entered) if entered is not None and not isinstance(entered, str | bool) else entered


def _distance(cell: CellRef, sent_to: CellRef) -> Place:
    return abs(cell.column - sent_to.column), abs(cell.row - sent_to.row)
