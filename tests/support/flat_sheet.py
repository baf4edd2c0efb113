"""A flat sheet of key results, its configuration, and what people do to its rows and its title."""

from typing import Any

from sync.local_sheets import LocalSheets
from tests.support.installation import Installation

HEADER: list[object] = ["Mục tiêu", "Kết quả then chốt", "Ban đầu", "Chỉ tiêu", "Hiện tại", "Điểm"]


FLAT = """
[[spreadsheet]]
id = "sales"

[[spreadsheet.tab]]
title = "OKR*"

[spreadsheet.tab.objective]
text = "Mục tiêu"

[spreadsheet.tab.key_result]
text = "Kết quả then chốt"
start = "Ban đầu"
target = "Chỉ tiêu"
current = "Hiện tại"
score = "Điểm"
"""


def key_results(*currents: object) -> list[list[object]]:
    """One objective with a key result from 0 to 10 for each current value."""
    return [["Bán tốt hơn", f"KR {number}", 0, 10, current] for number, current in enumerate(currents, 1)]


def scores(installation: Installation, tab: str = "OKR", spreadsheet: str = "sales") -> dict[str, object]:
    """The score that stands beside each key result, by its text."""
    cells = installation.cells(spreadsheet, tab)
    header = {value: a1.rstrip("0123456789") for a1, value in cells.items() if isinstance(value, str)}
    texts = {
        a1[len(header["Kết quả then chốt"]) :]: value for a1, value in cells.items() if str(value).startswith("KR ")
    }
    return {str(text): cells.get(header["Điểm"] + row) for row, text in texts.items()}


def change_current(
    server: LocalSheets, spreadsheet: str, sheet_id: int, row: int, value: float | None, column: int = 4
) -> None:
    cell = {} if value is None else {"userEnteredValue": {"numberValue": value}}
    start = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column}
    server.edit(
        spreadsheet, {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}}
    )


def rows(start: int, end: int, dimension: str = "ROWS") -> dict[str, Any]:
    return {"sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": end}


def insert_row(server: LocalSheets) -> None:
    server.edit("sales", {"insertDimension": {"range": rows(1, 2)}})


def insert_row_in_the_middle(server: LocalSheets) -> None:
    server.edit("sales", {"insertDimension": {"range": rows(2, 3)}})


def delete_row(server: LocalSheets) -> None:
    server.edit("sales", {"deleteDimension": {"range": rows(1, 2)}})


def move_row(server: LocalSheets) -> None:
    server.edit("sales", {"moveDimension": {"source": rows(1, 2), "destinationIndex": 4}})


def sort_rows(server: LocalSheets) -> None:
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 6, "startColumnIndex": 0, "endColumnIndex": 6}
    specs = [{"dimensionIndex": 1, "sortOrder": "DESCENDING"}]
    server.edit("sales", {"sortRange": {"range": area, "sortSpecs": specs}})


def rename_tab(server: LocalSheets) -> None:
    properties = {"sheetId": 0, "title": "OKR quý IV"}
    server.edit("sales", {"updateSheetProperties": {"properties": properties, "fields": "title"}})


def every(interval: str, spreadsheet: str = "sales") -> str:
    """The configuration of one spreadsheet."""
    return FLAT.replace('id = "sales"', f'id = "{spreadsheet}"\nevery = "{interval}"')
