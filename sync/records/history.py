"""How scores changed: a row only for a score that is not what it was before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import Connection, bindparam, func, insert, select

from sync.domain.snapshot import Snapshot
from sync.records.database import understood
from sync.records.tables import score
from sync.records.times import naive

STORED_PLACES = Decimal("0.000001")
# So many keys go into one question; databases take only so many.
MOST_ASKED = 1000

_NEWEST = select(func.max(score.c.id)).where(score.c.spreadsheet == bindparam("here")).group_by(score.c.key)
_NOW = select(score.c.key, score.c.value).where(score.c.id.in_(_NEWEST))


@dataclass(frozen=True, slots=True)
class HistoryPoint:
    """A score from a moment on; None: from then on there was no score."""

    at: datetime
    value: Decimal | None


def of(connection: Connection, keys: Sequence[str]) -> dict[str, list[HistoryPoint]]:
    """How each score changed, oldest first."""
    found: dict[str, list[HistoryPoint]] = {key: [] for key in keys}
    for begin in range(0, len(keys), MOST_ASKED):
        asked = keys[begin : begin + MOST_ASKED]
        columns = select(score.c.key, score.c.at, score.c.value).where(score.c.key.in_(asked))
        for key, at, value in connection.execute(columns.order_by(score.c.id)):
            found[key].append(HistoryPoint(at.replace(tzinfo=UTC), value))
    return found


def as_of(connection: Connection, at: datetime) -> dict[str, Decimal | None]:
    """Every score as it stood at a moment, by key; those that were not known yet are left out."""
    newest = select(func.max(score.c.id)).where(score.c.at <= naive(at)).group_by(score.c.key)
    rows = connection.execute(select(score.c.key, score.c.value).where(score.c.id.in_(newest)))
    return {row.key: row.value for row in rows.all()}


def newest_changes(connection: Connection) -> dict[str, datetime]:
    """When each score changed last, by key."""
    rows = connection.execute(select(score.c.key, func.max(score.c.at).label("at")).group_by(score.c.key)).all()
    return {row.key: row.at.replace(tzinfo=UTC) for row in rows}


def changed_between(connection: Connection, first: datetime, last: datetime) -> frozenset[str]:
    """The keys of scores that changed from a moment to another. A first score is no change."""
    within = select(score.c.key, func.count().label("changes")).where(
        score.c.at > naive(first), score.c.at <= naive(last)
    )
    counts = connection.execute(within.group_by(score.c.key)).all()
    known = select(score.c.key).where(score.c.at <= naive(first)).distinct()
    before = frozenset(connection.scalars(known))
    return frozenset(row.key for row in counts if row.changes > 1 or row.key in before)


def keep(connection: Connection, snapshot: Snapshot) -> None:
    """Note every score that has changed."""
    with understood(connection):
        rows = connection.execute(_NOW, {"here": snapshot.spreadsheet}).all()
    known: dict[str, Decimal | None] = {row.key: row.value for row in rows}
    at = naive(snapshot.taken_at)
    changed = []
    for key, found in snapshot.scores.items():
        value = None if found.value is None else found.value.quantize(STORED_PLACES)
        if known.get(key) != value:
            changed.append({"spreadsheet": snapshot.spreadsheet, "key": key, "value": value, "at": at})
    if changed:
        connection.execute(insert(score), changed)
