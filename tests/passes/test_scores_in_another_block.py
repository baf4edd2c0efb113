"""Scores of objectives that go to another block or tab, where a row names their objective by its ID."""

import pytest

from tests.support.edits import Edit, deleted, inserted, together
from tests.support.installation import Installation
from tests.support.lost_answers import WRITE, lose_the_answer

CONFIG = """
[[spreadsheet]]
id = "sales"
[[spreadsheet.tab]]
title = "OKR"
until = { header = "Mục tiêu", is = "Tổng kết" }
[spreadsheet.tab.objective]
id = { header = "Mục tiêu", pattern = '^O(\\d+)' }
text = "Mục tiêu"
[spreadsheet.tab.key_result]
text = "KR"
target = "Đích"
current = "Nay"
score = "Điểm"
[[spreadsheet.tab]]
title = "OKR"
[spreadsheet.tab.objective]
id = { header = "Số", pattern = '^Mục tiêu (\\d+)' }
score = { header = "Kết quả", scale = 100 }
"""
TABLE: list[list[object]] = [
    ["Mục tiêu", "KR", "Đích", "Nay", "Điểm"],
    ["O1 Bán", "a", 10, 4, None],
    ["O2 Giao", "b", 10, 8, None],
    [],
    ["Tổng kết"],
    ["Số", "Kết quả", "Ghi chú"],
    ["Mục tiêu 2", None, "x"],
    ["Mục tiêu 1", None, "y"],
    ["Cộng", 120, "z"],
]
EDITS: dict[str, Edit] = {
    "nothing": together(),
    "a row above": inserted(0),
    "a row in the block": inserted(7),
    "an empty row gone": deleted(3),
}


@pytest.mark.parametrize("lost", [False, True], ids=["answered", "lost"])
@pytest.mark.parametrize("edit", EDITS)
def test_each_score_lands_beside_the_id_of_its_objective_and_nothing_else_is_changed(
    installation: Installation, edit: str, lost: bool
) -> None:
    installation.spreadsheet("sales", {"OKR": TABLE})
    installation.configure(CONFIG)
    installation.server.before(WRITE, EDITS[edit])
    if lost:
        lose_the_answer(installation.server)
    installation.sync()
    installation.server.clear_faults()
    installation.sync()
    cells = installation.cells("sales", "OKR")
    rows = {str(text): a1[1:] for a1, text in cells.items() if a1[0] == "A"}
    shown = {text: (cells.get(f"B{row}"), cells.get(f"C{row}")) for text, row in rows.items() if int(row) > 4}
    assert [shown[text] for text in ("Mục tiêu 2", "Mục tiêu 1", "Cộng")] == [(80, "x"), (40, "y"), (120, "z")]
    assert [cells.get(f"E{rows[text]}") for text in ("O1 Bán", "O2 Giao")] == [0.4, 0.8]
    assert len(cells) == sum(value is not None for row in TABLE for value in row) + 4
    assert installation.counted(installation.sync) == (1, 0)
