"""The controls over HTTP: a test steers a server that runs in another process."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from sync.local_sheets import Fault, LocalSheets

from .conftest import Client

WRITE = "spreadsheets.values.update"


@pytest.fixture
def sheets(tmp_path: Path) -> Iterator[LocalSheets]:
    with LocalSheets(tmp_path / "data", control=True) as server:
        yield server


class Controls:
    def __init__(self, url: str) -> None:
        self.url = f"{url}/control"

    def call(self, verb: str, name: str, body: object = None) -> requests.Response:
        return requests.request(verb, f"{self.url}/{name}", json={} if body is None else body, timeout=30)

    def ok(self, verb: str, name: str, body: object = None) -> Any:
        answer = self.call(verb, name, body)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
def controls(sheets: LocalSheets) -> Controls:
    return Controls(sheets.url)


def write(client: Client, value: int = 7) -> requests.Response:
    query = {"valueInputOption": "RAW"}
    return client.call("PUT", client.values_path("A1"), params=query, json={"values": [[value]]})


def typed(text: str, row: int = 0) -> dict[str, Any]:
    cell = {"values": [{"userEnteredValue": {"stringValue": text}}]}
    start = {"sheetId": 0, "rowIndex": row, "columnIndex": 0}
    return {"updateCells": {"start": start, "rows": [cell], "fields": "userEnteredValue"}}


def test_a_fault_is_put_in_force_listed_and_taken_away(client: Client, controls: Controls) -> None:
    fault = {"kind": "html", "method": WRITE, "times": 2}
    assert controls.ok("POST", "faults", fault) == [{**fault, "fired": 0}]
    assert write(client).status_code == 502
    assert controls.ok("GET", "faults") == [{**fault, "fired": 1}]
    assert controls.ok("DELETE", "faults") == []
    assert write(client).status_code == 200


def test_what_is_held_back_is_released(client: Client, controls: Controls) -> None:
    controls.ok("POST", "faults", {"kind": "stall", "applied": "last", "method": WRITE, "times": 1})
    with pytest.raises(requests.ReadTimeout):
        client.http.put(
            client.sheets.url + client.values_path("A1"),
            params={"valueInputOption": "RAW"},
            json={"values": [[1]]},
            timeout=(30, 0.2),
        )
    assert client.sheets.wait_for_held(1)
    controls.ok("POST", "release")
    assert client.sheets.read(client.id, "A1") == [[1]]


def test_a_quota_is_set_and_lifted(client: Client, controls: Controls) -> None:
    controls.ok("PUT", "quota", {"writes_per_minute": 0})
    assert write(client).status_code == 429
    controls.ok("PUT", "quota")
    assert write(client).status_code == 200


def test_a_person_edits_at_once(client: Client, controls: Controls) -> None:
    answer = controls.ok("POST", "edits", {"spreadsheet_id": client.id, "requests": [typed("now")]})
    assert answer == {"spreadsheetId": client.id, "replies": [{}]}
    assert client.sheets.read(client.id, "A1") == [["now"]]


@pytest.mark.parametrize(("moment", "there"), [("before", 7), ("after", "a person")])
def test_a_person_edits_around_a_request(client: Client, controls: Controls, moment: str, there: object) -> None:
    edit = {"spreadsheet_id": client.id, "requests": [typed("a person")], "method": WRITE, "moment": moment, "skip": 1}
    assert controls.ok("POST", "edits", edit) == {"waiting": 1, "done": 0, "failed": []}
    write(client, 1)
    assert client.sheets.read(client.id, "A1") == [[1]]
    write(client)
    assert client.sheets.read(client.id, "A1") == [[there]]
    assert controls.ok("GET", "edits") == {"waiting": 0, "done": 1, "failed": []}


def test_an_edit_that_fails_is_told_and_the_request_goes_on(client: Client, controls: Controls) -> None:
    edit = {"spreadsheet_id": client.id, "requests": [typed("far away", row=500)], "method": WRITE}
    controls.ok("POST", "edits", edit)
    assert write(client).status_code == 200
    told = controls.ok("GET", "edits")
    assert (told["waiting"], told["done"], len(told["failed"])) == (0, 0, 1)


def test_requests_are_counted_by_method_status_and_fault(client: Client, controls: Controls) -> None:
    client.sheets.fault(Fault(kind="html", method=WRITE, times=1))
    write(client)
    write(client)
    write(client)
    counted = [each for each in controls.ok("GET", "requests") if each["method"] == WRITE]
    assert counted == [
        {"method": WRITE, "status": 200, "fault": "", "count": 2},
        {"method": WRITE, "status": 502, "fault": "html", "count": 1},
    ]


@pytest.mark.parametrize(
    ("verb", "name", "body", "message"),
    [
        ("POST", "faults", {"kind": "flood"}, "kind: Input should be 'answer'"),
        ("POST", "faults", {"kind": "html", "how": "often"}, "how: Extra inputs are not permitted"),
        ("POST", "faults", {"kind": "html", "method": "spreadsheets.gett"}, "the nearest is spreadsheets.get"),
        ("POST", "faults", [], "Input should be an object"),
        ("PUT", "quota", {"reads_per_minute": -1}, "reads_per_minute: Input should be greater than or equal to 0"),
        ("POST", "edits", {"spreadsheet_id": "none"}, "requests: Field required"),
        ("POST", "edits", {"spreadsheet_id": "none", "requests": [{"fly": {}}]}, 'Unknown name "fly"'),
        (
            "POST",
            "edits",
            {"spreadsheet_id": "none", "requests": [{"fly": {}}], "method": WRITE},
            'Unknown name "fly"',
        ),
    ],
)
def test_what_makes_no_sense_is_said(controls: Controls, verb: str, name: str, body: object, message: str) -> None:
    answer = controls.call(verb, name, body)
    assert answer.status_code == 400
    assert message in answer.json()["error"]


def test_an_edit_of_an_unknown_spreadsheet_is_not_found(controls: Controls) -> None:
    assert controls.call("POST", "edits", {"spreadsheet_id": "none", "requests": [typed("x")]}).status_code == 404


def test_broken_json_is_refused(controls: Controls) -> None:
    headers = {"Content-Type": "application/json"}
    answer = requests.post(f"{controls.url}/faults", data=b"{", headers=headers, timeout=30)
    assert (answer.status_code, "Invalid JSON" in answer.json()["error"]) == (400, True)


def test_a_page_in_a_browser_cannot_send_what_it_takes(client: Client, controls: Controls) -> None:
    body = '{"kind": "html"}'
    answer = requests.post(f"{controls.url}/faults", data=body, headers={"Content-Type": "text/plain"}, timeout=30)
    assert answer.status_code == 415
    assert write(client).status_code == 200


def test_another_host_name_is_refused(controls: Controls) -> None:
    answer = requests.get(f"{controls.url}/faults", headers={"Host": "elsewhere.example"}, timeout=30)
    assert answer.status_code == 403


@pytest.mark.parametrize(("verb", "name", "status"), [("GET", "release", 405), ("GET", "weather", 404)])
def test_other_controls_are_not_there(controls: Controls, verb: str, name: str, status: int) -> None:
    assert controls.call(verb, name).status_code == status


def test_control_is_off_unless_it_is_switched_on(tmp_path: Path) -> None:
    with LocalSheets(tmp_path / "other") as server:
        answer = Controls(server.url).call("POST", "faults", {"kind": "html"})
        assert (answer.status_code, answer.text) == (403, "Control is off: start this server with it.\n")


def test_control_is_for_this_machine_only(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"not for 0\.0\.0\.0"):
        LocalSheets(tmp_path / "other", host="0.0.0.0", control=True)


def test_the_command_switches_it_on(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sync", "local-sheets", "--port", "0", "--data", str(tmp_path), "--control"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = re.fullmatch(r"listening on (\S+)\n", process.stdout.readline())
            assert address is not None
            Controls(address[1]).ok("POST", "faults", {"kind": "error", "method": "token"})
            assert requests.post(f"{address[1]}/token", timeout=30).status_code == 503
        finally:
            process.terminate()
