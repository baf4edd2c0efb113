"""Google's quota of one identity, kept from our side: how many requests may still be sent in this minute.

Whoever may not send is told how long to wait; nothing here waits, and no thread runs behind it.
"""

import math
import random
import threading
from typing import Literal, cast

from pyrate_limiter import Duration, InMemoryBucket, Rate, RateItem

from sync.clock import Clock

Kind = Literal["read", "write"]

# Google allows an identity 60 reads and 60 writes a minute; a fifth is left to whatever else uses the same account.
PER_MINUTE = 48


def share_of(per_minute: int) -> int:
    """What we use of so many requests a minute."""
    return max(1, per_minute * 4 // 5)


class Quota:
    """Shared by all clients of a process that sign in as the same identity. Safe between threads.

    Requests are counted over the last 60 seconds, so that no minute of Google's holds more than we may send.
    """

    def __init__(self, clock: Clock, *, reads: int = PER_MINUTE, writes: int = PER_MINUTE) -> None:
        self._clock = clock
        self._limits: dict[Kind, int] = {"read": reads, "write": writes}
        self._sent = {kind: InMemoryBucket([Rate(most, Duration.MINUTE)]) for kind, most in self._limits.items()}
        self._opens_at: dict[Kind, float] = {"read": 0.0, "write": 0.0}
        self._last: dict[Kind, float] = {"read": -math.inf, "write": -math.inf}
        self._lock = threading.Lock()

    @classmethod
    def share_of(cls, per_minute: int, clock: Clock) -> "Quota":
        """For an identity to which Google allows so many reads, and so many writes, a minute."""
        most = share_of(per_minute)
        return cls(clock, reads=most, writes=most)

    def take(self, kind: Kind) -> float:
        """Count one request in and return 0, or return the seconds after which to ask again."""
        with self._lock:
            pause = self._pause_left(kind)
            if pause > 0:
                # Those who waited for the same moment do not all come at it.
                return pause + random.random()
            bucket, request = self._sent[kind], RateItem(kind, self._milliseconds())
            bucket.leak(request.timestamp)
            if not bucket.put(request):
                return cast(int, bucket.waiting(request)) / 1000
            self._last[kind] = self._clock.monotonic()
            return 0.0

    def pause(self, kind: Kind, seconds: float) -> None:
        """Google refused one for its quota: nobody sends that kind for so long."""
        with self._lock:
            self._opens_at[kind] = max(self._opens_at[kind], self._clock.monotonic() + seconds)

    def until_next(self, kind: Kind) -> float:
        """Seconds until the next request is due where requests are spread evenly over the minute; 0 for now."""
        with self._lock:
            apart = self._last[kind] + 60 / self._limits[kind] - self._clock.monotonic()
            return max(apart, self._pause_left(kind), 0.0)

    def left(self, kind: Kind) -> int:
        """How many requests may be sent at once."""
        with self._lock:
            if self._pause_left(kind) > 0:
                return 0
            self._sent[kind].leak(self._milliseconds())
            return self._limits[kind] - self._sent[kind].count()

    def _pause_left(self, kind: Kind) -> float:
        return self._opens_at[kind] - self._clock.monotonic()

    def _milliseconds(self) -> int:
        return int(self._clock.monotonic() * 1000)
