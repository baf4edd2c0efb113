"""A pass attempted: under its lock, and whatever breaks is an outcome. Nothing is raised.

For the worker, which lives on, and for the commands, which go on with the next spreadsheet.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sync.clock import Clock
from sync.config.settings import SpreadsheetSettings
from sync.domain.company import CompanySettings
from sync.domain.failures import Trouble
from sync.domain.memory import PassRecord, PassResult
from sync.google import SheetsClient, SheetsError
from sync.passes.locks import PassInProgressError, pass_lock
from sync.passes.meter import Meter
from sync.passes.narrow.kept import LastPasses
from sync.passes.outcome import PassOutcome
from sync.passes.run import run_pass
from sync.records import LeaseLostError, Records, RecordsError

log = logging.getLogger(__name__)


def attempt(
    settings: SpreadsheetSettings,
    open_client: Callable[[], SheetsClient],
    records: Records,
    state: Path,
    clock: Clock,
    *,
    company: CompanySettings,
    patience: float = 0.0,
    accept: bool = False,
    dry_run: bool = False,
    patient: bool = False,
    expecting: bool = False,
    run: str | None = None,
    kept: LastPasses | None = None,
) -> PassOutcome:
    """One pass, by `run_pass`, which tells of most of what is asked for here.

    `open_client` may raise SheetsError. `state` is the folder of the locks; another process that makes a pass is waited
    for `patience` seconds, and the lease is called by its `run`. Where the records or the folder broke the pass, its
    error has their exception as its cause.
    """
    id_, began = settings.id, clock.monotonic()
    meter: Meter | None = None
    try:
        with pass_lock(state, id_, records, clock, patience, run) as lease:
            try:
                client = open_client()
            except SheetsError as refused:
                return _not_begun(id_, refused, records, clock)
            meter = Meter(id_, client, clock)
            return run_pass(
                settings,
                client,
                records,
                clock,
                accept=accept,
                dry_run=dry_run,
                patient=patient,
                expecting=expecting,
                lease=lease,
                company=company,
                kept=kept,
            )
    except PassInProgressError:
        error = SheetsError(Trouble.BUSY)
    except LeaseLostError:
        error = SheetsError(Trouble.LEASE_LOST)
    except (RecordsError, OSError) as cause:
        error = SheetsError(Trouble.RECORDS, str(cause))
        error.__cause__ = cause
    except Exception:
        error = _unforeseen(id_, records, clock, dry_run=dry_run)
    sent = (meter.reads, meter.writes) if meter else (0, 0)
    return PassOutcome(id_, PassResult.FAILED, *sent, error=error, seconds=clock.monotonic() - began)


def _not_begun(spreadsheet: str, error: SheetsError, records: Records, clock: Clock) -> PassOutcome:
    """Recorded, so that the page tells of it. Raises RecordsError."""
    number = _recorded(spreadsheet, error, records, clock)
    last = records.snapshot(spreadsheet)
    return PassOutcome(spreadsheet, PassResult.FAILED, 0, 0, snapshot=last, error=error, number=number)


def _unforeseen(spreadsheet: str, records: Records, clock: Clock, *, dry_run: bool) -> SheetsError:
    """What to tell of the exception in hand. It is logged, and recorded unless in a dry run."""
    log.exception("%s: the pass broke; the next one tries again", spreadsheet)
    error = SheetsError(Trouble.INTERNAL)
    if not dry_run:
        with suppress(RecordsError):
            _recorded(spreadsheet, error, records, clock)
    return error


def _recorded(spreadsheet: str, error: SheetsError, records: Records, clock: Clock) -> int:
    now, result = clock.now(), PassResult.FAILED
    record = PassRecord(spreadsheet=spreadsheet, started_at=now, finished_at=now, result=result, message=error.trouble)
    return records.record(record)
