"""Begins and ends the passers; the only worker on its state folder."""

import logging
import re
import threading
from contextlib import ExitStack

from sync.clock import Clock, SystemClock
from sync.config.settings import Config
from sync.engine.feed import Feed
from sync.engine.identity import SharedIdentity
from sync.engine.passer import Passer, Watcher
from sync.engine.requests import Requests
from sync.engine.turns import Turn, Turns
from sync.google import Quota
from sync.passes.locks import worker_lock
from sync.records import Records, RecordsError

# A pass that is under way ends within its own deadline.
STOP_PATIENCE = 120.0

log = logging.getLogger(__name__)


class Worker:
    """Runs passes in the background from `start` to `stop`; the only one on its state folder."""

    def __init__(self, config: Config, records: Records, watcher: Watcher, clock: Clock | None = None) -> None:
        self._config, self._records = config, records
        self._clock = clock or SystemClock()
        self._stopping = threading.Event()
        self._held = ExitStack()
        # One identity, one quota, however many threads.
        quota = Quota.share_of(config.google.requests_per_minute, self._clock)
        identity = SharedIdentity(config.google, quota, self._clock, self._stopping)
        passers = min(config.worker.passers, len(config.spreadsheet))
        requests = Requests(records.looks, self._clock)
        self._turns = [Turn(settings) for settings in config.spreadsheet]
        names = [settings.id for settings in config.spreadsheet]
        self._feed = Feed(config.google, names, identity, records.looks, self._clock, self._stopping)
        turns = Turns(self._turns, passers, quota, identity, requests, self._feed, self._clock)
        self._threads = [
            threading.Thread(
                target=Passer(
                    turns,
                    self._feed,
                    identity,
                    records,
                    config.state,
                    config.company,
                    watcher,
                    self._clock,
                    self._stopping,
                ).run,
                name=f"passer-{number}",
                daemon=True,
            )
            for number in range(1, passers + 1)
        ]

    def start(self) -> None:
        """Begin with a pass over every spreadsheet, and forget those that left this configuration.

        Raises WorkerRunningError, RecordsError, and OSError where the state folder cannot be used.
        """
        with ExitStack() as held:
            held.enter_context(worker_lock(self._config.state))
            self._forget_what_left()
            self._remember_changes()
            self._held = held.pop_all()
        for thread in self._threads:
            thread.start()

    def _remember_changes(self) -> None:
        """Where people were at it before the last stop."""
        changes, now, monotonic = self._records.looks.changes(), self._clock.now(), self._clock.monotonic()
        for turn in self._turns:
            if (at := changes.get(turn.settings.id)) is not None:
                turn.changed_at = turn.stirred_at = monotonic - max((now - at).total_seconds(), 0.0)

    def take_over(self, before: "Worker") -> None:
        """Go on in the place of a worker that runs with another configuration, between its passes and ours.

        What left the configuration and cannot be forgotten now is forgotten at the next start.
        """
        before._end_passers(STOP_PATIENCE)
        self._held = before._held.pop_all()
        try:
            self._forget_what_left()
            self._remember_changes()
        except (RecordsError, OSError) as error:
            log.warning("what left the configuration could not be forgotten yet: %s", error)
        for thread in self._threads:
            thread.start()

    def stop(self, patience: float = STOP_PATIENCE) -> None:
        """End within `patience` seconds: the request in hand is finished, a write is seen through and recorded."""
        self._end_passers(patience)
        self._held.close()

    def _end_passers(self, patience: float) -> None:
        self._stopping.set()
        latest = self._clock.monotonic() + patience
        for thread in self._threads:
            thread.join(max(latest - self._clock.monotonic(), 0.0))
        self._feed.close()

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
