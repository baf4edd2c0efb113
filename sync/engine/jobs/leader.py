"""Which process decides: whoever holds a lock of PostgreSQL that goes when its session does.

A session that says nothing for some seconds is ended by the database, so a leader that hangs is relieved as one that
died.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

# Seconds after which a leader that is not heard of is none, and between two of its signs.
SILENCE, SIGN = 15, 4.0


class NotLeadingError(Exception):
    """The database ended our session: somebody else leads, or will."""


class Leadership:
    """To be confirmed again and again, as long as it is to last."""

    def __init__(self, connection: "psycopg.Connection[tuple[object, ...]]") -> None:
        self._connection = connection

    def confirm(self) -> None:
        """Raises NotLeadingError."""
        try:
            self._connection.execute("SELECT 1")
        except psycopg.Error as error:
            raise NotLeadingError from error


@contextmanager
def leadership(address: str, of: str, silence: int = SILENCE) -> Iterator[Leadership | None]:
    """Lead what is called so, if nobody does; None where somebody does. Raises psycopg's OperationalError.

    After so many seconds of `silence` nobody does any more.
    """
    connection = psycopg.connect(address, autocommit=True)
    try:
        # Known from PostgreSQL 14 on.
        connection.execute(f"SET idle_session_timeout = '{silence}s'")
        got = connection.execute("SELECT pg_try_advisory_lock(hashtext(%s), 1)", (f"okr-sheets leads {of}",)).fetchone()
        yield Leadership(connection) if got == (True,) else None
    finally:
        connection.close()
