"""Faults on purpose: what comes back of each, and whether the request was carried out."""

from __future__ import annotations

import http.client
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import gspread
import pytest
import requests
from google.auth.exceptions import RefreshError

from sync.local_sheets import Fault, LocalSheets
from tests.support.one_cell import in_cell, write

from .conftest import Client

READ = "spreadsheets.values.get"


def written_unanswered(client: Client, value: int = 7) -> http.client.HTTPConnection:
    """The same request from a client that does not wait."""
    asked = urlsplit(client.sheets.url)
    connection = http.client.HTTPConnection(asked.hostname or "", asked.port)
    headers = {"Authorization": f"Bearer {client.token}", "Content-Type": "application/json"}
    path = f"{client.values_path('A1')}?valueInputOption=RAW"
    connection.request("PUT", path, json.dumps({"values": [[value]]}), headers)
    return connection


APPLIED = [("never", []), ("first", [[7]])]


@pytest.mark.parametrize(("applied", "there"), APPLIED)
@pytest.mark.parametrize(
    ("status", "name", "message"),
    [
        (400, "INVALID_ARGUMENT", "Request contains an invalid argument."),
        (403, "PERMISSION_DENIED", "The caller does not have permission"),
        (404, "NOT_FOUND", "Requested entity was not found."),
        (429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."),
        (500, "INTERNAL", "Internal error encountered."),
        (503, "UNAVAILABLE", "The service is currently unavailable."),
        (504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete."),
    ],
)
def test_an_error_comes_in_googles_envelope(
    client: Client, status: int, name: str, message: str, applied: Any, there: object
) -> None:
    client.sheets.fault(Fault(kind="error", status=status, applied=applied))
    answer = write(client)
    assert answer.status_code == status
    assert answer.json() == {"error": {"code": status, "message": message, "status": name}}
    assert in_cell(client.sheets, client) == there


@pytest.mark.parametrize(("applied", "there"), APPLIED)
def test_the_front_end_answers_with_a_page(client: Client, applied: Any, there: object) -> None:
    client.sheets.fault(Fault(kind="html", applied=applied))
    answer = write(client)
    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "text/html; charset=UTF-8")
    assert answer.text.startswith("<!DOCTYPE html>")
    assert in_cell(client.sheets, client) == there


@pytest.mark.parametrize(("applied", "there"), APPLIED)
def test_a_reset_leaves_no_answer(client: Client, applied: Any, there: object) -> None:
    client.sheets.fault(Fault(kind="reset", applied=applied))
    with pytest.raises(requests.ConnectionError, match="Connection reset by peer"):
        write(client)
    assert in_cell(client.sheets, client) == there


@pytest.mark.parametrize(("applied", "there"), APPLIED)
def test_half_an_answer_ends_with_its_connection(client: Client, applied: Any, there: object) -> None:
    client.sheets.fault(Fault(kind="truncated", applied=applied))
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        write(client)
    assert in_cell(client.sheets, client) == there


@pytest.mark.parametrize(("applied", "there", "status"), [("never", [], 503), ("first", [[7]], 200)])
def test_a_whole_answer_may_hold_broken_json(client: Client, applied: Any, there: object, status: int) -> None:
    client.sheets.fault(Fault(kind="garbled", applied=applied))
    answer = write(client)
    assert (answer.status_code, int(answer.headers["Content-Length"])) == (status, len(answer.content))
    with pytest.raises(requests.JSONDecodeError):
        answer.json()
    assert in_cell(client.sheets, client) == there


@pytest.mark.parametrize(("applied", "there", "status"), [("never", [], 503), ("first", [[7]], 200)])
def test_a_dripping_answer_is_whole_in_the_end(client: Client, applied: Any, there: object, status: int) -> None:
    client.sheets.fault(Fault(kind="drip", seconds=0.2, applied=applied))
    answer = write(client)
    assert (answer.status_code, "error" in answer.json()) == (status, status != 200)
    assert in_cell(client.sheets, client) == there


def test_a_drip_begins_long_before_it_ends(client: Client) -> None:
    write(client)
    client.sheets.fault(Fault(kind="drip", seconds=100_000, applied="first"))
    with client.http.get(client.sheets.url + client.values_path("A1"), stream=True, timeout=30) as answer:
        first = next(answer.iter_content(1))
        client.sheets.release()
        rest = b"".join(answer.iter_content(None))
    client.sheets.clear_faults()
    assert first + rest == client.call("GET", client.values_path("A1")).content


def test_a_stalled_client_runs_into_its_own_timeout(client: Client) -> None:
    client.sheets.fault(Fault(kind="stall"))
    with pytest.raises(requests.ReadTimeout):
        write(client, patience=0.2)


@pytest.mark.parametrize(("applied", "there"), APPLIED)
def test_a_stall_lasts_until_the_client_gives_up(client: Client, applied: Any, there: object) -> None:
    client.sheets.fault(Fault(kind="stall", applied=applied))
    with closing(written_unanswered(client)):
        assert client.sheets.wait_for_held(1)
        assert in_cell(client.sheets, client) == there
    assert client.sheets.wait_for_held(0)
    assert in_cell(client.sheets, client) == there


@pytest.mark.parametrize(("applied", "there", "status"), [("never", [], 503), ("first", [[7]], 200)])
def test_a_stall_that_is_released_is_answered(client: Client, applied: Any, there: object, status: int) -> None:
    client.sheets.fault(Fault(kind="stall", applied=applied))
    with ThreadPoolExecutor() as others:
        answer = others.submit(write, client)
        assert client.sheets.wait_for_held(1)
        assert in_cell(client.sheets, client) == there
        client.sheets.clear_faults()
        assert answer.result().status_code == status
    assert in_cell(client.sheets, client) == there


def test_a_request_may_be_carried_out_long_after_its_client_gave_up(client: Client) -> None:
    client.sheets.fault(Fault(kind="stall", applied="last", times=1))
    with closing(written_unanswered(client, 1)):
        assert client.sheets.wait_for_held(1)
    write(client)
    assert in_cell(client.sheets, client) == [[7]]
    client.sheets.release()
    assert in_cell(client.sheets, client) == [[1]]


def test_what_a_client_did_not_wait_for_can_be_waited_for(client: Client) -> None:
    client.sheets.fault(Fault(kind="stall", applied="first"))
    written_unanswered(client).close()
    assert client.sheets.wait_for_requests(lambda requests: requests[-1].fault == "stall")
    assert in_cell(client.sheets, client) == [[7]]


def test_many_stalls_leave_the_server_able_to_answer(client: Client) -> None:
    client.sheets.fault(Fault(kind="stall", method=READ))
    stalled = 20
    with ThreadPoolExecutor(stalled) as others:
        answers = [
            others.submit(requests.get, client.sheets.url + client.values_path("A1"), headers=dict(client.http.headers))
            for _ in range(stalled)
        ]
        assert client.sheets.wait_for_held(stalled)
        assert write(client).status_code == 200
        client.sheets.clear_faults()
        assert {answer.result().status_code for answer in answers} == {503}
    assert client.values("A1")["values"] == [["7"]]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(kind="stall"),
        Fault(kind="stall", applied="first"),
        Fault(kind="stall", applied="last"),
        Fault(kind="drip", applied="first", seconds=100_000),
    ],
    ids=["stall", "stall after", "stall before", "drip"],
)
def test_a_server_closes_with_answers_held_back(tmp_path: Path, fault: Fault) -> None:
    others_threads = {*threading.enumerate()}
    with LocalSheets(tmp_path) as sheets:
        client = Client(sheets)
        client.create()
        sheets.fault(fault)
        with ThreadPoolExecutor() as others, client.http:
            answer = others.submit(write, client)
            assert sheets.wait_for_held(1)
            sheets.close()
            if fault.kind == "stall":
                assert isinstance(answer.exception(), requests.ConnectionError)
    left = {*threading.enumerate()} - others_threads
    assert not [thread for thread in left if thread.name == "local-sheets"]
    with LocalSheets(tmp_path) as again:
        assert again.read(client.id, "A1") == ([[7]] if fault.applied == "first" else [])


def test_an_expired_token_is_refused_once(google: gspread.Client, client: Client) -> None:
    """google-auth then fetches another token and asks again by itself."""
    rule = client.sheets.fault(Fault(kind="error", status=401, method=READ, times=1))
    write(client)
    assert google.http_client.values_get(client.id, "A1")["values"] == [["7"]]
    statuses = [record.status for record in client.sheets.requests if record.method == READ]
    assert (rule.fired, statuses) == (1, [401, 200])


def test_a_401_says_what_google_says(client: Client) -> None:
    client.sheets.fault(Fault(kind="error", status=401))
    answer = write(client)
    assert answer.json()["error"]["status"] == "UNAUTHENTICATED"
    assert answer.headers["WWW-Authenticate"].endswith('error="invalid_token"')


@pytest.mark.parametrize(("status", "error"), [(400, "invalid_grant"), (401, "invalid_client")])
def test_the_token_endpoint_refuses_in_its_own_envelope(
    google: gspread.Client, sheets: LocalSheets, status: int, error: str
) -> None:
    sheets.fault(Fault(kind="error", status=status, method="token"))
    with pytest.raises(RefreshError, match=error):
        google.http_client.values_get("any", "A1")


def test_the_token_endpoint_answers_with_a_page(google: gspread.Client, sheets: LocalSheets) -> None:
    sheets.fault(Fault(kind="html", method="token"))
    with pytest.raises(RefreshError, match="502"):
        google.http_client.values_get("any", "A1")


def test_the_token_endpoint_breaks_off_its_json(sheets: LocalSheets) -> None:
    sheets.fault(Fault(kind="garbled", method="token", applied="first"))
    form = {"grant_type": "refresh_token", "refresh_token": "person"}
    answer = requests.post(f"{sheets.url}/token", data=form, timeout=30)
    assert answer.status_code == 200
    assert "person" in answer.text
    with pytest.raises(requests.JSONDecodeError):
        answer.json()


def test_a_body_of_ones_own_takes_the_place_of_googles(client: Client) -> None:
    client.sheets.fault(Fault(kind="error", status=400, body={"error": "invalid_grant"}))
    answer = write(client)
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})


def test_an_error_can_say_when_to_come_again(client: Client) -> None:
    client.sheets.fault(Fault(kind="error", status=429, retry_after="7"))
    assert write(client).headers["Retry-After"] == "7"


def test_the_servers_clock_may_be_off(client: Client) -> None:
    client.sheets.fault(Fault(kind="answer", applied="first", skew=86_400))
    answer = write(client)
    told = parsedate_to_datetime(answer.headers["Date"]).timestamp()
    assert answer.status_code == 200
    assert 80_000 < told - time.time() < 90_000
