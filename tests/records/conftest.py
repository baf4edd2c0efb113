"""Records in an empty database of each kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.records import Records


@pytest.fixture
def url(database_url: str) -> str:
    return database_url


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where SQLite has its database."""
    return tmp_path / "state" / "okr-sheets.db"


@pytest.fixture
def records(url: str) -> Iterator[Records]:
    opened = Records.open(url)
    yield opened
    opened.close()
