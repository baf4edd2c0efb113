"""What people do to the spreadsheet "sales", as edits that are made at a chosen moment."""

from collections.abc import Callable

from sync.local_sheets import LocalSheets
from tests.support.flat_sheet import rows

Edit = Callable[[LocalSheets], object]


def inserted(at: int, dimension: str = "ROWS", sheet_id: int = 0) -> Edit:
    span = {"sheetId": sheet_id, "dimension": dimension, "startIndex": at, "endIndex": at + 1}
    return lambda server: server.edit("sales", {"insertDimension": {"range": span}})


def deleted(at: int) -> Edit:
    return lambda server: server.edit("sales", {"deleteDimension": {"range": rows(at, at + 1)}})


def moved(at: int, to: int, dimension: str = "ROWS") -> Edit:
    move = {"source": rows(at, at + 1, dimension), "destinationIndex": to}
    return lambda server: server.edit("sales", {"moveDimension": move})


def typed(row: int, column: int, value: object, sheet_id: int = 0) -> Edit:
    entered = {"userEnteredValue": {"stringValue" if isinstance(value, str) else "numberValue": value}}
    start = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column}
    cells = {"start": start, "rows": [{"values": [entered]}], "fields": "userEnteredValue"}
    return lambda server: server.edit("sales", {"updateCells": cells})


def renamed(title: str) -> Edit:
    change = {"properties": {"sheetId": 0, "title": title}, "fields": "title"}
    return lambda server: server.edit("sales", {"updateSheetProperties": change})


def together(*edits: Edit) -> Edit:
    return lambda server: [edit(server) for edit in edits]
