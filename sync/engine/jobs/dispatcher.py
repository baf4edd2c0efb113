"""Defers a job for each pass that is due, as long as this process leads, and learns what became of it.

What a pass came to is read in the records, so it does not matter on which machine it was made.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import psycopg
from procrastinate.exceptions import ConnectorException

from sync.clock import Clock
from sync.domain.failures import Trouble
from sync.domain.memory import PassRecord, PassResult
from sync.engine.accounts import Accounts
from sync.engine.jobs.leader import SIGN, Leadership, NotLeadingError, leadership
from sync.engine.jobs.queue import JobQueue, make_schema
from sync.engine.planner import Found, Planner
from sync.engine.turns import Turn
from sync.google import SheetsError
from sync.passes.outcome import is_steady
from sync.records import Records, RecordsError

log = logging.getLogger(__name__)

# Seconds between two looks at what has ended, and before the next try where nothing can be done.
LOOK_EVERY, PAUSE = 0.25, 3.0
# Seconds after which a pass that came to nothing is made anew.
AGAIN = 5.0


@dataclass(frozen=True, slots=True)
class _UnderWay:
    """A job, the newest pass of its spreadsheet before it, and when people had been seen to change that."""

    turn: Turn
    last: PassRecord | None
    changed: datetime | None


class Dispatcher:
    """One thread. `accounts` makes fresh queues each time we begin to lead, out of what stands in the records; it is
    told whether that is right at the start.
    """

    def __init__(
        self,
        address: str,
        team: str,
        accounts: Callable[[bool], Accounts],
        records: Records,
        clock: Clock,
        stopping: threading.Event,
    ) -> None:
        self._address, self._team, self._make_accounts = address, team, accounts
        self._records, self._clock, self._stopping = records, clock, stopping

    def run(self) -> None:
        """Until stopped."""
        is_first = True
        while not self._stopping.is_set():
            try:
                with leadership(self._address, self._team) as leading:
                    if leading is not None:
                        log.info("this process decides which passes are made")
                        self._lead(leading, is_first)
            except NotLeadingError:
                log.info("this process does not decide any more: the database ended its session")
            except (psycopg.Error, ConnectorException, SheetsError, RecordsError) as error:
                log.warning("no pass can be begun at present: %s", type(error).__name__)
            except Exception:
                log.exception("the schedule broke; it goes on in a moment")
            is_first = False
            self._clock.wait(PAUSE, self._stopping)

    def _lead(self, leading: Leadership, is_first: bool) -> None:
        make_schema(self._address)
        accounts = self._make_accounts(is_first)
        queue = JobQueue(self._address)
        try:
            queue.drop_others(self._team, {turn.settings.id for turn in accounts.turns})
            _Round(queue, accounts, self._team, self._records, self._clock).until(self._stopping, leading)
        finally:
            accounts.close()
            queue.close()


class _Round:
    """One time of leading."""

    def __init__(self, queue: JobQueue, accounts: Accounts, team: str, records: Records, clock: Clock) -> None:
        self._queue, self._accounts, self._team = queue, accounts, team
        self._records, self._clock = records, clock
        self._planner = Planner(accounts, records, clock)
        self._jobs: dict[int, _UnderWay] = {}

    def until(self, stopping: threading.Event, leading: Leadership) -> None:
        """Raises NotLeadingError and whatever the database or its driver raises."""
        confirm_at = self._clock.monotonic()
        while not stopping.is_set():
            if self._clock.monotonic() >= confirm_at:
                leading.confirm()
                confirm_at = self._clock.monotonic() + SIGN
            self._learn()
            if not self._begin_one():
                self._accounts.look_at_feeds()
                self._clock.wait(min(self._accounts.nap(), LOOK_EVERY), stopping)

    def _begin_one(self) -> bool:
        """Defer the pass that comes next; False where none may begin."""
        taken = self._planner.take()
        if taken is None:
            return False
        turn, order = taken
        under_way = _UnderWay(turn, self._newest(turn), self._records.looks.changed_at(turn.settings.id))
        number = self._queue.defer(self._team, order)
        if number is None:
            # Left by whoever led before; it is made without us.
            self._accounts.give_back(turn, AGAIN)
        else:
            self._jobs[number] = under_way
        return True

    def _learn(self) -> None:
        if not self._jobs:
            return
        left = self._queue.under_way(self._team)
        for number in self._jobs.keys() - left.keys():
            self._end(self._jobs.pop(number))

    def _end(self, job: _UnderWay) -> None:
        newest = self._newest(job.turn)
        if newest is None or newest == job.last:
            # Not begun, or cut off: by its machine, by another pass, by the database.
            self._accounts.give_back(job.turn, AGAIN)
        else:
            self._planner.end(job.turn, self._found(job, newest))

    def _found(self, job: _UnderWay, newest: PassRecord) -> Found:
        settings, failed = job.turn.settings, newest.result is PassResult.FAILED
        memory = self._records.memory(settings.id, written=False)
        return Found(
            newest.finished_at,
            trouble=Trouble(newest.message) if failed else None,
            noted=True,
            changed=self._records.looks.changed_at(settings.id) != job.changed,
            wrote=newest.writes > 0,
            steady=not failed and is_steady(settings, memory),
            seconds=(newest.finished_at - newest.started_at).total_seconds(),
        )

    def _newest(self, turn: Turn) -> PassRecord | None:
        return next(iter(self._records.recent_passes(turn.settings.id, 1)), None)
