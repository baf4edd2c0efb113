"""One tab that our writes hit: what stood where, and which of it has to come back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sync.domain.cells import CellRef
from sync.domain.grid import CellWrite, Entered, Formula, Scalar, Tab, text_of
from sync.passes.repair.baseline import Baseline, shows
from sync.passes.repair.by_hand import text
from sync.passes.repair.line_map import LineMap, Place
from sync.passes.repair.references import Shift, ShiftOf, alike, followed


@dataclass(frozen=True)
class Sheet:
    """A tab as it is now, what our `writes` were planned on `before`, and what moved on it since.

    `line_map` is what is likely, `sure` what is sure of it; `elsewhere` is what became of other tabs.
    """

    before: Baseline
    writes: Sequence[CellWrite]
    tab: Tab
    line_map: LineMap
    sure: LineMap
    elsewhere: ShiftOf

    @cached_property
    def meant(self) -> dict[Place, CellWrite]:
        """What was itself to be put back, by its place then: repairs, and those that a score took the place of."""
        repairs = (write if write.kind == "repair" else write.instead_of for write in self.writes)
        return {repair.cell.place: repair for repair in repairs if repair is not None}

    def cell(self, place: Place) -> CellRef:
        """A cell of the tab."""
        return CellRef(self.writes[0].cell.spreadsheet, self.tab.sheet_id, self.tab.title, *place)

    def holds(self, place: Place, write: CellWrite) -> bool:
        """Whether a cell holds what a write of ours put there; a formula may have been carried along since."""
        if isinstance(write.new, Formula):
            now = self.tab.formulas.get(place)
            return now is not None and any(alike(now, sent) for sent in (write.new.text, self.now(write.new)) if sent)
        return place not in self.tab.formulas and shows(self.tab, place, write)

    def holds_still(self, place: Place, write: CellWrite) -> bool:
        """Whether a cell holds what it held when the write was planned."""
        return place not in self.tab.formulas and text_of(self.tab.value(*place)) == text_of(write.old)

    def held(self, origin: Place) -> Entered:
        """What a cell held when the writes were planned, or was to get back."""
        if origin in self.meant:
            return self.meant[origin].new
        return self.before.tab.entered(*origin)

    def now(self, entered: Entered) -> str | None:
        """What was entered, as text: a formula as Sheets would have carried it along; None where that is in doubt."""
        if not isinstance(entered, Formula):
            return text(entered)
        return followed(entered.text, self.before.tab.title, self._shift_of)

    def put_back(self, place: Place, entered: Entered) -> CellWrite:
        """The repair of a cell."""
        old: Scalar = self.tab.value(*place)
        return CellWrite(self.cell(place), "repair", "", old, entered, "put back")

    def carried(self, entered: Entered) -> Entered:
        """What was entered, as it is to be entered now. Not for what is in doubt."""
        return replace(entered, text=self.now(entered) or "") if isinstance(entered, Formula) else entered

    def _shift_of(self, title: str) -> Shift | None:
        return self._own_shift if title == self.before.tab.title else self.elsewhere(title)

    @cached_property
    def _own_shift(self) -> Shift:
        return shift(self.before.tab, self.tab, self.line_map, self.sure)


def shift(before: Tab, now: Tab, line_map: LineMap, sure: LineMap) -> Shift:
    """What became of a tab, for formulas that refer to it."""
    rows = _in_doubt(range(len(before.values)), line_map.row_home, sure.row_home, _unknown_rows(now, sure))
    columns = _in_doubt(
        range(before.width), line_map.column_home, sure.column_home, now.width > len(sure.origin_column)
    )
    return Shift(now.title, line_map, rows, columns)


def _unknown_rows(now: Tab, sure: LineMap) -> bool:
    return any(row not in sure.origin_row and any(cells) for row, cells in enumerate(now.values))


def _in_doubt(lines: range, home: Mapping[int, int], known: Mapping[int, int], is_any_unknown: bool) -> frozenset[int]:
    """Lines that may be elsewhere. Those without a home are gone for sure only if there is none that may be theirs."""
    return frozenset(line for line in lines if line not in known and (line in home or is_any_unknown))
