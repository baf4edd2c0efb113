"""Google's quota used up for long: no more requests than it allows, told on the page, and over by itself."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

import pytest

from sync.domain.failures import Trouble
from sync.domain.memory import PassResult
from sync.domain.scoring import Bands
from sync.google import Quota, SheetsClient
from sync.google.quota import PER_MINUTE
from sync.local_sheets import Fault, LocalSheets
from sync.passes.outcome import PassOutcome
from sync.passes.run import run_pass
from tests.reliability.okrs import FULL_READ, WRITE, configuration, spreadsheet, type_current, wrong_scores
from tests.support.clocks import ManualClock
from tests.support.installation import Installation
from tests.support.nights import MINUTE, Night, Tick, night, ticks
from webapp.web.app import create_app

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


class Counting(ManualClock):
    """A clock that, before it moves on, counts the requests that came since it last did, by kind and minute."""

    def __init__(self, server: LocalSheets) -> None:
        super().__init__()
        self._server, self._counted = server, 0
        self._requests: Counter[tuple[str, int]] = Counter()

    def advance(self, seconds: float) -> None:
        self._count()
        super().advance(seconds)

    def most(self, kind: str) -> int:
        """How many requests of that kind came in the minute in which most of them did."""
        self._count()
        return max(count for (each, _), count in self._requests.items() if each == kind)

    def _count(self) -> None:
        new = self._server.requests[self._counted :]
        self._counted += len(new)
        self._requests.update((request.kind, int(self.now().timestamp() // 60)) for request in new)


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


@pytest.mark.parametrize(("refused", "kind"), [(FULL_READ, "read"), (WRITE, "write")])
def test_a_429_without_end_brings_no_more_requests_than_our_share(
    installation: Installation, refused: str, kind: str
) -> None:
    """Google asks for a second's patience only, so that nothing but the share keeps so many passes from more."""
    clock, names = Counting(installation.server), ["sales", "people", "plant"]
    for name in names:
        spreadsheet(installation, name)
    installation.server.fault(Fault(kind="error", method=refused, status=429, retry_after="1"))
    ended = passes_of_one_identity(installation, clock, names * 10)
    assert clock.most(kind) <= PER_MINUTE
    assert {outcome.error and outcome.error.trouble for outcome in ended} == {Trouble.QUOTA}


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


def passes_of_one_identity(installation: Installation, clock: ManualClock, names: Sequence[str]) -> list[PassOutcome]:
    """One right after the other, each with a client of its own, as in the worker, and a person's edit behind it."""
    quota, ended = Quota(clock), []
    for name in names:
        installation.configure(configuration(name))
        client = SheetsClient(None, installation.server.url, clock=clock, quota=quota)
        ended.append(run_pass(installation.config.spreadsheet[0], client, installation.records, clock))
        client.close()
        type_current(installation.server, name, 1, len(ended) % 10)
    return ended


def test_many_spreadsheets_of_one_identity_keep_to_our_share_together(installation: Installation) -> None:
    clock, names = Counting(installation.server), [f"team-{number}" for number in range(20)]
    for name in names:
        spreadsheet(installation, name)
    installation.server.quota(GOOGLES, GOOGLES, clock.now)
    ended = passes_of_one_identity(installation, clock, names * 4)
    assert {outcome.error for outcome in ended} == {None}
    assert {status for _, status, _ in installation.server.counts()} == {200}
    assert clock.most("read") <= PER_MINUTE
    assert clock.most("write") <= PER_MINUTE
