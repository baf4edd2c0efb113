"""What passes left in the records about themselves: when each spreadsheet was seen, and when it is tried again.

It changes with every pass, while the company may stay the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sync.domain.backoff import RECENT, failures_in_a_row, next_try
from sync.domain.memory import PassRecord
from sync.domain.snapshot import Snapshot, TabState
from sync.records import Press, Records


@dataclass(frozen=True, slots=True)
class PassStatus:
    """By spreadsheet ID: when it was last read with success, its newest passes, and since when a write to it has not
    been seen to have landed, and when a reader last asked for a look.

    Of passes there is the newest; where that failed, also those before it that tell when the next try is.
    """

    seen: Mapping[str, datetime]
    passes: Mapping[str, Sequence[PassRecord]]
    pending_write: Mapping[str, datetime] = field(default_factory=dict)
    presses: Mapping[str, Press] = field(default_factory=dict)

    def last(self, spreadsheet: str) -> PassRecord | None:
        """The newest pass; None before the first."""
        return next(iter(self.passes.get(spreadsheet, ())), None)

    def as_of(self, snapshot: Snapshot) -> datetime:
        """When all that is shown of a spreadsheet was last found to be good. A tab that was not believed since then
        holds it back; one that is read and cannot be written does not."""
        kept = [tab.seen_at for tab in snapshot.tabs if tab.state is TabState.REFUSED and tab.seen_at]
        return min([self.seen.get(snapshot.spreadsheet, snapshot.taken_at), *kept])

    def due(self, spreadsheet: str, every: int) -> datetime | None:
        """When the pass after the newest one is to begin, with so many seconds between two; None before the first.

        Sooner where somebody starts the worker again or replaces the key: whoever does that has helped.
        """
        passes = self.passes.get(spreadsheet)
        if not passes:
            return None
        return passes[0].finished_at + timedelta(seconds=next_try(failures_in_a_row(passes), every))


def pass_status_in(records: Records) -> PassStatus:
    """What the records hold now. Raises RecordsError."""
    newest = {spreadsheet: (last,) for spreadsheet, last in records.last_passes().items()}
    passes: dict[str, Sequence[PassRecord]] = {**newest, **records.failing_passes(RECENT)}
    return PassStatus(records.seen(), passes, records.pending_writes(), records.looks.presses())
