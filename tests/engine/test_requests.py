"""What is asked for is read and taken by many threads, and answered once. When it may begin is in `test_turns`."""

from datetime import UTC, datetime
from threading import Thread
from typing import cast

from sync.engine.requests import SETTLE, Requests
from sync.records import Looks, Waiting
from tests.support.clocks import ManualClock

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
# A thread that nothing holds up is through long before; one that waits is not waited for.
SECONDS = 0.2


class OneRequest:
    """Records in which "sales" is asked for until a look at it begins. While they are read for a second time, another
    thread takes what is asked for.
    """

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.requests = Requests(cast(Looks, self), self.clock)
        self._waiting = {"sales": Waiting(NOON, NOON, pressed=True)}
        self._reads, self._other = 0, Thread(target=lambda: self.requests.take("sales"))

    def waiting(self) -> dict[str, Waiting]:
        found, self._reads = dict(self._waiting), self._reads + 1
        if self._reads == 2:
            self._other.start()
            self._other.join(SECONDS)
        return found

    def begin(self, spreadsheet: str) -> bool:
        return self._waiting.pop(spreadsheet, None) is not None

    def left(self) -> dict[str, float]:
        """What is still to be taken when both threads are through."""
        self._other.join()
        return self.requests.ready()


def test_what_one_thread_takes_while_another_asks_the_records_is_not_taken_again() -> None:
    records = OneRequest()
    assert set(records.requests.ready()) == {"sales"}
    records.clock.advance(SETTLE)
    records.requests.ready()
    assert records.left() == {}
