"""What the plan of a pass leaves alone: score columns that are not ours yet, and those that are protected."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sync.domain.cells import FAR, Area
from sync.domain.scoring import score_okrs
from sync.passes.plan import make_plan
from sync.reading import read_book
from sync.translations.problems import message_of
from tests.support.grids import at, book, grid, mapping, read_all
from tests.support.plans import BY, COLUMNS, ONE_OF_TWO, planned, told, written

# First contact


def test_at_first_contact_other_numbers_wait_for_the_admin() -> None:
    table = grid(f"{COLUMNS}\n | a | 10 | 5 | | 0.4 |\n | b | 10 | 5 | | |")
    plan = planned(table, owned_columns=False)
    assert (plan.writes, plan.unwritten) == ((), frozenset({1}))
    assert told(plan.problems) == [("first-contact", at("F2"))]
    assert dict(plan.problems[0].facts) == {"title": "OKR", "count": "1", "held": "0.4", "ours": "0.50"}
    assert len(planned(table, owned_columns=False, accept=True).writes) == 2


@pytest.mark.parametrize("held", ["", "0.5", "0.499", "theo sếp", "=1/4 → 0.25"])
def test_first_contact_with_nothing_to_replace_needs_no_leave(held: str) -> None:
    plan = planned(grid(f"{COLUMNS}\n | a | 10 | 5 | | {held} |\n | b | 10 | 5 | | |"), owned_columns=False)
    assert at("F3") in written(plan)
    assert plan.unwritten == frozenset()


@pytest.mark.parametrize("current", ["", "-", "sắp xong", "Loading…"])
def test_at_first_contact_a_number_waits_though_there_is_no_score_yet_to_replace_it(current: str) -> None:
    table = grid(f"{COLUMNS}\n | a | 10 | 5 | | |\n | b | 10 | {current} | | 0.4 |")
    plan = planned(table, owned_columns=False)
    assert (plan.writes, plan.unwritten) == ((), frozenset({1}))
    assert told(plan.problems) == [("first-contact", at("F3"))]
    assert dict(plan.problems[0].facts) == {"title": "OKR", "count": "1", "held": "0.4", "ours": "—"}
    assert written(planned(table, owned_columns=False, accept=True)) == {at("F2"): Decimal("0.50")}


def test_at_first_contact_a_number_beside_an_objective_without_a_score_waits() -> None:
    plan = planned(grid(f"{COLUMNS}\no | a | 10 | | | | 0.4"), owned_columns=False)
    assert told(plan.problems) == [("first-contact", at("G2"))]


@pytest.mark.parametrize("held", ["", "theo sếp", "=1/4 → 0.25", "0.5"])
def test_first_contact_beside_a_key_result_without_a_score_needs_no_leave_where_no_number_of_peoples_is(
    held: str,
) -> None:
    table = grid(f"{COLUMNS}\n | a | 10 | | | {held} |\n | b | 10 | 1 | | |")
    plan = planned(table, owned_columns=False, ours="0.50")
    assert at("F3") in written(plan)
    assert plan.problems == ()


def test_a_score_column_that_is_ours_does_not_wait_for_what_stands_in_it_beside_a_new_one() -> None:
    table = "O | KR | Đích | Nay | W | Điểm | Điểm O\no | a | 10 | 5 | | 0.2 | {objective}\n | b | 10 | | | 0.9 |"
    own = frozenset({(1, "điểm")})
    plan = planned(grid(table.format(objective="")), owned_columns=own)
    assert written(plan) == {at("F2"): Decimal("0.50"), at("G2"): Decimal("0.50")}
    assert told(planned(grid(table.format(objective="0.7")), owned_columns=own).problems) == [
        ("first-contact", at("G2"))
    ]


def test_where_one_mapping_of_a_tab_waits_the_others_write_nothing_either() -> None:
    tab = grid("O | A | A nay | A điểm | B | B nay | B điểm\no | a | 0.5 | 0.4 | b | 0.5 |")
    reading = read_all([tab], *(ONE_OF_TWO.replace("?", name) for name in "AB"))
    scores = score_okrs(reading.objectives, reading.key_results, {})
    plan = make_plan(book(tab), reading, scores, ours={}, owned_columns=frozenset())
    assert (plan.writes, plan.unwritten) == ((), frozenset({1}))
    assert told(plan.problems) == [("first-contact", at("D2"))]


def test_at_first_contact_a_number_in_a_cell_that_two_things_claim_waits_too() -> None:
    """The column would be ours by the time that the mapping is mended."""
    sheet = book(grid(f"{COLUMNS}\no | a | 10 | 5 | | 0.4 |"))
    reading = read_book(sheet, [mapping(BY.replace("{score}", '"Điểm"').replace('"Điểm O"', '"Điểm"'))])
    scores = score_okrs(reading.objectives, reading.key_results, {})
    plan = make_plan(sheet, reading, scores, ours={}, owned_columns=frozenset())
    assert told(plan.problems) == [("score-cell-shared", at("F2")), ("first-contact", at("F2"))]


# Protection


@pytest.mark.parametrize(("area", "spared"), [(Area(1, 5, 2, 6), True), (Area(0, 0, 1, 9), False)])
def test_a_tab_whose_score_cells_are_protected_is_left_alone(area: Area, spared: bool) -> None:
    table = replace(grid(f"{COLUMNS}\n | a | 10 | 5 | | |\n | b | 10 | 5 | | |"), protections=(area,))
    plan = planned(table)
    assert (plan.writes == ()) is spared
    assert told(plan.problems) == ([("tab-protected", at("F2"))] if spared else [])


@pytest.mark.parametrize(
    ("protections", "named"),
    [
        ([Area(0, 5, FAR, 6)], "F:F"),
        ([Area(1, 0, 2, FAR), Area(2, 4, 3, 6), Area(7, 0, 9, 9)], "2:2, E3:F3"),
        ([Area(1, 5, 2, 6), Area(2, 5, FAR, 7)], "F2, F3:G"),
        ([Area(0, 0, 1, FAR), Area(1, 0, FAR, FAR)], "2:"),
        ([Area(0, 0, FAR, FAR)], "OKR"),
    ],
)
def test_the_protected_ranges_that_score_cells_are_in_are_named(protections: list[Area], named: str) -> None:
    table = grid(f"{COLUMNS}\n | a | 10 | 5 | | |\n | b | 10 | 5 | | |")
    [found] = planned(replace(table, protections=tuple(protections))).problems
    assert message_of(found, "en").endswith(f"may not edit them: {named}.")
