"""Records: what is kept between passes, on a real SQLite."""

import shutil
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from sync.domain.memory import KnownTab, Memory, PassRecord, PassResult, Written
from sync.domain.snapshot import Snapshot, TabState, TabView
from sync.records import Records
from sync.records.database import WAL_BYTES
from tests.support.databases import on_sqlite
from tests.support.recorded import ENTRY, MEMORY, NOON, a_pass, snapshot
from tests.support.steps import steps


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


def test_words_and_numbers_that_we_wrote_come_back_as_what_they_were(records: Records) -> None:
    wrote: dict[str, Written] = {
        "k1": Decimal("0.50"),
        "k1:band": "đúng hướng",
        "k2:message": "'=1",
        "k3:band": "0.5",
        "k4:message": None,
    }
    records.intend("sales", [(7, "điểm")], wrote, ENTRY, NOON)
    assert records.memory("sales").written == wrote


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


def test_of_what_fails_the_last_passes_are_known_and_of_the_rest_the_newest(records: Records) -> None:
    ok, failed = PassResult.OK, PassResult.FAILED
    made = {"a": [ok, failed, failed, failed], "b": [failed, ok], "c": [failed]}
    for name, results in made.items():
        for result in results:
            records.record(a_pass(NOON, result, name))
    newest = {name: [passes[-1]] for name, passes in made.items()}
    assert {name: [record.result] for name, record in records.last_passes().items()} == newest
    failing = {name: [record.result for record in passes] for name, passes in records.failing_passes(3).items()}
    assert failing == {"a": [failed, failed, failed], "c": [failed]}
    assert [record.result for record in records.failing_passes(4)["a"]] == [failed, failed, failed, ok]


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


def test_the_view_that_a_pass_takes_for_a_moment_is_not_looked_through_for_what_it_could_share(
    records: Records,
) -> None:
    records.record(a_pass(), snapshot(), MEMORY)
    assert steps("sync.records.sharing", lambda: records.snapshot("sales")) == 0
    assert steps("sync.records.sharing", records.snapshots) > 0


def test_only_its_owner_reads_a_new_sqlite_database_and_what_stands_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "okr-sheets.db"
    with closing(Records.open(f"sqlite:///{path}")) as records:
        records.record(a_pass(), snapshot(), MEMORY)
        rights = {part: Path(f"{path}{part}").stat().st_mode & 0o777 for part in ("", "-wal", "-shm", ".users")}
    assert rights == dict.fromkeys(rights, 0o600)


def test_a_database_that_is_there_keeps_the_rights_that_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "okr-sheets.db"
    Records.open(f"sqlite:///{path}").close()
    path.chmod(0o640)
    Records.open(f"sqlite:///{path}").close()
    assert path.stat().st_mode & 0o777 == 0o640
