"""What the page is told, in words: what lacks, which steps are done, what saving changes, what a pass would write."""

from dataclasses import replace
from typing import Any

import pytest

from sync.domain.languages import Language
from tests.support.installation import Installation
from tests.webapp.desk.conftest import ODD, TEAM, OpenDesk
from webapp.desk import trying, view
from webapp.desk.changes import changes
from webapp.desk.desk import Desk
from webapp.desk.examples import Examples
from webapp.desk.tab_view import like
from webapp.reader.languages import load_words

WORDS = load_words()
K_ROWS = {"header": "Mã", "matches": r"K\s*\d+\s*$"}
X_ROWS = {"header": "Mã", "matches": r"X\d+$"}


def state(desk: Desk, language: Language = "vi") -> dict[str, Any]:
    return view.whole(desk, desk.book.tabs[0], WORDS[language])


def column_is(desk: Desk, column: int, record: str, field: str) -> None:
    desk.edit(desk.book.tabs[0], {"do": "role", "column": column, "record": record, "field": field}, "vi")


def roles(desk: Desk) -> dict[int, list[str]]:
    found = state(desk)["tab"]["columns"]
    return {column: [role["field"] for role in of_column] for column, of_column in found.items()}


def test_a_role_that_comes_before_the_text_stays_in_sight_and_what_lacks_is_said_in_words(open_desk: OpenDesk) -> None:
    desk = open_desk({"Q": ODD})
    column_is(desk, 4, "key_result", "current")
    assert roles(desk) == {4: ["current"]}
    (lack,) = state(desk)["faults"]
    assert (lack["key"], lack["message"]) == (
        "",
        "“Q”: chưa biết cột nào là “Kết quả then chốt: nội dung”. Hãy bấm nhãn dưới chữ cái của cột ấy và chọn.",
    )


def test_nothing_mapped_says_where_to_begin(open_desk: OpenDesk) -> None:
    (lack,) = state(open_desk({"Q": ODD}), "en")["faults"]
    assert lack["message"].startswith("Nothing is mapped yet. Begin with the column that holds the objectives")


def test_a_header_that_is_mistyped_leaves_the_other_roles_in_sight_and_names_the_nearest(team: Desk) -> None:
    team.write_text(team.document.text.replace('"Chỉ tiêu"', '"Chi tieu nhe"').replace('"Hiện tại"', '"Hiện taij"'))
    assert roles(team)[1] == ["text"]
    said = " ".join(lack["message"] + lack["hint"] for lack in state(team)["faults"])
    assert "Hiện taij" in said
    assert "E2 “Hiện tại”" in said


def test_what_people_cannot_press_is_told_as_the_text_has_it(team: Desk) -> None:
    team.write_text(team.document.text.replace('state = "state"', 'stat = "state"'))
    (lack,) = state(team, "en")["faults"]
    assert lack["key"] == "stat"
    assert "did you mean" in lack["message"]


def test_steps_are_shown_where_nothing_was_proposed_and_tick_themselves_off(open_desk: OpenDesk) -> None:
    desk = open_desk({"Q": ODD})
    done: list[set[str]] = []
    for column, record, field in ((0, "objective", "text"), (1, "key_result", "text"), (3, "key_result", "target")):
        done.append({each["step"] for each in state(desk)["guide"] if each["done"]})
        column_is(desk, column, record, field)
    done.append({each["step"] for each in state(desk)["guide"] if each["done"]})
    assert done == [set(), {"objective"}, {"objective", "keyResult"}, {"objective", "keyResult", "target"}]


def test_a_proposal_that_lacks_nothing_needs_no_steps(team: Desk) -> None:
    assert state(team)["guide"] == []


def test_a_cell_that_speaks_for_the_tab_is_told_where_it_stands_and_among_the_rules(team: Desk) -> None:
    team.edit(team.book.tabs[0], {"do": "place", "row": 0, "column": 0, "record": "objective", "field": "unit"}, "vi")
    told = state(team)
    assert told["tab"]["cells"] == {"0,0": [{"name": "Mục tiêu: phòng ban", "short": "phòng ban"}]}
    assert [each["value"] for each in told["tab"]["rules"]["constants"]] == ["“Phòng Kinh doanh”, ở ô A1"]
    assert {each["facts"] for each in told["understood"]["objectives"]} == {""}


def test_a_label_is_told_with_what_stands_behind_it(open_desk: OpenDesk) -> None:
    desk = open_desk({"OKR": [["Bộ phận", "Phòng Kinh doanh"], *TEAM[1:]]})
    assert 'label = "Bộ phận"' in desk.document.text
    said = [each["value"] for each in state(desk)["tab"]["rules"]["constants"]]
    assert "“Phòng Kinh doanh”, đứng sau nhãn “Bộ phận”" in said


def test_departments_that_differ_are_told_beside_the_objectives(open_desk: OpenDesk) -> None:
    kho = [["Phòng Kho"], *TEAM[1:2], ["Kho gọn", "Hàng tồn dưới 5 ngày", "Bình", 5, 8, None]]
    desk = open_desk({"A": TEAM, "B": kho})
    for tab in desk.book.tabs:
        edit = {"do": "place", "row": 0, "column": 0, "record": "objective", "field": "unit"}
        desk.edit(tab, edit, "vi")
    found = {each["facts"] for each in state(desk)["understood"]["objectives"]}
    assert found == {"Phòng Kinh doanh", "Phòng Kho"}


def test_rows_below_a_table_are_marked_where_nothing_says_that_it_ends(open_desk: OpenDesk) -> None:
    desk = open_desk({"Q": ODD})
    column_is(desk, 0, "objective", "text")
    column_is(desk, 1, "key_result", "text")
    desk.edit(desk.book.tabs[0], {"do": "condition", "path": ["skip"], "condition": {"column": "F", "is": "2"}}, "vi")
    assert "until" not in desk.document.tabs()[0]
    assert state(desk)["tab"]["rows"] == "..hbkbksee"


def test_what_takes_rows_along_that_count_comes_last_and_an_error_tells_nothing(open_desk: OpenDesk) -> None:
    desk = open_desk({"Q": ODD})
    column_is(desk, 0, "objective", "text")
    column_is(desk, 1, "key_result", "text")
    offered = like(desk, desk.book.tabs[0], 7, WORDS["vi"])["leaves"]
    assert offered[0]["said"] == "“Việc lớn” là “Cộng chung cả phòng”"
    counted = [each["counted"] > 0 for each in offered]
    assert counted == sorted(counted)
    assert True in counted
    assert not [each for each in offered if "#" in str(each["condition"].get("is", ""))]


def test_patterns_are_told_by_what_they_fit_in_the_sheet(open_desk: OpenDesk) -> None:
    rows = [
        ["Mã", "Nội dung", "Chỉ tiêu", "Hiện tại"],
        ["O1", "Bán tốt hơn", None, None],
        ["K1", "Doanh thu", 100, 45],
        ["K2", "Khách mới", 40, 10],
        [None, "Tổng cộng", 140, 55],
    ]
    desk = open_desk({"OKR Q4": rows})
    before = replace(desk.document, text=desk.file)
    desk.edit(desk.book.tabs[0], {"do": "condition", "path": ["key_result", "when"], "condition": K_ROWS}, "vi")
    desk.edit(desk.book.tabs[0], {"do": "condition", "path": ["skip"], "condition": X_ROWS}, "vi")
    told = [each.text for each in changes(before, desk.document, Examples(desk.understanding), WORDS["vi"])]
    rules = [each["said"] for each in state(desk)["tab"]["rules"]["conditions"]]
    assert "Mục tiêu: kỳ: tên trang tính, chỉ lấy “Q4”" in told
    assert "Kết quả then chốt: “Mã” bắt đầu như “K1”, “K2”" in told
    assert "“Mã” có dạng mà hiện chưa ô nào có" in rules
    offered = like(desk, desk.book.tabs[0], 2, WORDS["vi"])["alike"]
    assert "“Mã” bắt đầu như “K1”, “K2”" in [each["said"] for each in offered]
    assert not [each for each in [*told, *rules] if "\\" in each or "(?" in each]


def test_a_question_is_about_a_place_of_the_sheet(open_desk: OpenDesk) -> None:
    rows = [["Objective", "Key Result", "Hardness", "Target", "Current"], ["Clean air", "Trees planted", 3, 40, 10]]
    asked = state(open_desk({"OKR": [*rows, ["Clean air", "Buses replaced", 2, 80, 40]]}))["questions"]
    assert [(each["where"]["row"], each["where"]["column"]) for each in asked if "Hardness" in each["text"]] == [(1, 2)]


def test_a_tab_that_names_key_results_and_takes_no_part_is_pointed_out_until_it_does(open_desk: OpenDesk) -> None:
    goals = [["Mã", "Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Đã đạt"], ["A1", "Ra mắt", "Phát hành", 4, 2]]
    stages = [["Mã", "Các bước"], ["A1", "2/4 xong"], ["A2", "1/3 xong"]]
    desk = open_desk({"OKR": [*goals, ["A2", "Ra mắt", "Truyền thông", 3, 1]], "Các bước": stages})
    assert [hint["title"] for hint in state(desk)["hints"]] == ["Các bước"]
    edit = {"do": "role", "column": 0, "record": "check_in", "field": "key_result"}
    desk.edit(desk.book.tabs[1], edit, "vi")
    assert state(desk)["hints"] == []


def test_a_second_table_beside_the_first_is_pointed_out_until_it_is_mapped(open_desk: OpenDesk) -> None:
    table = ["Objective", "Key Result", "Target", "Current"]
    rows = [["Ăn", "Bán", 40, 10, None, "Người", "Tuyển", 4, 1], ["Ăn", "Mua", 20, 10, None, "Người", "Dạy", 8, 6]]
    desk = open_desk({"OKR": [[*table, None, *table], *rows]})
    [hint] = state(desk)["hints"]
    assert (hint["row"], hint["column"]) == (0, 5)
    assert "nth = 2" in hint["text"]
    fields = {"text": "Key Result", "target": "Target", "current": "Current"}
    second = ", ".join(f'{name} = {{ header = "{header}", nth = 2 }}' for name, header in fields.items())
    desk.write_text(f'{desk.document.text}\n[[spreadsheet.tab]]\ntitle = "OKR"\nkey_result = {{ {second} }}\n')
    assert state(desk)["hints"] == []


def test_what_saving_changes_is_told_in_sentences(team: Desk) -> None:
    before = team.document
    team.edit(team.book.tabs[0], {"do": "unused", "column": 2}, "vi")
    team.edit(team.book.tabs[0], {"do": "place", "row": 0, "column": 0, "record": "objective", "field": "unit"}, "vi")
    found = [
        (each.kind, each.tab, each.text)
        for each in changes(before, team.document, Examples(team.understanding), WORDS["vi"])
    ]
    assert found == [
        ("added", "OKR", "Mục tiêu: phòng ban: ô A1"),
        ("removed", "OKR", "Kết quả then chốt: người phụ trách: cột “Người phụ trách”"),
    ]
    assert (
        changes(before, replace(before, text=f"# of ours\n{before.text}"), Examples(team.understanding), WORDS["vi"])
        == []
    )


def percent(installation: Installation, column: int) -> None:
    """Format the column below its header as percentages."""
    cell = {"userEnteredFormat": {"numberFormat": {"type": "PERCENT", "pattern": "0%"}}}
    area = {"sheetId": 0, "startRowIndex": 2, "startColumnIndex": column, "endColumnIndex": column + 1}
    installation.server.edit("okr", {"repeatCell": {"range": area, "cell": cell, "fields": "userEnteredFormat"}})


def test_a_try_shows_cells_as_the_sheet_will_and_its_working_in_the_sheets_numbers(
    open_desk: OpenDesk, installation: Installation
) -> None:
    desk = open_desk({"OKR": [*TEAM[:3], [None, "Lượt xem", "Minh", 12000, 1234.5, None]]})
    percent(installation, 5)
    desk.read_again()
    found = desk.road.pass_over(desk.document.text, "vi", dry_run=True, accept=False)
    told = trying.told(desk, found, WORDS["vi"])
    assert (told["spreadsheet"], told["tabs"]) == (desk.book.title, ["OKR"])
    assert [(each["cell"], each["new"], each["exact"], each["why"]) for each in told["cells"]] == [
        ("F3", "75%", "0,75", "150 ÷ 200 = 0,75"),
        ("F4", "10%", "0,1", "1.234,5 ÷ 12.000 = 0,1"),
    ]
    assert state(desk)["tab"]["scores"] == {"2,5": "75%", "3,5": "10%"}


@pytest.mark.parametrize(("language", "score"), [("vi", "0,75"), ("en", "0.75")])
def test_scores_beside_the_sheet_are_in_the_readers_numbers(team: Desk, language: Language, score: str) -> None:
    assert state(team, language)["understood"]["objectives"][0]["keyResults"][0]["score"] == score
