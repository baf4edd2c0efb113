"""Pace and projection: what is expected by a day, what is ahead and behind, and where a line may be drawn."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.cells import CellRef
from sync.domain.okr import KeyResult, Kind, Metric
from sync.domain.pace import Day, Pace, PacePolicy, expected_share, has_pace, projected
from sync.domain.periods import Span

NOVEMBER = Span(date(2026, 11, 1), date(2026, 11, 30))
Q4 = Span(date(2026, 10, 1), date(2026, 12, 31))
ONE_DAY = timedelta(days=1)

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
scores = st.decimals(0, 1, places=4)
spans = st.builds(lambda first, length: Span(first, first + length * ONE_DAY), days, st.integers(0, 400))


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(2026, 10, 31), Decimal(0)),
        (date(2026, 11, 1), Decimal(1) / 30),
        (date(2026, 11, 15), Decimal("0.5")),
        (date(2026, 11, 30), Decimal(1)),
        (date(2026, 12, 24), Decimal(1)),
    ],
)
def test_both_ends_of_a_period_count(day: date, share: Decimal) -> None:
    assert expected_share(NOVEMBER, day) == share


@given(spans, days)
def test_what_is_expected_never_falls_and_ends_at_all_of_it(span: Span, day: date) -> None:
    assert 0 <= expected_share(span, day) <= expected_share(span, day + ONE_DAY) <= 1
    assert expected_share(span, span.last) == 1


@pytest.mark.parametrize(
    ("score", "pace"),
    [
        ("0.60", Pace.AHEAD),
        ("0.5999", Pace.ON_PACE),
        ("0.4001", Pace.ON_PACE),
        ("0.40", Pace.BEHIND),
        ("0.2501", Pace.BEHIND),
        ("0.25", Pace.FAR_BEHIND),
    ],
)
def test_the_gap_to_what_is_expected_is_the_pace(score: str, pace: Pace) -> None:
    assert PacePolicy().of(Decimal(score), Decimal("0.5")) is pace


@given(scores, scores, scores)
def test_a_higher_score_is_never_a_worse_pace(one: Decimal, other: Decimal, expected: Decimal) -> None:
    low, high = sorted((one, other))
    order = list(Pace)
    assert order.index(PacePolicy().of(high, expected)) <= order.index(PacePolicy().of(low, expected))


def test_the_goal_of_an_aspirational_objective_is_what_the_admin_says_and_else_all_of_the_target() -> None:
    policy = PacePolicy(aspirational=Decimal("0.65"))
    assert [policy.goal(kind) for kind in (Kind.ASPIRATIONAL, Kind.COMMITTED, None)] == [Decimal("0.65"), 1, 1]


@pytest.mark.parametrize("metric", [Metric.AT_MOST, Metric.AT_LEAST, Metric.BETWEEN, Metric.DONE, Metric.STEPS])
def test_what_jumps_has_a_pace_in_the_last_fifth_only(metric: Metric) -> None:
    part = KeyResult(key="k", text="", cell=CellRef("s", 0, "t", 0, 0), metric=metric)
    assert not has_pace(part, expected_share(NOVEMBER, date(2026, 11, 24)))
    assert has_pace(part, expected_share(NOVEMBER, date(2026, 11, 25)))


def weekly(*values: str, first: date = date(2026, 10, 31)) -> list[Day]:
    return [Day(first + 7 * place * ONE_DAY, Decimal(value)) for place, value in enumerate(values)]


def test_the_line_goes_on_from_four_weeks_ago_over_today_to_the_last_day() -> None:
    found = projected(weekly("0.1", "0.2", "0.3", "0.4"), Q4, date(2026, 11, 21))
    assert found is not None
    assert (found.first, found.start, found.today, found.end) == (
        date(2026, 10, 31),
        Decimal("0.1"),
        date(2026, 11, 21),
        Decimal("0.4"),
    )
    assert (found.changes, found.last) == (3, Q4.last)
    assert found.value == pytest.approx(Decimal("0.4") + Decimal("0.3") / 21 * 40)


def test_a_score_that_stands_still_since_ends_lower() -> None:
    days = weekly("0.1", "0.2", "0.3", "0.4")
    then, later = projected(days, Q4, date(2026, 11, 21)), projected(days, Q4, date(2026, 11, 26))
    assert then is not None
    assert later is not None
    assert later.value < then.value


@pytest.mark.parametrize(
    "days",
    [
        [],
        weekly("0.1", "0.2", "0.3"),
        [Day(date(2026, 11, 10) + place * ONE_DAY, Decimal(place) / 10) for place in range(5)],
        [*weekly("0.1", "0.2"), Day(date(2026, 11, 14), None), Day(date(2026, 11, 15), Decimal("0.3"))],
        weekly("0.1", "0.2", "0.3", "1"),
        weekly("0.1", "0.2", "0.3", "0.4", first=date(2026, 8, 1)),
    ],
    ids=["no history", "two changes", "only days", "interrupted", "full", "long ago"],
)
def test_nothing_is_projected_where_it_would_be_a_guess(days: list[Day]) -> None:
    assert projected(days, Q4, date(2026, 11, 21)) is None


def test_nothing_is_projected_for_a_period_that_does_not_run() -> None:
    days = weekly("0.1", "0.2", "0.3", "0.4", first=date(2026, 12, 5))
    assert projected(days, Q4, date(2026, 12, 31)) is None
    assert projected(days, Span(date(2027, 1, 1), date(2027, 3, 31)), date(2026, 12, 30)) is None


@given(st.lists(st.tuples(st.dates(Q4.first, Q4.last), scores), max_size=30), st.dates(Q4.first, Q4.last))
def test_a_projection_is_a_score_and_rests_on_enough(points: list[tuple[date, Decimal]], today: date) -> None:
    found = projected([Day(*point) for point in sorted(points)], Q4, today)
    if found is not None:
        assert 0 <= found.value <= 1
        assert found.changes >= 3
        assert found.today - found.first >= timedelta(days=14)
        # What has come down to nothing, or up to all, stays there.
        assert found.value >= found.end or found.end < found.start
        assert found.value <= found.end or found.end > found.start
