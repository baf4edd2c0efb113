"""Where the answer to a write shows the sheet right after it, so that it is known which cells took our writes."""

from collections.abc import Sequence

from sync.domain.grid import CellWrite, Tab
from sync.passes.repair.baseline import Baseline
from sync.passes.repair.certainty import sure
from sync.passes.repair.line_map import MaskedCells, Place
from sync.passes.repair.putting_back import Sheet
from sync.passes.repair.references import ShiftOf


def hit_cells(
    before: Baseline, writes: Sequence[CellWrite], answer: Tab, now: Tab, elsewhere: ShiftOf
) -> tuple[Sheet, dict[Place, CellWrite]]:
    """One tab as it is now, and its cells that took our writes and still hold them."""
    places = {write.cell.place for write in writes}
    until_hit = before.line_map_to(answer, MaskedCells(places))
    since = before.after(until_hit, answer).line_map_to(now)
    took = {since.home(write.cell.place): write for write in writes}
    hit = {place: write for place, write in took.items() if place is not None}
    line_map = until_hit.then(since)
    sheet = Sheet(before, writes, now, line_map, sure(before.tab, before.header, now, line_map, hit.keys()), elsewhere)
    return sheet, {place: write for place, write in hit.items() if sheet.holds(place, write)}
