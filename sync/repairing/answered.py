"""Repairs where the answer to the write shows the sheet right after it, so that it is known what was hit."""

from collections.abc import Iterator, Sequence

from sync.grid import Tab
from sync.repairing.moves import Covers
from sync.repairing.pictures import Picture
from sync.repairing.putting_back import Sheet
from sync.writing import CellWrite


def repairs(before: Picture, writes: Sequence[CellWrite], answer: Tab, now: Tab) -> Iterator[CellWrite]:
    """What to put back on one tab: what its cells held that were hit, and what was itself to be put back."""
    places = {write.cell.place for write in writes}
    until_hit = before.moves_to(answer, Covers(places))
    since = before.after(until_hit, answer).moves_to(now)
    sheet = Sheet(before, writes, now, until_hit.then(since))
    for write in writes:
        place = write.cell.place
        origin, cell = until_hit.origin(place), sheet.cell(since.home(place))
        if origin != place and cell is not None and sheet.holds(cell, write):
            yield sheet.put_back(cell, sheet.held(origin))
    for write in sheet.meant_to_put_back():
        place = write.cell.place
        home = sheet.home(write)
        if until_hit.home(place) not in places and home is not None and sheet.holds_still(home, write):
            yield sheet.put_back(home, write.new)
