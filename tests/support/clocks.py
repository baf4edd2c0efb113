"""A clock that stands still unless it is moved on; whoever waits moves it on at once."""

import threading
from datetime import UTC, datetime, timedelta


class ManualClock:
    """Wall clock and monotonic clock go together, unless the wall clock is `set` to another time."""

    def __init__(self, start: datetime = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)) -> None:
        self._now, self._monotonic = start, 0.0
        self.waits: list[float] = []

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def wait(self, seconds: float, stopping: threading.Event) -> None:
        if not stopping.is_set():
            self.waits.append(seconds)
            self.advance(seconds)

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds

    def set(self, now: datetime) -> None:
        """Somebody sets the wall clock; no time passes."""
        self._now = now
