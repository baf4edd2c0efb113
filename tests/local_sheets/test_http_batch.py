"""Requests of Drive that come together in one body, and what is no such body."""

from __future__ import annotations

import pytest
import requests

from sync.local_sheets import Fault

from .conftest import Client

ABOUT = "GET /drive/v3/about?fields=kind HTTP/1.1"


def part(request: str, content_id: str = "") -> str:
    named = f"Content-ID: <{content_id}>\r\n" if content_id else ""
    return f"Content-Type: application/http\r\n{named}\r\n{request}\r\n"


def send(client: Client, *parts: str) -> requests.Response:
    body = "".join(f"--b\r\n{each}\r\n" for each in parts) + "--b--\r\n"
    headers = {"Content-Type": "multipart/mixed; boundary=b"}
    return client.call("POST", "/batch/drive/v3", data=body.encode(), headers=headers)


def test_each_part_is_answered_under_its_name_and_in_order(client: Client) -> None:
    answer = send(client, part(ABOUT, "one"), part("GET /drive/v3/files/none HTTP/1.1", "two"))
    assert answer.headers["Content-Type"].startswith("multipart/mixed; boundary=")
    names = [line for line in answer.text.splitlines() if line.startswith("Content-ID")]
    statuses = [line for line in answer.text.splitlines() if line.startswith("HTTP/1.1")]
    assert names == ["Content-ID: <response-one>", "Content-ID: <response-two>"]
    assert statuses == ["HTTP/1.1 200 OK", "HTTP/1.1 404 NOT FOUND"]


def test_what_a_part_writes_stays(client: Client) -> None:
    body = '{"name": "Mục tiêu"}'
    rename = f"PATCH /drive/v3/files/{client.id} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{body}"
    assert send(client, part(rename)).status_code == 200
    assert client.get(fields="properties.title") == {"properties": {"title": "Mục tiêu"}}


def test_a_part_may_have_a_credential_of_its_own(client: Client) -> None:
    answer = send(client, part(f"{ABOUT}\r\nAuthorization: Bearer nonsense"), part(ABOUT))
    assert answer.text.index("HTTP/1.1 401 UNAUTHORIZED") < answer.text.index("HTTP/1.1 200 OK")
    assert 'WWW-Authenticate: Bearer realm="https://accounts.google.com/", error="invalid_token"' in answer.text


def test_a_header_that_would_break_the_line_does_not(client: Client) -> None:
    answer = send(client, part(f"{ABOUT}\r\nContent-Type: =?utf-8?q?text=0Aplain?="), part(ABOUT))
    assert answer.text.count("HTTP/1.1 200 OK") == 2


def test_a_fault_befalls_the_part_that_it_is_for(client: Client) -> None:
    client.sheets.fault(Fault(kind="error", status=503, method="drive.about.get", times=1))
    answer = send(client, part(ABOUT), part(ABOUT))
    assert answer.text.index("HTTP/1.1 503 SERVICE UNAVAILABLE") < answer.text.index("HTTP/1.1 200 OK")
    assert [each.status for each in client.sheets.requests if each.method == "drive.about.get"] == [503, 200]


def test_a_batch_in_a_batch_is_refused(client: Client) -> None:
    inner = "POST /batch/drive/v3 HTTP/1.1\r\nContent-Type: multipart/mixed; boundary=c"
    assert "A batch holds no other batch." in send(client, part(inner)).text


def test_a_batch_has_a_hundred_parts_at_most(client: Client) -> None:
    assert send(client, *[part(ABOUT)] * 100).status_code == 200
    answer = send(client, *[part(ABOUT)] * 101)
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, "A batch has 100 requests at most.")


@pytest.mark.parametrize(
    "body",
    ["", "x", "--b--", "--b\r\n\r\nx\r\n--b--", "--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b--"],
)
def test_a_body_that_is_no_batch_is_refused(client: Client, body: str) -> None:
    headers = {"Content-Type": "multipart/mixed; boundary=b"}
    refused = client.refused("POST", "/batch", data=body, headers=headers)
    assert refused == "A batch is a multipart/mixed body whose parts are application/http."


@pytest.mark.parametrize(
    "request_line", ["", "GET", "GET http://elsewhere.example/ HTTP/1.1", "GET //[ HTTP/1.1", "/drive/v3/about", "1 /x"]
)
def test_a_part_that_is_no_request_refuses_the_batch(client: Client, request_line: str) -> None:
    answer = send(client, part(ABOUT), part(request_line))
    assert (answer.status_code, answer.json()["error"]["message"]) == (
        400,
        "Each part of a batch begins with a verb and a path.",
    )
    assert [each.method for each in client.sheets.requests] == ["token", "spreadsheets.create"]
