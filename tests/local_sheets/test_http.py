"""What stands around the methods: what is shown, masks, envelopes, hooks, Drive, pages, and the record of requests."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import ANY

import gspread
import pytest
import requests

from sync.local_sheets import LocalSheets, RequestRecord

from .conftest import Client


def test_a_spreadsheet_shows_no_cells_unless_asked(client: Client) -> None:
    assert client.get()["sheets"] == [
        {
            "properties": {
                "sheetId": 0,
                "title": "Sheet1",
                "index": 0,
                "sheetType": "GRID",
                "gridProperties": {"rowCount": 10, "columnCount": 5},
            }
        }
    ]
    assert client.get()["spreadsheetUrl"] == f"{client.sheets.url}/spreadsheets/d/{client.id}/edit"
    assert "data" in client.get(includeGridData=True)["sheets"][0]
    assert "data" in client.get(fields="sheets")["sheets"][0]
    assert client.get(fields="*") == client.get()
    assert "data" not in client.get(includeGridData="true", fields="sheets.merges")["sheets"][0]


def test_a_cell_shows_what_was_entered_and_what_came_of_it(client: Client) -> None:
    client.put("B2", [["=1/0", "70%", True]], "USER_ENTERED")
    mask = "sheets.data(startRow,rowData.values(userEnteredValue,effectiveValue,formattedValue))"
    data = client.get(fields=mask, ranges="Sheet1!B2:D10")["sheets"][0]["data"]
    division = {"type": "DIVIDE_BY_ZERO", "message": "Function DIVIDE parameter 2 cannot be zero."}
    assert data == [
        {
            "startRow": 1,
            "rowData": [
                {
                    "values": [
                        {
                            "userEnteredValue": {"formulaValue": "=1/0"},
                            "effectiveValue": {"errorValue": division},
                            "formattedValue": "#DIV/0!",
                        },
                        {
                            "userEnteredValue": {"numberValue": 0.7},
                            "effectiveValue": {"numberValue": 0.7},
                            "formattedValue": "70%",
                        },
                        {
                            "userEnteredValue": {"boolValue": True},
                            "effectiveValue": {"boolValue": True},
                            "formattedValue": "TRUE",
                        },
                    ]
                }
            ],
        }
    ]


@pytest.mark.parametrize(
    ("mask", "answer"),
    [
        ("namedRanges", {}),
        ("properties/title,properties.locale", {"properties": {"title": "OKRs", "locale": "en_US"}}),
        ("properties(title)", {"properties": {"title": "OKRs"}}),
        ("sheets.properties.tabColorStyle", {"sheets": [{"properties": {}}]}),
        ("sheets.data.rowData.values.note", {"sheets": [{"data": [{}]}]}),
        ("sheets.*.title", {"sheets": [{"properties": {"title": "Sheet1"}}]}),
        ("spreadsheetUrl,properties.title,", {"properties": {"title": "OKRs"}, "spreadsheetUrl": ANY}),
        ("sheets(properties(sheetId, title),merges)", {"sheets": [{"properties": {"sheetId": 0, "title": "Sheet1"}}]}),
    ],
)
def test_a_mask_leaves_what_it_names(client: Client, mask: str, answer: dict[str, Any]) -> None:
    assert client.get(fields=mask) == answer


@pytest.mark.parametrize(
    ("mask", "path"),
    [
        ("bogus", "bogus"),
        ("sheets.bogus", "sheets.bogus"),
        ("a,,b", "a"),
        ("sheets.*.bogus", "sheets.*.bogus"),
        ("properties.title.x", "properties.title.x"),
        ("é", "é"),
    ],
)
def test_a_mask_that_names_nothing_is_refused(client: Client, mask: str, path: str) -> None:
    answer = client.call("GET", client.path, params={"fields": mask})
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["message"] == "Request contains an invalid argument."
    text = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
    assert error["details"][0]["fieldViolations"] == [{"field": mask, "description": text}]


@pytest.mark.parametrize(("mask", "pair", "unpaired"), [("sheets(", ")", "("), ("sheets)", "(", ")")])
def test_a_mask_with_a_bracket_alone_is_refused(client: Client, mask: str, pair: str, unpaired: str) -> None:
    details = client.call("GET", client.path, params={"fields": mask}).json()["error"]["details"]
    text = f"Invalid FieldMask '{mask}'. Cannot find matching '{pair}' for all '{unpaired}'."
    assert details[0]["fieldViolations"][0]["description"] == text


def test_a_mask_holds_for_every_method(client: Client) -> None:
    client.put("A1", [["a"]])
    assert client.values("A1", fields="values") == {"values": [["a"]]}
    assert client.batch({"addSheet": {}}, params={"fields": "spreadsheetId"}) == {"spreadsheetId": client.id}


def test_what_is_long_is_compressed_for_who_accepts_it(client: Client) -> None:
    client.put("A1", [["x" * 2_000]])
    long = client.call("GET", client.values_path("A1"))
    assert (long.headers["Content-Encoding"], long.json()["values"]) == ("gzip", [["x" * 2_000]])
    plain = client.call("GET", client.values_path("A1"), headers={"Accept-Encoding": "identity"})
    assert ("Content-Encoding" in plain.headers, plain.json()) == (False, long.json())
    assert "ETag" not in long.headers


def test_pretty_printing_can_be_switched_off(client: Client) -> None:
    path = client.values_path("A1")
    assert client.call("GET", path).text.startswith("{\n  ")
    assert client.call("GET", path, params={"prettyPrint": "false"}).text.startswith('{"range"')


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example", ""])
def test_only_this_machines_names_are_answered(client: Client, host: str) -> None:
    assert client.call("GET", "/", headers={"Host": host}).status_code in (400, 403)


def test_loopback_names_are_answered_without_cors(client: Client) -> None:
    port = client.sheets.url.rpartition(":")[2]
    for host in ("127.0.0.1", "localhost", "[::1]"):
        answer = client.call("GET", client.path, headers={"Host": f"{host}:{port}", "Origin": "http://evil.example"})
        assert answer.status_code == 200
        assert not any(name.lower().startswith("access-control") for name in answer.headers)


def test_every_request_is_counted_by_kind(client: Client) -> None:
    client.sheets.requests.clear()
    client.get()
    client.put("A1", [[1]])
    client.call("GET", "/v4/spreadsheets/none")
    assert client.sheets.requests == [
        RequestRecord("spreadsheets.get", "read", client.id, 200),
        RequestRecord("spreadsheets.values.update", "write", client.id, 200),
        RequestRecord("spreadsheets.get", "read", "none", 404),
    ]


def test_a_hook_runs_once_just_before_its_request(client: Client) -> None:
    def person_types(sheets: LocalSheets) -> None:
        cell = {"userEnteredValue": {"stringValue": "person"}}
        update = {"start": {"sheetId": 0}, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}
        sheets.edit(client.id, {"updateCells": update})

    client.sheets.before("spreadsheets.values.get", person_types, skip=1)
    assert "values" not in client.values("A1")
    assert client.values("A1")["values"] == [["person"]]
    client.put("A1", [["worker"]])
    assert client.values("A1")["values"] == [["worker"]]


def test_drives_version_moves_with_every_change_and_only_then(client: Client) -> None:
    path = f"/drive/v3/files/{client.id}"

    def version() -> int:
        return int(client.ok("GET", path, params={"fields": "version"})["version"])

    first = version()
    client.get()
    assert version() == first
    client.put("A1", [[1]])
    assert version() == first + 1
    assert client.ok("GET", path) == {
        "kind": "drive#file",
        "id": client.id,
        "name": "OKRs",
        "mimeType": "application/vnd.google-apps.spreadsheet",
    }


def test_gspread_creates_finds_and_deletes_through_drive(google: gspread.Client) -> None:
    made = google.create("Kế hoạch 'Q1'")
    assert [found["name"] for found in google.list_spreadsheet_files("Kế hoạch 'Q1'")] == ["Kế hoạch 'Q1'"]
    google.del_spreadsheet(made.id)
    assert google.list_spreadsheet_files() == []
    with pytest.raises(gspread.SpreadsheetNotFound):
        google.open_by_key(made.id)


def test_drives_not_found_has_drives_shape(client: Client) -> None:
    answer = client.call("DELETE", "/drive/v3/files/none")
    assert answer.status_code == 404
    assert answer.json()["error"]["errors"][0]["reason"] == "notFound"
    assert answer.json()["error"]["message"] == "File not found: none."


def test_the_front_page_links_every_spreadsheet(sheets: LocalSheets, client: Client) -> None:
    sheets.edit(client.id, {"updateSpreadsheetProperties": {"properties": {"title": "<b>Q1</b>"}, "fields": "title"}})
    answer = requests.get(sheets.url, timeout=30)
    assert f'<a href="/spreadsheets/d/{client.id}/edit">&lt;b&gt;Q1&lt;/b&gt;</a>' in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/grid_page/../server.py", "/grid_page/%2e%2e%2fserver.py", "/spreadsheets/d/x/edit"])
def test_nothing_but_the_grid_pages_own_files_is_served(sheets: LocalSheets, path: str) -> None:
    with requests.Session() as http:
        asked = http.prepare_request(requests.Request("GET", sheets.url))
        asked.url = sheets.url + path
        assert http.send(asked, timeout=30).status_code == 404


def test_a_taken_port_is_an_os_error(sheets: LocalSheets, tmp_path: Path) -> None:
    second = LocalSheets(tmp_path / "other", port=int(sheets.url.rpartition(":")[2]))
    with pytest.raises(OSError, match="already in use"):
        second.start()
    second.close()
    second.close()
