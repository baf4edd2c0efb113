"""What is sure, and what in a sheet makes it a question: another column, another table or another reading."""

import pytest

from sync.inspect import propose
from sync.inspect.draft import DraftLine
from sync.inspect.heads import heads_of
from tests.inspect.sheets import TODAY, sheet
from tests.inspect.test_proposals import with_lines
from tests.support.grids import grid


def proposed(table: str) -> dict[str, dict[str, DraftLine]]:
    """The lines of the one tab, by record and field; the tab's own lines by ""."""
    (draft,) = propose(with_lines(sheet(grid(table), locale="en_US")), TODAY).drafts
    return {"": draft.table, **draft.records}


def test_rows_left_out_are_not_sure_beside_a_column_of_marks_without_a_use() -> None:
    table = """
    Objective | Key Result | Target | Current | Status | {}
    Clean air | Trees planted | 40 | 10 | Approved | 0
    Clean air | Buses replaced | 80 | 60 | Pending | 1
    Clean air | Parks opened | 8 | 6 | Approved | 0
    """
    assert not proposed(table.format("Zzz"))[""]["skip"].sure
    assert proposed(table.format("Deleted"))[""]["skip"].sure


def test_of_two_columns_of_teams_neither_is_sure() -> None:
    lines = proposed("""
    Department | Team | Objective | Key Result | Target | Current
    Sales | North | Clean air | Trees planted | 40 | 10
    Sales | North | Clean air | Buses replaced | 80 | 60
    Sales | South | Clear water | Wells opened | 8 | 6
    """)
    assert not lines["objective"]["unit"].sure


def test_names_of_something_else_below_an_unknown_header_may_be_the_team() -> None:
    table = """
    Team | Zzz | Objective | Key Result | Target | Current
    North | {} | Clean air | Trees planted | 40 | 10
    North | {} | Clean air | Buses replaced | 80 | 60
    """
    assert not proposed(table.format("Growth", "Growth"))["objective"]["unit"].sure
    assert proposed(table.format("Weekly count", "City register"))["objective"]["unit"].sure


def test_a_team_that_changes_within_an_objective_is_not_sure() -> None:
    lines = proposed("""
    Objective | Team | Key Result | Target | Current
    Clean air | North | Trees planted | 40 | 10
    Clean air | South | Buses replaced | 80 | 60
    """)
    assert not lines["objective"]["unit"].sure


def test_numbers_and_names_in_one_column_are_of_two_tables() -> None:
    table = """
    Objective | Key Result | Target | Current | Owner
    Clean air | Trees planted | 40 | 10 | Annabel
    Clean air | Buses replaced | 80 | 60 | {}
    """
    assert not proposed(table.format(62))["key_result"]["owner"].sure
    assert proposed(table.format("Bertram"))["key_result"]["owner"].sure


def test_above_blocks_with_another_header_nothing_is_sure() -> None:
    lines = proposed("""
    Objective | Key Result | Target | Current
    Clean air | Trees planted | 40 | 10
    Clear water | Wells opened | 8 | 6
    |
    Aaa | Bbb | Ccc | Ddd
    Sand | Gravel | Clay | Loam
    |
    Aaa | Bbb | Ccc | Ddd
    Oak | Beech | Birch | Ash
    """)
    assert not any(line.sure for fields in lines.values() for line in fields.values())


def test_a_table_does_not_surely_end_above_another_table_of_okrs() -> None:
    table = """
    Objective | Key Result | Target | Current
    Clean air | Trees planted | 40 | 10
    |
    {}
    More | Lakes cleaned | Ann | Open
    """
    assert not proposed(table.format("Aim | Key Result | Target | Due date"))[""]["until"].sure
    assert proposed(table.format("No. | Initiative | Owner | Status"))[""]["until"].sure


@pytest.mark.parametrize("header", ["Start", "Zzz"])
def test_progress_beside_a_start_or_unknown_numbers_may_be_a_value(header: str) -> None:
    lines = proposed(f"""
    Objective | Key Result | {header} | Current value
    Clean air | Trees planted | 5 | 10
    Clean air | Buses replaced | 9 | 60
    """)
    assert not any(lines["key_result"][name].sure for name in ("current", "progress") if name in lines["key_result"])


def test_lines_in_a_cell_may_be_one_text_where_the_row_has_one_target() -> None:
    lines = proposed("""
    Objective | Key Result | Target | Current
    Clean air | - Trees planted¶- Parks opened | 40 | 10
    Clear water | - Wells opened¶- Lakes cleaned | 8 | 6
    """)
    assert not lines["key_result"]["each"].sure


def test_a_mark_in_a_row_of_several_cells_is_no_sure_label() -> None:
    table = """
    {}
    |
    Key Result | Target | Current
    Trees planted | 40 | 10
    Buses replaced | 80 | 60
    """
    assert proposed(table.format("Objective: | Clean air"))["objective"]["text"].sure
    assert not proposed(table.format("Objective | Clean air | Ann | 70%"))["objective"]["text"].sure


def test_a_reference_is_no_surer_than_what_it_names() -> None:
    objectives = """
    ID | {} | Key Result | Target | Current
    K1 | Breathe clean air | Trees planted | 40 | 10
    K2 | Breathe clean air | Buses replaced | 80 | 60
    """
    initiatives = """
    Initiative | Key Result ID | Owner
    Call the mayor | K1 | Ann
    Rent a truck | K2 | Bob
    """
    for header, text in (("Objective", "Key Result"), ("Objective", "Zzz")):
        table = objectives.format(header).replace("Key Result", text)
        drafts = propose(
            sheet(grid(table, "OKR", 1), grid(initiatives, "Initiatives", 2), locale="en_US"), TODAY
        ).drafts
        (line,) = [each.records["initiative"]["key_result"] for each in drafts if "initiative" in each.records]
        assert line.sure is (text == "Key Result")


def test_below_a_number_sign_one_two_three_are_no_ids() -> None:
    table = """
    # | Objective | Key Result | Target | Current
    {}1 | Clean air | Trees planted | 40 | 10
    {}2 | Clean air | Buses replaced | 80 | 60
    {}3 | Clean air | Parks opened | 8 | 6
    """
    assert "id" not in proposed(table.replace("{}", ""))["key_result"]
    assert proposed(table.replace("{}", "KR-"))["key_result"]["id"].value == "#"


def test_what_a_formula_makes_of_weight_and_progress_is_no_current_value() -> None:
    lines = proposed("""
    Objective | Key Result | Weight | Achieved | Zzz
    Clean air | Trees planted | 0.2 | 0.5 | =C2*D2 → 0.1
    Clean air | Buses replaced | 0.3 | 0.4 | =C3*D3 → 0.12
    Clean air | Parks opened | 0.5 | 0.8 | =C4*D4 → 0.4
    """)
    assert "Zzz" not in [line.value for name, line in lines["key_result"].items() if name in ("target", "current")]


def test_a_row_of_texts_that_stand_again_below_it_is_no_header() -> None:
    tab = grid("""
    Zzz | Yyy | Xxx
    Sales team | Objective of the year | Average of key results
    Sales team | Objective of the year | Sum of key results
    Care team | Objective of the year | Average of key results
    """)
    assert 1 not in [head.row for head in heads_of(tab)]


def test_formulas_over_the_rows_below_make_sure_which_rows_are_objectives() -> None:
    table = """
    Item | Target | Current | %
    Clean air for all | | | {}
    Trees planted | 40 | 10 | 0.25
    Buses replaced | 80 | 60 | 0.75
    """
    assert proposed(table.format("=AVERAGE(D3:D4) → 0.5"))["objective"]["when"].sure
    assert not proposed(table.format("=AVERAGE(D3:D3) → 0.25"))["objective"]["when"].sure
    assert not proposed(table.format("0.5"))["objective"]["when"].sure


def test_the_year_beside_a_quarter_is_a_part_of_the_period() -> None:
    table = """
    Year | {} | Objective | Key Result | Target | Current
    2025 | {} | Clean air | Trees planted | 40 | 10
    2026 | {} | Clean air | Trees planted | 80 | 60
    """
    bare = proposed(table.format("Quarter", 4, 4))["objective"]["period"]
    assert bare.value == {"join": [{"value": "Quarter"}, "Quarter", "Year"]}
    named = proposed(table.format("Quarter", "Q4", "Q4"))["objective"]["period"]
    assert named.value == {"join": ["Quarter", "Year"]}
    assert not proposed(table.format("Cycle", 4, 4))["objective"]["period"].sure


def test_a_line_above_objectives_is_their_team_and_a_question() -> None:
    lines = proposed("""
    Key Result | Target | Actual
    SALES DEPARTMENT | |
    Grow faster than the market | |
    New customers | 100 | 40
    SUPPORT DEPARTMENT | |
    Answer before they ask again | |
    Replies within the hour (%) | 90 | 45
    """)
    unit = lines["objective"]["unit"]
    assert unit.value == {"header": "Key Result", "above": True, "pattern": r"(?i)^(.*\bdepartment)$"}
    assert not unit.sure


def test_between_a_key_result_and_its_numbers_stands_what_those_are_counted_in() -> None:
    book = sheet(
        grid("""
        Mục tiêu | Kết quả then chốt | Đơn vị | Chỉ tiêu | Hiện tại
        Tăng nhận diện | Áo in logo | chiếc | 30 | 12
        Tăng nhận diện | Mẫu dùng thử | hộp | 100 | 50
        """)
    )
    (draft,) = propose(book, TODAY).drafts
    assert "unit" not in draft.records["objective"]
    assert draft.records["key_result"]["measure"].value == "Đơn vị"


def test_who_owns_the_key_results_of_a_block_does_not_own_its_objective() -> None:
    lines = proposed("""
    Objective 1: Grow sales | | |
    Key Result | Target | Current | Owner
    Revenue | 100 | 80 | Mai
    Customers | 40 | 10 | An
    """)
    assert "owner" not in lines["objective"]
    assert lines["key_result"]["owner"].value == "Owner"
