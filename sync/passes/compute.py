"""What one baseline of a spreadsheet comes to: read, brakes, scores, plan. Pure: nothing is asked, written or kept.

A dry run is this, printed; a pass is this, carried out by `write_back`.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, TypeVar

from sync.config.settings import SpreadsheetSettings
from sync.domain.alignment import align
from sync.domain.cells import CellRef
from sync.domain.closing import changed_since
from sync.domain.collecting import without_collecting
from sync.domain.company import CompanySettings
from sync.domain.cycle_records import CycleRecords
from sync.domain.grid import Book, Scalar, fingerprint
from sync.domain.memory import Memory, ScorePlace
from sync.domain.problems import Problem
from sync.domain.rules import check_scores
from sync.domain.scoring import NO_ROLL_UP, RollUp, Score, score_okrs
from sync.domain.snapshot import Snapshot, TabView
from sync.passes.brakes import leaping, unbelievable
from sync.passes.closed import ClosedPeriods, Okrs
from sync.passes.copied import left_over
from sync.passes.plan import Plan, make_plan
from sync.passes.repair import Lost, by_hand
from sync.passes.word_owners import WordOwners
from sync.passes.word_plan import with_words
from sync.passes.words import Wording
from sync.reading import BookReading, read_book
from sync.reading.rekeyed import rekeyed


@dataclass(frozen=True, slots=True)
class Others:
    """The last good views of the company's other spreadsheets, where their scores matter; all of them if `whole`.

    `digest` tells whether they are the same as in another pass; None: they changed while they were read.
    """

    views: tuple[Snapshot, ...] = ()
    whole: bool = True
    digest: str | None = ""

    def scores(self) -> dict[str, Score]:
        """Of their objectives, by key."""
        return {found.key: view.scores[found.key] for view in self.views for found in view.objectives}


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known before the spreadsheet is read: `last` is its last good view, None where there is none.

    `accept` lets the brakes through once. `today` is the day for the `company`.
    """

    settings: SpreadsheetSettings
    memory: Memory
    last: Snapshot | None
    others: Others
    accept: bool
    closed: ClosedPeriods
    company: CompanySettings
    today: date

    def last_tabs(self) -> tuple[TabView, ...]:
        """The tabs of the last good view."""
        return self.last.tabs if self.last else ()


@dataclass(frozen=True, slots=True)
class Computed:
    """What one baseline of the spreadsheet comes to. `unbelieved` are the tabs refused by a brake, by sheet id; `lost`
    is what a person has yet to put back.
    """

    book: Book
    reading: BookReading
    okrs: Okrs
    scores: dict[str, Score]
    plan: Plan
    unbelieved: frozenset[int]
    problems: tuple[Problem, ...]
    lost: tuple[Lost, ...] = ()


@without_collecting()
def read(book: Book, known: Known) -> BookReading:
    """What the spreadsheet says; its last good view has no part in that."""
    known_as = {tab.sheet_id: tab.mapped_as for tab in known.memory.tabs}
    calendar = known.closed.calendar
    reading = read_book(book, known.settings.mappings(), known_as, calendar=calendar, today=known.today)
    return rekeyed(reading, known.closed.new_keys(reading))


@without_collecting()
def compute(
    book: Book,
    reading: BookReading,
    known: Known,
    owned_columns: frozenset[ScorePlace],
    lost: Collection[Lost] = (),
) -> Computed:
    """Decide everything, of a book and what was read of it. `owned_columns` are the score columns that are ours, `lost`
    what a person was to put back.
    """
    rows_before = {tab.sheet_id: tab.rows for tab in known.memory.tabs}
    lost = tuple(by_hand.not_seen_to(lost, book, reading))
    stopped = by_hand.stopped(lost)
    # What is closed may leave the sheet: nobody misses it there.
    last = known.closed.left_in(known.last)
    rows_before |= dict.fromkeys(known.closed.tabs(), 0)
    unbelieved, brakes = unbelievable(book, reading, last, rows_before, known.accept, stopped)
    okrs, scores = _scored(reading, known, unbelieved)
    if last is not None and not known.accept:
        share = float(known.settings.most_changes)
        unbelieved, leaps = leaping(book, reading, scores, last, share, unbelieved)
        if leaps:
            brakes = [*brakes, *leaps]
            okrs, scores = _scored(reading, known, unbelieved)
    plan = make_plan(
        book,
        reading,
        scores,
        ours={slot: wrote for slot, wrote in known.memory.written.items() if not isinstance(wrote, str)},
        owned_columns=owned_columns,
        unbelieved=unbelieved,
        left_alone=known.closed.keys,
        accept=known.accept or known.settings.accept_existing_scores,
    )
    live = known.closed.without(okrs)
    doubts = (*check_scores(live.key_results, live.objectives, scores), *left_over(reading.tabs, known.closed.calendar))
    doubts = (*doubts, *changed_since(known.closed.periods, reading.key_results))
    found = (*reading.problems, *brakes, *doubts)
    if any(tab.word_cells for tab in reading.tabs):
        wording = Wording(okrs, scores, (*found, *plan.problems), known.company, known.today, known.settings.language)
        plan = _with_words(plan, reading, wording, known, unbelieved)
    waiting = {each.slot for each in lost if each.slot}
    plan = replace(plan, writes=tuple(write for write in plan.writes if write.slot not in waiting))
    problems = (*found, *plan.problems, *by_hand.problems(lost))
    return Computed(book, reading, okrs, scores, plan, unbelieved, problems, lost)


def _with_words(plan: Plan, reading: BookReading, wording: Wording, known: Known, unbelieved: frozenset[int]) -> Plan:
    owners = WordOwners(reading.tabs, wording.items, known.memory.written, known.last)
    left_alone, accept = known.closed.keys, known.accept
    return with_words(plan, reading, wording, owners, unbelieved=unbelieved, left_alone=left_alone, accept=accept)


def _scored(reading: BookReading, known: Known, unbelieved: frozenset[int]) -> tuple[Okrs, dict[str, Score]]:
    okrs = known.closed.instead(_believed(reading, known.last, unbelieved))
    last_scores = known.last.scores if known.last else {}
    scores = score_okrs(okrs.objectives, okrs.key_results, last_scores, _roll_up(okrs, known))
    return okrs, scores | known.closed.scores()


def _believed(reading: BookReading, last: Snapshot | None, unbelieved: frozenset[int]) -> Okrs:
    """What was read, with the last good view of every tab that is not believed, before anything is computed."""
    return Okrs(
        objectives=_with_kept(reading.objectives, last.objectives if last else (), unbelieved),
        key_results=_with_kept(reading.key_results, last.key_results if last else (), unbelieved),
        check_ins=_with_kept(reading.check_ins, last.check_ins if last else (), unbelieved),
        initiatives=_with_kept(reading.initiatives, last.initiatives if last else (), unbelieved),
        cycle=CycleRecords.of(_with_kept(tuple(reading.cycle), tuple(last.cycle) if last else (), unbelieved)),
    )


class _Placed(Protocol):
    @property
    def cell(self) -> CellRef | None: ...


T = TypeVar("T", bound=_Placed)


def _with_kept(read: tuple[T, ...], last: tuple[T, ...], kept: frozenset[int]) -> tuple[T, ...]:
    """What was read of believed tabs, and what is known of the others."""
    believed = tuple(item for item in read if not _is_on(item.cell, kept))
    return believed + tuple(item for item in last if _is_on(item.cell, kept))


def _is_on(cell: CellRef | None, tabs: frozenset[int]) -> bool:
    return cell is not None and cell.sheet_id in tabs


def _roll_up(okrs: Okrs, known: Known) -> RollUp:
    """Who supports whom across spreadsheets, as far as the configuration asks for it."""
    if not known.settings.roll_up:
        return NO_ROLL_UP
    objectives = [*okrs.objectives, *(found for view in known.others.views for found in view.objectives)]
    key_results = [*okrs.key_results, *(found for view in known.others.views for found in view.key_results)]
    alignment = align(objectives, key_results, known.closed.calendar)
    children = {key: [alignment.objectives[child] for child in found] for key, found in alignment.children().items()}
    return RollUp(known.settings.roll_up, children, known.others.scores(), known.others.whole)


def fingerprint_of(
    settings: SpreadsheetSettings, elsewhere: str, values: Mapping[str, Sequence[Sequence[Scalar]]]
) -> str:
    """Of all that a pass computes from: the sheet, the mapping, and what is rolled up into it (`Others.digest`)."""
    return fingerprint_by_values(settings, elsewhere, fingerprint(list(values.items())))


def fingerprint_by_values(settings: SpreadsheetSettings, elsewhere: str, of_values: str) -> str:
    """The same, where the values have their `fingerprint` already."""
    return f"{_digest(settings.model_dump_json())}:{elsewhere}:{of_values}"


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
