"""Cells named by DataFilters: A1 text, indexes, or the developer metadata attached to them."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client


def by_filter(client: Client, method: str, **body: Any) -> Any:
    return client.ok("POST", f"{client.path}/values:{method}ByDataFilter", json=body)


def grid(top: int, bottom: int, left: int, right: int) -> dict[str, Any]:
    named = {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}
    return {"gridRange": {"sheetId": 0, **named}}


def by_key(key: str) -> dict[str, Any]:
    return {"developerMetadataLookup": {"metadataKey": key}}


def attach(client: Client, key: str, location: dict[str, Any], **more: Any) -> int:
    given = {"metadataKey": key, "visibility": "DOCUMENT", "location": location, **more}
    reply = client.batch({"createDeveloperMetadata": {"developerMetadata": given}})["replies"][0]
    found: int = reply["createDeveloperMetadata"]["developerMetadata"]["metadataId"]
    return found


def row(index: int) -> dict[str, Any]:
    return {"dimensionRange": {"sheetId": 0, "dimension": "ROWS", "startIndex": index, "endIndex": index + 1}}


def test_answers_come_by_place_and_say_which_filters_they_answer(client: Client) -> None:
    client.put("A1", [[1, 2], [3, 4]])
    asked = [{"a1Range": "B1:B2"}, {"a1Range": "A2"}, grid(1, 2, 0, 1), {"a1Range": "A1:B1"}]
    answer = by_filter(client, "batchGet", dataFilters=asked, valueRenderOption="UNFORMATTED_VALUE")
    without_id = {"gridRange": {name: at for name, at in asked[2]["gridRange"].items() if name != "sheetId"}}
    rows = {"majorDimension": "ROWS"}
    assert answer == {
        "spreadsheetId": client.id,
        "valueRanges": [
            {"valueRange": {"range": "Sheet1!A1:B1", **rows, "values": [[1, 2]]}, "dataFilters": [asked[3]]},
            {"valueRange": {"range": "Sheet1!A2", **rows, "values": [[3]]}, "dataFilters": [asked[1], without_id]},
            {"valueRange": {"range": "Sheet1!B1:B2", **rows, "values": [[2], [4]]}, "dataFilters": [asked[0]]},
        ],
    }


def test_metadata_that_nobody_set_selects_nothing(client: Client) -> None:
    assert by_filter(client, "batchGet", dataFilters=[by_key("none")]) == {"spreadsheetId": client.id}


def test_an_empty_range_is_a_broken_reference(client: Client) -> None:
    answer = by_filter(client, "batchGet", dataFilters=[grid(1, 1, 0, 2)])
    assert answer["valueRanges"][0]["valueRange"] == {"range": "#REF!", "majorDimension": "ROWS"}


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ([], "Must specify at least one dataFilter."),
        ([{}], "Invalid dataFilter[0]: dataFilter.filter must be specified."),
        ([{"a1Range": "A1"}, {"a1Range": "No!A1"}], "Invalid dataFilter[1]: Unable to parse range: No!A1"),
        ([{"gridRange": {"sheetId": 7}}], "Invalid dataFilter[0]: No grid with id: 7"),
        ([grid(-1, 2, 0, 1)], "Invalid dataFilter[0]: GridRange indexes must be >= 0"),
        ([grid(3, 2, 0, 1)], "Invalid dataFilter[0]: endRowIndex[2] cannot be before startRowIndex[3]"),
        (
            [grid(10, 12, 0, 1)],
            "Invalid dataFilter[0]: Range (Sheet1!A11:A12) exceeds grid limits. Max rows: 10, max columns: 5",
        ),
        (
            [{"a1Range": "A1", "gridRange": {}}],
            "Invalid value at 'data_filters[0]' (oneof), oneof field 'filter' is already set. Cannot set 'gridRange'",
        ),
    ],
)
def test_what_a_filter_cannot_mean_is_refused(client: Client, filters: list[Any], message: str) -> None:
    path = f"{client.path}/values:batchGetByDataFilter"
    assert client.refused("POST", path, json={"dataFilters": filters}) == message


def test_values_are_written_and_cleared_where_metadata_is_after_the_row_moved(client: Client) -> None:
    client.put("A1", [["a", 1], ["b", 2]])
    attach(client, "okr", row(1), metadataValue="KR 2")
    rows = {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
    client.batch({"insertDimension": {"range": rows}})
    data = [{"dataFilter": by_key("okr"), "majorDimension": "ROWS", "values": [[None, 9]]}]
    answer = by_filter(client, "batchUpdate", valueInputOption="RAW", data=data)
    assert client.sheets.read(client.id, "Sheet1") == [[], ["a", 1], ["b", 9]]
    assert answer["totalUpdatedCells"] == 1
    assert answer["responses"][0]["dataFilter"] == by_key("okr")
    cleared = by_filter(client, "batchClear", dataFilters=[by_key("okr")])
    assert cleared == {"spreadsheetId": client.id, "clearedRanges": ["Sheet1!A3:E3"]}
    assert client.sheets.read(client.id, "Sheet1") == [[], ["a", 1]]


def test_metadata_goes_with_its_row(client: Client) -> None:
    known = attach(client, "okr", row(4))
    assert client.ok("GET", f"{client.path}/developerMetadata/{known}")["metadataKey"] == "okr"
    client.batch({"deleteDimension": {"range": row(4)["dimensionRange"]}})
    assert client.call("GET", f"{client.path}/developerMetadata/{known}").status_code == 404


def test_metadata_is_found_by_everything_that_a_lookup_can_name(client: Client) -> None:
    attach(client, "okr", row(0), metadataValue="1")
    attach(client, "okr", {"sheetId": 0}, metadataValue="2")
    whole = attach(client, "team", {"spreadsheet": True})

    def found(**lookup: Any) -> list[str]:
        body = {"dataFilters": [{"developerMetadataLookup": lookup}]}
        matches = client.ok("POST", f"{client.path}/developerMetadata:search", json=body)
        each = [match["developerMetadata"] for match in matches.get("matchedDeveloperMetadata", [])]
        return [f"{one['metadataKey']} {one['location']['locationType']}" for one in each]

    assert found(metadataKey="okr") == ["okr ROW", "okr SHEET"]
    assert found(metadataKey="okr", metadataValue="2") == ["okr SHEET"]
    assert found(locationType="ROW") == ["okr ROW"]
    assert found(metadataId=whole) == ["team SPREADSHEET"]
    assert found(metadataLocation={"sheetId": 0}) == ["okr ROW", "okr SHEET"]
    exact = {"metadataLocation": {"sheetId": 0}, "locationMatchingStrategy": "EXACT_LOCATION"}
    assert found(**exact) == ["okr SHEET"]
    assert found(visibility="PROJECT") == []


def test_metadata_is_changed_and_deleted_by_filter(client: Client) -> None:
    attach(client, "okr", row(0), metadataValue="old")
    change = {"dataFilters": [by_key("okr")], "developerMetadata": {"metadataValue": "new"}, "fields": "metadataValue"}
    changed = client.batch({"updateDeveloperMetadata": change})["replies"][0]["updateDeveloperMetadata"]
    assert [each["metadataValue"] for each in changed["developerMetadata"]] == ["new"]
    deleted = client.batch({"deleteDeveloperMetadata": {"dataFilter": by_key("okr")}})["replies"][0]
    assert len(deleted["deleteDeveloperMetadata"]["deletedDeveloperMetadata"]) == 1
    assert "developerMetadata" not in client.get()


def test_metadata_is_shown_where_it_is_attached(client: Client) -> None:
    attach(client, "all", {"spreadsheet": True})
    attach(client, "tab", {"sheetId": 0})
    attach(client, "row", row(1))
    shown = client.get(fields="developerMetadata.metadataKey,sheets(developerMetadata.metadataKey,data.rowMetadata)")
    assert shown["developerMetadata"] == [{"metadataKey": "all"}]
    assert shown["sheets"][0]["developerMetadata"] == [{"metadataKey": "tab"}]
    rows = shown["sheets"][0]["data"][0]["rowMetadata"]
    assert [each["metadataKey"] for each in rows[1]["developerMetadata"]] == ["row"]


def test_a_spreadsheet_can_be_read_by_filter(client: Client) -> None:
    client.put("A1", [[1, 2]])
    body = {"dataFilters": [{"a1Range": "B1"}, grid(0, 1, 1, 2)], "includeGridData": True}
    shown = client.ok("POST", f"{client.path}:getByDataFilter", json=body)
    assert len(shown["sheets"][0]["data"]) == 1
    assert shown["sheets"][0]["data"][0]["rowData"][0]["values"][0]["formattedValue"] == "2"
