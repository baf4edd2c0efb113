"""Writing back into sheets of many layouts while people move rows and columns, with the write's answer and without it.

Every sheet has formulas, numbers and notes of people's beside, below and inside the score columns.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from sync.domain.memory import PassResult
from sync.local_sheets import Fault, LocalSheets
from sync.local_sheets.book.book import Sheet
from sync.local_sheets.store.watch import Owned
from tests.passes.test_cut_off import type_what_is_told
from tests.support.flat_sheet import FLAT, HEADER, key_results, rows
from tests.support.installation import Installation
from tests.support.lost_answers import READ, WRITE, lose_the_answer

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

LAYOUTS = {
    "objective rows": OBJECTIVE_ROWS,
    "merged": MERGED,
    "blank below": BLANK_BELOW,
    "by id below titles": BY_ID,
    "two mappings": TWO_MAPPINGS,
}

EDITS: dict[str, Edit] = {
    "nothing": together(),
    "insert above all": inserted(0),
    "insert at 1": inserted(1),
    "insert at 2": inserted(2),
    "insert at 4": inserted(4),
    "delete 4": deleted(4),
    "delete 5": deleted(5),
    "insert a column": inserted(2, "COLUMNS"),
    "insert the first column": inserted(0, "COLUMNS"),
    "move a column": moved(1, 0, "COLUMNS"),
    "insert a column and a row": together(inserted(2, "COLUMNS"), inserted(4)),
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


@pytest.mark.parametrize("lost", [False, True], ids=["answered", "lost"])
@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("name", LAYOUTS)
def test_every_score_lands_beside_its_own_and_nothing_else_is_changed(
    installation: Installation, name: str, edit: str, lost: bool
) -> None:
    layout = LAYOUTS[name]
    place(installation, layout)
    watch = installation.server.watch(ours(layout))
    installation.server.before(WRITE, EDITS[edit])
    if lost:
        lose_the_answer(installation.server)
    installation.sync()
    installation.server.clear_faults()
    outcome = installation.sync()
    if lost and "column" in edit and "move" not in edit:
        # Then nobody knows for sure what was hit, and people put it back as they are told.
        assert outcome.result is PassResult.REFUSED
        type_what_is_told(installation, outcome)
        installation.sync()
    assert watch.differences() == []
    landed = beside(installation.cells("sales", "OKR"), layout, "Hiện tại", "Điểm")
    assert len(landed) >= 3
    assert landed == [(current, pytest.approx(current * layout.full / 10)) for current, _ in landed]
    assert installation.sync().writes == ()


@pytest.mark.parametrize("lost", [False, True], ids=["answered", "lost"])
def test_rows_without_a_name_are_known_by_what_else_people_typed_in_them(
    installation: Installation, lost: bool
) -> None:
    place(installation, TWO_MAPPINGS)
    watch = installation.server.watch(ours(TWO_MAPPINGS))
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 6}
    order = [{"dimensionIndex": 7, "sortOrder": "DESCENDING"}]
    sort = {"sortRange": {"range": area, "sortSpecs": order}}
    installation.server.before(WRITE, lambda server: server.edit("sales", sort))
    if lost:
        lose_the_answer(installation.server)
    installation.sync()
    installation.server.clear_faults()
    installation.sync()
    assert watch.differences() == []


@pytest.mark.parametrize(("row", "column"), [(1, 4), (4, 6), (2, 3)], ids=["current", "note", "target"])
@pytest.mark.parametrize("meanwhile", ["nothing", "insert at 1"])
def test_a_number_that_somebody_typed_is_not_taken_for_one_of_ours(
    installation: Installation, row: int, column: int, meanwhile: str
) -> None:
    """The write never arrived; until the next pass somebody types the very number that it would have written."""
    installation.spreadsheet("sales", {"OKR": [[*HEADER, "Ghi chú"], *key_results(2, 5, 8)]})
    installation.configure(FLAT)
    installation.server.fault(Fault(kind="reset", applied="never", method=WRITE))
    installation.server.fault(Fault(kind="error", status=503, method=READ, skip=1))
    assert installation.sync().result is PassResult.FAILED
    installation.server.clear_faults()
    EDITS[meanwhile](installation.server)
    typed(row, column, 0.5)(installation.server)
    installation.sync()
    assert installation.cells("sales", "OKR")[f"{'ABCDEFG'[column]}{row + 1}"] == 0.5


@pytest.mark.parametrize("lost", [False, True], ids=["answered", "lost"])
def test_a_tab_that_leaves_the_mapping_while_we_write_is_put_right_all_the_same(
    installation: Installation, lost: bool
) -> None:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5, 8), [*[None] * 5, 77]]})
    installation.configure(FLAT)
    installation.server.before(WRITE, inserted(1))
    installation.server.after(WRITE, renamed("Khác"))
    if lost:
        lose_the_answer(installation.server)
    installation.sync()
    installation.server.clear_faults()
    installation.sync()
    cells = installation.cells("sales", "Khác")
    assert [cells.get(f"F{row}") for row in (2, 6)] == [None, 77]


def test_rows_that_move_again_under_the_repair_of_a_tab_that_cannot_be_read_are_seen(
    installation: Installation,
) -> None:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5, 8), [*[None] * 5, 77]]})
    installation.configure(FLAT)
    installation.server.before(WRITE, together(deleted(1), typed(0, 4, "Xyz")))
    installation.server.before(WRITE, inserted(1), skip=1)
    installation.sync()
    installation.sync()
    cells = installation.cells("sales", "OKR")
    assert [cells.get(f"F{row}") for row in (2, 3, 4, 5)] == [None, None, None, 77]


def test_of_a_tab_that_may_not_be_mended_only_its_own_part_is_kept(installation: Installation) -> None:
    """What was written to the other tabs is done with: nobody's later entries are compared with it."""
    tab: list[list[object]] = [[*HEADER, "Ghi chú"], *key_results(2, 5, 8), [*[None] * 5, 77]]
    installation.spreadsheet("sales", {"OKR 1": tab, "OKR 2": tab})
    installation.configure(FLAT)
    first, second = installation.sheet_id("sales", "OKR 1"), installation.sheet_id("sales", "OKR 2")
    protected = {
        "range": {"sheetId": second, "startColumnIndex": 5, "endColumnIndex": 6},
        "editors": {"users": ["person@local.invalid"]},
    }
    protect = {"addProtectedRange": {"protectedRange": protected}}
    both = together(inserted(1, sheet_id=first), inserted(1, sheet_id=second))
    installation.server.before(WRITE, both)
    installation.server.before(WRITE, lambda server: server.edit("sales", protect), skip=1)
    assert installation.sync().result is PassResult.PARTIAL
    typed(1, 5, 0.2, sheet_id=first)(installation.server)
    typed(2, 4, 9, sheet_id=first)(installation.server)
    installation.sync()
    cells = installation.cells("sales", "OKR 1")
    assert [cells.get(f"F{row}") for row in (2, 3, 6)] == [0.2, 0.9, 77]
    assert installation.records.memory("sales").pending_write is not None


def test_an_average_of_our_scores_above_the_table_is_no_moved_header(installation: Installation) -> None:
    installation.spreadsheet("sales", {"OKR": [["Trung bình", "=AVERAGE(F3:F5)"], HEADER, *key_results(2, 5, 8)]})
    installation.configure(FLAT)
    installation.sync()
    typed(2, 4, 9)(installation.server)
    assert installation.counted(installation.sync) == (2, 1)
