"""Every field, parameter and enum that a client sends is known to Google's API or refused in Google's words."""

from __future__ import annotations

from typing import Any

import pytest

from sync.local_sheets.protocol.messages import fields_of
from sync.local_sheets.sheets.requests import KINDS

from .conftest import Client


def test_a_batch_with_several_faults_names_them_all(client: Client) -> None:
    body = {"requests": [{"mergeCells": {"mergeTyp": 1}}, {"addSheet": {"properties": {"sheetId": "x"}}}], "rose": 1}
    message = client.refused("POST", f"{client.path}:batchUpdate", json=body)
    assert message.splitlines() == [
        "Invalid JSON payload received. Unknown name \"mergeTyp\" at 'requests[0].merge_cells': Cannot find field.",
        "Invalid value at 'requests[1].add_sheet.properties.sheet_id' (TYPE_INT32), \"x\"",
        'Invalid JSON payload received. Unknown name "rose": Cannot find field.',
    ]


@pytest.mark.parametrize(
    ("request_", "fault"),
    [
        (
            {"mergeCells": {"mergeType": "DIAGONAL"}},
            "'requests[0].merge_cells.merge_type' (type.googleapis.com/google.apps.sheets.v4.MergeType), \"DIAGONAL\"",
        ),
        ({"findReplace": {"matchCase": "perhaps"}}, "'requests[0].find_replace.match_case' (TYPE_BOOL), \"perhaps\""),
        (
            {"repeatCell": {"cell": {"userEnteredFormat": {"backgroundColor": {"red": "dark"}}}}},
            "'requests[0].repeat_cell.cell.user_entered_format.background_color.red' (TYPE_FLOAT), \"dark\"",
        ),
        (
            {"mergeCells": {"range": {"startRowIndex": 1.5}}},
            "'requests[0].merge_cells.range.start_row_index.value' (TYPE_INT32), 1.5",
        ),
        (
            {"addSheet": {}, "deleteSheet": {}},
            "'requests[0]' (oneof), oneof field 'kind' is already set. Cannot set 'deleteSheet'",
        ),
    ],
)
def test_what_is_no_value_of_its_field_is_refused_with_its_place(
    client: Client, request_: dict[str, Any], fault: str
) -> None:
    assert client.batch_refused(request_) == f"Invalid value at {fault}"


def test_names_may_be_written_as_in_protocol_buffers_and_enums_as_numbers(client: Client) -> None:
    span = {"sheet_id": 0, "start_row_index": "0", "endRowIndex": 2.0, "startColumnIndex": 0, "endColumnIndex": 2}
    client.batch({"merge_cells": {"range": span, "merge_type": 2}}, {"mergeCells": {"range": span, "mergeType": "0"}})
    assert len(client.get()["sheets"][0]["merges"]) == 1


def test_a_request_that_google_knows_and_this_server_does_not_is_refused_as_such(client: Client) -> None:
    assert client.batch_refused({"addChart": {}}) == (
        "Invalid requests[0].addChart: The local Sheets server does not carry out this kind of request."
    )


def test_every_kind_that_is_carried_out_is_googles() -> None:
    assert set(KINDS) <= set(fields_of("Request") or {})


def test_drive_ignores_what_it_does_not_know(client: Client) -> None:
    """gspread sends Drive parameters and fields of other methods, and Google answers."""
    path = f"/drive/v3/files/{client.id}"
    assert client.ok("GET", path, params={"includeItemsFromAllDrives": True, "fields": "id"}) == {"id": client.id}
    assert client.ok("PATCH", path, json={"name": "New", "withLink": False})["name"] == "New"


def test_what_a_new_spreadsheet_is_to_hold_is_there_or_refused(client: Client) -> None:
    data = {"startRow": 1, "rowData": [{"values": [{"userEnteredValue": {"formulaValue": "=1+1"}, "note": "why"}]}]}
    area = {"startRowIndex": 3, "endRowIndex": 5, "startColumnIndex": 0, "endColumnIndex": 2}
    sheet = {"properties": {"title": "KRs"}, "data": [data], "merges": [area]}
    named = {"name": "Scores", "range": {"startRowIndex": 0, "endRowIndex": 1}}
    made = client.ok("POST", "/v4/spreadsheets", json={"sheets": [sheet], "namedRanges": [named]})
    assert client.sheets.read(made["spreadsheetId"], "KRs!A2") == [[2]]
    assert (made["sheets"][0]["merges"], made["namedRanges"][0]["name"]) == ([area], "Scores")
    refused = client.refused("POST", "/v4/spreadsheets", json={"sheets": [{"charts": [{"chartId": 1}]}]})
    assert refused == "The local Sheets server keeps no charts."
