"""A worker on a clock that flies, and what it did."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise

import pytest
import time_machine

from sync.engine import LONGEST_NAP, Worker
from sync.passes.outcome import PassOutcome
from tests.support.commands import DEADLINE
from tests.support.installation import Installation

MINUTE, HOUR = 60.0, 3600.0


class Night:
    """A clock that flies through some hours and then stands still. The wall clock is the whole process's own, so that
    `schedule` sees it too."""

    def __init__(self, wall: time_machine.Traveller, seconds: float) -> None:
        self._wall, self._end, self._passed = wall, seconds, 0.0
        self._events: list[tuple[float, Callable[[], object]]] = []
        self.over = threading.Event()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return self._passed

    def wait(self, seconds: float, stopping: threading.Event) -> None:
        self.advance(seconds)
        while self._events and self._events[0][0] <= self._passed:
            self._events.pop(0)[1]()
        if self._passed >= self._end:
            self.over.set()
            stopping.wait()

    def at(self, seconds: float, event: Callable[[], object]) -> None:
        """Something that happens then; to be told in the order in which it does."""
        self._events.append((seconds, event))

    def advance(self, seconds: float) -> None:
        self._passed += seconds
        self._wall.shift(seconds)

    def set_wall_clock(self, seconds: float) -> None:
        """Somebody sets the wall clock, or the machine sleeps; the monotonic clock does not see it."""
        self._wall.shift(seconds)


@contextmanager
def night(seconds: float, start: str = "2026-11-21T08:00:00+00:00") -> Iterator[Night]:
    # A number, because time_machine would set the zone from that of a datetime.
    with time_machine.travel(datetime.fromisoformat(start).timestamp(), tick=False) as wall:
        yield Night(wall, seconds)


Tick = tuple[float, PassOutcome]


def ticks(installation: Installation, clock: Night) -> list[Tick]:
    """Every pass until the night is over, with the second at which it ended."""
    ended: list[Tick] = []
    worker = Worker(
        installation.config, installation.records, lambda outcome: ended.append((clock.monotonic(), outcome)), clock
    )
    worker.start()
    assert clock.over.wait(DEADLINE)
    worker.stop()
    return ended


def gaps(ended: Sequence[Tick]) -> list[float]:
    return [later - earlier for (earlier, _), (later, _) in pairwise(ended)]


def about(seconds: Sequence[float]) -> object:
    return pytest.approx(list(seconds), abs=2 * LONGEST_NAP)
