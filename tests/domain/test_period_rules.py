"""Periods of a company's OKRs: names that can mean two, and links into one that is over."""

import pytest

from sync.domain.alignment import align
from sync.domain.okr import Objective, Status
from sync.domain.rules.periods import earlier_parent, period_without_year
from tests.support.grids import at


def objective(key: str, period: str, parent: str = "", **facts: object) -> Objective:
    return Objective(key=key, id=key, text=f"Objective {key}", cell=at("A1"), period=period, parent=parent, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("child", "parent", "told"),
    [
        ("Q1/2027", "Q4/2026", True),
        ("Q1/2027", "Năm 2026", True),
        ("Q4/2026", "Năm 2026", False),
        ("Q4/2026", "Q4/2026", False),
        ("Q4/2026", "Q1/2027", False),
        ("Q1/2027", "Quý 4", False),
        ("", "Q4/2026", False),
    ],
)
def test_a_parent_of_a_period_that_is_over_by_then_is_told(child: str, parent: str, told: bool) -> None:
    found = list(earlier_parent(align([objective("p", parent), objective("c", child, parent="p")], [])))
    assert [dict(each.facts)["parent"] for each in found] == ["Objective p"] * told


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("Quý 4", "Q4/2026"), ["Quý 4"]),
        (("Tháng 10", "10/2026"), ["Tháng 10"]),
        (("Quý 4", "Q3/2026"), []),
        (("Quý 4", "Quý 4"), []),
        (("Q4/2026", "Quý 4/2026"), []),
    ],
)
def test_a_quarter_without_a_year_beside_one_with_it_can_be_read_in_two_ways(
    names: tuple[str, str], told: list[str]
) -> None:
    found = period_without_year(align([objective(str(n), name) for n, name in enumerate(names)], []))
    assert [dict(each.facts)["period"] for each in found] == told


def test_a_name_that_stands_often_is_told_once_for_its_tab() -> None:
    objectives = [objective("a", "Q4/2026"), *(objective(str(n), "Quý 4") for n in range(5))]
    assert len(list(period_without_year(align(objectives, [])))) == 1


def test_what_is_closed_is_left_in_peace() -> None:
    objectives = [objective("a", "Q4/2026"), objective("b", "Quý 4", status=Status.CLOSED)]
    assert list(period_without_year(align(objectives, []))) == []
