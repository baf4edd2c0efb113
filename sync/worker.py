"""The worker: passes at each spreadsheet's own interval, on `schedule`, until it is told to stop.

One thread for each spreadsheet: never two passes of one at once, and the trouble of one never delays another.
A tick that is missed because a pass took long is not made up for. What a pass does is not decided here.
"""

import logging
import threading
import time
from collections.abc import Callable

import schedule

from sync.clock import Clock, SystemClock
from sync.config import Config, SpreadsheetSettings
from sync.locks import PassInProgressError, pass_lock
from sync.records import Records
from sync.sheets import SheetsClient, SheetsError
from sync.sync_pass import PassOutcome, run_pass

log = logging.getLogger(__name__)

LONGEST_NAP = 1.0

# What is done with a finished pass, for whoever watches.
Watcher = Callable[[PassOutcome], None]


class Worker:
    """Runs passes in the background from `start` to `stop`."""

    def __init__(self, config: Config, records: Records, watcher: Watcher, clock: Clock | None = None) -> None:
        self._config, self._records, self._watcher = config, records, watcher
        self._clock = clock or SystemClock()
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._keep_passing, args=[settings], name=f"pass-{settings.id}", daemon=True)
            for settings in config.spreadsheet
        ]

    def start(self) -> None:
        """Begin with a pass over every spreadsheet at once, and forget those that left the configuration."""
        self._records.forget(keep=[settings.id for settings in self._config.spreadsheet])
        for thread in self._threads:
            thread.start()

    def stop(self, patience: float = 60.0) -> None:
        """Send nothing more to Google; the request in hand is finished and what it brought is recorded."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(patience)

    def _keep_passing(self, settings: SpreadsheetSettings) -> None:
        scheduler = schedule.Scheduler()
        ran: float | None = None
        with _Client(self._config, self._stopping) as client:
            scheduler.every(settings.every).seconds.do(self._tick, settings, client)
            while not self._stopping.is_set():
                # `schedule` goes by the wall clock; when that was set back, the monotonic one still tells what is due.
                overdue = ran is None or time.monotonic() - ran > settings.every + LONGEST_NAP
                if overdue or (scheduler.idle_seconds or 0.0) <= 0:
                    ran = time.monotonic()
                    scheduler.run_all()
                self._stopping.wait(min(max(scheduler.idle_seconds or 0.0, 0.0), LONGEST_NAP))

    def _tick(self, settings: SpreadsheetSettings, client: "_Client") -> None:
        """One pass. Nothing leaves it: `schedule` would make a job that raised due again on every tick."""
        try:
            with pass_lock(self._config.state, settings.id):
                outcome = run_pass(settings, client.open(), self._records, self._clock)
            if outcome.error is not None:
                client.close()
            self._watcher(outcome)
        except PassInProgressError:
            log.info("%s: another process is at it; this tick is left out", settings.id)
        except SheetsError as error:
            log.error("%s: %s", settings.id, error)
        except Exception:
            log.exception("%s: the pass broke; the next tick tries again", settings.id)


class _Client:
    """A thread's client: kept while all is well, opened anew after trouble, so that a replaced key is found."""

    def __init__(self, config: Config, stopping: threading.Event) -> None:
        self._google, self._stopping = config.google, stopping
        self._client: SheetsClient | None = None

    def open(self) -> SheetsClient:
        if self._client is None:
            self._client = SheetsClient(self._google.credentials, self._google.endpoint)
            self._client.stop_with(self._stopping)
        return self._client

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def __enter__(self) -> "_Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
