"""Drive v3 for spreadsheets: finding, describing, copying, converting, sharing, and what changed."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sync.local_sheets import LocalSheets

from .conftest import Client

FILES = "/drive/v3/files"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def named(client: Client, **params: Any) -> list[str]:
    return [file["name"] for file in client.ok("GET", FILES, params=params)["files"]]


def make(client: Client, name: str, **body: Any) -> str:
    made: str = client.ok("POST", FILES, json={"name": name, **body})["id"]
    return made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("name = 'OKR Q1'", {"OKR Q1"}),
        ("name != 'OKR Q1'", {"OKRs", "It's", "Budget"}),
        ("name contains 'okr'", {"OKRs", "OKR Q1"}),
        ("name contains 'Q'", {"OKR Q1"}),
        ("name contains 'KR'", set()),
        (r"name = 'It\'s'", {"It's"}),
        ('mimeType="application/vnd.google-apps.spreadsheet" and name = "Budget"', {"Budget"}),
        ("mimeType = 'application/pdf'", set()),
        ("mimeType contains 'application/vnd.google-apps'", {"OKRs", "OKR Q1", "It's", "Budget"}),
        ("not name contains 'OKR'", {"It's", "Budget"}),
        ("name = 'Budget' or name = 'OKRs' and trashed = true", {"Budget"}),
        ("(name = 'Budget' or name = 'OKRs') and trashed = false", {"Budget", "OKRs"}),
        ("'finance' in parents", {"Budget"}),
        ("parents in 'finance'", {"Budget"}),
        ("starred = true", {"Budget"}),
        ("'worker@local.invalid' in owners", {"OKRs", "OKR Q1", "It's", "Budget"}),
        ("'nobody@example.org' in writers", set()),
        ("modifiedTime > '2012-06-04T12:00:00'", {"OKRs", "OKR Q1", "It's", "Budget"}),
        ("createdTime < '2012-06-04T12:00:00-08:00'", set()),
        ("properties has { key='team' and value='a' }", {"Budget"}),
    ],
)
def test_files_are_found_by_what_a_query_says(client: Client, query: str, found: set[str]) -> None:
    make(client, "OKR Q1")
    make(client, "It's")
    make(client, "Budget", parents=["finance"], starred=True, properties={"team": "a"})
    assert set(named(client, q=query)) == found


@pytest.mark.parametrize(
    "query", ["name", "name = ", "name ~ 'x'", "name = 'x", "rose = 'x'", "(name = 'x'", "((", "é"]
)
def test_what_is_no_query_is_refused_as_drive_does(client: Client, query: str) -> None:
    answer = client.call("GET", FILES, params={"q": query})
    assert answer.status_code == 400
    error = {"message": "Invalid Value", "domain": "global", "reason": "invalid", "location": "q"}
    errors = [{**error, "locationType": "parameter"}]
    assert answer.json()["error"] == {"code": 400, "message": "Invalid Value", "errors": errors}


def test_files_come_in_the_order_and_in_pages_as_asked(client: Client) -> None:
    for name in ("b10", "b9", "A"):
        make(client, name)
    assert named(client) == ["A", "b9", "b10", "OKRs"]
    assert named(client, orderBy="name") == ["A", "b10", "b9", "OKRs"]
    assert named(client, orderBy="name_natural desc") == ["OKRs", "b10", "b9", "A"]
    first = client.ok("GET", FILES, params={"pageSize": 3, "orderBy": "createdTime"})
    rest = client.ok(
        "GET", FILES, params={"pageSize": 3, "orderBy": "createdTime", "pageToken": first["nextPageToken"]}
    )
    assert [each["name"] for each in first["files"] + rest["files"]] == ["OKRs", "b10", "b9", "A"]
    assert "nextPageToken" not in rest
    assert client.call("GET", FILES, params={"pageSize": 0}).status_code == 400
    assert client.call("GET", FILES, params={"orderBy": "size"}).status_code == 400


def test_a_file_is_described_moved_and_trashed(client: Client) -> None:
    path, fields = f"{FILES}/{client.id}", {"fields": "name,description,parents,trashed"}
    body = {"name": "Mục tiêu", "description": "2026"}
    moved = client.ok("PATCH", path, params={**fields, "addParents": "q1", "removeParents": "root"}, json=body)
    assert moved == {**body, "trashed": False, "parents": ["q1"]}
    assert client.get()["properties"]["title"] == "Mục tiêu"
    assert client.ok("PATCH", path, params=fields, json={"trashed": True})["trashed"] is True
    assert named(client, q="trashed = false") == []


def test_a_copy_belongs_to_who_made_it(client: Client) -> None:
    client.put("A1", [["x"]])
    copied = client.ok("POST", f"{FILES}/{client.id}/copy", json={"parents": ["q1"]}, params={"fields": "*"})
    assert (copied["name"], copied["parents"], copied["ownedByMe"]) == ("Copy of OKRs", ["q1"], True)
    assert client.sheets.read(copied["id"], "A1") == [["x"]]


def test_an_uploaded_workbook_becomes_a_spreadsheet(client: Client) -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = 0.7  # type: ignore[index]
    workbook.active.title = "KRs"  # type: ignore[union-attr]
    stream = io.BytesIO()
    workbook.save(stream)
    metadata = {"name": "From Excel", "mimeType": "application/vnd.google-apps.spreadsheet"}
    made = client.ok("POST", "/upload/drive/v3/files", **related(metadata, XLSX, stream.getvalue()))
    assert made["name"] == "From Excel"
    assert client.sheets.read(made["id"], "KRs!A1") == [[0.7]]


def related(metadata: dict[str, Any], media_type: str, content: bytes) -> dict[str, Any]:
    """A multipart/related body, as Google's own clients send one."""
    head = f"--cut\r\nContent-Type: application/json\r\n\r\n{json.dumps(metadata)}\r\n--cut\r\n"
    body = f"{head}Content-Type: {media_type}\r\n\r\n".encode() + content + b"\r\n--cut--"
    headers = {"Content-Type": "multipart/related; boundary=cut"}
    return {"params": {"uploadType": "multipart"}, "headers": headers, "data": body}


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("text/csv", b"\xff\xfe"),
        (XLSX, b"no workbook"),
        ("application/pdf", b"%PDF"),
        ("text/csv", b'"' + b"x" * 200_000),
    ],
)
def test_content_that_cannot_be_read_is_refused(client: Client, media_type: str, content: bytes) -> None:
    answer = client.call("POST", "/upload/drive/v3/files", **related({}, media_type, content))
    assert answer.status_code == 400
    assert answer.json()["error"]["errors"][0]["reason"] in ("badContent", "badRequest")


@pytest.mark.parametrize("given", [{"params": {"uploadType": "resumable"}}, {"params": {"uploadType": "multipart"}}])
def test_other_ways_to_upload_are_refused(client: Client, given: dict[str, Any]) -> None:
    assert client.call("POST", "/upload/drive/v3/files", **given).status_code == 400


def test_new_content_takes_the_place_of_the_old(client: Client) -> None:
    given = {"params": {"uploadType": "media"}, "headers": {"Content-Type": "text/csv; charset=utf-8"}}
    client.ok("PATCH", f"/upload/drive/v3/files/{client.id}", data=b"1,2\n", **given)
    assert client.sheets.read(client.id, "Sheet1") == [[1, 2]]


def test_changes_since_a_token_are_told_once_each(client: Client) -> None:
    token = client.ok("GET", "/drive/v3/changes/startPageToken")["startPageToken"]
    client.put("A1", [[1]])
    client.put("A1", [[2]])
    gone = make(client, "Gone")
    client.call("DELETE", f"{FILES}/{gone}")
    answer = client.ok("GET", "/drive/v3/changes", params={"pageToken": token})
    assert [(each["fileId"], each["removed"]) for each in answer["changes"]] == [(client.id, False), (gone, True)]
    again = client.ok("GET", "/drive/v3/changes", params={"pageToken": answer["newStartPageToken"]})
    assert again["changes"] == []
    everything = client.ok("GET", "/drive/v3/changes", params={"pageToken": "1"})
    assert client.id in [each["fileId"] for each in everything["changes"]]


def changes_by_pages(client: Client, token: str, size: int) -> list[str]:
    found: list[str] = []
    while token:
        answer = client.ok("GET", "/drive/v3/changes", params={"pageToken": token, "pageSize": size})
        found += [each["fileId"] for each in answer["changes"]]
        token = answer.get("nextPageToken", "")
    return found


@pytest.mark.parametrize("size", [1, 2, 100])
def test_changes_come_by_pages(client: Client, size: int) -> None:
    token = client.ok("GET", "/drive/v3/changes/startPageToken")["startPageToken"]
    made = [make(client, title) for title in ("A", "B", "C")]
    assert changes_by_pages(client, token, size) == made
    assert sorted(changes_by_pages(client, "1", size)) == sorted([client.id, *made])
    assert client.call("GET", "/drive/v3/changes", params={"pageToken": token, "pageSize": 0}).status_code == 400


def test_what_people_change_is_told_late_and_once_and_what_programs_change_at_once(client: Client) -> None:
    moment = [datetime(2026, 11, 21, tzinfo=UTC)]
    client.sheets.feed_lag(180, lambda: moment[0])
    token = client.ok("GET", "/drive/v3/changes/startPageToken")["startPageToken"]
    rename = {"updateSpreadsheetProperties": {"properties": {"title": "New"}, "fields": "title"}}

    def told() -> list[str]:
        return changes_by_pages(client, token, 100)

    client.sheets.edit(client.id, rename)
    moment[0] += timedelta(seconds=100)
    client.sheets.edit(client.id, rename)
    assert told() == []
    moment[0] += timedelta(seconds=80)
    assert told() == [client.id]
    made = make(client, "By a program")
    assert told() == [client.id, made]


# Who may do what


def as_person(sheets: LocalSheets, spreadsheet_id: str) -> Client:
    person = Client(sheets, caller="person")
    person.id = spreadsheet_id
    return person


def shared_with_worker(sheets: LocalSheets, role: str | None) -> Client:
    """The worker, with one spreadsheet of the person's, shared in this role."""
    person = Client(sheets, caller="person")
    with person.http:
        person.create()
        path = f"{FILES}/{person.id}/permissions"
        listed = person.ok("GET", path, params={"fields": "permissions"})["permissions"]
        worker = next(each["id"] for each in listed if each["emailAddress"] == "worker@local.invalid")
        if role is None:
            assert person.call("DELETE", f"{path}/{worker}").status_code == 204
        else:
            person.ok("PATCH", f"{path}/{worker}", json={"role": role})
    client = Client(sheets)
    client.id = person.id
    return client


def test_what_is_not_shared_is_forbidden_and_to_drive_not_there(sheets: LocalSheets) -> None:
    client = shared_with_worker(sheets, None)
    with client.http:
        answer = client.call("GET", client.path)
        error = {"code": 403, "message": "The caller does not have permission", "status": "PERMISSION_DENIED"}
        assert (answer.status_code, answer.json()) == (403, {"error": error})
        assert client.call("GET", f"{FILES}/{client.id}").status_code == 404
        assert named(client) == []


@pytest.mark.parametrize("role", ["reader", "commenter"])
def test_who_may_read_may_not_write(sheets: LocalSheets, role: str) -> None:
    client = shared_with_worker(sheets, role)
    with client.http:
        assert client.values("A1")["range"] == "Sheet1!A1"
        query = {"valueInputOption": "RAW"}
        assert client.call("PUT", client.values_path("A1"), params=query, json={}).status_code == 403
        assert client.call("POST", f"{client.path}:batchUpdate", json={"requests": []}).status_code == 403
        answer = client.call("PATCH", f"{FILES}/{client.id}", json={"name": "Mine"})
        assert answer.json()["error"]["errors"][0]["reason"] == "insufficientFilePermissions"


def test_only_the_owner_deletes(sheets: LocalSheets) -> None:
    client = shared_with_worker(sheets, "writer")
    with client.http:
        client.put("A1", [[1]])
        assert client.call("DELETE", f"{FILES}/{client.id}").status_code == 403
        assert client.get()["properties"]["title"] == "OKRs"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"type": "user", "role": "reader", "emailAddress": "nobody"}, 400),
        ({"type": "user", "role": "king", "emailAddress": "a@b.c"}, 400),
        ({"type": "crowd", "role": "reader"}, 400),
        ({"type": "user", "role": "owner", "emailAddress": "a@b.c"}, 403),
        ({"role": "reader"}, 400),
    ],
)
def test_a_permission_that_cannot_be_is_refused(client: Client, body: dict[str, Any], status: int) -> None:
    assert client.call("POST", f"{FILES}/{client.id}/permissions", json=body).status_code == status


def test_the_owner_cannot_be_removed(client: Client) -> None:
    owner = client.ok("GET", f"{FILES}/{client.id}/permissions")["permissions"][0]
    assert owner["role"] == "owner"
    assert client.call("DELETE", f"{FILES}/{client.id}/permissions/{owner['id']}").status_code == 403
    assert client.ok("GET", f"{FILES}/{client.id}/permissions/{owner['id']}") == owner


def test_a_restart_changes_nothing_of_it(client: Client, tmp_path: Path) -> None:
    client.ok("PATCH", f"{FILES}/{client.id}", json={"description": "kept"})
    client.ok("POST", f"{FILES}/{client.id}/permissions", json={"type": "anyone", "role": "reader"})
    before = client.ok("GET", f"{FILES}/{client.id}", params={"fields": "*"})
    client.sheets.close()
    with LocalSheets(tmp_path / "data") as again:
        restarted = Client(again)
        with restarted.http:
            after = restarted.ok("GET", f"{FILES}/{client.id}", params={"fields": "*"})
    assert {**after, "webViewLink": ""} == {**before, "webViewLink": ""}
    assert (after["description"], after["shared"]) == ("kept", True)
