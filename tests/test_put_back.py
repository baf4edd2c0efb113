"""What people's cells held that a write of ours hit: it comes back where its home is certain, and is told where not.

People change the sheet in the instant between our read and our write, or our write and its repair; the answer to the
write comes, or is lost.
"""

from collections.abc import Sequence
from typing import Any

import pytest

from sync.local_sheets import LocalSheets
from tests.installation import Installation
from tests.test_cut_off import WRITE, lose_the_answer
from tests.test_pass import FLAT, HEADER, key_results
from tests.test_write_back_layouts import Edit, inserted, moved, together, typed

answered_or_lost = pytest.mark.parametrize("lost", [False, True], ids=["answered", "lost"])


def sheet(installation: Installation, *below: Sequence[object], **others: Sequence[Sequence[object]]) -> Installation:
    table = [[*HEADER, "Ghi chú"], *key_results(2, 5, 8), *below]
    installation.spreadsheet("sales", {"OKR": table, **others})
    installation.configure(FLAT.replace('title = "OKR*"', 'title = "OKR"'))
    return installation


def remark(held: object, note: str = "") -> list[object]:
    """A row of people's own: something in the score column, and perhaps a word to it."""
    return ["", "", "", "", "", held, note]


def passes(installation: Installation, *edits: Edit, lost: bool) -> Any:
    for number, edit in enumerate(edits):
        installation.server.before(WRITE, edit, skip=number)
    if lost:
        lose_the_answer(installation.server)
    outcome = installation.sync()
    installation.server.clear_faults()
    return installation.sync() if lost else outcome


def by_hand(outcome: Any) -> list[tuple[str, str]]:
    found = [each for each in outcome.snapshot.problems if each.code == "put-back-by-hand"]
    return [(each.cell.a1, dict(each.facts)["lost"]) for each in found]


# 1. a text lost
@answered_or_lost
def test_1(installation: Installation, lost: bool) -> None:
    sheet(installation, remark("xem lại", "tổng kết"))
    outcome = passes(installation, together(typed(4, 6, "báo cáo"), moved(4, 1)), lost=lost)
    cells = installation.cells("sales", "OKR")
    print(outcome.result, cells)
    assert cells.get("F2") == "xem lại" or by_hand(outcome) == [("F2", "xem lại")]


# 2
def swapped(server: LocalSheets) -> None:
    typed(1, 1, "KR 2")(server)
    typed(2, 1, "KR 1")(server)


def cells_deleted(server: LocalSheets) -> None:
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 4}
    server.edit("sales", {"deleteRange": {"range": area, "shiftDimension": "ROWS"}})


@answered_or_lost
@pytest.mark.parametrize("edit", [swapped, cells_deleted])
def test_2(installation: Installation, lost: bool, edit: Edit) -> None:
    sheet(installation)
    typed(2, 5, "xem lại")(installation.server)
    outcome = passes(installation, edit, lost=lost)
    cells = installation.cells("sales", "OKR")
    print(outcome.result, cells)
    assert cells["F3"] == "xem lại"
    assert cells["F2"] == 0.2


def title(sheet_id: int, new: str) -> Edit:
    change = {"properties": {"sheetId": sheet_id, "title": new}, "fields": "title"}
    return lambda server: server.edit("sales", {"updateSheetProperties": change})


@answered_or_lost
@pytest.mark.parametrize("what", ["rows", "renamed", "rows later"])
def test_3_other_tab(installation: Installation, lost: bool, what: str) -> None:
    sheet(installation, remark("='KR 2'!D4", "ngoài"), **{"KR 2": [[1, 2, 3, 4 + n] for n in range(6)]})
    other = installation.sheet_id("sales", "KR 2")
    change = inserted(1, sheet_id=other) if what.startswith("rows") else title(other, "KR hai")
    edits = [together(moved(4, 1), change)] if "later" not in what else [moved(4, 1), change]
    outcome = passes(installation, *edits, lost=lost)
    cells = installation.cells("sales", "OKR")
    print(outcome.result, cells)
    assert cells["F2"] == ("='KR hai'!D4" if what == "renamed" else "='KR 2'!D5")


@answered_or_lost
@pytest.mark.parametrize(("formula", "after"), [("=D7*1", "=D8*1"), ("=SUM(D5:D9)", "=SUM(D5:D10)")])
def test_3_own_tab(installation: Installation, lost: bool, formula: str, after: str) -> None:
    below = [["", "", "", n, "", "", f"n{n}"] for n in range(6)]
    sheet(installation, *below[:1], remark(formula, "ngoài"), *below[1:])
    # the formula's row goes up, and then a row is inserted below it
    outcome = passes(installation, moved(5, 1), inserted(6), lost=lost)
    cells = installation.cells("sales", "OKR")
    print(outcome.result, cells)
    assert cells["F2"] == after


# 4
def test_4(installation: Installation) -> None:
    sheet(installation, remark("=2*21", "một"), remark("=5*5", "hai"))
    server = installation.server
    server.before(WRITE, moved(4, 1))
    # F2 is to have "=2*21" again; meanwhile "hai" stands there, and nobody sees it
    server.before(WRITE, moved(5, 1), skip=1)
    from sync.local_sheets import Fault
    from tests.test_cut_off import READ

    server.fault(Fault(kind="reset", applied="first", method=WRITE, skip=1))
    server.fault(Fault(kind="error", status=503, method=READ, skip=2))
    print(installation.sync().result)
    server.clear_faults()
    outcome = installation.sync()
    cells = installation.cells("sales", "OKR")
    print(outcome.result, cells)
    assert (cells["F2"], cells["F3"]) == ("=5*5", "=2*21")
