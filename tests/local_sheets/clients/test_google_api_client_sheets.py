"""Google's own Python client of Sheets against this server."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest
from google.auth.exceptions import RefreshError
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from sync.local_sheets import Fault, LocalSheets
from tests.support.google_api_client import refused, service, signed_in


def batch_update(spreadsheets: Any, book: str, *requests: dict[str, Any], **more: Any) -> Any:
    return spreadsheets.batchUpdate(spreadsheetId=book, body={"requests": list(requests), **more}).execute()


def test_the_client_builds_itself_and_is_told_the_address(sheets: LocalSheets) -> None:
    options = {"api_endpoint": sheets.url}
    built = build("sheets", "v4", credentials=signed_in(sheets), static_discovery=True, client_options=options)
    with closing(built) as api:
        made = api.spreadsheets().create(body={"properties": {"title": "OKRs"}}).execute()
    assert made["properties"]["title"] == "OKRs"
    assert made["sheets"][0]["properties"] == {
        "sheetId": 0,
        "title": "Sheet1",
        "index": 0,
        "sheetType": "GRID",
        "gridProperties": {"rowCount": 1000, "columnCount": 26},
    }


def test_values_are_written_and_read_back(spreadsheets: Any, book: str) -> None:
    values, first = spreadsheets.values(), {"values": [["KR", "Score"], ["a", 0.5]]}
    written = values.update(spreadsheetId=book, range="Scores!A1", valueInputOption="RAW", body=first).execute()
    counts = {"updatedRows": 2, "updatedColumns": 2, "updatedCells": 4}
    assert written == {"spreadsheetId": book, "updatedRange": "Scores!A1:B2", **counts}
    assert values.get(spreadsheetId=book, range="Scores").execute() == {
        "range": "Scores!A1:E10",
        "majorDimension": "ROWS",
        "values": [["KR", "Score"], ["a", "0.5"]],
    }
    columns = {"range": "Scores!A1:B2", "majorDimension": "COLUMNS", "valueRenderOption": "UNFORMATTED_VALUE"}
    assert values.get(spreadsheetId=book, **columns).execute()["values"] == [["KR", "a"], ["Score", 0.5]]
    assert values.get(spreadsheetId=book, range="Scores!D4").execute() == {
        "range": "Scores!D4",
        "majorDimension": "ROWS",
    }


def test_many_ranges_are_written_at_once_and_null_leaves_a_cell_alone(spreadsheets: Any, book: str) -> None:
    values = spreadsheets.values()
    data = [{"range": "Scores!A1:D1", "values": [["a", "b", "c", "d"]]}, {"range": "Scores!A2:C2", "values": [[1]]}]
    body = {"valueInputOption": "RAW", "data": data}
    assert values.batchUpdate(spreadsheetId=book, body=body).execute() == {
        "spreadsheetId": book,
        "totalUpdatedRows": 2,
        "totalUpdatedColumns": 4,
        "totalUpdatedCells": 5,
        "totalUpdatedSheets": 1,
        "responses": [
            {
                "spreadsheetId": book,
                "updatedRange": "Scores!A1:D1",
                "updatedRows": 1,
                "updatedColumns": 4,
                "updatedCells": 4,
            },
            {
                "spreadsheetId": book,
                "updatedRange": "Scores!A2",
                "updatedRows": 1,
                "updatedColumns": 1,
                "updatedCells": 1,
            },
        ],
    }
    again = {
        "valueInputOption": "RAW",
        "data": [{"range": "Scores!A1:D1", "values": [[None, None, "C", None]]}],
        "includeValuesInResponse": True,
    }
    [answer] = values.batchUpdate(spreadsheetId=book, body=again).execute()["responses"]
    assert (answer["updatedCells"], answer["updatedData"]["values"]) == (1, [["a", "b", "C", "d"]])
    read = values.batchGet(spreadsheetId=book, ranges=["Scores!A2", "Scores!C1:D1"]).execute()
    assert [each["values"] for each in read["valueRanges"]] == [[["1"]], [["C", "d"]]]


def test_rows_are_appended_below_the_table_and_cleared(spreadsheets: Any, book: str) -> None:
    values, raw = spreadsheets.values(), {"spreadsheetId": book, "valueInputOption": "RAW"}
    body = {"values": [["a", 1]]}
    first = values.append(**raw, range="Scores!A1", body=body).execute()
    assert "tableRange" not in first
    second = values.append(**raw, range="Scores!A1", body=body, insertDataOption="INSERT_ROWS").execute()
    assert (second["tableRange"], second["updates"]["updatedRange"]) == ("Scores!A1:B1", "Scores!A2:B2")
    cleared = values.clear(spreadsheetId=book, range="Scores!A1:B1").execute()
    assert cleared == {"spreadsheetId": book, "clearedRange": "Scores!A1:B1"}
    all_cleared = values.batchClear(spreadsheetId=book, body={"ranges": ["Scores!A2", "Scores!B2"]}).execute()
    assert all_cleared == {"spreadsheetId": book, "clearedRanges": ["Scores!A2", "Scores!B2"]}
    assert "values" not in values.get(spreadsheetId=book, range="Scores").execute()


def test_values_are_read_written_and_cleared_by_filter(spreadsheets: Any, book: str) -> None:
    values, header = spreadsheets.values(), {"gridRange": {"sheetId": 0, "endRowIndex": 1, "endColumnIndex": 2}}
    data = [{"dataFilter": header, "majorDimension": "ROWS", "values": [["KR", "Score"]]}]
    body = {"valueInputOption": "RAW", "data": data}
    values.batchUpdateByDataFilter(spreadsheetId=book, body=body).execute()
    filters = {"dataFilters": [{"a1Range": "Scores!B1"}, header]}
    read = values.batchGetByDataFilter(spreadsheetId=book, body=filters).execute()["valueRanges"]
    # By place, not in the order of the filters.
    assert [each["valueRange"]["range"] for each in read] == ["Scores!A1:B1", "Scores!B1"]
    assert read[1]["dataFilters"] == [{"a1Range": "Scores!B1"}]
    cleared = values.batchClearByDataFilter(spreadsheetId=book, body=filters).execute()
    assert sorted(cleared["clearedRanges"]) == ["Scores!A1:B1", "Scores!B1"]
    shown = spreadsheets.getByDataFilter(spreadsheetId=book, body=filters, fields="sheets.data.rowData").execute()
    assert shown == {"sheets": [{"data": [{}, {}]}]}


def test_a_batch_sorts_and_formats_and_answers_with_the_sheet(spreadsheets: Any, book: str) -> None:
    rows = {"values": [["b", 2], ["c", 3], ["a", 1]]}
    spreadsheets.values().update(spreadsheetId=book, range="Scores!A1", valueInputOption="RAW", body=rows).execute()
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 3}
    sort = {"sortRange": {"range": area, "sortSpecs": [{"dimensionIndex": 1, "sortOrder": "DESCENDING"}]}}
    cell = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    bold = {"repeatCell": {"range": area, "cell": cell, "fields": "userEnteredFormat.textFormat.bold"}}
    add = {"addSheet": {"properties": {"sheetId": 7, "title": "Next"}}}
    more = {"includeSpreadsheetInResponse": True, "responseIncludeGridData": True, "responseRanges": ["Scores!A1:B3"]}
    answer = batch_update(spreadsheets, book, sort, bold, add, **more)
    assert answer["replies"][:2] == [{}, {}]
    assert answer["replies"][2]["addSheet"]["properties"]["sheetId"] == 7
    shown = answer["updatedSpreadsheet"]["sheets"][0]["data"][0]["rowData"]
    assert [[cell["formattedValue"] for cell in row["values"]] for row in shown] == [["c", "3"], ["b", "2"], ["a", "1"]]
    assert shown[0]["values"][0]["effectiveFormat"]["textFormat"]["bold"] is True


def test_a_batch_that_fails_at_its_end_has_changed_nothing(spreadsheets: Any, book: str) -> None:
    rename = {"updateSheetProperties": {"properties": {"sheetId": 0, "title": "Other"}, "fields": "title"}}
    body = {"requests": [rename, {"deleteSheet": {"sheetId": 99}}]}
    status, error = refused(spreadsheets.batchUpdate(spreadsheetId=book, body=body))
    assert (status, error["status"]) == (400, "INVALID_ARGUMENT")
    assert error["message"].startswith("Invalid requests[1].deleteSheet: ")
    assert spreadsheets.get(spreadsheetId=book).execute()["sheets"][0]["properties"]["title"] == "Scores"


def test_only_the_fields_that_are_asked_for_are_shown(spreadsheets: Any, book: str) -> None:
    asked = "properties.title,sheets(properties(sheetId,title))"
    assert spreadsheets.get(spreadsheetId=book, fields=asked).execute() == {
        "properties": {"title": "OKRs"},
        "sheets": [{"properties": {"sheetId": 0, "title": "Scores"}}],
    }
    assert spreadsheets.get(spreadsheetId=book, fields="namedRanges").execute() == {}


def test_a_sheet_is_copied_and_metadata_found(spreadsheets: Any, book: str) -> None:
    other = spreadsheets.create(body={}).execute()["spreadsheetId"]
    body = {"destinationSpreadsheetId": other}
    copied = spreadsheets.sheets().copyTo(spreadsheetId=book, sheetId=0, body=body).execute()
    assert (copied["title"], copied["index"]) == ("Copy of Scores", 1)
    made = {"metadataKey": "okr", "location": {"spreadsheet": True}, "visibility": "DOCUMENT"}
    [reply] = batch_update(spreadsheets, book, {"createDeveloperMetadata": {"developerMetadata": made}})["replies"]
    metadata_id = reply["createDeveloperMetadata"]["developerMetadata"]["metadataId"]
    metadata = spreadsheets.developerMetadata()
    assert metadata.get(spreadsheetId=book, metadataId=metadata_id).execute()["metadataKey"] == "okr"
    search = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "okr"}}]}
    assert len(metadata.search(spreadsheetId=book, body=search).execute()["matchedDeveloperMetadata"]) == 1


def test_a_range_that_is_none_is_refused_as_google_refuses_it(spreadsheets: Any, book: str) -> None:
    values = spreadsheets.values()
    assert refused(values.get(spreadsheetId=book, range="Nope!A1")) == (
        400,
        {"code": 400, "message": "Unable to parse range: Nope!A1", "status": "INVALID_ARGUMENT"},
    )
    _, error = refused(values.get(spreadsheetId=book, range="A99"))
    assert error["message"] == "Range (Scores!A99) exceeds grid limits. Max rows: 10, max columns: 5"
    body = {"values": [["x"], ["y"]]}
    write = values.update(spreadsheetId=book, range="Scores!A1:B1", valueInputOption="RAW", body=body)
    assert refused(write)[1]["message"] == (
        "Requested writing within range [Scores!A1:B1], but tried writing to row [2]"
    )


def test_a_field_that_google_does_not_have_is_refused_with_its_place(spreadsheets: Any, book: str) -> None:
    body = {"requests": [{"addSheet": {"properties": {"titel": "x"}}}]}
    status, error = refused(spreadsheets.batchUpdate(spreadsheetId=book, body=body))
    text = "Invalid JSON payload received. Unknown name \"titel\" at 'requests[0].add_sheet.properties': "
    violation = {"field": "requests[0].add_sheet.properties", "description": f"{text}Cannot find field."}
    details = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}
    assert (status, error["message"], error["details"]) == (400, violation["description"], [details])


def test_what_is_not_there_is_not_found(spreadsheets: Any, drive: Any) -> None:
    missing = {"code": 404, "message": "Requested entity was not found.", "status": "NOT_FOUND"}
    assert refused(spreadsheets.get(spreadsheetId="none")) == (404, missing)
    told = {"message": "File not found: none.", "domain": "global", "reason": "notFound"}
    place = {"location": "fileId", "locationType": "parameter"}
    answer = {"code": 404, "message": "File not found: none.", "errors": [{**told, **place}]}
    assert refused(drive.files().get(fileId="none")) == (404, answer)


def test_a_token_that_google_did_not_issue_is_refused(sheets: LocalSheets) -> None:
    credentials = Credentials("nonsense")  # type: ignore[no-untyped-call]
    with closing(service(sheets, "sheets.v4", credentials)) as built, pytest.raises(RefreshError):
        # The 401 makes the client ask for a new token, for which it has nothing.
        built.spreadsheets().get(spreadsheetId="any").execute()


def test_a_server_that_is_busy_is_asked_again_by_the_client(sheets: LocalSheets, spreadsheets: Any, book: str) -> None:
    sheets.fault(Fault(kind="error", status=503, method="spreadsheets.get", times=1))
    request = spreadsheets.get(spreadsheetId=book, fields="spreadsheetId")
    waited: list[float] = []
    request._sleep = waited.append
    assert request.execute(num_retries=1) == {"spreadsheetId": book}
    assert len(waited) == 1


def test_an_exhausted_quota_is_429_with_googles_details(sheets: LocalSheets, spreadsheets: Any, book: str) -> None:
    sheets.quota(reads_per_minute=0)
    status, error = refused(spreadsheets.get(spreadsheetId=book))
    assert (status, error["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert error["message"].startswith("Quota exceeded for quota metric 'Read requests' and limit")
    assert error["details"][0]["reason"] == "RATE_LIMIT_EXCEEDED"


def test_sheets_carries_out_no_request_of_a_batch(api: Any, spreadsheets: Any, book: str) -> None:
    answers: list[tuple[int, str]] = []

    def keep(request_id: str, answer: Any, error: HttpError) -> None:
        answers.append((error.status_code, error.reason))

    batch = api.new_batch_http_request(callback=keep)
    batch.add(spreadsheets.get(spreadsheetId=book))
    batch.execute()
    assert answers == [(501, "Operation is not implemented, or supported, or enabled.")]
