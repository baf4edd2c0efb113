"""Whether anything changed since the last pass, by one lean read; if not, the pass is over.

What is rolled up from elsewhere is told by its digest: no view of another spreadsheet is unpacked for it. What a lean
read does not show (merges, protections, formulas) is looked at again every quarter of an hour.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sync.config.settings import SpreadsheetSettings
from sync.domain.failures import Trouble
from sync.domain.grid import Book, Values
from sync.domain.memory import Memory
from sync.google import SheetsError
from sync.passes.compute import fingerprint_of
from sync.passes.context import Context

LOOK_AGAIN = timedelta(minutes=15)
LOOK_AGAIN_INTERVALS = 3

# Where tabs are mapped by a pattern, a copied one must be seen within two intervals; a lean read shows none.
LOOK_FOR_TABS_INTERVALS = 1.5


def lean_read(context: Context, memory: Memory, now: datetime) -> dict[int, Values] | None:
    """The mapped tabs by sheet id in one lean read, where it may settle the matter. Raises SheetsError."""
    if not memory.fingerprint or _must_look_again(context.settings, memory, now):
        return None
    titles = [tab.title for tab in memory.tabs]
    try:
        values = context.client.read_values(context.spreadsheet, titles)
    except SheetsError as error:
        # A full read may still go well where titles are out of date, or too many for one address.
        if error.trouble in (Trouble.RANGE, Trouble.REFUSED):
            return None
        raise
    return dict(zip((tab.sheet_id for tab in memory.tabs), values, strict=True))


def is_unchanged(context: Context, memory: Memory, elsewhere: str, values: Mapping[int, Values]) -> bool:
    """Whether a lean read shows what the last pass left."""
    by_title = {tab.title: values[tab.sheet_id] for tab in memory.tabs}
    return fingerprint_of(context.settings, elsewhere, by_title) == memory.fingerprint


def lean_of(context: Context, memory: Memory, book: Book, now: datetime) -> dict[int, Values] | None:
    """What a lean read would show of a full one, where that may settle the matter."""
    if not memory.fingerprint or _must_look_again(context.settings, memory, now):
        return None
    found = {tab.sheet_id: tab.values for tab in book.tabs}
    known = [tab.sheet_id for tab in memory.tabs]
    return {sheet_id: found[sheet_id] for sheet_id in known} if found.keys() >= {*known} else None


def _must_look_again(settings: SpreadsheetSettings, memory: Memory, now: datetime) -> bool:
    every = timedelta(seconds=settings.every)
    patience = (
        LOOK_FOR_TABS_INTERVALS * every if settings.takes_new_tabs else max(LOOK_AGAIN, LOOK_AGAIN_INTERVALS * every)
    )
    due = memory.looked_at is None or not timedelta() <= now - memory.looked_at < patience
    return due or memory.pending_write is not None
