"""Whose turn it is, as fast as Google's quota allows. On `schedule`.

What is due comes in this order:

    asked for   who asked first; every second turn at most, while something is due at its interval
    kept        those whose interval is over, the one that has been due for longest first
    spare       looks before that, where people are editing: the most urgent first; while a first round is made, which
                takes minutes where there are many, one after so many first looks

Drive's change feed, where it is watched, moves up what changed. What it covers and lies still is due once an hour; as
soon as it does not answer or missed something, that is due at its interval again.

So extra looks take only what the intervals leave, and a flood of requests never takes all.

Never two passes over one spreadsheet at once. Of several passers one is left to those that did not take long the last
time. A tick that is missed because a pass took long is not made up for.
"""

import math
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import schedule

from sync.clock import Clock
from sync.config.settings import SpreadsheetSettings
from sync.engine.attention import SOON, SWEEP, crowding, people_are_at_it, seconds_to_next_look, spread, urgency
from sync.engine.feed import Feed
from sync.engine.identity import LONG_AGO, SharedIdentity
from sync.engine.requests import Requests
from sync.google import Hint

# How soon a clock that was set, a machine that woke up and a replaced key are noticed.
LONGEST_NAP = 1.0
# After how many first looks one goes where people are editing. A round is longer by that much at most.
FIRST_LOOKS = 5


@dataclass(slots=True, eq=False, repr=False)
class Turn:
    """A spreadsheet and how it fared so far.

    `helped` says that somebody started us or replaced the key, at `key_since`, and that no pass was made since.
    `slow` says that the last pass took long. By the monotonic clock: the last turn
    ended at `ended`, the next one is at `keep_at`, or at `spare_at` where there is room, and people were last seen to
    have changed something at `changed_at`. `asked_since` is the first request that no good pass has answered.
    The last turn began at `began`; it `failed`, or found all `still`, so that the feed would tell of the next change.
    At `stirred_at` anything at all last happened: what we write ourselves may hide in the feed what people did.
    `account` reads it, `read_as` is the one that is known to have done so, those it was `refused_by` may not.
    `schedule` logs of every job what it is about, which is no place for the settings.
    """

    settings: SpreadsheetSettings
    account: str = ""
    read_as: str = ""
    refused_by: frozenset[str] = frozenset()
    helped: bool = True
    key_number: int = 0
    key_since: datetime = LONG_AGO
    slow: bool = False
    ended: float = -math.inf
    keep_at: float = -math.inf
    spare_at: float = -math.inf
    changed_at: float = -math.inf
    stirred_at: float = -math.inf
    began: float = -math.inf
    failed: bool = False
    still: bool = False
    asked_since: datetime | None = None

    def quiet(self, now: float) -> float:
        """Seconds since people were seen to have changed something; without end where they never were."""
        return now - self.changed_at

    def told(self, hint: Hint, now: float) -> None:
        """What the feed says of it."""
        self.stirred_at, self.still = now, False
        if hint is Hint.OURS:
            return
        # Who shares it again or takes a protection away changes it too.
        self.helped = self.helped or self.failed
        if hint is Hint.GONE:
            self.keep_at = min(self.keep_at, now)
            return
        self.changed_at = now
        self.spare_at = min(self.spare_at, self.ended + SOON)

    def urgency(self, now: float) -> float:
        """Of a look before its interval is over."""
        return urgency(now - self.ended, self.spare_at - self.ended)


class Turns:
    """The queue that all passers share. Safe between threads."""

    def __init__(
        self,
        turns: Iterable[Turn],
        passers: int,
        identity: SharedIdentity,
        requests: Requests,
        feed: Feed,
        clock: Clock,
    ) -> None:
        self._quota, self._identity, self._requests, self._clock = identity.quota, identity, requests, clock
        self._feed = feed
        self._most_slow = max(1, passers - 1)
        self._lock = threading.Lock()
        self._scheduler = schedule.Scheduler()
        self._asleep: dict[Turn, schedule.Job] = {}
        self._due = list(turns)
        self._crowded = crowding((turn.settings.every for turn in self._due), self._quota.per_minute("read"))
        self._taken: list[Turn] = []
        self._asked_for: dict[str, float] = {}
        self._wake_at = -math.inf
        self._last_was_asked_for = False
        self._first_looks = 0

    def take(self) -> Turn | None:
        """The turn that comes next, to be given back; None where none may begin now."""
        with self._lock:
            self._look_around()
            # Where several machines count together, to ask for room is to ask the database.
            turn = self._next() if self._due and self._quota.has_room() else None
            if turn is not None:
                self._due.remove(turn)
                self._taken.append(turn)
                self._quota.began()
                turn.began, turn.still = self._clock.monotonic(), False
                self._tell_of_the_key(turn)
                self._tell_who_asked(turn)
            return turn

    def give_back(self, turn: Turn, seconds: float, spare: float | None = None) -> None:
        """The turn is over; the next one is in so many seconds, or in `spare` seconds where there is room for it."""
        sleep = seconds if spare is None else min(spare, spread(seconds, self._crowded))
        with self._lock:
            if not self._ended(turn):
                return
            now = self._clock.monotonic()
            turn.ended, turn.keep_at = now, now + seconds
            if self._is_covered(turn):
                sleep = max(seconds, SWEEP)
            self._lay_down(turn, now + sleep, now)

    def resume(self, turn: Turn, ended: float) -> None:
        """A turn that was not taken yet goes on where another process left it: its last look `ended` at a moment of the
        monotonic clock."""
        with self._lock:
            now, every = self._clock.monotonic(), turn.settings.every
            turn.ended, turn.keep_at = ended, ended + every
            spare_at = ended + seconds_to_next_look(every, turn.quiet(ended))
            if spare_at > now:
                self._due.remove(turn)
                self._lay_down(turn, spare_at, now)

    def _lay_down(self, turn: Turn, until: float, now: float) -> None:
        turn.spare_at = until
        self._wake_at = min(self._wake_at, until)
        self._asleep[turn] = self._scheduler.every(max(round(until - now), 1)).seconds.do(self._fall_due, turn)

    def release(self, turn: Turn) -> None:
        """A turn that was taken goes to another queue."""
        with self._lock:
            self._ended(turn)

    def close(self) -> None:
        """Nobody waits any more for what is under way, nor does its account's quota, which outlives this queue."""
        with self._lock:
            for turn in list(self._taken):
                self._ended(turn)

    def adopt(self, turn: Turn) -> None:
        """A turn comes from another queue, and is due."""
        with self._lock:
            turn.helped, turn.key_number = True, self._identity.number
            turn.keep_at = self._clock.monotonic()
            self._due.append(turn)

    def nap(self) -> float:
        """Seconds after which to ask again, where none may begin now."""
        with self._lock:
            idle = self._wake_at - self._clock.monotonic()
            if self._due:
                idle = self._quota.until_next("read") or LONGEST_NAP
        return min(max(idle, 0.0), LONGEST_NAP)

    def _ended(self, turn: Turn) -> bool:
        """False where nobody waits for it any more."""
        if turn not in self._taken:
            return False
        self._taken.remove(turn)
        self._quota.ended()
        return True

    def _look_around(self) -> None:
        """Who asked is seen at once; of thousands that sleep, each need not be looked at for every turn."""
        before, self._asked_for = self._asked_for, self._requests.ready()
        if self._clock.monotonic() >= self._wake_at or self._asked_for.keys() - before.keys():
            self._wake()
            idle = self._scheduler.idle_seconds
            nap = LONGEST_NAP if idle is None else min(max(idle, 0.0), LONGEST_NAP)
            self._wake_at = self._clock.monotonic() + nap

    def _wake(self) -> None:
        """`schedule` goes by the local wall clock, which may be set, or jump for a night; so the monotonic one knows
        what is overdue."""
        self._scheduler.run_pending()
        self._identity.look_at_the_key()
        now, number = self._clock.monotonic(), self._identity.number
        waiting = {turn.settings.id: turn for turn in (*self._asleep, *self._due)}
        for name, hint in self._feed.take(waiting).items():
            waiting[name].told(hint, now)
        for turn in list(self._asleep):
            if turn.key_number != number:
                turn.keep_at, turn.still = now, False
            if now >= min(turn.spare_at + LONGEST_NAP, self._kept_at(turn)) or turn.settings.id in self._asked_for:
                self._scheduler.cancel_job(self._asleep[turn])
                self._fall_due(turn)

    def _kept_at(self, turn: Turn) -> float:
        """When it is due, at its interval or once an hour."""
        return max(turn.keep_at, turn.ended + SWEEP) if self._is_covered(turn) else turn.keep_at

    def _is_covered(self, turn: Turn) -> bool:
        """Whether the feed would have told of every change since the last look began."""
        return turn.still and self._feed.covers(turn.began)

    def _fall_due(self, turn: Turn) -> type[schedule.CancelJob]:
        del self._asleep[turn]
        self._due.append(turn)
        return schedule.CancelJob

    def _next(self) -> Turn | None:
        """A spreadsheet that hangs keeps its passer for long, so one is left for those that do not."""
        slow = sum(turn.slow for turn in self._taken)
        may_begin = [turn for turn in self._due if not turn.slow or slow < self._most_slow]
        now = self._clock.monotonic()
        kept = [turn for turn in may_begin if self._kept_at(turn) <= now]
        asked_for = [turn for turn in may_begin if turn.settings.id in self._asked_for]
        if asked_for and not (kept and self._last_was_asked_for):
            self._last_was_asked_for = True
            return min(asked_for, key=lambda turn: self._asked_for[turn.settings.id])
        self._last_was_asked_for = False
        if not kept:
            return max(may_begin, key=lambda turn: turn.urgency(now), default=None)
        # After a start all are due alike: where people were at it comes first.
        longest = min(kept, key=lambda turn: (turn.keep_at, turn.quiet(now)))
        self._first_looks = self._first_looks + 1 if longest.ended == -math.inf else 0
        if self._first_looks > FIRST_LOOKS:
            self._first_looks = 0
            again = [turn for turn in may_begin if turn.keep_at > now and people_are_at_it(turn.quiet(now))]
            return max(again, key=lambda turn: turn.urgency(now), default=longest)
        return longest

    def _tell_who_asked(self, turn: Turn) -> None:
        asked = self._requests.take(turn.settings.id)
        if asked is not None:
            turn.asked_since = turn.asked_since or asked.since
            # Who presses a button may have put something right.
            turn.helped = turn.helped or asked.pressed

    def _tell_of_the_key(self, turn: Turn) -> None:
        if turn.key_number != self._identity.number:
            turn.helped, turn.key_number, turn.key_since = True, self._identity.number, self._identity.since
