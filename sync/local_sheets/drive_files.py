"""A spreadsheet as a file of Drive: finding it for a caller, showing it, its content from and to other formats."""

from __future__ import annotations

from typing import Any

from sync.local_sheets.book import Spreadsheet
from sync.local_sheets.call import Call
from sync.local_sheets.errors import ApiError, DriveError
from sync.local_sheets.fields import EVERYTHING, project
from sync.local_sheets.permissions import is_owner, may_write

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


def person(email: str) -> dict[str, Any]:
    return {"kind": "drive#user", "displayName": email.partition("@")[0], "emailAddress": email}


def shown(book: Spreadsheet, call: Call) -> dict[str, Any]:
    file: dict[str, Any] = project(file_json(book, call), DEFAULT_FIELDS if call.mask is None else call.mask)
    return file
