"""The last good view of each spreadsheet, as it is stored: one JSON of what was read, and a row for each problem.

Where only a few objectives and key results are others than in that JSON, they are stored beside it, each for itself.

What only says when something was seen is left out of the stored text, so that the same view has the same digest.
"""

import hashlib
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from sync.domain.cells import CellRef
from sync.domain.collecting import without_collecting
from sync.domain.okr import KeyResult, Objective
from sync.domain.problems import Problem
from sync.domain.scoring import Score
from sync.domain.snapshot import Part, Snapshot, good_as_of
from sync.records.figures import add
from sync.records.known_rows import key_results_in, snapshot_in
from sync.records.sharing import shared
from sync.records.tables import change, problem, spreadsheet
from sync.records.times import naive

Item = TypeVar("Item", Objective, KeyResult)


@dataclass(frozen=True, slots=True)
class Change(Generic[Item]):
    """An objective or key result as it is now, with its score."""

    item: Item
    score: Score


_OBJECTIVE, _KEY_RESULT = msgspec.json.Decoder(Change[Objective]), msgspec.json.Decoder(Change[KeyResult])
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)

# All that stands beside a view is read again with each change of it.
MOST_CHANGES = 500

STORED = select(spreadsheet.c.id, spreadsheet.c.snapshot, spreadsheet.c.taken_at, spreadsheet.c.digest)
LISTED = select(spreadsheet.c.id, spreadsheet.c.taken_at, spreadsheet.c.digest).order_by(spreadsheet.c.title)

_THIS = update(spreadsheet).where(spreadsheet.c.id == bindparam("this"))
_SAME = _THIS.where(spreadsheet.c.digest == bindparam("same"))
_PROBLEMS = select(problem).where(problem.c.spreadsheet == bindparam("here")).order_by(problem.c.position)
_ENTRIES = select(change.c.key, change.c.entry).where(change.c.spreadsheet == bindparam("here")).order_by(change.c.key)
_NO_CHANGES = delete(change).where(change.c.spreadsheet == bindparam("here"))
_NO_CHANGE = _NO_CHANGES.where(change.c.key == bindparam("this"))
_DIGEST = select(spreadsheet.c.digest).where(spreadsheet.c.id == bindparam("here"))
_NO_PROBLEMS = delete(problem).where(problem.c.spreadsheet == bindparam("here"))


def seen(connection: Connection, spreadsheet_id: str, at: datetime) -> None:
    """What is stored is good as of now."""
    connection.execute(_THIS, {"this": spreadsheet_id, "taken_at": naive(at)})


@without_collecting()
def restored(
    connection: Connection, row: Row[*tuple[Any, ...]], read: Iterable[Objective | KeyResult] = ()
) -> Snapshot | None:
    """The stored view; None for one of another version that cannot be read: the next full pass makes it anew. What was
    `read` already, and is stored alike, is the same object in it.

    Raises ValueError for one that is not as it was kept, whatever version kept it.
    """
    entries = _changes_as_kept(connection, row)
    try:
        snapshot = snapshot_in(row.snapshot, read)
        changes = _decoded(entries, {found.key for found in snapshot.key_results} if entries else ())
    except msgspec.DecodeError:
        return None
    rows = connection.execute(_PROBLEMS, {"here": row.id})
    problems = tuple(
        Problem(found.code, _cell(row.id, found.cell), tuple((name, fact) for name, fact in found.facts))
        for found in rows.all()
    )
    return good_as_of(replace(_with(snapshot, changes), problems=problems), row.taken_at.replace(tzinfo=UTC))


@without_collecting()
def can_be_restored(connection: Connection, row: Row[*tuple[Any, ...]]) -> bool:
    """The same question by itself: nothing of the view is kept for the answer. Raises ValueError likewise."""
    try:
        _decoded(_changes_as_kept(connection, row), key_results_in(row.snapshot))
    except msgspec.DecodeError:
        return False
    return True


def _changes_as_kept(connection: Connection, row: Row[*tuple[Any, ...]]) -> dict[str, str]:
    """What is stored beside a view, by key. Raises ValueError where it or the view is not as it was kept."""
    kept_as, by_this_rule, _ = row.digest.partition(":")
    if by_this_rule and kept_as != _digest(row.snapshot):
        raise ValueError("the view is damaged")
    entries = _changes(connection, row.id)
    *_, of_changes = row.digest.split(":") if row.digest.count(":") == 2 else [""]
    if of_changes and of_changes != _digest_of_changes(entries):
        raise ValueError("what changed of the view is damaged")
    return entries


Changes = Mapping[str, Change[Objective] | Change[KeyResult]]


def _decoded(entries: Mapping[str, str], key_results: Container[str]) -> Changes:
    """What is stored beside a view, by key; each is of the kind of what it takes the place of."""
    return {
        key: _KEY_RESULT.decode(entry) if key in key_results else _OBJECTIVE.decode(entry)
        for key, entry in entries.items()
    }


def _with(snapshot: Snapshot, changes: Changes) -> Snapshot:
    """The view with what changed in its place."""
    if not changes:
        return snapshot
    items = {key: change.item for key, change in changes.items()}
    scores = {key: change.score for key, change in changes.items()}
    return replace(
        snapshot,
        objectives=tuple(_instead(found, items.get(found.key)) for found in snapshot.objectives),
        key_results=tuple(_instead(found, items.get(found.key)) for found in snapshot.key_results),
        scores={key: scores.get(key, score) for key, score in snapshot.scores.items()},
    )


def _instead(found: Item, changed: Objective | KeyResult | None) -> Item:
    return changed if isinstance(changed, type(found)) else found


def _changes(connection: Connection, spreadsheet_id: str) -> dict[str, str]:
    """What is stored beside a view, by key."""
    return {row.key: row.entry for row in connection.execute(_ENTRIES, {"here": spreadsheet_id}).all()}


class Readable:
    """Which of the stored views can be restored. One of another process is tried once; an idle pass unpacks none."""

    def __init__(self) -> None:
        self._digests: dict[str, str] = {}

    def note(self, spreadsheet_id: str, digest: str) -> None:
        """It was kept by this process."""
        self._digests[spreadsheet_id] = digest

    def holds(self, connection: Connection, spreadsheet_id: str, digest: str) -> bool:
        """Whether the view that has this digest can be restored."""
        if self._digests.get(spreadsheet_id) != digest:
            stored = connection.execute(STORED.where(spreadsheet.c.id == spreadsheet_id)).one_or_none()
            if stored is None or not can_be_restored(connection, stored):
                return False
            self._digests[spreadsheet_id] = digest
        return True


class Restored:
    """The views of all spreadsheets, each unpacked once for as long as it does not change. Safe between threads.

    They are the most that a process holds: one after the other is fetched, and successive lists share what is the same.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, Snapshot]] = {}

    def all(self, connection: Connection) -> list[Snapshot]:
        """By title, without those that cannot be restored."""
        listed = connection.execute(LISTED).all()
        found = [self._current(connection, row) for row in listed]
        for gone in self._known.keys() - {row.id for row in listed}:
            self._known.pop(gone, None)
        return [snapshot for snapshot in found if snapshot is not None]

    def _current(self, connection: Connection, row: Row[*tuple[Any, ...]]) -> Snapshot | None:
        digest, snapshot = self._known.get(row.id, ("", None))
        if snapshot is not None and digest == row.digest:
            return good_as_of(snapshot, row.taken_at.replace(tzinfo=UTC))
        stored = connection.execute(STORED.where(spreadsheet.c.id == row.id)).one_or_none()
        restored_now = restored(connection, stored) if stored else None
        if stored is None or restored_now is None:
            return None
        # Only what is held for long: a pass has the last view for a moment.
        kept = shared(restored_now)
        self._known[row.id] = (stored.digest, kept)
        return kept


def keep(connection: Connection, snapshot: Snapshot, memory: dict[str, object], part: Part | None = None) -> str:
    """Replace the view of a spreadsheet, and what the next pass must know; a view that is the same is not rewritten,
    and of one of which only a `part` is another than what is stored, no more than that.

    Gives its digest.
    """
    digest = None
    if part is not None and len(part.items) <= MOST_CHANGES:
        digest = _keep_part(connection, snapshot, part, memory)
    return digest or _keep_whole(connection, snapshot, memory)


def _keep_whole(connection: Connection, snapshot: Snapshot, memory: dict[str, object]) -> str:
    stored = msgspec.json.encode(_timeless(snapshot))
    problems = _problem_rows(snapshot)
    digest = f"{_digest(stored)}:{_digest(repr(problems).encode())}"
    this = {"this": snapshot.spreadsheet}
    always = {"taken_at": naive(snapshot.taken_at), **memory}
    if connection.execute(_SAME, {**this, "same": digest, **always}).rowcount:
        return digest
    values = {"title": snapshot.title, "snapshot": stored, "digest": digest, **always}
    if connection.execute(_THIS, {**this, **values}).rowcount == 0:
        connection.execute(insert(spreadsheet), {"id": snapshot.spreadsheet, **values})
    connection.execute(_NO_CHANGES, {"here": snapshot.spreadsheet})
    _keep_problems(connection, snapshot.spreadsheet, problems)
    add(connection, "version", "", 1)
    return digest


def _keep_part(connection: Connection, snapshot: Snapshot, part: Part, memory: dict[str, object]) -> str | None:
    """None where nothing is stored that it could be a part of, and where so much stands beside that by now, that all is
    better stored anew.
    """
    here = {"here": snapshot.spreadsheet}
    stored = connection.scalar(_DIGEST, here)
    if stored is None or ":" not in stored:
        return None
    whole, problems_digest, *_ = stored.split(":")
    entries = {item.key: msgspec.json.encode(Change(item, snapshot.scores[item.key])).decode() for item in part.items}
    if entries:
        connection.execute(_NO_CHANGE, [{**here, "this": key} for key in entries])
        rows = [{"spreadsheet": snapshot.spreadsheet, "key": key, "entry": entry} for key, entry in entries.items()]
        connection.execute(insert(change), rows)
    if part.has_other_problems:
        problems = _problem_rows(snapshot)
        problems_digest = _digest(repr(problems).encode())
        _keep_problems(connection, snapshot.spreadsheet, problems)
    changes = _changes(connection, snapshot.spreadsheet)
    if len(changes) > MOST_CHANGES:
        return None
    digest = f"{whole}:{problems_digest}:{_digest_of_changes(changes)}" if changes else f"{whole}:{problems_digest}"
    now = {"taken_at": naive(snapshot.taken_at), "digest": digest, **memory}
    connection.execute(_THIS, {"this": snapshot.spreadsheet, **now})
    if entries or part.has_other_problems:
        add(connection, "version", "", 1)
    return digest


def _digest_of_changes(entries: Mapping[str, str]) -> str:
    return _digest(repr([*entries.items()]).encode())


def _keep_problems(connection: Connection, spreadsheet_id: str, problems: list[dict[str, object]]) -> None:
    connection.execute(_NO_PROBLEMS, {"here": spreadsheet_id})
    if problems:
        connection.execute(insert(problem), problems)


def _digest(stored: bytes) -> str:
    return hashlib.blake2b(stored, digest_size=16).hexdigest()


def _timeless(snapshot: Snapshot) -> Snapshot:
    return replace(good_as_of(snapshot, None), problems=(), taken_at=_NEVER)


def _cell(spreadsheet_id: str, stored: list[object] | None) -> CellRef | None:
    return None if stored is None else CellRef(spreadsheet_id, *stored)  # type: ignore[arg-type]


def _problem_rows(snapshot: Snapshot) -> list[dict[str, object]]:
    return [_problem_row(snapshot.spreadsheet, position, found) for position, found in enumerate(snapshot.problems)]


def _problem_row(spreadsheet_id: str, position: int, found: Problem) -> dict[str, object]:
    cell = found.cell
    return {
        "spreadsheet": spreadsheet_id,
        "position": position,
        "code": found.code,
        "severity": found.severity.value,
        "cell": [cell.sheet_id, cell.tab, cell.row, cell.column] if cell else None,
        "facts": [list(fact) for fact in found.facts],
    }
