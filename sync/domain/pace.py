"""Pace and projection: where a score should be by now, and where it will end at the speed of the last weeks.

Pure; the day is given. Says nothing of how good a score is: that is its band, which is the same on the first day and
on the last.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from sync.domain.okr import KeyResult, Kind, Metric
from sync.domain.periods import Span
from sync.domain.scoring import ONE, ZERO

# What is reached all at once or in steps is not late for being at 0 half way through.
JUMPING = frozenset({Metric.AT_MOST, Metric.AT_LEAST, Metric.BETWEEN, Metric.DONE, Metric.STEPS})
LAST_FIFTH = Decimal("0.8")

# A projection rests on the last so many days, and on no fewer days and changes than these.
LOOKED_BACK = timedelta(days=28)
FEWEST_DAYS = timedelta(days=14)
FEWEST_CHANGES = 3


class Pace(StrEnum):
    """How a score compares with where it should be by now, best first."""

    AHEAD = "ahead"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    FAR_BEHIND = "far_behind"


@dataclass(frozen=True, slots=True)
class PacePolicy:
    """What counts as what. `aspirational` is the score that is enough for an aspirational objective; the others are how
    far a score is above or below what is expected by now.
    """

    aspirational: Decimal = Decimal("0.7")
    ahead: Decimal = Decimal("0.1")
    behind: Decimal = Decimal("0.1")
    far_behind: Decimal = Decimal("0.25")

    def goal(self, kind: Kind | None) -> Decimal:
        """The score to end with. Of an unknown kind it is the whole target, as the sheet has it: that less is enough,
        somebody has to say."""
        return self.aspirational if kind is Kind.ASPIRATIONAL else ONE

    def of(self, score: Decimal, expected: Decimal) -> Pace:
        """The pace of a score where `expected` is what it should be by now, the goal counted in."""
        gap = score - expected
        if gap >= self.ahead:
            return Pace.AHEAD
        if gap > -self.behind:
            return Pace.ON_PACE
        return Pace.BEHIND if gap > -self.far_behind else Pace.FAR_BEHIND


USUAL = PacePolicy()


def expected_share(span: Span, today: date) -> Decimal:
    """How much of a period has passed, today counted: 1/30 on the first day of 30, 1 from the last one on."""
    passed = (today - span.first).days + 1
    return min(max(Decimal(passed) / span.days, ZERO), ONE)


def has_pace(key_result: KeyResult, share: Decimal) -> bool:
    """Whether a key result can be early or late when this share of its period has passed."""
    return key_result.metric not in JUMPING or share > LAST_FIFTH


@dataclass(frozen=True, slots=True)
class Day:
    """What a score was in the end of a day; None: there was none."""

    day: date
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Projection:
    """`value` on the `last` day at the speed from `start` on `first` to `end` on `today`, in which it changed on so
    many days."""

    value: Decimal
    last: date
    first: date
    start: Decimal
    today: date
    end: Decimal
    changes: int


def projected(days: Sequence[Day], span: Span, today: date) -> Projection | None:
    """The straight line through what was four weeks ago, or first of all, and what is today; to the period's last day.

    None where it would be a guess: fewer than three days with a change, or fewer than fourteen days from the first
    value to the newest change (one busy day is no speed); what was before a time without a score, or before the
    period began; a score that is full already; a period that is not running. A score that has stood still since its
    newest change is slower for it, since the line ends today.
    """
    known = _looked_at(days, max(span.first, today - LOOKED_BACK), today)
    changed = [later.day for earlier, later in pairwise(known) if earlier.value != later.value]
    if not span.first <= today < span.last or len(changed) < FEWEST_CHANGES:
        return None
    first, start, end = known[0].day, known[0].value, known[-1].value
    if start is None or end is None or end >= ONE or changed[-1] - first < FEWEST_DAYS:
        return None
    speed = (end - start) / (today - first).days
    value = min(max(end + speed * (span.last - today).days, ZERO), ONE)
    return Projection(value, span.last, first, start, today, end, len(changed))


def _looked_at(days: Iterable[Day], since: date, today: date) -> list[Day]:
    """From a day on, beginning with what was so then; without what was before the score was missing."""
    found: list[Day] = []
    for each in days:
        if each.day > today:
            break
        if each.value is None:
            found = []
        elif each.day <= since:
            found = [Day(since, each.value)]
        elif found and found[-1].day == each.day:
            found[-1] = each
        else:
            found.append(each)
    return found
