"""Notices as they were sent, or were not: one row for each message to a room, without its text."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from sync.domain.notices import Notice, NoticeState
from sync.records import figures
from sync.records.tables import notice
from sync.records.times import naive


def of(connection: Connection, room: str, scope: str) -> dict[str, Notice]:
    """All of a room in a scope, by what they are about."""
    rows = select(notice).where(notice.c.room == room, notice.c.scope == scope)
    return {row.about: _notice(row) for row in connection.execute(rows).all()}


def keep(connection: Connection, found: Notice) -> None:
    """What became of a message, counted where that is the end of it."""
    this = (notice.c.room == found.room, notice.c.scope == found.scope, notice.c.about == found.about)
    values = {
        "state": found.state.value,
        "due": naive(found.due),
        "at": naive(found.at),
        "content": found.content,
        "tries": found.tries,
        "unsure": found.unsure,
        "next_try": naive(found.next_try) if found.next_try else None,
        "subjects": list(found.subjects),
    }
    if connection.execute(update(notice).where(*this).values(values)).rowcount == 0:
        names = {"room": found.room, "scope": found.scope, "about": found.about}
        connection.execute(insert(notice), names | values)
    if found.state in (NoticeState.SENT, NoticeState.FAILING, NoticeState.DROPPED):
        figures.add(connection, "notices", found.state.value, 1)


def forget(connection: Connection, before: datetime) -> None:
    """Drop those that nothing has been done about since a moment."""
    connection.execute(delete(notice).where(notice.c.at < naive(before)))


def failing(connection: Connection) -> dict[str, datetime]:
    """The rooms that could not be reached the last time, each with when the oldest of what waits fell due."""
    waiting = select(notice.c.room, func.min(notice.c.due).label("since"))
    waiting = waiting.where(notice.c.state == NoticeState.FAILING.value).group_by(notice.c.room)
    return {row.room: row.since.replace(tzinfo=UTC) for row in connection.execute(waiting).all()}


def next_try(connection: Connection, room: str) -> datetime | None:
    """When a room that could not be reached is tried again; None where it was reached."""
    waiting = select(func.max(notice.c.next_try)).where(
        notice.c.room == room, notice.c.state == NoticeState.FAILING.value
    )
    at = connection.scalar(waiting)
    return at.replace(tzinfo=UTC) if at else None


def _notice(row: Row[*tuple[Any, ...]]) -> Notice:
    return Notice(
        room=row.room,
        scope=row.scope,
        about=row.about,
        state=NoticeState(row.state),
        due=row.due.replace(tzinfo=UTC),
        at=row.at.replace(tzinfo=UTC),
        content=row.content,
        tries=row.tries,
        unsure=row.unsure,
        next_try=row.next_try.replace(tzinfo=UTC) if row.next_try else None,
        subjects=tuple(row.subjects),
    )
