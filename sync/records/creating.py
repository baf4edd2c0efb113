"""A new database: all tables as they are today, at once. One of an earlier version goes through `migrating`."""

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, insert, inspect

from sync.records.tables import metadata

# Where Alembic looks up how far a database has come, made as it makes it.
_VERSION = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def is_new(connection: Connection) -> bool:
    return not inspect(connection).has_table(_VERSION.name)


def create(connection: Connection, version: str) -> None:
    """Make the tables of this version in the transaction under way. A table of that name that is there is an error."""
    metadata.create_all(connection, checkfirst=False)
    _VERSION.create(connection)
    connection.execute(insert(_VERSION).values(version_num=version))
