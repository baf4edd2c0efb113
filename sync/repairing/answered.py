"""Repairs where the answer to the write shows the sheet when it was applied: exactly what was hit is known."""

from collections.abc import Iterator, Sequence

from sync.okr import CellRef
from sync.reading import TabReading
from sync.repairing.moves import headers, identities, inverted, row_moves
from sync.repairing.pictures import Answer, Picture
from sync.repairing.putting_back import Sheet
from sync.writing import CellWrite


def repairs(
    before: Picture, writes: Sequence[CellWrite], answer: Answer, now: TabReading
) -> tuple[list[CellWrite], list[CellWrite]]:
    """What to put back on one tab, and which of the `writes` on it went astray into cells that were lost sight of."""
    repair = _TabRepair(writes[0].cell.spreadsheet, before, answer, now)
    return list(repair.repairs(writes)), [write for write in writes if repair.lost_sight_of(write)]


class _TabRepair:
    """Where the rows and columns of one tab came from and went to, around one write."""

    def __init__(self, spreadsheet: str, before: Picture, answer: Answer, now: TabReading) -> None:
        self.before, self.now = before, Sheet(spreadsheet, now.tab)
        bound = before if now.refused else now
        old_rows = identities(before.tab.text, len(before.tab.values), before.identity_columns)
        hit_rows = identities(answer.text, len(before.tab.values), before.identity_columns)
        now_rows = identities(now.tab.text, len(now.tab.values), bound.identity_columns)
        old_columns = headers(before.tab.text, before.header_rows, before.tab.width)
        hit_columns = headers(answer.text, before.header_rows, before.tab.width)
        now_columns = headers(now.tab.text, bound.header_rows, now.tab.width)
        self.origin_row, self.origin_column = row_moves(old_rows, hit_rows), row_moves(old_columns, hit_columns)
        self.row_now = inverted(row_moves(hit_rows, now_rows))
        self.column_now = inverted(row_moves(hit_columns, now_columns))
        self.row_hit, self.column_hit = inverted(self.origin_row), inverted(self.origin_column)
        self.row_home = inverted(row_moves(old_rows, now_rows))
        self.column_home = inverted(row_moves(old_columns, now_columns))

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
            yield self.now.put_back(cell, entered, self.now.cell(row, column))
        yield from self._still_to_put_back(writes)

    def _still_to_put_back(self, writes: Sequence[CellWrite]) -> Iterator[CellWrite]:
        """What was to be put back, and whose own cell holds what it held when that was decided."""
        hit = {(write.cell.row, write.cell.column) for write in writes}
        for write in writes:
            place = (self.row_hit.get(write.cell.row), self.column_hit.get(write.cell.column))
            if write.kind != "repair" or (place in hit and place != (write.cell.row, write.cell.column)):
                continue
            home = self.now.cell(self.row_home.get(write.cell.row), self.column_home.get(write.cell.column))
            if home is not None and self.now.holds_still(home, write):
                yield self.now.put_back(home, write.new, write.cell)

    def lost_sight_of(self, write: CellWrite) -> bool:
        """Whether what it hit is not to be found: rows without an identity look all the same."""
        cell = self._now(write)
        return self._went_astray(write) and (cell is None or not self.now.holds(cell, write))

    def _went_astray(self, write: CellWrite) -> bool:
        return self._origin(write) != (write.cell.row, write.cell.column)

    def _origin(self, write: CellWrite) -> tuple[int | None, int | None]:
        """Where the cell that was hit had been when the write was planned."""
        return self.origin_row.get(write.cell.row), self.origin_column.get(write.cell.column)

    def _now(self, write: CellWrite) -> CellRef | None:
        """Where the cell that stood here at the moment of the write is now."""
        return self.now.cell(self.row_now.get(write.cell.row), self.column_now.get(write.cell.column))
