"""Databases: empty ones, those of one kind alone, and what is changed in them behind our back.

The empty ones were made once for all tests of a process: to copy the file takes a quarter of the time.
"""

import tempfile
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from sync.records import Records


def empty_database(path: Path) -> str:
    """Put one at a path where nothing is; its address."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_made())
    return f"sqlite:///{path}"


@cache
def _made() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "okr-sheets.db"
        Records.open(f"sqlite:///{path}").close()
        return path.read_bytes()


# Tests about a file, or about how SQLite fails.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def change(url: str, statement: str, **values: object) -> None:
    """What is stored, behind our back."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement), values)
    engine.dispose()
