"""The journal: for each spreadsheet the write that is pending, as bytes.

A write is noted before it is sent, so that a crash at any moment leaves us knowing what was us. What an entry says is a
matter of `sync.passes.journal`.
"""

from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from sync.records.database import understood
from sync.records.tables import journal
from sync.records.times import naive

_ENTRY = select(journal.c.entry).where(journal.c.spreadsheet == bindparam("here"))
_SINCE = select(journal.c.at).where(journal.c.spreadsheet == bindparam("here"))
_CLOSED = delete(journal).where(journal.c.spreadsheet == bindparam("here"))


def entry_of(connection: Connection, spreadsheet_id: str) -> bytes | None:
    """The journal's entry of a write that was never seen to have landed."""
    return connection.scalar(_ENTRY, {"here": spreadsheet_id})


def keep(connection: Connection, spreadsheet_id: str, entry: bytes | None, at: datetime) -> None:
    """Replace the journal's entry; None: nothing is under way. Since when something is, does not change with it."""
    here = {"here": spreadsheet_id}
    with understood(connection):
        begun = connection.scalar(_SINCE, here) or naive(at)
    connection.execute(_CLOSED, here)
    if entry is not None:
        connection.execute(insert(journal), {"spreadsheet": spreadsheet_id, "at": begun, "entry": entry})


def since(connection: Connection) -> dict[str, datetime]:
    """Since when each spreadsheet's journal has had an entry."""
    rows = connection.execute(select(journal.c.spreadsheet, journal.c.at)).all()
    return {row.spreadsheet: row.at.replace(tzinfo=UTC) for row in rows}
