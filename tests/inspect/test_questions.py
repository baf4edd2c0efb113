"""What inspect says where it leaves something out or does not know."""

from dataclasses import replace

from sync.domain.cells import Area
from sync.inspect import propose
from sync.inspect.questions import questions_of
from sync.inspect.render import as_toml, sentence
from tests.inspect.sheets import TODAY, sheet
from tests.support.grids import grid

TABLE = """
Objective | Key Result | Hardness | Target | Current | Score
Clean air | Trees planted | 3 | 40 | 10 |
Clean air | Buses replaced | 2 | 80 | 40 |
"""


def test_numbers_below_an_unknown_header_are_asked_about() -> None:
    toml = as_toml(propose(sheet(grid(TABLE), locale="en_US"), TODAY), "en")
    assert "# ? “Hardness” holds numbers and is not used" in toml
    assert "“Score” holds" not in toml


def test_a_sheet_that_shows_other_scores_is_asked_about() -> None:
    table = """
    Objective | Key Result | Target | Current | Score
    Clean air | Trees planted | 40 | 10 | 0.25
    Clean air | Buses replaced | 80 | 40 | 0.75
    """
    toml = as_toml(propose(sheet(grid(table), locale="en_US"), TODAY), "en")
    assert "# ? “Score” shows 75% at E3, and by this mapping it would be 50%; they differ in 1 of 2 rows." in toml
    assert 'current = "Current"  # ? header' in toml


def test_scores_that_agree_with_the_sheets_own_are_no_question() -> None:
    table = """
    Objective | Key Result | Target | Current | Score
    Clean air | Trees planted | 40 | 10 | 0.25
    Clean air | Buses replaced | 80 | 60 | 75%
    """
    assert "please check" not in as_toml(propose(sheet(grid(table), locale="en_US"), TODAY), "en")


def test_scores_beside_percents_that_are_texts_are_said_to_look_otherwise() -> None:
    table = """
    Objective | Key Result | Target | Current | Score
    Clean air | Trees planted | 40 | 10 | '25 %
    Clean air | Buses replaced | 80 | 60 |
    """
    toml = as_toml(propose(sheet(grid(table), locale="en_US"), TODAY), "en")
    assert "“Score” takes the scores; its percents are texts, so choose Format → Number → Percent" in toml
    assert "its percents are texts" not in as_toml(propose(sheet(grid(table.replace("'25 %", "25%%"))), TODAY), "en")


def test_targets_without_a_current_value_are_a_question() -> None:
    table = """
    Objective | Key Result | Target
    Clean air | Trees planted | 40
    Clean air | Buses replaced | 80
    """
    toml = as_toml(propose(sheet(grid(table), locale="en_US"), TODAY), "en")
    assert "no column with current values was found beside it" in toml


def test_columns_that_are_not_used_are_listed_and_an_empty_one_may_be_for_scores() -> None:
    table = """
    Objective | Key Result | Target | Current | Remark | Xyz
    Clean air | Trees planted | 40 | 10 | slow |
    Clean air | Buses replaced | 80 | 60 | fine |
    """
    toml = as_toml(propose(sheet(grid(table), locale="en_US"), TODAY), "en")
    assert "# not used: “Remark”" in toml
    assert "# ? “Xyz” is empty and not used; is it where scores go?" in toml


def test_a_key_result_on_several_rows_is_asked_about() -> None:
    table = """
    Objective | Key Result | Owner | Target | Current
    Clean air | Trees planted | Lan | 40 | 10
    Clean air | Trees planted | Minh | 60 | 10
    Clean air | Buses replaced | Lan | 80 | 60
    """
    toml = as_toml(propose(sheet(grid(table), locale="en_US"), TODAY), "en")
    assert "# ? “Trees planted” stands at B2 and B3; are these one key result" in toml


def test_rows_of_one_key_result_are_counted_as_the_scores_of_the_sheet_say() -> None:
    table = """
    Objective | Key Result | Owner | Target | Current | Score
    Clean air | Trees planted | Lan | 600 | 900 | 75%
    Clean air | Trees planted | Minh | 600 | 900 | 75%
    Clean air | Buses replaced | Lan | 80 | 60 | 75%
    """
    proposal = propose(sheet(grid(table), locale="en_US"), TODAY)
    assert proposal.counts == {"OKR": (1, 2)}
    assert 'target = { header = "Target", rows = "sum" }' in as_toml(proposal, "en")


def test_key_results_that_stand_on_two_tabs_are_asked_about() -> None:
    table = """
    Objective | Key Result | Target | Current
    Clean air | Trees planted | 40 | 10
    Clean air | Buses replaced | 80 | 60
    """
    proposal = propose(sheet(grid(table, "Plan", 1), grid(table, "Copy of it", 2), locale="en_US"), TODAY)
    assert "# ? the same key results stand on “Copy of it”" in as_toml(proposal, "en")


def test_the_same_key_results_in_two_periods_are_no_question() -> None:
    table = """
    Objective | Key Result | Target | Current
    Clean air | Trees planted | 40 | 10
    Clean air | Buses replaced | 80 | 60
    """
    proposal = propose(sheet(grid(table, "Q3 2026", 1), grid(table, "Q4 2026", 2), locale="en_US"), TODAY)
    assert "the same key results stand on" not in as_toml(proposal, "en")


def test_an_objective_that_stands_apart_beside_another_word_is_asked_about() -> None:
    table = """
    Zone | Objective | Key Result | Target | Current
    North | Clean air | Trees planted | 40 | 10
    North | Clean water | Wells opened | 8 | 6
    South | Clean air | Buses replaced | 80 | 60
    """
    toml = as_toml(propose(sheet(grid(table), locale="en_US"), TODAY), "en")
    assert "# ? the same objective stands at rows 2 and 4 with another “Zone”; are these two objectives?" in toml


def test_empty_places_are_no_key_results() -> None:
    table = """
    Objective | Key Result | Target | Current
    Clean air | KR1: Trees planted | 40 | 10
    Clean air | KR2: Buses replaced | 80 | 60
    Clean air | KR3: | |
    Clean air | [ ] | |
    Clean air | Initiatives: | |
    """
    assert propose(sheet(grid(table), locale="en_US"), TODAY).counts == {"OKR": (1, 2)}


def test_last_years_result_that_is_not_used_is_asked_about() -> None:
    table = """
    Mục tiêu | Kết quả then chốt | Kết quả 2025 | Chỉ tiêu 2026 | Đạt được
    Nông trại xanh | Sản lượng rau | 100 | 300 | 150
    Ít hao hụt | Hao hụt sau thu hoạch | 20 | 10 | 15
    """
    assert "# ? “Kết quả 2025” holds numbers and is not used" in as_toml(propose(sheet(grid(table)), TODAY), "en")


def test_values_below_a_group_that_are_not_used_are_asked_about() -> None:
    table = """
    OKR 2026
    Mục tiêu | Kết quả then chốt | Kế hoạch | Thực hiện | |
    ^ | ^ | ^ | 6T đầu năm | 9T | Ước cả năm
    Tăng lợi nhuận | Lợi nhuận (tỷ) | 80 | 20 | 40 | 78
    Đội ngũ số | Nhân sự có chứng chỉ | 200 | 60 | 150 | 190
    """
    tab = grid(table)
    merged = replace(tab, merges=(*tab.merges, Area(1, 3, 2, 6)))  # “Thực hiện” stands over three columns
    assert "# ? “9T” holds numbers and is not used" in as_toml(propose(sheet(merged), TODAY), "en")


def test_numbers_of_several_departments_below_one_merged_name_are_asked_about() -> None:
    table = """
    Mục tiêu | Kết quả then chốt | Chỉ tiêu | | | Thực đạt | | | Điểm
    ^ | ^ | KD | MKT | KT | KD | MKT | KT | ^
    Bán tốt | Đơn hàng | 100 | 50 | 20 | 50 | 40 | 20 |
    | Khách mới | 40 | 30 | 10 | 10 | 30 | 5 |
    """
    tab = grid(table)
    merged = replace(tab, merges=(*tab.merges, Area(0, 2, 1, 5), Area(0, 5, 1, 8)))
    toml = as_toml(propose(sheet(merged), TODAY), "en")
    asked = [letter for letter in "CDEFGH" if f"# ? “{letter}” holds numbers and is not used" in toml]
    assert asked == ["D", "E", "G", "H"]


def test_a_second_table_beside_the_first_is_pointed_out() -> None:
    table = """
    NHÓM WEB | | | | | NHÓM APP | | |
    Mục tiêu | Kết quả then chốt | Chỉ tiêu | Thực đạt | | Mục tiêu | Kết quả then chốt | Chỉ tiêu | Thực đạt
    Trang web nhanh | Ảnh đã nén | 400 | 100 | | Ứng dụng ít lỗi | Lỗi đã sửa | 40 | 30
    | Trang được dọn | 20 | 10 | | | Màn hình được thử | 60 | 15
    """
    toml = as_toml(propose(sheet(grid(table)), TODAY), "en")
    assert "# ? “Mục tiêu” stands again in column F, and only the one in column A is read; if another table" in toml


def test_key_results_without_any_measure_are_pointed_out() -> None:
    table = """
    Mục tiêu | Kết quả then chốt | KH/TT | T10 | T11 | Tổng
    Bán tốt | Đơn hàng | Kế hoạch | 100 | 100 | 200
    ^ | ^ | Thực tế | 90 | 60 | 150
    """
    toml = as_toml(propose(sheet(grid(table)), TODAY), "en")
    assert "# ? no column was found that says how far the key results are" in toml


def test_amounts_are_no_period() -> None:
    table = """
    Mục tiêu | Kết quả then chốt | Năm 2025 | Chỉ tiêu 2026 | Đạt được
    Nông trại xanh | Sản lượng rau | 100 | 300 | 150
    Ít hao hụt | Hao hụt sau thu hoạch | 20 | 10 | 15
    """
    (draft,) = propose(sheet(grid(table)), TODAY).drafts
    assert "period" not in draft.records["objective"]


def test_a_metric_in_a_word_that_is_not_understood_is_asked_about() -> None:
    table = """
    Mục tiêu | Kết quả then chốt | Cách đo | Chỉ tiêu | Hiện tại
    Kho chạy thật | Chọn nhà cung cấp | Có/Không | Có | Có
    Kho chạy thật | Nhập dữ liệu đầu | Có/Không | Có | Không
    Kho chạy thật | Đào tạo 30 thủ kho | Số người | 30 | 15
    ISO 9001 | Đánh giá nội bộ | Có/Không | Có | Có
    ISO 9001 | Chứng nhận | Có/Không | Có | Không
    """
    assert 'metric = "Cách đo"  # ?' in as_toml(propose(sheet(grid(table)), TODAY), "en")


def test_a_template_is_left_out_beside_tabs_in_use() -> None:
    proposal = propose(sheet(grid(TABLE, "Template", 1), grid(TABLE, "Q4", 2)), TODAY)
    assert [draft.title for draft in proposal.drafts] == ["Q4"]
    assert [(refusal.title, refusal.why) for refusal in proposal.refusals] == [("Template", "template")]


def test_a_template_is_proposed_where_nothing_else_is() -> None:
    assert [draft.title for draft in propose(sheet(grid(TABLE, "Template")), TODAY).drafts] == ["Template"]


def test_a_template_is_proposed_when_named() -> None:
    book = sheet(grid(TABLE, "Template", 1), grid(TABLE, "Q4", 2))
    assert [draft.title for draft in propose(book, TODAY, ["Template"]).drafts] == ["Template"]


def test_a_table_on_its_side_is_told_how_to_stand() -> None:
    table = """
    Mục tiêu | Tăng trưởng bền vững | Khách hàng hài lòng
    Kết quả then chốt | Doanh thu (tỷ) | NPS
    Chỉ tiêu | 12 | 55
    Hiện tại | 9 | 44
    """
    assert [refusal.why for refusal in propose(sheet(grid(table)), TODAY).refusals] == ["on_its_side"]


def test_lines_of_totals_are_no_weights() -> None:
    table = """
    Objective | Schlüsselergebnis | Aaa | Zielwert | Istwert
    Kunden bleiben | Neue Verträge | 0.5 | 30 | 15
    | Angebote | 0.5 | 40 | 10
    Summe | | 1 | |
    Guter Service | Wartezeit gesenkt | 0.6 | 8 | 4
    | Lob je Monat | 0.4 | 8 | 4
    Summe | | 1 | |
    """
    (draft,) = propose(sheet(grid(table), locale="de_DE"), TODAY).drafts
    assert draft.records["key_result"]["weight"].value == "Aaa"


def test_bullets_alone_make_no_okrs() -> None:
    skills = """
    Development | Target | Current | Score
    Communication | | | 3
    - Speaks clearly | 5 | 3 | 3
    - Listens | 5 | 4 | 4
    """
    assert propose(sheet(grid(skills, "Skills"), locale="en_US"), TODAY).drafts == ()


def test_a_column_of_what_was_learned_is_asked_about_in_words() -> None:
    table = """
    Objective | Key Result | Target | Current | Due | Lesson | Decision | Final comment
    Clean air | Trees planted | 40 | 10 | 2026-12-01 | | keep | fine
    """
    (draft,) = propose(sheet(grid(table), locale="en_US"), TODAY).drafts
    fields = draft.records["key_result"]
    fields |= {name: replace(fields[name], sure=False) for name in ("due", "lesson", "decision", "final_comment")}
    asked = [sentence(question, "en") for question in questions_of(sheet(grid(table), locale="en_US"), [draft])]
    assert asked == [
        "Is “Due” the due date?",
        "Is “Lesson” what was learned?",
        "Is “Decision” what becomes of it?",
        "Is “Final comment” the final comment?",
    ]


def test_numbers_that_are_called_a_value_of_some_kind_are_asked_about() -> None:
    table = """
    Mục tiêu | Kết quả then chốt | Giá trị tham chiếu | Chỉ tiêu | Hiện tại
    Nông trại xanh | Sản lượng rau | 100 | 300 | 150
    Ít hao hụt | Hao hụt sau thu hoạch | 20 | 10 | 15
    """
    assert "# ? “Giá trị tham chiếu” holds numbers and is not used" in as_toml(propose(sheet(grid(table)), TODAY), "en")
