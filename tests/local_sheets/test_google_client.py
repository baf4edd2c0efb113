"""Google's own Python client, built from the discovery documents it ships, against this server.

Only the address in the documents is another: that of an upload is made of it too.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaIoBaseUpload

from sync.local_sheets import LocalSheets

from .discovery import document


def service(sheets: LocalSheets, name: str, version: str) -> Any:
    credentials = Credentials(  # type: ignore[no-untyped-call]
        token=None, refresh_token="local", client_id="local", client_secret="local", token_uri=f"{sheets.url}/token"
    )
    root = f"{sheets.url}/"
    described = {**document(f"{name}.{version}"), "rootUrl": root}
    described["baseUrl"] = root + described["servicePath"]
    return build_from_document(described, credentials=credentials)


@pytest.fixture
def spreadsheets(sheets: LocalSheets) -> Iterator[Any]:
    with closing(service(sheets, "sheets", "v4")) as api:
        yield api.spreadsheets()


@pytest.fixture
def drive(sheets: LocalSheets) -> Iterator[Any]:
    with closing(service(sheets, "drive", "v3")) as api:
        yield api


@pytest.fixture
def book(spreadsheets: Any) -> str:
    body = {"properties": {"title": "OKRs"}, "sheets": [{"properties": {"title": "KRs"}}]}
    made: str = spreadsheets.create(body=body).execute()["spreadsheetId"]
    return made


def test_values_are_written_read_appended_and_cleared(spreadsheets: Any, book: str) -> None:
    values, raw = spreadsheets.values(), {"spreadsheetId": book, "valueInputOption": "RAW"}
    values.update(**raw, range="KRs!A1:B1", body={"values": [["KR", "Score"]]}).execute()
    values.append(**raw, range="KRs!A1", body={"values": [["a", 0.5]]}).execute()
    data = [{"range": "KRs!A3", "values": [["b"]]}]
    values.batchUpdate(spreadsheetId=book, body={"valueInputOption": "RAW", "data": data}).execute()
    ranges = ["KRs!A1:B3", "KRs!B2"]
    read = values.batchGet(spreadsheetId=book, ranges=ranges, valueRenderOption="UNFORMATTED_VALUE").execute()
    assert [each["values"] for each in read["valueRanges"]] == [[["KR", "Score"], ["a", 0.5], ["b"]], [[0.5]]]
    body = {"dataFilters": [{"a1Range": "KRs!A3"}]}
    filtered = values.batchGetByDataFilter(spreadsheetId=book, body=body).execute()
    assert filtered["valueRanges"][0]["valueRange"]["values"] == [["b"]]
    values.clear(spreadsheetId=book, range="KRs!A2:B3").execute()
    assert values.get(spreadsheetId=book, range="KRs").execute()["values"] == [["KR", "Score"]]


def test_a_batch_sorts_formats_and_answers_with_the_sheet(spreadsheets: Any, book: str) -> None:
    rows = {"values": [["b", 2], ["a", 1]]}
    spreadsheets.values().update(spreadsheetId=book, range="KRs!A1", valueInputOption="RAW", body=rows).execute()
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2}
    sort = {"sortRange": {"range": area, "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]}}
    cell = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    bold = {"repeatCell": {"range": area, "cell": cell, "fields": "userEnteredFormat.textFormat.bold"}}
    body = {"requests": [sort, bold], "includeSpreadsheetInResponse": True, "responseIncludeGridData": True}
    answer = spreadsheets.batchUpdate(spreadsheetId=book, body=body).execute()
    row = answer["updatedSpreadsheet"]["sheets"][0]["data"][0]["rowData"][0]["values"]
    assert (row[0]["formattedValue"], row[0]["effectiveFormat"]["textFormat"]["bold"]) == ("a", True)


def test_a_sheet_is_copied_and_metadata_searched(spreadsheets: Any, book: str) -> None:
    other = spreadsheets.create(body={}).execute()["spreadsheetId"]
    body = {"destinationSpreadsheetId": other}
    copied = spreadsheets.sheets().copyTo(spreadsheetId=book, sheetId=0, body=body).execute()
    assert copied["title"] == "Copy of KRs"
    made = {"metadataKey": "okr", "location": {"spreadsheet": True}, "visibility": "DOCUMENT"}
    create = {"requests": [{"createDeveloperMetadata": {"developerMetadata": made}}]}
    reply = spreadsheets.batchUpdate(spreadsheetId=book, body=create).execute()["replies"][0]
    metadata_id = reply["createDeveloperMetadata"]["developerMetadata"]["metadataId"]
    metadata = spreadsheets.developerMetadata()
    assert metadata.get(spreadsheetId=book, metadataId=metadata_id).execute()["metadataKey"] == "okr"
    search = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "okr"}}]}
    assert len(metadata.search(spreadsheetId=book, body=search).execute()["matchedDeveloperMetadata"]) == 1


def test_errors_are_the_clients_own(spreadsheets: Any, book: str) -> None:
    with pytest.raises(HttpError, match="Unable to parse range: Nope!A1") as refused:
        spreadsheets.values().get(spreadsheetId=book, range="Nope!A1").execute()
    assert refused.value.status_code == 400
    with pytest.raises(HttpError, match="Requested entity was not found") as missing:
        spreadsheets.get(spreadsheetId="none").execute()
    assert missing.value.status_code == 404


def test_files_are_uploaded_listed_exported_shared_and_deleted(drive: Any) -> None:
    media = MediaIoBaseUpload(io.BytesIO(b"KR,Score\na,1"), "text/csv")
    body = {"name": "Uploaded", "mimeType": "application/vnd.google-apps.spreadsheet"}
    made = drive.files().create(body=body, media_body=media, fields="id").execute()["id"]
    listed = drive.files().list(q="name = 'Uploaded'", fields="files(id,owners/emailAddress)").execute()
    assert listed == {"files": [{"id": made, "owners": [{"emailAddress": "worker@local.invalid"}]}]}
    assert drive.files().export(fileId=made, mimeType="text/csv").execute() == b"KR,Score\r\na,1"
    person = {"type": "user", "role": "reader", "emailAddress": "otto@example.org"}
    drive.permissions().create(fileId=made, body=person).execute()
    assert len(drive.permissions().list(fileId=made).execute()["permissions"]) == 2
    drive.files().delete(fileId=made).execute()
    with pytest.raises(HttpError, match="File not found"):
        drive.files().get(fileId=made).execute()
