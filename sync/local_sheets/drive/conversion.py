"""A spreadsheet's content from and to the files that people exchange: CSV, TSV and Excel's."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from sync.local_sheets.book.book import Cell, Sheet, Spreadsheet
from sync.local_sheets.book.typed import typed
from sync.local_sheets.calls.call import File
from sync.local_sheets.errors import ApiError, DriveError
from sync.local_sheets.sheets.values import Render, read_area
from sync.local_sheets.xlsx.export import workbook_bytes
from sync.local_sheets.xlsx.files import UnreadableWorkbook
from sync.local_sheets.xlsx.workbooks import read_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DELIMITERS = {"text/csv": ",", "text/tab-separated-values": "\t"}
# What Google can export and this server can not.
_NOT_HERE = (
    *("application/pdf", "application/zip", "application/vnd.oasis.opendocument.spreadsheet"),
    *("application/x-vnd.oasis.opendocument.spreadsheet", "text/html"),
)


def exported(book: Spreadsheet, media_type: str, sheet: Sheet | None = None) -> File:
    """CSV and TSV hold one sheet as it is shown, the first if none is named; no line end ends them."""
    if media_type in _DELIMITERS:
        return File(_delimited(book, sheet or book.sheets[0], _DELIMITERS[media_type]).encode(), media_type)
    if media_type == XLSX:
        return File(workbook_bytes(book), XLSX)
    if media_type in _NOT_HERE:
        text = f"The local Sheets server does not export {media_type}. It exports {XLSX}, {', '.join(_DELIMITERS)}."
        raise DriveError(400, "badRequest", text, "convertTo")
    raise DriveError(400, "badRequest", "The requested conversion is not supported.", "convertTo")


def _delimited(book: Spreadsheet, sheet: Sheet, delimiter: str) -> str:
    rows = read_area(book, sheet, sheet.whole, Render()).get("values", [])
    width = max(map(len, rows), default=0)
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([row + [""] * (width - len(row)) for row in rows])
    return text.getvalue().removesuffix("\r\n")


def sheets_of(media: File, book: Spreadsheet) -> list[Sheet]:
    """The sheets of an uploaded file, read in the spreadsheet's locale."""
    media_type = media.media_type.partition(";")[0].strip().lower()
    if media_type in _DELIMITERS:
        return [_sheet_of_text(media.content, _DELIMITERS[media_type], book)]
    if media_type == XLSX:
        return _sheets_of_workbook(media.content, book)
    raise DriveError(400, "badRequest", f"The local Sheets server takes {XLSX}, {', '.join(_DELIMITERS)} as content.")


def _sheet_of_text(content: bytes, delimiter: str, book: Spreadsheet) -> Sheet:
    sheet = Sheet(0, "Sheet1")
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))
    except (UnicodeDecodeError, csv.Error) as error:
        raise DriveError(400, "badContent", f"The file cannot be read: {error}") from None
    for index, row in enumerate(rows):
        sheet.put_cells(index, {column: _cell(text, book.locale) for column, text in enumerate(row) if text})
    sheet.row_count = max(sheet.row_count, len(rows))
    sheet.column_count = max(sheet.column_count, max(map(len, rows), default=1))
    _check_size(book, [sheet])
    return sheet


def _cell(text: str, locale: str) -> Cell:
    understood = typed(text, locale)
    form = {"numberFormat": understood.number_format} if understood.number_format else None
    return Cell(understood.entered, form)


def _sheets_of_workbook(content: bytes, book: Spreadsheet) -> list[Sheet]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload.xlsx"
        path.write_bytes(content)
        try:
            sheets = read_workbook(path, book.spreadsheet_id, book.title, book.locale).sheets
        except UnreadableWorkbook as error:
            raise DriveError(400, "badContent", error.english) from None
    _check_size(book, sheets)
    return sheets


def _check_size(book: Spreadsheet, sheets: list[Sheet]) -> None:
    changed = book.copy()
    changed.sheets = sheets
    try:
        changed.check_size()
    except ApiError as error:
        raise DriveError(400, "badRequest", error.message) from None
