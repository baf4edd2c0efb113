"""The rule of a good OKR that looks at what is done for it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sync.domain.alignment import Alignment
from sync.domain.cells import CellRef
from sync.domain.naming import Names
from sync.domain.okr import Initiative, Objective, Status
from sync.domain.periods import Calendar
from sync.domain.problems import Problem, problem
from sync.domain.scoring import ONE, Score


@dataclass(frozen=True, slots=True)
class Plans:
    """The keys of all objectives and key results that initiatives serve, and the `tabs` on which these stand: on others
    nobody plans at all.
    """

    served: frozenset[str]
    tabs: frozenset[tuple[str, int]]
    today: date


def plans_of(names: Names, initiatives: Iterable[Initiative], today: date) -> Plans:
    """What initiatives serve. One whose name can mean several things may serve each of them."""
    named = ((name, one) for one in initiatives for name in (*one.key_results, one.objective) if name)
    served = [item for name, one in named for item in names.meant(name, one.cell.spreadsheet, *one.days)]
    tabs = frozenset(_tab(item.cell) for item in served)
    return Plans(frozenset(item.key for item in served), tabs, today)


def joined_plans(plans: Sequence[Plans], today: date) -> Plans:
    """Those of several spreadsheets together."""
    served = frozenset[str]().union(*(each.served for each in plans))
    return Plans(served, frozenset[tuple[str, int]]().union(*(each.tabs for each in plans)), today)


def no_initiative(alignment: Alignment, scores: Mapping[str, Score], plans: Plans) -> Iterator[Problem]:
    """A key result for which nothing is planned, halfway through its period, beside others for which something is.

    One of its objective is for it too. What is reached needs none, and drafts are not at work yet.
    """
    for objective in alignment.objectives.values() if plans.tabs else ():
        if objective.key in plans.served or not _is_halfway(objective, alignment.calendar, plans.today):
            continue
        for found in alignment.key_results.get(objective.key, ()):
            is_planned = found.key in plans.served or _tab(found.cell) not in plans.tabs
            if not is_planned and scores.get(found.key, _UNKNOWN).value != ONE:
                yield problem("no-initiative", found.cell, text=found.text)


_UNKNOWN = Score()


def _tab(cell: CellRef) -> tuple[str, int]:
    return cell.spreadsheet, cell.sheet_id


def _is_halfway(objective: Objective, calendar: Calendar, today: date) -> bool:
    span = calendar.period(objective.period).span
    if objective.status is not Status.ACTIVE or span is None or not span.first <= today <= span.last:
        return False
    return (today - span.first).days * 2 >= span.days
