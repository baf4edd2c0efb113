"""Which spreadsheets changed, in order, for Drive's changes: positions in it are Drive's page tokens.

It lasts as long as the server. A token from before its start finds every spreadsheet changed, which is allowed to be
too much and never too little.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class ChangeLog:
    def __init__(self, known: Callable[[], list[str]]) -> None:
        self._known = known
        self._lock = threading.Lock()
        # Later than every token of an earlier run, unless that changed a spreadsheet more than 1000 times a second.
        self._start = int(time.time() * 1000)
        self._changed: dict[str, int] = {}
        self._position = self._start

    @property
    def position(self) -> int:
        return self._position

    def add(self, spreadsheet_id: str) -> None:
        with self._lock:
            self._position += 1
            self._changed.pop(spreadsheet_id, None)
            self._changed[spreadsheet_id] = self._position

    def since(self, position: int) -> list[str]:
        """Each spreadsheet that changed after this position, once, in the order of its last change."""
        with self._lock:
            changed = [each for each, at in self._changed.items() if at > position]
        if position < self._start:
            return [*(each for each in self._known() if each not in changed), *changed]
        return changed
