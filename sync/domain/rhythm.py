"""The rhythm of check-ins: when a key result was last heard of, and when it is overdue. Pure; the day is given.

Silence is never green: what nobody has said anything about for too long is told as that, whatever its score is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sync.domain.okr import CheckIn, Level

DEFAULT_EVERY: Mapping[Level | None, int] = {
    Level.COMPANY: 30,
    Level.DEPARTMENT: 7,
    Level.INDIVIDUAL: 7,
    None: 7,
}
DEFAULT_GRACE = 2


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`every` is in days, by the level of the objective (None: it tells none); `grace` is added to it."""

    every: Mapping[Level | None, int] = field(default_factory=lambda: DEFAULT_EVERY)
    grace: int = DEFAULT_GRACE

    def due(self, level: Level | None, last: date) -> date:
        """The day on which the next check-in is due."""
        return last + timedelta(days=self.every[level])

    def is_overdue(self, level: Level | None, last: date, today: date) -> bool:
        """Whether it should have come by now, the grace included."""
        return today > self.due(level, last) + timedelta(days=self.grace)


DEFAULT_RHYTHM = Rhythm()


def newest(check_ins: Iterable[CheckIn], first: date, today: date) -> CheckIn | None:
    """The newest check-in of a period that began on a day."""
    found = counting(check_ins, first, today)
    return found[0] if found else None


def counting(check_ins: Iterable[CheckIn], first: date, today: date) -> list[CheckIn]:
    """The newest first; of one day, the row that comes last. Those of the future and of before `first` do not count."""
    dated = [
        (day, row, found)
        for row, found in enumerate(check_ins)
        if (day := day_of(found.date)) and first <= day <= today
    ]
    return [found for *_, found in sorted(dated, key=lambda each: each[:2], reverse=True)]


def day_of(text: str) -> date | None:
    """An ISO day; None for a date that could not be read."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
