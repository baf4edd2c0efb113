"""Layouts of OKRs that scores are written into: formulas, numbers and notes of people's stand beside, below and inside
their score columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sync.local_sheets.book.book import Sheet
from sync.local_sheets.store.watch import Owned
from tests.support.installation import Installation


@dataclass(frozen=True)
class Layout:
    """A sheet whose key results go from 0 to 10. `scores` are the score columns, `full` is what 10 of 10 shows."""

    mapping: str
    table: Sequence[Sequence[object]]
    text: str = "KR"
    scores: tuple[str, ...] = ("Điểm",)
    full: float = 1
    merges: Sequence[str] = ()


HEAD = '[[spreadsheet]]\nid = "sales"\n'
MEASURED = 'start = { value = "0" }\ntarget = { value = "10" }\n'

OBJECTIVE_ROWS = Layout(
    f"""{HEAD}
[[spreadsheet.tab]]
title = "OKR"
[spreadsheet.tab.objective]
text = "Nội dung"
when = {{ header = "Loại", equals = "O" }}
score = "Điểm"
[spreadsheet.tab.key_result]
text = "Nội dung"
when = {{ header = "Loại", equals = "KR" }}
{MEASURED}current = "Hiện tại"
score = "Điểm"
""",
    [
        ["Loại", "Nội dung", "Hiện tại", "Điểm", "Ghi chú"],
        ["O", "Một", None, None, "a"],
        ["KR", "alpha", 2, None, "b"],
        ["KR", "beta", 4, None, "c"],
        ["O", "Hai", None, None, "d"],
        ["KR", "gamma", 6, None, "e"],
        ["KR", "alpha", 8, None, "f"],
        ["", "tổng kết", None, "=SUM(D3:D4)", "g"],
        ["", "", "", 77, "h"],
    ],
    text="Nội dung",
)

MERGED = Layout(
    f"""{HEAD}
[[spreadsheet.tab]]
title = "OKR"
[spreadsheet.tab.objective]
text = "Mục tiêu"
score = "Điểm O"
[spreadsheet.tab.key_result]
text = "KR"
{MEASURED}current = "Hiện tại"
score = {{ header = "Điểm", scale = "percent" }}
""",
    [
        ["Mục tiêu", "KR", "Hiện tại", "Điểm", "Điểm O", "Ghi chú"],
        ["Một", "alpha", 2, None, None, "b"],
        ["", "beta", 4, None, None, "c"],
        ["Hai", "alpha", 6, None, None, "e"],
        ["", "beta", 8, None, None, "f"],
        ["", "", "", "=SUM(D3:D4)", 76, "g"],
        ["", "", "", 77, "=D2*2", "h"],
    ],
    scores=("Điểm", "Điểm O"),
    merges=("A2:A3", "A4:A5", "E2:E3", "E4:E5"),
)

BLANK_BELOW = Layout(MERGED.mapping, MERGED.table, scores=MERGED.scores)

BY_ID = Layout(
    f"""{HEAD}
[[spreadsheet.tab]]
title = "OKR"
[spreadsheet.tab.objective]
id = "Mã O"
text = "Mục tiêu"
[spreadsheet.tab.key_result]
id = "Mã"
text = "KR"
{MEASURED}current = "Hiện tại"
score = {{ header = "Điểm", scale = 100 }}
""",
    [
        ["OKR của phòng", None, None, None, None, "=AVERAGE(F4:F7)"],
        [],
        ["Mã O", "Mục tiêu", "Mã", "KR", "Hiện tại", "Điểm"],
        ["O1", "Một", "K1", "x", 2, None],
        ["O1", "Một", "K2", "x", 4, None],
        ["O1", "Một", "K3", "x", 6, None],
        ["O1", "Một", "K3", "x trùng", 7, None],
        ["", "", "", "", None, 77],
        ["", "", "", "", "", "=E4/E1"],
    ],
    full=100,
)

TWO_MAPPINGS = Layout(
    HEAD
    + "".join(
        f"""
[[spreadsheet.tab]]
title = "OKR"
[spreadsheet.tab.objective]
text = "Mục tiêu"
[spreadsheet.tab.key_result]
text = "{text}"
{MEASURED}current = "{current}"
score = "{score}"
"""
        for text, current, score in (("KR", "Hiện tại", "Điểm"), ("KR 2", "Hiện tại 2", "Điểm 2"))
    ),
    [
        ["Mục tiêu", "KR", "Hiện tại", "Điểm", "KR 2", "Hiện tại 2", "Điểm 2", "Ghi chú"],
        ["Một", "alpha", 1, None, "vàng", 6, None, "a"],
        ["Một", "beta", 2, None, "xanh", 7, None, "b"],
        ["Một", "gamma", 3, None, "đỏ", 8, None, "c"],
        ["", "", "", 77, "", "", 78, "d"],
        ["", "", "", "=C6+1", "", "", "chưa", "e"],
    ],
    scores=("Điểm", "Điểm 2"),
)

PLACEHOLDERS = Layout(
    MERGED.mapping.replace('scale = "percent" }', 'scale = "percent", empty = ["%", "chờ"] }'),
    [
        ["Mục tiêu", "KR", "Hiện tại", "Điểm", "Điểm O", "Ghi chú"],
        ["Một", "alpha", 2, "%", None, "b"],
        ["", "beta", 4, " % ", None, "c"],
        ["Hai", "alpha", 6, "Chờ", None, "e"],
        ["", "beta", 8, None, None, "f"],
        ["", "", "", "%", 76, "g"],
        ["", "", "", 77, "%", "h"],
    ],
    scores=MERGED.scores,
)

LAYOUTS = {
    "objective rows": OBJECTIVE_ROWS,
    "merged": MERGED,
    "blank below": BLANK_BELOW,
    "by id below titles": BY_ID,
    "two mappings": TWO_MAPPINGS,
    "placeholders": PLACEHOLDERS,
}


def place(installation: Installation, layout: Layout) -> None:
    installation.spreadsheet("sales", {"OKR": layout.table}, {"OKR": layout.merges})
    installation.configure(layout.mapping)


def ours(layout: Layout) -> Owned:
    """The score cells beside key results and objectives, as the sheet now is."""

    def owned(sheet: Sheet, row: int, column: int) -> bool:
        names = _names(sheet, layout.text)
        header = min(names.values(), default=(row, 0))[0]
        beside = row > header and bool(sheet.cell(row, names[layout.text][1]).value)
        return beside and any(names.get(name, (0, -1))[1] == column for name in layout.scores)

    return owned


def _names(sheet: Sheet, text: str) -> dict[str, tuple[int, int]]:
    """Row and column of each header."""
    header = next((row for row in sheet.rows if any(cell.value == text for cell in row.values())), {})
    number = next((number for number, row in enumerate(sheet.rows) if row is header), 0)
    return {str(cell.value): (number, column) for column, cell in header.items() if cell.value}


def beside(cells: dict[str, Any], layout: Layout, value: str, score: str) -> list[tuple[Any, Any]]:
    """Each current value of a key result, and what its score cell shows."""
    header = next(a1.lstrip("ABCDEFGHIJ") for a1, found in cells.items() if found == layout.text)
    column = {str(found): a1[0] for a1, found in cells.items() if a1[1:] == header}
    texts = [a1[1:] for a1 in cells if a1[0] == column[layout.text] and int(a1[1:]) > int(header)]
    return [
        (cells[column[value] + row], cells.get(column[score] + row)) for row in texts if column[value] + row in cells
    ]
