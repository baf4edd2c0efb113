"""The `values` methods on one spreadsheet: reading a range as a matrix, writing one, clearing, appending."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sync.local_sheets.book import shifts
from sync.local_sheets.book.a1 import format_range, letters
from sync.local_sheets.book.areas import Area
from sync.local_sheets.book.book import NO_CELLS, Cell, ErrorValue, Formula, Row, Sheet, Spreadsheet, number
from sync.local_sheets.book.formats import formatted, is_date
from sync.local_sheets.book.ranges import Located, located
from sync.local_sheets.book.typed import typed
from sync.local_sheets.errors import invalid, outside_grid
from sync.local_sheets.protocol.proto_text import proto_text
from sync.local_sheets.sheets.cell_requests import check_text, entered_formula, with_entered
from sync.local_sheets.sheets.edit import Edit


@dataclass(frozen=True)
class Render:
    """How values are read, in Google's defaults."""

    values: str = "FORMATTED_VALUE"
    dates: str = "SERIAL_NUMBER"
    dimension: str = "ROWS"


def read(book: Spreadsheet, text: str, render: Render) -> dict[str, Any]:
    """A ValueRange: rows and their ends trimmed, gaps inside as "", no `values` where nothing is."""
    sheet, area, _ = located(book, text)
    return read_area(book, sheet, area, render)


def read_area(book: Spreadsheet, sheet: Sheet, area: Area, render: Render) -> dict[str, Any]:
    show = _renderer(book.locale, render)
    rows = [_shown(sheet.row(row), area, show) for row in range(area.top, min(area.row_span[1], len(sheet.rows)))]
    while rows and not rows[-1]:
        rows.pop()
    by_columns = render.dimension == "COLUMNS"
    where = format_range(sheet.title, area)
    answer: dict[str, Any] = {"range": where, "majorDimension": "COLUMNS" if by_columns else "ROWS"}
    if rows:
        answer["values"] = _transposed(rows) if by_columns else rows
    return answer


def _shown(row: Row, area: Area, show: Callable[[Cell], Any]) -> list[Any]:
    first, last = area.column_span
    end = max((c for c, cell in row.items() if first <= c < last and cell.entered is not None), default=first - 1)
    return [show(row[column]) if column in row else "" for column in range(first, end + 1)]


def _transposed(rows: list[list[Any]]) -> list[list[Any]]:
    columns: list[list[Any]] = [[] for _ in range(max(map(len, rows)))]
    for index, row in enumerate(rows):
        for column, value in enumerate(row):
            if value != "" or isinstance(value, bool):
                columns[column].extend([""] * (index - len(columns[column])))
                columns[column].append(value)
    return columns


def _renderer(locale: str, render: Render) -> Callable[[Cell], Any]:
    def as_formatted(cell: Cell) -> Any:
        return formatted(cell.value, cell.format, locale)

    def unformatted(cell: Cell) -> Any:
        value = cell.value
        if isinstance(value, ErrorValue):
            return f"{value.code} ({value.message})" if value.message else value.code
        if render.dates == "FORMATTED_STRING" and is_date(cell.format):
            return formatted(value, cell.format, locale)
        return "" if value is None else value

    def formula(cell: Cell) -> Any:
        return cell.entered.text if isinstance(cell.entered, Formula) else unformatted(cell)

    return {"FORMATTED_VALUE": as_formatted, "FORMULA": formula}.get(render.values, unformatted)


@dataclass
class Written:
    """What one range of a write did, counted as Google counts it: cells that were given, nulls left out."""

    sheet: Sheet
    asked: Area
    area: Area
    rows: set[int]
    columns: set[int]
    cells: int

    def json(self, spreadsheet_id: str) -> dict[str, Any]:
        counts = {
            "updatedRows": len(self.rows),
            "updatedColumns": len(self.columns),
            "updatedCells": self.cells,
        }
        where = format_range(self.sheet.title, self.area)
        return {"spreadsheetId": spreadsheet_id, "updatedRange": where, **{k: v for k, v in counts.items() if v}}

    @property
    def touched(self) -> Area:
        """What an answer with values covers: all that was asked for, and all that was written."""
        bottom = max(self.asked.row_span[1], self.area.row_span[1])
        right = max(self.asked.column_span[1], self.area.column_span[1])
        return Area(self.asked.top, self.asked.left, bottom, right)


def write(edit: Edit, value_range: dict[str, Any], option: str) -> Written:
    """Writes one ValueRange. A null leaves its cell as it is, an empty text empties it."""
    return write_at(edit, located(edit.book, value_range.get("range", "")), value_range, option)


def write_at(edit: Edit, where: Located, value_range: dict[str, Any], option: str) -> Written:
    matrix = value_range.get("values", [])
    _refuse_nested(matrix)
    if value_range.get("majorDimension") == "COLUMNS":
        matrix = _rows_of_columns(matrix)
    area = _extent(where, matrix)
    written = Written(where.sheet, where.area, area if matrix else where.area, set(), set(), 0)
    for row, given in enumerate(matrix, start=area.top):
        cells = {
            column: _entered(edit, where.sheet.cell(row, column), value, option)
            for column, value in enumerate(given, start=area.left)
            if value is not None
        }
        if cells:
            for column in cells if where.sheet.protections else ():
                edit.guard(where.sheet, Area(row, column, row + 1, column + 1))
            where.sheet.put_cells(row, cells)
            written.rows.add(row)
            written.columns.update(cells)
            written.cells += len(cells)
    return written


def _refuse_nested(matrix: list[list[Any]]) -> None:
    """A cell holds one value, no list and no object."""
    for index, given in enumerate(matrix):
        for at, value in enumerate(given):
            if isinstance(value, list | dict):
                raise invalid(f"Invalid values[{index}][{at}]: {proto_text(value)}")


def _rows_of_columns(columns: list[list[Any]]) -> list[list[Any]]:
    height = max(map(len, columns), default=0)
    return [[column[row] if row < len(column) else None for column in columns] for row in range(height)]


def _extent(where: Located, matrix: list[list[Any]]) -> Area:
    """The cells that the matrix covers; a range holds it, a single cell only says where it begins."""
    sheet, asked, single = where
    rows, columns = len(matrix), max(map(len, matrix), default=0)
    area = Area(asked.top, asked.left, asked.top + max(rows, 1), asked.left + max(columns, 1))
    (_, bottom), (_, right) = area.row_span, area.column_span
    if single:
        if bottom > sheet.row_count or right > sheet.column_count:
            raise outside_grid(format_range(sheet.title, area), sheet.row_count, sheet.column_count)
        return area
    tried = f"Requested writing within range [{where.text}], but tried writing to"
    if bottom > asked.row_span[1]:
        raise invalid(f"{tried} row [{asked.row_span[1] + 1}]")
    if right > asked.column_span[1]:
        raise invalid(f"{tried} column [{letters(asked.column_span[1])}]")
    return area


def _entered(edit: Edit, cell: Cell, value: Any, option: str) -> Cell:
    if isinstance(value, bool):
        return with_entered(cell, value)
    if not isinstance(value, str):
        return with_entered(cell, _finite(value))
    check_text(value)
    if option == "RAW":
        return with_entered(cell, value or None)
    understood = typed(value, edit.book.locale)
    entered = understood.entered
    if isinstance(entered, Formula):
        entered = entered_formula(entered.text, cell.entered)
    if understood.number_format and "numberFormat" not in (cell.format or {}):
        cell = cell._replace(format={**(cell.format or {}), "numberFormat": understood.number_format})
    return with_entered(cell, entered)


def _finite(value: int | float) -> int | float:
    try:
        return number(value)
    except ValueError:
        raise invalid(f"Invalid values: {value!r:.40} is no finite number") from None


def clear(edit: Edit, text: str) -> str:
    """Takes the values away and leaves formats and notes; the range that was cleared."""
    where = located(edit.book, text)
    clear_area(edit, where.sheet, where.area)
    return where.text


def clear_area(edit: Edit, sheet: Sheet, area: Area) -> None:
    edit.guard(sheet, area)
    first, last = area.column_span
    for index in range(area.top, min(area.row_span[1], len(sheet.rows))):
        inside = {c: cell for c, cell in sheet.row(index).items() if first <= c < last}
        if inside:
            sheet.put_cells(index, {c: with_entered(cell, None) for c, cell in inside.items()})


def append(edit: Edit, value_range: dict[str, Any], option: str, insert: bool) -> tuple[str | None, Written]:
    """Writes below the last table that the range touches; its range, where there is one, and what was written."""
    where = located(edit.book, value_range.get("range", ""))
    sheet = where.sheet
    table = _table(sheet, where.area)
    matrix = value_range.get("values", [])
    if value_range.get("majorDimension") == "COLUMNS":
        matrix = _rows_of_columns(matrix)
    top = where.area.top if table is None else table.row_span[1]
    left = where.area.left if table is None else table.left
    if insert and table is not None and matrix and top < sheet.row_count:
        shifts.apply(edit.book, sheet, "ROWS", shifts.Insert(top, len(matrix)))
    sheet.row_count = max(sheet.row_count, top + max(len(matrix), 1))
    sheet.column_count = max(sheet.column_count, left + max(map(len, matrix), default=1))
    edit.book.check_size()
    start = format_range(sheet.title, Area(top, left, top + 1, left + 1))
    written = write(edit, {"range": start, "values": matrix}, option)
    return None if table is None else format_range(sheet.title, table), written


def _table(sheet: Sheet, area: Area) -> Area | None:
    """The block of cells, with no empty row or column beside it, around the last cell of the area that holds one."""
    for row in range(min(area.row_span[1], len(sheet.rows)) - 1, area.top - 1, -1):
        filled = [c for c in _filled(sheet, row) if area.left <= c < area.column_span[1]]
        if filled:
            return _grown(sheet, Area(row, max(filled), row + 1, max(filled) + 1))
    return None


def _grown(sheet: Sheet, block: Area) -> Area:
    """Rows first and to the end, then columns, until nothing beside the block is filled."""
    (top, bottom), (left, right) = block.row_span, block.column_span
    while True:
        before = (top, bottom, left, right)
        while top > 0 and (beside := [c for c in _filled(sheet, top - 1) if left - 1 <= c <= right]):
            top, left, right = top - 1, min(left, *beside), max(right, max(beside) + 1)
        while beside := [c for c in _filled(sheet, bottom) if left - 1 <= c <= right]:
            bottom, left, right = bottom + 1, min(left, *beside), max(right, max(beside) + 1)
        found = [c for row in range(top, bottom) for c in _filled(sheet, row) if left - 1 <= c <= right]
        left, right = min(found), max(found) + 1
        if (top, bottom, left, right) == before:
            return Area(top, left, bottom, right)


def _filled(sheet: Sheet, row: int) -> list[int]:
    cells = sheet.rows[row] if row < len(sheet.rows) else NO_CELLS
    return [column for column, cell in cells.items() if cell.entered is not None]
