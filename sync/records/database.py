"""Opening the database: engine settings, and whether it is to be made or migrated. Knows no OKRs."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, DatabaseError, IntegrityError, NoSuchModuleError, ProgrammingError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool
from sqlalchemy.schema import CreateSchema

from sync.domain.redaction import redacted
from sync.records.copies import copy
from sync.records.creating import create, is_new

# The databases that we know.
KINDS = ("sqlite", "postgresql")
# The last of the migrations.
NEWEST = "0008"
BUSY_TIMEOUT_MS = 15_000
# How long PostgreSQL waits for the next statement of a transaction before it undoes it: its machine may be gone.
ABANDONED_MS = 60_000
# How many connections are kept. A thread that needs one and finds none free opens one more: passers and readers of the
# page never wait for each other's.
KEPT_CONNECTIONS = 16
# The same where many companies share a database: what each needs at the same moment now and then is opened anew.
KEPT_BY_ONE_OF_MANY = 2
# Seconds that another process may take to open the database, with all that it has to migrate.
OPENING_PATIENCE = 60.0
# Which of a database's advisory locks stands for its migration: a number like any other, but always the same.
MIGRATION_LOCK = 0x6F6B72
# What a burst of changes leaves of the file beside the database, once they are in it.
WAL_BYTES = 16 * 1024 * 1024


# How databases say what is wrong.
_SIGNS = {
    "corrupt": ("malformed", "not a database", "Could not decode"),
    "full": ("disk is full", "disk I/O error", "No space left"),
    "locked": ("database is locked", "due to lock timeout"),
}


class RecordsError(Exception):
    """The records cannot be used; `detail` is what the database said. Neither it nor `url` holds a secret.

    `reason` is "newer" (made by a later version), "corrupt", "full" (the disk), "locked" (by another process for too
    long), "address" (that is none), "kind" (of database, which we do not know), "driver" (that is not installed, or
    cannot be used) or "unusable".
    """

    def __init__(self, url: str, reason: str, detail: str = "") -> None:
        self.url, self.reason, self.detail = redacted(url), reason, redacted(detail)
        super().__init__(f"{self.url}: {reason} {self.detail}".strip())


def open_engine(url: str, schema: str | None = None) -> Engine:
    """An engine on a database that is up to date; created where it is missing. On PostgreSQL all is in the `schema`,
    and nothing of another is seen; an SQLite file has none. Raises RecordsError.
    """
    place = _place(url)
    _check_driver(place)
    try:
        if place.get_backend_name() == "sqlite" and place.database:
            Path(place.database).parent.mkdir(parents=True, exist_ok=True)
            with _opening(place):
                _make_private(place.database)
                return _in_use(_engine(url), place)
        return _up_to_date(_engine(url, schema), schema)
    except OSError as error:
        raise RecordsError(shown(place), _reason(str(error)), str(error)) from error


def _make_private(database: str) -> None:
    """Make a file that is missing, for its owner alone: it holds what people wrote. One that is there stays as it is.

    SQLite takes an empty file for a new database, and gives the files that it puts beside it the rights of this one.
    A umask would be in force for all threads.
    """
    with suppress(FileExistsError):
        os.close(os.open(database, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def database_file(url: str) -> Path:
    """Where an SQLite database is, or will be. Raises RecordsError for one that is not a file of ours."""
    place = _place(url)
    if place.get_backend_name() != "sqlite" or not place.database:
        detail = "this is not an SQLite file; make an empty database yourself"
        raise RecordsError(shown(place), "unusable", detail)
    return Path(place.database)


def set_aside(url: str, at: datetime) -> Path:
    """Rename an SQLite database, and say how it is called now, so that the next `open_engine` makes a new one.

    Raises RecordsError where that is not a file of ours, or any process has it open.
    """
    path, place = database_file(url), _place(url)
    aside = path.with_name(f"{path.name}.{at:%Y%m%dT%H%M%SZ}")
    with _opening(place), closing(_users(place, "EXCLUSIVE")):
        # The newest changes may still be in the file beside it.
        for part in ("-wal", "-shm", ""):
            if Path(f"{path}{part}").exists():
                Path(f"{path}{part}").rename(f"{aside}{part}")
    return aside


def back_up(url: str, target: Path) -> None:
    """Put a copy of an SQLite database in the place of a file, while others use the database.

    Raises RecordsError, and OSError where the file cannot be made.
    """
    path = database_file(url)
    try:
        copy(path, target)
    except sqlite3.Error as error:
        raise RecordsError(shown(_place(url)), _reason(str(error)), str(error)) from None


def _place(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        # What cannot be taken to pieces may hold a password anywhere.
        raise RecordsError(re.sub(r"[:@].*", "…", url), "address") from None


def _check_driver(place: URL) -> None:
    """Raise RecordsError unless this kind of database is one that we know, and its driver is there."""
    if place.get_backend_name() not in KINDS:
        raise RecordsError(shown(place), "kind")
    try:
        dialect = place.get_dialect()
        dialect.import_dbapi()
        dialect().create_connect_args(place)
    except (ImportError, NoSuchModuleError) as error:
        raise RecordsError(shown(place), "driver", str(error)) from None
    except (TypeError, ValueError, ArgumentError):
        raise RecordsError(shown(place), "address") from None
    if dialect.is_async:
        raise RecordsError(shown(place), "driver", "asyncio")


def shown(place: URL) -> str:
    """The address for people, without what stands behind a "?": a driver may take its password from there too."""
    return place.set(query={}).render_as_string(hide_password=True)


@contextmanager
def _opening(place: URL) -> Iterator[None]:
    """Two processes that start together must not migrate at once."""
    try:
        with FileLock(f"{place.database}.migrating", timeout=OPENING_PATIENCE):
            yield
    except Timeout:
        detail = f"another process has been opening it for {OPENING_PATIENCE:.0f} seconds"
        raise RecordsError(shown(place), "locked", detail) from None


def _in_use(engine: Engine, place: URL) -> Engine:
    """The engine, up to date, on a file that nobody sets aside until the engine is disposed of."""
    users = _users(place, "DEFERRED")
    event.listen(engine, "engine_disposed", lambda _: users.close())
    return _up_to_date(engine)


def _users(place: URL, mode: str) -> sqlite3.Connection:
    """A lock that lasts until it is closed: DEFERRED is shared by all who have the database open, EXCLUSIVE is alone.

    On a file of its own, because the database may be no database any more. Raises RecordsError.
    """
    path = f"{place.database}.users"
    try:
        with ExitStack() as held:
            _make_private(path)
            lock = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
            held.callback(lock.close)
            lock.execute(f"BEGIN {mode}")
            # A deferred transaction takes its lock with the first thing it reads.
            lock.execute("SELECT count(*) FROM sqlite_master").fetchall()
            held.pop_all()
            return lock
    except (sqlite3.Error, OSError) as error:
        reason = _reason(str(error))
        detail = "the page, a worker or a command of okr-sheets has it open" if reason == "locked" else str(error)
        raise RecordsError(shown(place), reason, detail) from None


def _engine(url: str, schema: str | None = None) -> Engine:
    # What people write in cells must not reach a log by way of an error.
    kept = KEPT_BY_ONE_OF_MANY if schema else KEPT_CONNECTIONS
    engine = watched(create_engine(url, hide_parameters=True, poolclass=QueuePool, pool_size=kept, max_overflow=-1))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
    elif engine.dialect.name == "postgresql":
        # Before SQLAlchemy asks for itself which schema is meant.
        event.listen(engine, "connect", partial(_set_up_postgresql, schema), insert=True)
    return engine


def watched(engine: Engine) -> Engine:
    """The engine, whose trouble with the database itself is a RecordsError from now on."""
    event.listen(engine, "handle_error", lambda context: _tell(context, shown(engine.url)))
    return engine


def _tell(context: ExceptionContext, shown: str) -> None:
    """Raise RecordsError for trouble with the database; a mistake in a statement of ours stays what it is."""
    ours = isinstance(context.sqlalchemy_exception, IntegrityError | ProgrammingError) and context.statement is not None
    if isinstance(context.sqlalchemy_exception, DatabaseError) and not ours:
        # Of a text that is no UTF-8, SQLite's driver quotes the text.
        said = str(context.original_exception).partition(" with text ")[0]
        raise RecordsError(shown, _reason(said), said) from None


def _reason(said: str) -> str:
    return next((reason for reason, signs in _SIGNS.items() if any(sign in said for sign in signs)), "unusable")


@contextmanager
def understood(connection: Connection) -> Iterator[None]:
    """For reading: a value that cannot be one of ours is a RecordsError "corrupt"."""
    try:
        yield
    except (ValueError, TypeError, ArithmeticError, LookupError) as error:
        # Nothing more of the cause, which quotes what people wrote in cells.
        detail = f"what is stored in it cannot be read ({type(error).__name__})"
        raise RecordsError(shown(connection.engine.url), "corrupt", detail) from None


def check_pages(connection: Connection) -> None:
    """Look through the whole file of an SQLite database. Raises RecordsError."""
    if connection.dialect.name == "sqlite":
        said = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
        if said != "ok":
            raise RecordsError(shown(connection.engine.url), "corrupt", " ".join(said.split()))


def _set_up_sqlite(connection: object, _entry: ConnectionPoolEntry) -> None:
    """WAL lets the page read while the worker writes; the timeout lets two writers take turns.

    What is noted before a write into a sheet must outlive a power cut, so every commit is flushed to the disk.
    """
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        f"journal_size_limit = {WAL_BYTES}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _set_up_postgresql(schema: str | None, connection: object, _entry: ConnectionPoolEntry) -> None:
    """A machine that stopped in the middle of a change holds rows, such as a lease: nobody waits for it without end."""
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute(f"SET lock_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute(f"SET idle_in_transaction_session_timeout = {ABANDONED_MS}")
    if schema:
        cursor.execute("SELECT set_config('search_path', quote_ident(%s), false)", [schema])
    cursor.close()
    # A setting that is rolled back is none.
    connection.commit()  # type: ignore[attr-defined]


def _up_to_date(engine: Engine, schema: str | None = None) -> Engine:
    try:
        with engine.begin() as connection:
            if not _is_newest(connection):
                _keep_a_copy(connection)
                _be_the_one_who_migrates(connection)
                if schema and not inspect(connection).has_schema(schema):
                    connection.execute(CreateSchema(schema))
                _migrate(connection)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _is_newest(connection: Connection) -> bool:
    version = _version(connection)
    if version is not None and version > NEWEST:
        raise RecordsError(shown(connection.engine.url), "newer", version)
    return version == NEWEST


def _keep_a_copy(connection: Connection) -> None:
    """Leave an SQLite database as it is beside the one that is upgraded, for the version of okr-sheets that made it."""
    place, version = connection.engine.url, _version(connection)
    if version is not None and connection.dialect.name == "sqlite" and place.database:
        back_up(str(place), Path(f"{place.database}.schema-{version}"))


def _be_the_one_who_migrates(connection: Connection) -> None:
    """Until the transaction ends; an SQLite file has a lock of its own besides, see `_opening`."""
    if connection.dialect.name == "sqlite":
        # Its driver begins none before a change of tables, each of which would be there at once: whoever is killed in
        # between would leave a database of no version.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = {int(OPENING_PATIENCE * 1000)}"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))


def _migrate(connection: Connection) -> None:
    # Another process may have done it while we waited for the lock.
    if _is_newest(connection):
        return
    if is_new(connection):
        create(connection, NEWEST)
    else:
        # Alembic takes a fifth of the time in which a command starts.
        from sync.records.migrating import migrate

        migrate(connection)


def _version(connection: Connection) -> str | None:
    """Of the database: the number of its last migration; None for a new one."""
    if is_new(connection):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
