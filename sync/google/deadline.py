"""How long requests together may take, and what took the time: Google, our share of its quota, or this machine."""

import math
from collections.abc import Iterator
from contextlib import contextmanager

from sync.clock import Clock
from sync.domain.failures import Trouble


class Deadline:
    """For one thread. What is spent neither on Google nor on the quota is this machine's own: its processor, database
    and locks."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ends, self._began = math.inf, 0.0
        self._spent: dict[Trouble, float] = {}

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """No request in here begins or lasts longer, but for looking up a name and setting up the connection."""
        before = self._ends
        if before == math.inf:
            self._began, self._spent = self._clock.monotonic(), {}
        self._ends = min(before, self._clock.monotonic() + seconds)
        try:
            yield
        finally:
            self._ends = before

    @property
    def left(self) -> float:
        """Seconds until no request may begin any more."""
        return self._ends - self._clock.monotonic()

    @contextmanager
    def spent_on(self, what: Trouble) -> Iterator[None]:
        """The time in here was spent on Google (NETWORK) or on our share of its quota (QUOTA)."""
        began = self._clock.monotonic()
        try:
            yield
        finally:
            self._spent[what] = self._spent.get(what, 0.0) + self._clock.monotonic() - began

    @property
    def culprit(self) -> Trouble:
        """What most of the time went into: NETWORK, QUOTA, or BUSY for this machine."""
        here = self._clock.monotonic() - self._began - sum(self._spent.values())
        spent = self._spent | {Trouble.BUSY: here}
        return max(spent, key=lambda what: spent[what])
