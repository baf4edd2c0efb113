"""A spreadsheet as `spreadsheets.get` shows it. Only what the mask asks for is built: a grid can be large."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sync.local_sheets.book.areas import Area, to_grid_range
from sync.local_sheets.book.book import (
    EMPTY,
    Cell,
    ErrorValue,
    Formula,
    Metadata,
    NamedRange,
    Protection,
    Sheet,
    Spreadsheet,
    Value,
    single,
)
from sync.local_sheets.book.formats import formatted, with_pattern
from sync.local_sheets.book.ranges import located
from sync.local_sheets.protocol.fields import EVERYTHING, Mask, below, project, wants
from sync.local_sheets.sheets.data_filters import Selected, selected
from sync.local_sheets.sheets.developer_metadata import metadata_json
from sync.local_sheets.sheets.protection import can_edit

_WHITE = {"red": 1, "green": 1, "blue": 1}
_DEFAULT_FORMAT: dict[str, Any] = {
    "backgroundColor": _WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": _WHITE},
}
# Of a cell, where nothing else was chosen.
_SHOWN_FORMAT: dict[str, Any] = {
    "backgroundColor": _WHITE,
    "padding": _DEFAULT_FORMAT["padding"],
    "horizontalAlignment": "LEFT",
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {**_DEFAULT_FORMAT["textFormat"], "fontFamily": "Arial"},
    "hyperlinkDisplayType": "PLAIN_TEXT",
    "backgroundColorStyle": _DEFAULT_FORMAT["backgroundColorStyle"],
}
_THEME_COLORS = {
    "TEXT": "#000000",
    "BACKGROUND": "#ffffff",
    "ACCENT1": "#4285f4",
    "ACCENT2": "#ea4335",
    "ACCENT3": "#fbbc04",
    "ACCENT4": "#34a853",
    "ACCENT5": "#ff6d01",
    "ACCENT6": "#46bdc6",
    "LINK": "#1155cc",
}
ROW_PIXELS = 21
COLUMN_PIXELS = 100


def _rgb(code: str) -> dict[str, float]:
    """`#4285f4` as a Color: its parts of 0 left out."""
    parts = {name: int(code[at : at + 2], 16) for name, at in (("red", 1), ("green", 3), ("blue", 5))}
    return {name: single(part / 255) for name, part in parts.items() if part}


_THEME = {
    "primaryFontFamily": "Arial",
    "themeColors": [{"colorType": kind, "color": {"rgbColor": _rgb(code)}} for kind, code in _THEME_COLORS.items()],
}


@dataclass(frozen=True)
class View:
    """Who looks, at which ranges, and whether cells are wanted where no mask decides it."""

    caller: str
    address: str
    ranges: tuple[str, ...] = ()
    grid: bool = False
    mask: Mask | None = None
    filters: tuple[dict[str, Any], ...] = ()

    def places(self, book: Spreadsheet) -> list[Selected]:
        """Where it looks; filters that select the same cells look once."""
        asked = [Selected(found.sheet, found.area) for found in (located(book, text) for text in self.ranges)]
        for place in (place for each in self.filters for place in selected(book, each, "sheet")):
            if not any(place.sheet is known.sheet and place.area == known.area for known in asked):
                asked.append(place)
        return asked


def spreadsheet_json(book: Spreadsheet, view: View) -> dict[str, Any]:
    mask = EVERYTHING if view.mask is None else view.mask
    answer: dict[str, Any] = {
        "spreadsheetId": book.spreadsheet_id,
        "properties": _properties(book),
    }
    if wants(mask, "sheets"):
        answer["sheets"] = _sheets(book, view, below(mask, "sheets"))
    if book.named_ranges:
        answer["namedRanges"] = [named_range_json(known) for known in book.named_ranges]
    answer["spreadsheetUrl"] = f"{view.address}/spreadsheets/d/{book.spreadsheet_id}/edit"
    answer |= _metadata(known for known in book.metadata if known.sheet_id is None)
    if view.mask is not None or view.grid:
        answer["commentsViewMode"] = "COMMENTS_VIEW_MODE_OMITTED"
    return {name: project(value, below(mask, name)) for name, value in answer.items() if wants(mask, name)}


def _properties(book: Spreadsheet) -> dict[str, Any]:
    return {
        "title": book.title,
        "locale": book.locale,
        "autoRecalc": "ON_CHANGE",
        "timeZone": book.time_zone,
        "defaultFormat": _DEFAULT_FORMAT,
        "spreadsheetTheme": _THEME,
        **book.properties,
    }


def _metadata(found: Iterable[Metadata]) -> dict[str, Any]:
    shown = [metadata_json(known) for known in found]
    return {"developerMetadata": shown} if shown else {}


def _sheets(book: Spreadsheet, view: View, mask: Mask) -> list[dict[str, Any]]:
    """With ranges, only the sheets that they name, each with one block of cells per range."""
    asked = view.places(book)
    with_cells = view.grid if view.mask is None else wants(mask, "data")
    answer = []
    for index, sheet in enumerate(book.sheets):
        areas = [found.area for found in asked if found.sheet is sheet] if asked else [sheet.whole]
        if areas:
            shown: dict[str, Any] = {"properties": sheet_properties(sheet, index)}
            if with_cells:
                metadata = _dimension_metadata(book, sheet)
                shown["data"] = [_block(sheet, area, book.locale, below(mask, "data"), metadata) for area in areas]
            shown |= _attached(book, sheet, view.caller)
            answer.append(project(shown, mask))
    return answer


def _attached(book: Spreadsheet, sheet: Sheet, caller: str) -> dict[str, Any]:
    """What a sheet has beside its cells; nothing of a kind is left out."""
    shown: dict[str, Any] = {
        "merges": [to_grid_range(sheet.sheet_id, area) for area in sheet.merges],
        "protectedRanges": [protection_json(sheet.sheet_id, known, caller) for known in sheet.protections],
        "rowGroups": groups_json(sheet, "ROWS"),
        "columnGroups": groups_json(sheet, "COLUMNS"),
    }
    if sheet.filtered is not None:
        shown["basicFilter"] = {"range": to_grid_range(sheet.sheet_id, sheet.filtered), **sheet.filter}
    own = (known for known in book.metadata if known.sheet_id == sheet.sheet_id and known.dimension is None)
    return {name: part for name, part in shown.items() if part} | _metadata(own)


def named_range_json(known: NamedRange) -> dict[str, Any]:
    where = to_grid_range(known.sheet_id, known.area)
    return {"namedRangeId": known.named_range_id, "name": known.name, "range": where}


def groups_json(sheet: Sheet, dimension: str) -> list[dict[str, Any]]:
    shown = []
    for known in sheet.groups:
        if known.dimension == dimension:
            sheet_id = {"sheetId": sheet.sheet_id} if sheet.sheet_id else {}
            span = {**sheet_id, "dimension": dimension, "startIndex": known.start, "endIndex": known.end}
            shown.append({"range": span, "depth": known.depth, **({"collapsed": True} if known.collapsed else {})})
    return shown


def sheet_properties(sheet: Sheet, index: int) -> dict[str, Any]:
    grid = {"rowCount": sheet.row_count, "columnCount": sheet.column_count}
    if sheet.frozen_rows:
        grid["frozenRowCount"] = sheet.frozen_rows
    if sheet.frozen_columns:
        grid["frozenColumnCount"] = sheet.frozen_columns
    looks = dict(sheet.looks)
    properties: dict[str, Any] = {
        "sheetId": sheet.sheet_id,
        "title": sheet.title,
        "index": index,
        "sheetType": "GRID",
        "gridProperties": {**grid, **looks.pop("gridProperties", {})},
        **looks,
    }
    if sheet.hidden:
        properties["hidden"] = True
    return properties


def protection_json(sheet_id: int, known: Protection, caller: str) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "protectedRangeId": known.protection_id,
        "range": to_grid_range(sheet_id, known.area),
    }
    if known.description:
        shown["description"] = known.description
    if known.warning_only:
        shown["warningOnly"] = True
    shown["requestingUserCanEdit"] = can_edit(known, caller)
    if known.unprotected:
        shown["unprotectedRanges"] = [to_grid_range(sheet_id, area) for area in known.unprotected]
    editors = {name: list(listed) for name, listed in (("users", known.users), ("groups", known.groups)) if listed}
    if editors and not known.warning_only:
        shown["editors"] = editors
    return shown


def _dimension_metadata(book: Spreadsheet, sheet: Sheet) -> dict[tuple[str, int], list[Metadata]]:
    """Developer metadata of the sheet's rows and columns, by dimension and index."""
    found: dict[tuple[str, int], list[Metadata]] = {}
    for known in book.metadata:
        if known.sheet_id == sheet.sheet_id and known.dimension is not None:
            found.setdefault((known.dimension, known.index), []).append(known)
    return found


def _block(
    sheet: Sheet, area: Area, locale: str, mask: Mask, metadata: dict[tuple[str, int], list[Metadata]]
) -> dict[str, Any]:
    block: dict[str, Any] = {}
    if area.top:
        block["startRow"] = area.top
    if area.left:
        block["startColumn"] = area.left
    if wants(mask, "rowData"):
        rows = _row_data(sheet, area, _CellShape(locale, below(below(mask, "rowData"), "values")))
        if rows:
            block["rowData"] = rows

    def shown(dimension: str, index: int, pixels: int, own: dict[int, dict[str, Any]]) -> dict[str, Any]:
        return {"pixelSize": pixels, **own.get(index, {}), **_metadata(metadata.get((dimension, index), ()))}

    if wants(mask, "rowMetadata"):
        own = sheet.row_metadata
        block["rowMetadata"] = [shown("ROWS", row, ROW_PIXELS, own) for row in range(*area.row_span)]
    if wants(mask, "columnMetadata"):
        own = sheet.column_metadata
        columns = range(*area.column_span)
        block["columnMetadata"] = [shown("COLUMNS", column, COLUMN_PIXELS, own) for column in columns]
    return block


class _CellShape:
    """How the cells of one answer are shown: the parts asked for, each with its builder and inner mask."""

    def __init__(self, locale: str, mask: Mask) -> None:
        self.locale = locale
        self.parts = [(name, part, below(mask, name)) for name, part in _PARTS.items() if wants(mask, name)]

    def show(self, cell: Cell) -> dict[str, Any]:
        shown = {}
        for name, part, mask in self.parts:
            value = part(cell, self.locale)
            if value is not None:
                shown[name] = project(value, mask) if mask else value
        return shown


def _row_data(sheet: Sheet, area: Area, shape: _CellShape) -> list[dict[str, Any]]:
    """Rows and cells at the end that show nothing are left out, those between are empty messages."""
    rows: list[dict[str, Any]] = []
    first, last = area.column_span
    for index in range(area.top, min(area.row_span[1], len(sheet.rows))):
        row = sheet.rows[index]
        end = max((column for column in row if first <= column < last), default=-1) + 1
        cells = [shape.show(row[c]) if c in row else {} for c in range(first, end)]
        while cells and not cells[-1]:
            cells.pop()
        rows.append({"values": cells} if cells else {})
    while rows and not rows[-1]:
        rows.pop()
    return rows


def value_json(value: Value) -> dict[str, Any] | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, str):
        return {"stringValue": value}
    if isinstance(value, ErrorValue):
        message = {"message": value.message} if value.message else {}
        return {"errorValue": {"type": value.type, **message}}
    return {"numberValue": value}


def _entered(cell: Cell, locale: str) -> dict[str, Any] | None:
    entered = cell.entered
    return {"formulaValue": entered.text} if isinstance(entered, Formula) else value_json(entered)


def _effective(cell: Cell, locale: str) -> dict[str, Any] | None:
    return value_json(cell.value)


def _formatted(cell: Cell, locale: str) -> str | None:
    return formatted(cell.value, cell.format, locale) or None


def _effective_format(cell: Cell, locale: str) -> dict[str, Any] | None:
    if cell == EMPTY:
        return None
    own = with_pattern(cell.format or {}, locale)
    text = {**_SHOWN_FORMAT["textFormat"], **own.get("textFormat", {})}
    theme = own.get("backgroundColorStyle", {}).get("themeColor")
    if theme in _THEME_COLORS:
        own = {**own, "backgroundColor": _rgb(_THEME_COLORS[theme])}
    return {**_SHOWN_FORMAT, "horizontalAlignment": _alignment(cell.value), **own, "textFormat": text}


def _alignment(value: Value) -> str:
    if isinstance(value, bool | ErrorValue):
        return "CENTER"
    return "RIGHT" if isinstance(value, int | float) else "LEFT"


_PARTS: dict[str, Callable[[Cell, str], Any]] = {
    "userEnteredValue": _entered,
    "effectiveValue": _effective,
    "formattedValue": _formatted,
    "userEnteredFormat": lambda cell, locale: cell.format,
    "effectiveFormat": _effective_format,
    "note": lambda cell, locale: cell.note,
    "dataValidation": lambda cell, locale: (cell.extra or {}).get("dataValidation"),
    "textFormatRuns": lambda cell, locale: (cell.extra or {}).get("textFormatRuns"),
}
