"""One request to Google when Google, or what stands between, answers badly: repeated or not, and with what facts."""

import json
from contextlib import closing, suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.domain.cells import CellRef
from sync.domain.failures import Trouble
from sync.domain.grid import CellWrite
from sync.google import SheetsClient, SheetsError
from sync.local_sheets import Fault, LocalSheets
from tests.support.calls import Call, read_full, read_lean, trouble_of, try_to_edit, write
from tests.support.clocks import ManualClock
from tests.support.odd_server import BOOK, HTML, OddServer, Reply, refused

READS = [(read_lean, "spreadsheets.values.batchGet"), (read_full, "spreadsheets.get")]
WRITES = [(write, "spreadsheets.batchUpdate"), (try_to_edit, "spreadsheets.values.batchUpdate")]
PASSING = [
    Fault(kind="error", status=500),
    Fault(kind="error", status=503),
    Fault(kind="error", status=408),
    Fault(kind="html"),
    Fault(kind="garbled", applied="first"),
    Fault(kind="truncated", applied="first"),
    Fault(kind="reset"),
    Fault(kind="reset", applied="first"),
]
named = pytest.mark.parametrize("fault", PASSING, ids=lambda fault: f"{fault.kind}-{fault.status}-{fault.applied}")


def once(fault: Fault, method: str) -> Fault:
    return fault.model_copy(update={"method": method, "times": 1})


class TestReads:
    @named
    @pytest.mark.parametrize(("call", "method"), READS)
    def test_a_read_is_repeated_after_trouble_that_passes(
        self, client: SheetsClient, sheets: LocalSheets, call: Call, method: str, fault: Fault
    ) -> None:
        sheets.fault(once(fault, method))
        call(client)
        assert client.reads == 2

    def test_a_read_is_given_up_after_five_attempts(self, client: SheetsClient, sheets: LocalSheets) -> None:
        sheets.fault(Fault(kind="html", method="spreadsheets.get"))
        error = trouble_of(read_full, client)
        assert (error.trouble, error.status, error.ambiguous) == (Trouble.NETWORK, 502, False)
        assert client.statuses == {502: 5}

    def test_waits_grow_and_are_jittered(self, client: SheetsClient, sheets: LocalSheets, clock: ManualClock) -> None:
        sheets.fault(Fault(kind="error", status=503, method="spreadsheets.get"))
        trouble_of(read_full, client)
        assert len(clock.waits) == 4
        assert all(0 < wait <= 2**step for step, wait in enumerate(clock.waits))

    def test_a_server_that_asks_for_patience_gets_it(
        self, client: SheetsClient, sheets: LocalSheets, clock: ManualClock
    ) -> None:
        sheets.fault(Fault(kind="error", status=503, retry_after="9", method="spreadsheets.get", times=1))
        client.read_book("okr")
        assert clock.waits == [9]

    @pytest.mark.parametrize(
        "body", ["", "[" * 100_000, "null", "[]", '{"sheets": 3}', '{"spreadsheetId": "s", "sheets": [{"pro', HTML]
    )
    def test_a_broken_answer_is_trouble_and_never_an_empty_sheet(
        self, odd_client: SheetsClient, odd: OddServer, body: str
    ) -> None:
        odd.replies = [Reply(body=body)] * 5
        assert trouble_of(read_full, odd_client).trouble is Trouble.NETWORK
        assert odd_client.reads == 5

    def test_an_answer_with_too_few_tabs_is_broken(self, odd_client: SheetsClient, odd: OddServer) -> None:
        odd.replies = [Reply(body='{"valueRanges": []}')] * 5
        assert trouble_of(read_lean, odd_client).trouble is Trouble.NETWORK

    def test_a_redirect_is_not_followed(self, odd_client: SheetsClient, odd: OddServer) -> None:
        odd.replies = [Reply(302, HTML, {"Location": "/portal"})]
        odd_client.read_book("s")
        assert odd.asked_for("/portal") == []
        assert odd_client.statuses == {302: 1, 200: 1}

    def test_an_answer_as_google_sends_it_is_read(self, odd_client: SheetsClient, odd: OddServer) -> None:
        odd.replies = [Reply(body=BOOK.body, as_google=True)] * 3
        assert {odd_client.read_book("s").title for _ in range(3)} == {"Kinh doanh"}
        assert (odd_client.statuses, odd.connections) == ({200: 3}, 1)

    @pytest.mark.parametrize("as_google", [True, False])
    def test_an_answer_that_is_cut_off_is_asked_for_again(
        self, odd_client: SheetsClient, odd: OddServer, as_google: bool
    ) -> None:
        odd.replies = [Reply(body=BOOK.body, as_google=as_google, cut=True)]
        assert odd_client.read_book("s").title == "Kinh doanh"
        assert odd_client.statuses == {0: 1, 200: 1}

    def test_an_answer_that_only_claims_to_be_compressed_is_broken(
        self, odd_client: SheetsClient, odd: OddServer
    ) -> None:
        odd.replies = [Reply(body=BOOK.body, headers={"Content-Encoding": "gzip"})]
        odd_client.read_book("s")
        assert odd_client.statuses == {0: 1, 200: 1}


class TestWrites:
    @named
    @pytest.mark.parametrize(("call", "method"), WRITES)
    def test_a_write_without_a_good_answer_is_never_repeated_blindly(
        self, client: SheetsClient, sheets: LocalSheets, call: Call, method: str, fault: Fault
    ) -> None:
        sheets.fault(once(fault, method))
        error = trouble_of(call, client)
        assert (error.trouble, error.ambiguous, client.writes) == (Trouble.NETWORK, True, 1)

    @pytest.mark.parametrize("fault", [Fault(kind="error", status=429), Fault(kind="error", status=401)])
    def test_a_write_that_google_surely_did_not_apply_is_repeated(
        self, client: SheetsClient, sheets: LocalSheets, fault: Fault
    ) -> None:
        sheets.fault(once(fault, "spreadsheets.batchUpdate"))
        write(client)
        assert client.writes == 2
        assert sheets.read("okr", "OKR!B2") == [[0.5]]

    @pytest.mark.parametrize("status", [400, 403, 404])
    def test_a_write_that_google_refuses_is_not_ambiguous(
        self, client: SheetsClient, sheets: LocalSheets, status: int
    ) -> None:
        sheets.fault(Fault(kind="error", status=status, method="spreadsheets.batchUpdate"))
        error = trouble_of(write, client)
        assert (error.ambiguous, client.writes) == (False, 1)

    def test_a_write_that_found_no_token_is_repeated(self, client: SheetsClient, sheets: LocalSheets) -> None:
        sheets.fault(Fault(kind="html", method="token", times=1))
        try_to_edit(client)
        assert client.writes == 1

    def test_a_write_that_found_nobody_there_is_repeated_and_not_ambiguous(
        self, sheets: LocalSheets, clock: ManualClock
    ) -> None:
        client = SheetsClient(None, sheets.url, clock=clock)
        client.read_book("okr")
        sheets.close()
        client.close()
        error = trouble_of(try_to_edit, client)
        assert (error.trouble, error.ambiguous, error.detail) == (Trouble.NETWORK, False, "NewConnectionError")
        assert client.statuses == {200: 1, 0: 5}

    def test_a_write_answered_with_500_may_be_by_an_account_that_may_only_view(
        self, client: SheetsClient, sheets: LocalSheets
    ) -> None:
        sheets.fault(Fault(kind="error", status=500, method="spreadsheets.values.batchUpdate"))
        assert "may only view" in trouble_of(try_to_edit, client).detail

    def test_the_refused_request_of_a_batch_is_named(self, odd_client: SheetsClient, odd: OddServer) -> None:
        text = "Invalid requests[1].updateCells: You are trying to edit a protected cell or object."
        odd.replies = [refused(400, "INVALID_ARGUMENT", text)]
        cells = [CellRef("okr", sheet_id, "OKR", 1, 1) for sheet_id in (3, 7)]
        writes = [CellWrite(cell, "key_result", "k", None, 0.5, "") for cell in cells]
        error = trouble_of(lambda client: client.write("okr", writes), odd_client)
        assert (error.trouble, error.request_index, error.sheet_id) == (Trouble.PROTECTED, 1, 7)


@pytest.mark.parametrize(
    ("reply", "trouble"),
    [
        (refused(403, "PERMISSION_DENIED", "The caller does not have permission"), Trouble.PERMISSION),
        (refused(403, "PERMISSION_DENIED", "off", details=[{"reason": "SERVICE_DISABLED"}]), Trouble.API_DISABLED),
        (refused(404, "NOT_FOUND", "Requested entity was not found."), Trouble.NOT_FOUND),
        (refused(400, "FAILED_PRECONDITION", "This operation is not supported for this document"), Trouble.NOT_A_SHEET),
        (refused(400, "INVALID_ARGUMENT", "Unable to parse range: 'X'"), Trouble.RANGE),
        (refused(400, "INVALID_ARGUMENT", "You are trying to edit a protected cell or object."), Trouble.PROTECTED),
        (Reply(400, '{"error": "invalid_grant"}'), Trouble.REFUSED),
        (Reply(400, '{"error": {"code": 503, "errors": 3, "details": {"reason": []}}}'), Trouble.REFUSED),
        (Reply(400, HTML), Trouble.REFUSED),
        (Reply(403, HTML), Trouble.PERMISSION),
        (Reply(414, HTML), Trouble.REFUSED),
    ],
)
def test_a_refusal_is_told_apart_and_not_repeated(
    odd_client: SheetsClient, odd: OddServer, reply: Reply, trouble: Trouble
) -> None:
    odd.replies = [reply]
    assert trouble_of(read_full, odd_client).trouble is trouble
    assert odd_client.reads == 1


KEYS = [
    *("spreadsheetId", "sheets", "properties", "sheetId", "title", "data", "startRow", "rowData", "values"),
    *("effectiveValue", "errorValue", "type", "numberValue", "valueRanges", "updatedSpreadsheet"),
    *("merges", "protectedRanges", "range", "unprotectedRanges", "error", "message", "errors", "details", "reason"),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)
CALLS: list[Call] = [read_lean, read_full, lambda client: client.write("okr", []), try_to_edit]


def test_whatever_is_answered_comes_as_what_it_is_or_as_a_sheets_error(clock: ManualClock) -> None:
    with OddServer() as odd, closing(SheetsClient(None, odd.url, clock=clock)) as client:

        @settings(max_examples=100, deadline=None, derandomize=True)
        @given(st.sampled_from(CALLS), st.sampled_from([200, 200, 302, 400, 403, 429, 500]), JSON.map(json.dumps))
        def whatever(call: Call, status: int, body: str) -> None:
            odd.replies = [Reply(status, body)] * 5
            with suppress(SheetsError):
                call(client)

        whatever()


def test_what_the_body_says_of_its_code_does_not_count(odd_client: SheetsClient, odd: OddServer) -> None:
    odd.replies = [Reply(503, json.dumps({"error": {"code": 404, "message": "gone", "status": "NOT_FOUND"}}))]
    odd_client.read_book("s")
    assert odd_client.statuses == {503: 1, 200: 1}


def test_one_connection_serves_the_sign_in_and_all_requests(odd_client: SheetsClient, odd: OddServer) -> None:
    for _ in range(5):
        odd_client.read_book("s")
    assert (len(odd.asked), odd.connections) == (6, 1)
