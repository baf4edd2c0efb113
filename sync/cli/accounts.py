"""Clients of the accounts that a configuration names, for commands, and which of them to try for a spreadsheet."""

from sync.clock import Clock
from sync.config.settings import Config, SpreadsheetSettings
from sync.engine.counting import quotas_for
from sync.google import SheetsClient
from sync.records import Records, RecordsError


class Clients:
    """One client of each account, opened when it is first needed."""

    def __init__(self, config: Config, records: Records, clock: Clock) -> None:
        """Raises SheetsError where requests cannot be counted."""
        self._accounts, self._records, self._clock = config.google.accounts, records, clock
        self._quotas, self._opened = quotas_for(config, clock), dict[str, SheetsClient]()
        self._readers = self._known_readers()

    def open(self, account: str) -> SheetsClient:
        """Raises SheetsError where there is no usable key."""
        if account not in self._opened:
            google = self._accounts[account]
            quota = self._quotas.of(google.credentials, google.requests_per_minute, google.project_limit)
            self._opened[account] = SheetsClient(google.credentials, google.endpoint, clock=self._clock, quota=quota)
        return self._opened[account]

    def to_try(self, settings: SpreadsheetSettings) -> list[str]:
        """The account that the spreadsheet names; else all, first the one that could read it before."""
        if settings.identity is not None:
            return [settings.identity]
        known = self._readers.get(settings.id)
        return sorted(self._accounts, key=lambda name: name != known)

    def could_read(self, settings: SpreadsheetSettings, account: str) -> None:
        """Keep which of several it was. Raises RecordsError."""
        if len(self._accounts) > 1 and self._readers.get(settings.id) != account:
            self._records.looks.read_as(settings.id, account)

    def close(self) -> None:
        """Close the connections."""
        for client in self._opened.values():
            client.close()
        self._quotas.close()

    def _known_readers(self) -> dict[str, str]:
        if len(self._accounts) == 1:
            return {}
        try:
            return self._records.looks.readers()
        except RecordsError:
            # Whatever comes next meets the same, and tells of it.
            return {}
