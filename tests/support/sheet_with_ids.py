"""A flat sheet whose key results have an ID: its mapping, its rows as values and drawn, and what a person types.

`SHORT` and `SHORT_HEADER` are the mapping and the header of a smaller one.
"""

from tests.support.grids import at
from tests.support.installation import Installation

HEADER: list[object] = ["Mã", "Mục tiêu", "Kết quả then chốt", "Ban đầu", "Chỉ tiêu", "Hiện tại", "Điểm"]

FIELDS = """
objective = { text = "Mục tiêu" }
key_result = { id = "Mã", text = "Kết quả then chốt", start = "Ban đầu", target = "Chỉ tiêu", current = "Hiện tại", \
score = "Điểm" }
"""

CONFIG = f"""
[[spreadsheet]]
id = "sales"

[[spreadsheet.tab]]
title = "OKR"
{FIELDS}
"""

DRAWN = "Mã | Mục tiêu | Kết quả then chốt | Ban đầu | Chỉ tiêu | Hiện tại | Điểm"


def rows(*currents: object) -> list[list[object]]:
    return [[f"K{n}", "Bán tốt hơn", f"Kết quả {n}", 0, 10, current] for n, current in enumerate(currents, 1)]


def put(installation: Installation, a1: str, value: object) -> None:
    """A person types into a cell of the first tab."""
    cell = at(a1)
    kind = "boolValue" if isinstance(value, bool) else "stringValue" if isinstance(value, str) else "numberValue"
    entered = {"formulaValue": value} if isinstance(value, str) and value.startswith("=") else {kind: value}
    start = {"sheetId": 0, "rowIndex": cell.row, "columnIndex": cell.column}
    request = {"start": start, "rows": [{"values": [{"userEnteredValue": entered}]}], "fields": "userEnteredValue"}
    installation.server.edit("sales", {"updateCells": request})


SHORT = """
objective = { text = "Mục tiêu" }
key_result = { text = "Kết quả then chốt", target = "Chỉ tiêu", current = "Hiện tại" }
"""
SHORT_HEADER = "Mục tiêu | Kết quả then chốt | Chỉ tiêu | Hiện tại"
