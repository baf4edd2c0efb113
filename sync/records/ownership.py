"""What in a spreadsheet is ours: score columns that we may write, and what we last wrote and saw stand."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from sync.domain.memory import ScorePlace, Written
from sync.records.tables import contacted, written
from sync.records.times import naive

_OWNED = select(contacted.c.sheet_id, contacted.c.score_column).where(contacted.c.spreadsheet == bindparam("here"))
_WRITTEN = select(written.c.key, written.c.value).where(written.c.spreadsheet == bindparam("here"))
_NO_MORE_WRITTEN = delete(written).where(written.c.spreadsheet == bindparam("here"), written.c.key == bindparam("this"))


def owned_columns(connection: Connection, spreadsheet_id: str) -> frozenset[ScorePlace]:
    """The score columns that are ours, by sheet id and name."""
    rows = connection.execute(_OWNED, {"here": spreadsheet_id}).all()
    return frozenset((row.sheet_id, row.score_column) for row in rows)


def keep_owned_columns(connection: Connection, spreadsheet_id: str, columns: Iterable[ScorePlace]) -> None:
    new = {*columns} - owned_columns(connection, spreadsheet_id)
    rows = [
        {"spreadsheet": spreadsheet_id, "sheet_id": sheet_id, "score_column": name} for sheet_id, name in sorted(new)
    ]
    if rows:
        connection.execute(insert(contacted), rows)


def forget_owned_columns(connection: Connection, spreadsheet_id: str) -> None:
    connection.execute(delete(contacted).where(contacted.c.spreadsheet == spreadsheet_id))


def last_written(connection: Connection, spreadsheet_id: str) -> dict[str, Written]:
    """What we last wrote by slot, and saw; None: we emptied the cell."""
    rows = connection.execute(_WRITTEN, {"here": spreadsheet_id}).all()
    return {row.key: row.value for row in rows}


def keep_written(connection: Connection, spreadsheet_id: str, writes: Mapping[str, Written], at: datetime) -> None:
    rows = [
        {"spreadsheet": spreadsheet_id, "key": key, "value": value, "at": naive(at)} for key, value in writes.items()
    ]
    if rows:
        connection.execute(_NO_MORE_WRITTEN, [{"here": spreadsheet_id, "this": key} for key in writes])
        connection.execute(insert(written), rows)
