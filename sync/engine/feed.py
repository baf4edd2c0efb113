"""Drive's change feed beside the queue: what it tells of each spreadsheet, and how far it can be relied on.

A passer that has no turn asks it once a minute, in a few seconds at most; no pass waits for that. Where it does not
answer, all goes on as without it: it is told once in the log, and tried again after 1, 2, 4 … 60 minutes, where a
person must help first after an hour.
"""

import logging
import math
import threading
from collections.abc import Iterable

from sync.clock import Clock
from sync.config.google import GoogleSettings
from sync.domain.backoff import NEEDS_A_PERSON
from sync.engine.identity import SharedIdentity
from sync.google import ChangeFeed, Hint, Look, SheetsError
from sync.records import Looks, RecordsError

ASK_EVERY = 60.0
LONGEST_PAUSE = 3600.0
# A look that is older tells nothing of the last minutes.
STALE = 3 * ASK_EVERY

log = logging.getLogger(__name__)


class Feed:
    """What the feed of one identity tells of some spreadsheets, and nothing of other files. Safe between threads.

    With `watch` off it is never asked, and covers nothing.
    """

    def __init__(
        self,
        google: GoogleSettings,
        spreadsheets: Iterable[str],
        identity: SharedIdentity,
        looks: Looks,
        clock: Clock,
        stopping: threading.Event,
    ) -> None:
        self._google, self._identity, self._looks = google, identity, looks
        self._clock, self._stopping = clock, stopping
        self._names = frozenset(spreadsheets)
        self._asking, self._lock = threading.Lock(), threading.Lock()
        self._hints: dict[str, Hint] = {}
        self._opened: ChangeFeed | None = None
        self._key_number, self._failures = identity.number, 0
        self._ask_at = -math.inf if google.watch else math.inf
        # Nothing has been missed since; and when it last answered.
        self._since, self._answered_at = math.inf, -math.inf

    def look(self) -> None:
        """Ask it, where it is time and nobody else does. Raises nothing of Google or the records."""
        if self._asking.acquire(blocking=False):
            try:
                if self._clock.monotonic() >= self._ask_at or self._has_another_key():
                    self._look()
            finally:
                self._asking.release()

    def covers(self, since: float) -> bool:
        """Whether it would have told of every edit after that moment of the monotonic clock, a few minutes late."""
        with self._lock:
            return self._since <= since and self._clock.monotonic() - self._answered_at <= STALE

    def take(self, spreadsheets: Iterable[str]) -> dict[str, Hint]:
        """What it told of these and nobody took so far."""
        with self._lock:
            return {name: self._hints.pop(name) for name in spreadsheets if name in self._hints}

    def close(self) -> None:
        """Close the connections."""
        # Whoever asks right now is being stopped as well.
        if self._asking.acquire(blocking=False):
            self._close()
            self._asking.release()

    def _look(self) -> None:
        began = self._clock.monotonic()
        try:
            look = self._open().look()
        except SheetsError as error:
            self._failed(error)
            return
        with self._lock:
            self._note(look, self._clock.monotonic())
        if self._failures:
            log.info("Drive's change feed answers again")
        self._failures, self._ask_at = 0, began + ASK_EVERY
        try:
            self._looks.told(self._clock.now())
        except RecordsError:
            log.warning("when Drive's change feed answered could not be kept")

    def _note(self, look: Look, now: float) -> None:
        if look.lost:
            self._since = now
        self._answered_at = now
        for name, hint in look.hints.items():
            # Ours is the weakest word: what changed before and was not taken yet is still to be looked at.
            if name in self._names and not (hint is Hint.OURS and name in self._hints):
                self._hints[name] = hint

    def _failed(self, error: SheetsError) -> None:
        if self._stopping.is_set():
            return
        if not self._failures:
            log.warning("Drive's change feed does not answer, and all is looked at as without it: %s", error)
        with self._lock:
            self._answered_at = -math.inf
        passing = error.trouble not in NEEDS_A_PERSON
        pause = min(ASK_EVERY * 2.0 ** min(self._failures, 6), LONGEST_PAUSE) if passing else LONGEST_PAUSE
        self._failures += 1
        self._ask_at = self._clock.monotonic() + pause
        if not passing:
            self._close()

    def _has_another_key(self) -> bool:
        return self._google.watch and self._key_number != self._identity.number

    def _open(self) -> ChangeFeed:
        if self._has_another_key():
            self._close()
        if self._opened is None:
            self._key_number = self._identity.number
            self._opened = ChangeFeed(self._google.credentials, self._google.endpoint, self._clock)
            self._opened.stop_with(self._stopping)
        return self._opened

    def _close(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None
