"""What was asked of the server, for tests and for counting; and the hooks that tests hang around a request."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

# A demo that runs for weeks must not fill the memory with its own history.
_KEPT = 20_000

Moment: TypeAlias = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """`method` is the API's own name; `kind` is "read", "write", "token" or "other".

    `fault` is the kind of fault that it met; `status` is 0 where that fault kept the status line back.
    """

    method: str
    kind: str
    spreadsheet_id: str = ""
    status: int = 0
    fault: str = ""


@dataclass
class _Hook:
    moment: Moment
    method: str
    run: Callable[[], object]
    skip: int


class Traffic:
    def __init__(self) -> None:
        self.records: list[RequestRecord] = []
        self._counts: Counter[tuple[str, int, str]] = Counter()
        self._hooks: list[_Hook] = []
        self._lock = threading.Condition()

    def add(self, record: RequestRecord) -> None:
        with self._lock:
            self._counts[record.method, record.status, record.fault] += 1
            self.records.append(record)
            if len(self.records) > 2 * _KEPT:
                del self.records[:-_KEPT]
            self._lock.notify_all()

    def wait_for(self, come: Callable[[list[RequestRecord]], bool], timeout: float) -> bool:
        """Returns once the records are such; False when that took too long."""
        with self._lock:
            return self._lock.wait_for(lambda: come(self.records), timeout)

    def counts(self) -> dict[tuple[str, int, str], int]:
        """How many requests there were since the start, by method, status and fault."""
        with self._lock:
            return dict(self._counts)

    def hang(self, moment: Moment, method: str, run: Callable[[], object], skip: int) -> None:
        with self._lock:
            self._hooks.append(_Hook(moment, method, run, skip))

    def waiting(self) -> int:
        """How many hooks wait for their request."""
        return len(self._hooks)

    def announce(self, moment: Moment, method: str) -> None:
        """Runs the hooks whose request has come, each once, in the order they were hung."""
        if not self._hooks:
            return
        with self._lock:
            waiting = [hook for hook in self._hooks if (hook.moment, hook.method) == (moment, method)]
            due = [hook for hook in waiting if hook.skip == 0]
            for hook in waiting:
                hook.skip -= 1
            self._hooks = [hook for hook in self._hooks if hook not in due]
        for hook in due:
            hook.run()
