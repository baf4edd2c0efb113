"""Our share of Google's quota: 48 reads and 48 writes in any minute, for all who sign in as the same identity."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.domain.failures import Trouble
from sync.google import Quota, SheetsClient, SheetsError
from sync.local_sheets import Fault, LocalSheets
from tests.support.clocks import ManualClock
from tests.support.installation import save_workbook


@pytest.fixture
def sheets(tmp_path: Path) -> Iterator[LocalSheets]:
    with LocalSheets(tmp_path / "data") as server:
        server.import_workbook(save_workbook(tmp_path / "okr.xlsx", {"OKR": [["Objective"]]}))
        yield server


def used_up(quota: Quota) -> int:
    """Take reads until there are none, and say how many there were."""
    taken = 0
    while quota.take("read") == 0:
        taken += 1
    return taken


def test_four_fifths_of_googles_quota_are_ours(clock: ManualClock) -> None:
    quota = Quota(clock)
    assert (quota.left("read"), quota.left("write")) == (48, 48)
    assert used_up(quota) == 48
    assert (quota.left("read"), quota.left("write")) == (0, 48)


def test_an_identity_that_google_allows_more_gets_more(clock: ManualClock) -> None:
    quota = Quota.share_of(300, clock)
    assert (quota.left("read"), quota.left("write")) == (240, 240)


def test_reads_come_back_a_minute_after_they_were_sent(clock: ManualClock) -> None:
    quota = Quota(clock, reads=2)
    quota.take("read")
    clock.advance(20)
    quota.take("read")
    wait = quota.take("read")
    assert 40 < wait < 40.1
    clock.advance(wait)
    assert quota.left("read") == 1
    assert quota.take("read") == 0
    assert 20 <= quota.take("read") < 20.1


def test_no_minute_wherever_it_begins_holds_more_than_our_share(clock: ManualClock) -> None:
    quota, sent = Quota(clock, reads=5), []
    for _ in range(100):
        wait = quota.take("read")
        if wait == 0:
            sent.append(clock.monotonic())
        clock.advance(wait or 1.7)
    assert max(sum(begin <= moment < begin + 60 for moment in sent) for begin in sent) == 5


def test_a_pause_holds_one_kind_for_everybody(clock: ManualClock) -> None:
    quota = Quota(clock)
    quota.pause("read", 30)
    assert 30 <= quota.take("read") <= 31
    assert (quota.left("read"), quota.take("write")) == (0, 0)
    clock.advance(30)
    assert quota.take("read") == 0


def test_a_shorter_pause_does_not_end_a_longer_one(clock: ManualClock) -> None:
    quota = Quota(clock)
    quota.pause("read", 30)
    quota.pause("read", 5)
    assert quota.take("read") >= 30


def test_threads_together_get_no_more_than_one_would(clock: ManualClock) -> None:
    quota, counts = Quota(clock), []
    threads = [threading.Thread(target=lambda: counts.append(used_up(quota))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 48


def test_clients_of_one_identity_share_one_quota_and_wait_for_it(sheets: LocalSheets, clock: ManualClock) -> None:
    quota = Quota(clock, reads=3)
    one, other = (SheetsClient(None, sheets.url, clock=clock, quota=quota) for _ in range(2))
    for client in (one, other, one, other):
        client.read_book("okr")
    assert len(clock.waits) == 1
    assert 60 <= clock.waits[0] < 61
    one.close()
    other.close()


def test_a_wait_that_does_not_fit_into_the_pass_ends_it_at_once(sheets: LocalSheets, clock: ManualClock) -> None:
    client = SheetsClient(None, sheets.url, clock=clock, quota=Quota(clock, reads=1))
    client.read_book("okr")
    with client.within(30), pytest.raises(SheetsError) as error:
        client.read_book("okr")
    assert (error.value.trouble, client.reads, clock.waits) == (Trouble.QUOTA, 1, [])
    client.close()


def test_every_attempt_takes_of_the_quota(sheets: LocalSheets, clock: ManualClock) -> None:
    quota = Quota(clock)
    client = SheetsClient(None, sheets.url, clock=clock, quota=quota)
    sheets.fault(Fault(kind="error", status=503, method="spreadsheets.get", times=2))
    client.read_book("okr")
    assert quota.left("read") == 45
    client.close()


def test_under_a_quota_that_is_always_used_up_hardly_anything_is_sent(sheets: LocalSheets, clock: ManualClock) -> None:
    sheets.fault(Fault(kind="error", status=429, method="spreadsheets.get"))
    quota = Quota(clock)
    clients = [SheetsClient(None, sheets.url, clock=clock, quota=quota) for _ in range(3)]
    began = clock.monotonic()
    troubles = set()
    for _ in range(10):
        for client in clients:
            with client.within(120), pytest.raises(SheetsError) as error:
                client.read_book("okr")
            troubles.add(error.value.trouble)
    minutes = (clock.monotonic() - began) / 60
    refused = sum(client.statuses[429] for client in clients)
    assert troubles == {Trouble.QUOTA}
    assert refused == sum(client.reads for client in clients)
    assert refused <= minutes + 2
    sheets.clear_faults()
    for client in clients:
        client.read_book("okr")
        client.close()


def test_with_googles_own_minutes_a_busy_service_is_never_refused(sheets: LocalSheets, clock: ManualClock) -> None:
    sheets.quota(60, 60, clock.now)
    client = SheetsClient(None, sheets.url, clock=clock)
    for _ in range(150):
        client.read_book("okr")
    assert client.statuses == {200: 150}
    client.close()
