"""How scores changed: a row only for a score that is not what it was before."""

import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from sync.domain.snapshot import Snapshot
from sync.records.database import understood
from sync.records.tables import score
from sync.records.times import naive

STORED_PLACES = Decimal("0.000001")
# So many keys go into one question; databases take only so many.
MOST_ASKED = 1000
# A page asks for one moment all day, a review for one more.
MOST_MOMENTS = 4

_NEWEST = select(func.max(score.c.id)).where(score.c.spreadsheet == bindparam("here")).group_by(score.c.key)
_NOW = select(score.c.key, score.c.value).where(score.c.id.in_(_NEWEST))
_NEWEST_OF = _NEWEST.where(score.c.key.in_(bindparam("these", expanding=True)))
_NOW_OF = select(score.c.key, score.c.value).where(score.c.id.in_(_NEWEST_OF))

_UPTO = score.c.id <= bindparam("upto")
_SINCE = (score.c.id > bindparam("seen")) & _UPTO
_BY_THEN = score.c.at <= bindparam("moment")
_AS_OF = select(score.c.key, score.c.value).where(
    score.c.id.in_(select(func.max(score.c.id)).where(_UPTO, _BY_THEN).group_by(score.c.key))
)
_AS_OF_SINCE = select(score.c.key, score.c.value).where(_SINCE, _BY_THEN).order_by(score.c.id)


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


class Remembered:
    """Answers over everybody's whole history: each looked up once, then kept in step by the rows that came since. Safe
    between threads.

    Rows only ever come, and in the order of their numbers: a pass that notes scores has changed the view before, and
    until it is over no other can do so, because both count the `version` up.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # The moments that were asked for last.
        self._moments: dict[datetime, tuple[int, dict[str, Decimal | None]]] = {}

    def as_of(self, connection: Connection, at: datetime) -> dict[str, Decimal | None]:
        """Every score as it stood at a moment, by key; those that were not known yet are left out."""
        with self._lock:
            seen, found = self._moments.pop(at, (0, {}))
            upto = _newest_number(connection)
            if not 0 < seen <= upto:
                seen, found = upto, _values(connection.execute(_AS_OF, {"upto": upto, "moment": naive(at)}).all())
            since = {"seen": seen, "upto": upto, "moment": naive(at)}
            found |= _values(connection.execute(_AS_OF_SINCE, since).all())
            if len(self._moments) >= MOST_MOMENTS:
                del self._moments[next(iter(self._moments))]
            self._moments[at] = (upto, found)
            return dict(found)


def _newest_number(connection: Connection) -> int:
    return connection.scalar(select(func.coalesce(func.max(score.c.id), 0))) or 0


def _values(rows: Iterable[Row[*tuple[Any, ...]]]) -> dict[str, Decimal | None]:
    return {row.key: row.value for row in rows}


def changed_between(connection: Connection, first: datetime, last: datetime) -> frozenset[str]:
    """The keys of scores that changed from a moment to another. A first score is no change."""
    within = select(score.c.key, func.count().label("changes")).where(
        score.c.at > naive(first), score.c.at <= naive(last)
    )
    counts = connection.execute(within.group_by(score.c.key)).all()
    known = select(score.c.key).where(score.c.at <= naive(first)).distinct()
    before = frozenset(connection.scalars(known))
    return frozenset(row.key for row in counts if row.changes > 1 or row.key in before)


def keep(connection: Connection, snapshot: Snapshot, keys: Collection[str] | None = None) -> None:
    """Note every score that has changed; `keys` are all that may have."""
    question = _NOW if keys is None else _NOW_OF
    asked: dict[str, object] = (
        {"here": snapshot.spreadsheet} if keys is None else {"here": snapshot.spreadsheet, "these": [*keys]}
    )
    with understood(connection):
        rows = connection.execute(question, asked).all()
    known: dict[str, Decimal | None] = {row.key: row.value for row in rows}
    at = naive(snapshot.taken_at)
    changed = []
    for key in snapshot.scores if keys is None else keys:
        found = snapshot.scores[key]
        value = None if found.value is None else found.value.quantize(STORED_PLACES)
        if known.get(key) != value:
            changed.append({"spreadsheet": snapshot.spreadsheet, "key": key, "value": value, "at": at})
    if changed:
        connection.execute(insert(score), changed)
