"""Our hands at Google when Google, or what stands between, answers oddly. Real HTTP, real gspread and google-auth."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sync.grid import Area, CellError, Tab
from sync.okr import CellRef
from sync.sheets import SheetsClient, SheetsError, Trouble
from sync.sheets.shapes import book_of, loads, range_of, update_requests
from sync.writing import CellWrite

TOKEN = json.dumps({"access_token": "ya29.local", "expires_in": 3599, "token_type": "Bearer"})
HTML = "<html><title>Error 502 (Server Error)!!1</title></html>"

Reply = tuple[int, str, dict[str, str]]


def google_error(code: int, status: str, message: str, details: object = None) -> str:
    return json.dumps({"error": {"code": code, "status": status, "message": message, "details": details or []}})


class OddServer:
    """Answers requests with a script, then with empty spreadsheets."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.token_reply: Reply = (200, TOKEN, {})
        self.seen: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer()

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self._answer()

            def _answer(self) -> None:
                if self.path == "/token":
                    reply = outer.token_reply
                else:
                    outer.seen.append(f"{self.command} {self.path.split('?')[0]}")
                    reply = outer.replies.pop(0) if outer.replies else (200, "{}", {})
                status, body, headers = reply
                if status == 0:
                    self.connection.close()
                    return
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body.encode())), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Impatient(threading.Event):
    """An event whose waits are noted and over at once."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout or 0)
        return False


@pytest.fixture
def odd() -> Iterator[OddServer]:
    server = OddServer()
    yield server
    server.close()


@pytest.fixture
def waits() -> Impatient:
    return Impatient()


@pytest.fixture
def client(odd: OddServer, waits: Impatient) -> Iterator[SheetsClient]:
    opened = SheetsClient(None, odd.url)
    opened.stop_with(waits)
    yield opened
    opened.close()


GOOD: Reply = (200, json.dumps({"spreadsheetId": "s", "properties": {"title": "Kinh doanh"}, "sheets": []}), {})
WRITE = CellWrite(CellRef("s", 0, "OKR", 1, 5), "key_result", "k", None, 0.5, "")


def trouble_of(client: SheetsClient) -> SheetsError:
    with pytest.raises(SheetsError) as error:
        client.read_book("s")
    return error.value


@pytest.mark.parametrize("passing", [(503, HTML, {}), (502, HTML, {}), (500, "{}", {}), (408, "", {}), (0, "", {})])
def test_a_read_is_repeated_after_trouble_that_passes(client: SheetsClient, odd: OddServer, passing: Reply) -> None:
    odd.replies = [passing, passing, GOOD]
    assert client.read_book("s").title == "Kinh doanh"
    assert client.reads == 3


def test_a_read_is_given_up_after_five_attempts(client: SheetsClient, odd: OddServer) -> None:
    odd.replies = [(503, HTML, {})] * 9
    assert trouble_of(client).trouble is Trouble.NETWORK
    assert len(odd.seen) == 5


def test_waits_grow_and_are_jittered(client: SheetsClient, odd: OddServer, waits: Impatient) -> None:
    odd.replies = [(503, HTML, {})] * 5
    trouble_of(client)
    assert len(waits.waits) == 4
    assert all(0 <= wait <= 2**step for step, wait in enumerate(waits.waits))


@pytest.mark.parametrize("passing", [(503, HTML, {}), (0, "", {}), (200, '{"updatedSpread', {})])
def test_a_write_without_a_good_answer_is_never_repeated_blindly(
    client: SheetsClient, odd: OddServer, passing: Reply
) -> None:
    odd.replies = [passing]
    with pytest.raises(SheetsError) as error:
        client.write("s", [WRITE], [(Tab(0, "OKR", []), Area(0, 0, 1, 1))])
    assert error.value.ambiguous
    assert client.writes == 1


def test_over_the_quota_we_wait_as_long_as_google_says(client: SheetsClient, odd: OddServer, waits: Impatient) -> None:
    over = google_error(429, "RESOURCE_EXHAUSTED", "Quota exceeded for quota metric 'Read requests'")
    odd.replies = [(429, over, {"Retry-After": "7"}), GOOD]
    client.read_book("s")
    assert waits.waits == [7]


def test_over_the_quota_without_a_word_we_wait_for_the_next_minute(
    client: SheetsClient, odd: OddServer, waits: Impatient
) -> None:
    odd.replies = [(429, google_error(429, "RESOURCE_EXHAUSTED", "Quota exceeded"), {}), GOOD]
    client.read_book("s")
    assert 0 < waits.waits[0] <= 61


@pytest.mark.parametrize(
    ("status", "body", "trouble"),
    [
        (403, google_error(403, "PERMISSION_DENIED", "The caller does not have permission"), Trouble.PERMISSION),
        (403, google_error(403, "PERMISSION_DENIED", "off", [{"reason": "SERVICE_DISABLED"}]), Trouble.API_DISABLED),
        (404, google_error(404, "NOT_FOUND", "Requested entity was not found."), Trouble.NOT_FOUND),
        (
            400,
            google_error(400, "FAILED_PRECONDITION", "This operation is not supported for this document"),
            Trouble.NOT_A_SHEET,
        ),
        (400, google_error(400, "INVALID_ARGUMENT", "Unable to parse range: 'X'"), Trouble.RANGE),
        (
            400,
            google_error(400, "INVALID_ARGUMENT", "You are trying to edit a protected cell or object."),
            Trouble.PROTECTED,
        ),
        (400, '{"error": "invalid_grant"}', Trouble.REFUSED),
        (400, HTML, Trouble.REFUSED),
    ],
)
def test_a_refusal_is_told_apart_and_not_repeated(
    client: SheetsClient, odd: OddServer, status: int, body: str, trouble: Trouble
) -> None:
    odd.replies = [(status, body, {})]
    assert trouble_of(client).trouble is trouble
    assert len(odd.seen) == 1


@pytest.mark.parametrize("body", ['{"spreadsheetId": 1, "sheets": [{"properties"', "null", "[]", '{"sheets": 3}', HTML])
def test_a_broken_answer_is_trouble_and_never_an_empty_sheet(client: SheetsClient, odd: OddServer, body: str) -> None:
    odd.replies = [(200, body, {})]
    assert trouble_of(client).trouble is Trouble.NETWORK


@pytest.mark.parametrize("body", ["NaN", "Infinity", '{"a": -Infinity}'])
def test_what_is_no_number_in_json_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match="in an answer"):
        loads(body)


def test_a_revoked_key_needs_a_person(client: SheetsClient, odd: OddServer) -> None:
    odd.token_reply = (400, '{"error": "invalid_grant", "error_description": "Invalid JWT Signature."}', {})
    error = trouble_of(client)
    assert (error.trouble, error.detail) == (Trouble.CREDENTIALS, "invalid_grant: Invalid JWT Signature.")


@pytest.mark.parametrize("reply", [(502, HTML, {}), (200, '{"access_tok', {})])
def test_trouble_at_the_sign_in_server_passes_by_itself(client: SheetsClient, odd: OddServer, reply: Reply) -> None:
    odd.token_reply = reply
    assert trouble_of(client).trouble is Trouble.NETWORK


def test_nobody_there_is_trouble_that_passes(waits: Impatient) -> None:
    client = SheetsClient(None, "http://127.0.0.1:9")
    client.stop_with(waits)
    assert trouble_of(client).trouble is Trouble.NETWORK
    client.close()


def test_nothing_is_sent_once_we_are_stopping(client: SheetsClient, odd: OddServer, waits: Impatient) -> None:
    waits.set()
    assert trouble_of(client).trouble is Trouble.STOPPED
    assert odd.seen == []


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    key = tmp_path / "key.json"
    key.write_text("{}")
    key.chmod(0o644)
    with pytest.raises(SheetsError, match="chmod 600"):
        SheetsClient(key)


def test_a_key_file_that_is_none_is_said_without_its_content(tmp_path: Path) -> None:
    key = tmp_path / "key.json"
    key.write_text('{"private_key": "-----BEGIN PRIVATE KEY-----canary"}')
    key.chmod(0o600)
    with pytest.raises(SheetsError) as error:
        SheetsClient(key)
    assert error.value.trouble is Trouble.CREDENTIALS
    assert "canary" not in str(error.value)


def test_a_missing_key_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(SheetsError, match="No such file"):
        SheetsClient(tmp_path / "nowhere.json")


def test_a_title_is_quoted_because_it_may_look_like_a_cell() -> None:
    assert range_of("D001") == "'D001'"
    assert range_of("Anh's OKR", Area(0, 1, 3, 28)) == "'Anh''s OKR'!B1:AB3"


def test_errors_loading_cells_and_charts_are_read_as_what_they_are() -> None:
    cells = [
        {"effectiveValue": {"errorValue": {"type": "REF", "message": "gone"}}},
        {"effectiveValue": {"errorValue": {"type": "LOADING"}}},
        {"effectiveValue": {"stringValue": "#N/A"}},
        {},
        {"effectiveValue": {"boolValue": False}},
        {"effectiveValue": {"stringValue": ""}},
    ]
    grid = {"properties": {"sheetId": 3, "title": "OKR"}, "data": [{"rowData": [{"values": cells}]}]}
    chart = {"properties": {"sheetId": 4, "title": "Chart", "sheetType": "OBJECT"}}
    book = book_of({"spreadsheetId": "s", "sheets": [grid, chart]})
    [tab] = book.tabs
    assert tab.values == [[CellError("#REF!"), CellError("Loading..."), CellError("#N/A"), None, False]]


def test_cells_below_each_other_go_into_one_request() -> None:
    writes = [CellWrite(CellRef("s", 0, "OKR", row, 5), "key_result", "", None, None, "") for row in (4, 1, 2)]
    requests = [request["updateCells"] for request in update_requests(writes)]
    areas = [(request["range"]["startRowIndex"], request["range"]["endRowIndex"]) for request in requests]
    assert areas == [(1, 3), (4, 5)]
    assert all(request["fields"] == "userEnteredValue" for request in requests)
