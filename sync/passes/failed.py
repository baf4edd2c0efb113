"""A pass that did not come to asking Google, or that broke: recorded as any other that failed."""

import logging
from contextlib import suppress

from sync.clock import Clock
from sync.domain.failures import Trouble
from sync.domain.memory import PassRecord, PassResult
from sync.google import SheetsError
from sync.passes.run import PassOutcome
from sync.records import Records, RecordsError

log = logging.getLogger(__name__)


def failed(spreadsheet: str, error: SheetsError, records: Records, clock: Clock) -> PassOutcome:
    """Recorded, so that the page tells of it. Raises RecordsError."""
    now, result = clock.now(), PassResult.FAILED
    record = PassRecord(spreadsheet=spreadsheet, started_at=now, finished_at=now, result=result, message=error.trouble)
    number = records.record(record)
    return PassOutcome(spreadsheet, result, 0, 0, snapshot=records.snapshot(spreadsheet), error=error, number=number)


def tripped(spreadsheet: str, records: Records, clock: Clock, *, dry_run: bool = False) -> SheetsError:
    """What to tell of the exception in hand, which nobody foresaw. It is logged, and recorded unless in a dry run."""
    log.exception("%s: the pass broke; the next one tries again", spreadsheet)
    error = SheetsError(Trouble.INTERNAL)
    if not dry_run:
        with suppress(RecordsError):
            failed(spreadsheet, error, records, clock)
    return error
