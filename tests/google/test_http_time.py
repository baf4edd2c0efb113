"""How long one request to Google may take: it waits when it is told to, and ends with the time of its pass."""

import threading
import time
from contextlib import closing

import pytest

from sync.domain.failures import Trouble
from sync.google import Quota, SheetsClient
from sync.google.http import NO_TIME
from sync.local_sheets import Fault, LocalSheets
from tests.support.calls import Call, read_full, trouble_of, try_to_edit, write
from tests.support.clocks import ManualClock
from tests.support.odd_server import BOOK, HTML, OddServer, Reply, refused


class TestQuota:
    def test_over_the_quota_we_wait_as_long_as_google_says(
        self, client: SheetsClient, sheets: LocalSheets, clock: ManualClock
    ) -> None:
        sheets.fault(Fault(kind="error", status=429, retry_after="7", method="spreadsheets.get", times=1))
        client.read_book("okr")
        assert clock.waits == [7]

    @pytest.mark.parametrize(
        "headers",
        [
            {"Retry-After": "Sat, 21 Nov 2026 08:00:07 GMT"},
            # The server's clock is an hour behind ours.
            {"Retry-After": "Sat, 21 Nov 2026 07:00:07 GMT", "Date": "Sat, 21 Nov 2026 07:00:00 GMT"},
        ],
    )
    def test_google_may_say_until_when(
        self, odd_client: SheetsClient, odd: OddServer, clock: ManualClock, headers: dict[str, str]
    ) -> None:
        odd.replies = [Reply(429, HTML, headers)]
        odd_client.read_book("s")
        assert clock.waits == [7]

    def test_over_the_quota_without_a_word_we_wait_for_the_next_minute(
        self, client: SheetsClient, sheets: LocalSheets, clock: ManualClock
    ) -> None:
        clock.advance(45)
        sheets.fault(Fault(kind="error", status=429, method="spreadsheets.get", times=1))
        client.read_book("okr")
        assert 15 <= clock.waits[0] <= 16

    def test_a_wait_for_hours_is_not_believed(
        self, client: SheetsClient, sheets: LocalSheets, clock: ManualClock
    ) -> None:
        sheets.fault(Fault(kind="error", status=429, retry_after="86400", method="spreadsheets.get", times=1))
        assert trouble_of(read_full, client).trouble is Trouble.QUOTA
        clock.advance(300)
        client.read_book("okr")

    @pytest.mark.parametrize("reason", ["rateLimitExceeded", "userRateLimitExceeded"])
    def test_a_403_can_be_about_the_quota(
        self, odd_client: SheetsClient, odd: OddServer, clock: ManualClock, reason: str
    ) -> None:
        odd.replies = [refused(403, "PERMISSION_DENIED", "Rate", errors=[{"domain": "usageLimits", "reason": reason}])]
        odd_client.read_book("s")
        assert odd_client.statuses == {403: 1, 200: 1}
        assert len(clock.waits) == 1


class TestTime:
    def test_no_attempt_begins_after_the_time_of_the_pass(
        self, client: SheetsClient, sheets: LocalSheets, clock: ManualClock
    ) -> None:
        sheets.fault(Fault(kind="error", status=503, retry_after="9", method="spreadsheets.get"))
        with client.within(20):
            error = trouble_of(read_full, client)
            assert clock.monotonic() == 18
            clock.advance(2)
            late = trouble_of(read_full, client)
        assert (error.status, late.trouble, late.status, client.reads) == (503, Trouble.NETWORK, 0, 3)

    @pytest.mark.parametrize(("seconds", "attempts"), [(11.1, 2), (10.9, 1)])
    def test_no_attempt_begins_that_would_be_given_up_at_once(
        self, client: SheetsClient, sheets: LocalSheets, seconds: float, attempts: int
    ) -> None:
        """It would be carried out all the same, when nobody looks after it any more."""
        sheets.fault(Fault(kind="error", status=503, retry_after="9", method="spreadsheets.get"))
        with client.within(seconds):
            assert trouble_of(read_full, client).status == 503
        assert client.reads == attempts

    def test_a_pass_within_a_pass_gets_no_more_time(self, client: SheetsClient, clock: ManualClock) -> None:
        with client.within(10), client.within(1000):
            clock.advance(10)
            assert trouble_of(read_full, client).detail == NO_TIME
        client.read_book("okr")

    def test_time_that_this_machine_used_up_itself_is_not_told_as_the_networks(
        self, client: SheetsClient, clock: ManualClock
    ) -> None:
        with client.within(30):
            client.read_book("okr")
            clock.advance(29)
            error = trouble_of(write, client)
        assert (error.trouble, error.ambiguous, client.writes) == (Trouble.BUSY, False, 0)

    def test_time_that_went_into_waiting_for_the_quota_is_told_as_that(self, sheets: LocalSheets) -> None:
        clock = ManualClock()
        client = SheetsClient(None, sheets.url, clock=clock, quota=Quota(clock, reads=1))
        client.read_book("okr")
        with client.within(70):
            client.read_book("okr")
            clock.advance(10)
            assert trouble_of(try_to_edit, client).trouble is Trouble.QUOTA
        client.close()

    @pytest.mark.parametrize(("call", "ambiguous"), [(read_full, False), (try_to_edit, True)])
    def test_an_answer_that_this_machine_left_no_time_for_is_not_told_as_the_networks(
        self, odd_client: SheetsClient, odd: OddServer, clock: ManualClock, call: Call, ambiguous: bool
    ) -> None:
        odd_client.read_book("s")
        drops = iter([4.0])
        odd.replies = [Reply(body=BOOK.body, meanwhile=lambda: clock.advance(next(drops, 0)), cut=True)]
        with odd_client.within(30):
            clock.advance(27)
            error = trouble_of(call, odd_client)
        assert (error.trouble, error.ambiguous) == (Trouble.BUSY, ambiguous)

    def test_an_answer_that_drips_is_cut_off(
        self, odd_client: SheetsClient, odd: OddServer, clock: ManualClock
    ) -> None:
        # Longer than what two looks at the wire can bring, however much has piled up there.
        odd.replies = [Reply(body=BOOK.body.ljust(100_000), meanwhile=lambda: clock.advance(1))]
        with odd_client.within(30):
            error = trouble_of(read_full, odd_client)
        assert (error.trouble, error.detail) == (Trouble.NETWORK, "ReadTimeoutError")
        assert odd_client.statuses == {0: 1}

    def test_a_head_that_drips_is_cut_off(self, odd_client: SheetsClient, odd: OddServer, clock: ManualClock) -> None:
        odd.replies = [
            Reply(body=BOOK.body, headers={"X": "x" * 20_000}, meanwhile=lambda: clock.advance(1), from_the_head=True)
        ]
        with odd_client.within(30):
            error = trouble_of(read_full, odd_client)
        assert (error.trouble, error.detail, odd_client.statuses) == (Trouble.NETWORK, "ReadTimeoutError", {0: 1})

    @pytest.mark.parametrize("path", ["/token", "/v4/spreadsheets/okr"])
    def test_a_head_that_drips_is_cut_off_on_time_by_the_systems_clock(self, odd: OddServer, path: str) -> None:
        drops: list[None] = []

        def wait() -> None:
            drops.append(None)
            time.sleep(0.02)

        odd.fixed[path] = Reply(headers={"X": "x" * 2000}, meanwhile=wait, from_the_head=True)
        with closing(SheetsClient(None, odd.url)) as client, client.within(3):
            error = trouble_of(read_full, client)
        assert error.trouble is Trouble.NETWORK
        assert 0 < len(drops) < 2000

    def test_an_answer_that_drips_in_time_is_read(
        self, odd_client: SheetsClient, odd: OddServer, clock: ManualClock
    ) -> None:
        odd.replies = [Reply(body=BOOK.body, meanwhile=lambda: clock.advance(0.01))]
        assert odd_client.read_book("s").title == "Kinh doanh"

    def test_a_server_that_stays_silent_is_left(self, client: SheetsClient, sheets: LocalSheets) -> None:
        client.read_book("okr")
        sheets.fault(Fault(kind="stall", method="spreadsheets.values.batchUpdate"))
        with client.within(2):
            error = trouble_of(try_to_edit, client)
        assert (error.trouble, error.detail, error.ambiguous) == (Trouble.NETWORK, "ReadTimeoutError", True)

    def test_our_clock_is_compared_with_every_answer(self, odd_client: SheetsClient, odd: OddServer) -> None:
        odd.replies = [Reply(body=BOOK.body, headers={"Date": "Sat, 21 Nov 2026 07:55:00 GMT"}), BOOK]
        odd_client.read_book("s")
        assert odd_client.clock_skew == 300
        odd_client.read_book("s")
        assert odd_client.clock_skew == 300

    @pytest.mark.parametrize(
        "date", ["", "yesterday", "Mon, 99 Jan 2026 00:00:00 GMT", f"Mon, {'9' * 20} Jan 2026 00:00:00 GMT"]
    )
    def test_a_date_that_is_none_says_nothing(self, odd_client: SheetsClient, odd: OddServer, date: str) -> None:
        odd.replies = [Reply(body=BOOK.body, headers={"Date": date})]
        odd_client.read_book("s")
        assert odd_client.clock_skew is None


class TestStopping:
    def test_nothing_is_sent_once_we_are_stopping(self, client: SheetsClient, sheets: LocalSheets) -> None:
        stopping = threading.Event()
        client.stop_with(stopping)
        stopping.set()
        assert trouble_of(read_full, client).trouble is Trouble.STOPPED
        assert sheets.requests == []

    def test_a_wait_ends_when_we_stop(self, odd_client: SheetsClient, odd: OddServer, clock: ManualClock) -> None:
        stopping = threading.Event()
        odd_client.stop_with(stopping)
        odd.replies = [Reply(503, HTML, meanwhile=stopping.set)]
        assert trouble_of(read_full, odd_client).trouble is Trouble.STOPPED
        assert (odd_client.reads, clock.waits) == (1, [])

    def test_what_was_begun_is_finished_although_we_are_stopping(
        self, client: SheetsClient, sheets: LocalSheets, clock: ManualClock
    ) -> None:
        stopping = threading.Event()
        client.stop_with(stopping)
        sheets.fault(Fault(kind="error", status=503, retry_after="4", method="spreadsheets.get", times=1))
        with client.seeing_it_through():
            stopping.set()
            client.read_book("okr")
        assert clock.waits == [4]
        assert trouble_of(read_full, client).trouble is Trouble.STOPPED
