"""Databases that cannot be used: damaged, of another version, full, locked, or wrongly named.

Each is told as what it is, and loses nothing.
"""

import hashlib
import re
import sqlite3
import sys
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import create_engine, event

from sync.domain.problems import problem
from sync.records import Records, RecordsError, database, set_aside
from sync.records.database import watched
from tests.support.databases import change, on_sqlite
from tests.support.recorded import CELL, ENTRY, MEMORY, NOON, a_pass, snapshot


def test_a_view_of_another_version_counts_as_none(records: Records, url: str) -> None:
    records.record(a_pass(), snapshot(), MEMORY)
    view = b'{"shape": "of another version"}'
    digest = hashlib.blake2b(view, digest_size=16).hexdigest()
    change(url, "update spreadsheet set snapshot = :view, digest = :digest", view=view.decode(), digest=f"{digest}:0")
    assert records.snapshot("sales") is None
    assert records.snapshots() == []
    assert records.memory("sales").owned_columns == frozenset({(7, "điểm")})


def test_with_a_view_of_another_version_nothing_is_known_to_be_unchanged(records: Records, url: str) -> None:
    records.record(a_pass(), snapshot(), MEMORY)
    assert records.memory("sales").fingerprint == "abc"
    view = '{"shape": "of another version"}'
    change(url, "update spreadsheet set snapshot = :view, digest = ''", view=view)
    assert records.memory("sales") == replace(MEMORY, fingerprint="")
    records.record(a_pass(), snapshot(), MEMORY)
    assert records.memory("sales") == MEMORY


DAMAGE = [
    "spreadsheet set snapshot = '{}'",
    "spreadsheet set snapshot = substr(snapshot, 5)",
    "spreadsheet set snapshot = substr(snapshot, 1, length(snapshot) - 4)",
    "spreadsheet set snapshot = 'Kết quả'",
    "spreadsheet set snapshot = cast(x'c328' as text)",
    "spreadsheet set tabs = '{'",
    "spreadsheet set tabs = '7'",
    "spreadsheet set looked_at = 'noon'",
    "spreadsheet set taken_at = 5",
    "problem set facts = '{'",
    "score set value = 'half'",
    "written set value = ''",
    "pass set result = 'splendid'",
    "journal set at = 'noon'",
]


@on_sqlite
@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_contents_are_called_corrupt_and_not_quoted(records: Records, url: str, damage: str) -> None:
    records.record(a_pass(), snapshot(), MEMORY)
    records.intend("sales", [], {"k1": Decimal("0.5")}, ENTRY, NOON)
    records.examine(NOON)
    change(url, f"update {damage}")
    with pytest.raises(RecordsError) as error:
        records.examine(NOON)
    assert error.value.reason == "corrupt"
    assert not {"0.9", "noon", "half", "splendid", "c3"} & set(re.split(r"[^\w.]", str(error.value)))


@on_sqlite
@pytest.mark.parametrize("damage", ["score set value = 'half'", "journal set at = 'noon'"])
def test_damage_that_a_pass_meets_when_it_is_recorded_is_called_corrupt(
    records: Records, url: str, damage: str
) -> None:
    records.record(a_pass(), snapshot(), MEMORY)
    records.intend("sales", [], {}, ENTRY, NOON)
    change(url, f"update {damage}")
    with pytest.raises(RecordsError, match="corrupt"):
        records.record(a_pass(), snapshot("0.75"), MEMORY)


def test_a_database_of_a_newer_version_is_left_alone(url: str) -> None:
    Records.open(url).close()
    change(url, "update alembic_version set version_num = '9999'")
    with pytest.raises(RecordsError) as error:
        Records.open(url)
    assert error.value.reason == "newer"


@on_sqlite
def test_a_full_disk_is_said_loses_nothing_and_needs_no_restart(records: Records, url: str) -> None:
    records.record(a_pass(), snapshot(), MEMORY)
    records.close()
    # SQLite answers the same when it may not grow as when the disk has no room.
    engine = create_engine(url)
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 1"))
    full = Records(watched(engine))
    many = tuple(problem("orphan", CELL, text="x" * 5000) for _ in range(200))
    with pytest.raises(RecordsError) as error:
        full.record(a_pass(), replace(snapshot("0.75"), problems=many), MEMORY)
    assert error.value.reason == "full"
    assert full.snapshot("sales") == snapshot()
    full.close()
    with Records.open(url) as again:
        again.record(a_pass(), replace(snapshot("0.75"), problems=many), MEMORY)


@on_sqlite
def test_a_database_that_another_program_keeps_locked_is_said(url: str, file: Path) -> None:
    Records.open(url).close()
    engine = create_engine(url, connect_args={"timeout": 0})
    waiting = Records(watched(engine))
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(RecordsError) as error:
        waiting.record(a_pass())
    assert error.value.reason == "locked"
    other.execute("rollback")
    waiting.record(a_pass())
    other.close()
    waiting.close()


@on_sqlite
def test_a_file_that_is_no_database_is_called_corrupt(url: str, file: Path) -> None:
    file.parent.mkdir()
    file.write_text("this is a letter, not a database " * 200)
    with pytest.raises(RecordsError) as error:
        Records.open(url)
    assert error.value.reason == "corrupt"


@on_sqlite
def test_a_process_that_never_ends_opening_it_is_not_waited_for_without_end(
    url: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "OPENING_PATIENCE", 0.1)
    file.parent.mkdir()
    with FileLock(f"{file}.migrating"):
        for attempt in (Records.open, partial(set_aside, at=NOON)):
            with pytest.raises(RecordsError) as error:
                attempt(url)
            assert (error.value.reason, error.value.detail) == (
                "locked",
                "another process has been opening it for 0 seconds",
            )


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RecordsError) as error:
        Records.open(f"sqlite:///{tmp_path / 'file' / 'okr.db'}")
    assert error.value.reason == "unusable"


@pytest.mark.parametrize(
    ("address", "reason", "told"),
    [
        ("postgre://okr:hunter2@db/okr", "kind", "postgre://[secret]@db/okr"),
        ("mysql://okr:hunter2@db/okr", "kind", "mysql://[secret]@db/okr"),
        ("state/okr.db", "address", "state/okr.db"),
        ("", "address", ""),
        ("postgresql:/okr:hunter2@db", "address", "postgresql…"),
        ("postgresql://okr:hunter2@db:port/okr", "address", "postgresql…"),
        ("sqlite:///okr.db?timeout=soon", "address", "sqlite:///okr.db"),
        ("postgresql+psycopg://okr:hunter2@db/okr", "driver", "postgresql+psycopg://[secret]@db/okr"),
        ("postgresql+nodriver://okr:hunter2@db/okr", "driver", "postgresql+nodriver://[secret]@db/okr"),
    ],
)
def test_an_address_that_cannot_be_used_is_told_by_what_is_wrong_with_it(
    address: str, reason: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)  # what an import finds where it is not installed
    with pytest.raises(RecordsError) as error:
        Records.open(address)
    assert (error.value.reason, error.value.url) == (reason, told)
    assert "hunter2" not in str(error.value)
