"""A new database is made at once as it is today: what all migrations lead to, and whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, inspect
from sqlalchemy.exc import ProgrammingError

from sync.records import Records, RecordsError
from sync.records.creating import create
from sync.records.database import NEWEST
from sync.records.migrating import migrate
from sync.records.tables import metadata
from tests.support.databases import change


@pytest.fixture
def empty(url: str, file: Path) -> Iterator[Engine]:
    """A database in which nothing is."""
    file.parent.mkdir()
    engine = create_engine(url)
    yield engine
    engine.dispose()


def described(connection: Connection) -> dict[str, list[str]]:
    """All that a database tells of each table: columns in their order with types and defaults, keys, indexes."""
    found = inspect(connection)
    asked = (
        found.get_columns,
        found.get_pk_constraint,
        found.get_foreign_keys,
        found.get_indexes,
        found.get_unique_constraints,
        found.get_check_constraints,
        found.get_table_options,
    )
    return {table: [repr(ask(table)) for ask in asked] for table in found.get_table_names()}


def test_the_migrations_lead_to_the_tables(empty: Engine) -> None:
    with empty.begin() as connection:
        migrate(connection)
        migrations = MigrationContext.configure(connection)
        assert migrations.get_current_revision() == NEWEST
        assert compare_metadata(migrations, metadata) == []


def test_what_is_made_at_once_is_what_the_migrations_lead_to(empty: Engine) -> None:
    with empty.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        create(connection, NEWEST)
        at_once, version = described(connection), MigrationContext.configure(connection).get_current_revision()
        connection.rollback()
        assert described(connection) == {}
        migrate(connection)
        assert (at_once, version) == (described(connection), NEWEST)


def test_where_a_table_of_that_name_is_already_there_none_is_made(empty: Engine, url: str) -> None:
    change(url, "CREATE TABLE figure (of TEXT)")
    with pytest.raises((RecordsError, ProgrammingError), match="already exists"):
        Records.open(url)
    with empty.connect() as connection:
        assert inspect(connection).get_table_names() == ["figure"]
