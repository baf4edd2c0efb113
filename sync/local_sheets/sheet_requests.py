"""The kinds of request that change what stands around cells: sheets, rows and columns, protections, properties."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sync.local_sheets import areas, shifts
from sync.local_sheets.areas import Area
from sync.local_sheets.book import Protection, Sheet
from sync.local_sheets.edit import Edit, can_edit, check_order, merged, request_mask
from sync.local_sheets.errors import PROTECTED, invalid
from sync.local_sheets.fields import Mask, wants
from sync.local_sheets.formats import parse_locale
from sync.local_sheets.grid_data import protection_json, sheet_properties


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
    if wants(mask, "index") and "index" in given:
        _reindex(edit, sheet, given["index"])


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
    if not 0 <= index <= len(edit.book.sheets):
        raise invalid(f"Index must be between 0 and {len(edit.book.sheets)}.")
    edit.book.sheets.insert(index, sheet)
    edit.book.check_size()
    return {"addSheet": {"properties": sheet_properties(sheet, index)}}


def new_sheet(edit: Edit, given: dict[str, Any]) -> Sheet:
    title = given.get("title") or _free_title(edit)
    _check_title(edit, title)
    sheet_id = given.get("sheetId")
    if sheet_id is None:
        sheet_id = edit.book.new_id() if edit.book.sheets else 0
    if sheet_id < 0 or edit.book.sheet_by_id(sheet_id):
        raise invalid(f"Sheet id {sheet_id} is negative or already in use.")
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
    )


def _free_title(edit: Edit) -> str:
    number = len(edit.book.sheets) + 1
    while edit.book.sheet_by_title(f"Sheet{number}"):
        number += 1
    return f"Sheet{number}"


def delete_sheet(edit: Edit, request: dict[str, Any]) -> None:
    sheet = edit.sheet(request.get("sheetId", 0), "sheet")
    edit.guard(sheet, sheet.whole)
    if all(each.hidden for each in edit.book.sheets if each is not sheet):
        raise invalid("You can't remove all the visible sheets in a document.")
    shifts.rewrite_references(edit.book, sheet, lambda _: None)
    edit.book.sheets = [each for each in edit.book.sheets if each is not sheet]


def _dimension_range(edit: Edit, given: dict[str, Any]) -> tuple[Sheet, shifts.Dimension, int, int, int]:
    """The sheet, the dimension, the span, and how many there are."""
    sheet = edit.sheet(given.get("sheetId", 0))
    dimension = _dimension(given)
    check_order(given, "startIndex", "endIndex")
    count = sheet.row_count if dimension == "ROWS" else sheet.column_count
    return sheet, dimension, given.get("startIndex", 0), given.get("endIndex", count), count


def _dimension(given: dict[str, Any]) -> shifts.Dimension:
    dimension = given.get("dimension")
    if dimension not in ("ROWS", "COLUMNS"):
        raise invalid("dimension must be ROWS or COLUMNS.")
    return "ROWS" if dimension == "ROWS" else "COLUMNS"


def _noun(dimension: shifts.Dimension) -> str:
    return "row" if dimension == "ROWS" else "column"


def _strip(dimension: shifts.Dimension, start: int, end: int) -> Area:
    return Area(top=start, bottom=end) if dimension == "ROWS" else Area(left=start, right=end)


def insert_dimension(edit: Edit, request: dict[str, Any]) -> None:
    sheet, dimension, start, end, count = _dimension_range(edit, request.get("range", {}))
    inherit_before = request.get("inheritFromBefore", False)
    if start > count:
        raise invalid(f"range.startIndex[{start}] is too large, sheet only has {count} {_noun(dimension)}s")
    if inherit_before and start == 0:
        raise invalid("inheritFromBefore cannot be true when inserting at index 0.")
    if 0 < start < count:
        _guard_inside(edit, sheet, dimension, start)
    shifts.apply(edit.book, sheet, dimension, shifts.Insert(start, end - start))
    edit.book.check_size()
    shifts.inherit_formats(sheet, dimension, (start, end), start - 1 if inherit_before else end)


def _guard_inside(edit: Edit, sheet: Sheet, dimension: shifts.Dimension, at: int) -> None:
    """Inserting between two protected rows changes the range; beside it, it does not."""
    before, after = _strip(dimension, at - 1, at), _strip(dimension, at, at + 1)
    for known in sheet.protections:
        if known.area.meets(before) and known.area.meets(after) and not edit.may_edit(known):
            raise invalid(PROTECTED)


def delete_dimension(edit: Edit, request: dict[str, Any]) -> None:
    sheet, dimension, start, end, count = _dimension_range(edit, request.get("range", {}))
    noun = _noun(dimension)
    if end > count:
        raise invalid(
            f"Cannot delete a {noun} that doesn't exist. "
            f"Tried to delete {noun} index {end - 1} but there are only {count} {noun}s."
        )
    if end - start == count:
        raise invalid(f"You can't delete all the {noun}s on the sheet.")
    edit.guard(sheet, _strip(dimension, start, end))
    shifts.apply(edit.book, sheet, dimension, shifts.Delete(start, end))


def move_dimension(edit: Edit, request: dict[str, Any]) -> None:
    sheet, dimension, start, end, count = _dimension_range(edit, request.get("source", {}))
    to = request.get("destinationIndex", 0)
    if end > count or not 0 <= to <= count or start < to < end:
        raise invalid(f"Cannot move {_noun(dimension)}s {start} to {end} before {to}: sheet has {count}.")
    edit.guard(sheet, _strip(dimension, start, end))
    shifts.apply(edit.book, sheet, dimension, shifts.Move(start, end, to))


def append_dimension(edit: Edit, request: dict[str, Any]) -> None:
    sheet = edit.sheet(request.get("sheetId", 0))
    length = request.get("length", 0)
    if length < 1:
        raise invalid("length must be greater than 0.")
    if _dimension(request) == "ROWS":
        sheet.row_count += length
    else:
        sheet.column_count += length
    edit.book.check_size()


def update_dimension_properties(edit: Edit, request: dict[str, Any]) -> None:
    mask = request_mask(request.get("fields"), "DimensionProperties")
    sheet, dimension, start, end, count = _dimension_range(edit, request.get("range", {}))
    metadata = sheet.row_metadata if dimension == "ROWS" else sheet.column_metadata
    for index in range(start, min(end, count)):
        metadata[index] = merged(metadata.get(index, {}), request.get("properties", {}), mask)


def add_protected_range(edit: Edit, request: dict[str, Any]) -> dict[str, Any]:
    given = request.get("protectedRange", {})
    sheet = edit.sheet(given.get("range", {}).get("sheetId", 0))
    protection_id = given.get("protectedRangeId") or edit.book.new_id()
    if any(known.protection_id == protection_id for each in edit.book.sheets for known in each.protections):
        raise invalid(f"A protected range with id {protection_id} already exists.")
    users = tuple(given.get("editors", {}).get("users", ()))
    if not given.get("warningOnly", False) and edit.caller not in users:
        users = (edit.caller, *users)
    known = Protection(
        protection_id,
        areas.from_grid_range(given.get("range", {})),
        users,
        given.get("description", ""),
        given.get("warningOnly", False),
        tuple(areas.from_grid_range(each) for each in given.get("unprotectedRanges", ())),
    )
    sheet.protections.append(known)
    return {"addProtectedRange": {"protectedRange": protection_json(sheet.sheet_id, known, edit.caller)}}


def update_protected_range(edit: Edit, request: dict[str, Any]) -> None:
    mask = request_mask(request.get("fields"), "ProtectedRange")
    given = request.get("protectedRange", {})
    sheet, known = _protection(edit, given.get("protectedRangeId", 0))
    changes: dict[str, Any] = {}
    if wants(mask, "range"):
        changes["area"] = areas.from_grid_range(given.get("range", {}))
    if wants(mask, "editors"):
        changes["users"] = tuple(given.get("editors", {}).get("users", ()))
    if wants(mask, "description"):
        changes["description"] = given.get("description", "")
    if wants(mask, "warningOnly"):
        changes["warning_only"] = given.get("warningOnly", False)
    if wants(mask, "unprotectedRanges"):
        changes["unprotected"] = tuple(areas.from_grid_range(each) for each in given.get("unprotectedRanges", ()))
    sheet.protections = [replace(known, **changes) if each is known else each for each in sheet.protections]


def delete_protected_range(edit: Edit, request: dict[str, Any]) -> None:
    sheet, known = _protection(edit, request.get("protectedRangeId", 0))
    sheet.protections = [each for each in sheet.protections if each is not known]


def _protection(edit: Edit, protection_id: int) -> tuple[Sheet, Protection]:
    for sheet in edit.book.sheets:
        for known in sheet.protections:
            if known.protection_id == protection_id:
                if not can_edit(known, edit.caller):
                    raise invalid(PROTECTED)
                return sheet, known
    raise invalid(f"No protected range with id: {protection_id}")
