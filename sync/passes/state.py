"""What a pass knows and has done, as one value: each step of writing back takes one and gives the next. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sync.domain.cells import CellRef
from sync.domain.grid import Book, CellWrite
from sync.domain.memory import ScorePlace, Written
from sync.domain.snapshot import Part
from sync.passes.compute import Computed, Known, compute, read
from sync.passes.journal import PendingWrite
from sync.passes.repair import Baseline, by_hand, shows
from sync.reading import BookReading

if TYPE_CHECKING:
    from sync.google import SheetsError
    from sync.passes.narrow.kept import Index

WRITE_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Narrow:
    """The rows that a pass looked at, by sheet id, what of the view is another by them, and where all stands."""

    rows: Mapping[int, frozenset[int]]
    part: Part
    index: Index


def runs(rows: Iterable[int]) -> list[range]:
    """Rows in as few runs as they make."""
    found: list[range] = []
    for row in sorted({*rows}):
        if found and found[-1].stop == row:
            found[-1] = range(found[-1].start, row + 1)
        else:
            found.append(range(row, row + 1))
    return found


@dataclass(frozen=True, slots=True)
class State:
    """`shown` is the sheet as Google last showed it; `computed` is what that comes to once `waiting` is written.

    `owned_columns` are the score columns that are ours, and `verified` what was seen to stand, by slot, and is not
    noted in the records yet. `pending` is what the journal holds, planned on `baselines`; `unverified` says that it
    told, or tells now, of a write that was not answered. `sent` are the writes that were sent.

    `resting` are tabs that are not tried again yet, `refused` those that Google does not let us write, `apart` says
    that tabs are written one by one. `rounds` counts writes that did not settle the matter, `unanswered` is what the
    last of them met instead of a good answer. `narrow` says which few rows were looked
    at; None: all. `refusal` is why nothing more was tried, `failure` what ended the pass.
    """

    known: Known
    owned_columns: frozenset[ScorePlace]
    pending: PendingWrite
    shown: Book
    computed: Computed
    waiting: tuple[CellWrite, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    verified: Mapping[str, Written] = field(default_factory=dict)
    sent: tuple[CellWrite, ...] = ()
    unverified: bool = False
    resting: frozenset[int] = frozenset()
    refused: frozenset[int] = frozenset()
    apart: bool = False
    rounds: int = 0
    unanswered: SheetsError | None = None
    narrow: Narrow | None = None
    refusal: SheetsError | None = None
    failure: SheetsError | None = None

    @property
    def goes_on(self) -> bool:
        """Whether there is something to send, and a round left for it."""
        return self.failure is None and self.rounds < WRITE_ROUNDS and bool(self.batch())

    @property
    def unwritten(self) -> frozenset[int]:
        """The tabs that lack scores."""
        return self.computed.plan.unwritten | tabs_of(self.waiting)

    def batch(self) -> tuple[CellWrite, ...]:
        """What is to be sent next."""
        left_out = self.refused | self.resting
        left = tuple(write for write in self.waiting if write.cell.sheet_id not in left_out)
        return tuple(write for write in left if write.cell.sheet_id == left[0].cell.sheet_id) if self.apart else left

    def refusing_all(self, refusal: SheetsError) -> State:
        """We may write nothing in this spreadsheet."""
        return replace(self, refusal=refusal, refused=self.refused | (tabs_of(self.waiting) - self.resting))

    def computing(self, book: Book) -> State:
        """What the sheet comes to if it is this."""
        computed = compute(book, read(book, self.known), self.known, self.owned_columns, self.pending.lost)
        return replace(self, computed=computed, pending=replace(self.pending, lost=computed.lost))

    def verifying(self, writes: Iterable[CellWrite]) -> State:
        """These writes were seen to stand: what they put there is ours, and what we put there before is no more."""
        new = {write.slot: write.new for write in writes if write.key and isinstance(write.new, Written)}
        memory = self.known.memory
        known = replace(self.known, memory=replace(memory, written={**memory.written, **new}))
        return replace(self, known=known, verified={**self.verified, **new})

    def pending_on(self, tabs: Set[int]) -> PendingWrite:
        """What the journal holds of these tabs and of those that are stopped, and what is left to a person."""
        lost = self.pending.lost
        return replace(self.pending.on(tabs | by_hand.stopped(lost)), lost=lost)

    def standing_writes(self) -> tuple[CellWrite, ...]:
        """The last write into each cell that was written, where it stands."""
        last_in_cell = {write.cell: write for write in self.sent}
        return tuple(write for write in last_in_cell.values() if _stands(self.computed.book, write, write.cell))


def standing_beside(writes: Iterable[CellWrite], reading: BookReading, book: Book) -> Iterator[CellWrite]:
    """Those of what we wrote that stand beside their objective or key result, wherever that is now."""
    cells = reading.own_cells()
    return (write for write in writes if any(_stands(book, write, cell) for cell in cells.get(write.slot, ())))


def _stands(book: Book, write: CellWrite, cell: CellRef) -> bool:
    """Whether a cell shows what we wrote; a number that landed beside a moved row does not count as written."""
    tab = book.tab(cell.sheet_id)
    return tab is not None and shows(tab, cell.place, write)


def tabs_of(writes: Iterable[CellWrite]) -> frozenset[int]:
    """The tabs that are written to, by sheet id."""
    return frozenset(write.cell.sheet_id for write in writes)
