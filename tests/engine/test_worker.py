"""The worker makes a pass at every interval, whatever the clocks do."""

import os
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from sync.engine import LONGEST_NAP
from sync.local_sheets import LocalSheets
from tests.support.flat_sheet import every
from tests.support.installation import Installation
from tests.support.nights import HOUR, MINUTE, about, gaps, night, ticks


@pytest.fixture
def zone(request: pytest.FixtureRequest) -> Iterator[None]:
    """The local time zone of this process."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


NIGHTS = {
    "Berlin, an hour back": ("Europe/Berlin", "2026-10-25T01:00:00+00:00"),
    "Berlin, an hour on": ("Europe/Berlin", "2026-03-29T01:00:00+00:00"),
    "New York, an hour back": ("America/New_York", "2026-11-01T06:00:00+00:00"),
    "New York, an hour on": ("America/New_York", "2026-03-08T07:00:00+00:00"),
    "Ho Chi Minh City, like any other": ("Asia/Ho_Chi_Minh", "2026-10-25T01:00:00+00:00"),
}


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize(("zone", "change"), NIGHTS.values(), ids=NIGHTS, indirect=["zone"])
def test_no_night_has_a_gap_between_passes(sales: Installation, change: str) -> None:
    start = datetime.fromisoformat(change) - timedelta(minutes=15)
    with night(80 * MINUTE, start.isoformat()) as clock:
        ended = ticks(sales, clock)
    assert max(gaps(ended)) <= 5 * MINUTE + 2 * LONGEST_NAP
    # One at the start, and one that comes early where the clock is put on.
    assert 16 <= len(ended) <= 18


@pytest.mark.parametrize("hours", [-12, -2, 2, 12])
def test_a_wall_clock_that_is_set_leaves_no_gap_and_brings_no_storm(sales: Installation, hours: int) -> None:
    with night(HOUR) as clock:
        clock.at(20 * MINUTE + 100, lambda: clock.set_wall_clock(hours * HOUR))
        ended = ticks(sales, clock)
    assert max(gaps(ended)) <= 5 * MINUTE + 2 * LONGEST_NAP
    assert 12 <= len(ended) <= 14


def test_a_clock_that_is_set_during_a_pass_does_not_make_it_last_longer(sales: Installation) -> None:
    def pass_time(_: LocalSheets) -> None:
        clock.advance(3)
        clock.set_wall_clock(4 * MINUTE)

    with night(MINUTE) as clock:
        sales.server.before("spreadsheets.get", pass_time)
        ended = ticks(sales, clock)
    assert ended[0][1].seconds == 3
    assert sales.records.figures()["pass_seconds", ""] == 3


def test_a_machine_that_wakes_up_makes_one_pass_at_once_and_goes_on(sales: Installation) -> None:
    with night(HOUR) as clock:
        clock.at(20 * MINUTE + 100, lambda: clock.set_wall_clock(9 * HOUR))
        ended = ticks(sales, clock)
    woken = [at for at, _ in ended if at > 20 * MINUTE + 99]
    assert woken[:3] == about([20 * MINUTE + 100, 25 * MINUTE + 100, 30 * MINUTE + 100])


def test_ticks_that_were_missed_during_a_long_pass_are_not_made_up_for(sales: Installation) -> None:
    sales.configure(every("10s"))
    with night(5 * MINUTE) as clock:
        sales.server.before("spreadsheets.get", lambda _: clock.advance(95))
        ended = ticks(sales, clock)
    assert ended[0][0] == 95
    assert gaps(ended) == about([10] * 20)
