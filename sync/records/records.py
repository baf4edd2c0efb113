"""What is kept of each spreadsheet, and how it is read and replaced: one transaction a pass."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Engine, Row, bindparam, delete, func, insert, select, update

from sync.okr import CellRef
from sync.problems import Problem
from sync.records.database import open_engine
from sync.records.tables import contacted, pass_, problem, score, spreadsheet, written
from sync.snapshot import Snapshot

KEPT_PASSES = 1000
STORED_PLACES = Decimal("0.000001")

_SNAPSHOT = TypeAdapter(Snapshot)
_STORED = select(spreadsheet.c.id, spreadsheet.c.snapshot, spreadsheet.c.taken_at)


class PassResult(StrEnum):
    """How a pass ended. Only the first two are a success."""

    UNCHANGED = "unchanged"
    OK = "ok"
    PARTIAL = "partial"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassRecord:
    """One pass over one spreadsheet. `message` is the kind of trouble of a failed one, such as "permission"."""

    spreadsheet: str
    started_at: datetime
    finished_at: datetime
    result: PassResult
    reads: int = 0
    writes: int = 0
    message: str = ""


@dataclass(frozen=True, slots=True)
class KnownTab:
    """A mapped tab: its title now, and the title under which the configuration means it."""

    sheet_id: int
    title: str
    mapped_as: str


@dataclass(frozen=True, slots=True)
class Memory:
    """What the next pass needs to know of the last one.

    `fingerprint` is that of the sheet as it was left (empty: look again), `looked_at` is when all was last read,
    `contacted` the score columns that are ours (sheet id, name), `written` what we last wrote by key (None: we emptied
    the cell).
    """

    fingerprint: str = ""
    looked_at: datetime | None = None
    tabs: tuple[KnownTab, ...] = ()
    contacted: frozenset[tuple[int, str]] = frozenset()
    written: Mapping[str, Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HistoryPoint:
    """A score from a moment on; None: from then on there was no score."""

    at: datetime
    value: Decimal | None


class Records:
    """The database of one installation. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> "Records":
        """Open the database, creating or migrating it where needed. Raises RecordsError."""
        return cls(open_engine(url))

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    # Reading

    def version(self) -> int:
        """A number that changes with every recorded pass: what was rendered for it is still good."""
        with self._engine.connect() as connection:
            return connection.scalar(select(func.max(pass_.c.id))) or 0

    def snapshots(self) -> list[Snapshot]:
        """The last good view of every spreadsheet, by title."""
        with self._engine.connect() as connection:
            rows = connection.execute(_STORED.order_by(spreadsheet.c.title)).all()
            found = [_restored(connection, row) for row in rows]
            return [snapshot for snapshot in found if snapshot is not None]

    def snapshot(self, spreadsheet_id: str) -> Snapshot | None:
        """The last good view of one spreadsheet, None before its first pass."""
        with self._engine.connect() as connection:
            row = connection.execute(_STORED.where(spreadsheet.c.id == spreadsheet_id)).one_or_none()
            return None if row is None else _restored(connection, row)

    def memory(self, spreadsheet_id: str) -> Memory:
        """What the last pass left for the next; empty before the first."""
        with self._engine.connect() as connection:
            row = connection.execute(select(spreadsheet).where(spreadsheet.c.id == spreadsheet_id)).one_or_none()
            here = contacted.c.spreadsheet == spreadsheet_id
            places = connection.execute(select(contacted.c.sheet_id, contacted.c.score_column).where(here)).all()
            ours = connection.execute(
                select(written.c.key, written.c.value).where(written.c.spreadsheet == spreadsheet_id)
            )
            return Memory(
                fingerprint=row.fingerprint if row else "",
                looked_at=row.looked_at.replace(tzinfo=UTC) if row and row.looked_at else None,
                tabs=tuple(KnownTab(*tab) for tab in row.tabs) if row else (),
                contacted=frozenset((place.sheet_id, place.score_column) for place in places),
                written={found.key: found.value for found in ours},
            )

    def history(self, key: str) -> list[HistoryPoint]:
        """How a score changed, oldest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(score.c.at, score.c.value).where(score.c.key == key).order_by(score.c.id))
            return [HistoryPoint(row.at.replace(tzinfo=UTC), row.value) for row in rows.all()]

    def last_passes(self) -> dict[str, PassRecord]:
        """The newest pass of every spreadsheet."""
        newest = select(func.max(pass_.c.id)).group_by(pass_.c.spreadsheet)
        with self._engine.connect() as connection:
            rows = connection.execute(select(pass_).where(pass_.c.id.in_(newest))).all()
        return {
            row.spreadsheet: PassRecord(
                spreadsheet=row.spreadsheet,
                started_at=row.started_at.replace(tzinfo=UTC),
                finished_at=row.finished_at.replace(tzinfo=UTC),
                result=PassResult(row.result),
                reads=row.reads,
                writes=row.writes,
                message=row.message,
            )
            for row in rows
        }

    # Writing

    def intend(
        self,
        spreadsheet_id: str,
        score_columns: Iterable[tuple[int, str]],
        writes: Mapping[str, Decimal | None],
        at: datetime,
    ) -> None:
        """Note what is about to be written, by key, and into which columns: if we die after it, we know it was us."""
        with self._engine.begin() as connection:
            _keep_contacted(connection, spreadsheet_id, score_columns)
            _keep_written(connection, spreadsheet_id, writes, at)

    def withdraw(self, spreadsheet_id: str, keys: Iterable[str], before: Memory, at: datetime) -> None:
        """Take an intention back: Google refused the write, so what was known `before` is still so."""
        with self._engine.begin() as connection:
            connection.execute(delete(contacted).where(contacted.c.spreadsheet == spreadsheet_id))
            _keep_contacted(connection, spreadsheet_id, before.contacted)
            _forget_written(connection, spreadsheet_id, keys)
            known = {key: before.written[key] for key in keys if key in before.written}
            _keep_written(connection, spreadsheet_id, known, at)

    def record(self, record: PassRecord, snapshot: Snapshot | None = None, memory: Memory | None = None) -> None:
        """Keep a finished pass, all or nothing.

        `snapshot` and `memory` come together, or not at all for a pass that learned nothing. Of the memory, what was
        written is kept by `intend` alone.
        """
        with self._engine.begin() as connection:
            if snapshot is not None and memory is not None:
                _keep_snapshot(connection, snapshot, memory)
                _keep_history(connection, snapshot)
                _keep_contacted(connection, record.spreadsheet, memory.contacted)
            _keep_pass(connection, record)

    def still_good(self, record: PassRecord) -> None:
        """Keep a pass that found nothing changed: the last good view is good as of now."""
        with self._engine.begin() as connection:
            this = spreadsheet.c.id == record.spreadsheet
            connection.execute(update(spreadsheet).where(this).values(taken_at=_naive(record.finished_at)))
            _keep_pass(connection, record)

    def forget(self, keep: Iterable[str]) -> None:
        """Drop spreadsheets that are no longer in the configuration; their score history stays."""
        kept = list(keep)
        with self._engine.begin() as connection:
            connection.execute(delete(spreadsheet).where(spreadsheet.c.id.not_in(kept)))
            for table in (contacted, written):
                connection.execute(delete(table).where(table.c.spreadsheet.not_in(kept)))


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


def _restored(connection: Connection, row: Row[Any, Any, Any]) -> Snapshot | None:
    """The stored view; None for one of another version that cannot be read: the next full pass makes it anew."""
    try:
        snapshot = _SNAPSHOT.validate_json(row.snapshot)
    except ValidationError:
        return None
    rows = connection.execute(select(problem).where(problem.c.spreadsheet == row.id).order_by(problem.c.position))
    problems = tuple(
        Problem(found.code, _cell(row.id, found.cell), tuple((name, fact) for name, fact in found.facts))
        for found in rows.all()
    )
    return replace(snapshot, problems=problems, taken_at=row.taken_at.replace(tzinfo=UTC))


def _cell(spreadsheet_id: str, stored: list[object] | None) -> CellRef | None:
    return None if stored is None else CellRef(spreadsheet_id, *stored)  # type: ignore[arg-type]


def _keep_snapshot(connection: Connection, snapshot: Snapshot, memory: Memory) -> None:
    values = {
        "title": snapshot.title,
        "snapshot": _SNAPSHOT.dump_json(replace(snapshot, problems=())).decode(),
        "taken_at": _naive(snapshot.taken_at),
        "fingerprint": memory.fingerprint,
        "looked_at": _naive(memory.looked_at) if memory.looked_at else None,
        "tabs": [[tab.sheet_id, tab.title, tab.mapped_as] for tab in memory.tabs],
    }
    this = spreadsheet.c.id == snapshot.spreadsheet
    if connection.execute(update(spreadsheet).where(this).values(values)).rowcount == 0:
        connection.execute(insert(spreadsheet).values(id=snapshot.spreadsheet, **values))
    connection.execute(delete(problem).where(problem.c.spreadsheet == snapshot.spreadsheet))
    rows = [_problem_row(snapshot.spreadsheet, position, found) for position, found in enumerate(snapshot.problems)]
    if rows:
        connection.execute(insert(problem), rows)


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


def _keep_history(connection: Connection, snapshot: Snapshot) -> None:
    """A row only for a score that is not what it was."""
    newest = select(func.max(score.c.id)).where(score.c.spreadsheet == snapshot.spreadsheet).group_by(score.c.key)
    rows = connection.execute(select(score.c.key, score.c.value).where(score.c.id.in_(newest))).all()
    known: dict[str, Decimal | None] = {row.key: row.value for row in rows}
    changed = []
    for key, found in snapshot.scores.items():
        value = None if found.value is None else found.value.quantize(STORED_PLACES)
        if known.get(key) != value:
            changed.append({"spreadsheet": snapshot.spreadsheet, "key": key, "value": value})
    if changed:
        connection.execute(insert(score), [{**row, "at": _naive(snapshot.taken_at)} for row in changed])


def _keep_contacted(connection: Connection, spreadsheet_id: str, score_columns: Iterable[tuple[int, str]]) -> None:
    here = contacted.c.spreadsheet == spreadsheet_id
    stored = connection.execute(select(contacted.c.sheet_id, contacted.c.score_column).where(here)).all()
    new = {*score_columns} - {(place.sheet_id, place.score_column) for place in stored}
    rows = [
        {"spreadsheet": spreadsheet_id, "sheet_id": sheet_id, "score_column": name} for sheet_id, name in sorted(new)
    ]
    if rows:
        connection.execute(insert(contacted), rows)


def _forget_written(connection: Connection, spreadsheet_id: str, keys: Iterable[str]) -> None:
    this = delete(written).where(written.c.spreadsheet == spreadsheet_id, written.c.key == bindparam("this"))
    named = [{"this": key} for key in keys]
    if named:
        connection.execute(this, named)


def _keep_written(
    connection: Connection, spreadsheet_id: str, writes: Mapping[str, Decimal | None], at: datetime
) -> None:
    _forget_written(connection, spreadsheet_id, writes)
    rows = [
        {"spreadsheet": spreadsheet_id, "key": key, "value": value, "at": _naive(at)} for key, value in writes.items()
    ]
    if rows:
        connection.execute(insert(written), rows)


def _keep_pass(connection: Connection, record: PassRecord) -> None:
    connection.execute(
        insert(pass_).values(
            spreadsheet=record.spreadsheet,
            started_at=_naive(record.started_at),
            finished_at=_naive(record.finished_at),
            result=record.result.value,
            reads=record.reads,
            writes=record.writes,
            message=record.message,
        )
    )
    here = pass_.c.spreadsheet == record.spreadsheet
    oldest = select(pass_.c.id).where(here).order_by(pass_.c.id.desc()).offset(KEPT_PASSES).limit(1).scalar_subquery()
    connection.execute(delete(pass_).where(here, pass_.c.id <= oldest))
