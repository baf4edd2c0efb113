"""Passes as they ended: the newest thousand of each spreadsheet."""

from datetime import UTC
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select

from sync.domain.memory import PassRecord, PassResult
from sync.records.figures import add, put
from sync.records.tables import pass_
from sync.records.times import naive

KEPT_PASSES = 1000

_HERE = pass_.c.spreadsheet == bindparam("here")
_LAST = select(func.max(pass_.c.id)).where(_HERE)
_OLDEST = select(pass_.c.id).where(_HERE).order_by(pass_.c.id.desc()).offset(KEPT_PASSES).limit(1).scalar_subquery()
_OLD = delete(pass_).where(_HERE, pass_.c.id <= _OLDEST)


def newest(connection: Connection) -> dict[str, PassRecord]:
    """The newest pass of every spreadsheet."""
    last = select(func.max(pass_.c.id)).group_by(pass_.c.spreadsheet)
    rows = connection.execute(select(pass_).where(pass_.c.id.in_(last))).all()
    return {row.spreadsheet: _record(row) for row in rows}


def recent(connection: Connection, spreadsheet_id: str, count: int) -> list[PassRecord]:
    """The last passes over one spreadsheet, newest first."""
    rows = select(pass_).where(pass_.c.spreadsheet == spreadsheet_id).order_by(pass_.c.id.desc()).limit(count)
    return [_record(row) for row in connection.execute(rows).all()]


def last_number(connection: Connection, spreadsheet_id: str) -> int | None:
    """The number of the newest pass over one spreadsheet."""
    number: int | None = connection.scalar(_LAST, {"here": spreadsheet_id})
    return number


def keep(connection: Connection, record: PassRecord) -> int:
    """Its number."""
    kept = connection.execute(
        insert(pass_),
        {
            "spreadsheet": record.spreadsheet,
            "started_at": naive(record.started_at),
            "finished_at": naive(record.finished_at),
            "result": record.result.value,
            "reads": record.reads,
            "writes": record.writes,
            "message": record.message,
        },
    )
    connection.execute(_OLD, {"here": record.spreadsheet})
    _count(connection, record)
    return int(kept.inserted_primary_key[0]) if kept.inserted_primary_key else 0


def _count(connection: Connection, record: PassRecord) -> None:
    add(connection, "passes", record.result.value, 1)
    add(connection, "pass_seconds", "", record.seconds)
    # In one order, or two transactions could wait for each other's rows.
    for status, count in sorted(record.statuses.items()):
        add(connection, "requests", str(status), count)
    for kind, left in record.quota_left.items():
        put(connection, "quota_left", kind, left)


def _record(row: Row[Any, Any, Any, Any, Any, Any, Any, Any]) -> PassRecord:
    return PassRecord(
        spreadsheet=row.spreadsheet,
        started_at=row.started_at.replace(tzinfo=UTC),
        finished_at=row.finished_at.replace(tzinfo=UTC),
        result=PassResult(row.result),
        reads=row.reads,
        writes=row.writes,
        message=row.message,
    )
