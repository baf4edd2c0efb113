"""Whose turn it is, as fast as Google's quota allows. On `schedule`.

What is due comes in this order:

    asked for   who asked first; every second turn at most, while something is due at its interval
    kept        those whose interval is over, the one that has been due for longest first
    spare       looks before that, where people are editing: the most urgent first

So extra looks take only what the intervals leave, and a flood of requests never takes all.

Never two passes over one spreadsheet at once, and never all passers with those that took long the last time. A tick
that is missed because a pass took long is not made up for.
"""

import math
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import schedule

from sync.clock import Clock
from sync.config.settings import SpreadsheetSettings
from sync.engine.attention import urgency
from sync.engine.identity import LONG_AGO, SharedIdentity
from sync.engine.requests import Requests
from sync.google import Quota

# How soon a clock that was set, a machine that woke up and a replaced key are noticed.
LONGEST_NAP = 1.0


@dataclass(slots=True, eq=False, repr=False)
class Turn:
    """A spreadsheet and how it fared so far.

    `helped` says that somebody started us or replaced the key, at `key_since`, and that no pass was made since.
    `slow` says that the last pass took long. By the monotonic clock: the last turn
    ended at `ended`, the next one is at `keep_at`, or at `spare_at` where there is room, and people were last seen to
    have changed something at `changed_at`. `asked_since` is the first request that no good pass has answered.
    `schedule` logs of every job what it is about, which is no place for the settings.
    """

    settings: SpreadsheetSettings
    helped: bool = True
    key_number: int = 0
    key_since: datetime = LONG_AGO
    slow: bool = False
    ended: float = -math.inf
    keep_at: float = -math.inf
    spare_at: float = -math.inf
    changed_at: float = -math.inf
    asked_since: datetime | None = None

    def quiet(self, now: float) -> float:
        """Seconds since people were seen to have changed something; without end where they never were."""
        return now - self.changed_at

    def urgency(self, now: float) -> float:
        """Of a look before its interval is over."""
        return urgency(now - self.ended, self.spare_at - self.ended)


class Turns:
    """The queue that all passers share. Safe between threads."""

    def __init__(
        self,
        turns: Iterable[Turn],
        passers: int,
        quota: Quota,
        identity: SharedIdentity,
        requests: Requests,
        clock: Clock,
    ) -> None:
        self._quota, self._identity, self._requests, self._clock = quota, identity, requests, clock
        self._most_slow = max(1, passers - 1)
        self._lock = threading.Lock()
        self._scheduler = schedule.Scheduler()
        self._asleep: dict[Turn, schedule.Job] = {}
        self._due = list(turns)
        self._taken: list[Turn] = []
        self._asked_for: dict[str, float] = {}
        self._last_was_asked_for = False

    def take(self) -> Turn | None:
        """The turn that comes next, to be given back; None where none may begin now."""
        with self._lock:
            self._wake()
            turn = self._next() if self._quota_has_room() else None
            if turn is not None:
                self._due.remove(turn)
                self._taken.append(turn)
                self._tell_of_the_key(turn)
                self._tell_who_asked(turn)
            return turn

    def give_back(self, turn: Turn, seconds: float, spare: float | None = None) -> None:
        """The turn is over; the next one is in so many seconds, or in `spare` seconds where there is room for it."""
        sleep = seconds if spare is None else min(seconds, spare)
        with self._lock:
            self._taken.remove(turn)
            now = self._clock.monotonic()
            turn.ended, turn.keep_at, turn.spare_at = now, now + seconds, now + sleep
            self._asleep[turn] = self._scheduler.every(round(sleep)).seconds.do(self._fall_due, turn)

    def nap(self) -> float:
        """Seconds after which to ask again, where none may begin now."""
        with self._lock:
            idle = self._quota.until_next("read") or None if self._due else self._scheduler.idle_seconds
        return LONGEST_NAP if idle is None else min(max(idle, 0.0), LONGEST_NAP)

    def _wake(self) -> None:
        """`schedule` goes by the local wall clock, which may be set, or jump for a night; so the monotonic one knows
        what is overdue."""
        self._scheduler.run_pending()
        self._identity.look_at_the_key()
        self._asked_for = self._requests.ready()
        now, number = self._clock.monotonic(), self._identity.number
        for turn in list(self._asleep):
            if turn.key_number != number:
                turn.keep_at = now
            if now >= min(turn.spare_at + LONGEST_NAP, turn.keep_at) or turn.settings.id in self._asked_for:
                self._scheduler.cancel_job(self._asleep[turn])
                self._fall_due(turn)

    def _fall_due(self, turn: Turn) -> type[schedule.CancelJob]:
        del self._asleep[turn]
        self._due.append(turn)
        return schedule.CancelJob

    def _quota_has_room(self) -> bool:
        """Evenly over the minute, and with a second read in hand for each pass that is under way: a pass waits for our
        quota before it begins, not while its own time runs."""
        return self._quota.until_next("read") <= 0 and self._quota.left("read") > len(self._taken)

    def _next(self) -> Turn | None:
        """A spreadsheet that hangs keeps its passer for long, so one is left for those that do not."""
        slow = sum(turn.slow for turn in self._taken)
        may_begin = [turn for turn in self._due if not turn.slow or slow < self._most_slow]
        now = self._clock.monotonic()
        kept = [turn for turn in may_begin if turn.keep_at <= now]
        asked_for = [turn for turn in may_begin if turn.settings.id in self._asked_for]
        if asked_for and not (kept and self._last_was_asked_for):
            self._last_was_asked_for = True
            return min(asked_for, key=lambda turn: self._asked_for[turn.settings.id])
        self._last_was_asked_for = False
        if kept:
            # After a start all are due alike: where people were at it comes first.
            return min(kept, key=lambda turn: (turn.keep_at, turn.quiet(now)))
        return max(may_begin, key=lambda turn: turn.urgency(now), default=None)

    def _tell_who_asked(self, turn: Turn) -> None:
        asked = self._requests.take(turn.settings.id)
        if asked is not None:
            turn.asked_since = turn.asked_since or asked.since
            # Who presses a button may have put something right.
            turn.helped = turn.helped or asked.pressed

    def _tell_of_the_key(self, turn: Turn) -> None:
        if turn.key_number != self._identity.number:
            turn.helped, turn.key_number, turn.key_since = True, self._identity.number, self._identity.since
