"""Which spreadsheets changed, in order, for Drive's changes: positions in it are Drive's page tokens.

It lasts as long as the server. A token from before its start finds every spreadsheet changed, which is allowed to be
too much and never too little.

Google tells what a program changed at once, and what people change in the browser about three minutes later, all of
these minutes together: `lag` does as much here. What recalculates by itself is told by neither.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from sync.local_sheets.faults.quota import Now, wall_clock


class ChangeLog:
    def __init__(self, known: Callable[[], list[str]]) -> None:
        self._known = known
        self._lock = threading.Lock()
        # Later than every token of an earlier run, unless that changed a spreadsheet more than 1000 times a second.
        self._start = int(time.time() * 1000)
        self._changed: dict[str, int] = {}
        self._position = self._start
        self._lag, self._now = timedelta(0), wall_clock
        self._late: dict[str, datetime] = {}

    def lag(self, seconds: float, now: Now) -> None:
        """From now on, tell what people change so much later, by the clock `now`."""
        with self._lock:
            self._lag, self._now = timedelta(seconds=seconds), now

    @property
    def position(self) -> int:
        with self._lock:
            self._catch_up()
            return self._position

    def add(self, spreadsheet_id: str, *, by_hand: bool = False) -> None:
        with self._lock:
            if by_hand and self._lag:
                self._late.setdefault(spreadsheet_id, self._now() + self._lag)
            else:
                self._add(spreadsheet_id)

    def since(self, position: int) -> list[tuple[int, str]]:
        """Each spreadsheet that changed after this position, once, with its own, in the order of its last change."""
        with self._lock:
            self._catch_up()
            changed = [(at, each) for each, at in self._changed.items() if at > position]
            before = [each for each in self._known() if each not in self._changed]
        first = self._start - len(before)
        earlier = [(at, each) for at, each in enumerate(before, first + 1) if at > position]
        return [*earlier, *changed]

    def _catch_up(self) -> None:
        due = [each for each, at in self._late.items() if at <= self._now()]
        for each in due:
            del self._late[each]
            self._add(each)

    def _add(self, spreadsheet_id: str) -> None:
        self._position += 1
        self._changed.pop(spreadsheet_id, None)
        self._changed[spreadsheet_id] = self._position
