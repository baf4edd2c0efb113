"""What was asked of the server, for tests and for counting; and the hooks that tests hang before a request."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

# A demo that runs for weeks must not fill the memory with its own history.
_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """`method` is the API's own name; `kind` is "read", "write", "token" or "other"."""

    method: str
    kind: str
    spreadsheet_id: str
    status: int


@dataclass
class _Hook:
    method: str
    run: Callable[[], None]
    skip: int


class Traffic:
    def __init__(self) -> None:
        self.records: list[RequestRecord] = []
        self._hooks: list[_Hook] = []
        self._lock = threading.Lock()

    def add(self, record: RequestRecord) -> None:
        with self._lock:
            self.records.append(record)
            if len(self.records) > 2 * _KEPT:
                del self.records[:-_KEPT]

    def before(self, method: str, run: Callable[[], None], skip: int) -> None:
        with self._lock:
            self._hooks.append(_Hook(method, run, skip))

    def announce(self, method: str) -> None:
        """Runs the hooks whose request has come, each once, in the order they were hung."""
        with self._lock:
            waiting = [hook for hook in self._hooks if hook.method == method]
            due = [hook for hook in waiting if hook.skip == 0]
            for hook in waiting:
                hook.skip -= 1
            self._hooks = [hook for hook in self._hooks if hook not in due]
        for hook in due:
            hook.run()
