"""When something falls due that comes again and again, where the company is, and when it is quiet."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from sync.domain.timetable import QuietHours, Timetable

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
BERLIN = ZoneInfo("Europe/Berlin")
EIGHT = time(8)


def at(text: str, zone: ZoneInfo = HANOI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("timetable", "now", "due"),
    [
        (Timetable(EIGHT), "2026-11-23T08:00", "2026-11-23T08:00"),
        (Timetable(EIGHT), "2026-11-23T07:59", "2026-11-22T08:00"),
        (Timetable(EIGHT, weekday=0), "2026-11-29T23:59", "2026-11-23T08:00"),
        (Timetable(EIGHT, weekday=0), "2026-11-30T08:00", "2026-11-30T08:00"),
        (Timetable(EIGHT, month_day=1), "2026-11-30T08:00", "2026-11-01T08:00"),
        (Timetable(EIGHT, month_day=31), "2026-12-01T08:00", "2026-11-30T08:00"),
        (Timetable(EIGHT, month_day=31), "2027-02-28T07:00", "2027-01-31T08:00"),
        (Timetable(EIGHT, month_day=29), "2028-02-29T09:00", "2028-02-29T08:00"),
    ],
)
def test_the_newest_time_that_it_fell_due(timetable: Timetable, now: str, due: str) -> None:
    assert timetable.newest(at(now), HANOI) == at(due)


def test_it_goes_by_the_time_where_the_company_is() -> None:
    now = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    assert Timetable(EIGHT, weekday=0).newest(now, HANOI) == now
    assert Timetable(EIGHT, weekday=0).newest(now, BERLIN) == at("2026-11-16T08:00", BERLIN)


def test_a_time_that_summer_time_leaves_out_comes_right_after_it() -> None:
    due = Timetable(time(2, 30)).newest(at("2026-03-29T12:00", BERLIN), BERLIN)
    assert due.date() == at("2026-03-29T00:00", BERLIN).date()


@pytest.mark.parametrize(
    ("first", "last", "now", "is_quiet"),
    [
        (20, 7, "2026-11-23T20:00", True),
        (20, 7, "2026-11-23T06:59", True),
        (20, 7, "2026-11-23T07:00", False),
        (12, 14, "2026-11-23T13:00", True),
        (12, 14, "2026-11-23T14:00", False),
    ],
)
def test_quiet_hours_may_last_over_midnight(first: int, last: int, now: str, is_quiet: bool) -> None:
    assert QuietHours(time(first), time(last)).hold(at(now), HANOI) is is_quiet
