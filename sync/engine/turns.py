"""Whose turn it is: spreadsheets that are due, oldest first, as fast as Google's quota allows. On `schedule`.

Never two passes over one spreadsheet at once, and never all passers with those that took long the last time. A tick
that is missed because a pass took long is not made up for.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import schedule

from sync.clock import Clock
from sync.config.settings import SpreadsheetSettings
from sync.engine.identity import LONG_AGO, SharedIdentity
from sync.google import Quota

# How soon a clock that was set, a machine that woke up and a replaced key are noticed.
LONGEST_NAP = 1.0


@dataclass(slots=True, eq=False, repr=False)
class Turn:
    """A spreadsheet and how it fared so far.

    `helped` says that somebody started us or replaced the key, at `key_since`, and that no pass was made since.
    `slow` says that the last pass took long; `overdue` is when the next turn is, by the monotonic clock.
    `schedule` logs of every job what it is about, which is no place for the settings.
    """

    settings: SpreadsheetSettings
    helped: bool = True
    key_number: int = 0
    key_since: datetime = LONG_AGO
    slow: bool = False
    overdue: float = 0.0


class Turns:
    """The queue that all passers share. Safe between threads."""

    def __init__(
        self,
        spreadsheets: Iterable[SpreadsheetSettings],
        passers: int,
        quota: Quota,
        identity: SharedIdentity,
        clock: Clock,
    ) -> None:
        self._quota, self._identity, self._clock = quota, identity, clock
        self._most_slow = max(1, passers - 1)
        self._lock = threading.Lock()
        self._scheduler = schedule.Scheduler()
        self._asleep: dict[Turn, schedule.Job] = {}
        self._due = [Turn(settings) for settings in spreadsheets]
        self._taken: list[Turn] = []

    def take(self) -> Turn | None:
        """The turn that has been due for longest, to be given back; None where none may begin now."""
        with self._lock:
            self._wake()
            turn = self._next() if self._quota_has_room() else None
            if turn is not None:
                self._due.remove(turn)
                self._taken.append(turn)
                self._tell_of_the_key(turn)
            return turn

    def give_back(self, turn: Turn, seconds: float) -> None:
        """The turn is over; the next one is in so many seconds."""
        with self._lock:
            self._taken.remove(turn)
            turn.overdue = self._clock.monotonic() + seconds + LONGEST_NAP
            self._asleep[turn] = self._scheduler.every(round(seconds)).seconds.do(self._fall_due, turn)

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
        now, number = self._clock.monotonic(), self._identity.number
        for turn in [each for each in self._asleep if now >= each.overdue or each.key_number != number]:
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
        return next((turn for turn in self._due if not turn.slow or slow < self._most_slow), None)

    def _tell_of_the_key(self, turn: Turn) -> None:
        if turn.key_number != self._identity.number:
            turn.helped, turn.key_number, turn.key_since = True, self._identity.number, self._identity.since
