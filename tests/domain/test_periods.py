"""Periods: what days a name means, what a period is to a day, and which one may support which."""

from datetime import UTC, date, datetime

import pytest

from sync.domain.keys import key_of
from sync.domain.periods import CALENDAR_YEARS, Calendar, FiscalYear, Period, PeriodState, Span, in_order

Q4 = Span(date(2026, 10, 1), date(2026, 12, 31))
OCTOBER = Span(date(2026, 10, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("name", "key", "first", "last"),
    [
        ("Q4/2026", "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("q4 2026", "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-Q1", "2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("Quý 2 năm 2026", "2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
        ("Quý IV/2026", "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("QUÝ III - 2026", "2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("OKR cá nhân – Quý 4/2026", "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("Q4 FY26", "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("Tháng 2/2028", "2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("tháng 12 năm 2026", "2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("T10/2026", "2026-10", date(2026, 10, 1), date(2026, 10, 31)),
        ("10/2026", "2026-10", date(2026, 10, 1), date(2026, 10, 31)),
        ("2026-10", "2026-10", date(2026, 10, 1), date(2026, 10, 31)),
        ("H2 2026", "2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("FY26 H2", "2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("6 tháng đầu năm 2026", "2026-H1", date(2026, 1, 1), date(2026, 6, 30)),
        ("nửa cuối 2026", "2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("First half of 2026", "2026-H1", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026", "2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("Năm 2026", "2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("FY26", "2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_says_its_days_by_its_name(name: str, key: str, first: date, last: date) -> None:
    found = CALENDAR_YEARS.period(name)
    assert (found.key, found.name, found.span) == (key, name, Span(first, last))


@pytest.mark.parametrize(
    "name",
    [
        *("Q4", "Quý này", "Q5/2026", "FAQ4 2026", "2026–2028", "Tháng 13/2026", "HK1 2026-2027"),
        *("Q1-Q2/2026", "Q4/2026 – Q1/2027", "Q4/26", "13/2026"),
    ],
)
def test_a_name_that_says_nothing_certain_has_no_days_and_is_a_period_of_its_own(name: str) -> None:
    found = CALENDAR_YEARS.period(name)
    assert found.span is None
    assert found.key
    assert found.state(date(2030, 1, 1)) is PeriodState.RUNNING


@pytest.mark.parametrize(
    ("name", "part"), [("Quý IV", "Q4"), ("q4", "Q4"), ("tháng 10", "10"), ("Q4/2026", ""), ("HK1", ""), ("2026", "")]
)
def test_a_part_of_a_year_without_its_year_is_told_apart(name: str, part: str) -> None:
    assert CALENDAR_YEARS.period(name).yearless == part


def test_names_of_one_period_have_one_key_and_other_periods_another() -> None:
    keys = [CALENDAR_YEARS.period(name).key for name in ("Quý 4/2026", "Q4-2026", "q4 năm 2026", "Quý 4", "2026", "")]
    assert keys == ["2026-Q4", "2026-Q4", "2026-Q4", "quy-4", "2026", ""]


def test_a_key_read_as_a_name_is_the_same_period() -> None:
    for name in ("Q4/2026", "H1 2026", "T10/2026", "2026", "Quý 4", "HK1 2026-2027", "Học kỳ đầu"):
        key = CALENDAR_YEARS.period(name).key
        assert CALENDAR_YEARS.period(key).key == key


@pytest.mark.parametrize(
    ("named_by", "name", "first", "last"),
    [
        ("start", "Q1 2026", date(2026, 4, 1), date(2026, 6, 30)),
        ("start", "Q4 2026", date(2027, 1, 1), date(2027, 3, 31)),
        ("end", "FY26", date(2025, 4, 1), date(2026, 3, 31)),
        ("end", "H2 FY26", date(2025, 10, 1), date(2026, 3, 31)),
        ("end", "Tháng 5/2026", date(2026, 5, 1), date(2026, 5, 31)),
    ],
)
def test_quarters_follow_the_companys_year_and_months_the_calendar(
    named_by: str, name: str, first: date, last: date
) -> None:
    calendar = Calendar(FiscalYear(4, "end" if named_by == "end" else "start"))
    assert calendar.period(name).span == Span(first, last)


def test_what_the_configuration_tells_comes_before_what_a_name_says() -> None:
    told = Period("hk1", "HK1 2026-2027", Span(date(2026, 9, 5), date(2027, 1, 15)), grace=0)
    calendar = Calendar(told={key_of("HK1 2026-2027"): told, key_of("Q4/2026"): told})
    assert calendar.period("hk1  2026-2027") == calendar.period("Q4/2026") == told


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 9, 30), PeriodState.PLANNED),
        (date(2026, 10, 1), PeriodState.RUNNING),
        (date(2026, 12, 31), PeriodState.RUNNING),
        (date(2027, 1, 1), PeriodState.CLOSING),
        (date(2027, 1, 14), PeriodState.CLOSING),
        (date(2027, 1, 15), PeriodState.CLOSED),
    ],
)
def test_a_period_is_planned_then_runs_and_is_closed_after_its_grace(day: date, state: PeriodState) -> None:
    assert Period("q", "Q4/2026", Q4, grace=14).state(day) is state


def test_a_day_begins_where_the_company_is() -> None:
    late = datetime(2026, 9, 30, 18, 0, tzinfo=UTC)
    assert Calendar(zone="Asia/Ho_Chi_Minh").today(late) == date(2026, 10, 1)
    assert Calendar(zone="America/New_York").today(late) == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("child", "parent", "may"),
    [
        ("Q4/2026", "Quý 4 năm 2026", True),
        ("Q4/2026", "2026", True),
        ("2026", "Q4/2026", False),
        ("Q4/2026", "Q3/2026", False),
        ("Quý 4", "2026", False),
        ("", "", True),
    ],
)
def test_an_objective_supports_one_of_its_own_or_of_a_longer_period(child: str, parent: str, may: bool) -> None:
    assert CALENDAR_YEARS.supports(child, parent) is may


def test_periods_stand_by_their_first_day_the_longer_one_first_and_each_once() -> None:
    names = ("Quý 4", "Q4/2026", "2026", "Q1/2026", "Quý I/2026", "T10/2026")
    found = in_order(CALENDAR_YEARS.period(name) for name in names)
    assert [period.key for period in found] == ["2026", "2026-Q1", "2026-Q4", "2026-10", "quy-4"]


def test_a_span_counts_both_its_ends() -> None:
    assert (OCTOBER.days, Q4.days) == (31, 92)
    assert Q4.holds(OCTOBER)
    assert not OCTOBER.holds(Q4)
