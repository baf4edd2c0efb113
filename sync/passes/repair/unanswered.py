"""Where nobody saw what a write hit: its numbers are looked for in the sheet as it is now.

All writes were applied at one moment, or none was, and what was sent to one row hit one row. A number that stands in
its own cell landed. One that does not, while a cell of its column shows it and said something else when the write was
planned, went astray into that cell; of several such cells into the nearest to where it was sent, and each write into
one at most. What people typed meanwhile is theirs.

Where columns moved as well, what was hit is not looked for but told: see `strays`.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from sync.domain.grid import CellWrite, Tab
from sync.passes.repair.baseline import Baseline
from sync.passes.repair.by_hand import Lost
from sync.passes.repair.certainty import sure
from sync.passes.repair.line_map import MaskedCells, Place, between, said, says
from sync.passes.repair.putting_back import Sheet
from sync.passes.repair.references import ShiftOf, plain

# A column, and what a cell of it was to say.
Sent = tuple[int, str]


def looked_for(before: Baseline, writes: Sequence[CellWrite], now: Tab, elsewhere: ShiftOf) -> "Search":
    """The search on one tab. `writes` are those on it, applied or not."""
    texts: dict[int, set[str]] = {}
    for write in writes:
        texts.setdefault(write.cell.column, set()).add(says(write.new))
    becomes = {write.cell.place: says(write.new) for write in writes}
    masked = MaskedCells(perhaps={column: frozenset(found) for column, found in texts.items()}, becomes=becomes)
    line_map = before.line_map_to(now, masked)
    in_columns = masked.in_columns(line_map.column_home)
    rows = range(len(now.values))
    perhaps = {(row, column) for column, ours in in_columns.items() for row in rows if said(now, (row, column)) in ours}
    known = sure(before.tab, before.header, now, line_map, perhaps)
    return Search(Sheet(before, writes, now, line_map, known, elsewhere))


def _sent(write: CellWrite) -> Sent:
    return write.cell.column, says(write.new)


def _sent_with(writes: Sequence[CellWrite]) -> dict[Sent, set[frozenset[Sent]]]:
    """What was sent to one row, by each part of it: as most rows are alike in that, there is little of it."""
    by_row: dict[int, set[Sent]] = {}
    for write in writes:
        by_row.setdefault(write.cell.row, set()).add(_sent(write))
    found: dict[Sent, set[frozenset[Sent]]] = {}
    for together in map(frozenset, by_row.values()):
        for sent in together:
            found.setdefault(sent, set()).add(together)
    return found


def _nearest_first(places: Sequence[Place], row: int) -> Iterator[Place]:
    """Cells of one column, from top to bottom, by how far they are from a row."""
    below = bisect_left(places, (row, 0))
    above = below - 1
    while above >= 0 or below < len(places):
        if below == len(places) or (above >= 0 and row - places[above][0] <= places[below][0] - row):
            yield places[above]
            above -= 1
        else:
            yield places[below]
            below += 1


class Search:
    """`changed` are the cells of the columns that were written which say something else than when the writes were
    planned.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.home = {write.cell.column: sheet.line_map.column_home.get(write.cell.column) for write in sheet.writes}
        self.changed = dict.fromkeys(self._changed())
        self.sent_with = _sent_with(sheet.writes)
        self.names = sheet.before.after(sheet.line_map, sheet.tab).identity_columns
        self.hit: dict[Place, CellWrite] = {}

    def hit_cells(self) -> dict[Place, CellWrite]:
        """The cells that took our writes and still hold them, where columns stayed in their places."""
        lost = [write for write in self.sheet.writes if not self._landed(write)]
        astray = self._showing()
        for write in lost:
            nearest = _nearest_first(astray.get(_sent(write), []), write.cell.row)
            place = next((place for place in nearest if self._may_be_hit_by(place, write)), None)
            if place is not None:
                self.hit[place] = write
        return self.hit

    def strays(self) -> list[Lost]:
        """Where columns that we wrote moved: cells that say what was sent to others, and what stood there before."""
        if all(column == home for column, home in self.home.items()):
            return []
        sheet, found = self.sheet, list[Lost]()
        own = {sheet.line_map.home(write.cell.place): write for write in sheet.writes}
        texts = {_sent(write) for write in sheet.writes}
        for place in self.changed:
            says_ours = any((column, said(sheet.tab, place)) in texts for column in self._sent_to(place[1]))
            if says_ours and not (place in own and sheet.holds(place, own[place])):
                origin = sheet.line_map.origin(place)
                found.append(Lost(sheet.cell(place), sheet.held(origin) if origin else None, stops_tab=True))
        for then, repair in sheet.meant.items() if found else ():
            home = sheet.line_map.home(then)
            if home is not None and not sheet.holds(home, repair):
                found.append(Lost(sheet.cell(home), repair.new, stops_tab=True))
        return found

    def _sent_to(self, column: int) -> Iterator[int]:
        """The columns by their numbers then, of which what was sent may stand in this one."""
        for sent_to, home in self.home.items():
            if column in between(sent_to, sent_to if home is None else home):
                yield sent_to

    def _landed(self, write: CellWrite) -> bool:
        """Whether its own cell took it; one that said the same before tells nothing."""
        home = self.sheet.line_map.home(write.cell.place)
        if home is None or home not in self.changed or not self.sheet.holds(home, write):
            return False
        self.hit[home] = write
        return True

    def _showing(self) -> dict[Sent, list[Place]]:
        """Those changed cells that took none yet, by their column then and what they say."""
        found: dict[Sent, list[Place]] = {}
        for place in self.changed:
            for column in self._sent_to(place[1]):
                if place not in self.hit and self.home[column] == column:
                    found.setdefault((column, said(self.sheet.tab, place)), []).append(place)
        return found

    def _may_be_hit_by(self, place: Place, write: CellWrite) -> bool:
        """Whether a cell shows what was written, and should not."""
        is_free = place not in self.hit and self.sheet.holds(place, write)
        return is_free and self._was(place) != plain(self._text(write)) and self._may_be_hit(place[0], _sent(write))

    def _text(self, write: CellWrite) -> str:
        return self.sheet.now(write.new) or says(write.new)

    def _may_be_hit(self, row: int, sent: Sent) -> bool:
        """Whether a row may have taken all that was sent to one together with this.

        One without a name may be another than it is taken for: what it said before tells nothing.
        """
        if not any(self.sheet.tab.text(row, column) for column in self.names):
            return True
        return any(all(self._may_have_taken(row, *each) for each in together) for together in self.sent_with[sent])

    def _may_have_taken(self, row: int, column: int, text: str) -> bool:
        """Not if no cell says what was written, and all say what they always did."""
        return (row, column) in self.changed or said(self.sheet.tab, (row, column)) == text

    def _changed(self) -> Iterator[Place]:
        tab, before = self.sheet.tab, self.sheet.before.tab
        columns = [column for column in range(max(tab.width, before.width)) if [*self._sent_to(column)]]
        for row in range(max(len(tab.values), len(before.values))):
            for column in columns:
                if self._was((row, column)) != plain(tab.formulas.get((row, column)) or tab.text(row, column)):
                    yield row, column

    def _was(self, place: Place) -> str:
        """What a cell said when the writes were planned; a formula as it would be now."""
        origin = self.sheet.line_map.origin(place)
        if origin is None:
            return ""
        before = self.sheet.before.tab
        formula = self.sheet.now(before.entered(*origin)) if before.formulas.get(origin) else None
        return plain(formula or said(before, origin))
