"""A spreadsheet as a file of Drive: finding it for a caller, showing it, its content from and to other formats."""

from __future__ import annotations

from typing import Any

from sync.local_sheets.book.book import Spreadsheet
from sync.local_sheets.calls.call import Call
from sync.local_sheets.calls.roles import is_owner, may_write
from sync.local_sheets.errors import ApiError, DriveError, outside_bounds
from sync.local_sheets.protocol.fields import EVERYTHING, project

MIME_TYPE = "application/vnd.google-apps.spreadsheet"

DEFAULT_FIELDS = dict.fromkeys(("kind", "id", "name", "mimeType"), EVERYTHING)
# What a client sets of a file and gets back, beside its name.
KEPT_FIELDS = ("description", "starred", "trashed", "properties", "appProperties", "parents", "folderColorRgb")


def found(call: Call) -> Spreadsheet:
    """The spreadsheet of the call; Drive does not tell what is not there from what may not be seen."""
    try:
        return call.book()
    except ApiError:
        raise DriveError(404, "notFound", f"File not found: {call.spreadsheet_id}.", "fileId") from None


def writable(call: Call) -> Spreadsheet:
    book = found(call)
    if not may_write(book, call.caller):
        raise _forbidden()
    return book


def owned(call: Call) -> Spreadsheet:
    book = found(call)
    if not is_owner(book, call.caller):
        raise _forbidden()
    return book


def _forbidden() -> DriveError:
    text = "The user does not have sufficient permissions for this file."
    return DriveError(403, "insufficientFilePermissions", text)


def file_json(book: Spreadsheet, call: Call) -> dict[str, Any]:
    writes = may_write(book, call.caller)
    owners = [person(known.email) for known in book.permissions if known.role == "owner"]
    link = f"{call.address}/spreadsheets/d/{book.spreadsheet_id}/edit"
    return {
        "kind": "drive#file",
        "id": book.spreadsheet_id,
        "name": book.title,
        "mimeType": MIME_TYPE,
        "starred": False,
        "trashed": False,
        "parents": ["root"],
        **book.file,
        "spaces": ["drive"],
        "createdTime": book.created or book.modified,
        "modifiedTime": book.modified,
        "lastModifyingUser": {**person(book.modified_by), "me": book.modified_by == call.caller},
        "version": str(book.version),
        "webViewLink": f"{link}?usp=drivesdk",
        "owners": owners,
        "ownedByMe": is_owner(book, call.caller),
        "shared": len(book.permissions) > 1,
        "capabilities": {"canEdit": writes, "canComment": writes, "canCopy": True, "canShare": writes},
    }


def page(listed: list[dict[str, Any]], call: Call, most: int) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The part of a list that the call asks for, with the token of the next if there is one."""
    size = call.query.get("pageSize", 100)
    if not 1 <= size <= most:
        raise outside_bounds(size, most)
    token = call.query.get("pageToken", "0")
    if not (token.isascii() and token.isdigit() and len(token) < 10):
        raise DriveError(400, "invalid", "Invalid Value", "pageToken")
    start, end = int(token), int(token) + size
    return listed[start:end], {"nextPageToken": str(end)} if end < len(listed) else {}


def person(email: str) -> dict[str, Any]:
    return {"kind": "drive#user", "displayName": email.partition("@")[0], "emailAddress": email}


def shown(book: Spreadsheet, call: Call) -> dict[str, Any]:
    file: dict[str, Any] = project(file_json(book, call), DEFAULT_FIELDS if call.mask is None else call.mask)
    return file
