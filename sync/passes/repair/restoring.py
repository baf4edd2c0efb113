"""What people's cells held that our numbers are in now: put back where it is sure, else left to a person.

A text, number or formula comes back only where three things are sure: that it is missing, because nowhere in its column
it still stands; that our number is in the cell; and that the cell is where it stood.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sync.domain.grid import CellWrite, Entered, Formula
from sync.passes.repair.by_hand import Lost, text, times
from sync.passes.repair.line_map import Place
from sync.passes.repair.putting_back import Sheet
from sync.passes.repair.references import alike, plain


@dataclass(slots=True)
class Restoration:
    """What to put back, and what is left to a person."""

    put_back: list[CellWrite] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)


def restored(sheet: Sheet, hit: Mapping[Place, CellWrite]) -> Restoration:
    """What to do about one tab. `hit` are the cells, as they are now, that took our writes."""
    return _Restoring(sheet, hit).found()


class _Restoring:
    def __init__(self, sheet: Sheet, hit: Mapping[Place, CellWrite]) -> None:
        self.sheet, self.hit = sheet, hit
        self.held = dict(self._held())
        self.said_in_row = Counter(row for row, _ in self.held)
        # Cells that a score has taken, or takes with the next plan.
        self.scored = sheet.before.owned - {write.cell.place for write in sheet.writes if write.kind == "repair"}
        self.missing = self._missing()
        self.unsure: list[Place] = []
        self.result = Restoration()

    def found(self) -> Restoration:
        for place, write in self.hit.items():
            self._look_after(place, write)
        for then, repair in self.sheet.meant.items():
            self._on_to_its_home(then, repair)
        for then, entered in self.held.items():
            self._left_over(then, entered)
        return self.result

    def _look_after(self, place: Place, write: CellWrite) -> None:
        origin = self.sheet.sure.origin(place)
        if origin == write.cell.place:
            if write.kind == "repair" and write.new is not None:
                self._take(origin, write.new)
            self._check_formula(place, write)
        elif origin is not None:
            self._put(place, origin)
        else:
            self.unsure.append(place)
            if self.sheet.line_map.origin(place) != write.cell.place:
                self.result.put_back.append(self.sheet.put_back(place, None))

    def _check_formula(self, place: Place, write: CellWrite) -> None:
        """A formula may have been sent before what it refers to moved."""
        if not isinstance(write.new, Formula):
            return
        wanted, stands = self.sheet.now(write.new), self.sheet.tab.formulas.get(place, "")
        if wanted is None:
            self.result.lost.append(self._lost(place, write.new))
        elif not alike(wanted, stands):
            self.result.put_back.append(self.sheet.put_back(place, self.sheet.carried(write.new)))

    def _put(self, place: Place, origin: Place) -> None:
        """What stood at `origin` belongs here, unless it still stands somewhere."""
        entered = self.held.get(origin)
        if entered is not None and not self._take(origin, entered) and origin not in self.sheet.meant:
            entered = None
        if self.sheet.now(entered) is None:
            self.result.lost.append(self._lost(place, entered))
            entered = None
        self.result.put_back.append(self.sheet.put_back(place, self.sheet.carried(entered)))

    def _on_to_its_home(self, then: Place, repair: CellWrite) -> None:
        """What was itself to be put back, and went astray or never arrived."""
        # A number of ours is to go: for that it is enough that it still stands where it likely is.
        line_map = self.sheet.line_map if repair.new is None else self.sheet.sure
        home = line_map.home(then)
        if home is None or home in self.hit or not self.sheet.holds_still(home, repair):
            return
        self._put(home, then)

    def _left_over(self, then: Place, entered: Entered) -> None:
        """What is missing and has no sure home: it may have stood in one of the cells that nobody knows again."""
        is_known = then in self.scored or self.sheet.sure.home(then) is not None
        if is_known or self.missing[self._name(then, entered)] <= 0 or self._took(entered):
            return
        likely = self.sheet.line_map.home(then)
        waits = then in self.sheet.meant
        could = [place for place in self.unsure if self._may_have_stood_in(place, then)]
        nearest = min(could, key=lambda place: abs(place[0] - then[0]), default=then if waits else None)
        place = likely if likely in could or (waits and likely is not None) else nearest
        if place is not None:
            self._take(then, entered)
            self.result.lost.append(self._lost(place, entered))

    def _took(self, entered: Entered) -> bool:
        """Whether it was put back already, into a cell that may be the right one."""
        repairs = (write.new for write in self.hit.values() if write.kind == "repair")
        texts = (new for new in repairs if isinstance(new, Formula | str))
        return any(text(each) == text(entered) for each in texts)

    def _may_have_stood_in(self, place: Place, then: Place) -> bool:
        """Not in another column, nor in a row where nothing stands where something did: nobody erases all of a row."""
        same_column = self.sheet.line_map.origin_column.get(place[1], then[1]) == then[1]
        return same_column and (self._says_more(place) or self.said_in_row[then[0]] == 1)

    def _says_more(self, place: Place) -> bool:
        """Whether anything stands in the row of a cell but numbers of ours."""
        row, tab = place[0], self.sheet.tab
        return any(tab.text(row, column) for column in range(tab.width) if (row, column) not in self.hit)

    def _lost(self, place: Place, entered: Entered) -> Lost:
        seen = times(self.sheet.tab, entered, self.hit.keys())
        ours = self.hit[place].new if place in self.hit else None
        return Lost(self.sheet.cell(place), entered, seen=seen, ours=ours)

    # What is missing

    def _held(self) -> Iterator[tuple[Place, Entered]]:
        tab = self.sheet.before.tab
        for row, cells in enumerate(tab.values):
            for column in range(len(cells)):
                entered = self.sheet.held((row, column))
                if entered not in (None, ""):
                    yield (row, column), entered
        for place, repair in self.sheet.meant.items():
            beyond = place[0] >= len(tab.values) or place[1] >= len(tab.values[place[0]])
            if beyond and repair.new not in (None, ""):
                yield place, repair.new

    def _missing(self) -> Counter[tuple[int, str]]:
        """How often each thing stood in a column that does not stand there now, but for what we hit."""
        missing = Counter(self._name(place, entered) for place, entered in self.held.items())
        tab = self.sheet.tab
        for row, cells in enumerate(tab.values):
            for column in range(len(cells)):
                origin = self.sheet.line_map.origin_column.get(column)
                entered = tab.entered(row, column)
                if origin is not None and entered is not None and (row, column) not in self.hit:
                    missing[origin, plain(text(entered))] -= 1
        return missing

    def _name(self, then: Place, entered: Entered) -> tuple[int, str]:
        return then[1], plain(self.sheet.now(entered) or text(entered))

    def _take(self, then: Place, entered: Entered) -> bool:
        """Whether it is missing; from now on it is so once less."""
        name = self._name(then, entered)
        self.missing[name] -= 1
        return self.missing[name] >= 0
