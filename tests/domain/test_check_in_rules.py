"""The days of check-ins that cannot be right, each told at the cell of the date."""

from datetime import date

import pytest

from sync.domain.check_in_rules import misdated
from sync.domain.naming import Names, bearers_of
from sync.domain.okr import CheckIn, KeyResult, Objective
from tests.support.grids import at

TODAY = date(2026, 11, 20)


def told(day: str, *periods: str, names: str = "K") -> list[tuple[str, str, dict[str, str]]]:
    """What is told of one check-in, where a key result K stands in each of the periods."""
    objectives = [Objective(key=period, text="o", cell=at("A1"), period=period) for period in periods]
    parts = [KeyResult(key=f"k{period}", id="K", text="k", cell=at("B1"), objective=period) for period in periods]
    check_in = CheckIn(key_result=names, cell=at("C5"), date=day, date_cell=at("D5"))
    found = misdated(Names(bearers_of([*objectives, *parts])), [check_in], TODAY)
    return [(each.code, str(each.cell), dict(each.facts)) for each in found]


def test_a_day_to_come_is_told() -> None:
    assert told("2026-11-21", "Q4/2026") == [("check-in-ahead", str(at("D5")), {"day": "2026-11-21"})]


def test_a_day_before_the_period_is_told() -> None:
    facts = {"day": "2026-09-30", "period": "Q4/2026", "first": "2026-10-01"}
    assert told("2026-09-30", "Q4/2026") == [("check-in-too-early", str(at("D5")), facts)]


@pytest.mark.parametrize("day", ["2026-10-01", "2026-11-20", "", "tuần trước"])
def test_days_of_the_period_and_what_is_no_day_are_not_told(day: str) -> None:
    assert told(day, "Q4/2026") == []


def test_a_number_that_comes_late_is_no_fault() -> None:
    assert told("2026-10-05", "Q3/2026") == []


def test_the_key_result_of_the_period_that_holds_the_day_is_meant() -> None:
    assert told("2026-09-30", "Q4/2026", "Q3/2026") == []


def test_without_days_of_a_period_or_a_key_result_nothing_is_too_early() -> None:
    assert told("2025-01-01", "Kỳ này") == []
    assert told("2025-01-01", "Q4/2026", names="gone") == []
