"""Who asked for a look: hooks and people, through the records, whichever process or machine they asked at.

A hook tells of an edit, and more edits follow: its look waits until 3 seconds have passed without another one, 15 at
most. Somebody who presses "Sync now" waits for nothing. Both are counted by our own clock from when they are seen here,
because the page may run on a machine whose clock differs.
"""

import logging
import threading
from dataclasses import dataclass

from sync.clock import Clock
from sync.records import Looks, RecordsError, Waiting

log = logging.getLogger(__name__)

SETTLE = 3.0
LONGEST_SETTLE = 15.0

# All requests are one query.
ASK_EVERY = 1.0


@dataclass(slots=True)
class _Seen:
    """A request, and when it and its newest edit were first seen here, by the monotonic clock."""

    waiting: Waiting
    first: float
    newest: float


class Requests:
    """What is waited for, in the queues of all accounts. Safe between threads."""

    def __init__(self, looks: Looks, clock: Clock) -> None:
        self._looks, self._clock, self._lock = looks, clock, threading.Lock()
        self._seen: dict[str, _Seen] = {}
        self._ask_at = 0.0
        self._is_broken = False

    def ready(self) -> dict[str, float]:
        """Since when the look at each spreadsheet is waited for that is to begin now; the first is the oldest."""
        now = self._clock.monotonic()
        with self._lock:
            if now >= self._ask_at:
                self._ask(now)
            found = {name: seen.first for name, seen in self._seen.items() if _is_settled(seen, now)}
        return dict(sorted(found.items(), key=lambda item: item[1]))

    def take(self, spreadsheet: str) -> Waiting | None:
        """What is waited for, as a look begins that answers it; None for nothing. What comes after is a new request."""
        with self._lock:
            seen = self._seen.pop(spreadsheet, None)
        if seen is None:
            return None
        try:
            return seen.waiting if self._looks.begin(spreadsheet) else None
        except RecordsError:
            # It stays in the records, and is answered once more when they can be written again.
            return seen.waiting

    def _ask(self, now: float) -> None:
        self._ask_at = now + ASK_EVERY
        try:
            waiting = self._looks.waiting()
        except RecordsError as error:
            if not self._is_broken:
                log.warning("who asked for a look cannot be read: %s", error)
            self._is_broken = True
            return
        self._is_broken = False
        self._seen = {name: self._noted(name, each, now) for name, each in waiting.items()}

    def _noted(self, spreadsheet: str, waiting: Waiting, now: float) -> _Seen:
        known = self._seen.get(spreadsheet)
        if known is None:
            return _Seen(waiting, now, now)
        newest = known.newest if known.waiting.asked_at == waiting.asked_at else now
        return _Seen(waiting, known.first, newest)


def _is_settled(seen: _Seen, now: float) -> bool:
    return seen.waiting.pressed or now - seen.newest >= SETTLE or now - seen.first >= LONGEST_SETTLE
