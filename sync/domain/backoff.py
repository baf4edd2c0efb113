"""When to try again after trouble that does not pass by itself. Pure: no clock, no threads.

Where a person must do something first, asking Google at every interval helps nobody. Trouble that passes by itself
keeps the interval. Where we only may not write a tab, only the writes to it wait; reading goes on at the interval.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile

from sync.domain.failures import Trouble
from sync.domain.memory import PassRecord, PassResult

NEEDS_A_PERSON = frozenset(
    {
        Trouble.CREDENTIALS,
        Trouble.PERMISSION,
        Trouble.NOT_FOUND,
        Trouble.NOT_A_SHEET,
        Trouble.API_DISABLED,
        Trouble.REFUSED,
    }
)

FIRST_PAUSE = 60
LONGEST_PAUSE = 3600
# How many of the newest passes to look at: enough for the longest pause, though others failed in between.
RECENT = 20


def failures_in_a_row(passes: Sequence[PassRecord]) -> int:
    """How many passes failed for want of a person since the last success, of passes given newest first.

    Trouble that passes by itself does not end the row; but right after it the count is 0, as it keeps the interval.
    """
    if not passes or passes[0].message not in NEEDS_A_PERSON:
        return 0
    row = takewhile(lambda each: each.result is PassResult.FAILED, passes)
    return sum(each.message in NEEDS_A_PERSON for each in row)


def next_try(passes_in_a_row: int, every: int) -> int:
    """Seconds from the end of a pass to the next one, after so many failures in a row that need a person.

    1, 2, 4 … 60 minutes, but never less than the interval `every`.
    """
    if passes_in_a_row == 0:
        return every
    return max(every, min(FIRST_PAUSE << (passes_in_a_row - 1), LONGEST_PAUSE))


def pause_left(passes: Sequence[PassRecord], every: int, now: datetime) -> float:
    """Seconds until the next try, after passes given newest first; not above 0: at once."""
    failures = failures_in_a_row(passes)
    return pause_after(failures, passes[0].finished_at, every, now) if failures else 0.0


def pause_after(failures: int, since: datetime, every: int, now: datetime) -> float:
    """Seconds until the next try, after so many failures in a row, the last one `since`; not above 0: at once."""
    waited = (now - since).total_seconds()
    # A clock that was set back must not prolong the pause.
    return next_try(failures, every) - waited if waited >= 0 else 0.0
