"""Google's answers to our values, and our writes to its JSON: cells, tabs, spreadsheets. No requests here."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from sync.domain.cells import Area, column_letters
from sync.domain.grid import Book, CellError, CellWrite, Entered, Formula, Scalar, Tab
from sync.google.answers import (
    BatchUpdate,
    BatchValues,
    Cell,
    CellFormat,
    GridRange,
    MatchedBatchValues,
    Sheet,
    Spreadsheet,
    Value,
    ValueRange,
)

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


def values_of(ranges: int, answer: BatchValues) -> list[list[list[Scalar]]]:
    """The values of each range of a values:batchGet answer. Raises ValueError where there are not so many."""
    found = [_values(each) for each in answer.valueRanges]
    if len(found) != ranges:
        raise ValueError(f"{len(found)} ranges in an answer, asked for {ranges}")
    return found


def values_by_range(answer: MatchedBatchValues) -> dict[str, list[list[Scalar]]]:
    """The values in a values:batchGetByDataFilter answer by the range that was asked for; it comes in no order."""
    return {asked.a1Range: _values(found.valueRange) for found in answer.valueRanges for asked in found.dataFilters}


def _values(found: ValueRange) -> list[list[Scalar]]:
    # Of so many cells, each that needs no call spares a third of its time.
    return [[value if type(value) is not str else _plain_value(value) for value in row] for row in found.values]


def book_of(answer: Spreadsheet) -> Book:
    """A spreadsheets.get answer with BOOK_FIELDS. Tabs that are no grids (charts) are left out."""
    properties = answer.properties
    return Book(
        id=answer.spreadsheetId,
        title=properties.title,
        url=answer.spreadsheetUrl,
        locale=properties.locale,
        time_zone=properties.timeZone,
        tabs=tuple(_tab(sheet) for sheet in answer.sheets if sheet.properties.sheetType == "GRID"),
    )


def answered_tabs(answer: BatchUpdate) -> list[Tab]:
    """The tabs that the answer to a write shows: all that a full read does, but for protections."""
    return [_tab(sheet) for sheet in answer.updatedSpreadsheet.sheets]


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
    # Most scores stand in many rows, and each of these dictionaries takes more memory than the cell that it is for.
    texts = [repr(write.new) for write in run]
    different = dict(zip(texts, run, strict=True))
    row_of = {text: {"values": [_entered_value(write.new)]} for text, write in different.items()}
    rows = [row_of[text] for text in texts]
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


def _tab(sheet: Sheet) -> Tab:
    properties, found = sheet.properties, _Cells()
    for block in sheet.data:
        for row, data in enumerate(block.rows, block.startRow):
            found.put(row, block.startColumn, data.values)
    return Tab(
        sheet_id=properties.sheetId,
        title=properties.title,
        values=_trimmed(found.values),
        formulas=found.formulas,
        percents=frozenset(found.percents),
        dates=frozenset(found.dates),
        fills=found.fills,
        merges=tuple(map(_area, sheet.merges)),
        protections=tuple(_protections(sheet)),
        columns=properties.gridProperties.columnCount,
    )


class _Cells:
    """The cells of a tab, which come row by row, from the left."""

    def __init__(self) -> None:
        self.values: list[list[Scalar]] = []
        self.formulas: dict[tuple[int, int], str] = {}
        self.percents: set[tuple[int, int]] = set()
        self.dates: set[tuple[int, int]] = set()
        self.fills: dict[tuple[int, int], str] = {}

    def put(self, row: int, left: int, cells: Sequence[Cell]) -> None:
        """The cells of a row, from a column on."""
        while len(self.values) <= row:
            self.values.append([])
        values = self.values[row]
        values.extend([None] * (left - len(values)))
        for column, cell in enumerate(cells, left):
            shown, entered = cell.effectiveValue, cell.userEnteredValue
            values.append(None if shown is None else _shown(shown))
            if entered is None:
                # What an array formula elsewhere spills into it.
                if shown is not None and shown != _NO_VALUE:
                    self.formulas[row, column] = ""
            elif entered.formulaValue is not None:
                self.formulas[row, column] = entered.formulaValue
            if cell.userEnteredFormat is not None or cell.effectiveFormat is not None:
                self._look(row, column, cell)

    def _look(self, row: int, column: int, cell: Cell) -> None:
        """How a cell is formatted."""
        entered = cell.userEnteredFormat
        kind = entered.numberFormat.type if entered is not None and entered.numberFormat is not None else ""
        if kind == "PERCENT":
            self.percents.add((row, column))
        elif kind in ("DATE", "DATE_TIME"):
            self.dates.add((row, column))
        colour = _fill(cell.effectiveFormat)
        if colour:
            self.fills[row, column] = colour


_NO_VALUE = Value()


def _fill(look: CellFormat | None) -> str:
    """The colour that a cell is filled with, as "#rrggbb"; "" for white and for none.

    A colour of the spreadsheet's theme comes resolved in the plain field only.
    """
    if look is None:
        return ""
    style = look.backgroundColorStyle
    colour = look.backgroundColor or (style.rgbColor if style else None)
    if colour is None:
        return ""
    parts = [round(255 * share) for share in (colour.red, colour.green, colour.blue)]
    return "" if parts == [255, 255, 255] else "#" + "".join(f"{part:02x}" for part in parts)


def _trimmed(values: list[list[Scalar]]) -> list[list[Scalar]]:
    """Without the empty cells and rows at the end that only carry a format."""
    for row in values:
        while row and row[-1] in (None, ""):
            row.pop()
    while values and not values[-1]:
        values.pop()
    return values


def _shown(value: Value) -> Scalar:
    """What a cell shows."""
    if value.numberValue is not None:
        return value.numberValue
    if value.stringValue is not None:
        return _plain_value(value.stringValue)
    if value.errorValue is not None:
        return CellError(_ERROR_CODES.get(value.errorValue.type, "#ERROR!"))
    return value.boolValue


def _plain_value(value: str) -> Scalar:
    """A text as values:batchGet gives it; an error comes as its text there, so both readings agree on that."""
    # Nearly all texts are no error's by their first letter.
    if value[:1] not in _ERRORS_BEGIN:
        return value
    match = _ERROR_TEXT.fullmatch(value)
    return CellError(match[1]) if match else value or None


def _protections(sheet: Sheet) -> Iterator[Area]:
    """Areas that we may not edit, without the holes that are left open in them. One that only warns stops nobody."""
    for found in sheet.protectedRanges:
        if found.warningOnly or found.requestingUserCanEdit:
            continue
        areas = [_area(found.range)]
        for hole in found.unprotectedRanges:
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


def _area(area: GridRange) -> Area:
    return Area(area.startRowIndex, area.startColumnIndex, area.endRowIndex, area.endColumnIndex)
