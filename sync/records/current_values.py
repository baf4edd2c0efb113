"""The current value of each key result as it was last seen, and when it was seen to change.

What tells of a key result that nobody keeps a log of that somebody looked after it. One row a key result, not a
history: scores have that.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from sync.domain.okr import KeyResult
from sync.domain.snapshot import Snapshot
from sync.records.database import understood
from sync.records.tables import current_value
from sync.records.times import naive

_KNOWN = select(current_value.c.key, current_value.c.value).where(current_value.c.spreadsheet == bindparam("here"))
_KNOWN_OF = _KNOWN.where(current_value.c.key.in_(bindparam("these", expanding=True)))
_CHANGED = update(current_value).where(
    current_value.c.spreadsheet == bindparam("here"), current_value.c.key == bindparam("this")
)
_CHANGES = select(current_value.c.key, current_value.c.at).where(current_value.c.at.is_not(None))


def newest_changes(connection: Connection) -> dict[str, datetime]:
    """When each current value changed last, by key; those that were only ever seen as they are now are left out."""
    return {row.key: row.at.replace(tzinfo=UTC) for row in connection.execute(_CHANGES).all()}


def last_values(connection: Connection, spreadsheet_id: str) -> dict[str, Decimal | None]:
    """The last number of each key result of a spreadsheet, by key; None: there was none yet."""
    with understood(connection):
        return {row.key: row.value for row in connection.execute(_KNOWN, {"here": spreadsheet_id}).all()}


def keep_current_values(connection: Connection, snapshot: Snapshot, keys: Collection[str] | None = None) -> None:
    """Note every value that is another number than the one before. The first that is seen of a key result is no change,
    the first number where there was none is one. A cell that was emptied, or cannot be read, tells nothing new. `keys`
    are all that may have changed.
    """
    here = snapshot.spreadsheet
    if keys is None:
        known, key_results = last_values(connection, here), snapshot.key_results
    else:
        asked = {"here": here, "these": [*keys]}
        known = {row.key: row.value for row in connection.execute(_KNOWN_OF, asked).all()}
        key_results = tuple(found for found in snapshot.key_results if found.key in keys)
    first = list(_first_seen(here, key_results, known))
    changed = [
        {"here": here, "this": found.key, "value": found.current.number, "at": naive(snapshot.taken_at)}
        for found in key_results
        if found.key in known and found.current.number not in (None, known[found.key])
    ]
    if first:
        connection.execute(insert(current_value), first)
    if changed:
        connection.execute(_CHANGED, changed)


def _first_seen(
    here: str, key_results: Iterable[KeyResult], known: Mapping[str, Decimal | None]
) -> Iterator[dict[str, Any]]:
    for found in key_results:
        if found.key not in known and not _is_unreadable(found):
            yield {"spreadsheet": here, "key": found.key, "value": found.current.number, "at": None}


def _is_unreadable(found: KeyResult) -> bool:
    return found.current.number is None and not found.current.is_blank
