"""One cell put back: where it is now, whether it still holds our number, and what it takes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sync.grid import Entered, Formula, Tab, text_of
from sync.okr import CellRef
from sync.repairing.moves import Moves, Place
from sync.repairing.pictures import Picture, shows
from sync.repairing.references import followed
from sync.writing import CellWrite


@dataclass(frozen=True)
class Sheet:
    """A tab as it is now, what our `writes` were planned on `before`, and what moved on it since."""

    before: Picture
    writes: Sequence[CellWrite]
    tab: Tab
    moves: Moves

    @cached_property
    def _meant(self) -> dict[Place, Entered]:
        return {write.cell.place: write.new for write in self.meant_to_put_back()}

    def meant_to_put_back(self) -> Iterator[CellWrite]:
        """Repairs among our writes, and those that a score took the place of."""
        for write in self.writes:
            repair = write if write.kind == "repair" else write.instead_of
            if repair is not None:
                yield repair

    def cell(self, place: Place | None) -> CellRef | None:
        """A cell of the tab; None for one that is gone."""
        if place is None:
            return None
        return CellRef(self.writes[0].cell.spreadsheet, self.tab.sheet_id, self.tab.title, *place)

    def home(self, write: CellWrite) -> CellRef | None:
        """Where the cell is now that was meant."""
        return self.cell(self.moves.home(write.cell.place))

    def holds(self, cell: CellRef, write: CellWrite) -> bool:
        """Whether a cell holds what a write of ours put there."""
        if isinstance(write.new, Formula):
            return self.tab.formulas.get(cell.place) == write.new.text
        return shows(self.tab, cell.place, write)

    def holds_still(self, cell: CellRef, write: CellWrite) -> bool:
        """Whether a cell holds what it held when the write was planned."""
        return text_of(self.tab.value(*cell.place)) == text_of(write.old)

    def held(self, origin: Place | None) -> Entered:
        """What a cell held when the writes were planned, or was to get back; nothing for a new one."""
        return None if origin is None else self._meant.get(origin, self.before.tab.entered(*origin))

    def put_back(self, cell: CellRef, entered: Entered) -> CellWrite:
        """The repair of a cell; a formula as Sheets would have carried it along."""
        if isinstance(entered, Formula):
            entered = replace(entered, text=followed(entered.text, self.before.tab.title, self.moves))
        return CellWrite(cell, "repair", "", self.tab.value(*cell.place), entered, "put back")
