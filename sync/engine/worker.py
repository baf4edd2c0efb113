"""Begins and ends the passers; the only worker on its state folder."""

import logging
import re
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack

from sync.clock import Clock, SystemClock
from sync.config.settings import Config
from sync.engine.accounts import Accounts
from sync.engine.counting import quotas_for
from sync.engine.identity import Identities
from sync.engine.pass_maker import PassMaker, Watcher
from sync.engine.passer import Passer
from sync.engine.planner import Planner
from sync.google import Quotas
from sync.passes.locks import worker_lock
from sync.passes.narrow.kept import LastPasses
from sync.records import Records, RecordsError
from sync.records.libpq import libpq_address

# A pass that is under way ends within its own deadline.
STOP_PATIENCE = 120.0

log = logging.getLogger(__name__)


class Worker:
    """Runs passes in the background from `start` to `stop`; the only one on its state folder.

    Workers of one process share the `quotas` of the accounts that they sign in as, and each has the `name` of its
    company. On PostgreSQL they make passes together with those of other machines that have the same spreadsheets.
    """

    def __init__(
        self,
        config: Config,
        records: Records,
        watcher: Watcher,
        clock: Clock | None = None,
        quotas: Quotas | None = None,
        name: str = "",
    ) -> None:
        self._config, self._records, self._name = config, records, name
        self._clock = clock or SystemClock()
        self._stopping = threading.Event()
        self._held = ExitStack()
        self._own_quotas = None if quotas else quotas_for(config, self._clock)
        counted = quotas or self._own_quotas
        assert counted
        self._identities = Identities(config.google.accounts, counted, self._clock, self._stopping)
        self._passers = min(config.worker.passers, len(config.spreadsheet))
        # What a pass left may serve the next one, whichever thread makes that.
        kept = LastPasses()
        makers = [
            PassMaker(self._identities, records, config.state, config.company, watcher, self._clock, kept)
            for _ in range(self._passers)
        ]
        address = libpq_address(config.database_url)
        # With other machines only who decides has any, out of the records.
        self._accounts: Accounts | None = None
        self._took_over = False
        if address is None:
            self._accounts = self._new_accounts()
            self._threads = self._alone(self._accounts, makers)
        else:
            self._threads = self._with_others(address, makers)

    def _new_accounts(self) -> Accounts:
        return Accounts(self._config, self._records, self._identities, self._passers, self._clock, self._stopping)

    def _alone(self, accounts: Accounts, makers: Sequence[PassMaker]) -> list[threading.Thread]:
        """What is due is made by the threads of this process."""
        planner = Planner(accounts, self._records, self._clock)
        passers = [Passer(planner, accounts, maker, self._clock, self._stopping) for maker in makers]
        return [_thread(passer.run, f"passer-{number}") for number, passer in enumerate(passers, 1)]

    def _with_others(self, address: str, makers: Sequence[PassMaker]) -> list[threading.Thread]:
        """What is due is made by whichever machine on this database is free."""
        # Only PostgreSQL has need of it.
        from sync.engine.jobs.dispatcher import Dispatcher
        from sync.engine.jobs.queue import queue_name, team_name
        from sync.engine.jobs.runner import Runner

        def accounts(is_first: bool) -> Accounts:
            fresh = self._new_accounts()
            # Whoever changed the configuration waits for what comes of it; another machine's passes are gone on with.
            if is_first and self._took_over:
                fresh.recall()
            else:
                fresh.resume()
            return fresh

        team = team_name(self._name, (settings.id for settings in self._config.spreadsheet))
        queues = [queue_name(team, account) for account in self._identities.names()]
        shared = (address, team)
        runner = Runner(*shared, queues, self._config.spreadsheet, makers, self._records, self._clock, self._stopping)
        dispatcher = Dispatcher(*shared, accounts, self._records, self._clock, self._stopping)
        return [_thread(runner.run, "runner"), _thread(dispatcher.run, "dispatcher")]

    def start(self) -> None:
        """Begin with a pass over every spreadsheet, and forget those that left this configuration.

        Raises WorkerRunningError, RecordsError, and OSError where the state folder cannot be used.
        """
        with ExitStack() as held:
            held.enter_context(worker_lock(self._config.state))
            self._forget_what_left()
            self._recall()
            self._held = held.pop_all()
        for thread in self._threads:
            thread.start()

    def take_over(self, before: "Worker") -> None:
        """Go on in the place of a worker that runs with another configuration, between its passes and ours.

        What left the configuration and cannot be forgotten now is forgotten at the next start.
        """
        before._end_passers(STOP_PATIENCE)
        self._took_over = True
        self._held = before._held.pop_all()
        try:
            self._forget_what_left()
            self._recall()
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
        if self._accounts:
            self._accounts.close()
        if self._own_quotas:
            self._own_quotas.close()

    def _recall(self) -> None:
        if self._accounts:
            self._accounts.recall()

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


def _thread(target: Callable[[], None], name: str) -> threading.Thread:
    return threading.Thread(target=target, name=name, daemon=True)
