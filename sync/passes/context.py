"""What a pass works with from its begin to its end: what is configured, the road to Google, the records, the clock."""

from dataclasses import dataclass

from sync.clock import Clock
from sync.config.settings import SpreadsheetSettings
from sync.domain.company import ALONE, CompanySettings
from sync.google import SheetsClient
from sync.records import Lease, LeaseHolder, LeaseLostError, Records


@dataclass(frozen=True, slots=True)
class Context:
    """Without a `lease` the caller makes sure that nobody else makes a pass."""

    settings: SpreadsheetSettings
    client: SheetsClient
    records: Records
    clock: Clock
    lease: Lease | None
    company: CompanySettings = ALONE

    @property
    def spreadsheet(self) -> str:
        """Its id."""
        return self.settings.id

    @property
    def holder(self) -> LeaseHolder | None:
        """Who records it."""
        return self.lease.holder if self.lease else None

    def permit(self) -> None:
        """A last look at the lease before a write goes out. Raises LeaseLostError."""
        if self.lease and not self.lease.still_held(self.clock.now(), self.clock.monotonic()):
            raise LeaseLostError(self.spreadsheet)
