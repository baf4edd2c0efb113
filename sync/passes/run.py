"""One pass over one spreadsheet: the order of things, and nothing else. Decisions are made in the pure rooms.

    1 lean read     nothing changed since the last pass: done, one request
    2 full read     values, formulas, merges and protections in one picture; everything below is computed from it
    3 compute       read, brakes, score, plan
    4 intend        the plan and the picture go into the journal
    5 write         one request; its answer shows the sheet right after it
    6 verify        rows moved meanwhile: read again, put back, write again; formulas made other scores of our numbers:
                    write those too; at most three rounds; what is protected is left out, and the rest sent again
    7 record        snapshot, history, what we wrote; the journal is closed

A pass is good only when all of this was completed. One that was cut off between 4 and 7 leaves its journal, and the
next begins at 2, with what that write may have hit. What was read is recorded even where writing fails.
"""

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from sync.clock import Clock
from sync.config.settings import SpreadsheetSettings
from sync.domain.backoff import pause_after
from sync.domain.cells import CellRef
from sync.domain.failures import Trouble
from sync.domain.grid import Book, CellWrite, Scalar, Tab, fingerprint
from sync.domain.memory import KnownTab, Memory, PassRecord, PassResult
from sync.domain.problems import Problem, problem
from sync.domain.snapshot import Refusals, Snapshot, TabState, TabView
from sync.google import SheetsClient, SheetsError
from sync.passes.brakes import rows_on
from sync.passes.compute import Computed, Known, compute, scores_elsewhere
from sync.passes.journal import UnderWay, packed, unpacked
from sync.passes.plan import score_places
from sync.passes.repair import Picture, book_after, book_shown, by_hand, landed, merged, pictures, repairs, shows
from sync.reading import BookReading
from sync.records import Lease, LeaseLostError, Records

# Merges, protections and formulas do not show in a lean read, so now and then a full one takes its place.
LOOK_AGAIN = timedelta(minutes=15)
LOOK_AGAIN_INTERVALS = 3
WRITE_ROUNDS = 3
# Seconds that all requests of a pass have together; what a write left open then is seen to by the next pass.
DEADLINE = 120.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PassOutcome:
    """How a pass over one spreadsheet ended. `snapshot` is the last good view after it, None where there is none or
    nothing was read anew.

    `writes` are the cells that were changed, or would be in a dry run; `number` is that of the pass in the records,
    None for a dry run.
    """

    spreadsheet: str
    result: PassResult
    reads: int
    write_requests: int
    writes: tuple[CellWrite, ...] = ()
    snapshot: Snapshot | None = None
    error: SheetsError | None = None
    number: int | None = None
    seconds: float = 0.0


@dataclass(slots=True)
class _Written:
    """What was put into cells during a pass, and what was left undone.

    `computed` is the sheet as last seen, and `waiting` what it lacks. `resting` are tabs that are not tried again yet,
    `refused` those that Google does not let us write; `refusal` is why nothing more was tried, `failure` what ended the
    pass. `apart`: tabs are written one by one. `rounds` counts writes that did not settle the matter, `unanswered` is
    what the last of them met instead of a good answer.
    """

    computed: Computed
    waiting: list[CellWrite] = field(default_factory=list)
    resting: Set[int] = frozenset()
    cells: list[CellWrite] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    refusal: SheetsError | None = None
    failure: SheetsError | None = None
    apart: bool = False
    rounds: int = 0
    unanswered: SheetsError | None = None

    @property
    def unwritten(self) -> frozenset[int]:
        """The tabs that lack scores."""
        return self.computed.plan.unwritten | _tabs(self.waiting)

    def batch(self) -> list[CellWrite]:
        """What is to be sent next."""
        left_out = self.refused | self.resting
        left = [write for write in self.waiting if write.cell.sheet_id not in left_out]
        return [write for write in left if write.cell.sheet_id == left[0].cell.sheet_id] if self.apart else left

    def refuse_all(self, refusal: SheetsError) -> None:
        """We may write nothing in this spreadsheet."""
        self.refusal = refusal
        self.refused |= _tabs(self.waiting) - self.resting


@dataclass(frozen=True, slots=True)
class _Sent:
    """What became of a request that writes; `answers` is None where nobody saw the sheet after it."""

    may_be_applied: bool
    answers: list[Tab] | None = None


def run_pass(
    settings: SpreadsheetSettings,
    client: SheetsClient,
    records: Records,
    clock: Clock,
    *,
    accept: bool = False,
    dry_run: bool = False,
    patient: bool = False,
    lease: Lease | None = None,
    company: Set[str] = frozenset(),
) -> PassOutcome:
    """Run one pass. Trouble with Google ends it as FAILED with the error in the outcome; it raises nothing of that.

    `company` are the ids of the spreadsheets whose scores may be rolled up into this one.

    `accept` lets the brakes through once. A dry run changes nothing, neither in the sheet nor in the records. A
    `patient` pass reads everything, but does not try again yet to write tabs that Google lately did not let us write.
    Without a `lease` the caller makes sure that nobody else makes a pass.
    Raises RecordsError: nothing is written into a sheet that could not be noted before. Raises LeaseLostError: nothing
    more is written once somebody else may have begun.
    """
    return _Pass(settings, client, records, clock, accept, dry_run, patient, lease, company).run()


class _Pass:
    def __init__(
        self,
        settings: SpreadsheetSettings,
        client: SheetsClient,
        records: Records,
        clock: Clock,
        accept: bool,
        dry_run: bool,
        patient: bool,
        lease: Lease | None,
        company: Set[str],
    ) -> None:
        self.settings, self.client, self.records, self.clock = settings, client, records, clock
        self.dry_run, self.patient, self.lease = dry_run, patient, lease
        self.holder = lease.holder if lease else None
        self.number: int | None = None
        self.started_at, self.began = clock.now(), clock.monotonic()
        self.requests_before, self.statuses_before = (client.reads, client.writes), client.statuses.copy()
        self.memory = records.memory(settings.id)
        self.contacted = self.memory.contacted
        # What the journal holds, and whether it told, or tells now, of a write that was not answered.
        self.under_way = self._left_by_the_last()
        self.unverified = bool(self.under_way.writes)
        if accept:
            self.under_way = self._accepted()
        self.pictures: tuple[Picture, ...] = ()
        # What was seen to stand, by key, and is not noted yet.
        self.landed: dict[str, Decimal | None] = {}
        beside = company - {settings.id} if settings.roll_up else frozenset()
        everything = records.snapshots() if beside else []
        self.others = tuple(snapshot for snapshot in everything if snapshot.spreadsheet in beside)
        self.whole = len(self.others) == len(beside)
        self.accept = accept

    def _left_by_the_last(self) -> UnderWay:
        entry = self.memory.under_way
        found = unpacked(entry) if entry else UnderWay()
        if found is None:
            log.warning("%s: a write was cut off, and nobody can read what it may have hit", self.settings.id)
        return found or UnderWay()

    def _accepted(self) -> UnderWay:
        """Without what a person was told to see to."""
        return self.under_way.on(_tabs(self.under_way.writes) - by_hand.stopped(self.under_way.lost))

    @cached_property
    def known(self) -> Known:
        """With the last good view, which an idle pass has no need to unpack."""
        last = self.records.snapshot(self.settings.id)
        return Known(self.settings, self.memory, last, self.others, self.whole, self.accept)

    def run(self) -> PassOutcome:
        try:
            with self.client.within(DEADLINE):
                return self._ended()
        except SheetsError as error:
            return self._failed(error)

    def _ended(self) -> PassOutcome:
        if self._is_unchanged():
            return self._unchanged()
        computed, writes = self._begun()
        return self._tried_out(computed) if self.dry_run else self._written(computed, writes)

    def _tried_out(self, computed: Computed) -> PassOutcome:
        """A dry run: what would be written, and whether we may."""
        written = _Written(computed)
        if computed.plan.writes and (refusal := self.client.refused_edit(computed.book)):
            written.waiting = [*computed.plan.writes]
            written.refuse_all(refusal)
        return self._outcome(_result(written), computed.plan.writes, self._snapshot(written), written.refusal)

    # Reading

    def _is_unchanged(self) -> bool:
        """One lean read, where it can settle the matter."""
        if not self.memory.fingerprint or self.accept or self.dry_run or self._must_look_again():
            return False
        titles = [tab.title for tab in self.memory.tabs]
        try:
            values = self.client.read_values(self.settings.id, titles)
        except SheetsError as error:
            # A full read may still go well where titles are out of date, or too many for one address.
            if error.trouble in (Trouble.RANGE, Trouble.REFUSED):
                return False
            raise
        return self._fingerprint(dict(zip(titles, values, strict=True))) == self.memory.fingerprint

    def _must_look_again(self) -> bool:
        looked_at = self.memory.looked_at
        patience = max(LOOK_AGAIN, LOOK_AGAIN_INTERVALS * timedelta(seconds=self.settings.every))
        due = looked_at is None or not timedelta() <= self.started_at - looked_at < patience
        return due or self.memory.under_way is not None

    def _fingerprint(self, values: Mapping[str, Sequence[Sequence[Scalar]]]) -> str:
        """Of all that a pass computes from: the sheet, the mapping, and scores that are rolled up into it."""
        mapping = hashlib.blake2b(self.settings.model_dump_json().encode(), digest_size=8).hexdigest()
        elsewhere = hashlib.blake2b(
            repr((self.whole, sorted(scores_elsewhere(self.others).items()))).encode(), digest_size=8
        ).hexdigest()
        return f"{mapping}:{elsewhere}:{fingerprint(list(values.items()))}"

    def _begun(self) -> tuple[Computed, list[CellWrite]]:
        """The sheet as it is, and what must be written; first of all what a pass that was cut off may have left."""
        computed = self._read()
        if not self.under_way.writes:
            return computed, list(computed.plan.writes)
        log.info("%s: a write was cut off before it was seen to have landed; looking after it", self.settings.id)
        return self._set_right(self.under_way, None, computed)

    def _read(self) -> Computed:
        self.book = self.client.read_book(self.settings.id)
        return self._computed(self.book)

    def _computed(self, book: Book) -> Computed:
        computed = compute(book, self.known, self.contacted, self.under_way.lost)
        self.under_way = replace(self.under_way, lost=computed.lost)
        return computed

    # Writing

    def _written(self, computed: Computed, writes: list[CellWrite]) -> PassOutcome:
        written = _Written(computed, writes, self._resting())
        # Between a write and its verification we do not stop, as long as that is up to us.
        with self.client.seeing_it_through():
            try:
                self._write_out(written)
            except SheetsError as error:
                written.failure = error
        return self._recorded(written)

    def _resting(self) -> frozenset[int]:
        """Tabs that Google did not let us write, until their next try."""
        refused = {view.sheet_id: view.refusals for view in self._last_tabs() if view.refusals} if self.patient else {}
        every, now = self.settings.every, self.started_at
        return frozenset(tab for tab, each in refused.items() if pause_after(each.count, each.at, every, now) > 0)

    def _write_out(self, written: _Written) -> None:
        while written.rounds < WRITE_ROUNDS and (batch := written.batch()):
            tabs, computed = _tabs(batch), written.computed
            seen = pictures(self.book, computed.reading, batch, computed.plan.owned, self.pictures)
            left = self._left_on(_tabs(written.waiting) - tabs)
            under_way = UnderWay(seen, tuple(batch)).beside(left)
            sent = self._write(under_way, batch, written)
            if sent.answers is not None and landed(seen, batch, sent.answers):
                self._landed(written, batch, sent.answers)
                self.under_way = replace(left, lost=written.computed.lost)
            elif sent.may_be_applied:
                written.rounds += 1
                written.computed, written.waiting = self._set_right(under_way, sent.answers, self._read())
            elif not written.refusal:
                written.computed, written.waiting = self._begun()
        if written.unanswered and written.batch():
            self._given_up(written, written.unanswered)
        self.under_way = self._left_on(_tabs(written.waiting))

    def _landed(self, written: _Written, batch: Sequence[CellWrite], answers: Sequence[Tab]) -> None:
        """Nothing more is to be written into these tabs, unless formulas make other scores of our numbers."""
        tabs = _tabs(batch)
        self._seen(batch)
        written.waiting = [write for write in written.waiting if write.cell.sheet_id not in tabs]
        planned = book_after(written.computed.book, batch)
        self.book = book_shown(planned, answers)
        written.computed = replace(written.computed, book=planned)
        if self.book is not planned:
            written.computed = self._computed(self.book)
            more = [write for write in written.computed.plan.writes if write.cell.sheet_id in tabs]
            written.waiting += more
            written.rounds += bool(more)

    def _write(self, under_way: UnderWay, batch: Sequence[CellWrite], written: _Written) -> _Sent:
        """Send some writes; `under_way` is what the journal is to hold meanwhile."""
        tabs = _tabs(batch)
        reading = written.computed.reading
        places = {place for tab in reading.tabs if tab.tab.sheet_id in tabs for place in score_places(tab)}
        left = self.under_way
        before = replace(self.memory, contacted=self.contacted, under_way=packed(left, self.settings.id))
        self.under_way = under_way
        entry = packed(under_way, self.settings.id) or b""
        self.records.intend(self.settings.id, places, self.landed, entry, self.clock.now(), self.holder)
        self.landed = {}
        try:
            answers = self.client.write(self.settings.id, batch, self._permit)
        except SheetsError as error:
            if error.ambiguous:
                self.contacted |= places
                self.unverified = True
            else:
                self.under_way = left
                self.records.withdraw(self.settings.id, before, self.clock.now(), self.holder)
            self._refused(error, batch, written)
            return _Sent(error.ambiguous)
        self.contacted |= places
        written.unanswered = None
        written.cells += [write for write in batch if write.key]
        return _Sent(True, answers)

    def _seen(self, writes: Iterable[CellWrite]) -> None:
        """These writes were seen to stand: what they put there is ours, and what we put there before is no more."""
        new = {write.key: write.new for write in writes if write.key and isinstance(write.new, Decimal | None)}
        self.landed |= new
        self.memory = replace(self.memory, written={**self.memory.written, **new})
        self.known = replace(self.known, memory=self.memory)

    def _permit(self) -> None:
        """A last look at the lease before a write goes out."""
        if self.lease and not self.lease.still_held(self.clock.now(), self.clock.monotonic()):
            raise LeaseLostError(self.settings.id)

    def _refused(self, error: SheetsError, batch: Sequence[CellWrite], written: _Written) -> None:
        """A write without a good answer: looked into, or told where a person must help."""
        log.info("write to %s: %s", self.settings.id, error.trouble)
        tabs = _tabs(batch)
        if error.ambiguous:
            written.unanswered = error
            # Those that did not land are sorted out when the sheet is read again.
            written.cells += [write for write in batch if write.key]
        elif error.trouble is Trouble.RANGE:
            # Told as what it is, with the range that Google names, where it stays so after looking again.
            written.unanswered = error
            written.rounds += 1
        elif error.trouble is Trouble.PERMISSION:
            written.refuse_all(error)
        elif error.trouble is not Trouble.PROTECTED:
            raise error
        elif error.sheet_id is not None or len(tabs) == 1:
            # One protected range refuses the whole batch: that tab is left out, and the rest is sent again.
            written.refused |= tabs if error.sheet_id is None else {error.sheet_id}
        else:
            written.apart = True

    def _given_up(self, written: _Written, unanswered: SheetsError) -> None:
        """Reading goes well and no write is answered. Raises that, unless it is because we may only view."""
        refusal = self.client.refused_edit(written.computed.book) if unanswered.status == 500 else None
        if refusal is None:
            raise unanswered
        written.refuse_all(refusal)

    def _left_on(self, tabs: Set[int]) -> UnderWay:
        """What the journal holds of these tabs and of those that are stopped, and what is left to a person."""
        lost = self.under_way.lost
        return replace(self.under_way.on(tabs | by_hand.stopped(lost)), lost=lost)

    def _set_right(
        self, begun: UnderWay, answers: list[Tab] | None, after: Computed
    ) -> tuple[Computed, list[CellWrite]]:
        """The sheet as it is now, and what must be written and put back to make it right.

        A tab where nothing is to be put back is out of the journal: to look again later would take what people type by
        then for what we wrote.
        """
        self.pictures = begun.pictures
        found = repairs(begun.pictures, begun.writes, answers, self.book)
        put_back = found.put_back
        before = [lost for lost in self.under_way.lost if not lost.stops_tab]
        new = [lost for lost in by_hand.noted(found.lost, after.reading) if lost not in before]
        left = begun.on(_tabs(put_back) | by_hand.stopped(new))
        self.under_way = replace(left, lost=(*before, *new))
        if put_back:
            log.info("rows moved in %s while we wrote: %d cells to put back", self.settings.id, len(put_back))
        # Our number may stand where a current value should be: plan on the sheet as it will be.
        book = book_after(self.book, put_back)
        self._seen(_standing(begun.writes, after.reading, book))
        after = self._computed(book)
        return after, merged(after.plan.writes, put_back)

    # Recording

    def _unchanged(self) -> PassOutcome:
        self.number = self.records.still_good(self._record(PassResult.UNCHANGED), self.holder)
        return self._outcome(PassResult.UNCHANGED, (), None)

    def _recorded(self, written: _Written) -> PassOutcome:
        result, error = _result(written), written.failure or written.refusal
        snapshot = self._snapshot(written)
        last_in_cell = {write.cell: write for write in written.cells}
        writes = tuple(write for write in last_in_cell.values() if _stands(written.computed.book, write, write.cell))
        record = self._record(result, str(error.trouble) if error else "")
        self.number = self.records.record(record, snapshot, self._remembered(written, result), self.holder)
        return self._outcome(result, writes, snapshot, error)

    def _failed(self, error: SheetsError) -> PassOutcome:
        if not self.dry_run:
            self.number = self.records.record(self._record(PassResult.FAILED, str(error.trouble)), holder=self.holder)
        return self._outcome(PassResult.FAILED, (), self.known.last, error)

    def _remembered(self, written: _Written, result: PassResult) -> Memory:
        computed = written.computed
        titles = computed.reading.titles
        mapped = {reading.tab.sheet_id: reading.tab.title for reading in computed.reading.tabs}
        rows = {tab.sheet_id: tab.rows for tab in self.memory.tabs if tab.sheet_id in computed.unbelieved}
        rows = {sheet_id: len(rows_on(computed.reading, sheet_id)) for sheet_id in mapped} | rows
        tabs = tuple(KnownTab(sheet_id, title, titles[sheet_id], rows[sheet_id]) for sheet_id, title in mapped.items())
        values = {tab.title: tab.values for tab in computed.book.tabs if tab.sheet_id in mapped}
        in_order = {title: values[title] for title in mapped.values()}
        left_alone = computed.unbelieved | written.unwritten
        good = [reading for reading in computed.reading.tabs if reading.tab.sheet_id not in left_alone]
        accepted = frozenset(place for reading in good for place in score_places(reading))
        # A cell that is only loading may be done at any moment.
        loading = any(score.stale for score in computed.scores.values())
        settled = result is PassResult.OK and not loading and not self.unverified
        return Memory(
            fingerprint=self._fingerprint(in_order) if settled else "",
            looked_at=self.started_at,
            tabs=tabs or self.memory.tabs,
            contacted=self.contacted | accepted,
            written=self.landed,
            under_way=packed(self.under_way, self.settings.id),
        )

    def _snapshot(self, written: _Written) -> Snapshot:
        computed = written.computed
        book, reading, okrs = computed.book, computed.reading, computed.okrs
        present = {found.tab.sheet_id for found in reading.tabs}
        views = [self._view(found.tab.sheet_id, found.tab.title, written) for found in reading.tabs]
        gone = [view for view in self._last_tabs() if view.sheet_id in computed.unbelieved - present]
        views += [replace(view, state=TabState.REFUSED) for view in gone]
        return Snapshot(
            spreadsheet=self.settings.id,
            title=book.title,
            url=book.url,
            taken_at=self.clock.now(),
            objectives=okrs.objectives,
            key_results=okrs.key_results,
            check_ins=okrs.check_ins,
            initiatives=okrs.initiatives,
            scores=computed.scores,
            problems=(*computed.problems, *_left_undone(written)),
            tabs=tuple({view.sheet_id: view for view in views}.values()),
        )

    def _last_tabs(self) -> tuple[TabView, ...]:
        return self.known.last.tabs if self.known.last else ()

    def _view(self, sheet_id: int, title: str, written: _Written) -> TabView:
        last = next((view for view in self._last_tabs() if view.sheet_id == sheet_id), None)
        if sheet_id in written.computed.unbelieved:
            return TabView(sheet_id, title, TabState.REFUSED, last.seen_at if last else None)
        parts = [tab for tab in written.computed.reading.tabs if tab.tab.sheet_id == sheet_id]
        skipped = tuple(sorted({row for part in parts for row in part.skipped}))
        if sheet_id not in written.unwritten:
            return TabView(sheet_id, title, TabState.GOOD, self.started_at, skipped)
        refusals = last.refusals if last else None
        if sheet_id in written.computed.plan.unwritten:
            refusals = None
        elif sheet_id in written.refused:
            refusals = Refusals(refusals.count + 1 if refusals else 1, self.started_at)
        return TabView(sheet_id, title, TabState.UNWRITTEN, self.started_at, skipped, refusals)

    def _record(self, result: PassResult, message: str = "") -> PassRecord:
        reads, writes = self._requests()
        return PassRecord(
            spreadsheet=self.settings.id,
            started_at=self.started_at,
            finished_at=self.clock.now(),
            result=result,
            reads=reads,
            writes=writes,
            message=message,
            seconds=self.clock.monotonic() - self.began,
            statuses=self.client.statuses - self.statuses_before,
            quota_left=self.client.quota_left,
        )

    def _requests(self) -> tuple[int, int]:
        return self.client.reads - self.requests_before[0], self.client.writes - self.requests_before[1]

    def _outcome(
        self,
        result: PassResult,
        writes: tuple[CellWrite, ...],
        snapshot: Snapshot | None,
        error: SheetsError | None = None,
    ) -> PassOutcome:
        reads, write_requests = self._requests()
        seconds = self.clock.monotonic() - self.began
        return PassOutcome(
            self.settings.id, result, reads, write_requests, writes, snapshot, error, self.number, seconds
        )


def _tabs(writes: Iterable[CellWrite]) -> frozenset[int]:
    return frozenset(write.cell.sheet_id for write in writes)


def _result(written: _Written) -> PassResult:
    if written.failure:
        return PassResult.FAILED
    if written.refused or written.waiting:
        return PassResult.PARTIAL
    computed = written.computed
    mapped = {tab.tab.sheet_id for tab in computed.reading.tabs}
    left_alone = computed.unbelieved | computed.plan.unwritten
    if not mapped or mapped <= left_alone:
        return PassResult.REFUSED
    missing = any(found.code == "tab-missing" for found in computed.problems)
    return PassResult.PARTIAL if left_alone or missing or computed.lost else PassResult.OK


def _left_undone(written: _Written) -> Iterator[Problem]:
    """What waits on each tab, and why; where the sheet itself tells why, the plan has said it."""
    told = written.computed.plan.unwritten
    waiting = [write for write in written.waiting if write.cell.sheet_id not in told]
    for sheet_id, found in groupby(sorted(waiting, key=_sheet_id), key=_sheet_id):
        cells = [write.cell for write in found]
        if sheet_id in written.refused | written.resting:
            yield problem("write-refused", cells[0], title=cells[0].tab)
        elif written.failure:
            yield problem("write-unseen", cells[0], title=cells[0].tab, count=len(cells))
        else:
            yield problem("rows-moved", cells[0], title=cells[0].tab, count=len(cells))


def _sheet_id(write: CellWrite) -> int:
    return write.cell.sheet_id


def _stands(book: Book, write: CellWrite, cell: CellRef) -> bool:
    """Whether a cell shows what we wrote; a number that landed beside a moved row does not count as written."""
    tab = book.tab(cell.sheet_id)
    return tab is not None and shows(tab, cell.place, write)


def _standing(writes: Iterable[CellWrite], reading: BookReading, book: Book) -> Iterator[CellWrite]:
    """Those scores that stand beside their objective or key result, wherever that is now."""
    cells = reading.score_cells()
    return (write for write in writes if any(_stands(book, write, cell) for cell in cells.get(write.key, ())))
