"""The whole company in one value: what all snapshots say together, linked, checked and ready to be looked up.

Pure: no request, no clock, no database. Holds nothing in a reader's language.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

from sync.domain.alignment import Alignment, Link
from sync.domain.collecting import without_collecting
from sync.domain.company import CompanySettings
from sync.domain.cycle_records import Recognition, Review
from sync.domain.cycle_rules import check_records
from sync.domain.joining import joined, united
from sync.domain.okr import CheckIn, Initiative, KeyResult, Objective
from sync.domain.pace import PacePolicy
from sync.domain.people import People, people_of
from sync.domain.periods import Calendar, Span
from sync.domain.problems import Problem
from sync.domain.rules import check
from sync.domain.rules.planning import joined_plans
from sync.domain.scoring import Score
from sync.domain.snapshot import Snapshot
from sync.domain.standing import running_periods
from webapp.company.heard import Heard, Sources
from webapp.company.holders import Holder, holders_of, joined_holders
from webapp.company.joins import Joins
from webapp.company.kept import Kept
from webapp.company.moves import moves_of
from webapp.company.notes import Note, Thanks, notes_of, wall_of
from webapp.company.problems import CompanyProblem
from webapp.company.search import Texts
from webapp.company.undertakings import Undertaking, undertakings_of

NO_SCORE = Score()
NO_CHANGES: Mapping[str, datetime] = MappingProxyType({})
NOTHING_BY_HAND: Mapping[str, bool] = {}

# Up to here a page takes the whole company in one piece.
MOST_IN_ONE_PIECE = 300

Item = Objective | KeyResult


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
    kept: Kept | None = None,
) -> Company:
    """Put the last good views of all spreadsheets together; `before` are the scores of a week ago.

    `gone` are results of closed periods whose spreadsheet is not read any more: they count, and nothing is linked to.
    `changes` tells when each current value changed last, by key.

    Unless it is the `whole` company, a configured spreadsheet was never read, and what depends on the others is no
    problem yet. `by_hand` is which periods people closed or opened again. `kept` is what is known from the company
    before; the result is the same with it and without.
    """
    kept = kept or Kept()
    kept.begin((settings, today))
    joins = Joins(snapshots, gone, settings.calendar, today, kept)
    read, snapshots = snapshots, [*snapshots, *gone]
    alignment = joins.alignment
    scores = united(snapshot.scores for snapshot in snapshots)
    plans = joined_plans([each.plans for each in joins.referred[: len(read)]], today)
    of_all = check(alignment, scores, whole=whole, off=settings.off, plans=plans, known=joins.said())
    if whole:
        lost = [each.lost for each in joins.referred]
        of_all += check_records(joins.names, snapshots, settings.people, lost)
        of_all += [found for each in joins.referred for found in each.misdated]
    problems = joins.sorted(
        (
            *((problem, snapshot.spreadsheet) for snapshot in snapshots for problem in snapshot.problems),
            *((problem, problem.cell.spreadsheet if problem.cell else "") for problem in of_all),
        )
    )
    initiatives = joined(each.initiatives for each in joins.referred)
    thanks = joined(each.recognitions for each in joins.referred)
    people = people_of([*settings.people, *(person for snapshot in snapshots for person in snapshot.cycle.people)])
    by_key = united(part.by_key for part in joins.parts)
    check_ins = joined(each.check_ins for each in joins.referred)
    with_log = frozenset[str]().union(*(each.with_log for each in joins.referred))
    periods = dict.fromkeys(found.period for found in alignment.objectives.values())
    running = running_periods(periods, settings.calendar, today, by_hand)
    return Company(
        snapshots={snapshot.spreadsheet: snapshot for snapshot in read},
        alignment=alignment,
        elsewhere={},
        key_results=by_key,
        scores=scores,
        children=alignment.children(),
        related=_by_child(alignment.related),
        problems=tuple(each for each in problems.all if not each.draft),
        before_live=tuple(each for each in problems.all if each.draft),
        lacking=problems.lacking,
        concerning=problems.concerning,
        check_ins=check_ins,
        initiatives=initiatives,
        undertakings=undertakings_of(alignment, initiatives, today),
        reviews=joined(each.reviews for each in joins.referred),
        recognitions=thanks,
        wall=wall_of(thanks, alignment.objectives, by_key, people),
        notes=notes_of(snapshots),
        heard=joins.heard(Sources(check_ins, with_log, changes), settings, running),
        moves=moves_of(scores, before),
        has_past=bool(before),
        holders=joined_holders(part.holders for part in joins.parts),
        today=today,
        running=running,
        pace=settings.pace,
        people=people,
        texts=united(part.texts for part in joins.parts),
    )


def _by_child(links: Iterable[Link]) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    for link in links:
        found.setdefault(link.child, []).append(link)
    return found
