"""Who may edit which cells of a sheet, by its protected ranges. For spreadsheets as a whole see `calls.roles`."""

from __future__ import annotations

from sync.local_sheets.book.areas import Area
from sync.local_sheets.book.book import OWNER, Protection, Sheet


def can_edit(known: Protection, caller: str) -> bool:
    return caller == OWNER or known.warning_only or not known.users or caller in known.users


def keeps_out(sheet: Sheet, area: Area, caller: str) -> bool:
    """Whether a protection keeps the caller out of any cell of the area."""
    return any(
        known.area.meets(area) and not can_edit(known, caller) and not _left_open(known, area)
        for known in sheet.protections
    )


def _left_open(known: Protection, area: Area) -> bool:
    return any(open_area.holds(area) for open_area in known.unprotected)
