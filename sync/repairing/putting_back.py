"""One cell put back: where it is now, whether it still holds our number, and what it takes."""

from dataclasses import dataclass, replace

from sync.grid import Entered, Formula, Tab, text_of
from sync.okr import CellRef
from sync.repairing.moves import Moves
from sync.repairing.pictures import shown
from sync.repairing.references import followed
from sync.writing import CellWrite


@dataclass(frozen=True, slots=True)
class Sheet:
    """A tab as it is now, and what moved on it since the write was planned, when it was called `title`."""

    spreadsheet: str
    tab: Tab
    title: str
    moves: Moves

    def cell(self, row: int | None, column: int | None) -> CellRef | None:
        """A cell of it; None for a row or column that is gone."""
        if row is None or column is None:
            return None
        return CellRef(self.spreadsheet, self.tab.sheet_id, self.tab.title, row, column)

    def holds(self, cell: CellRef, write: CellWrite) -> bool:
        """Whether a cell holds what a write of ours put there."""
        if isinstance(write.new, Formula):
            return self.tab.formulas.get((cell.row, cell.column)) == write.new.text
        return text_of(self.tab.value(cell.row, cell.column)) == text_of(shown(write))

    def holds_still(self, cell: CellRef, write: CellWrite) -> bool:
        """Whether a cell holds what it held when the write was planned."""
        return text_of(self.tab.value(cell.row, cell.column)) == text_of(write.old)

    def put_back(self, cell: CellRef, entered: Entered) -> CellWrite:
        """The repair of a cell; a formula as Sheets would have carried it along."""
        if isinstance(entered, Formula):
            entered = replace(entered, text=followed(entered.text, self.title, self.moves))
        return CellWrite(cell, "repair", "", self.tab.value(cell.row, cell.column), entered, "put back")
