"""Signing in to Google: tokens that are withdrawn, and what a failed sign-in says."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from sync.domain.failures import Trouble
from sync.google import SheetsClient, SheetsError
from sync.google.session import open_session
from sync.local_sheets import Fault, LocalSheets
from tests.support.clocks import ManualClock
from tests.support.odd_server import HTML, OddServer, Reply, token


def trouble_of(client: SheetsClient) -> SheetsError:
    with pytest.raises(SheetsError) as error:
        client.read_book("okr")
    return error.value


class TestToken:
    def test_a_token_that_was_withdrawn_is_got_anew_once(self, client: SheetsClient, sheets: LocalSheets) -> None:
        sheets.fault(Fault(kind="error", status=401, method="spreadsheets.get", times=1))
        client.read_book("okr")
        assert [request.method for request in sheets.requests].count("token") == 2
        assert client.statuses == {401: 1, 200: 1}

    def test_a_fresh_token_that_is_refused_needs_a_person(self, client: SheetsClient, sheets: LocalSheets) -> None:
        sheets.fault(Fault(kind="error", status=401, method="spreadsheets.get"))
        error = trouble_of(client)
        assert (error.trouble, error.status, client.reads) == (Trouble.CREDENTIALS, 401, 2)

    def test_a_revoked_key_needs_a_person(self, odd_client: SheetsClient, odd: OddServer) -> None:
        odd.fixed["/token"] = Reply(400, '{"error": "invalid_grant", "error_description": "Invalid JWT Signature."}')
        error = trouble_of(odd_client)
        assert (error.trouble, error.detail) == (Trouble.CREDENTIALS, "invalid_grant: Invalid JWT Signature.")
        assert (len(odd.asked), odd_client.reads) == (1, 0)

    @pytest.mark.parametrize(
        ("told", "words"), [("08:10:00", "600 seconds behind"), ("07:50:00", "600 seconds ahead of")]
    )
    def test_a_sign_in_refused_for_the_clock_says_how_wrong_it_is(
        self, odd_client: SheetsClient, odd: OddServer, told: str, words: str
    ) -> None:
        text = "Invalid JWT: Token must be a short-lived token. Check your iat and exp values in the JWT claim."
        body = json.dumps({"error": "invalid_grant", "error_description": text})
        odd.fixed["/token"] = Reply(400, body, {"Date": f"Sat, 21 Nov 2026 {told} GMT"})
        assert trouble_of(odd_client).detail == f"invalid_grant: {text} This machine's clock is {words} Google's."

    @pytest.mark.parametrize(
        "reply",
        [
            Reply(502, HTML),
            Reply(503, '{"error": "internal_failure"}'),
            Reply(429, '{"error": "rate_limit_exceeded"}'),
            Reply(404, HTML),
            Reply(200, '{"access_tok'),
            Reply(200, "null"),
            Reply(200, '{"token_type": "Bearer"}'),
            Reply(200, '{"access_token": "t", "expires_in": "soon"}'),
            Reply(200, token().body, cut=True),
        ],
    )
    def test_trouble_at_the_sign_in_server_passes_by_itself(
        self, odd_client: SheetsClient, odd: OddServer, clock: ManualClock, reply: Reply
    ) -> None:
        odd.fixed["/token"] = reply
        error = trouble_of(odd_client)
        assert (error.trouble, error.ambiguous, odd_client.reads) == (Trouble.NETWORK, False, 0)
        assert (len(odd.asked_for("/token")), len(clock.waits)) == (5, 4)

    def test_a_sign_in_server_that_asks_for_patience_gets_it(
        self, odd_client: SheetsClient, odd: OddServer, clock: ManualClock
    ) -> None:
        odd.fixed["/token"] = Reply(429, "{}", {"Retry-After": "20"})
        trouble_of(odd_client)
        assert clock.waits == [20, 20, 20, 20]

    def test_nobody_there_is_trouble_that_passes(self, sheets: LocalSheets, clock: ManualClock) -> None:
        sheets.close()
        client = SheetsClient(None, sheets.url, clock=clock)
        assert trouble_of(client).trouble is Trouble.NETWORK
        client.close()

    def test_the_sign_in_takes_its_time_from_the_pass(
        self, odd_client: SheetsClient, odd: OddServer, clock: ManualClock
    ) -> None:
        odd.fixed["/token"] = Reply(200, token().body, meanwhile=lambda: clock.advance(1))
        with odd_client.within(30):
            assert trouble_of(odd_client).trouble is Trouble.NETWORK
        assert odd.asked_for("/v4/spreadsheets/okr") == []

    def test_clients_of_one_identity_sign_in_once(self, sheets: LocalSheets, clock: ManualClock) -> None:
        first = SheetsClient(None, sheets.url, clock=clock)
        others = [SheetsClient(None, sheets.url, clock=clock, identity=first.identity) for _ in range(3)]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda client: client.read_book("okr"), [first, *others]))
        assert [request.method for request in sheets.requests].count("token") == 1
        for client in (first, *others):
            client.close()

    def test_a_token_that_another_thread_has_got_anew_meanwhile_is_taken(
        self, odd: OddServer, clock: ManualClock
    ) -> None:
        with closing(open_session(None, odd.url, clock)) as session:
            for text in ("withdrawn", "new", "not needed"):
                odd.fixed["/token"] = token(text)
                got = session.sign_in(refused="withdrawn")
        assert (got, len(odd.asked_for("/token"))) == ("new", 2)
