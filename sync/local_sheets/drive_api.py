"""The part of Drive v3 that clients of spreadsheets need: listing, looking, making, deleting."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sync.local_sheets.book import Spreadsheet
from sync.local_sheets.call import Call, Method
from sync.local_sheets.errors import ApiError, DriveError
from sync.local_sheets.fields import EVERYTHING, project
from sync.local_sheets.sheets_api import new_spreadsheet

MIME_TYPE = "application/vnd.google-apps.spreadsheet"

_DEFAULT_FIELDS = dict.fromkeys(("kind", "id", "name", "mimeType"), EVERYTHING)
_TERM = re.compile(r"""(name|mimeType)\s*(=|!=|contains)\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")""")
_TRASHED = re.compile(r"trashed\s*=\s*(true|false)")


def get(call: Call) -> dict[str, Any]:
    return _shown(_file(_book(call)), call)


def create(call: Call) -> dict[str, Any]:
    name = call.body.get("name", "Untitled spreadsheet")
    if call.body.get("mimeType", MIME_TYPE) != MIME_TYPE:
        raise DriveError(400, "badRequest", "Only spreadsheets can be created here.", "mimeType")
    book = new_spreadsheet({"properties": {"title": name}}, call.caller)
    call.store.put(book)
    return _shown(_file(book), call)


def list_files(call: Call) -> dict[str, Any]:
    matches = _query(call.query.get("q", ""))
    mask = call.mask
    files = [_file(book) for book in call.store.books()]
    found = [file for file in files if matches(file)]
    if mask is None:
        found = [project(file, _DEFAULT_FIELDS) for file in found]
    return call.shown({"kind": "drive#fileList", "incompleteSearch": False, "files": found})


def delete(call: Call) -> None:
    call.store.delete(_book(call).spreadsheet_id)


def _book(call: Call) -> Spreadsheet:
    try:
        return call.store.book(call.spreadsheet_id)
    except ApiError:
        raise DriveError(404, "notFound", f"File not found: {call.spreadsheet_id}.", "fileId") from None


def _file(book: Spreadsheet) -> dict[str, Any]:
    return {
        "kind": "drive#file",
        "id": book.spreadsheet_id,
        "name": book.title,
        "mimeType": MIME_TYPE,
        "modifiedTime": book.modified,
        "version": str(book.version),
    }


def _shown(file: dict[str, Any], call: Call) -> dict[str, Any]:
    shown: dict[str, Any] = project(file, _DEFAULT_FIELDS if call.mask is None else call.mask)
    return shown


def _query(text: str) -> Callable[[dict[str, Any]], bool]:
    """`q` as a test of one file: comparisons of name and mimeType, and `trashed`, joined by "and"."""
    tests = [_term(term.strip()) for term in re.split(r"\s+and\s+", text.strip())] if text.strip() else []
    return lambda file: all(test(file) for test in tests)


def _term(text: str) -> Callable[[dict[str, Any]], bool]:
    if trashed := _TRASHED.fullmatch(text):
        return lambda file: trashed[1] == "false"
    match = _TERM.fullmatch(text)
    if match is None:
        raise DriveError(400, "invalid", "Invalid Value", "q")
    name, sign, value = match[1], match[2], re.sub(r"\\(.)", r"\1", match[3] or match[4] or "")
    if sign == "contains":
        return lambda file: value.casefold() in file[name].casefold()
    return lambda file: (file[name] == value) == (sign == "=")


_FILES = "/drive/v3/files"
_ONE = f"{_FILES}/<spreadsheet:spreadsheet_id>"

METHODS = [
    Method("drive.files.list", "other", "GET", _FILES, list_files, "FileList", None),
    Method("drive.files.create", "other", "POST", _FILES, create, "File", None, "File"),
    Method("drive.files.get", "other", "GET", _ONE, get, "File", None),
    Method("drive.files.delete", "other", "DELETE", _ONE, delete, "File", None),
]
