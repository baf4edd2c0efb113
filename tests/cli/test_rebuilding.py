"""`rebuild-records` as an admin uses it: what it goes over, what it leaves alone, and what it says is lost."""

import sqlite3
import subprocess
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync.records import Records
from tests.support.commands import database, okr_sheets
from tests.support.flat_sheet import FLAT, HEADER, change_current, key_results, scores
from tests.support.installation import Installation

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def sales(installation: Installation) -> Installation:
    """Scores are written, and nobody has the database open."""
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5)]})
    installation.configure(FLAT)
    installation.sync()
    installation.records.close()
    return installation


@contextmanager
def opened(installation: Installation) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(database(installation), isolation_level=None)) as connection:
        yield connection


def corrupt(installation: Installation) -> None:
    database(installation).write_text("this is a letter, not a database " * 200)


def kept(installation: Installation) -> list[Path]:
    """The databases that were set aside."""
    return [path for path in database(installation).parent.glob("okr-sheets.db.2*") if not path.suffix.endswith("l")]


def refused(run: "subprocess.CompletedProcess[str]", installation: Installation, why: str) -> None:
    assert run.returncode == 2, run.stdout
    assert why in run.stderr
    assert "Traceback" not in run.stderr
    assert kept(installation) == []


# What is left alone


@pytest.mark.parametrize("held", ["PRAGMA locking_mode = EXCLUSIVE", "PRAGMA locking_mode = NORMAL"])
def test_a_database_that_another_program_holds_is_left_alone(sales: Installation, held: str) -> None:
    with opened(sales) as other:
        other.execute(held)
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE figure SET value = value")
        refused(okr_sheets(sales, "rebuild-records"), sales, "Another program holds the database.")


def test_a_database_of_a_newer_version_is_left_alone(sales: Installation) -> None:
    with opened(sales) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    refused(okr_sheets(sales, "rebuild-records"), sales, "It was written by a newer okr-sheets.")


def test_on_a_full_disk_the_database_is_left_alone(sales: Installation) -> None:
    """The kernel lets this process write no file beyond a few kilobytes, as a full disk would."""
    run = okr_sheets(sales, "rebuild-records", largest_file=4096)
    refused(run, sales, "The disk is full.")


@pytest.mark.parametrize("is_corrupt", [False, True])
def test_a_database_that_the_page_has_open_is_not_taken_from_under_it(sales: Installation, is_corrupt: bool) -> None:
    with Records.open(sales.config.database_url):
        if is_corrupt:
            corrupt(sales)
        why = "the page, a worker or a command of okr-sheets has it open"
        refused(okr_sheets(sales, "rebuild-records"), sales, why)
    assert okr_sheets(sales, "rebuild-records").returncode == 0
    assert len(kept(sales)) == 1


def test_where_there_is_no_database_one_is_made_and_none_set_aside(sales: Installation) -> None:
    database(sales).unlink()
    run = okr_sheets(sales, "rebuild-records")
    assert (run.returncode, "kept as" in run.stdout, kept(sales)) == (0, False, [])
    assert database(sales).exists()


# What was under way


def test_a_write_that_cannot_be_looked_after_is_given_up_when_that_is_said(sales: Installation) -> None:
    with Records.open(sales.config.database_url) as records:
        records.intend("gone", [], {}, b"what it may have hit", NOON)
    refused(okr_sheets(sales, "rebuild-records"), sales, "A write to gone was cut off")
    run = okr_sheets(sales, "rebuild-records", "--give-up-writes")
    assert run.returncode == 0
    assert "The write to gone is given up: if it hit a wrong cell, our number stays there." in run.stdout
    with closing(sqlite3.connect(kept(sales)[0])) as old:
        assert old.execute("SELECT spreadsheet FROM journal").fetchall() == [("gone",)]


@pytest.mark.parametrize("entry", [b"\x00\xff\x11", zlib.compress(b"[]"), zlib.compress(b'{"version": 2}')])
def test_a_journal_that_nobody_can_read_is_closed_by_the_next_pass(sales: Installation, entry: bytes) -> None:
    with Records.open(sales.config.database_url) as records:
        records.intend("sales", [], {}, entry, NOON)
    run = okr_sheets(sales, "sync")
    assert run.returncode == 0, run.stderr
    assert "sales: a write was cut off, and nobody can read what it may have hit" in run.stderr
    with Records.open(sales.config.database_url) as records:
        assert records.pending_writes() == {}


def test_that_a_corrupt_database_cannot_tell_of_a_write_is_said(sales: Installation) -> None:
    corrupt(sales)
    assert "If a write was cut off, nobody knows any more" in okr_sheets(sales, "rebuild-records").stdout


# What is damaged inside


@pytest.mark.parametrize(
    "damage",
    ["UPDATE spreadsheet SET tabs = '{'", "UPDATE spreadsheet SET snapshot = '{}'", "UPDATE journal SET at = 'noon'"],
)
def test_damaged_contents_are_told_with_the_way_out_and_rebuilt(sales: Installation, damage: str) -> None:
    with Records.open(sales.config.database_url) as records:
        records.intend("sales", [], {}, b"", NOON)
    with opened(sales) as connection:
        connection.execute(damage)
        connection.execute("UPDATE spreadsheet SET looked_at = NULL")
    for command in ("sync", "doctor"):
        run = okr_sheets(sales, command)
        assert (run.returncode, "Traceback" in run.stderr) == (2, False), run.stderr
        assert "Run “okr-sheets rebuild-records”" in run.stdout + run.stderr
    assert okr_sheets(sales, "rebuild-records", "--give-up-writes").returncode == 0
    assert okr_sheets(sales, "doctor").returncode == 0


# Scores that changed meanwhile


def test_scores_that_changed_meanwhile_wait_and_the_tab_is_named_with_the_reason(sales: Installation) -> None:
    corrupt(sales)
    change_current(sales.server, "sales", 0, row=1, value=9)
    run = okr_sheets(sales, "rebuild-records")
    assert run.returncode == 1
    assert "“OKR” waits: 1 of its score cells hold other numbers than ours, and only the old database" in run.stdout
    assert scores(sales) == {"KR 1": 0.2, "KR 2": 0.5}
    okr_sheets(sales, "sync", "--accept")
    assert scores(sales) == {"KR 1": 0.9, "KR 2": 0.5}
