"""Time, as the rooms that stamp or wait see it: handed in, so that a test can let a day pass at once."""

import threading
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """The time of day in UTC, seconds that never run backwards, and waiting."""

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...

    def wait(self, seconds: float, stopping: threading.Event) -> None:
        """Return after that time, or as soon as `stopping` is set."""
        ...


class SystemClock:
    """This machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def wait(self, seconds: float, stopping: threading.Event) -> None:
        stopping.wait(seconds)
