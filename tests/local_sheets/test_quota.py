"""Google's quota: so many requests a minute for each caller, and what it says when they are used up."""

from __future__ import annotations

import pytest

from sync.local_sheets import LocalSheets
from tests.support.clocks import ManualClock

from .conftest import Client


def read(client: Client) -> int:
    return client.call("GET", client.values_path("A1")).status_code


def write(client: Client) -> int:
    query = {"valueInputOption": "RAW"}
    return client.call("PUT", client.values_path("A1"), params=query, json={"values": [[1]]}).status_code


def test_there_is_no_quota_unless_it_is_set(client: Client) -> None:
    assert {read(client) for _ in range(70)} == {200}


def test_the_minute_fills_up_and_the_next_one_is_empty(client: Client) -> None:
    clock = ManualClock()
    client.sheets.quota(reads_per_minute=2, now=clock.now)
    assert [read(client) for _ in range(4)] == [200, 200, 429, 429]
    clock.advance(59)
    assert read(client) == 429
    clock.advance(1)
    assert [read(client) for _ in range(3)] == [200, 200, 429]


def test_the_edge_is_the_clocks_minute_however_late_the_first_request_came(client: Client) -> None:
    clock = ManualClock()
    clock.advance(58)
    client.sheets.quota(reads_per_minute=1, now=clock.now)
    assert [read(client), read(client)] == [200, 429]
    clock.advance(2)
    assert read(client) == 200


def test_reads_and_writes_are_counted_apart(client: Client) -> None:
    client.sheets.quota(reads_per_minute=1, writes_per_minute=2, now=ManualClock().now)
    assert [write(client), read(client), write(client), read(client), write(client)] == [200, 200, 200, 429, 429]


def test_each_caller_has_a_quota_of_its_own(client: Client) -> None:
    client.sheets.quota(reads_per_minute=1, now=ManualClock().now)
    person = Client(client.sheets, "person")
    person.id = client.id
    with person.http:
        assert [read(client), read(client), read(person)] == [200, 429, 200]


def test_what_google_refuses_for_other_reasons_counts_too(client: Client) -> None:
    client.sheets.quota(reads_per_minute=1, now=ManualClock().now)
    assert client.call("GET", client.values_path("Nowhere!A1")).status_code == 400
    assert read(client) == 429


def test_a_refused_write_changes_nothing(client: Client, sheets: LocalSheets) -> None:
    sheets.quota(writes_per_minute=0)
    assert write(client) == 429
    assert sheets.read(client.id, "A1") == []


def test_a_quota_of_none_is_no_limit(client: Client, sheets: LocalSheets) -> None:
    sheets.quota(reads_per_minute=0)
    assert read(client) == 429
    sheets.quota(reads_per_minute=None, writes_per_minute=None)
    assert read(client) == 200


@pytest.mark.parametrize(("kind", "verb", "path"), [("Read", "GET", ""), ("Write", "POST", ":batchUpdate")])
def test_google_names_the_quota_that_is_used_up(client: Client, kind: str, verb: str, path: str) -> None:
    client.sheets.quota(reads_per_minute=0, writes_per_minute=0)
    error = client.call(verb, client.path + path).json()["error"]
    assert (error["code"], error["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert error["message"].startswith(
        f"Quota exceeded for quota metric '{kind} requests' and limit '{kind} requests per minute per user' "
        "of service 'sheets.googleapis.com'"
    )
    info, links = error["details"]
    assert (info["reason"], info["domain"]) == ("RATE_LIMIT_EXCEEDED", "googleapis.com")
    assert info["metadata"]["quota_limit"] == f"{kind}RequestsPerMinutePerUser"
    assert info["metadata"]["quota_metric"] == f"sheets.googleapis.com/{kind.lower()}_requests"
    assert links["@type"] == "type.googleapis.com/google.rpc.Help"
