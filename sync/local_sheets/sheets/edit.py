"""One change under way: whose it is, to which copy of a spreadsheet, and what each kind of request needs of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sync.local_sheets.book import areas
from sync.local_sheets.book.a1 import grid_range_name
from sync.local_sheets.book.areas import Area
from sync.local_sheets.book.book import Protection, Sheet, Spreadsheet
from sync.local_sheets.errors import PROTECTED, ApiError, invalid, outside_grid
from sync.local_sheets.protocol.fields import Mask, parse
from sync.local_sheets.sheets.protection import can_edit, keeps_out


@dataclass
class Edit:
    book: Spreadsheet
    caller: str

    def sheet(self, sheet_id: int, noun: str = "grid") -> Sheet:
        sheet = self.book.sheet_by_id(sheet_id)
        if sheet is None:
            raise invalid(f"No {noun} with id: {sheet_id}")
        return sheet

    def grid(self, grid_range: dict[str, Any]) -> tuple[Sheet, Area]:
        """The sheet and the area, with known ends, that a GridRange names."""
        sheet = self.sheet(grid_range.get("sheetId", 0))
        check_order(grid_range, "startRowIndex", "endRowIndex")
        check_order(grid_range, "startColumnIndex", "endColumnIndex")
        area = areas.from_grid_range(grid_range)
        if area.top >= sheet.row_count or area.left >= sheet.column_count:
            raise outside_grid(grid_range_name(sheet.title, grid_range), sheet.row_count, sheet.column_count)
        return sheet, area.within(sheet.row_count, sheet.column_count)

    def guard(self, sheet: Sheet, area: Area) -> None:
        """Refuses when a protection keeps the caller out of any cell of the area."""
        if keeps_out(sheet, area, self.caller):
            raise invalid(PROTECTED)

    def may_edit(self, known: Protection) -> bool:
        return can_edit(known, self.caller)


def check_order(given: dict[str, Any], start: str, end: str) -> None:
    first, last = given.get(start, 0), given.get(end)
    if first < 0 or (last is not None and last <= first):
        raise invalid(f"range.{start}[{first}] must be before range.{end}[{last}] and not negative")


def request_mask(text: str | None, message: str) -> Mask:
    """The `fields` of a request; unlike an answer's, they must be given."""
    if not text:
        raise invalid("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    try:
        return parse(text, message)
    except ApiError:
        raise invalid(f"Invalid field: {text}") from None


def merged(old: dict[str, Any], new: dict[str, Any], mask: Mask) -> dict[str, Any]:
    """`old` with what the mask names taken from `new`, where absent there taken away."""
    if not mask:
        return new
    result = dict(old)
    for name, inner in mask.items():
        value = new.get(name)
        if inner and isinstance(old.get(name, value), dict):
            value = merged(old.get(name) or {}, value or {}, inner)
        if value in (None, {}):
            result.pop(name, None)
        else:
            result[name] = value
    return result
