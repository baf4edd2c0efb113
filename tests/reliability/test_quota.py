"""Google's quota used up for long: no more requests than it allows, told on the page, and over by itself."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

import pytest

from sync.local_sheets import Fault
from sync.records import PassResult
from sync.scoring import Bands
from sync.sheets import Quota, SheetsClient, Trouble
from sync.sheets.quota import PER_MINUTE
from sync.sync_pass import run_pass
from tests.installation import Installation
from tests.reliability.okrs import configuration, spreadsheet, type_current, wrong_scores
from tests.test_worker import MINUTE, Night, Tick, night, ticks
from webapp import create_app

GOOGLES = 60
SCARCE, AFTER = 10 * MINUTE, 5 * MINUTE


class Minutes:
    """The server's clock, which counts the requests that came, those refused included, by the minute."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.requests: Counter[int] = Counter()

    def __call__(self) -> datetime:
        now = self._now()
        self.requests[int(now.timestamp() // 60)] += 1
        return now


@pytest.fixture
def sales(installation: Installation) -> Installation:
    spreadsheet(installation, "sales")
    installation.configure(configuration("sales", every="10s"))
    return installation


def run_until_quota_is_back(sales: Installation, clock: Night, allowed: int) -> tuple[list[Tick], Minutes]:
    """Some minutes with so many requests allowed in each, and then with Google's usual quota."""
    minutes = Minutes(clock.now)
    sales.server.quota(allowed, allowed, minutes)
    clock.at(SCARCE, lambda: sales.server.quota(GOOGLES, GOOGLES, clock.now))
    return ticks(sales, clock), minutes


def test_a_quota_of_nothing_is_asked_for_about_once_a_minute(sales: Installation) -> None:
    with night(SCARCE + AFTER) as clock:
        ended, minutes = run_until_quota_is_back(sales, clock, allowed=0)
    assert max(minutes.requests.values()) <= 2
    assert {outcome.error.trouble for at, outcome in ended if at < SCARCE and outcome.error} == {Trouble.QUOTA}
    assert {outcome.result for at, outcome in ended if at < SCARCE} == {PassResult.FAILED}


def test_a_429_without_end_brings_no_more_requests_than_the_quota_allows(sales: Installation) -> None:
    sales.server.fault(Fault(kind="error", status=429, retry_after="1"))
    with night(SCARCE) as clock:
        ended = ticks(sales, clock)
    assert len(sales.server.requests) <= GOOGLES * SCARCE / MINUTE
    assert {outcome.result for _, outcome in ended} == {PassResult.FAILED}


def test_a_quota_that_others_use_up_costs_at_most_one_refused_request_a_minute(sales: Installation) -> None:
    with night(SCARCE + AFTER) as clock:
        _, minutes = run_until_quota_is_back(sales, clock, allowed=3)
    refused = [request for request in sales.server.requests if request.status == 429]
    assert 0 < len(refused) <= len(minutes.requests)


def test_it_recovers_by_itself(sales: Installation) -> None:
    with night(SCARCE + AFTER) as clock:
        ended, _ = run_until_quota_is_back(sales, clock, allowed=0)
    after = [outcome.result for at, outcome in ended if at > SCARCE + 3 * MINUTE]
    assert set(after) <= {PassResult.OK, PassResult.UNCHANGED}
    assert wrong_scores(sales.server, "sales") == {}


def test_the_page_tells_of_it_and_shows_the_last_good_view(sales: Installation) -> None:
    assert sales.sync().result is PassResult.OK
    type_current(sales.server, "sales", 1, 9)
    seen: list[str] = []

    def look() -> None:
        told = sales.records.last_passes()["sales"]
        seen.append(f"{told.result}: {told.message}")
        page = create_app(sales.records, sales.config.page, Bands(), {"sales": 10}).test_client()
        seen.append(page.get("/", headers={"Accept-Language": "en"}).text)

    with night(SCARCE) as clock:
        sales.server.quota(0, 0, clock.now)
        clock.at(SCARCE / 2, look)
        ticks(sales, clock)
    state, page = seen
    assert state == "failed: quota"
    assert "limit of requests a minute was used up" in page
    assert "KR 1" in page


def test_many_spreadsheets_of_one_identity_stay_below_the_quota_together(installation: Installation) -> None:
    names = [f"team-{number}" for number in range(20)]
    for name in names:
        spreadsheet(installation, name)
    minutes = Minutes(installation.clock.now)
    installation.server.quota(GOOGLES, GOOGLES, minutes)
    quota = Quota(installation.clock)
    for name in names * 2:
        installation.configure(configuration(name))
        client = SheetsClient(None, installation.server.url, clock=installation.clock, quota=quota)
        assert (
            run_pass(installation.config.spreadsheet[0], client, installation.records, installation.clock).error is None
        )
        client.close()
        type_current(installation.server, name, 1, 9)
    statuses = {status for _, status, _ in installation.server.counts()}
    assert statuses == {200}
    assert max(minutes.requests.values()) <= 2 * PER_MINUTE
