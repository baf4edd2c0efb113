"""The part of Drive v3 that clients of spreadsheets need: files, what is in them, and what changed."""

from __future__ import annotations

import secrets
from typing import Any

from sync.local_sheets.book.book import Spreadsheet, shared_by
from sync.local_sheets.calls.call import Answer, Call, File, Method, method
from sync.local_sheets.calls.roles import may_read
from sync.local_sheets.drive import conversion
from sync.local_sheets.drive import permissions as drive_permissions
from sync.local_sheets.drive.files import (
    DEFAULT_FIELDS,
    KEPT_FIELDS,
    MIME_TYPE,
    file_json,
    found,
    owned,
    page,
    person,
    shown,
    writable,
)
from sync.local_sheets.drive.permissions import permission_json
from sync.local_sheets.drive.query import ordered, query
from sync.local_sheets.errors import DriveError, outside_bounds
from sync.local_sheets.methods.creation import new_spreadsheet
from sync.local_sheets.protocol.fields import project
from sync.local_sheets.protocol.messages import Shape, unanswered
from sync.local_sheets.store import changes
from sync.local_sheets.store.snapshots import dumped, loaded

# How many changes a page holds at most.
MOST_CHANGES = 1000


def get(call: Call) -> dict[str, Any]:
    book = found(call)
    if call.query.get("acknowledgeAbuse"):
        text = "The acknowledgeAbuse parameter is only applicable for download requests."
        raise DriveError(403, "invalidAbuseAcknowledgment", text, "acknowledgeAbuse")
    return shown(book, call)


def create(call: Call) -> dict[str, Any]:
    """With an upload, the spreadsheet that it converts to."""
    if call.body.get("mimeType", MIME_TYPE) != MIME_TYPE:
        raise DriveError(400, "badRequest", "Only spreadsheets can be created here.", "mimeType")
    book = new_spreadsheet({"properties": {"title": call.body.get("name", "Untitled spreadsheet")}}, call.caller)
    book.file = _kept(call.body)
    if call.media is not None:
        book.sheets = conversion.sheets_of(call.media, book)
    call.store.put(book)
    return shown(book, call)


def copy(call: Call) -> dict[str, Any]:
    source = found(call)
    book = loaded(dumped(source))
    book.spreadsheet_id = secrets.token_urlsafe(33)
    book.title = call.body.get("name") or f"Copy of {source.title}"
    book.permissions = shared_by(call.caller)
    book.version, book.created = 1, ""
    book.file = {**book.file, **_kept(call.body)}
    call.store.put(book)
    return shown(book, call)


def update(call: Call) -> dict[str, Any]:
    """New metadata, and with an upload new content; parents are added and removed by query."""
    book = writable(call)
    if "trashed" in call.body:
        owned(call)
    parents = [each for each in file_json(book, call)["parents"] if each not in _ids(call, "removeParents")]
    parents += [each for each in _ids(call, "addParents") if each not in parents]
    given = {name: value for name, value in _kept(call.body).items() if name != "parents"}
    book, _ = call.change(
        changes.describe(call.body.get("name", book.title), {**book.file, **given, "parents": parents})
    )
    if call.media is not None:
        book, _ = call.change(changes.replace_sheets(conversion.sheets_of(call.media, book)))
    return shown(book, call)


def import_into(call: Call) -> dict[str, Any]:
    """Drive v2's update with an upload, which gspread uses for CSV."""
    book = writable(call)
    assert call.media is not None
    book, _ = call.change(changes.replace_sheets(conversion.sheets_of(call.media, book)))
    file = file_json(book, call)
    return {"kind": "drive#file", "id": file["id"], "title": file["name"], "mimeType": MIME_TYPE}


def _kept(body: dict[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name in KEPT_FIELDS if name in body}


def _ids(call: Call, parameter: str) -> list[str]:
    return [each for each in call.query.get(parameter, "").split(",") if each]


def delete(call: Call) -> None:
    call.store.delete(owned(call).spreadsheet_id)


def export(call: Call) -> File:
    if "mimeType" not in call.query:
        raise DriveError(400, "required", "Required parameter: mimeType", "mimeType")
    return conversion.exported(found(call), call.query["mimeType"])


def list_files(call: Call) -> dict[str, Any]:
    if call.query.get("includeItemsFromAllDrives") and not call.query.get("supportsAllDrives"):
        text = "The supportsAllDrives parameter was not set to true."
        raise DriveError(403, "supportsTeamDrivesRequired", text)
    matches = query(call.query.get("q", ""), call.caller)
    books = {book.spreadsheet_id: book for book in call.store.books() if may_read(book, call.caller)}
    files = [
        {**file_json(book, call), "permissions": [permission_json(known) for known in book.permissions]}
        for book in books.values()
    ]
    wanted = ordered([file for file in files if matches(file)], call.query.get("orderBy", ""))
    listed, more = page(wanted, call, 1000)
    if call.mask is None:
        listed = [project(file, DEFAULT_FIELDS) for file in listed]
    return call.shown({"kind": "drive#fileList", "incompleteSearch": False, **more, "files": listed})


def start_page_token(call: Call) -> dict[str, Any]:
    return call.shown({"kind": "drive#startPageToken", "startPageToken": str(call.store.changes.position)})


def list_changes(call: Call) -> dict[str, Any]:
    """Each spreadsheet that changed since the token, once, by pages; it is gone where the caller may not see it."""
    token = call.query.get("pageToken", "")
    if not (token.isascii() and token.isdigit() and len(token) < 20):
        raise DriveError(400, "invalid", "Invalid Value", "pageToken")
    size = call.query.get("pageSize", 100)
    if not 1 <= size <= MOST_CHANGES:
        raise outside_bounds(size, MOST_CHANGES)
    position = call.store.changes.position
    found = call.store.changes.since(int(token))
    listed = [_change(each, call) for _, each in found[:size]]
    more = len(found) > size
    following = {"nextPageToken": str(found[size - 1][0])} if more else {"newStartPageToken": str(position)}
    return call.shown({"kind": "drive#changeList", **following, "changes": listed})


def _change(spreadsheet_id: str, call: Call) -> dict[str, Any]:
    book: Spreadsheet | None = call.store.book(spreadsheet_id) if spreadsheet_id in call.store else None
    change = {"kind": "drive#change", "changeType": "file", "type": "file", "fileId": spreadsheet_id}
    if book is None or not may_read(book, call.caller):
        return {**change, "removed": True}
    file = file_json(book, call)
    shown_file = project(file, DEFAULT_FIELDS) if call.mask is None else file
    return {**change, "removed": False, "time": book.modified, "file": shown_file}


def list_comments(call: Call) -> dict[str, Any]:
    """Nobody can comment here."""
    found(call)
    return call.shown({"kind": "drive#commentList", "comments": []})


def about(call: Call) -> dict[str, Any]:
    if call.mask is None:
        raise DriveError(400, "required", "The 'fields' parameter is required for this method.", "fields")
    return call.shown({"kind": "drive#about", "user": {**person(call.caller), "me": True}})


def _unanswered(name: str, shape: Shape) -> Method:
    def refuse(call: Call) -> Answer:
        raise DriveError(501, "notImplemented", f"The local Sheets server does not carry out {name}.")

    return Method(name, "other", refuse, shape)


def _upload(name: str, carry_out: Any, verb: str, path: str) -> Method:
    return Method(name, "other", carry_out, Shape(verb, f"/upload{path}", "drive.File", "drive.File"), takes_media=True)


METHODS = [
    method("drive.files.list", "other", list_files),
    method("drive.files.create", "other", create),
    method("drive.files.get", "other", get),
    method("drive.files.copy", "other", copy),
    method("drive.files.update", "other", update),
    method("drive.files.delete", "other", delete),
    method("drive.files.export", "other", export),
    method("drive.changes.getStartPageToken", "other", start_page_token),
    method("drive.changes.list", "other", list_changes),
    method("drive.comments.list", "other", list_comments),
    method("drive.about.get", "other", about),
    _upload("drive.files.create", create, "POST", "/drive/v3/files"),
    _upload("drive.files.update", update, "PATCH", "/drive/v3/files/{fileId}"),
    _upload("drive.v2.files.update", import_into, "PUT", "/drive/v2/files/{fileId}"),
    *drive_permissions.METHODS,
]
# Refused by name, so that nobody takes a method that is not here for a file that is not.
UNANSWERED = [_unanswered(name, shape) for name, shape in unanswered().items()]
