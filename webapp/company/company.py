"""The whole company in one value: what all snapshots say together, linked, checked and ready to be looked up.

Pure: no request, no clock, no database. Holds nothing in a reader's language.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

from sync.domain.alignment import Alignment, Link, Names, align
from sync.domain.check_in_rules import misdated
from sync.domain.collecting import without_collecting
from sync.domain.company import CompanySettings
from sync.domain.concerning import Concerned, concerning
from sync.domain.cycle_records import Recognition, Review
from sync.domain.cycle_rules import check_records
from sync.domain.okr import CheckIn, Initiative, KeyResult, Objective
from sync.domain.pace import PacePolicy
from sync.domain.people import People, people_of
from sync.domain.periods import Calendar, Span
from sync.domain.problems import Problem
from sync.domain.rules import check
from sync.domain.rules.planning import plans_of
from sync.domain.scoring import Score
from sync.domain.snapshot import Snapshot
from sync.domain.standing import running_periods
from sync.domain.visibility import EVERYONE, audience
from webapp.company.heard import Heard, Sources, heard_of
from webapp.company.holders import Holder, holders_of
from webapp.company.moves import moves_of
from webapp.company.notes import Note, Thanks, notes_of, wall_of
from webapp.company.own import OwnParts, own_part
from webapp.company.search import Texts
from webapp.company.undertakings import Undertaking, undertakings_of

NO_SCORE = Score()
NO_CHANGES: Mapping[str, datetime] = MappingProxyType({})
NOTHING_BY_HAND: Mapping[str, bool] = {}

# Up to here a page takes the whole company in one piece.
MOST_IN_ONE_PIECE = 300

Item = Objective | KeyResult


@dataclass(frozen=True, slots=True)
class CompanyProblem:
    """A problem and the spreadsheet that it is in; "" where it concerns no single one.

    `draft` is the key of the draft that it is about, "" for a problem of what counts.
    """

    problem: Problem
    spreadsheet: str
    draft: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Everything the pages show.

    `alignment` holds what counts; `elsewhere` are objectives that are only named, such as a parent of a longer period.
    `problems` are those of what counts, `before_live` what would be wrong with drafts as active OKRs, and `lacking` the
    same by the draft's key.
    `concerning`, `check_ins`, `initiatives`, `reviews` and `recognitions` (those for everyone) are by key of the
    objective or key result that they belong to. `wall` is the same thanks, the newest first; `notes` are not for
    everyone, by key of each person who is named in one: `visibility.audience` says who may see which. `moves` are by
    how much scores have moved in a week, `has_past` whether any was known then. `heard` tells when each key result
    that is under way was last heard of. `holders` and `texts` are for finding things, `people` says whose address is
    whose. `today` is the day on which all of this is so, `running` are the days of the periods that run on it, by each
    of their names, and `pace` says what is early or late in them.
    """

    snapshots: Mapping[str, Snapshot]
    alignment: Alignment
    elsewhere: Mapping[str, Objective]
    key_results: Mapping[str, KeyResult]
    scores: Mapping[str, Score]
    children: Mapping[str, Sequence[str]]
    related: Mapping[str, Sequence[Link]]
    problems: tuple[CompanyProblem, ...]
    before_live: tuple[CompanyProblem, ...]
    lacking: Mapping[str, Sequence[Problem]]
    concerning: Mapping[str, Sequence[Problem]]
    check_ins: Mapping[str, Sequence[CheckIn]]
    initiatives: Mapping[str, Sequence[Initiative]]
    undertakings: tuple[Undertaking, ...]
    reviews: Mapping[str, Sequence[Review]]
    recognitions: Mapping[str, Sequence[Recognition]]
    wall: tuple[Thanks, ...]
    notes: Mapping[str, Sequence[Note]]
    heard: Mapping[str, Heard]
    moves: Mapping[str, Decimal]
    has_past: bool
    holders: Mapping[str, Holder]
    people: People
    today: date
    running: Mapping[str, Span]
    pace: PacePolicy
    texts: Mapping[str, Texts]

    @property
    def calendar(self) -> Calendar:
        """How its periods are named."""
        return self.alignment.calendar

    @property
    def told(self) -> tuple[CompanyProblem, ...]:
        """Everything that is wrong, drafts last."""
        return (*self.problems, *self.before_live)

    @property
    def is_big(self) -> bool:
        """Too big for one page."""
        return len(self.alignment.objectives) > MOST_IN_ONE_PIECE

    def objective(self, key: str) -> Objective:
        """An objective, whether it counts here or is only named."""
        return self.alignment.objectives.get(key) or self.elsewhere[key]

    def holder(self, key: str) -> Holder | None:
        """A unit or person that has something here; a unit that has something elsewhere alone, without anything."""
        if key in self.holders:
            return self.holders[key]
        named = holders_of(self.elsewhere.values(), {}).get(key)
        return None if named is None or named.is_person else Holder(key, named.name, is_person=False)

    def score(self, key: str) -> Score:
        """The score of an objective or key result; an empty one where none is known."""
        return self.scores.get(key, NO_SCORE)

    def key_results_of(self, objective: str) -> tuple[KeyResult, ...]:
        """The key results of an objective, in the sheet's order; of "": those that belong to none."""
        return self.alignment.key_results.get(objective, ())


@without_collecting()
def company_of(
    snapshots: Sequence[Snapshot],
    before: Mapping[str, Decimal | None],
    settings: CompanySettings,
    today: date,
    *,
    whole: bool,
    gone: Sequence[Snapshot] = (),
    changes: Mapping[str, datetime] = NO_CHANGES,
    by_hand: Mapping[str, bool] = NOTHING_BY_HAND,
    own: OwnParts | None = None,
) -> Company:
    """Put the last good views of all spreadsheets together; `before` are the scores of a week ago.

    `gone` are results of closed periods whose spreadsheet is not read any more: they count, and nothing is linked to.
    `changes` tells when each score changed last, by key.

    Unless it is the `whole` company, a configured spreadsheet was never read, and what depends on the others is no
    problem yet. `by_hand` is which periods people closed or opened again. `own` is what is known from the company
    before; the result is the same with it and without.
    """
    read, snapshots = snapshots, [*snapshots, *gone]
    objectives = [objective for snapshot in snapshots for objective in snapshot.objectives]
    key_results = [key_result for snapshot in snapshots for key_result in snapshot.key_results]
    alignment = align(objectives, key_results, settings.calendar)
    scores = {key: score for snapshot in snapshots for key, score in snapshot.scores.items()}
    items: list[Item] = [*objectives, *key_results]
    references = _References(items, settings.calendar)
    initiatives = (initiative for snapshot in read for initiative in snapshot.initiatives)
    plans = plans_of(references.names, initiatives, today)
    parts = (own or OwnParts()).of(read)
    parts.append(
        own_part(
            (objective for snapshot in gone for objective in snapshot.objectives),
            (key_result for snapshot in gone for key_result in snapshot.key_results),
        )
    )
    within = [part.advice for part in parts]
    of_all = check(alignment, scores, whole=whole, off=settings.off, plans=plans, within=within)
    if whole:
        of_all += check_records(references.names, snapshots, settings.people)
        of_all += misdated(references.names, (row for snapshot in snapshots for row in snapshot.check_ins), today)
    found = (
        *(CompanyProblem(problem, snapshot.spreadsheet) for snapshot in snapshots for problem in snapshot.problems),
        *(CompanyProblem(problem, problem.cell.spreadsheet if problem.cell else "") for problem in of_all),
    )
    served, thanks = references.initiatives(snapshots), references.recognitions(snapshots)
    people = people_of([*settings.people, *(person for snapshot in snapshots for person in snapshot.cycle.people)])
    concerned = Concerned(items, (each.problem for each in found))
    problems = [replace(each, draft=concerned.draft(each.problem)) for each in found]
    check_ins = references.check_ins(snapshots)
    by_key = {key_result.key: key_result for key_result in key_results}
    with_log = frozenset(found.cell.spreadsheet for those in check_ins.values() for found in those)
    sources = Sources(check_ins, with_log, changes)
    return Company(
        snapshots={snapshot.spreadsheet: snapshot for snapshot in read},
        alignment=alignment,
        elsewhere={},
        key_results=by_key,
        scores=scores,
        children=alignment.children(),
        related=_by_child(alignment.related),
        problems=tuple(each for each in problems if not each.draft),
        before_live=tuple(each for each in problems if each.draft),
        lacking=_by_draft(problems),
        concerning=concerning(concerned, (each.problem for each in problems if not each.draft)),
        check_ins=check_ins,
        initiatives=served,
        undertakings=undertakings_of(alignment, served, today),
        reviews=references.reviews(snapshots),
        recognitions=thanks,
        wall=wall_of(thanks, alignment.objectives, by_key, people),
        notes=notes_of(snapshots),
        heard=heard_of(objectives, alignment.key_results, scores, sources, settings, today),
        moves=moves_of(scores, before),
        has_past=bool(before),
        holders=holders_of(objectives, alignment.key_results),
        today=today,
        running=running_periods({found.period for found in objectives}, settings.calendar, today, by_hand),
        pace=settings.pace,
        people=people,
        texts={key: texts for part in parts for key, texts in part.texts.items()},
    )


def _by_draft(problems: Iterable[CompanyProblem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for each in problems:
        if each.draft:
            found.setdefault(each.draft, []).append(each.problem)
    return found


def _by_child(links: Iterable[Link]) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    for link in links:
        found.setdefault(link.child, []).append(link)
    return found


class _References:
    """Check-ins and initiatives by what they name; under "" where that is nothing, or more than one thing."""

    def __init__(self, items: Sequence[Item], calendar: Calendar) -> None:
        self.names = Names(items, calendar)

    def key(self, reference: str, spreadsheet: str, day: str = "") -> str:
        meant = self.names.meant(reference, spreadsheet, day)
        return meant[0].key if len(meant) == 1 else ""

    def check_ins(self, snapshots: Iterable[Snapshot]) -> dict[str, list[CheckIn]]:
        found: dict[str, list[CheckIn]] = {}
        for snapshot in snapshots:
            for check_in in snapshot.check_ins:
                key = self.key(check_in.key_result, snapshot.spreadsheet, check_in.date)
                found.setdefault(key, []).append(check_in)
        return found

    def initiatives(self, snapshots: Iterable[Snapshot]) -> dict[str, list[Initiative]]:
        found: dict[str, list[Initiative]] = {}
        for snapshot in snapshots:
            for initiative in snapshot.initiatives:
                for reference in initiative.key_results or (initiative.objective,):
                    found.setdefault(self.key(reference, snapshot.spreadsheet), []).append(initiative)
        return found

    def reviews(self, snapshots: Iterable[Snapshot]) -> dict[str, list[Review]]:
        found: dict[str, list[Review]] = {}
        for snapshot in snapshots:
            for review in snapshot.cycle.reviews:
                found.setdefault(self.key(review.about, snapshot.spreadsheet), []).append(review)
        return found

    def recognitions(self, snapshots: Iterable[Snapshot]) -> dict[str, list[Recognition]]:
        found: dict[str, list[Recognition]] = {}
        for snapshot in snapshots:
            for one in (row for row in snapshot.cycle.recognitions if audience(row) == EVERYONE):
                found.setdefault(self.key(one.about, snapshot.spreadsheet, one.date), []).append(one)
        return found
