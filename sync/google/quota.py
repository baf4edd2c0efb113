"""Google's quota of one identity, kept from our side: how many requests may still be sent in this minute.

Whoever may not send is told how long to wait; nothing here waits, and no thread runs behind it. Where the requests are
counted is handed in: in this process, or in a database that several machines share (`shared_quota`).
"""

import math
import random
import threading
from contextlib import AbstractContextManager, nullcontext
from typing import Literal, Protocol, cast

from pyrate_limiter import AbstractBucket, Duration, InMemoryBucket, Rate, RateItem

from sync.clock import Clock

Kind = Literal["read", "write"]

# Google allows an identity 60 reads and 60 writes a minute; a fifth is left to whatever else uses the same account.
PER_MINUTE = 48


def share_of(per_minute: int) -> int:
    """What we use of so many requests a minute."""
    return max(1, per_minute * 4 // 5)


class Counting(Protocol):
    """Where requests are counted, and by which clock."""

    def bucket(self, name: str, most: int) -> AbstractBucket:
        """What counts one kind of request of one identity; `most` may be sent in 60 seconds."""
        ...

    def milliseconds(self) -> int:
        """Now, for all who count together."""
        ...

    def asked(self) -> AbstractContextManager[object]:
        """In here it may be asked; what breaks in it is a SheetsError."""
        ...

    def close(self) -> None:
        """Nothing more is counted."""
        ...


class InThisProcess:
    """Counted in memory, by a clock that nobody sets."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def bucket(self, name: str, most: int) -> AbstractBucket:
        return InMemoryBucket([Rate(most, Duration.MINUTE)])

    def milliseconds(self) -> int:
        return int(self._clock.monotonic() * 1000)

    def asked(self) -> AbstractContextManager[object]:
        return nullcontext()

    def close(self) -> None:
        """There is nothing to give back."""


class Quota:
    """Shared by all clients that sign in as the same identity. Safe between threads.

    Requests are counted over the last 60 seconds, so that no minute of Google's holds more than we may send. A quota
    may be a part of a larger one, `within` which it is counted too: that of a project with several identities.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        reads: int = PER_MINUTE,
        writes: int = PER_MINUTE,
        name: str = "",
        counting: Counting | None = None,
        within: "Quota | None" = None,
    ) -> None:
        self._clock, self._counting, self._within = clock, counting or InThisProcess(clock), within
        self._limits: dict[Kind, int] = {"read": reads, "write": writes}
        self._sent = {kind: self._counting.bucket(f"{name}:{kind}", most) for kind, most in self._limits.items()}
        self._opens_at: dict[Kind, float] = {"read": 0.0, "write": 0.0}
        self._due_at: dict[Kind, float] = {"read": 0.0, "write": 0.0}
        self._lock = threading.Lock()
        self._begun = 0

    @classmethod
    def share_of(
        cls,
        per_minute: int,
        clock: Clock,
        *,
        name: str = "",
        counting: Counting | None = None,
        within: "Quota | None" = None,
    ) -> "Quota":
        """For an identity to which Google allows so many reads, and so many writes, a minute."""
        most = share_of(per_minute)
        return cls(clock, reads=most, writes=most, name=name, counting=counting, within=within)

    def per_minute(self, kind: Kind) -> int:
        """How many requests may be sent in any minute."""
        return self._limits[kind]

    def allow(self, per_minute: int) -> None:
        """From now on Google allows so many, as a configuration says that has changed."""
        most = share_of(per_minute)
        with self._lock:
            self._limits = {"read": most, "write": most}
            for bucket in self._sent.values():
                bucket.rates = [Rate(most, Duration.MINUTE)]

    def take(self, kind: Kind) -> float:
        """Count one request in and return 0, or return the seconds after which to ask again. Raises SheetsError where
        it cannot be counted."""
        wait = self._take(kind)
        if wait == 0 and self._within is not None and (wait := self._within.take(kind)) > 0:
            # It was counted in vain, which costs it a request and Google none. Nobody here repeats that meanwhile.
            self._within.pause(kind, wait)
        return wait

    def pause(self, kind: Kind, seconds: float) -> None:
        """It is used up, or Google says so: nobody of this process sends that kind for so long."""
        with self._lock:
            self._opens_at[kind] = max(self._opens_at[kind], self._clock.monotonic() + seconds)

    def until_next(self, kind: Kind) -> float:
        """Seconds until the next request is due where requests are spread evenly over the minute; 0 for now.

        Raises SheetsError.
        """
        with self._lock:
            # What others send meanwhile can only put it off, so until then nobody need be asked.
            wait = self._due_at[kind] - self._clock.monotonic()
            if wait <= 0:
                wait = self._pace(kind)
                self._due_at[kind] = self._clock.monotonic() + wait
            return max(wait, self._pause_left(kind), 0.0)

    def left(self, kind: Kind) -> int:
        """How many requests may be sent at once. Raises SheetsError."""
        with self._lock:
            own = 0 if self._pause_left(kind) > 0 else self._limits[kind] - self._count(kind)
        return min(own, self._within.left(kind)) if own > 0 and self._within is not None else own

    def has_room(self) -> bool:
        """Whether a pass may begin: evenly over the minute, and with a second read in hand for each that has begun.

        So a pass waits for our quota before it begins, not while its own time runs. Raises SheetsError.
        """
        return self.until_next("read") <= 0 and self.left("read") > self._begun

    def began(self) -> None:
        """A pass begins, here or on another machine."""
        with self._lock:
            self._begun += 1

    def ended(self) -> None:
        """A pass that began has ended."""
        with self._lock:
            self._begun -= 1

    def _take(self, kind: Kind) -> float:
        with self._lock:
            pause = max(self._pause_left(kind), self._within._pause_left(kind) if self._within else 0.0)
            if pause > 0:
                # Those who waited for the same moment do not all come at it.
                return pause + random.random()
            with self._counting.asked():
                bucket, request = self._sent[kind], RateItem(kind, self._counting.milliseconds())
                bucket.leak(request.timestamp)
                if not bucket.put(request):
                    # Nothing to wait for: somebody else was counted in at the same moment.
                    return cast(int, bucket.waiting(request)) / 1000 or random.random() / 10
            return 0.0

    def _pace(self, kind: Kind) -> float:
        """Seconds from now until a share of the minute has passed since the last request."""
        share = 60 / self._limits[kind]
        with self._counting.asked():
            last = cast(RateItem | None, self._sent[kind].peek(0))
            since = math.inf if last is None else (self._counting.milliseconds() - last.timestamp) / 1000
        # Not for longer, whatever happened to the clock that they were counted by.
        return min(max(share - since, 0.0), share)

    def _count(self, kind: Kind) -> int:
        """How many were sent in the last minute."""
        bucket = self._sent[kind]
        with self._counting.asked():
            now = self._counting.milliseconds()
            bucket.leak(now)
            count = cast(int, bucket.count())
            last = cast(RateItem | None, bucket.peek(0)) if count >= self._limits[kind] else None
            if last is not None and last.timestamp > now + Duration.MINUTE:
                # A database's clock was set back, and these would stand in the way until it is where it was.
                bucket.flush()
                return 0
            return count

    def _pause_left(self, kind: Kind) -> float:
        return self._opens_at[kind] - self._clock.monotonic()
