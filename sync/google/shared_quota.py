"""Requests counted in PostgreSQL, for all machines that sign in as the same identity.

By the database's clock, because those of the machines differ. What is counted lives for a minute.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout
from pyrate_limiter import AbstractBucket, Duration, PostgresBucket, Rate

from sync.domain.failures import Trouble
from sync.domain.redaction import redacted
from sync.google.errors import SheetsError

# Seconds that a free connection is waited for; and after which one that cannot be made is tried anew, not ever more
# rarely.
PATIENCE = 10.0
# Threads that count at once; it takes milliseconds.
CONNECTIONS = 4
# `PostgresClock` would go on by this machine's clock where the database does not answer.
_MILLISECONDS = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint"


class InPostgreSQL:
    """Counted in tables of their own, in a schema that is made where it is missing; `address` is libpq's."""

    def __init__(self, address: str, schema: str) -> None:
        """Raises SheetsError where the database cannot be reached."""
        with self.asked(), psycopg.connect(address, autocommit=True) as connection:
            # Two machines that begin together: whoever waited finds it made.
            connection.execute("SELECT pg_advisory_lock(hashtext(%s))", (schema,))
            connection.execute(psycopg.sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(psycopg.sql.Identifier(schema)))
        options = {"options": f"-c search_path={schema} -c timezone=UTC"}
        self._pool: ConnectionPool[psycopg.Connection[tuple[object, ...]]] = ConnectionPool(
            address,
            kwargs=options,
            min_size=0,
            max_size=CONNECTIONS,
            timeout=PATIENCE,
            reconnect_timeout=PATIENCE,
            check=ConnectionPool.check_connection,
            open=True,
        )

    def bucket(self, name: str, most: int) -> AbstractBucket:
        # A table is called by it, and an identity may have any name.
        called = hashlib.sha256(name.encode()).hexdigest()[:16]
        with self.asked():
            return PostgresBucket(self._pool, called, [Rate(most, Duration.MINUTE)])

    def milliseconds(self) -> int:
        with self._pool.connection() as connection:
            return cast(int, connection.execute(_MILLISECONDS).fetchall()[0][0])

    @contextmanager
    def asked(self) -> Iterator[None]:
        try:
            yield
        except (psycopg.Error, PoolTimeout) as error:
            raise SheetsError(Trouble.RECORDS, redacted(str(error))) from None

    def close(self) -> None:
        """Give back all connections."""
        self._pool.close()
