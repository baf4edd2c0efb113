"""Tabs whose headers say nothing to us: columns are placed by what they hold, and every such line is a question."""

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
