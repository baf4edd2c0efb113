"""Closed periods: the results of each spreadsheet as they were, and what people decided of a period."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from sync.domain.closing import ClosedPeriod
from sync.domain.snapshot import Snapshot
from sync.records.figures import add
from sync.records.tables import closed_result, closing, spreadsheet
from sync.records.times import naive

_SNAPSHOT = msgspec.json.Decoder(Snapshot)
_KEPT = select(closed_result).where(closed_result.c.spreadsheet == bindparam("here")).order_by(closed_result.c.at)
_KEYS = select(closed_result.c.period).where(closed_result.c.spreadsheet == bindparam("here"))


def of(connection: Connection, spreadsheet_id: str) -> tuple[ClosedPeriod, ...]:
    """What a spreadsheet held of each period that is closed."""
    return tuple(_restored(row) for row in connection.execute(_KEPT, {"here": spreadsheet_id}).all())


def everything(connection: Connection) -> list[ClosedPeriod]:
    """What is kept of all spreadsheets, those included that are there no more."""
    return [_restored(row) for row in connection.execute(select(closed_result)).all()]


def of_the_gone(connection: Connection) -> list[ClosedPeriod]:
    """What is kept of spreadsheets that have no view any more."""
    gone = select(closed_result).where(closed_result.c.spreadsheet.not_in(select(spreadsheet.c.id)))
    return [_restored(row) for row in connection.execute(gone).all()]


def _restored(row: Row[*tuple[Any, ...]]) -> ClosedPeriod:
    try:
        results = _SNAPSHOT.decode(row.results)
    except msgspec.DecodeError as error:
        raise ValueError(f"the results of {row.name} are damaged") from error
    return ClosedPeriod(row.period, row.name, row.at.replace(tzinfo=UTC), results)


def keys(connection: Connection, spreadsheet_id: str) -> frozenset[str]:
    """The periods of which a spreadsheet's results are kept."""
    return frozenset(connection.scalars(_KEYS, {"here": spreadsheet_id}))


def keep(connection: Connection, spreadsheet_id: str, periods: Iterable[ClosedPeriod]) -> None:
    """Keep results for good. What is kept already stays."""
    known = keys(connection, spreadsheet_id)
    rows = [
        {
            "spreadsheet": spreadsheet_id,
            "period": found.key,
            "name": found.name,
            "at": naive(found.closed_at),
            "results": msgspec.json.encode(found.results).decode(),
        }
        for found in periods
        if found.key not in known
    ]
    if rows:
        connection.execute(insert(closed_result), rows)
        add(connection, "version", "", 1)


def by_hand(connection: Connection) -> dict[str, bool]:
    """What people decided, by period: closed, or open again."""
    return {row.period: bool(row.is_closed) for row in connection.execute(select(closing)).all()}


def decide(connection: Connection, period: str, is_closed: bool, at: datetime) -> None:
    """Note that somebody closed a period, or opened it again: then its results are forgotten and every sheet that had
    some is read anew.
    """
    connection.execute(delete(closing).where(closing.c.period == period))
    connection.execute(insert(closing), {"period": period, "is_closed": int(is_closed), "at": naive(at)})
    if not is_closed:
        here = select(closed_result.c.spreadsheet).where(closed_result.c.period == period)
        connection.execute(update(spreadsheet).where(spreadsheet.c.id.in_(here)).values(fingerprint=""))
        connection.execute(delete(closed_result).where(closed_result.c.period == period))
    add(connection, "version", "", 1)
