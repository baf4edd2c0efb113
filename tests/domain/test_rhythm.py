"""The rhythm of check-ins: when one is overdue, and which one is the newest that counts."""

from datetime import date, timedelta

import pytest

from sync.domain.okr import CheckIn, Level
from sync.domain.rhythm import DEFAULT_RHYTHM, Rhythm, newest
from tests.support.grids import at

LAST = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("level", "days"), [(Level.COMPANY, 30), (Level.DEPARTMENT, 7), (Level.INDIVIDUAL, 7), (None, 7)]
)
def test_it_is_overdue_after_the_rhythm_of_its_level_and_the_grace(level: Level | None, days: int) -> None:
    last_day = LAST + timedelta(days=days + 2)
    assert not DEFAULT_RHYTHM.is_overdue(level, LAST, last_day)
    assert DEFAULT_RHYTHM.is_overdue(level, LAST, last_day + timedelta(days=1))


def test_a_rhythm_without_grace_is_strict() -> None:
    daily = Rhythm({None: 1}, grace=0)
    assert not daily.is_overdue(None, LAST, LAST + timedelta(days=1))
    assert daily.is_overdue(None, LAST, LAST + timedelta(days=2))


def log(*days: str) -> list[CheckIn]:
    return [CheckIn(key_result="k", cell=at(f"A{row}"), date=day) for row, day in enumerate(days, 1)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("2026-11-01", "2026-11-09", "2026-11-03"), "2026-11-09"),
        (("2026-11-01", "2027-01-01"), "2026-11-01"),
        (("2026-09-30",), None),
        (("tuần trước", "30/2/2026", ""), None),
    ],
)
def test_the_newest_that_counts_is_of_this_period_and_not_of_the_future(
    days: tuple[str, ...], expected: str | None
) -> None:
    found = newest(log(*days), date(2026, 10, 1), date(2026, 11, 20))
    assert (found.date if found else None) == expected
