"""The records of one installation: what is kept of each spreadsheet, each change in one transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import Connection, Engine, delete, select
from sqlalchemy.exc import IntegrityError

from sync.domain.closing import ClosedPeriod
from sync.domain.memory import Memory, PassRecord, ScorePlace, Written
from sync.domain.notices import Notice
from sync.domain.okr import KeyResult, Objective
from sync.domain.snapshot import Part, Snapshot
from sync.records import closed_periods, figures, history, leases, notices, ownership, passes, pending_writes, views
from sync.records.current_values import keep_current_values, last_values, newest_changes
from sync.records.database import check_pages, open_engine, understood
from sync.records.history import HistoryPoint
from sync.records.leases import LeaseHolder
from sync.records.looks import Looks
from sync.records.remembering import HERE, columns_of, known_tab
from sync.records.tables import contacted, journal, look, spreadsheet, written
from sync.records.turnstile import HURRIED_TIMEOUT_MS, Turnstile, in_a_hurry


class Records:
    """The database of one installation. Safe to share between threads. Every method may raise RecordsError."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._turnstile = engine, Turnstile(engine)
        self._readable, self._restored = views.Readable(), views.Restored()
        self._history = history.Remembered()
        # Who waits for a look, and what changed when.
        self.looks = Looks(self._reading, self._writing)

    @classmethod
    def open(cls, url: str, schema: str | None = None) -> "Records":
        """Open the database, creating or migrating it where needed; of a PostgreSQL that several installations share,
        the `schema` of one. Raises RecordsError."""
        return cls(open_engine(url, schema))

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    def __enter__(self) -> "Records":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Reading

    def version(self) -> int:
        """A number that changes with what there is to show, and not when a pass found nothing new."""
        with self._reading() as connection:
            return int(figures.value(connection, "version"))

    def snapshots(self) -> list[Snapshot]:
        """The last good view of every spreadsheet, by title."""
        with self._reading() as connection:
            return self._restored.all(connection)

    def snapshot(self, spreadsheet_id: str, read: Iterable[Objective | KeyResult] = ()) -> Snapshot | None:
        """The last good view of one spreadsheet, None before its first pass; what was `read` is not made once more."""
        with self._reading() as connection:
            row = connection.execute(views.STORED.where(spreadsheet.c.id == spreadsheet_id)).one_or_none()
            return None if row is None else views.restored(connection, row, read)

    def digests(self) -> dict[str, str]:
        """A short text for each spreadsheet that changes with its last good view, by id; no view is unpacked."""
        with self._reading() as connection:
            return {row.id: row.digest for row in connection.execute(views.LISTED)}

    def seen(self) -> dict[str, datetime]:
        """When each spreadsheet was last read with success, whatever was believed of it and written into it."""
        with self._reading() as connection:
            rows = connection.execute(select(spreadsheet.c.id, spreadsheet.c.taken_at)).all()
            return {row.id: row.taken_at.replace(tzinfo=UTC) for row in rows}

    def memory(self, spreadsheet_id: str, *, written: bool = True) -> Memory:
        """What the last pass left for the next; empty before the first. All that was `written` may be left out: it is
        long, and a pass that finds nothing changed has no need of it.

        Without a view that can be restored nothing is known to be unchanged, so there is no fingerprint either.
        """
        with self._reading() as connection:
            row = connection.execute(HERE, {"here": spreadsheet_id}).one_or_none()
            return Memory(
                fingerprint=row.fingerprint if row and self._readable.holds(connection, row.id, row.digest) else "",
                looked_at=row.looked_at.replace(tzinfo=UTC) if row and row.looked_at else None,
                tabs=tuple(map(known_tab, row.tabs)) if row else (),
                periods=tuple(row.periods) if row else (),
                owned_columns=ownership.owned_columns(connection, spreadsheet_id),
                written=ownership.last_written(connection, spreadsheet_id) if written else {},
                pending_write=pending_writes.entry_of(connection, spreadsheet_id),
            )

    def last_number(self, spreadsheet_id: str) -> int | None:
        """The number of the newest pass over a spreadsheet."""
        with self._reading() as connection:
            return passes.last_number(connection, spreadsheet_id)

    def written(self, spreadsheet_id: str) -> dict[str, Written]:
        """What we last wrote by slot and saw stand; None: we emptied the cell."""
        with self._reading() as connection:
            return ownership.last_written(connection, spreadsheet_id)

    def histories(self, keys: Sequence[str]) -> dict[str, list[HistoryPoint]]:
        """How scores changed, oldest first, by key."""
        with self._reading() as connection:
            return history.of(connection, keys)

    def scores_as_of(self, at: datetime) -> dict[str, Decimal | None]:
        """Every score as it stood at a moment, by key; those that were not known yet are left out."""
        with self._reading() as connection:
            return self._history.as_of(connection, at)

    def newest_changes(self) -> dict[str, datetime]:
        """When each current value was last seen to change, by key."""
        with self._reading() as connection:
            return newest_changes(connection)

    def scores_changed(self, first: datetime, last: datetime) -> frozenset[str]:
        """The keys of all scores that changed from a moment to another; a first score is no change."""
        with self._reading() as connection:
            return history.changed_between(connection, first, last)

    def closed_periods(self, spreadsheet_id: str) -> tuple[ClosedPeriod, ...]:
        """What a spreadsheet held of each period that is closed, as it was then."""
        with self._reading() as connection:
            return closed_periods.of(connection, spreadsheet_id)

    def all_closed_periods(self) -> list[ClosedPeriod]:
        """What every spreadsheet held of each period that is closed, those included that are there no more."""
        with self._reading() as connection:
            return closed_periods.everything(connection)

    def closed_periods_of_the_gone(self) -> list[ClosedPeriod]:
        """The same of those spreadsheets alone that have no view any more."""
        with self._reading() as connection:
            return closed_periods.of_the_gone(connection)

    def closed_keys(self, spreadsheet_id: str) -> frozenset[str]:
        """The keys of the periods of which a spreadsheet's results are kept."""
        with self._reading() as connection:
            return closed_periods.keys(connection, spreadsheet_id)

    def closed_by_hand(self) -> dict[str, bool]:
        """What people decided of periods, by key: True closed, False open again."""
        with self._reading() as connection:
            return closed_periods.by_hand(connection)

    def last_passes(self) -> dict[str, PassRecord]:
        """The newest pass of every spreadsheet."""
        with self._reading() as connection:
            return passes.newest(connection)

    def failing_passes(self, count: int) -> dict[str, list[PassRecord]]:
        """The last passes over each spreadsheet of which the newest failed, newest first."""
        with self._reading() as connection:
            return passes.failing(connection, count)

    def recent_passes(self, spreadsheet_id: str, count: int) -> list[PassRecord]:
        """The last passes over one spreadsheet, newest first."""
        with self._reading() as connection:
            return passes.recent(connection, spreadsheet_id, count)

    def pending_writes(self) -> dict[str, datetime]:
        """Since when a write to a spreadsheet has not been seen to have landed; those without one are left out."""
        with self._reading() as connection:
            return pending_writes.since(connection)

    def notices(self, room: str, scope: str) -> dict[str, Notice]:
        """What is known of all that was to be said in a room, by what it is about."""
        with self._reading() as connection:
            return notices.of(connection, room, scope)

    def next_notice(self, room: str) -> datetime | None:
        """When a room that could not be reached is tried again; None where it was reached."""
        with self._reading() as connection:
            return notices.next_try(connection, room)

    def failing_rooms(self) -> dict[str, datetime]:
        """The rooms that could not be reached the last time, and when the oldest of what waits for each fell due."""
        with self._reading() as connection:
            return notices.failing(connection)

    def figures(self) -> dict[tuple[str, str], float]:
        """What was counted since the database was made, by name and label."""
        with self._reading() as connection:
            return figures.everything(connection)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._engine.connect() as connection, understood(connection):
            yield connection

    # Writing

    def try_writing(self, at: datetime) -> None:
        """Write what nobody needs, to see whether it can be done. Raises RecordsError, within about a second."""
        with (
            self._turnstile.passed(HURRIED_TIMEOUT_MS),
            self._engine.connect() as connection,
            in_a_hurry(connection),
            connection.begin(),
        ):
            figures.put(connection, "tried_writing", "", at.timestamp())

    def examine(self, at: datetime) -> None:
        """Look for all that a pass or the page may stumble over. Raises RecordsError."""
        self.try_writing(at)
        with self._reading() as connection:
            check_pages(connection)
            # What is stored, not what we know of it.
            views.Restored().all(connection)
            history.Remembered().as_of(connection, at)
            newest_changes(connection)
        for spreadsheet_id in self.seen():
            self.memory(spreadsheet_id)
            with self._reading() as connection:
                last_values(connection, spreadsheet_id)
        self.last_passes()
        self.pending_writes()

    def take_lease(self, spreadsheet_id: str, holder: LeaseHolder, at: datetime) -> bool:
        """Take the spreadsheet's lease; False where somebody else holds it. `sync.records.leases` tells who may."""
        try:
            with self._writing() as connection:
                return leases.take(connection, spreadsheet_id, holder, at)
        except IntegrityError:
            return False

    def give_back_lease(self, spreadsheet_id: str, holder: LeaseHolder) -> None:
        """Let the lease go, unless it is somebody else's by now."""
        with self._writing() as connection:
            leases.give_back(connection, spreadsheet_id, holder)

    def free_lease(self, spreadsheet_id: str, run: str) -> None:
        """Let the lease of a run go that is known to be gone: should it wake up, it writes nothing more."""
        with self._writing() as connection:
            leases.free(connection, spreadsheet_id, run)

    def intend(
        self,
        spreadsheet_id: str,
        score_columns: Iterable[ScorePlace],
        landed: Mapping[str, Written],
        pending_write: bytes,
        at: datetime,
        holder: LeaseHolder | None = None,
    ) -> None:
        """Note what is about to be written: into which columns, and all it takes to put it right.

        If we die after it, the next pass knows that it was us, and where to look. `landed` is what was seen to stand
        since the last note, by slot. Raises LeaseLostError, as do the methods below, where the lease is no longer the
        `holder`'s.
        """
        with self._change(spreadsheet_id, holder, at) as connection:
            ownership.keep_owned_columns(connection, spreadsheet_id, score_columns)
            ownership.keep_written(connection, spreadsheet_id, landed, at)
            pending_writes.keep(connection, spreadsheet_id, pending_write, at)

    def withdraw(self, spreadsheet_id: str, before: Memory, at: datetime, holder: LeaseHolder | None = None) -> None:
        """Take an intention back: Google refused the write, so what was known `before` is still so."""
        with self._change(spreadsheet_id, holder, at) as connection:
            ownership.forget_owned_columns(connection, spreadsheet_id)
            ownership.keep_owned_columns(connection, spreadsheet_id, before.owned_columns)
            pending_writes.keep(connection, spreadsheet_id, before.pending_write, at)

    def record(
        self,
        record: PassRecord,
        snapshot: Snapshot | None = None,
        memory: Memory | None = None,
        holder: LeaseHolder | None = None,
        part: Part | None = None,
    ) -> int:
        """Keep a finished pass, all or nothing, and give its number.

        `snapshot` and `memory` come together, or not at all for a pass that learned nothing. Of what was written, the
        memory need hold only what is new. Where the view before is the one that is stored, `part` may tell what of it
        is another now: the rest is not stored again.
        """
        with self._change(record.spreadsheet, holder, record.finished_at) as connection:
            if snapshot is not None and memory is not None:
                digest = views.keep(connection, snapshot, columns_of(memory), part)
                self._readable.note(record.spreadsheet, digest)
                keys = part.keys if part else None
                history.keep(connection, snapshot, keys)
                keep_current_values(connection, snapshot, keys)
                ownership.keep_owned_columns(connection, record.spreadsheet, memory.owned_columns)
                ownership.keep_written(connection, record.spreadsheet, memory.written, record.finished_at)
                pending_writes.keep(connection, record.spreadsheet, memory.pending_write, record.finished_at)
            return passes.keep(connection, record)

    def keep_notice(self, notice: Notice) -> None:
        """Note what is about to be done with a message, or what came of it."""
        with self._writing() as connection:
            notices.keep(connection, notice)

    def forget_notices(self, before: datetime) -> None:
        """Drop those that nothing has been done about since a moment."""
        with self._writing() as connection:
            notices.forget(connection, before)

    def keep_closed(self, spreadsheet_id: str, periods: Iterable[ClosedPeriod]) -> None:
        """Keep the results of periods for good; those that are kept already stay as they are."""
        with self._writing() as connection:
            closed_periods.keep(connection, spreadsheet_id, periods)

    def decide_period(self, key: str, is_closed: bool, at: datetime) -> None:
        """Somebody closed a period, or opened it again: then what was kept of it is forgotten."""
        with self._writing() as connection:
            closed_periods.decide(connection, key, is_closed, at)

    def still_good(self, record: PassRecord, holder: LeaseHolder | None = None) -> int:
        """Keep a pass that found nothing changed: the last good view is good as of now. Gives its number."""
        with self._change(record.spreadsheet, holder, record.finished_at) as connection:
            views.seen(connection, record.spreadsheet, record.finished_at)
            return passes.keep(connection, record)

    def forget(self, spreadsheet_ids: Iterable[str]) -> None:
        """Drop spreadsheets that are no longer in a configuration; the history of scores and values stays."""
        ids = list(spreadsheet_ids)
        with self._writing() as connection:
            gone = connection.execute(delete(spreadsheet).where(spreadsheet.c.id.in_(ids))).rowcount
            for table in (contacted, written, journal, look):
                connection.execute(delete(table).where(table.c.spreadsheet.in_(ids)))
            if gone:
                figures.add(connection, "version", "", 1)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction that writes."""
        with self._turnstile.passed(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _change(self, spreadsheet_id: str, holder: LeaseHolder | None, at: datetime) -> Iterator[Connection]:
        """A change, all or nothing, by whoever holds the spreadsheet's lease; None where nobody shares the records."""
        with self._writing() as connection:
            if holder is not None:
                leases.confirm(connection, spreadsheet_id, holder, at)
            yield connection
