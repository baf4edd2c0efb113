"""Repairs where the answer to the write shows the sheet when it was applied: exactly what was hit is known.

Only where the header stood still: else the answer does not show the columns that tell which row is which.
"""

from collections.abc import Iterator, Sequence

from sync.grid import Tab
from sync.okr import CellRef
from sync.repairing.moves import inverted, row_moves
from sync.repairing.pictures import Answer, Picture
from sync.repairing.putting_back import Sheet
from sync.writing import CellWrite


def repairs(
    before: Picture, writes: Sequence[CellWrite], answer: Answer, now: Tab
) -> tuple[list[CellWrite], list[CellWrite]]:
    """What to put back on one tab, and which of the `writes` on it went astray into cells that were lost sight of."""
    repair = _TabRepair(writes[0].cell.spreadsheet, before, answer, now)
    return list(repair.repairs(writes)), [write for write in writes if repair.lost_sight_of(write)]


class _TabRepair:
    """Where the rows of one tab came from and went to, around one write."""

    def __init__(self, spreadsheet: str, before: Picture, answer: Answer, now: Tab) -> None:
        moves = before.moves_to(now)
        self.before, self.now = before, Sheet(spreadsheet, now, before.tab.title, moves)
        rows = len(before.tab.values)
        hit = before.identities(answer.text, rows)
        self.origin_row = row_moves(before.identities(before.tab.text, rows), hit)
        self.row_hit = inverted(self.origin_row)
        self.row_now = inverted(row_moves(hit, before.identities(now.text, len(now.values), moves.column_home)))
        self.row_home, self.column_home = moves.row_home, moves.column_home

    def repairs(self, writes: Sequence[CellWrite]) -> Iterator[CellWrite]:
        meant = {(write.cell.row, write.cell.column): write.new for write in writes if write.kind == "repair"}
        for write in writes:
            row, column = self.origin_row.get(write.cell.row), write.cell.column
            cell = self._now(write)
            if not self._went_astray(write) or cell is None or not self.now.holds(cell, write):
                continue
            entered = None if row is None else meant.get((row, column), self.before.tab.entered(row, column))
            yield self.now.put_back(cell, entered)
        yield from self._still_to_put_back(writes)

    def _still_to_put_back(self, writes: Sequence[CellWrite]) -> Iterator[CellWrite]:
        """What was to be put back, and whose own cell holds what it held when that was decided."""
        hit = {(write.cell.row, write.cell.column) for write in writes}
        for write in writes:
            row, column = self.row_hit.get(write.cell.row), write.cell.column
            if write.kind != "repair" or ((row, column) in hit and row != write.cell.row):
                continue
            home = self.now.cell(self.row_home.get(write.cell.row), self.column_home.get(column))
            if home is not None and self.now.holds_still(home, write):
                yield self.now.put_back(home, write.new)

    def lost_sight_of(self, write: CellWrite) -> bool:
        """Whether what it hit is not to be found: rows without an identity look all the same."""
        cell = self._now(write)
        return self._went_astray(write) and (cell is None or not self.now.holds(cell, write))

    def _went_astray(self, write: CellWrite) -> bool:
        return self.origin_row.get(write.cell.row) != write.cell.row

    def _now(self, write: CellWrite) -> CellRef | None:
        """Where the cell that stood here at the moment of the write is now."""
        return self.now.cell(self.row_now.get(write.cell.row), self.column_home.get(write.cell.column))
