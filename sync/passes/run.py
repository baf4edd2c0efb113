"""One pass over one spreadsheet: the order of things, and nothing else. Decisions are made in the rooms beside it.

    0 close         what is over since the last pass keeps the results that it had
    1 unchanged     one lean read; nothing changed since the last pass: done, one request. Where a change is expected
                    it is the full read of 2
      narrow        only values of key results changed, and what the last pass left is kept: a few rows are read
                    again and planned, and 2 is spared
    2 begin         full read: values, formulas, merges and protections at once; read, brakes, score, plan
    3 write back    rounds of intend, send, verify and repair
    4 record        snapshot, history, what we wrote; the journal is closed

A pass is good only when all of this was completed. One that was cut off in 3 leaves its journal, and the next begins
at 2, with what that write may have hit. What was read is recorded even where writing fails.
"""

import hashlib
from dataclasses import replace

from sync.clock import Clock
from sync.config.settings import SpreadsheetSettings
from sync.domain.backoff import pause_after
from sync.domain.collecting import without_collecting
from sync.domain.company import ALONE, CompanySettings
from sync.domain.memory import Memory, PassResult
from sync.domain.snapshot import Part, Snapshot, good_as_of, part_between
from sync.google import SheetsClient, SheetsError
from sync.passes import journal
from sync.passes.close import close_what_is_over
from sync.passes.closed import ClosedPeriods
from sync.passes.compute import Known, Others, read
from sync.passes.context import Context
from sync.passes.meter import Meter
from sync.passes.narrow.begin import begin_narrow, usable
from sync.passes.narrow.kept import LastPasses
from sync.passes.narrow.leaving import left_behind
from sync.passes.narrow.reach import changed_since
from sync.passes.outcome import (
    PassOutcome,
    block_digests_of,
    changed_by_people,
    is_steady,
    memory_of,
    result_of,
    snapshot_of,
)
from sync.passes.state import State
from sync.passes.unchanged import is_unchanged, lean_of, lean_read
from sync.passes.write_back import begin, write_back
from sync.records import Lease, Records

# Seconds that all requests of a pass have together; what a write left open then is seen to by the next pass.
DEADLINE = 120.0


def run_pass(
    settings: SpreadsheetSettings,
    client: SheetsClient,
    records: Records,
    clock: Clock,
    *,
    accept: bool = False,
    dry_run: bool = False,
    patient: bool = False,
    expecting: bool = False,
    lease: Lease | None = None,
    company: CompanySettings = ALONE,
    kept: LastPasses | None = None,
) -> PassOutcome:
    """Run one pass. Trouble with Google ends it as FAILED with the error in the outcome; it raises nothing of that.

    Scores of the `company`'s other spreadsheets may be rolled up into this one.
    `accept` lets the brakes through once. A dry run changes nothing, neither in the sheet nor in the records. A
    `patient` pass reads everything, but does not try again yet to write tabs that Google lately did not let us write.
    An `expecting` one has been told that something changed, and spares the lean read.
    Without a `lease` the caller makes sure that nobody else makes a pass.
    What this one leaves is `kept` for the next, which then may have to look at a few rows only.
    Raises RecordsError: nothing is written into a sheet that could not be noted before. Raises LeaseLostError: nothing
    more is written once somebody else may have begun.
    """
    context = Context(settings, client, records, clock, lease, company)
    meter = Meter(settings.id, client, clock)
    kept = kept or LastPasses(0)
    memory, elsewhere = records.memory(settings.id, written=False), _elsewhere(context)
    pending = journal.left_by_the_last(memory.pending_write, settings.id)
    left = usable(context, kept.of(settings.id), memory)
    try:
        with client.within(DEADLINE):
            if not dry_run:
                close_what_is_over(context, memory)
            at_once = expecting or accept or dry_run
            book = client.read_book(settings.id, fills=settings.looks_at_fills) if at_once else None
            if not (accept or dry_run):
                now = meter.started_at
                lean = lean_of(context, memory, book, now) if book else lean_read(context, memory, now)
                if lean is not None and left is not None:
                    changed = changed_since(left, lean)
                    if not any(changed.values()):
                        return _still_good(context, memory, meter, kept)
                    narrow = begin_narrow(context, left, lean, changed, company.calendar.today(now), book)
                    if narrow is not None:
                        return _recorded(context, write_back(context, narrow), meter, kept)
                elif lean is not None and is_unchanged(context, memory, elsewhere, lean):
                    return _still_good(context, memory, meter, kept)
            if book is None:
                book = client.read_book(settings.id, fills=settings.looks_at_fills)
            # An idle pass has no need to unpack the last view, nor of all that was ever written.
            memory = replace(memory, written=left.memory.written if left else records.written(settings.id))
            closed = ClosedPeriods(records.closed_periods(settings.id), context.company.calendar)
            today = company.calendar.today(meter.started_at)
            last = left.snapshot if left else None
            known = Known(settings, memory, last, _others(context), accept, closed, company, today)
            reading = read(book, known)
            if left is None:
                # Of a large view nothing is unpacked that the sheet still says.
                known = replace(known, last=records.snapshot(settings.id, reading.items))
            begun = journal.accepted(pending) if accept else pending
            state = begin(context, book, reading, known, begun, unverified=bool(pending.writes))
            if dry_run:
                return _tried_out(context, state, meter)
            resting = _resting(known, meter) if patient else frozenset()
            return _recorded(context, write_back(context, replace(state, resting=resting)), meter, kept)
    except SheetsError as error:
        return _failed(context, error, meter, dry_run=dry_run)


def _beside(context: Context) -> frozenset[str]:
    """The company's other spreadsheets, where their scores matter here."""
    return context.company.spreadsheets - {context.spreadsheet} if context.settings.roll_up else frozenset()


def _elsewhere(context: Context) -> str:
    """What changes with the views of those; "" where there are none."""
    beside = _beside(context)
    digests = context.records.digests() if beside else {}
    here = sorted((each, digest) for each, digest in digests.items() if each in beside)
    return hashlib.blake2b(repr(here).encode(), digest_size=16).hexdigest() if beside else ""


def _others(context: Context) -> Others:
    """Those views. Others may record meanwhile: then nobody can say which ones were read."""
    beside, before = _beside(context), _elsewhere(context)
    everything = context.records.snapshots() if beside else []
    found = tuple(snapshot for snapshot in everything if snapshot.spreadsheet in beside)
    return Others(found, len(found) == len(beside), before if before == _elsewhere(context) else None)


def _resting(known: Known, meter: Meter) -> frozenset[int]:
    """Tabs that Google did not let us write, until their next try."""
    refused = {view.sheet_id: view.refusals for view in known.last_tabs() if view.refusals}
    every, now = known.settings.every, meter.started_at
    return frozenset(tab for tab, each in refused.items() if pause_after(each.count, each.at, every, now) > 0)


# How it ends


def _still_good(context: Context, memory: Memory, meter: Meter, kept: LastPasses) -> PassOutcome:
    left = usable(context, kept.of(context.spreadsheet), memory)
    record = meter.record(PassResult.UNCHANGED)
    number = context.records.still_good(record, context.holder)
    if left is not None:
        kept.keep(replace(left, number=number, snapshot=good_as_of(left.snapshot, record.finished_at)))
    return meter.outcome(PassResult.UNCHANGED, number=number, steady=is_steady(context.settings, memory))


def _tried_out(context: Context, state: State, meter: Meter) -> PassOutcome:
    """A dry run: what would be written, and whether we may."""
    writes = state.computed.plan.writes
    refusal = context.client.refused_edit(state.computed.book) if writes else None
    state = replace(state, waiting=writes if refusal else ())
    state = state.refusing_all(refusal) if refusal else state
    snapshot = snapshot_of(state, meter.started_at, context.clock.now())
    return meter.outcome(result_of(state), writes=writes, snapshot=snapshot, error=refusal)


@without_collecting()
def _recorded(context: Context, state: State, meter: Meter, kept: LastPasses) -> PassOutcome:
    result, error = result_of(state), state.failure or state.refusal
    before = kept.of(context.spreadsheet)
    blocks = block_digests_of(state, before.blocks if before else None)
    snapshot = snapshot_of(state, meter.started_at, context.clock.now())
    memory = memory_of(state, meter.started_at, blocks)
    record = meter.record(result, str(error.trouble) if error else "")
    part = state.narrow.part if state.narrow and result is PassResult.OK else _part(state, snapshot)
    kept.drop(context.spreadsheet)
    number = context.records.record(record, snapshot, memory, context.holder, part)
    left = left_behind(state, snapshot, memory, blocks, number)
    if left is not None:
        kept.keep(left)
    return meter.outcome(
        result,
        writes=state.standing_writes(),
        snapshot=snapshot,
        error=error,
        number=number,
        changed=changed_by_people(state),
        steady=is_steady(context.settings, memory),
    )


def _part(state: State, snapshot: Snapshot) -> Part | None:
    last = state.known.last
    return None if last is None else part_between(last, snapshot)


def _failed(context: Context, error: SheetsError, meter: Meter, *, dry_run: bool) -> PassOutcome:
    number = None
    if not dry_run:
        number = context.records.record(meter.record(PassResult.FAILED, str(error.trouble)), holder=context.holder)
    last = context.records.snapshot(context.spreadsheet)
    return meter.outcome(PassResult.FAILED, snapshot=last, error=error, number=number)
