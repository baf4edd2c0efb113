"""Many threads and programs at one database: none waits for long, and nothing is lost between them."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from sync.records import Records, RecordsError
from sync.records.database import watched
from tests.support.databases import on_sqlite
from tests.support.recorded import MEMORY, NOON, a_pass, snapshot


def test_what_is_open_elsewhere_can_be_read_while_it_is_written(records: Records, url: str) -> None:
    reader = Records.open(url)
    records.record(a_pass(), snapshot(), MEMORY)
    assert reader.snapshot("sales") == snapshot()
    reader.close()


@on_sqlite
def test_trying_to_write_changes_no_version_and_does_not_wait_long_for_a_lock(records: Records, file: Path) -> None:
    records.record(a_pass(), snapshot(), MEMORY)
    version = records.version()
    records.try_writing(NOON)
    assert records.version() == version
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("begin immediate")
        with pytest.raises(RecordsError, match="locked"):
            records.try_writing(NOON)
        other.execute("rollback")
    other.close()
    records.try_writing(NOON)


def test_no_thread_waits_for_the_connections_of_others(records: Records) -> None:
    with ExitStack() as held:
        for _ in range(40):
            held.enter_context(records._engine.connect())
        assert records.snapshots() == []


@on_sqlite
def test_threads_of_a_process_write_one_after_the_other_and_leave_nothing_to_the_databases_own_waiting(
    url: str,
) -> None:
    Records.open(url).close()
    impatient = Records(watched(create_engine(url, connect_args={"timeout": 0})))
    with ThreadPoolExecutor(8) as pool:
        numbers = list(
            pool.map(lambda minutes: impatient.record(a_pass(NOON + timedelta(minutes=minutes))), range(200))
        )
    assert sorted(numbers) == list(range(1, 201))
    impatient.close()


@on_sqlite
def test_whose_turn_to_write_does_not_come_is_told_that_the_records_are_locked(records: Records) -> None:
    with ThreadPoolExecutor(1) as other, records._turnstile.passed():
        trying = other.submit(records.try_writing, NOON)
        with pytest.raises(RecordsError, match="locked others of this process have been writing for 1 seconds"):
            trying.result()


def test_passes_that_are_recorded_at_once_in_an_empty_database_are_all_counted(records: Records) -> None:
    """Each with its statuses in another order, and all of them as the first to count anything."""
    together = threading.Barrier(12)

    def keep(number: int) -> None:
        statuses = {200: 1, 429: 1, 503: 1} if number % 2 else {503: 1, 429: 1, 200: 1}
        made = replace(a_pass(spreadsheet=f"team-{number}"), statuses=statuses)
        together.wait()
        records.record(made)

    with ThreadPoolExecutor(together.parties) as pool:
        list(pool.map(keep, range(together.parties)))
    figures = records.figures()
    assert [figures["requests", status] for status in ("200", "429", "503")] == [together.parties] * 3
    assert figures["passes", "ok"] == together.parties
