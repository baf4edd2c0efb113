"""Which requests a fault or a hook meets, what the record says of it, and those that make no sense."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests
from pydantic import ValidationError

from sync.local_sheets import Fault, LocalSheets, RequestRecord
from tests.support.one_cell import WRITE, in_cell, write

from .conftest import Client


def test_a_fault_meets_its_method_and_its_spreadsheet_alone(client: Client) -> None:
    other = client.id
    mine = client.create()
    client.sheets.fault(Fault(kind="error", method=WRITE, spreadsheet_id=mine))
    assert write(client).status_code == 503
    assert client.call("GET", client.path).status_code == 200
    client.id = other
    assert write(client).status_code == 200


def test_a_fault_lets_some_pass_and_ends_after_its_times(client: Client) -> None:
    rule = client.sheets.fault(Fault(kind="error", skip=1, times=2))
    assert [write(client).status_code for _ in range(5)] == [200, 503, 503, 200, 200]
    assert rule.fired == 2


def test_faults_follow_each_other_in_the_order_they_were_given(client: Client) -> None:
    client.sheets.fault(Fault(kind="error", status=500, times=1))
    client.sheets.fault(Fault(kind="html", times=1))
    assert [write(client).status_code for _ in range(3)] == [500, 502, 200]


def test_chance_repeats_itself_with_the_same_seed(client: Client) -> None:
    def statuses(seed: int) -> list[int]:
        client.sheets.fault(Fault(kind="error", probability=0.5, seed=seed))
        seen = [write(client).status_code for _ in range(30)]
        client.sheets.clear_faults()
        return seen

    first = statuses(1)
    assert set(first) == {200, 503}
    assert statuses(1) == first
    assert statuses(2) != first


def test_cleared_faults_are_gone(client: Client) -> None:
    client.sheets.fault(Fault(kind="reset"))
    client.sheets.clear_faults()
    assert write(client).status_code == 200


def test_the_record_says_which_fault_a_request_met(client: Client) -> None:
    client.sheets.fault(Fault(kind="reset", times=1))
    client.sheets.fault(Fault(kind="html", times=1))
    with pytest.raises(requests.ConnectionError):
        write(client)
    write(client)
    write(client)
    assert client.sheets.requests[-3:] == [
        RequestRecord(WRITE, "write", client.id, 0, "reset"),
        RequestRecord(WRITE, "write", client.id, 502, "html"),
        RequestRecord(WRITE, "write", client.id, 200),
    ]


def test_a_hook_waits_for_a_request_that_is_carried_out(client: Client) -> None:
    client.sheets.fault(Fault(kind="reset", times=1))
    client.sheets.before(WRITE, lambda sheets: sheets.edit(client.id, titled("Before")))
    with pytest.raises(requests.ConnectionError):
        write(client)
    assert client.get(fields="properties.title") == {"properties": {"title": "OKRs"}}
    write(client)
    assert client.get(fields="properties.title") == {"properties": {"title": "Before"}}


def test_a_hook_after_a_request_comes_before_its_answer(client: Client) -> None:
    cells_then: list[object] = []
    client.sheets.after(WRITE, lambda sheets: cells_then.append(sheets.read(client.id, "A1")))
    client.sheets.after(WRITE, lambda sheets: sheets.edit(client.id, typed("by a person")))
    assert write(client).json()["updatedCells"] == 1
    assert cells_then == [[[7]]]
    assert in_cell(client.sheets, client) == [["by a person"]]


@pytest.mark.parametrize(
    "hang",
    [
        lambda sheets, method: sheets.before(method, print),
        lambda sheets, method: sheets.after(method, print),
        lambda sheets, method: sheets.fault(Fault(kind="reset", method=method)),
    ],
    ids=["before", "after", "fault"],
)
def test_a_method_that_does_not_exist_is_named_with_the_nearest(
    sheets: LocalSheets, hang: Callable[[LocalSheets, str], object]
) -> None:
    with pytest.raises(ValueError, match=r"no method is called spreadsheets\.gett; the nearest is spreadsheets\.get"):
        hang(sheets, "spreadsheets.gett")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"kind": "flood"}, "Input should be 'answer'"),
        ({"kind": "reset", "applied": "last"}, "is for a stall"),
        ({"kind": "answer"}, 'needs applied="first"'),
        ({"kind": "html", "body": {}}, "a body is for an error"),
        ({"kind": "reset", "times": 0}, "greater than or equal to 1"),
        ({"kind": "reset", "often": 2}, "Extra inputs are not permitted"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Fault.model_validate(given)


def titled(title: str) -> dict[str, Any]:
    return {"updateSpreadsheetProperties": {"properties": {"title": title}, "fields": "title"}}


def typed(text: str) -> dict[str, Any]:
    row = {"values": [{"userEnteredValue": {"stringValue": text}}]}
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    return {"updateCells": {"start": start, "rows": [row], "fields": "userEnteredValue"}}
