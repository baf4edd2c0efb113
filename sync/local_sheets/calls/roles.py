"""Who may do what with a whole spreadsheet. Protected ranges inside it are another matter, see `sheets.protection`."""

from __future__ import annotations

from sync.local_sheets.book.book import OWNER, Spreadsheet

_READERS = ("owner", "organizer", "fileOrganizer", "writer", "commenter", "reader")
_WRITERS = _READERS[:4]


def may_read(book: Spreadsheet, caller: str) -> bool:
    return any(role in _READERS for role in _roles(book, caller))


def may_write(book: Spreadsheet, caller: str) -> bool:
    return any(role in _WRITERS for role in _roles(book, caller))


def is_owner(book: Spreadsheet, caller: str) -> bool:
    return "owner" in _roles(book, caller)


def _roles(book: Spreadsheet, caller: str) -> list[str]:
    """The person whose machine this is may do everything, whoever made the spreadsheet."""
    own = ["owner"] if caller == OWNER else []
    return own + [known.role for known in book.permissions if known.email == caller or known.type == "anyone"]
