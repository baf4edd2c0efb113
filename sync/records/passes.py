"""Passes as they ended: the newest thousand of each spreadsheet."""

from collections import defaultdict
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

_ANY = pass_.alias("any_pass")
# Every spreadsheet that has passes, by one step in the index for each: neither database leaves out the thousand passes
# in between by itself.
_FIRST = select(func.min(pass_.c.spreadsheet).label("id")).cte("known", recursive=True)
_FOLLOWING = select(func.min(pass_.c.spreadsheet)).where(pass_.c.spreadsheet > _FIRST.c.id).scalar_subquery()
_KNOWN = _FIRST.union_all(select(_FOLLOWING).where(_FIRST.c.id.is_not(None)))
_ITS_LAST = select(func.max(_ANY.c.id)).where(_ANY.c.spreadsheet == _KNOWN.c.id).correlate(_KNOWN).scalar_subquery()
_NEWEST = select(pass_).where(pass_.c.id.in_(select(_ITS_LAST).select_from(_KNOWN)))
_RECENT = select(pass_).where(_HERE).order_by(pass_.c.id.desc()).limit(bindparam("count"))
_BEFORE = pass_.alias("before")
_OLDEST_RECENT = (
    select(_BEFORE.c.id)
    .where(_BEFORE.c.spreadsheet == _KNOWN.c.id)
    .order_by(_BEFORE.c.id.desc())
    .offset(bindparam("count") - 1)
    .limit(1)
    .correlate(_KNOWN)
    .scalar_subquery()
)
_LAST_PASS = pass_.alias("last")
_FAILING = (
    select(pass_)
    .select_from(_KNOWN)
    .join(_LAST_PASS, _LAST_PASS.c.id == _ITS_LAST)
    .join(pass_, (pass_.c.spreadsheet == _KNOWN.c.id) & (pass_.c.id >= func.coalesce(_OLDEST_RECENT, 0)))
    .where(_LAST_PASS.c.result == PassResult.FAILED.value)
    .order_by(pass_.c.id.desc())
)


def newest(connection: Connection) -> dict[str, PassRecord]:
    """The newest pass of every spreadsheet."""
    return {row.spreadsheet: _record(row) for row in connection.execute(_NEWEST)}


def recent(connection: Connection, spreadsheet_id: str, count: int) -> list[PassRecord]:
    """The last passes over one spreadsheet, newest first."""
    return [_record(row) for row in connection.execute(_RECENT, {"here": spreadsheet_id, "count": count})]


def failing(connection: Connection, count: int) -> dict[str, list[PassRecord]]:
    """The last passes over each spreadsheet of which the newest failed, newest first."""
    found: defaultdict[str, list[PassRecord]] = defaultdict(list)
    for row in connection.execute(_FAILING, {"count": count}):
        found[row.spreadsheet].append(_record(row))
    return dict(found)


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
