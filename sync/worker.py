"""The worker: passes at each spreadsheet's own interval, on `schedule`, until it is told to stop.

One thread for each spreadsheet: never two passes of one at once, and the trouble of one never delays another.
A tick that is missed because a pass took long is not made up for. What a pass does is not decided here.
"""

import logging
import math
import re
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import schedule

from sync.circuit import RECENT, pause_left
from sync.clock import Clock, SystemClock
from sync.config import Config, GoogleSettings, SpreadsheetSettings
from sync.failed_pass import failed, tripped
from sync.locks import PassInProgressError, pass_lock, worker_lock
from sync.records import LeaseLostError, PassResult, Records, RecordsError
from sync.sheets import Quota, SheetsClient, SheetsError, Trouble, key_state
from sync.sync_pass import PassOutcome, run_pass

log = logging.getLogger(__name__)

# How soon a clock that was set, a machine that woke up and a replaced key are noticed.
LONGEST_NAP = 1.0
LONG_AGO = datetime.min.replace(tzinfo=UTC)
# A pass that is under way ends within its own deadline.
STOP_PATIENCE = 120.0

# What is done with a finished pass, for whoever watches.
Watcher = Callable[[PassOutcome], None]


class Worker:
    """Runs passes in the background from `start` to `stop`; the only one on its state folder."""

    def __init__(self, config: Config, records: Records, watcher: Watcher, clock: Clock | None = None) -> None:
        self._config, self._records = config, records
        self._clock = clock or SystemClock()
        self._stopping = threading.Event()
        self._held = ExitStack()
        # One identity, one quota, however many threads.
        quota = Quota.share_of(config.google.requests_per_minute, self._clock)
        loops = [self._loop(settings, quota, watcher) for settings in config.spreadsheet]
        self._threads = [
            threading.Thread(target=loop.run, name=f"pass-{loop.settings.id}", daemon=True) for loop in loops
        ]

    def start(self) -> None:
        """Begin with a pass over every spreadsheet at once, and forget those that left this configuration.

        Raises WorkerRunningError, RecordsError, and OSError where the state folder cannot be used.
        """
        with ExitStack() as held:
            held.enter_context(worker_lock(self._config.state))
            self._forget_what_left()
            self._held = held.pop_all()
        for thread in self._threads:
            thread.start()

    def stop(self, patience: float = STOP_PATIENCE) -> None:
        """End within `patience` seconds: the request in hand is finished, a write is seen through and recorded."""
        self._stopping.set()
        latest = self._clock.monotonic() + patience
        for thread in self._threads:
            thread.join(max(latest - self._clock.monotonic(), 0.0))
        self._held.close()

    def _forget_what_left(self) -> None:
        """What this installation had before and has no more; others may keep theirs in the same database."""
        noted = self._config.state / "spreadsheets"
        # A power cut may leave anything in a file.
        before = re.findall(r"[\w-]+", noted.read_text(encoding="ascii", errors="replace")) if noted.exists() else []
        now = [settings.id for settings in self._config.spreadsheet]
        self._records.forget({*before} - {*now})
        new = noted.with_name("spreadsheets.new")
        new.write_text("\n".join(now), encoding="ascii")
        new.replace(noted)

    def _loop(self, settings: SpreadsheetSettings, quota: Quota, watcher: Watcher) -> "_Loop":
        client = _Client(self._config.google, self._clock, quota, self._stopping)
        return _Loop(settings, self._config.state, client, self._records, watcher, self._clock, self._stopping)


@dataclass(slots=True)
class _Loop:
    """The passes over one spreadsheet, in a thread of its own."""

    settings: SpreadsheetSettings
    state: Path
    client: "_Client"
    records: Records
    watcher: Watcher
    clock: Clock
    stopping: threading.Event
    began: bool = False
    key_since: datetime = LONG_AGO

    def run(self) -> None:
        """Until stopped. Whatever breaks, the thread lives on."""
        try:
            while not self.stopping.is_set():
                try:
                    self._keep_passing()
                except Exception:
                    log.exception("%s: the schedule broke; it begins anew", self.settings.id)
                    self.clock.wait(self.settings.every, self.stopping)
        finally:
            self.client.close()
            if not self.stopping.is_set():
                log.critical("%s: no more passes are made; start okr-sheets again", self.settings.id)

    def _keep_passing(self) -> None:
        """Tick when `schedule` says so. It goes by the local wall clock, which may be set, or jump for a night; so
        the monotonic one knows when a tick is overdue."""
        scheduler = schedule.Scheduler()
        job = scheduler.every(self.settings.every).seconds
        job.do(self._tick, job)
        overdue = self.clock.monotonic()
        while not self.stopping.is_set():
            if job.should_run or self.clock.monotonic() >= overdue or self.client.is_outdated():
                scheduler.run_all()
                overdue = self.clock.monotonic() + job.interval + LONGEST_NAP
            idle = scheduler.idle_seconds or 0.0
            self.clock.wait(min(max(idle, 0.0), LONGEST_NAP), self.stopping)

    def _tick(self, job: schedule.Job) -> None:
        """One pass, unless a person must help first. `schedule` then plans the next tick by the job's interval.

        Nothing is raised: a job that raised would be due again at once.
        """
        job.interval = self.settings.every
        try:
            outcome = self._tried(job)
            if outcome is not None:
                self.watcher(outcome)
        except Exception:
            log.exception("%s: what became of the pass could not be told", self.settings.id)

    def _tried(self, job: schedule.Job) -> PassOutcome | None:
        """How a pass ended, recorded or not; None where a person must help first."""
        began, (reads, writes) = self.clock.monotonic(), self.client.sent
        try:
            helped = self._somebody_helped()
            pause = 0.0 if helped else self._pause_left()
            if pause > 0:
                job.interval = min(self.settings.every, math.ceil(pause))
                return None
            outcome = self._pass(patient=not helped)
            self.began = True
            return outcome
        except PassInProgressError:
            error = SheetsError(Trouble.BUSY)
        except LeaseLostError:
            error = SheetsError(Trouble.LEASE_LOST)
        except (RecordsError, OSError) as found:
            error = SheetsError(Trouble.RECORDS, str(found))
        except Exception:
            error = tripped(self.settings.id, self.records, self.clock)
        seconds = self.clock.monotonic() - began
        reads, writes = self.client.sent[0] - reads, self.client.sent[1] - writes
        return PassOutcome(self.settings.id, PassResult.FAILED, reads, writes, error=error, seconds=seconds)

    def _somebody_helped(self) -> bool:
        """Whoever starts us again or replaces the key; then all is tried at once."""
        if self.client.is_outdated():
            self.key_since = self.clock.now()
            return True
        return not self.began

    def _pause_left(self) -> float:
        """A success of another process, such as `sync`, ends the pause as well."""
        recent = self.records.recent_passes(self.settings.id, RECENT)
        since = [each for each in recent if each.started_at >= self.key_since]
        return pause_left(since, self.settings.every, self.clock.now())

    def _pass(self, patient: bool) -> PassOutcome:
        with pass_lock(self.state, self.settings.id, self.records, self.clock) as lease:
            try:
                client = self.client.open()
            except SheetsError as error:
                return failed(self.settings.id, error, self.records, self.clock)
            outcome = run_pass(self.settings, client, self.records, self.clock, patient=patient, lease=lease)
        if outcome.error is not None and outcome.error.trouble is Trouble.CREDENTIALS:
            self.client.close()
        return outcome


class _Client:
    """A thread's client, opened anew when its key file was replaced or Google does not let it in any more."""

    def __init__(self, google: GoogleSettings, clock: Clock, quota: Quota, stopping: threading.Event) -> None:
        self._google, self._clock, self._quota, self._stopping = google, clock, quota, stopping
        self._client: SheetsClient | None = None
        self._sent_before = (0, 0)
        self._tried = key_state(google.credentials)

    def open(self) -> SheetsClient:
        """Raises SheetsError where there is no usable key."""
        if self.is_outdated():
            self.close()
        if self._client is None:
            self._tried = key_state(self._google.credentials)
            google = self._google
            self._client = SheetsClient(google.credentials, google.endpoint, clock=self._clock, quota=self._quota)
            self._client.stop_with(self._stopping)
        return self._client

    def is_outdated(self) -> bool:
        """Whether there is another key file than the one that was last tried."""
        if self._client is not None:
            return self._client.is_outdated()
        return key_state(self._google.credentials) not in (None, self._tried)

    @property
    def sent(self) -> tuple[int, int]:
        """Reads and writes so far."""
        reads, writes = self._sent_before
        return (reads + self._client.reads, writes + self._client.writes) if self._client else (reads, writes)

    def close(self) -> None:
        if self._client is not None:
            self._sent_before = self.sent
            self._client.close()
            self._client = None
