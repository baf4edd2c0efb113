"""The rules of a good OKR that look at wording, measure, number and owner: what each tells and what not."""

import pytest

from sync.domain.alignment import align
from sync.domain.catalogue import CATALOGUE, Severity
from sync.domain.problems import Problem
from sync.domain.rules import GOOD_OKR, check
from sync.domain.scoring import score_okrs
from tests.support.grids import grid, read_all

COLUMNS = "Mã | Ai | TT | Trên | O | KR | Của | Đầu | Đích | Nay"
BY = """
objective = { id = "Mã", owner = "Ai", status = "TT", parent = "Trên", text = "O" }
key_result = { text = "KR", owner = "Của", start = "Đầu", target = "Đích", current = "Nay" }
"""
BY_PROGRESS = """
objective.text = "O"
key_result = { text = "KR", progress = "Nay" }
"""


def problems(rows: str, by: str = BY) -> list[Problem]:
    reading = read_all([grid(f"{COLUMNS}\n{rows}")], by)
    scores = score_okrs(reading.objectives, reading.key_results, {})
    return check(align(reading.objectives, reading.key_results), scores, whole=True)


def told(code: str, rows: str, by: str = BY) -> list[str]:
    """The cells at which a rule speaks."""
    return [found.cell.a1 for found in problems(rows, by) if found.code == code and found.cell]


def one(text: str, start: str = "", target: str = "", current: str = "") -> str:
    """One key result under an objective."""
    return f" | | | | o | {text} | | {start} | {target} | {current}"


@pytest.mark.parametrize("code", GOOD_OKR)
def test_what_can_be_switched_off_is_advice(code: str) -> None:
    assert CATALOGUE[code].severity is not Severity.ERROR


@pytest.mark.parametrize("code", GOOD_OKR)
def test_a_rule_that_is_switched_off_is_not_told_and_all_others_are(code: str) -> None:
    reading = read_all(
        [
            grid(
                """
                Mã | Cấp       | Ai | TT | Trên | O                  | KR            | W   | Đầu | Đích | Nay | M
                C1 | Công ty   | An |    |      | Tăng doanh thu 20% | Bán hàng      | 30% | 0   | 9    | 1
                C1 | Công ty   | An |    |      | Tăng doanh thu 20% | Khách vui     | 30% |     |      |
                C2 | Công ty   |    |    |      | b                  | Triển khai    |     |     | Có   |
                C3 | Công ty   | An |    |      | c                  | Lỗi           |     | 3   | 5    |     | at_most
                C4 | Công ty   | An |    |      | d                  | k             |     | 0   | 9    | 1
                C5 | Công ty   | An |    |      | e                  | k             |     | 0   | 9    | 1
                C6 | Công ty   | An |    |      | f                  | k             |     | 0   | 9    | 1
                D1 | Phòng ban | An |    | C1   | g                  | Bán hàng      |     | 0   | 9    | 1
                D2 | Phòng ban | An |    |      | h                  | k1            |     | 0   | 9    | 1
                D2 | Phòng ban | An |    |      | h                  | k2            |     | 0   | 9    | 1
                D2 | Phòng ban | An |    |      | h                  | k3            |     | 0   | 9    | 1
                D2 | Phòng ban | An |    |      | h                  | k4            |     | 0   | 9    | 1
                D2 | Phòng ban | An |    |      | h                  | k5            |     | 0   | 9    | 1
                D2 | Phòng ban | An |    |      | h                  | k6            |     | 0   | 9    | 1
                P1 | Cá nhân   | An |    | C1   | i                  | k             |     | 0   | 9    | 1
                """
            )
        ],
        """
        objective = { id = "Mã", level = "Cấp", owner = "Ai", status = "TT", parent = "Trên", text = "O" }
        [key_result]
        text = "KR"
        weight = "W"
        start = "Đầu"
        target = "Đích"
        current = "Nay"
        metric = "M"
        """,
    )
    scores = score_okrs(reading.objectives, reading.key_results, {})
    alignment = align(reading.objectives, reading.key_results)
    everything = {found.code for found in check(alignment, scores, whole=True)}
    without = {found.code for found in check(alignment, scores, whole=True, off={code})}
    assert everything - without == {code}


@pytest.mark.parametrize(
    "row",
    [
        one("Khách hàng hài lòng hơn"),
        one("KR1: Customers love the product"),
        one("Mở rộng sang B2C, giảm CO2"),
        one("Doanh thu cao hơn trong năm 2026"),
    ],
)
def test_a_key_result_without_a_number_is_told(row: str) -> None:
    assert told("no-number", row) == ["F2"]


@pytest.mark.parametrize(
    "row",
    [
        one("Khách hàng hài lòng hơn", target="90%"),
        one("Có 2.000 khách hàng hài lòng"),
        one("Doanh thu gấp đôi"),
        one("Cut costs by half"),
        one("Mọi cửa hàng có người phụ trách"),
        one("Có báo cáo ngày", target="Có"),
        one("Khách hàng hài lòng hơn", target="nhiều"),
    ],
)
def test_a_number_in_the_text_a_target_and_a_yes_are_measures(row: str) -> None:
    assert told("no-number", row) == []


def test_what_was_measured_without_a_target_is_told_once() -> None:
    found = [item.code for item in problems(one("Khách hàng hài lòng hơn", current="5"))]
    assert "no-number" not in found


def test_a_progress_alone_is_no_number_to_be_reached() -> None:
    assert told("no-number", "| | | | o | Tăng mức độ sử dụng | | | | 40%%", BY_PROGRESS) == ["F2"]


@pytest.mark.parametrize(
    "row",
    [
        one("Triển khai CRM"),
        one("KR2. Triển khai CRM", target="Có"),
        one("- Launch the new website", target="1"),
        one("Xây dựng quy trình bán hàng", start="0", target="100%"),
        one("Hoàn thành trước 30/6"),
        one("Website mới trước 30/6", target="Có"),
        one("New website by the end of Q3"),
        one("New website before June 30, 2026"),
        one("Quy trình mới chậm nhất ngày 15/10"),
    ],
)
def test_a_task_is_told_and_so_is_a_date_that_is_the_only_measure(row: str) -> None:
    assert told("task-as-key-result", row) == ["F2"]
    assert told("no-number", row) == []


@pytest.mark.parametrize(
    "row",
    [
        one("Triển khai CRM cho 20 khách hàng"),
        one("Triển khai CRM", target="20"),
        one("Xây dựng 3 quy trình trước 30/6"),
        one("Launch in all regions"),
        one("Hoàn thành đào tạo toàn bộ nhân viên", target="100%"),
        one("Số người dùng tăng", target="500"),
        one("Launchpad được yêu thích"),
        one("Giảm 1/3 số lỗi"),
        one("Triển khai CRM", target="nhiều"),
        one("Tỷ lệ hài lòng", target="100%"),
    ],
)
def test_work_that_is_counted_and_words_that_only_begin_alike_are_no_tasks(row: str) -> None:
    assert told("task-as-key-result", row) == []


@pytest.mark.parametrize(("count", "code"), [(1, "too-few-key-results"), (6, "too-many-key-results")])
def test_fewer_than_two_or_more_than_five_key_results_are_told_at_the_objective(count: int, code: str) -> None:
    rows = "\n".join(one(f"k{number}", target="9") for number in range(count))
    assert told(code, rows) == ["E2"]


@pytest.mark.parametrize("count", [2, 5])
def test_two_to_five_key_results_are_as_they_should_be(count: int) -> None:
    rows = "\n".join(one(f"k{number}", target="9") for number in range(count))
    assert not {found.code for found in problems(rows)} & {"too-few-key-results", "too-many-key-results"}


def test_an_objective_without_an_owner_is_told_where_others_of_its_kind_have_one() -> None:
    assert told("no-owner", " | An | | | o | a | | | 9 |\n | | | | p | b | | | 9 |") == ["E3"]


def test_a_key_result_without_an_owner_is_told_where_its_objective_has_none_either() -> None:
    assert told("no-owner", " | | | | o | a | An | | 9 |\n | | | | o | b | | | 9 |") == ["F3"]


@pytest.mark.parametrize(
    "rows",
    [
        " | | | | o | a | | | 9 |\n | | | | p | b | | | 9 |",
        " | An | | | o | a | | | 9 |\n | An | | | o | b | Bình | | 9 |",
        " | An | | | o | a | | | 9 |\n | | | | p | b | Bình | | 9 |",
    ],
)
def test_a_tab_without_owners_one_owner_for_all_and_owners_of_every_key_result_are_fine(rows: str) -> None:
    assert told("no-owner", rows) == []


@pytest.mark.parametrize(
    "text",
    [
        "Tăng doanh thu 20%",
        "O1: Đạt doanh thu 50 tỷ trong năm 2026",
        "Đạt 100 khách hàng mới trước 30/6",
        "Raise NPS to 65",
        "$1.2M revenue",
        "100",
    ],
)
def test_an_objective_that_is_only_a_number_is_told(text: str) -> None:
    assert told("number-as-objective", f" | | | | {text} | a | | | 9 |") == ["E2"]


@pytest.mark.parametrize(
    "text",
    [
        "Tăng trưởng doanh thu quý 3",
        "1. Tăng doanh thu",
        "Trở thành top 3 Việt Nam",
        "Launch 2 new product lines",
        "Tăng doanh thu",
        "Kỷ niệm 2026 đáng nhớ",
    ],
)
def test_an_objective_in_words_may_have_a_number_in_it(text: str) -> None:
    assert told("number-as-objective", f" | | | | {text} | a | | | 9 |") == []


LIMIT = """
objective.text = "O"
key_result = { text = "KR", start = "Đầu", target = "Đích", metric = { value = "at_most" } }
"""


@pytest.mark.parametrize(
    ("text", "start", "cells"),
    [
        ("Tỷ lệ lỗi", "3", ["I2"]),
        ("Tỷ lệ lỗi", "5", []),
        ("Tỷ lệ lỗi", "8", []),
        ("Tỷ lệ lỗi", "", []),
        ("Giữ tỷ lệ lỗi", "3", []),
        ("Keep the error rate", "3", []),
    ],
)
def test_a_limit_that_the_start_keeps_is_told_unless_it_is_to_be_kept(text: str, start: str, cells: list[str]) -> None:
    assert told("reached-at-start", one(text, start, "5"), LIMIT) == cells


def test_a_key_result_that_repeats_one_of_its_parents_to_the_letter_is_told() -> None:
    rows = """
    C1 | | | | o | Doanh thu đạt 9 tỷ | | | 9 |
    D1 | | | C1 | p | doanh  thu ĐẠT 9 tỷ | | | 9 |
    D1 | | | C1 | p | Doanh thu miền Nam đạt 9 tỷ | | | 9 |
    """
    assert told("repeats-parent", rows) == ["F3"]


def test_the_same_text_elsewhere_in_the_company_repeats_nothing() -> None:
    assert told("repeats-parent", "C1 | | | | o | a | | | 9 |\nC2 | | | | p | a | | | 9 |") == []


@pytest.mark.parametrize("code", ["no-number", "too-few-key-results", "no-owner", "task-as-key-result"])
def test_what_is_closed_is_left_in_peace_and_a_draft_is_not(code: str) -> None:
    rows = " | An | {} | | p | x | | | 9 |\n | | {} | | o | {} | | | |"
    text = "Triển khai CRM" if code.startswith("task") else "Khách vui"
    assert len(told(code, rows.format("Nháp", "Nháp", text))) > 0
    assert told(code, rows.format("Đóng", "Đóng", text)) == []
