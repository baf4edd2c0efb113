"""After a write: did every number land beside its own row, and if not, what to put back where.

Sheets has no compare-and-set: a person may insert, sort or delete rows between our read and our write. The answer to
the write shows the sheet right after it, which is what is judged here; where no answer came, the sheet as it is now
must do. Pure: decides repairs, carries out none.

baseline      what a write was planned on, and whether it landed
pairing       which line of a sheet is which, by what it is called, says, and stands beside
line_map         where rows and columns likely came from
certainty     what is sure of that
references    formulas that are put back follow what they refer to
putting_back  one tab that was hit: what stood where, and how it is put back
answered      which cells took our writes, where the answer shows it
unanswered    which cells took our writes, where nobody saw it
restoring     what comes back, and what is left to a person
by_hand       what is left to a person, until it was seen to
afterwards    the sheet as it is after our writes
"""

from collections.abc import Iterable, Sequence
from functools import cache

from msgspec import structs

from sync.domain.grid import Book, CellWrite, Formula, Tab
from sync.passes.repair import answered, by_hand, unanswered
from sync.passes.repair.afterwards import book_after, book_shown, with_rows
from sync.passes.repair.baseline import Baseline, baselines, is_verified, shown, shows
from sync.passes.repair.by_hand import Lost
from sync.passes.repair.certainty import sure
from sync.passes.repair.putting_back import shift
from sync.passes.repair.references import Shift, ShiftOf
from sync.passes.repair.restoring import Restoration, restored

__all__ = [
    "Baseline",
    "Lost",
    "Restoration",
    "baselines",
    "book_after",
    "book_shown",
    "by_hand",
    "is_verified",
    "merged",
    "repairs",
    "shown",
    "shows",
    "with_rows",
]


def repairs(
    before: Iterable[Baseline], writes: Sequence[CellWrite], answers: Iterable[Tab] | None, after: Book
) -> Restoration:
    """What to put back of what our numbers overwrote in wrong places, and what is left to a person.

    `before` is what the writes were planned on, `answers` the written tabs right after the writes (None: nobody saw
    them, or whether the writes were applied at all), `after` the sheet now. What a wrongly hit cell held before goes to
    where its row is now; a row that is new gets an empty cell. What was itself to be put back, and went astray or was
    never applied, goes on to its own row. Only cells that still hold our number are touched.
    """
    seen = {tab.sheet_id: tab for tab in answers or ()}
    found = Restoration()
    for baseline in before:
        sheet_id = baseline.tab.sheet_id
        mine = [write for write in writes if write.cell.sheet_id == sheet_id]
        now = after.tab(sheet_id)
        if now is not None and mine:
            one = _on_one_tab(baseline, mine, seen.get(sheet_id), now, _elsewhere(baseline, after))
            found.put_back += one.put_back
            found.lost += one.lost
    return found


def _on_one_tab(
    before: Baseline, writes: Sequence[CellWrite], answer: Tab | None, now: Tab, elsewhere: ShiftOf
) -> Restoration:
    if answer is not None:
        return restored(*answered.hit_cells(before, writes, answer, now, elsewhere))
    search = unanswered.looked_for(before, writes, now, elsewhere)
    strays = search.strays()
    return Restoration(lost=strays) if strays else restored(search.sheet, search.hit_cells())


def _elsewhere(before: Baseline, after: Book) -> ShiftOf:
    """What became of the other tabs that formulas on a tab refer to."""
    known = {tab.title: tab for tab in before.elsewhere}

    @cache
    def shift_of(title: str) -> Shift | None:
        tab = known.get(title)
        now = after.tab(tab.sheet_id) if tab else None
        if tab is None or now is None:
            return None
        baseline = Baseline(tab, 0, 0, ())
        line_map = baseline.line_map_to(now)
        return shift(tab, now, line_map, sure(tab, baseline.header, now, line_map, frozenset()))

    return shift_of


def merged(planned: Sequence[CellWrite], put_back: Sequence[CellWrite]) -> list[CellWrite]:
    """One list of writes out of the repairs, and of the plan on the sheet as it is with them; no cell twice.

    Where both want a cell the plan has the word, unless a formula or text of a person's was hit there: that comes
    back, and the next plan sees it. What the plan takes the place of goes with it: until it has landed, the cell shows
    a number that does not belong there. A text that the plan saw there and still writes over stands for an empty cell.
    """
    seen = {write.cell: write.old for write in planned if isinstance(write.old, str)}
    texts = [write for write in put_back if isinstance(write.new, Formula | str | bool)]
    foreign = [write for write in texts if seen.get(write.cell) != write.new]
    spared = {write.cell for write in foreign}
    others = {write.cell: write for write in put_back if write.cell not in spared}
    ours = [_taking_the_place(others.pop(write.cell, None), write) for write in planned if write.cell not in spared]
    return [*foreign, *others.values(), *ours]


def _taking_the_place(repair: CellWrite | None, write: CellWrite) -> CellWrite:
    return structs.replace(write, old=repair.old, instead_of=repair) if repair else write
