"""An .xlsx workbook as a spreadsheet. Reading only; charts, conditional formats and validation are left behind."""

from __future__ import annotations

import warnings
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.formula import ArrayFormula

from sync.local_sheets.a1 import column_index
from sync.local_sheets.areas import Area
from sync.local_sheets.book import (
    EMPTY,
    ERROR_TYPES,
    Cell,
    ErrorValue,
    Format,
    Formula,
    Sheet,
    Spreadsheet,
    Value,
    number,
)
from sync.local_sheets.formats import EPOCH, parse_locale
from sync.local_sheets.formulas import recalculate

_LEAST_ROWS, _LEAST_COLUMNS = 1000, 26
_CURRENCY_SIGNS = ("$", "€", "£", "¥", "₫", "₩", "₹")
# Excel's two built-in dates follow the system's locale; so does a date without a pattern.
_LOCALE_DATES = (BUILTIN_FORMATS[14], BUILTIN_FORMATS[22])


class UnreadableWorkbook(ValueError):
    """A file that is not an .xlsx workbook."""


def read_workbook(path: Path, spreadsheet_id: str, title: str, locale: str) -> Spreadsheet:
    parse_locale(locale)
    with_formulas, with_values = _opened(path, data_only=False), _opened(path, data_only=True)
    book = Spreadsheet(spreadsheet_id, title, locale)
    for tab, shown in zip(with_formulas.worksheets, with_values.worksheets, strict=True):
        sheet_id = book.new_id() if book.sheets else 0
        book.sheets.append(_sheet(tab, shown, sheet_id, _Formats()))
    if all(sheet.hidden for sheet in book.sheets):
        book.sheets[0].hidden = False
    recalculate(book)
    return book


def _opened(path: Path, *, data_only: bool) -> Any:
    try:
        with warnings.catch_warnings():
            # It warns of what it leaves out, and the docstring above says so too.
            warnings.simplefilter("ignore", UserWarning)
            return openpyxl.load_workbook(path, data_only=data_only)
    except (InvalidFileException, BadZipFile, KeyError, ValueError) as error:
        raise UnreadableWorkbook(f"{path.name} is not an .xlsx workbook") from error


class _Formats:
    """One object for equal formats: a column of 100,000 cells has one."""

    def __init__(self) -> None:
        self._known: dict[str, Format | None] = {}

    def of(self, code: str) -> Format | None:
        if code not in self._known:
            self._known[code] = number_format(code)
        return self._known[code]


def number_format(code: str) -> Format | None:
    """Excel's format code as a Sheets format; None for General."""
    if code in ("", "General"):
        return None
    if code in _LOCALE_DATES:
        return {"numberFormat": {"type": "DATE_TIME" if "h" in code else "DATE"}}
    return {"numberFormat": {"type": _format_type(code), "pattern": code}}


def _format_type(code: str) -> str:
    if code == "@":
        return "TEXT"
    if is_date_format(code):
        clock, day = any(letter in code.lower() for letter in "hs"), any(letter in code.lower() for letter in "yd")
        return "DATE_TIME" if clock and day else "TIME" if clock else "DATE"
    if "%" in code:
        return "PERCENT"
    if any(sign in code for sign in _CURRENCY_SIGNS):
        return "CURRENCY"
    return "SCIENTIFIC" if "E+" in code else "NUMBER"


def _sheet(tab: Any, shown: Any, sheet_id: int, formats: _Formats) -> Sheet:
    sheet = Sheet(sheet_id, tab.title, hidden=tab.sheet_state != "visible")
    for row in tab.iter_rows():
        cells = {cell.column - 1: _cell(cell, shown, formats) for cell in row if not isinstance(cell, MergedCell)}
        kept = {column: cell for column, cell in cells.items() if cell != EMPTY}
        if kept:
            sheet.put_cells(row[0].row - 1, kept)
    sheet.merges = [
        Area(merge.min_row - 1, merge.min_col - 1, merge.max_row, merge.max_col) for merge in tab.merged_cells.ranges
    ]
    sheet.row_count = max(_LEAST_ROWS, tab.max_row)
    sheet.column_count = max(_LEAST_COLUMNS, tab.max_column)
    _measure(sheet, tab)
    if tab.freeze_panes:
        frozen_column, frozen_row = coordinate_from_string(tab.freeze_panes)
        sheet.frozen_rows, sheet.frozen_columns = frozen_row - 1, column_index(frozen_column)
    return sheet


def _measure(sheet: Sheet, tab: Any) -> None:
    """Widths come in characters and heights in points; pages want pixels."""
    for dimension in tab.column_dimensions.values():
        size = {"pixelSize": round(dimension.width * 7 + 5)} if dimension.customWidth else {}
        properties = {**size, **({"hiddenByUser": True} if dimension.hidden else {})}
        first, last = dimension.min or 1, min(dimension.max or 1, sheet.column_count)
        for column in range(first - 1, last) if properties else ():
            sheet.column_metadata[column] = properties
    for index, dimension in tab.row_dimensions.items():
        size = {"pixelSize": round(dimension.height * 4 / 3)} if dimension.height else {}
        properties = {**size, **({"hiddenByUser": True} if dimension.hidden else {})}
        if properties and index <= sheet.row_count:
            sheet.row_metadata[index - 1] = properties


def _cell(cell: Any, shown: Any, formats: _Formats) -> Cell:
    note = cell.comment.text if cell.comment else None
    return Cell(_entered(cell, shown), formats.of(cell.number_format), note)


def _entered(cell: Any, shown: Any) -> Value | Formula:
    if cell.data_type != "f":
        return _value(cell.value, cell.data_type)
    text = cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
    last = shown.cell(cell.row, cell.column)
    if not isinstance(text, str):
        return _value(last.value, last.data_type)
    return Formula(text, _value(last.value, last.data_type))


def _value(value: Any, data_type: str) -> Value:
    if value is None or isinstance(value, bool):
        return value
    if data_type == "e":
        return ErrorValue(ERROR_TYPES.get(value, "ERROR"))
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, datetime):
        return _serial(value.replace(tzinfo=UTC) - EPOCH)
    if isinstance(value, date):
        return _serial(datetime(value.year, value.month, value.day, tzinfo=UTC) - EPOCH)
    if isinstance(value, time):
        return _serial(timedelta(hours=value.hour, minutes=value.minute, seconds=value.second))
    if isinstance(value, timedelta):
        return _serial(value)
    return str(value) or None


def _serial(since: timedelta) -> int | float:
    """Days; to a tenth of a millisecond, below which a workbook's own double is noise."""
    return number(round(since / timedelta(days=1), 9))
