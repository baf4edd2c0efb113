"""Writing back into sheets of many layouts while people move rows and columns, with the write's answer and without it.

`tests.support.sheet_layouts` has the layouts.
"""

import pytest

from sync.domain.memory import PassResult
from sync.local_sheets import Fault
from tests.support.edits import Edit, deleted, inserted, moved, renamed, together, typed
from tests.support.flat_sheet import FLAT, HEADER, key_results
from tests.support.installation import Installation
from tests.support.left_to_people import type_what_is_told
from tests.support.lost_answers import READ, WRITE, lose_the_answer
from tests.support.sheet_layouts import LAYOUTS, TWO_MAPPINGS, beside, ours, place

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
