"""Google's own Python client of Drive against this server, and how much of both APIs is answered."""

from __future__ import annotations

import io
from contextlib import closing
from typing import Any

import pytest
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaIoBaseDownload, MediaIoBaseUpload

from sync.local_sheets import LocalSheets
from tests.support.google_api_client import SPREADSHEET, refused, service, signed_in

from ..discovery import DRIVE_METHODS, Schema, document, methods


def test_who_may_not_read_is_told_so_by_sheets_and_nothing_by_drive(
    sheets: LocalSheets, drive: Any, spreadsheets: Any
) -> None:
    with closing(service(sheets, "drive.v3", signed_in(sheets, "person"))) as persons:
        private = persons.files().create(body={"name": "Private", "mimeType": SPREADSHEET}).execute()["id"]
        listed = persons.permissions().list(fileId=private, fields="permissions(id,role)").execute()
        [writer] = [each["id"] for each in listed["permissions"] if each["role"] == "writer"]
        persons.permissions().delete(fileId=private, permissionId=writer).execute()
    denied = {"code": 403, "message": "The caller does not have permission", "status": "PERMISSION_DENIED"}
    assert refused(spreadsheets.get(spreadsheetId=private)) == (403, denied)
    assert refused(drive.files().get(fileId=private))[0] == 404


def test_files_are_uploaded_found_downloaded_and_deleted(drive: Any) -> None:
    files, body = drive.files(), {"name": "Uploaded", "mimeType": SPREADSHEET}
    media = MediaIoBaseUpload(io.BytesIO(b"KR,Score\na,1"), "text/csv")
    made = files.create(body=body, media_body=media, fields="id").execute()["id"]
    listed = files.list(q="name = 'Uploaded' and trashed = false", fields="files(id,owners/emailAddress)").execute()
    assert listed == {"files": [{"id": made, "owners": [{"emailAddress": "worker@local.invalid"}]}]}
    assert files.export(fileId=made, mimeType="text/csv").execute() == b"KR,Score\r\na,1"
    into = io.BytesIO()
    download = MediaIoBaseDownload(into, files.export_media(fileId=made, mimeType="text/csv"))
    _, done = download.next_chunk()
    assert (done, into.getvalue()) == (True, b"KR,Score\r\na,1")
    assert files.delete(fileId=made).execute() == ""
    assert refused(files.get(fileId=made))[0] == 404


def test_a_file_is_renamed_copied_and_kept_in_the_trash(drive: Any, book: str) -> None:
    files = drive.files()
    assert files.update(fileId=book, body={"name": "OKRs Q4"}).execute() == {
        "kind": "drive#file",
        "id": book,
        "name": "OKRs Q4",
        "mimeType": SPREADSHEET,
    }
    copied = files.copy(fileId=book, body={}, fields="id,name").execute()
    assert copied["name"] == "Copy of OKRs Q4"
    files.update(fileId=copied["id"], body={"trashed": True}).execute()
    assert [each["id"] for each in files.list(q="trashed = true").execute()["files"]] == [copied["id"]]


def test_files_are_listed_page_by_page(drive: Any) -> None:
    files = drive.files()
    for name in ("a", "b", "c"):
        files.create(body={"name": name, "mimeType": SPREADSHEET}).execute()
    request, pages = files.list(pageSize=2, orderBy="name desc", fields="nextPageToken,files/name"), []
    while request is not None:
        answer = request.execute()
        pages.append([each["name"] for each in answer["files"]])
        request = files.list_next(request, answer)
    assert pages == [["c", "b"], ["a"]]


def test_who_owns_a_file_and_who_only_shares_it_find_it_differently(sheets: LocalSheets, drive: Any, book: str) -> None:
    with closing(service(sheets, "drive.v3", signed_in(sheets, "person"))) as persons:
        shared = persons.files().create(body={"name": "Shared", "mimeType": SPREADSHEET}).execute()["id"]
    found = {q: drive.files().list(q=q, fields="files/id").execute() for q in ("'me' in owners", "sharedWithMe")}
    assert found == {"'me' in owners": {"files": [{"id": book}]}, "sharedWithMe": {"files": [{"id": shared}]}}


def test_permissions_are_listed_page_by_page(drive: Any, book: str) -> None:
    permissions, roles = drive.permissions(), []
    permissions.create(fileId=book, body={"type": "anyone", "role": "reader"}).execute()
    request = permissions.list(fileId=book, pageSize=1)
    while request is not None:
        answer = request.execute()
        roles.append([each["role"] for each in answer["permissions"]])
        request = permissions.list_next(request, answer)
    assert roles == [["owner"], ["reader"]]


def test_a_file_is_shared_and_the_sharing_changed_and_taken_back(drive: Any, book: str) -> None:
    permissions = drive.permissions()
    person = {"type": "user", "role": "reader", "emailAddress": "otto@example.org"}
    made = permissions.create(fileId=book, body=person, fields="*").execute()
    assert (made["role"], made["emailAddress"], made["kind"]) == ("reader", "otto@example.org", "drive#permission")
    changed = permissions.update(fileId=book, permissionId=made["id"], body={"role": "writer"}).execute()
    assert changed == {"kind": "drive#permission", "id": made["id"], "type": "user", "role": "writer"}
    permissions.delete(fileId=book, permissionId=made["id"]).execute()
    assert refused(permissions.get(fileId=book, permissionId=made["id"])) == (
        404,
        {
            "code": 404,
            "message": f"Permission not found: {made['id']}.",
            "errors": [
                {
                    "message": f"Permission not found: {made['id']}.",
                    "domain": "global",
                    "reason": "notFound",
                    "location": "permissionId",
                    "locationType": "parameter",
                }
            ],
        },
    )


def test_what_changed_since_a_token_is_listed(drive: Any, spreadsheets: Any, book: str) -> None:
    token = drive.changes().getStartPageToken().execute()["startPageToken"]
    body = {"values": [["x"]]}
    spreadsheets.values().update(spreadsheetId=book, range="A1", valueInputOption="RAW", body=body).execute()
    listed = drive.changes().list(pageToken=token).execute()
    assert [(each["fileId"], each["removed"]) for each in listed["changes"]] == [(book, False)]
    assert drive.changes().list(pageToken=listed["newStartPageToken"]).execute()["changes"] == []
    assert drive.about().get(fields="user/emailAddress").execute() == {"user": {"emailAddress": "worker@local.invalid"}}


def test_requests_of_drive_go_together_in_one_batch(drive: Any, book: str) -> None:
    answers: dict[str, Any] = {}

    def keep(request_id: str, answer: Any, error: HttpError | None) -> None:
        answers[request_id] = answer if error is None else (error.status_code, error.reason)

    batch = drive.new_batch_http_request(callback=keep)
    batch.add(drive.files().get(fileId=book, fields="name"), request_id="get")
    batch.add(drive.files().create(body={"name": "Mục tiêu", "mimeType": SPREADSHEET}, fields="name"), request_id="new")
    batch.add(drive.files().get(fileId="none"), request_id="none")
    batch.execute()
    assert answers == {"get": {"name": "OKRs"}, "new": {"name": "Mục tiêu"}, "none": (404, "File not found: none.")}


def _not_answered() -> list[tuple[str, Schema]]:
    return [(name, each) for name, each in methods(document("drive.v3")).items() if name not in DRIVE_METHODS]


def test_every_method_of_sheets_and_sixteen_of_drive_are_answered() -> None:
    assert len(methods(document("sheets.v4"))) == 17
    assert (len(DRIVE_METHODS), len(_not_answered())) == (16, 48)


@pytest.mark.parametrize(("name", "described"), _not_answered(), ids=[name for name, _ in _not_answered()])
def test_a_method_that_is_not_here_is_refused_by_its_name(drive: Any, name: str, described: Schema) -> None:
    *resources, method = name.removeprefix("drive.").split(".")
    resource = drive
    for each in resources:
        resource = getattr(resource, each)()
    needed = {key: "1" for key, given in described.get("parameters", {}).items() if given.get("required")}
    given: dict[str, Any] = {**needed, "body": {}} if "request" in described else needed
    status, error = refused(getattr(resource, method)(**given))
    assert (status, error["message"]) == (501, f"The local Sheets server does not carry out {name}.")
