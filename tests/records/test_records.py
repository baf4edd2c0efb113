"""Records: what is kept between passes, on a real SQLite."""

import hashlib
import re
import shutil
import sqlite3
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from filelock import FileLock
from sqlalchemy import create_engine, event, text

from sync.domain.cells import CellRef
from sync.domain.memory import KnownTab, Memory, PassRecord, PassResult
from sync.domain.okr import KeyResult, Objective
from sync.domain.problems import problem, tab_problem
from sync.domain.scoring import Score
from sync.domain.snapshot import Snapshot, TabState, TabView
from sync.records import Records, RecordsError, database, set_aside
from sync.records.database import NEWEST, WAL_BYTES, watched
from sync.records.tables import metadata

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CELL = CellRef("sales", 7, "OKR", 1, 0)


# Tests about a file, or about how SQLite fails.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


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


def a_pass(at: datetime = NOON, result: PassResult = PassResult.OK, spreadsheet: str = "sales") -> PassRecord:
    return PassRecord(spreadsheet=spreadsheet, started_at=at, finished_at=at, result=result)


def snapshot(score: str | None = "0.5", at: datetime = NOON) -> Snapshot:
    value = None if score is None else Decimal(score)
    return Snapshot(
        spreadsheet="sales",
        title="Kinh doanh",
        url="http://127.0.0.1/edit",
        taken_at=at,
        objectives=(Objective(key="o1", text="Bán tốt hơn", cell=CELL, score_cells=(CELL,)),),
        key_results=(KeyResult(key="k1", text="KR 1", cell=CELL, objective="o1", weight=Decimal("0.3")),),
        scores={"o1": Score(value, value, counted=1, total=1), "k1": Score(value, value)},
        problems=(problem("orphan", CELL, text="Bán tốt hơn"), tab_problem("tab-missing", "X", tabs="Y")),
        tabs=(TabView(7, "OKR", TabState.GOOD, at),),
    )


ENTRY = b"what is under way"

MEMORY = Memory("abc", NOON, (KnownTab(7, "OKR mới", "OKR"),), frozenset({(7, "điểm")}))


def test_a_snapshot_comes_back_as_it_was(records: Records) -> None:
    records.record(a_pass(), snapshot(), MEMORY)
    assert records.snapshot("sales") == snapshot()
    assert records.snapshots() == [snapshot()]


def test_what_the_next_pass_must_know_comes_back(records: Records) -> None:
    records.intend("sales", [(7, "điểm")], {"k1": Decimal("0.50"), "k2": None}, ENTRY, NOON)
    records.record(a_pass(), snapshot(), MEMORY)
    memory = records.memory("sales")
    assert (memory.fingerprint, memory.looked_at, memory.tabs, memory.owned_columns) == (
        "abc",
        NOON,
        (KnownTab(7, "OKR mới", "OKR"),),
        frozenset({(7, "điểm")}),
    )
    assert memory.written == {"k1": Decimal("0.50"), "k2": None}


def test_what_is_under_way_and_what_was_seen_to_stand_is_known_even_if_the_pass_never_ended(records: Records) -> None:
    records.intend("sales", [(7, "điểm")], {"k1": Decimal("0.50")}, ENTRY, NOON)
    memory = records.memory("sales")
    assert (memory.owned_columns, memory.written, memory.pending_write) == (
        frozenset({(7, "điểm")}),
        {"k1": Decimal("0.50")},
        ENTRY,
    )


def test_what_a_pass_saw_stand_is_kept_with_it(records: Records) -> None:
    records.intend("sales", [(7, "điểm")], {"k1": Decimal("0.50"), "k2": Decimal(1)}, ENTRY, NOON)
    records.record(a_pass(), snapshot(), replace(MEMORY, written={"k1": Decimal("0.70")}))
    assert records.memory("sales").written == {"k1": Decimal("0.70"), "k2": Decimal(1)}


def test_an_intention_that_was_refused_is_taken_back(records: Records) -> None:
    records.intend("sales", [(7, "điểm")], {}, ENTRY, NOON)
    before = records.memory("sales")
    records.intend("sales", [(8, "score")], {}, b"another", NOON)
    records.withdraw("sales", before, NOON)
    assert records.memory("sales") == before


def change(url: str, statement: str, **values: object) -> None:
    """What is stored, behind our back."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement), values)
    engine.dispose()


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
    "spreadsheet set snapshot = replace(snapshot, '0.5', '0.9')",
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


def test_a_spreadsheet_that_left_the_configuration_is_forgotten_but_for_its_history(records: Records) -> None:
    records.intend("sales", [(7, "điểm")], {"k1": Decimal("0.50")}, ENTRY, NOON)
    records.record(a_pass(), snapshot(), MEMORY)
    records.forget(["other"])
    assert len(records.snapshots()) == 1
    records.forget(["sales"])
    assert records.snapshots() == []
    assert records.memory("sales") == Memory()
    assert len(records.histories(["k1"])["k1"]) == 1


def test_before_the_first_pass_there_is_nothing(records: Records) -> None:
    assert records.snapshot("sales") is None
    assert records.memory("sales") == Memory()
    assert records.version() == 0


def test_history_grows_only_when_a_score_changes(records: Records) -> None:
    for minutes, score in enumerate(["0.5", "0.5", "0.75", None, None]):
        at = NOON + timedelta(minutes=minutes)
        records.record(a_pass(at), snapshot(score, at), MEMORY)
    points = [(point.at.minute, point.value) for point in records.histories(["k1"])["k1"]]
    assert points == [(0, Decimal("0.500000")), (2, Decimal("0.750000")), (3, None)]


def test_an_unchanged_pass_only_makes_the_view_younger(records: Records) -> None:
    records.record(a_pass(), snapshot(), MEMORY)
    later = NOON + timedelta(minutes=5)
    records.still_good(a_pass(later, PassResult.UNCHANGED))
    found = records.snapshot("sales")
    assert found is not None
    assert found.taken_at == later
    assert records.memory("sales").fingerprint == "abc"


def test_a_failed_pass_leaves_the_last_good_view(records: Records) -> None:
    records.record(a_pass(), snapshot(), MEMORY)
    records.record(a_pass(NOON + timedelta(minutes=5), PassResult.FAILED))
    assert records.snapshot("sales") == snapshot()
    assert records.last_passes()["sales"].result is PassResult.FAILED


def test_the_version_changes_with_what_there_is_to_show_and_with_nothing_else(records: Records) -> None:
    records.record(a_pass(), snapshot(), MEMORY)
    first = records.version()
    later = NOON + timedelta(minutes=5)
    records.still_good(a_pass(later, PassResult.UNCHANGED))
    records.record(a_pass(later), snapshot(at=later), MEMORY)
    records.record(a_pass(later, PassResult.FAILED))
    assert records.version() == first
    records.record(a_pass(later), snapshot("0.75", later), MEMORY)
    second = records.version()
    records.record(a_pass(later), replace(snapshot("0.75", later), problems=()), MEMORY)
    third = records.version()
    records.forget(["sales"])
    assert len({first, second, third, records.version()}) == 4


def test_every_pass_that_found_the_view_good_says_when(records: Records) -> None:
    records.record(a_pass(), snapshot(), MEMORY)
    later = NOON + timedelta(minutes=5)
    records.record(a_pass(later), snapshot(at=later), MEMORY)
    assert records.seen() == {"sales": later}
    found = records.snapshot("sales")
    assert found is not None
    assert found.tabs[0].seen_at == later


def test_a_tab_that_is_not_believed_keeps_the_time_when_it_was(records: Records) -> None:
    refused = replace(snapshot(), tabs=(TabView(7, "OKR", TabState.REFUSED, NOON),))
    records.record(a_pass(), refused, MEMORY)
    records.still_good(a_pass(NOON + timedelta(minutes=5), PassResult.UNCHANGED))
    found = records.snapshot("sales")
    assert found is not None
    assert found.tabs[0].seen_at == NOON


def test_scores_are_known_as_they_stood_at_a_moment(records: Records) -> None:
    for days, score in ((0, "0.25"), (3, "0.5"), (6, None)):
        at = NOON + timedelta(days=days)
        records.record(a_pass(at), snapshot(score, at), MEMORY)
    assert records.scores_as_of(NOON - timedelta(days=1)) == {}
    assert records.scores_as_of(NOON + timedelta(days=4))["k1"] == Decimal("0.500000")
    assert records.scores_as_of(NOON + timedelta(days=7))["k1"] is None


def test_passes_and_answers_are_counted_for_ever(records: Records) -> None:
    for result, statuses in ((PassResult.OK, {200: 3}), (PassResult.FAILED, {429: 5}), (PassResult.OK, {200: 1})):
        found = PassRecord(
            spreadsheet="sales", started_at=NOON, finished_at=NOON, result=result, seconds=2, statuses=statuses
        )
        records.record(found)
    figures = records.figures()
    assert (figures["passes", "ok"], figures["passes", "failed"], figures["pass_seconds", ""]) == (2, 1, 6.0)
    assert (figures["requests", "200"], figures["requests", "429"]) == (4, 5)


def test_a_write_under_way_is_known_until_it_is_settled(records: Records) -> None:
    records.record(a_pass(), snapshot(), MEMORY)
    records.intend("sales", [], {}, ENTRY, NOON)
    records.record(a_pass(result=PassResult.FAILED))
    assert records.memory("sales").pending_write == ENTRY
    records.record(a_pass(), snapshot(), MEMORY)
    assert records.memory("sales").pending_write is None


def test_problems_are_replaced_by_those_of_the_newest_pass(records: Records) -> None:
    records.record(a_pass(), snapshot(), MEMORY)
    records.record(a_pass(), Snapshot(spreadsheet="sales", title="", url="", taken_at=NOON), MEMORY)
    found = records.snapshot("sales")
    assert found is not None
    assert found.problems == ()


def test_what_is_open_elsewhere_can_be_read_while_it_is_written(records: Records, url: str) -> None:
    reader = Records.open(url)
    records.record(a_pass(), snapshot(), MEMORY)
    assert reader.snapshot("sales") == snapshot()
    reader.close()


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


def test_the_migrations_lead_to_the_tables(url: str) -> None:
    Records.open(url).close()
    engine = create_engine(url)
    with engine.connect() as connection:
        migrations = MigrationContext.configure(connection)
        assert migrations.get_current_revision() == NEWEST
        assert compare_metadata(migrations, metadata) == []
    engine.dispose()


@on_sqlite
def test_a_copied_database_is_a_backup(records: Records, file: Path, tmp_path: Path) -> None:
    records.record(a_pass(), snapshot(), MEMORY)
    records.close()
    shutil.copy(file, tmp_path / "copy.db")
    copy = Records.open(f"sqlite:///{tmp_path / 'copy.db'}")
    assert copy.snapshot("sales") == snapshot()
    copy.close()


@on_sqlite
def test_a_burst_of_changes_does_not_keep_the_disk(records: Records, file: Path) -> None:
    wal = file.with_name(f"{file.name}-wal")
    records.intend("sales", [], {}, bytes(3 * WAL_BYTES), NOON)
    assert wal.stat().st_size > 2 * WAL_BYTES
    for minutes in range(3):
        records.still_good(a_pass(NOON + timedelta(minutes=minutes)))
    assert wal.stat().st_size <= WAL_BYTES


def test_a_write_is_under_way_since_the_first_that_was_not_seen_to_land(records: Records) -> None:
    for minutes in (0, 5):
        records.intend("sales", [], {}, ENTRY, NOON + timedelta(minutes=minutes))
    records.record(a_pass(NOON + timedelta(minutes=6)), snapshot(), replace(MEMORY, pending_write=b"another"))
    assert records.pending_writes() == {"sales": NOON}
    records.record(a_pass(NOON + timedelta(minutes=7)), snapshot(), replace(MEMORY, pending_write=None))
    assert records.pending_writes() == {}


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


def test_a_view_that_did_not_change_is_unpacked_once_and_shared_between_lists(records: Records, url: str) -> None:
    records.record(a_pass(), snapshot(), MEMORY)
    [first] = records.snapshots()
    later = NOON + timedelta(minutes=5)
    records.still_good(a_pass(later, PassResult.UNCHANGED))
    [second] = records.snapshots()
    assert second.key_results is first.key_results
    assert (second.taken_at, second.tabs[0].seen_at) == (later, later)
    with Records.open(url) as other:
        other.record(a_pass(later), snapshot("0.75", later), MEMORY)
    assert records.snapshots() == [snapshot("0.75", later)]
    records.forget(["sales"])
    assert records.snapshots() == []


# Many threads


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
