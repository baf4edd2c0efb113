"""Whether the intervals of a configuration can be kept within Google's quota. Pure: arithmetic on the configuration.

A pass over an unchanged spreadsheet is one read, so this is the least that the intervals need.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sync.config.settings import Config
from sync.google import share_of

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Shortage:
    """Intervals that need more reads a minute than are allowed.

    `round_minutes` is how long one pass over each spreadsheet takes at least. It would do to write `every` (seconds)
    wherever less is written, or to be allowed `requests_per_minute` by Google.
    """

    needed: Fraction
    allowed: int
    round_minutes: Fraction
    every: int
    requests_per_minute: int


def shortage(config: Config) -> Shortage | None:
    """What is wrong with the intervals; None where they can be kept."""
    allowed = sum(share_of(google.requests_per_minute) for google in config.google.accounts.values())
    intervals = [settings.every for settings in config.spreadsheet]
    needed = _reads_a_minute(intervals)
    if needed <= allowed:
        return None
    return Shortage(
        needed=needed,
        allowed=allowed,
        round_minutes=Fraction(len(intervals), allowed),
        every=_least_interval(intervals, allowed),
        requests_per_minute=math.ceil(needed * 5 / 4),
    )


def _reads_a_minute(intervals: Sequence[int], least: int = 1) -> Fraction:
    return sum((Fraction(MINUTE, max(every, least)) for every in intervals), Fraction())


def _least_interval(intervals: Sequence[int], allowed: int) -> int:
    """The shortest interval that would do for all whose own is shorter; in whole minutes from the first one on."""
    low, high = 1, max(*intervals, math.ceil(Fraction(MINUTE * len(intervals), allowed)))
    while low < high:
        middle = (low + high) // 2
        if _reads_a_minute(intervals, middle) <= allowed:
            high = middle
        else:
            low = middle + 1
    return low if low <= MINUTE else math.ceil(low / MINUTE) * MINUTE
