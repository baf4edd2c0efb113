"""The kinds of request that change sheets as a whole, and the properties of the spreadsheet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sync.local_sheets.book import shifts
from sync.local_sheets.book.areas import Area
from sync.local_sheets.book.book import Sheet
from sync.local_sheets.book.formats import parse_locale
from sync.local_sheets.errors import invalid
from sync.local_sheets.protocol.fields import EVERYTHING, Mask, common, wants
from sync.local_sheets.sheets.edit import Edit, merged, request_mask
from sync.local_sheets.sheets.grid_data import sheet_properties
from sync.local_sheets.sheets.styles import paired

# Properties of a sheet that are only kept and shown.
_LOOKS: Mask = {
    **dict.fromkeys(("tabColor", "tabColorStyle", "rightToLeft"), EVERYTHING),
    "gridProperties": dict.fromkeys(("hideGridlines", "rowGroupControlAfter", "columnGroupControlAfter"), EVERYTHING),
}
_BOOK_LOOKS: Mask = dict.fromkeys(
    ("autoRecalc", "iterativeCalculationSettings", "spreadsheetTheme", "importFunctionsExternalUrlAccessAllowed"),
    EVERYTHING,
)


def update_spreadsheet_properties(edit: Edit, request: dict[str, Any]) -> None:
    mask = request_mask(request.get("fields"), "SpreadsheetProperties")
    given = request.get("properties", {})
    book = edit.book
    if wants(mask, "title") and "title" in given:
        book.title = given["title"]
    if wants(mask, "locale") and "locale" in given:
        book.locale = checked_locale(given["locale"])
    if wants(mask, "timeZone") and "timeZone" in given:
        book.time_zone = given["timeZone"]
    kept = common(_BOOK_LOOKS, mask)
    if kept is not None:
        book.properties = merged(book.properties, given, kept)


def checked_locale(name: str) -> str:
    try:
        parse_locale(name)
    except ValueError:
        raise invalid(f"Unsupported locale: {name}") from None
    return name


def update_sheet_properties(edit: Edit, request: dict[str, Any]) -> None:
    mask = request_mask(request.get("fields"), "SheetProperties")
    given = request.get("properties", {})
    sheet = edit.sheet(given.get("sheetId", 0), "sheet")
    if wants(mask, "title"):
        _rename(edit, sheet, given.get("title", ""))
    if wants(mask, "hidden"):
        sheet.hidden = given.get("hidden", False)
        if all(each.hidden for each in edit.book.sheets):
            raise invalid("You can't hide all the sheets in a document.")
    if wants(mask, "gridProperties"):
        _update_grid(edit, sheet, given.get("gridProperties", {}), mask.get("gridProperties", {}))
    sheet.looks = _looks(sheet.looks, given, mask)
    if wants(mask, "index") and "index" in given:
        _reindex(edit, sheet, given["index"])


def _looks(old: dict[str, Any], given: dict[str, Any], mask: Mask) -> dict[str, Any]:
    wanted = common(_LOOKS, mask)
    if wanted is None:
        return old
    changed = merged(old, given, wanted)
    flags = {name: value for name, value in changed.pop("gridProperties", {}).items() if value}
    grid = {"gridProperties": flags} if flags else {}
    return paired({name: value for name, value in changed.items() if value is not False}, old) | grid


def _rename(edit: Edit, sheet: Sheet, title: str) -> None:
    _check_title(edit, title, sheet)
    shifts.rewrite_references(
        edit.book, sheet, lambda found: replace(found, title=title) if found.title is not None else found
    )
    sheet.title = title


def _check_title(edit: Edit, title: str, but: Sheet | None = None) -> None:
    if not title or len(title) > 100:
        raise invalid("Sheet names must have between 1 and 100 characters.")
    if edit.book.sheet_by_title(title) not in (None, but):
        raise invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _update_grid(edit: Edit, sheet: Sheet, given: dict[str, Any], mask: Mask) -> None:
    rows = given.get("rowCount", sheet.row_count) if wants(mask, "rowCount") else sheet.row_count
    columns = given.get("columnCount", sheet.column_count) if wants(mask, "columnCount") else sheet.column_count
    if rows < 1 or columns < 1:
        raise invalid("A sheet must have at least one row and one column.")
    if rows < sheet.row_count:
        edit.guard(sheet, Area(top=rows))
        shifts.apply(edit.book, sheet, "ROWS", shifts.Delete(rows, sheet.row_count))
    if columns < sheet.column_count:
        edit.guard(sheet, Area(left=columns))
        shifts.apply(edit.book, sheet, "COLUMNS", shifts.Delete(columns, sheet.column_count))
    sheet.row_count, sheet.column_count = rows, columns
    edit.book.check_size()
    if wants(mask, "frozenRowCount"):
        sheet.frozen_rows = _frozen(given.get("frozenRowCount", 0), rows, "rows")
    if wants(mask, "frozenColumnCount"):
        sheet.frozen_columns = _frozen(given.get("frozenColumnCount", 0), columns, "columns")


def _frozen(count: int, limit: int, noun: str) -> int:
    if not 0 <= count < limit:
        raise invalid(f"You can't freeze all visible {noun} on the sheet.")
    return count


def _reindex(edit: Edit, sheet: Sheet, index: int) -> None:
    """The new index is counted before the move."""
    sheets = edit.book.sheets
    if not 0 <= index <= len(sheets):
        raise invalid(f"Index must be between 0 and {len(sheets)}.")
    old = next(at for at, each in enumerate(sheets) if each is sheet)
    del sheets[old]
    sheets.insert(index - (index > old), sheet)


def add_sheet(edit: Edit, request: dict[str, Any]) -> dict[str, Any]:
    given = request.get("properties", {})
    sheet = new_sheet(edit, given)
    index = given.get("index", len(edit.book.sheets))
    _insert(edit, sheet, index)
    return {"addSheet": {"properties": sheet_properties(sheet, index)}}


def new_sheet(edit: Edit, given: dict[str, Any]) -> Sheet:
    title = given.get("title") or _free_title(edit)
    _check_title(edit, title)
    if given.get("sheetType", "GRID") not in ("GRID", "SHEET_TYPE_UNSPECIFIED"):
        raise invalid("The local Sheets server has sheets of type GRID only.")
    sheet_id = _free_sheet_id(edit, given.get("sheetId"))
    grid = given.get("gridProperties", {})
    rows, columns = grid.get("rowCount") or 1000, grid.get("columnCount") or 26
    if rows < 1 or columns < 1:
        raise invalid("A sheet must have at least one row and one column.")
    return Sheet(
        sheet_id,
        title,
        rows,
        columns,
        hidden=given.get("hidden", False),
        frozen_rows=_frozen(grid.get("frozenRowCount", 0), rows, "rows"),
        frozen_columns=_frozen(grid.get("frozenColumnCount", 0), columns, "columns"),
        looks=_looks({}, given, EVERYTHING),
    )


def _free_sheet_id(edit: Edit, wanted: int | None) -> int:
    sheet_id = wanted if wanted is not None else edit.book.new_id() if edit.book.sheets else 0
    if sheet_id < 0 or edit.book.sheet_by_id(sheet_id):
        raise invalid(f"Sheet id {sheet_id} is negative or already in use.")
    return sheet_id


def take_copy(edit: Edit, sheet: Sheet) -> int:
    """Puts a sheet of another spreadsheet at the end; its new id."""
    sheet.sheet_id = edit.book.new_id()
    sheet.title = _copy_title(edit, sheet.title)
    sheet.protections = [replace(known, protection_id=edit.book.new_id()) for known in sheet.protections]
    _insert(edit, sheet, len(edit.book.sheets))
    return sheet.sheet_id


def _copy_title(edit: Edit, title: str) -> str:
    copied, number = f"Copy of {title}", 1
    while edit.book.sheet_by_title(copied[:100]):
        number += 1
        copied = f"Copy of {title} {number}"
    return copied[:100]


def _free_title(edit: Edit) -> str:
    number = len(edit.book.sheets) + 1
    while edit.book.sheet_by_title(f"Sheet{number}"):
        number += 1
    return f"Sheet{number}"


def duplicate_sheet(edit: Edit, request: dict[str, Any]) -> dict[str, Any]:
    source = edit.sheet(request.get("sourceSheetId", 0), "sheet")
    sheet = source.copy()
    sheet.title = request.get("newSheetName") or _copy_title(edit, source.title)
    _check_title(edit, sheet.title)
    sheet.sheet_id = _free_sheet_id(edit, request.get("newSheetId"))
    sheet.protections = [replace(known, protection_id=edit.book.new_id()) for known in source.protections]
    index = request.get("insertSheetIndex", 0)
    _insert(edit, sheet, index)
    return {"duplicateSheet": {"properties": sheet_properties(sheet, index)}}


def _insert(edit: Edit, sheet: Sheet, index: int) -> None:
    if not 0 <= index <= len(edit.book.sheets):
        raise invalid(f"Index must be between 0 and {len(edit.book.sheets)}.")
    edit.book.sheets.insert(index, sheet)
    edit.book.check_size()


def delete_sheet(edit: Edit, request: dict[str, Any]) -> None:
    sheet = edit.sheet(request.get("sheetId", 0), "sheet")
    edit.guard(sheet, sheet.whole)
    if all(each.hidden for each in edit.book.sheets if each is not sheet):
        raise invalid("You can't remove all the visible sheets in a document.")
    shifts.rewrite_references(edit.book, sheet, lambda _: None)
    edit.book.sheets = [each for each in edit.book.sheets if each is not sheet]
    edit.book.named_ranges = [known for known in edit.book.named_ranges if known.sheet_id != sheet.sheet_id]
    edit.book.metadata = [known for known in edit.book.metadata if known.sheet_id != sheet.sheet_id]
