"""Who may write now, where one thread at a time can: an SQLite database. PostgreSQL needs none of this."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from sync.records.database import BUSY_TIMEOUT_MS, RecordsError, shown

HURRIED_TIMEOUT_MS = 1_000


class Turnstile:
    """Lets one thread at a time write to an SQLite database; those of other processes wait for its own lock.

    SQLite's waiting is a lottery that a thread among many may lose for as long as its timeout lasts.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine, self._lock = engine, threading.Lock()
        self._needed = engine.dialect.name == "sqlite"

    @contextmanager
    def passed(self, patience_ms: int = BUSY_TIMEOUT_MS) -> Iterator[None]:
        """Be the one who writes. Raises RecordsError."""
        if not self._needed:
            yield
            return
        if not self._lock.acquire(timeout=patience_ms / 1000):
            detail = f"others of this process have been writing for {patience_ms // 1000} seconds"
            raise RecordsError(shown(self._engine.url), "locked", detail)
        try:
            yield
        finally:
            self._lock.release()


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
