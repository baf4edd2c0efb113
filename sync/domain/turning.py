"""The turn of a period: what a company has still to do for the one that comes or has just begun. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sync.domain.keys import key_of
from sync.domain.okr import Objective, Status
from sync.domain.periods import Calendar, Period, before, in_order

# So long before a period begins it is looked at, and so long after.
AHEAD = timedelta(days=45)
AFTER = timedelta(days=30)
# So long before the last day of what runs it is told that nothing follows.
NEAR_THE_END = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Turn:
    """A period that begins or has begun: `drafts` and `active` are its objectives by status, `units` are those that had
    objectives in the period `before` and have none in it yet, as they are written.
    """

    period: Period
    before: Period | None
    drafts: int
    active: int
    units: tuple[str, ...]


def turns(objectives: Iterable[Objective], calendar: Calendar, today: date) -> list[Turn]:
    """The periods that are about to begin or have just begun, by their first day."""
    by_period = _by_period(objectives, calendar)
    periods = in_order(calendar.period(found[0].period) for found in by_period.values())
    near = [found for found in periods if found.span and -AFTER <= found.span.first - today <= AHEAD]
    return [_turn(found, before(found, periods), by_period) for found in near]


def ends_without_a_next(objectives: Iterable[Objective], calendar: Calendar, today: date) -> Period | None:
    """What runs and ends soon, where nothing is planned for after it; the last to end of several."""
    periods = [calendar.period(found[0].period) for found in _by_period(objectives, calendar).values()]
    dated = [(found.span, found) for found in periods if found.span]
    if not dated:
        return None
    span, last = max(dated, key=lambda each: each[0].last)
    return last if today <= span.last <= today + NEAR_THE_END else None


def _by_period(objectives: Iterable[Objective], calendar: Calendar) -> dict[str, list[Objective]]:
    found: dict[str, list[Objective]] = {}
    for objective in objectives:
        found.setdefault(calendar.period(objective.period).key, []).append(objective)
    return found


def _turn(period: Period, before: Period | None, by_period: Mapping[str, Sequence[Objective]]) -> Turn:
    here, there = by_period[period.key], by_period[before.key] if before else []
    present = {key_of(found.unit) for found in here}
    units: dict[str, str] = {}
    for found in there:
        if key_of(found.unit) not in present | {""}:
            units.setdefault(key_of(found.unit), found.unit)
    count = {status: sum(found.status is status for found in here) for status in Status}
    return Turn(period, before, count[Status.DRAFT], count[Status.ACTIVE], tuple(units.values()))
