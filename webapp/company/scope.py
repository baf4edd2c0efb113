"""Which periods a reader looks at, and the company as it is in them. Pure.

Nothing of one period is mixed into a figure of another: whatever counts, counts in one `Company` that holds no others.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sync.domain.alignment import Alignment
from sync.domain.closing import state_of
from sync.domain.okr import Objective
from sync.domain.periods import Period, PeriodState, in_order
from webapp.company.company import Company
from webapp.company.holders import holders_of
from webapp.company.problems import CompanyProblem
from webapp.company.search import Query
from webapp.company.undertakings import undertakings_of, unplaced_in

# What it is called in an address.
PERIOD = "period"


@dataclass(frozen=True, slots=True)
class KnownPeriod:
    """A period that objectives of the company have, and what it is today."""

    period: Period
    state: PeriodState


def periods_of(company: Company, by_hand: Mapping[str, bool]) -> tuple[KnownPeriod, ...]:
    """The periods of all objectives by their days; `by_hand` is which of them people closed or opened again."""
    named = (company.calendar.period(found.period) for found in company.alignment.objectives.values())
    return tuple(KnownPeriod(one, state_of(one, company.today, by_hand)) for one in in_order(named))


@dataclass(frozen=True, slots=True)
class Scope:
    """The keys of the periods that are looked at. `asked` is what an address says of it, "" for what runs now."""

    keys: frozenset[str]
    asked: str = ""
    is_known: bool = True


def scope_of(asked: str, company: Company, periods: Sequence[KnownPeriod]) -> Scope:
    """The periods that an address means, by any of a period's names, its key, or words of its name."""
    if not asked:
        return Scope(running(periods))
    wanted = company.calendar.period(asked).key
    if wanted in {one.period.key for one in periods}:
        return Scope(frozenset({wanted}), wanted)
    query = Query(asked)
    found = frozenset(one.period.key for one in periods if query.is_in(one.period.name))
    return Scope(found, asked, is_known=False)


def running(periods: Sequence[KnownPeriod]) -> frozenset[str]:
    """The keys of what runs now; where nothing does, of what was last, else of what comes next."""
    by_state = {state: [one.period.key for one in periods if one.state is state] for state in PeriodState}
    now = by_state[PeriodState.RUNNING] or by_state[PeriodState.CLOSING]
    return frozenset(now or by_state[PeriodState.CLOSED][-1:] or by_state[PeriodState.PLANNED][:1])


def in_periods(company: Company, keys: Collection[str]) -> Company:
    """The company with the objectives of these periods alone. What they support elsewhere can still be named."""
    objectives = {
        key: found
        for key, found in company.alignment.objectives.items()
        if company.calendar.period(found.period).key in keys
    }
    if len(objectives) == len(company.alignment.objectives):
        return company
    alignment = _narrowed(company.alignment, objectives)
    everything = company.alignment.objectives.values()
    unplaced = unplaced_in(keys, company.initiatives.get("", ()), everything, company.calendar)
    initiatives = {**company.initiatives, "": unplaced}
    return replace(
        company,
        alignment=alignment,
        elsewhere=company.alignment.objectives,
        initiatives=initiatives,
        undertakings=undertakings_of(alignment, initiatives, company.today),
        children=_children(company, objectives),
        related={key: links for key, links in company.related.items() if key in objectives},
        problems=tuple(_problems(company, alignment)),
        before_live=tuple(found for found in company.before_live if found.draft in objectives),
        holders=holders_of(objectives.values(), alignment.key_results),
    )


def _narrowed(alignment: Alignment, objectives: dict[str, Objective]) -> Alignment:
    return replace(
        alignment,
        objectives=objectives,
        key_results={key: found for key, found in alignment.key_results.items() if not key or key in objectives},
        related=tuple(link for link in alignment.related if link.child in objectives),
        unresolved=tuple(found for found in alignment.unresolved if found.child in objectives),
        circles=tuple(circle for circle in alignment.circles if any(key in objectives for key in circle)),
    )


def _children(company: Company, objectives: Collection[str]) -> dict[str, list[str]]:
    """Who supports whom, of these alone."""
    parents = ((key, below) for key, below in company.children.items() if key in objectives)
    found = {key: [child for child in below if child in objectives] for key, below in parents}
    return {key: below for key, below in found.items() if below}


def _problems(company: Company, alignment: Alignment) -> Iterator[CompanyProblem]:
    """Without those that concern objectives and key results of other periods alone."""
    here = {*alignment.objectives, *(part.key for parts in alignment.key_results.values() for part in parts)}
    concerning = company.concerning.items()
    told = {id(found) for key, problems in concerning if key in here for found in problems}
    left_out = {id(found) for key, problems in concerning if key not in here for found in problems} - told
    return (found for found in company.problems if id(found.problem) not in left_out)
