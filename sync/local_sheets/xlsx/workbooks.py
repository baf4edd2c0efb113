"""An .xlsx workbook as a spreadsheet: values, formulas with their last value, looks, sizes, notes, what is hidden,
names, and which cells a protected tab leaves open.

Reading only. Charts, pictures, conditional formats, validation, and rich text within a cell are left behind.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.formula import ArrayFormula

from sync.local_sheets.book.a1 import column_index, parse_area, unquoted
from sync.local_sheets.book.areas import Area
from sync.local_sheets.book.book import (
    EMPTY,
    ERROR_TYPES,
    MAX_CELLS,
    OWNER,
    Cell,
    ErrorValue,
    Format,
    Formula,
    NamedRange,
    Protection,
    Sheet,
    Spreadsheet,
    Value,
    number,
)
from sync.local_sheets.book.formats import EPOCH, parse_locale
from sync.local_sheets.book.formulas import recalculate
from sync.local_sheets.sheets.grid_data import COLUMN_PIXELS, ROW_PIXELS
from sync.local_sheets.xlsx.files import UnreadableWorkbook, check_file
from sync.local_sheets.xlsx.styles import Styles, tab_color

_LEAST_ROWS, _LEAST_COLUMNS = 1000, 26
# What Excel puts before functions that came after 2007; Sheets has them under their plain names.
_NEWER_FUNCTION = re.compile(r"\b_xl(?:fn|ws)\.")
_CARRIAGE_RETURN = re.compile("_x000D_\n?|\r\n?")


def read_workbook(path: Path, spreadsheet_id: str, title: str, locale: str) -> Spreadsheet:
    """Raises UnreadableWorkbook with words for a person, and ValueError for an unknown locale."""
    parse_locale(locale)
    check_file(path)
    try:
        with warnings.catch_warnings():
            # It warns of what it leaves out, and the docstring above says so too.
            warnings.simplefilter("ignore", UserWarning)
            book = _book(path, spreadsheet_id, title, locale)
    except UnreadableWorkbook:
        raise
    except Exception as error:  # openpyxl has an exception of another kind for each way to be damaged
        raise UnreadableWorkbook(path, "damaged") from error
    recalculate(book)
    return book


def _book(path: Path, spreadsheet_id: str, title: str, locale: str) -> Spreadsheet:
    workbook = _opened(path)
    if not workbook.worksheets:
        raise UnreadableWorkbook(path, "no_tabs")
    if sum(rows * columns for rows, columns in map(_grid_size, workbook.worksheets)) > MAX_CELLS:
        raise UnreadableWorkbook(path, "too_large")
    last_values = _LastValues(path)
    styles = Styles(workbook)
    book = Spreadsheet(spreadsheet_id, title, locale)
    for tab in workbook.worksheets:
        sheet = Sheet(book.new_id() if book.sheets else 0, tab.title, hidden=tab.sheet_state != "visible")
        book.sheets.append(sheet)
        _Tab(book, sheet, tab, styles, last_values).read()
    if all(sheet.hidden for sheet in book.sheets):
        book.sheets[0].hidden = False
    book.named_ranges = list(_named_ranges(book, workbook))
    return book


def _opened(path: Path, *, last_values: bool = False) -> Any:
    """From an open file: of a path that it cannot read, openpyxl leaves the file open."""
    with path.open("rb") as file:
        return openpyxl.load_workbook(file, data_only=last_values)


def _grid_size(tab: Any) -> tuple[int, int]:
    return max(_LEAST_ROWS, tab.max_row), max(_LEAST_COLUMNS, tab.max_column)


class _LastValues:
    """What formulas showed when the file was saved. A second reading of the file, for files that have formulas."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tabs: dict[str, Any] | None = None

    def of(self, cell: Any) -> Value:
        if self._tabs is None:
            workbook = _opened(self._path, last_values=True)
            self._tabs = {tab.title: tab for tab in workbook.worksheets}
        shown = self._tabs[cell.parent.title].cell(cell.row, cell.column)
        return _value(shown.value, shown.data_type)


class _Tab:
    def __init__(self, book: Spreadsheet, sheet: Sheet, tab: Any, styles: Styles, last_values: _LastValues) -> None:
        self.book, self.sheet, self.tab, self.styles, self.last_values = book, sheet, tab, styles, last_values
        # By column, the rows whose cells say themselves whether they are locked.
        self.locked: dict[int, dict[int, bool]] = {}

    def read(self) -> None:
        sheet, tab = self.sheet, self.tab
        sheet.row_count, sheet.column_count = _grid_size(tab)
        self._read_cells()
        sheet.merges = [Area(m.min_row - 1, m.min_col - 1, m.max_row, m.max_col) for m in tab.merged_cells.ranges]
        sheet.merges.sort(key=lambda area: (area.top, area.left))
        for area in sheet.merges if self.locked else ():
            self._lock_as_one(area)
        self._measure()
        if tab.freeze_panes:
            frozen_column, frozen_row = coordinate_from_string(tab.freeze_panes)
            sheet.frozen_rows = min(frozen_row, sheet.row_count) - 1
            sheet.frozen_columns = min(column_index(frozen_column), sheet.column_count - 1)
        sheet.filtered = parse_area(tab.auto_filter.ref.replace("$", "")) if tab.auto_filter.ref else None
        sheet.looks = self._looks()
        if tab.protection.sheet:
            known = Protection(self.book.new_id(), Area(), (OWNER,), unprotected=tuple(self._open_areas()))
            sheet.protections.append(known)

    def _read_cells(self) -> None:
        """Only the cells that the file has: asking openpyxl for whole rows would make those between."""
        empty = {column: Cell(None, form) for column, form in self._column_formats()}
        places = sorted(self.tab._cells)
        for row, group in groupby(places, key=lambda place: place[0]):
            cells = {column - 1: self._cell(self.tab._cells[row, column]) for _, column in group}
            kept = {column: cell for column, cell in {**empty, **cells}.items() if cell != EMPTY}
            if kept:
                self.sheet.put_cells(row - 1, kept)

    def _column_formats(self) -> Iterator[tuple[int, Format]]:
        """How cells look that a row does not have, as long as a column's own look says it."""
        for dimension in self.tab.column_dimensions.values():
            form = self.styles.of(dimension).format
            if form:
                for column in range((dimension.min or 1) - 1, min(dimension.max or 1, self.tab.max_column)):
                    yield column, form

    def _cell(self, cell: Any) -> Cell:
        if isinstance(cell, MergedCell):
            return EMPTY
        style = self.styles.of(cell) if cell.has_style else None
        if self.tab.protection.sheet:
            self.locked.setdefault(cell.column - 1, {})[cell.row - 1] = style is None or style.locked
        note = _text(cell.comment.text) if cell.comment else None
        return Cell(self._entered(cell), style.format if style else None, note)

    def _lock_as_one(self, area: Area) -> None:
        """A merged area is locked or open as its first cell is."""
        locked = self.locked.get(area.left, {}).get(area.top, True)
        for column in range(*area.column_span):
            self.locked.setdefault(column, {}).update(dict.fromkeys(range(*area.row_span), locked))

    def _entered(self, cell: Any) -> Value | Formula:
        if cell.data_type != "f":
            return _value(cell.value, cell.data_type)
        text = cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
        last = self.last_values.of(cell)
        if not isinstance(text, str) or text[1:] in ERROR_TYPES:
            return last
        return Formula(_NEWER_FUNCTION.sub("", text), last)

    def _measure(self) -> None:
        """Widths come in digits of the standard font, heights in points; pages want pixels."""
        sheet, tab = self.sheet, self.tab
        for dimension in tab.column_dimensions.values():
            pixels = round(dimension.width * 7) if dimension.customWidth else COLUMN_PIXELS
            properties = _dimension(pixels, COLUMN_PIXELS, dimension.hidden)
            first, last = dimension.min or 1, min(dimension.max or 1, sheet.column_count)
            for column in range(first - 1, last) if properties else ():
                sheet.column_metadata[column] = properties
        for index, dimension in tab.row_dimensions.items():
            pixels = round(dimension.height * 4 / 3) if dimension.height else ROW_PIXELS
            properties = _dimension(pixels, ROW_PIXELS, dimension.hidden)
            if properties and index <= sheet.row_count:
                sheet.row_metadata[index - 1] = properties

    def _looks(self) -> dict[str, Any]:
        looks: dict[str, Any] = tab_color(self.styles.colors, self.tab.sheet_properties.tabColor)
        if self.tab.sheet_view.rightToLeft:
            looks["rightToLeft"] = True
        if self.tab.sheet_view.showGridLines is False:
            looks["gridProperties"] = {"hideGridlines": True}
        return looks

    def _open_areas(self) -> Iterator[Area]:
        """What a protected tab leaves open: its unlocked cells, and its columns that are unlocked as a whole."""
        runs = {column: _open_rows(cells, False) for column, cells in self.locked.items()}
        for dimension in self.tab.column_dimensions.values():
            if not self.styles.of(dimension).locked:
                for column in range((dimension.min or 1) - 1, min(dimension.max or 1, self.sheet.column_count)):
                    runs[column] = _open_rows(self.locked.get(column, {}), True)
        for open_rows, group in groupby(range(self.sheet.column_count), key=lambda column: runs.get(column, ())):
            columns = list(group)
            for top, bottom in open_rows:
                yield Area(top, columns[0], bottom, columns[-1] + 1)


def _open_rows(locked: dict[int, bool], otherwise: bool) -> tuple[tuple[int, int | None], ...]:
    """Runs of rows that are open, where rows that say nothing of themselves are open or not as `otherwise` has it."""
    found: list[tuple[int, int | None]] = []
    start = 0 if otherwise else None
    for row in sorted({*locked, *(row + 1 for row in locked)}):
        is_open = not locked[row] if row in locked else otherwise
        if is_open and start is None:
            start = row
        elif not is_open and start is not None:
            if start < row:
                found.append((start, row))
            start = None
    if start is not None:
        found.append((start, None))
    return tuple(found)


def _dimension(pixels: int, standard: int, hidden: bool) -> dict[str, Any]:
    return {**({"pixelSize": pixels} if pixels != standard else {}), **({"hiddenByUser": True} if hidden else {})}


def _named_ranges(book: Spreadsheet, workbook: Any) -> Iterator[NamedRange]:
    """Names of one range of one tab; those of formulas, constants and Excel's own have no place in Sheets."""
    for name, defined in workbook.defined_names.items():
        title, mark, cells = (defined.attr_text or "").replace("$", "").rpartition("!")
        sheet, area = book.sheet_by_title(unquoted(title)), parse_area(cells)
        if mark and sheet and area is not None and not defined.hidden:
            yield NamedRange(str(book.new_id()), name, sheet.sheet_id, area)


def _text(text: str) -> str:
    """A line ends in a line feed alone, whatever the file has: Excel writes a carriage return as `_x000D_`."""
    return _CARRIAGE_RETURN.sub("\n", text)


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
    return _text(str(value)) or None


def _serial(since: timedelta) -> int | float:
    """Days; to a tenth of a millisecond, below which a workbook's own double is noise."""
    return number(round(since / timedelta(days=1), 9))
