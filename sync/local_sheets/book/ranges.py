"""From the text of a range to a sheet and the cells of it that exist."""

from __future__ import annotations

from typing import NamedTuple

from sync.local_sheets.book.a1 import format_range, readings, refused_range
from sync.local_sheets.book.areas import Area
from sync.local_sheets.book.book import Sheet, Spreadsheet
from sync.local_sheets.errors import outside_grid, unparsable_range


class Located(NamedTuple):
    """`area` is what the grid holds of what was asked; `single` when one cell was named, not a range."""

    sheet: Sheet
    area: Area
    single: bool

    @property
    def text(self) -> str:
        return format_range(self.sheet.title, self.area)


def located(book: Spreadsheet, text: str) -> Located:
    """An end past the grid is cut off there; a start past it is refused. Cells win over names, names over titles."""
    for reading in readings(text):
        sheet = book.sheets[0] if reading.title is None else book.sheet_by_title(reading.title)
        found = None if reading.name is None else _named(book, reading.name, sheet if reading.title else None)
        if found is not None:
            return found
        if sheet is not None and reading.area is not None:
            asked = reading.area
            if asked.top >= sheet.row_count or asked.left >= sheet.column_count:
                raise outside_grid(refused_range(sheet.title, asked), sheet.row_count, sheet.column_count)
            single = asked.bottom == asked.top + 1 and asked.right == asked.left + 1 and ":" not in text
            return Located(sheet, asked.within(sheet.row_count, sheet.column_count), single)
    raise unparsable_range(text)


def _named(book: Spreadsheet, name: str, home: Sheet | None) -> Located | None:
    """The cells of a named range; with `home`, only of one that is on that sheet."""
    for known in book.named_ranges:
        if known.name.casefold() == name.casefold():
            sheet = book.sheet_by_id(known.sheet_id)
            if sheet is not None and home in (None, sheet):
                return Located(sheet, known.area.within(sheet.row_count, sheet.column_count), False)
    return None
