"""The kinds of request that insert and delete cells, and let those behind them move up. The grid keeps its size."""

from __future__ import annotations

from typing import Any

from sync.local_sheets import shifts
from sync.local_sheets.areas import Area
from sync.local_sheets.book import Sheet
from sync.local_sheets.dimension_requests import dimension_of
from sync.local_sheets.edit import Edit
from sync.local_sheets.errors import invalid


def insert_range(edit: Edit, request: dict[str, Any]) -> None:
    """Cells that would fall off the grid make it larger."""
    sheet, area, dimension = _asked(edit, request)
    start, end = area.row_span if dimension == "ROWS" else area.column_span
    band = _guarded_band(edit, sheet, area, dimension)
    count, size = (
        (_rows_held(sheet, area), sheet.row_count)
        if dimension == "ROWS"
        else (_columns_held(sheet, area), sheet.column_count)
    )
    more = max(0, count + end - start - size) if count > start else 0
    edit.book.check_room(sheet, **{"rows" if dimension == "ROWS" else "columns": more})
    if dimension == "ROWS":
        sheet.row_count += more
    else:
        sheet.column_count += more
    shifts.apply_within(edit.book, sheet, dimension, shifts.Insert(start, end - start), band)


def delete_range(edit: Edit, request: dict[str, Any]) -> None:
    sheet, area, dimension = _asked(edit, request)
    band = _guarded_band(edit, sheet, area, dimension)
    start, end = area.row_span if dimension == "ROWS" else area.column_span
    shifts.apply_within(edit.book, sheet, dimension, shifts.Delete(start, end), band)
