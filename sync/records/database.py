"""Opening the database: engine settings and migrations. Knows no OKRs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, DatabaseError, IntegrityError, NoSuchModuleError, ProgrammingError
from sqlalchemy.pool import ConnectionPoolEntry

from sync.logs import redacted

BUSY_TIMEOUT_MS = 15_000
HURRIED_TIMEOUT_MS = 1_000
# What a burst of changes leaves of the file beside the database, once they are in it.
WAL_BYTES = 16 * 1024 * 1024


# How databases say what is wrong.
_SIGNS = {
    "corrupt": ("malformed", "not a database"),
    "full": ("disk is full", "disk I/O error", "No space left"),
    "locked": ("database is locked",),
}


class RecordsError(Exception):
    """The records cannot be used; `detail` is what the database said. Neither it nor `url` holds a secret.

    `reason` is "newer" (made by a later version), "corrupt", "full" (the disk), "locked" (by another process for too
    long) or "unusable".
    """

    def __init__(self, url: str, reason: str, detail: str = "") -> None:
        self.url, self.reason, self.detail = redacted(url), reason, redacted(detail)
        super().__init__(f"{self.url}: {reason} {self.detail}".strip())


def open_engine(url: str) -> Engine:
    """An engine on a database that is up to date; created where it is missing. Raises RecordsError."""
    place = _place(url)
    shown = _shown(place)
    try:
        if place.get_backend_name() == "sqlite" and place.database:
            Path(place.database).parent.mkdir(parents=True, exist_ok=True)
            # Two processes that start together must not migrate at once.
            with FileLock(f"{place.database}.migrating"):
                return _up_to_date(_engine(url), shown)
        return _up_to_date(_engine(url), shown)
    except (OSError, ImportError, NoSuchModuleError) as error:
        raise RecordsError(shown, "unusable", str(error)) from error


def set_aside(url: str, at: datetime) -> Path | None:
    """Rename an SQLite database, and say how it is called now, so that the next `open_engine` makes a new one.

    None where there was no file. Raises RecordsError for a database that is not a file of ours.
    """
    place = _place(url)
    if place.get_backend_name() != "sqlite" or not place.database:
        raise RecordsError(
            _shown(place), "unusable", "only an SQLite file can be set aside; make an empty database yourself"
        )
    path = Path(place.database)
    if not path.exists():
        return None
    aside = path.with_name(f"{path.name}.{at:%Y%m%dT%H%M%SZ}")
    with FileLock(f"{path}.migrating"):
        # The newest changes may still be in the file beside it.
        for part in ("-wal", "-shm", ""):
            if Path(f"{path}{part}").exists():
                Path(f"{path}{part}").rename(f"{aside}{part}")
    return aside


def _place(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError as error:
        raise RecordsError("database", "unusable", str(error)) from None


def _shown(place: URL) -> str:
    """The address for people, without what stands behind a "?": a driver may take its password from there too."""
    return place.set(query={}).render_as_string(hide_password=True)


def _engine(url: str) -> Engine:
    # What people write in cells must not reach a log by way of an error.
    engine = watched(create_engine(url, hide_parameters=True))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
    return engine


def watched(engine: Engine) -> Engine:
    """The engine, whose trouble with the database itself is a RecordsError from now on."""
    shown = _shown(engine.url)
    event.listen(engine, "handle_error", lambda context: _tell(context, shown))
    return engine


def _tell(context: ExceptionContext, shown: str) -> None:
    """Raise RecordsError for trouble with the database; a mistake in a statement of ours stays what it is."""
    if isinstance(context.sqlalchemy_exception, DatabaseError) and not isinstance(
        context.sqlalchemy_exception, IntegrityError | ProgrammingError
    ):
        said = str(context.original_exception)
        reason = next((reason for reason, signs in _SIGNS.items() if any(sign in said for sign in signs)), "unusable")
        raise RecordsError(shown, reason, said) from context.original_exception


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


@contextmanager
def in_a_hurry(connection: Connection) -> Iterator[None]:
    """Wait for another writer no longer than a second. PostgreSQL locks rows, and has none that others wait for."""
    if connection.dialect.name != "sqlite":
        yield
        return
    _be_patient(connection, HURRIED_TIMEOUT_MS)
    try:
        yield
    finally:
        _be_patient(connection, BUSY_TIMEOUT_MS)


def _be_patient(connection: Connection, milliseconds: int) -> None:
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {milliseconds}")
    # SQLAlchemy begins a transaction with the first statement.
    connection.rollback()


def _up_to_date(engine: Engine, shown: str) -> Engine:
    try:
        with as_file(files("sync.records") / "migrations") as folder, engine.begin() as connection:
            _migrate(connection, folder, shown)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _migrate(connection: Connection, folder: Path, shown: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection).get_current_revision()
    if current == scripts.get_current_head():
        return
    known = {script.revision for script in scripts.walk_revisions()}
    if current is not None and current not in known:
        raise RecordsError(shown, "newer", current)
    command.upgrade(config, "head")
