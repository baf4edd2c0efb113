"""One pass over one spreadsheet: the order of things, and nothing else. Decisions are made in the pure rooms.

    lean read     nothing changed since the last pass: done, one request
    full read     values, formulas, merges and protections in one picture; everything below is computed from it
    parse, brakes, score, plan
    write         one request; its answer shows the sheet right after it
    verify        rows moved meanwhile: read again, put back, write again, at most three rounds
    record        snapshot, history, what we wrote

A pass is good only when all of this was completed.
"""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import TypeVar

from sync.alignment import align
from sync.brakes import unbelievable
from sync.checks import check_scores
from sync.clock import Clock
from sync.config import SpreadsheetSettings
from sync.grid import Book, Scalar, Tab, fingerprint, text_of
from sync.okr import CheckIn, Initiative, KeyResult, Objective
from sync.problems import Problem, problem
from sync.reading import BookReading, read_book
from sync.records import KnownTab, Memory, PassRecord, PassResult, Records
from sync.repairing import Answer, landed, merged, repairs, shown, watched_areas
from sync.scoring import NO_ROLL_UP, RollUp, Score, score_okrs
from sync.sheets import SheetsClient, SheetsError, Trouble
from sync.snapshot import Snapshot, TabState, TabView
from sync.writing import CellWrite, Plan, make_plan, score_places

# Merges, protections and formulas do not show in a lean read, so now and then a full one takes its place.
LOOK_AGAIN = timedelta(minutes=15)
LOOK_AGAIN_INTERVALS = 3
WRITE_ROUNDS = 3

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PassOutcome:
    """How a pass over one spreadsheet ended. `snapshot` is the last good view after it, None where there is none.

    `writes` are the cells that were changed, or would be in a dry run.
    """

    spreadsheet: str
    result: PassResult
    reads: int
    write_requests: int
    writes: tuple[CellWrite, ...] = ()
    snapshot: Snapshot | None = None
    error: SheetsError | None = None


@dataclass(frozen=True, slots=True)
class _Okrs:
    """What is believed of a spreadsheet."""

    objectives: tuple[Objective, ...]
    key_results: tuple[KeyResult, ...]
    check_ins: tuple[CheckIn, ...]
    initiatives: tuple[Initiative, ...]


@dataclass(frozen=True, slots=True)
class _Computed:
    """What one picture of the spreadsheet comes to."""

    book: Book
    reading: BookReading
    okrs: _Okrs
    scores: dict[str, Score]
    plan: Plan
    unbelieved: frozenset[int]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Written:
    """What was put into cells during a pass, and what was left undone."""

    cells: list[CellWrite] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refusal: SheetsError | None = None


def run_pass(
    settings: SpreadsheetSettings,
    client: SheetsClient,
    records: Records,
    clock: Clock,
    *,
    accept: bool = False,
    dry_run: bool = False,
) -> PassOutcome:
    """Run one pass. Trouble with Google ends it as FAILED with the error in the outcome; it raises nothing of that.

    `accept` lets the brakes through once. A dry run writes nothing, neither to the sheet nor to the records.
    """
    return _Pass(settings, client, records, clock, accept, dry_run).run()


class _Pass:
    def __init__(
        self,
        settings: SpreadsheetSettings,
        client: SheetsClient,
        records: Records,
        clock: Clock,
        accept: bool,
        dry_run: bool,
    ) -> None:
        self.settings, self.client, self.records, self.clock = settings, client, records, clock
        self.accept, self.dry_run = accept, dry_run
        self.started_at = clock.now()
        self.requests_before = (client.reads, client.writes)
        self.memory = records.memory(settings.id)
        self.last = records.snapshot(settings.id)
        self.contacted = self.memory.contacted
        everything = records.snapshots() if settings.roll_up else []
        self.others = [snapshot for snapshot in everything if snapshot.spreadsheet != settings.id]

    def run(self) -> PassOutcome:
        try:
            if self._is_unchanged():
                return self._unchanged()
            computed = self._compute(self.client.read_book(self.settings.id))
            if self.dry_run:
                snapshot = self._snapshot(computed, computed.problems)
                return self._outcome(_result(computed), computed.plan.writes, snapshot)
            return self._written(computed)
        except SheetsError as error:
            return self._failed(error)

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
        stale = self.last is not None and any(score.stale for score in self.last.scores.values())
        patience = max(LOOK_AGAIN, LOOK_AGAIN_INTERVALS * timedelta(seconds=self.settings.every))
        return stale or looked_at is None or not timedelta() <= self.started_at - looked_at < patience

    def _fingerprint(self, values: Mapping[str, Sequence[Sequence[Scalar]]]) -> str:
        """Of all that a pass computes from: the sheet, the mapping, and scores that are rolled up into it."""
        mapping = hashlib.blake2b(self.settings.model_dump_json().encode(), digest_size=8).hexdigest()
        elsewhere = hashlib.blake2b(repr(sorted(self._elsewhere().items())).encode(), digest_size=8).hexdigest()
        return f"{mapping}:{elsewhere}:{fingerprint(list(values.items()))}"

    # Computing

    def _compute(self, book: Book) -> _Computed:
        known_as = {tab.sheet_id: tab.mapped_as for tab in self.memory.tabs}
        reading = read_book(book, self.settings.mappings(), known_as)
        unbelieved, brakes = unbelievable(book, reading, self.last, self.accept)
        okrs = self._believed(reading, unbelieved)
        last_scores = self.last.scores if self.last else {}
        scores = score_okrs(okrs.objectives, okrs.key_results, last_scores, self._roll_up(okrs))
        plan = make_plan(
            book,
            reading,
            scores,
            ours=self.memory.written,
            contacted=self.contacted,
            unbelieved=unbelieved,
            accept=self.accept or self.settings.accept_existing_scores,
        )
        doubts = check_scores(okrs.key_results, okrs.objectives, scores)
        problems = (*reading.problems, *brakes, *doubts, *plan.problems)
        return _Computed(book, reading, okrs, scores, plan, unbelieved, problems)

    def _believed(self, reading: BookReading, unbelieved: frozenset[int]) -> _Okrs:
        """What was read, with the last good view of every tab that is not believed, before anything is computed."""
        last = self.last
        return _Okrs(
            objectives=_with_kept(reading.objectives, last.objectives if last else (), unbelieved),
            key_results=_with_kept(reading.key_results, last.key_results if last else (), unbelieved),
            check_ins=_with_kept(reading.check_ins, last.check_ins if last else (), unbelieved),
            initiatives=_with_kept(reading.initiatives, last.initiatives if last else (), unbelieved),
        )

    def _roll_up(self, okrs: _Okrs) -> RollUp:
        """Who supports whom across spreadsheets, as far as the configuration asks for it."""
        if not self.settings.roll_up:
            return NO_ROLL_UP
        objectives = [*okrs.objectives, *(found for other in self.others for found in other.objectives)]
        key_results = [*okrs.key_results, *(found for other in self.others for found in other.key_results)]
        alignment = align(objectives, key_results)
        children = {
            key: [alignment.objectives[child] for child in found] for key, found in alignment.children().items()
        }
        return RollUp(self.settings.roll_up, children, self._elsewhere())

    def _elsewhere(self) -> dict[str, Score]:
        """The scores of the objectives of other spreadsheets, where they can matter."""
        return {found.key: other.scores[found.key] for other in self.others for found in other.objectives}

    # Writing

    def _written(self, computed: _Computed) -> PassOutcome:
        written = _Written()
        writes: list[CellWrite] = list(computed.plan.writes)
        # Between a write and its verification nothing may stop us: what it hit by mistake is known only here.
        with self.client.seeing_it_through():
            for _ in range(WRITE_ROUNDS):
                if not writes or written.refusal:
                    break
                answers = self._write(computed, writes, written)
                if written.refusal or (answers is not None and landed(computed.reading, writes, answers)):
                    computed = computed if written.refusal else replace(computed, book=_with(computed.book, writes))
                    writes = []
                    break
                computed, writes = self._looked_again(computed, writes, answers)
        if writes:
            tab = writes[0].cell.tab
            written.problems.append(problem("rows-moved", writes[0].cell, title=tab, count=len(writes)))
        return self._recorded(computed, written)

    def _write(self, computed: _Computed, writes: list[CellWrite], written: _Written) -> list[Answer] | None:
        """Send the writes. None: nobody knows whether they were applied, or a tab was renamed under our hands."""
        watched = list(watched_areas(computed.reading, writes))
        tabs = {write.cell.sheet_id for write in writes}
        places = {place for tab in computed.reading.tabs if tab.tab.sheet_id in tabs for place in score_places(tab)}
        ours = {write.key: write.new for write in writes if write.key and isinstance(write.new, Decimal | None)}
        self.records.intend(self.settings.id, places, ours, self.clock.now())
        try:
            answers = self.client.write(self.settings.id, writes, watched)
        except SheetsError as error:
            if not error.ambiguous:
                before = replace(self.memory, contacted=self.contacted)
                self.records.withdraw(self.settings.id, ours, before, self.clock.now())
            self._refused(error, writes, written)
            return None
        self.contacted |= places
        written.cells += [write for write in writes if write.key]
        return answers

    def _refused(self, error: SheetsError, writes: list[CellWrite], written: _Written) -> None:
        """A write without a good answer: looked into, or told where a person must help."""
        if error.ambiguous:
            # Those that did not land are sorted out when the sheet is read again.
            written.cells += [write for write in writes if write.key]
        elif error.trouble in (Trouble.PERMISSION, Trouble.PROTECTED):
            cell = writes[0].cell
            written.problems.append(problem("write-refused", cell, title=cell.tab))
            written.refusal = error
        elif error.trouble is not Trouble.RANGE:
            raise error
        log.info("write to %s: %s", self.settings.id, error.trouble)

    def _looked_again(
        self, before: _Computed, writes: list[CellWrite], answers: list[Answer] | None
    ) -> tuple[_Computed, list[CellWrite]]:
        """The sheet as it is now, and what must be written and put back to make it right."""
        after = self._compute(self.client.read_book(self.settings.id))
        seen = answers if answers is not None else _as_answers(after.book, before.reading, writes)
        put_back = repairs(before.reading, writes, seen, after.reading)
        if put_back:
            log.info("rows moved in %s while we wrote: %d cells to put back", self.settings.id, len(put_back))
            # Our number may stand where a current value should be: plan on the sheet as it will be.
            after = self._compute(_with(after.book, put_back))
        return after, merged(after.plan.writes, put_back, after.plan.managed)

    # Recording

    def _unchanged(self) -> PassOutcome:
        self.records.still_good(self._record(PassResult.UNCHANGED))
        return self._outcome(PassResult.UNCHANGED, (), self.records.snapshot(self.settings.id))

    def _recorded(self, computed: _Computed, written: _Written) -> PassOutcome:
        result = PassResult.PARTIAL if written.problems else _result(computed)
        snapshot = self._snapshot(computed, (*computed.problems, *written.problems))
        last_in_cell = {write.cell: write for write in written.cells}
        writes = tuple(write for write in last_in_cell.values() if _stands(computed.book, write))
        message = str(written.refusal.trouble) if written.refusal else ""
        self.records.record(self._record(result, message), snapshot, self._remembered(computed, result))
        return self._outcome(result, writes, snapshot, written.refusal)

    def _failed(self, error: SheetsError) -> PassOutcome:
        if not self.dry_run:
            self.records.record(self._record(PassResult.FAILED, str(error.trouble)))
        return self._outcome(PassResult.FAILED, (), self.last, error)

    def _remembered(self, computed: _Computed, result: PassResult) -> Memory:
        titles = computed.reading.titles
        mapped = {reading.tab.sheet_id: reading.tab.title for reading in computed.reading.tabs}
        tabs = tuple(KnownTab(sheet_id, title, titles[sheet_id]) for sheet_id, title in mapped.items())
        values = {tab.title: tab.values for tab in computed.book.tabs if tab.sheet_id in mapped}
        in_order = {title: values[title] for title in mapped.values()}
        left_alone = computed.unbelieved | computed.plan.unwritten
        good = [reading for reading in computed.reading.tabs if reading.tab.sheet_id not in left_alone]
        accepted = frozenset(place for reading in good for place in score_places(reading))
        refused = result is PassResult.PARTIAL and not left_alone
        return Memory(
            fingerprint=self._fingerprint(in_order) if result is PassResult.OK else "",
            looked_at=self.started_at,
            tabs=tabs or self.memory.tabs,
            contacted=self.contacted if refused else self.contacted | accepted,
        )

    def _snapshot(self, computed: _Computed, problems: tuple[Problem, ...]) -> Snapshot:
        book, reading, okrs = computed.book, computed.reading, computed.okrs
        present = {found.tab.sheet_id for found in reading.tabs}
        views = [self._view(found.tab.sheet_id, found.tab.title, computed) for found in reading.tabs]
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
            problems=problems,
            tabs=tuple({view.sheet_id: view for view in views}.values()),
        )

    def _last_tabs(self) -> tuple[TabView, ...]:
        return self.last.tabs if self.last else ()

    def _view(self, sheet_id: int, title: str, computed: _Computed) -> TabView:
        if sheet_id not in computed.unbelieved:
            parts = [tab for tab in computed.reading.tabs if tab.tab.sheet_id == sheet_id]
            skipped = tuple(sorted({row for part in parts for row in part.skipped}))
            return TabView(sheet_id, title, TabState.GOOD, self.started_at, skipped)
        seen_at = next((view.seen_at for view in self._last_tabs() if view.sheet_id == sheet_id), None)
        return TabView(sheet_id, title, TabState.REFUSED, seen_at)

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
        return PassOutcome(self.settings.id, result, reads, write_requests, writes, snapshot, error)


def _result(computed: _Computed) -> PassResult:
    mapped = {tab.tab.sheet_id for tab in computed.reading.tabs}
    left_alone = computed.unbelieved | computed.plan.unwritten
    if not mapped or mapped <= left_alone:
        return PassResult.REFUSED
    missing = any(found.code == "tab-missing" for found in computed.problems)
    return PassResult.PARTIAL if left_alone or missing else PassResult.OK


T = TypeVar("T", Objective, KeyResult, CheckIn, Initiative)


def _with_kept(read: tuple[T, ...], last: tuple[T, ...], kept: frozenset[int]) -> tuple[T, ...]:
    """What was read of believed tabs, and what is known of the others."""
    believed = tuple(item for item in read if item.cell.sheet_id not in kept)
    return believed + tuple(item for item in last if item.cell.sheet_id in kept)


def _with(book: Book, writes: list[CellWrite]) -> Book:
    """The book as it is after `writes`, for the fingerprint that the next pass compares."""
    by_tab: dict[int, list[CellWrite]] = {}
    for write in writes:
        by_tab.setdefault(write.cell.sheet_id, []).append(write)
    tabs = (
        replace(tab, values=_values_with(tab, by_tab[tab.sheet_id])) if tab.sheet_id in by_tab else tab
        for tab in book.tabs
    )
    return replace(book, tabs=tuple(tabs))


def _values_with(tab: Tab, writes: list[CellWrite]) -> list[list[Scalar]]:
    values = [list(row) for row in tab.values]
    for write in writes:
        row, column = write.cell.row, write.cell.column
        values.extend([] for _ in range(row + 1 - len(values)))
        values[row].extend([None] * (column + 1 - len(values[row])))
        values[row][column] = shown(write)
    return values


def _stands(book: Book, write: CellWrite) -> bool:
    """Whether a cell shows what we wrote; a number that landed beside a moved row does not count as written."""
    tab = book.tab(write.cell.sheet_id)
    return tab is not None and tab.text(write.cell.row, write.cell.column) == text_of(shown(write))


def _as_answers(book: Book, reading: BookReading, writes: list[CellWrite]) -> list[Answer]:
    """A full read in place of the answer that was lost."""
    found: dict[int, dict[tuple[int, int], Scalar]] = {}
    for tab, area in watched_areas(reading, writes):
        now = book.tab(tab.sheet_id)
        cells = found.setdefault(tab.sheet_id, {})
        for row in range(area.top, area.bottom) if now else ():
            for column in range(area.left, area.right):
                cells[row, column] = now.value(row, column) if now else None
    return [Answer(sheet_id, cells) for sheet_id, cells in found.items()]
