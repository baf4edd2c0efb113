"""Tabs whose headers say nothing to us: columns are placed by what they hold, and every such line is a question."""

from dataclasses import replace

import pytest

from sync.inspect import propose
from sync.inspect.render import as_toml
from tests.inspect.sheets import TODAY, sheet
from tests.support.grids import grid


def proposed(table: str, title: str = "OKR") -> dict[str, dict[str, object]]:
    """The lines of the one tab, by record and field."""
    (draft,) = propose(sheet(grid(table, title), locale="en_US"), TODAY).drafts
    return {kind: {name: line.value for name, line in lines.items()} for kind, lines in draft.records.items()}


def test_numbers_right_of_a_known_target_are_the_current_value() -> None:
    lines = proposed("""
    Objective | Key Result | Target | Xxx
    Clean air | Trees planted | 40 | 10
    Clean air | Buses replaced | 80 | 60
    """)
    assert lines["key_result"]["current"] == "Xxx"


def test_sentences_that_repeat_left_of_the_key_results_are_objectives() -> None:
    lines = proposed("""
    Unit | Zzz | Key Result | Target | Current
    North | Breathe clean air | Trees planted | 40 | 10
    North | Breathe clean air | Buses replaced | 80 | 60
    South | Drink clean water | Wells opened | 8 | 6
    """)
    assert lines["objective"]["text"] == "Zzz"


def test_sentences_right_of_a_known_objective_are_key_results_where_numbers_follow() -> None:
    lines = proposed("""
    Objective | Measure | Where we were | Where we want to be | Where we are
    Ship without drama | Incidents per month | 12 | 4 | 8
    Ship without drama | Deploys per week | 5 | 15 | 9
    Cheaper cloud | Monthly bill in dollars | 40 | 20 | 35
    """)
    assert lines["key_result"]["text"] == "Measure"


def test_three_unknown_numbers_are_start_target_and_current() -> None:
    lines = proposed("""
    Objective | Key Result | Aa | Bb | Cc
    Clean air | Trees planted | 5 | 40 | 10
    Clean air | Buses replaced | 9 | 80 | 60
    """)
    assert [lines["key_result"].get(role) for role in ("start", "target", "current")] == ["Aa", "Bb", "Cc"]


def test_what_is_placed_is_never_sure() -> None:
    table = """
    Objective | Key Result | Target | Xxx
    Clean air | Trees planted | 40 | 10
    Clean air | Buses replaced | 80 | 60
    """
    assert 'current = "Xxx"  # ?' in as_toml(propose(sheet(grid(table), locale="en_US"), TODAY), "en")


@pytest.mark.parametrize(
    "table",
    [
        """
        Nhân viên | Nội dung công việc | Tháng trước | Tháng này
        Lan | Gọi điện cho khách | 40 | 10
        Minh | Viết báo cáo tuần | 80 | 60
        """,
        """
        Objective at risk | What may happen | Likelihood | Impact
        Clean air | The fund is spent | 2 | 5
        Clean water | The river is dry | 3 | 4
        """,
    ],
)
def test_numbers_alone_make_no_okrs(table: str) -> None:
    assert propose(sheet(grid(table, "OKR"), locale="en_US"), TODAY).drafts == ()


def test_formulas_name_start_target_and_current() -> None:
    lines = proposed("""
    Objective | Key Result | Aa | Bb | Cc | Dd
    Clean air | Trees planted | 40 | 0 | 10 | =(E2-D2)/(C2-D2) → 0.25
    Clean air | Buses replaced | 80 | 0 | 80 | =(E3-D3)/(C3-D3) → 1
    """)
    named = {"start": "Bb", "target": "Aa", "current": "Cc", "score": "Dd"}
    assert {role: lines["key_result"].get(role) for role in named} == named


def test_what_was_reached_lies_between_a_known_start_and_target() -> None:
    lines = proposed("""
    Objective | Key Result | Start | Target | Aa | Bb
    Clean air | Trees planted | 5 | 40 | 90 | 10
    Clean air | Smog days | 80 | 20 | 10 | 60
    """)
    assert lines["key_result"]["current"] == "Bb"


def test_values_that_fall_to_the_target_tell_where_they_began() -> None:
    lines = proposed("""
    Objective | Key Result | Aa | Target | Current
    Clean air | Smog days | 80 | 20 | 60
    Clean air | Buses replaced | 0 | 80 | 60
    """)
    assert lines["key_result"]["start"] == "Aa"


def test_several_lines_with_numbers_in_most_cells_are_key_results() -> None:
    (draft,) = propose(
        sheet(
            replace(
                grid("Team | Vvv | Www\nNorth | Breathe clean air | x\nSouth | Drink clean water | y"),
                values=[
                    ["Team", "Vvv", "Www"],
                    ["North", "Breathe clean air", "- Plant 300 trees\n- Replace 40 buses"],
                    ["South", "Drink clean water", "- Open 8 wells\n- Test 20 rivers"],
                ],
            )
        ),
        TODAY,
    ).drafts
    assert draft.records["objective"]["text"].value == "Vvv"
    assert draft.records["key_result"]["text"].value == "Www"


def test_numbered_columns_of_sentences_beside_numbers_are_key_results() -> None:
    lines = proposed("""
    Objective | Vvv 1 | Www 1 | Xxx 1 | Vvv 2 | Www 2 | Xxx 2
    Clean air | Trees planted | 40 | 10 | Buses replaced | 80 | 60
    Clean water | Wells opened | 8 | 6 | Rivers tested | 20 | 5
    """)
    assert lines["key_result"]["text"] == "Vvv {}"
    assert [lines["key_result"].get(role) for role in ("target", "current")] == ["Www {}", "Xxx {}"]


def test_a_few_words_say_that_a_column_is_the_direction() -> None:
    lines = proposed("""
    Objective | Key Result | Zzz | Target | Current
    Clean air | Smog days | Giảm | 20 | 60
    Clean air | Buses replaced | Tăng | 80 | 60
    """)
    assert lines["key_result"]["direction"] == "Zzz"


def test_an_empty_column_of_percents_waits_for_scores_and_is_asked_about() -> None:
    table = """
    Objective | Key Result | Target | Current | Zzz
    Clean air | Trees planted | 40 | 10 |
    Clean air | Buses replaced | 80 | 60 |
    """
    percents = frozenset({(1, 4), (2, 4)})
    (draft,) = propose(sheet(replace(grid(table), percents=percents), locale="en_US"), TODAY).drafts
    line = draft.records["key_result"]["score"]
    assert (line.value, line.sure) == ({"header": "Zzz", "scale": "percent"}, False)


def test_what_a_formula_multiplies_with_the_progress_is_the_weight() -> None:
    lines = proposed("""
    Objective | Key Result | Yyy | Achieved | Points
    Clean air | Trees planted | 0.3 | 0.5 | =C2*D2 → 0.15
    Clean air | Buses replaced | 0.7 | 1 | =C3*D3 → 0.7
    """)
    assert (lines["key_result"].get("weight"), lines["key_result"].get("progress")) == ("Yyy", "Achieved")


def test_a_tab_with_the_header_of_one_that_is_understood_is_read_alike() -> None:
    filled = """
    Aims | Measures of it | Target | Current
    Clean air for everybody | Trees planted | 40 | 10
    Clean air for everybody | Buses replaced | 80 | 60
    """
    bare = """
    Aims | Measures of it | Target | Current
    Drink clean water | Wells opened | |
    """
    tabs = (grid(filled, "OKR North", 1), grid(bare, "South", 2))
    proposal = propose(sheet(*tabs, locale="en_US"), TODAY)
    assert [draft.title for draft in proposal.drafts] == ["OKR North", "South"]
    assert not any(line.sure for line in proposal.drafts[1].records["key_result"].values())


def test_an_objective_in_two_departments_is_two() -> None:
    table = """
    Zone | Objective | Key Result | Target | Current
    North | Clean air | Trees planted | 40 | 10
    North | Clean water | Wells opened | 8 | 6
    South | Clean air | Buses replaced | 80 | 60
    """
    assert propose(sheet(grid(table), locale="en_US"), TODAY).counts == {"OKR": (3, 3)}


def test_words_for_how_it_goes_are_no_key_results() -> None:
    table = """
    Objective | Zzz | % Complete
    Clean air | On Track | 40
    Clean water | At Risk | 80
    """
    assert propose(sheet(grid(table, "Objectives"), locale="en_US"), TODAY).drafts == ()


def test_one_unknown_number_behind_a_known_start_is_the_target() -> None:
    lines = proposed("""
    Objective | Key Result | Start | Zzz
    Clean air | Trees planted | 5 | 40
    Clean air | Buses replaced | 9 | 80
    """)
    assert lines["key_result"]["target"] == "Zzz"


def test_numbers_beyond_all_measure_are_no_target() -> None:
    lines = proposed("""
    Objective | Key Result | Zzz | Current
    Clean air | Trees planted | 1768043563 | 10
    Clean air | Buses replaced | 1768043792 | 60
    """)
    assert "target" not in lines["key_result"]


def test_a_text_that_is_blank_at_first_is_no_objective() -> None:
    lines = proposed("""
    Zzz | Xxx | Key Result | Target | Current
    Breathe clean air | | Trees planted | 40 | 10
    Breathe clean air | see the letter of May | Buses replaced | 80 | 60
    """)
    assert lines["objective"]["text"] == "Zzz"


def test_scores_for_a_few_rows_leave_the_numbers_beside_them_to_be_placed() -> None:
    lines = proposed("""
    Objective | Key Result | Aa | Bb | Score
    Clean air | Trees planted | 40 | 10 | 0.3
    Clean air | Buses replaced | 80 | 60 |
    Clean water | Wells opened | 8 | 6 |
    """)
    assert [lines["key_result"].get(role) for role in ("target", "current")] == ["Aa", "Bb"]


def test_with_a_log_of_values_two_unknown_numbers_are_start_and_target() -> None:
    plan = """
    Objective | Key Result | Aa | Bb
    Clean air | Trees planted | 5 | 40
    Clean air | Buses replaced | 9 | 80
    """
    log = """
    Date | Key Result | Value | Comment
    2026-10-05 | Trees planted | 10 | slow
    2026-11-05 | Trees planted | 20 | better
    """
    book = sheet(grid(plan, "OKR", 1), grid(log, "Check-ins", 2), locale="en_US")
    lines = propose(book, TODAY).drafts[0].records["key_result"]
    assert [lines[role].value for role in ("start", "target", "current")] == ["Aa", "Bb", {"check_in": True}]
    assert not lines["target"].sure


def test_one_letter_more_or_less_is_the_same_word_but_never_sure() -> None:
    table = """
    Objective | Key Result | Taget | Curent
    Clean air | Trees planted | 40 | 10
    Clean air | Buses replaced | 80 | 60
    """
    (draft,) = propose(sheet(grid(table, "Plan"), locale="en_US"), TODAY).drafts
    lines = draft.records["key_result"]
    assert [(lines[role].value, lines[role].sure) for role in ("target", "current")] == [
        ("Taget", False),
        ("Curent", False),
    ]
