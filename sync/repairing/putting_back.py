"""One cell put back: where it is now, whether it still holds our number, and what it takes."""

from dataclasses import dataclass, replace

from openpyxl.formula.translate import Translator

from sync.grid import Entered, Formula, Tab, text_of
from sync.okr import CellRef
from sync.repairing.pictures import shown
from sync.writing import CellWrite


@dataclass(frozen=True, slots=True)
class Sheet:
    """A tab as it is now."""

    spreadsheet: str
    tab: Tab

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

    def put_back(self, cell: CellRef, entered: Entered, origin: CellRef | None) -> CellWrite:
        """The repair of a cell; a formula as Sheets would have carried it along from `origin`."""
        if isinstance(entered, Formula) and origin is not None and origin.a1 != cell.a1:
            entered = replace(entered, text=Translator(entered.text, origin=origin.a1).translate_formula(cell.a1))
        return CellWrite(cell, "repair", "", self.tab.value(cell.row, cell.column), entered, "put back")
