"""A spreadsheet as an .xlsx workbook: what `workbooks` reads, written, so that one gives back the other.

Formulas carry the value that they show, for readers that compute nothing. Excel holds less: a text has at most 32,767
characters there and a title 31, a protected range of a part of a tab has no like, nor have developer metadata,
groups, validation and rich text.
"""

from __future__ import annotations

import io
import re
import warnings
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from sync.local_sheets.book.a1 import letters
from sync.local_sheets.book.areas import Area
from sync.local_sheets.book.book import Cell, ErrorValue, Format, Formula, Protection, Sheet, Spreadsheet
from sync.local_sheets.sheets.grid_data import COLUMN_PIXELS, ROW_PIXELS
from sync.local_sheets.xlsx.styles import rgb_code, xlsx_properties

_FORBIDDEN_IN_TITLES = re.compile(r"[\\*?:/\[\]]")
_LONGEST_TITLE, _LONGEST_TEXT, _LONGEST_FORMULA, _LONGEST_NOTE = 31, 32_767, 8_192, 32_767
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_OPTIONS = {
    "in_memory": True,
    "strings_to_urls": False,
    "use_future_functions": True,
    "default_row_height": ROW_PIXELS,
    "default_format_properties": {"font_name": "Arial", "font_size": 10},
}


class _Double(float):
    """XlsxWriter formats numbers to 16 digits; a double needs up to 17 to come back as itself."""

    def __format__(self, _: str) -> str:
        return repr(float(self))


def workbook_bytes(book: Spreadsheet) -> bytes:
    stream = io.BytesIO()
    with warnings.catch_warnings(), Workbook(stream, _OPTIONS) as workbook:
        # It warns of what Excel has no place for, such as a range named R, and leaves that out.
        warnings.simplefilter("ignore", UserWarning)
        formats = _Formats(workbook, book.locale)
        titles: dict[int, str] = {}
        for sheet in book.sheets:
            titles[sheet.sheet_id] = _title(sheet.title, list(titles.values()))
            _Tab(workbook.add_worksheet(titles[sheet.sheet_id]), sheet, formats).write()
        shown = next((at for at, sheet in enumerate(book.sheets) if not sheet.hidden), 0)
        workbook.worksheets()[shown].activate()
        for known in book.named_ranges:
            sheet = next(each for each in book.sheets if each.sheet_id == known.sheet_id)
            title = titles[known.sheet_id].replace("'", "''")
            workbook.define_name(known.name, f"='{title}'!{_absolute(known.area, sheet)}")
    return stream.getvalue()


def _title(title: str, taken: list[str]) -> str:
    """Excel's titles are shorter and allow less."""
    plain = _FORBIDDEN_IN_TITLES.sub("-", ILLEGAL_CHARACTERS_RE.sub("", title)).strip("'") or "Sheet"
    found, number = plain[:_LONGEST_TITLE].rstrip("'"), 1
    while found.casefold() in (each.casefold() for each in taken) or found.casefold() == "history":
        number += 1
        mark = f" ({number})"
        found = plain[: _LONGEST_TITLE - len(mark)] + mark
    return found


def _absolute(area: Area, sheet: Sheet) -> str:
    if area.right is None and area.bottom is not None:
        return f"${area.top + 1}:${area.bottom}"
    if area.bottom is None and area.top == 0 and area.right is not None:
        return f"${letters(area.left)}:${letters(area.right - 1)}"
    whole = area.within(sheet.row_count, sheet.column_count)
    return f"${letters(whole.left)}${whole.top + 1}:${letters(whole.column_span[1] - 1)}${whole.row_span[1]}"


class _Formats:
    """XlsxWriter's formats, one for equal ones."""

    def __init__(self, workbook: Any, locale: str) -> None:
        self._workbook, self._locale = workbook, locale
        self._known: dict[tuple[Any, ...], Any] = {}
        self._by_identity: dict[tuple[int, bool], tuple[Format, Any]] = {}

    def of(self, form: Format | None, locked: bool = True) -> Any:
        """None for what has no look of its own."""
        if form is None and locked:
            return None
        # Cells share their formats as objects, so most are known without looking inside.
        key = (id(form), locked)
        if key not in self._by_identity:
            self._by_identity[key] = (form or {}, self._made(form or {}, locked))
        return self._by_identity[key][1]

    def _made(self, form: Format, locked: bool) -> Any:
        properties = {**xlsx_properties(form, self._locale), **({} if locked else {"locked": False})}
        key = tuple(sorted(properties.items()))
        if key not in self._known:
            self._known[key] = self._workbook.add_format(properties)
        return self._known[key]


class _Tab:
    def __init__(self, tab: Any, sheet: Sheet, formats: _Formats) -> None:
        self.tab, self.sheet, self.formats = tab, sheet, formats
        # Excel protects a whole tab or nothing.
        known = next((each for each in sheet.protections if _is_whole(each)), None)
        self.protected = known is not None
        self.open = [area.within(sheet.row_count, sheet.column_count) for area in known.unprotected] if known else []
        whole = (area for area in self.open if area.top == 0 and area.bottom == sheet.row_count)
        self.open_columns = {column for area in whole for column in range(*area.column_span)}

    def write(self) -> None:
        self._write_looks()
        self._write_sizes()
        for area in self.sheet.merges:
            (top, bottom), (left, right) = area.row_span, area.column_span
            if bottom <= _MOST_ROWS and right <= _MOST_COLUMNS:
                self.tab.merge_range(top, left, bottom - 1, right - 1, "")
        for area in self.open:
            self._write_open(area)
        for row, cells in enumerate(self.sheet.rows[:_MOST_ROWS]):
            for column, cell in cells.items():
                self._put(row, column, cell)

    def _write_looks(self) -> None:
        tab, sheet = self.tab, self.sheet
        color = rgb_code(sheet.looks, "tabColor")
        if color:
            tab.set_tab_color(color)
        if sheet.looks.get("rightToLeft"):
            tab.right_to_left()
        if sheet.looks.get("gridProperties", {}).get("hideGridlines"):
            tab.hide_gridlines(2)
        if sheet.frozen_rows or sheet.frozen_columns:
            tab.freeze_panes(sheet.frozen_rows, sheet.frozen_columns)
        if sheet.filtered is not None:
            area = sheet.filtered.within(sheet.row_count, sheet.column_count)
            tab.autofilter(area.top, area.left, area.row_span[1] - 1, area.column_span[1] - 1)
        if sheet.hidden:
            tab.hide()
        if self.protected:
            tab.protect()

    def _write_sizes(self) -> None:
        """Each column's width, for Excel's own standard is narrower; rows have Sheets' by the workbook's options."""
        sheet = self.sheet
        for column in range(min(sheet.column_count, _MOST_COLUMNS)):
            looks = sheet.column_metadata.get(column, {})
            options = {"hidden": bool(looks.get("hiddenByUser"))}
            form = self.formats.of(None, locked=column not in self.open_columns)
            self.tab.set_column_pixels(column, column, looks.get("pixelSize", COLUMN_PIXELS), form, options)
        for row, looks in sheet.row_metadata.items():
            self.tab.set_row_pixels(row, looks.get("pixelSize"), None, {"hidden": bool(looks.get("hiddenByUser"))})

    def _write_open(self, area: Area) -> None:
        """Unlocks empty cells; those that hold something, and whole columns, are unlocked as they are written."""
        columns = [column for column in range(*area.column_span) if column not in self.open_columns]
        for row in range(area.top, min(area.row_span[1], _MOST_ROWS)):
            for column in columns:
                self.tab.write_blank(row, column, None, self.formats.of(None, locked=False))

    def _put(self, row: int, column: int, cell: Cell) -> None:
        locked = not any(area.holds(Area(row, column, row + 1, column + 1)) for area in self.open)
        form = self.formats.of(cell.format, locked)
        entered = cell.entered
        if isinstance(entered, Formula) and len(entered.text) <= _LONGEST_FORMULA:
            self.tab.write_formula(row, column, _plain(entered.text), form, _shown(cell))
        elif isinstance(cell.value, ErrorValue):
            self.tab.write_formula(row, column, f"={cell.value.code}", form, cell.value.code)
        elif isinstance(cell.value, bool):
            self.tab.write_boolean(row, column, cell.value, form)
        elif isinstance(cell.value, str):
            self.tab.write_string(row, column, _plain(cell.value)[:_LONGEST_TEXT], form)
        elif cell.value is not None:
            self.tab.write_number(row, column, _Double(cell.value), form)
        elif form is not None:
            self.tab.write_blank(row, column, None, form)
        if cell.note:
            self.tab.write_comment(row, column, _plain(cell.note)[:_LONGEST_NOTE], {"author": ""})


def _is_whole(known: Protection) -> bool:
    return known.area == Area() and not known.warning_only


def _shown(cell: Cell) -> object:
    value = cell.value
    if isinstance(value, ErrorValue):
        return value.code
    return "" if value is None else _plain(value)[:_LONGEST_TEXT] if isinstance(value, str) else value


def _plain(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)
