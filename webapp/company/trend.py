"""How the figure of some objectives went, and where it will end. Pure: the history of their scores is given."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sync.domain.okr import KeyResult, Objective
from sync.domain.pace import JUMPING, Day, Projection, projected
from sync.domain.periods import Span
from sync.domain.standing import is_on_the_way
from sync.records import HistoryPoint
from webapp.company.company import Company

# How each of some scores changed, oldest first.
Histories = Callable[[Sequence[str]], Mapping[str, Sequence[HistoryPoint]]]


def no_histories(_: Sequence[str]) -> Mapping[str, Sequence[HistoryPoint]]:
    """Where nothing was recorded."""
    return {}


@dataclass
class _Mean:
    """A weighted mean whose parts come and go, exact whatever their order."""

    total: Decimal = Decimal(0)
    weight: Decimal = Decimal(0)

    def change(self, weight: Decimal, old: Decimal | None, new: Decimal | None) -> None:
        for value, sign in ((old, -1), (new, 1)):
            if value is not None:
                self.total += sign * weight * value
                self.weight += sign * weight

    @property
    def value(self) -> Decimal | None:
        return self.total / self.weight if self.weight else None


def history_of_all(objectives: Iterable[Objective], points: Mapping[str, Sequence[HistoryPoint]]) -> list[HistoryPoint]:
    """How the weighted mean of these objectives' scores changed, oldest first; at each moment of those that had one."""
    weights = {found.key: found.weight for found in objectives if found.weight > 0}
    events = sorted(
        ((point.at, key, point.value) for key in weights for point in points.get(key, ())), key=lambda event: event[0]
    )
    mean, values, found = _Mean(), dict[str, Decimal | None](), list[HistoryPoint]()
    for at, key, value in events:
        mean.change(weights[key], values.get(key), value)
        values[key] = value
        if found and found[-1].at == at:
            found.pop()
        if not found or found[-1].value != mean.value:
            found.append(HistoryPoint(at, mean.value))
    return found


def projection(
    items: Iterable[Objective | KeyResult], points: Sequence[HistoryPoint], span: Span | None, company: Company
) -> Projection | None:
    """Where the score of something ends whose history this is; None where it jumps, or its period does not run."""
    moving = (found for found in items if not (isinstance(found, KeyResult) and found.metric in JUMPING))
    if span is None or not any(is_on_the_way(found, company) for found in moving):
        return None
    days: dict[object, Day] = {}
    for point in points:
        day = company.calendar.today(point.at)
        days[day] = Day(day, point.value)
    return projected(list(days.values()), span, company.today)


def projections(company: Company, histories: Histories) -> dict[str, Projection]:
    """Of every objective and key result that has one, by key. All histories are asked for at once."""
    found: dict[str, Projection] = {}
    items = {item.key: (item, span) for item, span in _under_way(company)}
    for key, points in histories(list(items)).items():
        item, span = items[key]
        ends = projection((item,), points, span, company)
        if ends is not None:
            found[key] = ends
    return found


def _under_way(company: Company) -> Iterator[tuple[Objective | KeyResult, Span]]:
    """What is in a period that runs and whose days are known, with those."""
    for objective in company.alignment.objectives.values():
        span = company.running.get(objective.period)
        if span is not None:
            yield objective, span
            yield from ((part, span) for part in company.key_results_of(objective.key))
