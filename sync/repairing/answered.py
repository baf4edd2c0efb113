"""Repairs where the answer to the write shows the sheet when it was applied, so that it is known what was hit."""

from collections.abc import Iterator, Sequence

from sync.grid import Tab
from sync.okr import CellRef
from sync.repairing.moves import Moves, inverted, row_moves
from sync.repairing.pictures import Answer, Picture, same_headers
from sync.repairing.putting_back import Sheet
from sync.writing import CellWrite

Place = tuple[int | None, int | None]


def repairs(
    before: Picture, writes: Sequence[CellWrite], answer: Answer, now: Tab
) -> tuple[list[CellWrite], list[CellWrite]]:
    """What to put back on one tab, and which of the `writes` on it went astray into cells that were lost sight of."""
    repair = _TabRepair(writes[0].cell.spreadsheet, before, answer, now)
    return list(repair.repairs(writes)), [write for write in writes if repair.lost_sight_of(write)]


class _TabRepair:
    """Where the rows and columns of one tab came from and went to, around one write."""

    def __init__(self, spreadsheet: str, before: Picture, answer: Answer, now: Tab) -> None:
        moves = before.moves_to(now)
        self.before, self.now, self.moves = before, Sheet(spreadsheet, now, before.tab.title, moves), moves
        columns = range(max(now.width, before.tab.width))
        if same_headers(before, answer):
            self.origin_column = {column: column for column in columns}
            self.column_now = moves.column_home
            self._see_rows(answer, now, moves)
        else:
            # The answer does not show the columns that tell which row is which: most likely nothing moved after it.
            self.origin_row, self.origin_column = moves.origin_row, moves.origin_column
            self.row_now = {row: row for row in range(max(len(now.values), len(before.tab.values)))}
            self.column_now = {column: column for column in columns}
        self.row_hit, self.column_hit = inverted(self.origin_row), inverted(self.origin_column)

    def _see_rows(self, answer: Answer, now: Tab, moves: Moves) -> None:
        rows, names = len(self.before.tab.values), len(self.before.identity_columns)
        then, hit = self.before.identities(self.before.tab.text, rows), self.before.identities(answer.text, rows)
        later = self.before.identities(now.text, len(now.values), moves.column_home)
        self.origin_row = row_moves(then, hit, names=names)
        self.row_now = inverted(row_moves(hit, later, names=names))

    def repairs(self, writes: Sequence[CellWrite]) -> Iterator[CellWrite]:
        meant = {(write.cell.row, write.cell.column): write.new for write in writes if write.kind == "repair"}
        for write in writes:
            row, column = self._origin(write)
            cell = self._now(write)
            if not self._went_astray(write) or cell is None or not self.now.holds(cell, write):
                continue
            entered = None
            if row is not None and column is not None:
                entered = meant.get((row, column), self.before.tab.entered(row, column))
            yield self.now.put_back(cell, entered)
        yield from self._still_to_put_back(writes)

    def _still_to_put_back(self, writes: Sequence[CellWrite]) -> Iterator[CellWrite]:
        """What was to be put back, and whose own cell holds what it held when that was decided."""
        hit = {(write.cell.row, write.cell.column) for write in writes}
        for write in writes:
            place = (self.row_hit.get(write.cell.row), self.column_hit.get(write.cell.column))
            if write.kind != "repair" or (place in hit and place != (write.cell.row, write.cell.column)):
                continue
            row, column = self.moves.row_home.get(write.cell.row), self.moves.column_home.get(write.cell.column)
            home = self.now.cell(row, column)
            if home is not None and self.now.holds_still(home, write):
                yield self.now.put_back(home, write.new)

    def lost_sight_of(self, write: CellWrite) -> bool:
        """Whether what it hit is not to be found: rows without an identity look all the same."""
        cell = self._now(write)
        return self._went_astray(write) and (cell is None or not self.now.holds(cell, write))

    def _went_astray(self, write: CellWrite) -> bool:
        return self._origin(write) != (write.cell.row, write.cell.column)

    def _origin(self, write: CellWrite) -> Place:
        """Where the cell that was hit had been when the write was planned."""
        return self.origin_row.get(write.cell.row), self.origin_column.get(write.cell.column)

    def _now(self, write: CellWrite) -> CellRef | None:
        """Where the cell that was hit is now."""
        return self.now.cell(self.row_now.get(write.cell.row), self.column_now.get(write.cell.column))
