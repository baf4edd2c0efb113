"""Rows that add to objectives of another tab or block, joined by ID."""

from decimal import Decimal

import pytest

from sync.domain.okr import Level, Status
from sync.reading import BookReading
from sync.translations.problems import message_of
from tests.support.grids import at, codes, grid, read_all

OKRS = """
objective = { id = "Mã", text = "O", owner = "Ai", status = "TT" }
key_result = { text = "KR", target = "Đích", current = "Nay" }
"""
OKR_TAB = "Mã | O | Ai | TT | KR | Đích | Nay\n1 | bán | An | Nháp | a | 10 | 5\n2 | giao | Bình | | b | 10 | 8"
SUMS = """
title = "Tổng hợp"
[objective]
id = { header = "Mục tiêu", pattern = '^Mục tiêu (\\d+)' }
weight = "Trọng số"
level = "Cấp"
owner = "Ai"
score = "Điểm"
"""
SUM_HEAD = "Mục tiêu | Trọng số | Cấp | Ai | Điểm\n"


def summed(rows: str, *more: str) -> BookReading:
    return read_all([grid(OKR_TAB), grid(SUM_HEAD + rows, "Tổng hợp", 2)], OKRS, SUMS, *more)


def test_what_another_tab_says_of_an_objective_is_added_by_its_id() -> None:
    reading = summed("Mục tiêu 2 | 70% | Phòng ban | Chi |\nMục tiêu 1 | 30% | Công ty | |")
    first, second = reading.objectives
    assert (first.text, first.weight, first.level, first.owner) == ("bán", Decimal("0.3"), Level.COMPANY, "An")
    assert (second.text, second.weight, second.level, second.owner) == ("giao", Decimal("0.7"), Level.DEPARTMENT, "Chi")
    assert reading.problems == ()


def test_its_score_goes_to_the_cell_beside_its_id_there() -> None:
    reading = summed("Mục tiêu 2 | 70% | | |\nMục tiêu 1 | 30% | | |")
    there = [at("E3", 2, "Tổng hợp"), at("E2", 2, "Tổng hợp")]
    assert [found.score_cells for found in reading.objectives] == [(there[0],), (there[1],)]
    assert list(reading.tabs[0].score_cells.values()) == [(), (), (), ()]
    assert list(reading.tabs[1].score_cells.values()) == [(there[1],), (there[0],)]


def test_what_a_row_leaves_blank_changes_nothing() -> None:
    [first, _] = summed("Mục tiêu 1 | | | |").objectives
    assert (first.owner, first.status, first.weight, first.level) == ("An", Status.DRAFT, Decimal(1), None)


def test_an_id_that_no_objective_has_is_told_and_a_row_without_one_says_nothing() -> None:
    reading = summed("Mục tiêu 3 | 40% | | |\nTổng | 100% | | |")
    assert [found.weight for found in reading.objectives] == [1, 1]
    assert [(found.code, found.cell) for found in reading.problems] == [("unknown-objective", at("A2", 2, "Tổng hợp"))]
    assert (
        message_of(reading.problems[0], "en") == "No objective has the ID “3”, so what this row says belongs to none."
    )


def test_an_id_of_the_same_tab_goes_before_one_of_another_and_two_of_others_are_told() -> None:
    other = OKRS + 'title = "Q4"\n'
    tabs = [grid(OKR_TAB), grid(OKR_TAB, "Q4", 3), grid(SUM_HEAD + "Mục tiêu 1 | 5 | | |", "Tổng hợp", 2)]
    reading = read_all(tabs, OKRS, other, SUMS)
    assert codes(reading) == ["ambiguous-objective"]
    assert {found.weight for found in reading.objectives} == {1}
    below = OKR_TAB + "\n|\n|\n" + SUM_HEAD.replace("Mã", "") + "Mục tiêu 1 | 5 | | |"
    until = 'until = { header = "Mã", is = "Mục tiêu" }\n' + OKRS
    reading = read_all([grid(below), grid(OKR_TAB, "Q4", 3)], until, other, SUMS.replace("Tổng hợp", "OKR"))
    assert [(found.cell.tab, found.weight) for found in reading.objectives if found.weight != 1] == [
        ("OKR", Decimal(5))
    ]
    assert codes(reading) == []


def test_key_results_beside_what_is_added_belong_to_the_objective_that_is_added_to() -> None:
    key_results = """
    title = "KR"
    objective = { id = "Mã", weight = "W" }
    key_result = { text = "KR", target = "Đích", current = "Nay" }
    """
    tabs = [
        grid("Mã | O\n1 | bán"),
        grid("Mã | W | KR | Đích | Nay\n1 | 3 | a | 10 | 5\n | | b | 10 | 5\n9 | | c | 1 | 1", "KR", 2),
    ]
    reading = read_all(tabs, 'objective = { id = "Mã", text = "O" }', key_results)
    [objective] = reading.objectives
    assert objective.weight == 3
    assert [(found.text, found.objective == objective.key) for found in reading.key_results] == [
        ("a", True),
        ("b", True),
        ("c", False),
    ]
    assert codes(reading) == ["unknown-objective", "no-objective"]


@pytest.mark.parametrize("mark", ["", " "])
def test_an_addition_without_an_id_is_none(mark: str) -> None:
    assert summed(f"{mark} | 5 | | |").problems == ()
