"""Whether objectives, key results and groups of them are ahead of or behind time. Pure.

Only where a period runs and its days are known. Drafts and closed objectives are on no way that could be measured.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from sync.domain.alignment import Alignment
from sync.domain.closing import state_of
from sync.domain.okr import KeyResult, Objective, Status
from sync.domain.pace import Pace, PacePolicy, expected_share, has_pace
from sync.domain.periods import Calendar, PeriodState, Span
from sync.domain.scoring import Score, score_objective


class UnderWay(Protocol):
    """Objectives and key results with their scores, on a day. `running` are the days of the periods that run on it, by
    each of their names.
    """

    @property
    def alignment(self) -> Alignment: ...
    @property
    def key_results(self) -> Mapping[str, KeyResult]: ...
    @property
    def running(self) -> Mapping[str, Span]: ...
    @property
    def today(self) -> date: ...
    @property
    def pace(self) -> PacePolicy: ...

    def score(self, key: str) -> Score:
        """Of an objective or key result; an empty one where none is known."""
        ...

    def key_results_of(self, objective: str) -> tuple[KeyResult, ...]:
        """Of an objective, by its key."""
        ...


@dataclass(frozen=True, slots=True)
class Standing:
    """How a score stands to the time: what is `expected` of it by now, and by the end of the period (`goal`)."""

    pace: Pace
    expected: Decimal
    goal: Decimal


def running_periods(
    names: Iterable[str], calendar: Calendar, today: date, by_hand: Mapping[str, bool]
) -> dict[str, Span]:
    """The days of the periods of these names that run and whose days are known. `by_hand`: see `closing.state_of`."""
    periods = {name: calendar.period(name) for name in names}
    return {
        name: found.span
        for name, found in periods.items()
        if found.span and state_of(found, today, by_hand) is PeriodState.RUNNING
    }


def running_span(objective: Objective, running: Mapping[str, Span]) -> Span | None:
    """The days of an objective's period, where it counts and the period runs. `running`: see `running_periods`."""
    return running.get(objective.period) if objective.status is Status.ACTIVE else None


def standing(key: str, company: UnderWay) -> Standing | None:
    """That of an objective or key result; None where it has no pace."""
    objective = company.alignment.objectives.get(key)
    if objective is not None:
        return standing_of_all((objective,), company)
    part = company.key_results.get(key)
    return _of_key_result(part, company) if part else None


def standing_of_all(objectives: Iterable[Objective], company: UnderWay) -> Standing | None:
    """That of the weighted mean of some objectives of one period; what is expected of it is the mean of their goals.

    None where nothing in it can be late yet.
    """
    counted = [found for found in objectives if company.score(found.key).value is not None and found.weight]
    spans = {span for found in counted if (span := running_span(found, company.running))}
    if len(spans) != 1 or not any(is_on_the_way(found, company) for found in counted):
        return None
    score = score_objective([(found.weight, company.score(found.key)) for found in counted]).value
    return _standing(score, goal_of_all(counted, company), spans.pop(), company) if score is not None else None


def is_on_the_way(item: Objective | KeyResult, company: UnderWay) -> bool:
    """Whether it can be early or late today; an objective where a key result can, or where it has none."""
    if isinstance(item, KeyResult):
        objective = company.alignment.objectives.get(item.objective)
        span = running_span(objective, company.running) if objective else None
        return span is not None and has_pace(item, expected_share(span, company.today))
    if running_span(item, company.running) is None:
        return False
    scored = [part for part in company.key_results_of(item.key) if company.score(part.key).value is not None]
    return not scored or any(is_on_the_way(part, company) for part in scored)


def goal_of_all(objectives: Iterable[Objective], company: UnderWay) -> Decimal:
    """With what score these objectives of one period are to end together."""
    found = [(each.weight, company.pace.goal(each.kind)) for each in objectives if each.weight > 0]
    weight = sum(share for share, _ in found)
    return sum((share * goal for share, goal in found), Decimal(0)) / weight if weight else Decimal(1)


def _of_key_result(part: KeyResult, company: UnderWay) -> Standing | None:
    objective, score = company.alignment.objectives.get(part.objective), company.score(part.key).value
    span = running_span(objective, company.running) if objective else None
    if objective is None or span is None or score is None or not is_on_the_way(part, company):
        return None
    return _standing(score, company.pace.goal(objective.kind), span, company)


def _standing(score: Decimal, goal: Decimal, span: Span, company: UnderWay) -> Standing:
    expected = expected_share(span, company.today) * goal
    return Standing(company.pace.of(score, expected), expected, goal)
