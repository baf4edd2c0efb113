"""Google's JSON to our values and back: cells, tabs, spreadsheets. No requests here."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sync.domain.cells import FAR, Area, column_letters
from sync.domain.grid import Book, CellError, CellWrite, Entered, Formula, Scalar, Tab

# What cells are coloured with, told for every cell that has any format, so that it is asked for only where it matters.
FILL_FIELDS = "effectiveFormat(backgroundColor,backgroundColorStyle)"
_CELL_FIELDS = "userEnteredFormat(numberFormat(type))"

BOOK_FIELDS = (
    "spreadsheetId,spreadsheetUrl,properties(title,locale,timeZone),"
    "sheets(properties(sheetId,title,sheetType,gridProperties(columnCount)),merges,protectedRanges(range,unprotectedRanges,warningOnly,requestingUserCanEdit),"
    "data(startRow,startColumn,rowData(values(userEnteredValue,effectiveValue,"
    "userEnteredFormat(numberFormat(type))))))"
)
ANSWER_FIELDS = (
    "updatedSpreadsheet(sheets(properties(sheetId,title),merges,"
    "data(startRow,startColumn,rowData(values(userEnteredValue,effectiveValue,userEnteredFormat(numberFormat(type)))))))"
)

_ERROR_CODES = {
    "REF": "#REF!",
    "N_A": "#N/A",
    "VALUE": "#VALUE!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "NULL_VALUE": "#NULL!",
    "LOADING": "Loading...",
}
_ERROR_TEXT = re.compile(
    r"(#REF!|#N/A|#VALUE!|#DIV/0!|#NAME\?|#NUM!|#NULL!|#ERROR!|Loading\.\.\.)(?: \(.*\))?", re.DOTALL
)


# "" begins no error, but is nothing.
_ERRORS_BEGIN = ("#", "L", "")


def with_fills(fields: str) -> str:
    """The same fields of an answer, and the colours of cells."""
    return fields.replace(_CELL_FIELDS, f"{_CELL_FIELDS},{FILL_FIELDS}")


def loads(text: str | bytes) -> Any:
    """JSON without NaN and infinity, which are no numbers that a sheet can hold. Raises ValueError."""
    return json.loads(text, parse_constant=_no_constant)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} in an answer")


def range_of(title: str, area: Area | None = None) -> str:
    """A tab, or an area of it, in A1 notation; the title always quoted, because D001 is also a cell."""
    quoted = "'" + title.replace("'", "''") + "'"
    if area is None:
        return quoted
    last = f"{column_letters(area.right - 1)}{area.bottom}"
    return f"{quoted}!{column_letters(area.left)}{area.top + 1}:{last}"


def rows_of(title: str, rows: range) -> str:
    """Whole rows of a tab in A1 notation."""
    return f"{range_of(title)}!{rows.start + 1}:{rows.stop}"


def values_of(ranges: int, answer: Mapping[str, Any]) -> list[list[list[Scalar]]]:
    """The values of each range of a values:batchGet answer. Raises ValueError where there are not so many."""
    found = [_values(each) for each in answer["valueRanges"]]
    if len(found) != ranges:
        raise ValueError(f"{len(found)} ranges in an answer, asked for {ranges}")
    return found


def values_by_range(answer: Mapping[str, Any]) -> dict[str, list[list[Scalar]]]:
    """The values in a values:batchGetByDataFilter answer by the range that was asked for; it comes in no order."""
    return {
        asked["a1Range"]: _values(found["valueRange"])
        for found in answer.get("valueRanges", [])
        for asked in found["dataFilters"]
    }


def _values(found: Mapping[str, Any]) -> list[list[Scalar]]:
    rows = found.get("values", [])
    # Of so many cells, each that needs no call spares a third of its time.
    return [[value if type(value) is not str else _plain_value(value) for value in row] for row in rows]


def book_of(answer: Mapping[str, Any]) -> Book:
    """A spreadsheets.get answer with BOOK_FIELDS. Tabs that are no grids (charts) are left out."""
    properties = answer.get("properties", {})
    sheets = answer.get("sheets", [])
    grids = [sheet for sheet in sheets if sheet.get("properties", {}).get("sheetType", "GRID") == "GRID"]
    return Book(
        id=answer["spreadsheetId"],
        title=properties.get("title", ""),
        url=answer.get("spreadsheetUrl", ""),
        locale=properties.get("locale", "en_US"),
        time_zone=properties.get("timeZone", "Etc/GMT"),
        tabs=tuple(_tab(sheet) for sheet in grids),
    )


def answered_tabs(answer: Mapping[str, Any]) -> list[Tab]:
    """The tabs that the answer to a write shows: all that a full read does, but for protections."""
    return [_tab(sheet) for sheet in answer.get("updatedSpreadsheet", {}).get("sheets", [])]


def update_requests(writes: Sequence[CellWrite]) -> list[dict[str, Any]]:
    """One updateCells request for each run of cells below each other."""
    ordered = sorted(writes, key=lambda write: (write.cell.sheet_id, write.cell.column, write.cell.row))
    runs: list[list[CellWrite]] = []
    for write in ordered:
        if runs and _follows(runs[-1][-1], write):
            runs[-1].append(write)
        else:
            runs.append([write])
    return [_update_cells(run) for run in runs]


def _follows(one: CellWrite, next_one: CellWrite) -> bool:
    place = (one.cell.sheet_id, one.cell.column, one.cell.row + 1)
    return place == (next_one.cell.sheet_id, next_one.cell.column, next_one.cell.row)


def _update_cells(run: Sequence[CellWrite]) -> dict[str, Any]:
    first = run[0].cell
    area = {
        "sheetId": first.sheet_id,
        "startRowIndex": first.row,
        "endRowIndex": first.row + len(run),
        "startColumnIndex": first.column,
        "endColumnIndex": first.column + 1,
    }
    rows = [{"values": [_entered_value(write.new)]} for write in run]
    return {"updateCells": {"range": area, "rows": rows, "fields": "userEnteredValue"}}


def _entered_value(entered: Entered) -> dict[str, Any]:
    if entered is None:
        return {}
    if isinstance(entered, bool):
        return {"userEnteredValue": {"boolValue": entered}}
    if isinstance(entered, Formula):
        return {"userEnteredValue": {"formulaValue": entered.text}}
    if isinstance(entered, str):
        return {"userEnteredValue": {"stringValue": entered}}
    return {"userEnteredValue": {"numberValue": float(entered) if isinstance(entered, Decimal) else entered}}


def _tab(sheet: Mapping[str, Any]) -> Tab:
    properties = sheet.get("properties", {})
    values: list[list[Scalar]] = []
    formulas: dict[tuple[int, int], str] = {}
    percents: set[tuple[int, int]] = set()
    dates: set[tuple[int, int]] = set()
    fills: dict[tuple[int, int], str] = {}
    for row, column, cell in _cells(sheet):
        _put(values, row, column, _effective(cell))
        formula = _formula(cell)
        if formula is not None:
            formulas[row, column] = formula
        kind = cell.get("userEnteredFormat", {}).get("numberFormat", {}).get("type")
        if kind == "PERCENT":
            percents.add((row, column))
        elif kind in ("DATE", "DATE_TIME"):
            dates.add((row, column))
        colour = _fill(cell)
        if colour:
            fills[row, column] = colour
    return Tab(
        sheet_id=properties.get("sheetId", 0),
        title=properties.get("title", ""),
        values=_trimmed(values),
        formulas=formulas,
        percents=frozenset(percents),
        dates=frozenset(dates),
        fills=fills,
        merges=tuple(_area(area) for area in sheet.get("merges", [])),
        protections=tuple(_protections(sheet)),
        columns=properties.get("gridProperties", {}).get("columnCount", FAR),
    )


def _fill(cell: Mapping[str, Any]) -> str:
    """The colour that a cell is filled with, as "#rrggbb"; "" for white and for none.

    A colour of the spreadsheet's theme comes resolved in the plain field only.
    """
    look = cell.get("effectiveFormat")
    if look is None:
        return ""
    colour = look.get("backgroundColor", look.get("backgroundColorStyle", {}).get("rgbColor"))
    if colour is None:
        return ""
    parts = [round(255 * colour.get(name, 0)) for name in ("red", "green", "blue")]
    return "" if parts == [255, 255, 255] else "#" + "".join(f"{part:02x}" for part in parts)


def _put(values: list[list[Scalar]], row: int, column: int, value: Scalar) -> None:
    """Cells come row by row, from the left."""
    while len(values) <= row:
        values.append([])
    cells = values[row]
    cells.extend([None] * (column - len(cells)))
    cells.append(value)


def _formula(cell: Mapping[str, Any]) -> str | None:
    """The formula of a cell; "" for a cell that shows what an array formula elsewhere spills into it."""
    entered = cell.get("userEnteredValue")
    if entered is None:
        return "" if cell.get("effectiveValue") else None
    formula: str | None = entered.get("formulaValue")
    return formula


def _trimmed(values: list[list[Scalar]]) -> list[list[Scalar]]:
    """Without the empty cells and rows at the end that only carry a format."""
    for row in values:
        while row and row[-1] in (None, ""):
            row.pop()
    while values and not values[-1]:
        values.pop()
    return values


def _cells(sheet: Mapping[str, Any]) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
    for block in sheet.get("data", []):
        top, left = block.get("startRow", 0), block.get("startColumn", 0)
        for row, data in enumerate(block.get("rowData", [])):
            for column, cell in enumerate(data.get("values", [])):
                yield top + row, left + column, cell


def _effective(cell: Mapping[str, Any]) -> Scalar:
    value = cell.get("effectiveValue")
    if not value:
        return None
    if "errorValue" in value:
        return CellError(_ERROR_CODES.get(value["errorValue"].get("type", ""), "#ERROR!"))
    kept: Scalar = next(iter(value.values()))
    return _plain_value(kept)


def _plain_value(value: Scalar) -> Scalar:
    """A value as values:batchGet gives it; an error comes as its text there, so both readings agree on that."""
    # Nearly all cells hold a number, or a text that is no error's by its first letter.
    if not isinstance(value, str):
        return value
    if value[:1] not in _ERRORS_BEGIN:
        return value
    match = _ERROR_TEXT.fullmatch(value)
    return CellError(match[1]) if match else value or None


def _protections(sheet: Mapping[str, Any]) -> Iterator[Area]:
    """Areas that we may not edit, without the holes that are left open in them. One that only warns stops nobody."""
    for found in sheet.get("protectedRanges", []):
        if found.get("warningOnly") or found.get("requestingUserCanEdit"):
            continue
        areas = [_area(found.get("range", {}))]
        for hole in found.get("unprotectedRanges", []):
            areas = [part for area in areas for part in _without(area, _area(hole))]
        yield from areas


def _without(area: Area, hole: Area) -> Iterator[Area]:
    """What is above, below, left and right of a hole."""
    top, bottom = max(area.top, hole.top), min(area.bottom, hole.bottom)
    left, right = max(area.left, hole.left), min(area.right, hole.right)
    if top >= bottom or left >= right:
        yield area
        return
    around = (
        Area(area.top, area.left, top, area.right),
        Area(bottom, area.left, area.bottom, area.right),
        Area(top, area.left, bottom, left),
        Area(top, right, bottom, area.right),
    )
    yield from (part for part in around if part.top < part.bottom and part.left < part.right)


def _area(area: Mapping[str, int]) -> Area:
    """A GridRange; a side that is not named is unbounded."""
    return Area(
        area.get("startRowIndex", 0),
        area.get("startColumnIndex", 0),
        area.get("endRowIndex", FAR),
        area.get("endColumnIndex", FAR),
    )
