"""A pass over a few rows, up to its plan."""

from collections.abc import Mapping
from datetime import date

from sync.domain.changes import Changed
from sync.domain.collecting import without_collecting
from sync.domain.failures import Trouble
from sync.domain.grid import Book, Values
from sync.domain.memory import Memory
from sync.google import SheetsError
from sync.passes.closed import ClosedPeriods
from sync.passes.compute import Known, Others
from sync.passes.context import Context
from sync.passes.journal import PendingWrite
from sync.passes.narrow.kept import LeftBehind
from sync.passes.narrow.part import compute_part
from sync.passes.narrow.patched import patched, rows_of
from sync.passes.narrow.reach import Reach, reach_of
from sync.passes.repair import baselines
from sync.passes.state import Narrow, State, runs


def usable(context: Context, left: LeftBehind | None, memory: Memory) -> LeftBehind | None:
    """What the last pass left, where that is what the records say, too; `memory` is what they have of it."""
    if left is None or (left.settings, left.company) != (context.settings, context.company):
        return None
    if left.memory.fingerprint != memory.fingerprint or left.memory.owned_columns != memory.owned_columns:
        return None
    return left if left.number == context.records.last_number(context.spreadsheet) else None


@without_collecting()
def begin_narrow(
    context: Context,
    left: LeftBehind,
    lean: Mapping[int, Values],
    changed: Mapping[int, Changed],
    today: date,
    whole: Book | None = None,
) -> State | None:
    """What must be written after `changed` cells; None where all has to be looked at. `whole` is everything, where that
    was read already. Raises SheetsError.
    """
    reach = reach_of(left, lean, changed)
    if reach is None or not reach.rows or context.records.closed_periods(context.spreadsheet):
        return None
    shown = _read(context, left, reach) if whole is None else rows_of(whole, reach.rows)
    book = patched(left.computed.book, shown, reach.rows, lean, reach.changed) if shown else None
    if book is None:
        return None
    closed = ClosedPeriods(calendar=context.company.calendar)
    known = Known(context.settings, left.memory, left.snapshot, Others(), False, closed, context.company, today)
    found = compute_part(left, reach, book, known)
    if found is None:
        return None
    computed, part = found
    # A row that is written must not be taken for another one by its name.
    for before in baselines(book, computed.reading, computed.plan.writes):
        rows = reach.rows[before.tab.sheet_id]
        # Our numbers may change what a formula beside them shows; a look at everything tells what else it changes.
        if any(row in rows for row, _ in before.tab.formulas):
            return None
        if not before.tells_alone(rows):
            return None
    return State(
        known,
        left.memory.owned_columns,
        PendingWrite(),
        book,
        computed,
        waiting=computed.plan.writes,
        narrow=Narrow(reach.rows, part, left.index),
    )


def _read(context: Context, left: LeftBehind, reach: Reach) -> Book | None:
    """The rows in reach; None where they cannot be read alone."""
    titles = {tab.sheet_id: tab.title for tab in left.computed.book.tabs}
    asked = {titles[sheet_id]: runs(rows) for sheet_id, rows in reach.rows.items()}
    try:
        return context.client.read_rows(context.spreadsheet, asked)
    except SheetsError as error:
        if error.trouble in (Trouble.RANGE, Trouble.REFUSED):
            return None
        raise
