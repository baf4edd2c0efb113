"""What a click does: the input is a team's sheet as inspect proposes it, and what comes of it is the document."""

from typing import Any

import pytest

from tests.webapp.desk.conftest import TEAM, OpenDesk
from webapp.desk.desk import Desk
from webapp.desk.edits import EditError


def click(desk: Desk, tab: int = 0, **edit: Any) -> dict[str, Any]:
    """Carry out an edit on a tab, and give its entry."""
    desk.edit(desk.book.tabs[tab], edit, "en")
    return next((entry for entry in desk.document.tabs() if entry["title"] == desk.book.tabs[tab].title), {})


def test_the_proposal_of_a_known_sheet_needs_no_click(team: Desk) -> None:
    entry = team.document.tabs()[0]
    assert (entry["key_result"]["target"], entry["key_result"]["current"]) == ("Chỉ tiêu", "Hiện tại")
    assert len(team.understanding.reading.key_results) == 3


def test_a_column_becomes_what_it_is_clicked_to_be_by_its_header(team: Desk) -> None:
    entry = click(team, do="role", column=4, record="key_result", field="start")
    assert entry["key_result"]["start"] == "Hiện tại"


def test_a_role_clicked_again_is_taken_away(team: Desk) -> None:
    assert "owner" not in click(team, do="role", column=2, record="key_result", field="owner", on=False)["key_result"]


def test_a_column_that_is_nothing_loses_all_its_roles(team: Desk) -> None:
    click(team, do="role", column=2, record="objective", field="owner")
    entry = click(team, do="unused", column=2)
    assert "owner" not in entry["key_result"]
    assert "owner" not in entry["objective"]


def test_a_field_that_moves_keeps_what_else_was_said_of_it(open_desk: OpenDesk) -> None:
    desk = open_desk({"OKR": [[*row, ""] for row in TEAM[1:]]})
    click(desk, do="set", path=["key_result", "score", "scale"], value=100)
    entry = click(desk, do="role", column=6, record="key_result", field="score")
    assert entry["key_result"]["score"] == {"column": "G", "scale": 100}


def test_a_column_that_takes_scores_has_the_scale_of_what_it_holds(open_desk: OpenDesk) -> None:
    rows = [
        ["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Hiện tại", "X"],
        ["a", "Doanh thu", 10, 5, 50],
        ["b", "Khách", 8, 8, 100],
    ]
    desk = open_desk({"OKR": rows})
    click(desk, do="unused", column=4)
    assert click(desk, do="role", column=4, record="key_result", field="score")["key_result"]["score"] == {
        "header": "X",
        "scale": 100,
    }


def test_a_cell_speaks_for_the_whole_tab(team: Desk) -> None:
    entry = click(team, do="place", row=0, column=0, record="objective", field="unit")
    assert entry["objective"]["unit"] == {"cell": "A1"}
    assert {objective.unit for objective in team.understanding.reading.objectives} == {"Phòng Kinh doanh"}


def test_of_several_kinds_of_key_results_a_cell_speaks_for_the_one_that_is_meant(team: Desk) -> None:
    click(team, do="another", condition={"header": "Kết quả then chốt", "is": "Khách hàng mới: 40"})
    entry = click(team, do="place", row=0, column=0, record="key_result", kind=1, field="measure")
    assert [kind.get("measure") for kind in entry["key_result"]] == [None, {"cell": "A1"}]


def test_rows_like_one_do_not_count(team: Desk) -> None:
    condition = {"header": "Mục tiêu", "is": "Vận hành gọn nhẹ"}
    entry = click(team, do="condition", path=["skip"], condition=condition)
    assert condition in entry["skip"]
    assert [each.text for each in team.understanding.reading.objectives] == ["Tăng trưởng bền vững"]


def test_a_condition_can_be_taken_back_one_by_one(team: Desk) -> None:
    for text in ("x", "y"):
        click(team, do="condition", path=["until"], condition={"header": "Mục tiêu", "is": text})
    assert click(team, do="uncondition", path=["until"], number=0)["until"] == [{"header": "Mục tiêu", "is": "y"}]
    assert "until" not in click(team, do="uncondition", path=["until"], number=0)


def test_what_tells_a_kind_of_record_is_one_condition(team: Desk) -> None:
    first, second = {"header": "Mục tiêu", "blank": False}, {"header": "Hiện tại", "blank": True}
    click(team, do="condition", path=["objective", "when"], condition=first)
    assert click(team, do="condition", path=["objective", "when"], condition=second)["objective"]["when"] == second


def test_the_header_is_where_it_is_clicked(team: Desk) -> None:
    assert click(team, do="header", row=1)["header_row"] == 2


def test_a_bare_header_takes_a_choice_beside_it(team: Desk) -> None:
    entry = click(team, do="set", path=["key_result", "score", "scale"], value="percent")
    assert entry["key_result"]["score"] == {"header": "Điểm", "scale": "percent"}


def test_a_tab_leaves_and_comes_back_as_inspect_sees_it(team: Desk) -> None:
    assert click(team, do="leave") == {}
    assert click(team, do="take")["key_result"]["target"] == "Chỉ tiêu"


def test_a_tab_in_which_inspect_sees_nothing_is_mapped_column_by_column(open_desk: OpenDesk) -> None:
    desk = open_desk({"Q": [["p", "q", "r", "s"], ["Lớn mạnh", "Bán hàng", 10, 5], [None, "Tuyển người", 4, 1]]})
    with pytest.raises(EditError):
        click(desk, do="take")
    for column, record, field in (
        (0, "objective", "text"),
        (1, "key_result", "text"),
        (2, "key_result", "target"),
        (3, "key_result", "current"),
    ):
        entry = click(desk, do="role", column=column, record=record, field=field)
    assert entry["objective"] == {"text": "p"}
    assert [str(score.value) for score in desk.understanding.scores.values()] == ["0.5", "0.25", "0.375"]


@pytest.mark.parametrize(
    "edit",
    [
        {"do": "explode"},
        {},
        {"do": "role", "column": 0, "record": "objective", "field": "salary"},
        {"do": "role", "column": "A", "record": "objective", "field": "text"},
        {"do": "condition", "path": ["skip"], "condition": {"header": "A"}},
        {"do": "condition", "path": ["skip"], "condition": {"header": "A", "matches": "("}},
        {"do": "condition", "path": ["page"], "condition": {"header": "A", "is": "x"}},
        {"do": "uncondition", "path": ["skip"], "number": 9},
        {"do": "answer", "question": 99, "answer": 0},
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(team: Desk, edit: dict[str, Any]) -> None:
    before = team.document
    with pytest.raises(EditError):
        team.edit(team.book.tabs[0], edit, "en")
    assert team.document == before


def test_an_unfinished_mapping_says_what_it_lacks_and_the_rest_is_read(open_desk: OpenDesk) -> None:
    desk = open_desk({"OKR": TEAM, "Q": [["p", "q"], ["Lớn mạnh", "Bán hàng"]]})
    click(desk, 1, do="role", column=1, record="key_result", field="target")
    assert [key for key, _ in desk.understanding.faults] == ["spreadsheet[1].tab[2].key_result.text"]
    assert len(desk.understanding.reading.key_results) == 3
