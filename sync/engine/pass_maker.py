"""Makes the passes that are ordered, for one thread, with a client of each account that it needs."""

import logging
from collections.abc import Callable
from pathlib import Path

from sync.clock import Clock
from sync.config.settings import SpreadsheetSettings
from sync.domain.company import CompanySettings
from sync.domain.failures import Trouble
from sync.engine.identity import Identities
from sync.engine.planner import Order
from sync.google import SheetsClient
from sync.passes.attempt import attempt
from sync.passes.narrow.kept import LastPasses
from sync.passes.outcome import PassOutcome
from sync.records import Records, RecordsError

log = logging.getLogger(__name__)

# What is done with a finished pass, for whoever watches.
Watcher = Callable[[PassOutcome], None]


class PassMaker:
    """One thread's hands."""

    def __init__(
        self,
        identities: Identities,
        records: Records,
        state: Path,
        company: CompanySettings,
        watcher: Watcher,
        clock: Clock,
        kept: LastPasses,
    ) -> None:
        self._identities, self._records, self._state, self._company = identities, records, state, company
        self._watcher, self._clock, self._kept = watcher, clock, kept
        self._clients: dict[str, SheetsClient] = {}

    def make(self, settings: SpreadsheetSettings, order: Order, *, run: str | None = None) -> PassOutcome:
        """One pass, whose lease may be called by its `run`. Nothing is raised that is not the watcher's."""
        outcome = attempt(
            settings,
            lambda: self._open(order.account),
            self._records,
            self._state,
            self._clock,
            company=self._company,
            patient=order.patient,
            expecting=order.expecting,
            run=run,
            kept=self._kept,
        )
        client = self._clients.get(order.account)
        if client is not None and outcome.error is not None and outcome.error.trouble is Trouble.CREDENTIALS:
            self._identities.identity(order.account).refused(client)
        if outcome.changed:
            self._note_the_change(settings.id)
        self._watcher(outcome)
        return outcome

    def close(self) -> None:
        """Close the connections."""
        for client in self._clients.values():
            client.close()
        self._clients.clear()

    def _open(self, account: str) -> SheetsClient:
        """This thread's client. Raises SheetsError where there is no usable key."""
        identity, client = self._identities.identity(account), self._clients.get(account)
        # Where another process decides what is due, nobody else here would notice a replaced key.
        identity.look_at_the_key()
        if client is not None and not identity.is_current(client):
            self._clients.pop(account).close()
            client = None
        if client is None:
            client = self._clients[account] = self._identities.open(account)
        return client

    def _note_the_change(self, spreadsheet: str) -> None:
        try:
            self._records.looks.changed(spreadsheet, self._clock.now())
        except RecordsError:
            log.warning("%s: when it changed could not be kept", spreadsheet)
