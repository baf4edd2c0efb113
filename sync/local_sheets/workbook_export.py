"""A spreadsheet as an .xlsx workbook: values, formulas, number formats, notes, merges, sizes, what is hidden."""

from __future__ import annotations

import io
import re
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from sync.local_sheets.a1 import cell_name
from sync.local_sheets.book import Cell, ErrorValue, Formula, Sheet, Spreadsheet
from sync.local_sheets.formats import with_pattern

_FORBIDDEN_IN_TITLES = re.compile(r"[\\*?:/\[\]]")
_LONGEST_TITLE = 31


def workbook_bytes(book: Spreadsheet) -> bytes:
    workbook = Workbook()
    del workbook[workbook.sheetnames[0]]
    for sheet in book.sheets:
        _fill(workbook.create_sheet(_title(sheet.title, workbook.sheetnames)), sheet, book.locale)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _title(title: str, taken: list[str]) -> str:
    """Excel's titles are shorter and allow less."""
    plain = _FORBIDDEN_IN_TITLES.sub("-", title).strip("'") or "Sheet"
    found, number = plain[:_LONGEST_TITLE], 1
    while found.casefold() in (each.casefold() for each in taken):
        number += 1
        mark = f" ({number})"
        found = plain[: _LONGEST_TITLE - len(mark)] + mark
    return found


def _fill(tab: Any, sheet: Sheet, locale: str) -> None:
    for row, cells in enumerate(sheet.rows):
        for column, cell in cells.items():
            _put(tab.cell(row + 1, column + 1), cell, locale)
    for area in sheet.merges:
        tab.merge_cells(None, area.top + 1, area.left + 1, area.bottom, area.right)
    for column, looks in sheet.column_metadata.items():
        dimension = tab.column_dimensions[get_column_letter(column + 1)]
        dimension.hidden = looks.get("hiddenByUser", False)
        if "pixelSize" in looks:
            dimension.width = (looks["pixelSize"] - 5) / 7
    for row, looks in sheet.row_metadata.items():
        tab.row_dimensions[row + 1].hidden = looks.get("hiddenByUser", False)
        if "pixelSize" in looks:
            tab.row_dimensions[row + 1].height = looks["pixelSize"] * 3 / 4
    if sheet.frozen_rows or sheet.frozen_columns:
        tab.freeze_panes = cell_name(sheet.frozen_rows, sheet.frozen_columns)
    tab.sheet_state = "hidden" if sheet.hidden else "visible"


def _put(target: Any, cell: Cell, locale: str) -> None:
    entered = cell.entered
    if isinstance(entered, Formula):
        target.value = ILLEGAL_CHARACTERS_RE.sub("", entered.text)
    elif isinstance(entered, ErrorValue):
        target.value, target.data_type = entered.code, "e"
    elif isinstance(entered, str):
        # A text that looks like a formula is none.
        target.value = ILLEGAL_CHARACTERS_RE.sub("", entered)
        target.data_type = "s"
    elif entered is not None:
        target.value = entered
    pattern = with_pattern(cell.format or {}, locale).get("numberFormat", {}).get("pattern")
    if pattern:
        target.number_format = pattern
    if cell.note:
        target.comment = Comment(ILLEGAL_CHARACTERS_RE.sub("", cell.note), "okr-sheets")
