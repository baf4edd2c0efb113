"""What a pass was: its result, the view and the memory that it leaves. Pure, out of the last `State`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from sync.config.settings import SpreadsheetSettings
from sync.domain.grid import CellWrite, block_digests, fingerprint_by_blocks
from sync.domain.memory import KnownTab, Memory, PassResult
from sync.domain.problems import Problem, problem
from sync.domain.snapshot import Part, Refusals, Snapshot, TabState, TabView
from sync.passes.brakes import rows_on
from sync.passes.compute import fingerprint_by_values
from sync.passes.journal import packed
from sync.passes.recalculating import recalculating
from sync.passes.state import State
from sync.passes.targets import score_places

if TYPE_CHECKING:
    from sync.google import SheetsError


@dataclass(frozen=True, slots=True)
class PassOutcome:
    """How a pass over one spreadsheet ended. `snapshot` is the last good view after it, None where there is none or
    nothing was read anew.

    `writes` are the cells that were changed, or would be in a dry run; `number` is that of the pass in the records,
    None for a dry run.
    `changed` says that people were found to have changed OKRs since the last good view; what we wrote is none of that.
    `steady` says that all is well, and that the next look can find something new only after an edit of the spreadsheet.
    """

    spreadsheet: str
    result: PassResult
    reads: int
    write_requests: int
    writes: tuple[CellWrite, ...] = ()
    snapshot: Snapshot | None = None
    error: SheetsError | None = None
    number: int | None = None
    seconds: float = 0.0
    changed: bool = False
    steady: bool = False


def result_of(state: State) -> PassResult:
    """How a pass ended that was not cut short."""
    if state.failure:
        return PassResult.FAILED
    if state.refused or state.waiting:
        return PassResult.PARTIAL
    computed = state.computed
    mapped = {tab.tab.sheet_id for tab in computed.reading.tabs}
    left_alone = computed.unbelieved | computed.plan.unwritten
    if not mapped or mapped <= left_alone:
        return PassResult.REFUSED
    missing = any(found.code == "tab-missing" for found in computed.problems)
    return PassResult.PARTIAL if left_alone or missing or computed.lost else PassResult.OK


def changed_by_people(state: State) -> bool:
    """Whether the sheet says other things than in the last good view. Our scores are no part of what it says."""
    last, now = state.known.last, state.computed.okrs
    return last is not None and (
        last.objectives != now.objectives
        or last.key_results != now.key_results
        or last.check_ins != now.check_ins
        or last.initiatives != now.initiatives
        or last.cycle != now.cycle
    )


def is_steady(settings: SpreadsheetSettings, memory: Memory) -> bool:
    """Whether only an edit of this spreadsheet can change what the next pass finds, after a pass that left `memory`."""
    recalculates = any(tab.recalculates for tab in memory.tabs)
    return bool(memory.fingerprint) and not recalculates and not settings.roll_up


def snapshot_of(state: State, started_at: datetime, now: datetime) -> Snapshot:
    """The last good view after the pass."""
    computed = state.computed
    book, reading, okrs = computed.book, computed.reading, computed.okrs
    present = {found.tab.sheet_id for found in reading.tabs}
    views = [_view(found.tab.sheet_id, found.tab.title, state, started_at) for found in reading.tabs]
    gone = [view for view in state.known.last_tabs() if view.sheet_id in computed.unbelieved - present]
    views += [replace(view, state=TabState.REFUSED) for view in gone]
    return Snapshot(
        spreadsheet=state.known.settings.id,
        title=book.title,
        url=book.url,
        taken_at=now,
        objectives=okrs.objectives,
        key_results=okrs.key_results,
        check_ins=okrs.check_ins,
        initiatives=okrs.initiatives,
        cycle=okrs.cycle,
        scores=computed.scores,
        problems=(*computed.problems, *_left_undone(state)),
        tabs=tuple({view.sheet_id: view for view in views}.values()),
    )


def _view(sheet_id: int, title: str, state: State, started_at: datetime) -> TabView:
    computed = state.computed
    last = next((view for view in state.known.last_tabs() if view.sheet_id == sheet_id), None)
    if sheet_id in computed.unbelieved:
        return TabView(sheet_id, title, TabState.REFUSED, last.seen_at if last else None)
    parts = [tab for tab in computed.reading.tabs if tab.tab.sheet_id == sheet_id]
    skipped = tuple(sorted({row for part in parts for row in part.skipped}))
    if sheet_id not in state.unwritten:
        return TabView(sheet_id, title, TabState.GOOD, started_at, skipped)
    refusals = last.refusals if last else None
    if sheet_id in computed.plan.unwritten:
        refusals = None
    elif sheet_id in state.refused:
        refusals = Refusals(refusals.count + 1 if refusals else 1, started_at)
    return TabView(sheet_id, title, TabState.UNWRITTEN, started_at, skipped, refusals)


def _left_undone(state: State) -> Iterator[Problem]:
    """What waits on each tab, and why; where the sheet itself tells why, the plan has said it."""
    told = state.computed.plan.unwritten
    waiting = [write for write in state.waiting if write.cell.sheet_id not in told]
    for sheet_id, found in groupby(sorted(waiting, key=_sheet_id), key=_sheet_id):
        cells = [write.cell for write in found]
        if sheet_id in state.refused | state.resting:
            yield problem("write-refused", cells[0], title=cells[0].tab)
        elif state.failure:
            yield problem("write-unseen", cells[0], title=cells[0].tab, count=len(cells))
        else:
            yield problem("rows-moved", cells[0], title=cells[0].tab, count=len(cells))


def _sheet_id(write: CellWrite) -> int:
    return write.cell.sheet_id


Blocks = Mapping[int, Sequence[bytes]]


def block_digests_of(state: State, before: Blocks | None = None) -> Blocks:
    """The digests of the mapped tabs, by sheet id; where a few rows were looked at, out of those from `before`."""
    book, mapped = state.computed.book, {reading.tab.sheet_id for reading in state.computed.reading.tabs}
    values = {tab.sheet_id: tab.values for tab in book.tabs if tab.sheet_id in mapped}
    if state.narrow is None or before is None:
        return {sheet_id: block_digests(each) for sheet_id, each in values.items()}
    rows = state.narrow.rows
    return {
        sheet_id: block_digests(each, before[sheet_id], rows.get(sheet_id, ())) for sheet_id, each in values.items()
    }


def memory_of(state: State, started_at: datetime, blocks: Blocks) -> Memory:
    """What the next pass needs to know of this one. `blocks` are the digests of the mapped tabs."""
    if state.narrow and result_of(state) is PassResult.OK:
        return _memory_of_part(state, blocks)
    computed, known, result = state.computed, state.known, result_of(state)
    titles = computed.reading.titles
    mapped = {reading.tab.sheet_id: reading.tab.title for reading in computed.reading.tabs}
    rows = {tab.sheet_id: tab.rows for tab in known.memory.tabs if tab.sheet_id in computed.unbelieved}
    rows = {sheet_id: len(rows_on(computed.reading, sheet_id)) for sheet_id in mapped} | rows
    alive = recalculating(computed.book)
    tabs = tuple(
        KnownTab(sheet_id, title, titles[sheet_id], rows[sheet_id], sheet_id in alive)
        for sheet_id, title in mapped.items()
    )
    left_alone = computed.unbelieved | state.unwritten
    good = [reading for reading in computed.reading.tabs if reading.tab.sheet_id not in left_alone]
    accepted = frozenset(place for reading in good for place in score_places(reading))
    # A cell that is only loading may be done at any moment; what was seen in part is to be looked at.
    loading = any(score.stale for score in computed.scores.values())
    settled = result is PassResult.OK and not loading and not state.unverified and state.narrow is None
    return Memory(
        fingerprint=_fingerprint(state, tabs, blocks) if settled and known.others.digest is not None else "",
        looked_at=started_at,
        tabs=tabs or known.memory.tabs,
        periods=tuple(sorted({found.period for found in computed.okrs.objectives})),
        owned_columns=state.owned_columns | accepted,
        written={**computed.plan.standing, **state.verified},
        pending_write=packed(state.pending, known.settings.id),
    )


def _memory_of_part(state: State, blocks: Blocks) -> Memory:
    """All else is as it was, and was looked at when it was."""
    before, part = state.known.memory, state.narrow.part if state.narrow else Part()
    loading = any(state.computed.scores[key].stale for key in part.keys)
    return replace(
        before,
        fingerprint="" if loading or state.unverified else _fingerprint(state, before.tabs, blocks),
        written={**state.computed.plan.standing, **state.verified},
        pending_write=packed(state.pending, state.known.settings.id),
    )


def _fingerprint(state: State, tabs: Sequence[KnownTab], blocks: Blocks) -> str:
    of_values = fingerprint_by_blocks((tab.title, blocks[tab.sheet_id]) for tab in tabs)
    return fingerprint_by_values(state.known.settings, state.known.others.digest or "", of_values)
