"""One worker for each state folder, one pass over each spreadsheet, and nothing that a crash leaves in the way."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from sync.clock import SystemClock
from sync.passes.locks import PassInProgressError, WorkerRunningError, pass_lock, worker_lock
from sync.records import LeaseHolder, Records
from sync.records.leases import LENGTH
from tests.support.clocks import ManualClock

# So many that without a lock some would be drawn for twice.
FRESH_FOLDERS = 50
ELSEWHERE = LeaseHolder("another machine:/state", "1")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def records(database_url: str) -> Iterator[Records]:
    found = Records.open(database_url)
    yield found
    found.close()


@contextmanager
def process_holding(lock: str, state: Path, url: str = "") -> Iterator["subprocess.Popen[str]"]:
    """A process that holds a lock of `sync.passes.locks`, and says so, until it is killed."""
    program = f"""
from pathlib import Path
from sync.clock import SystemClock
from sync.passes.locks import pass_lock, worker_lock
from sync.records import Records
state = Path({str(state)!r})
records = Records.open({url!r} or f"sqlite:///{{state / 'okr-sheets.db'}}")
with {lock}:
    print("held", flush=True)
    input()
"""
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_worker_is_told_the_pid_of_the_first(state: Path) -> None:
    with process_holding("worker_lock(state)", state) as first:
        with pytest.raises(WorkerRunningError) as refused, worker_lock(state):
            pass
        assert refused.value.pid == first.pid


def test_two_workers_in_one_process_are_two_as_well(state: Path) -> None:
    with worker_lock(state), pytest.raises(WorkerRunningError), worker_lock(state):
        pass


def test_after_a_worker_has_ended_the_next_may_begin(state: Path) -> None:
    for _ in range(2):
        with worker_lock(state):
            pass


def test_the_lock_of_a_killed_worker_is_free(state: Path) -> None:
    with process_holding("worker_lock(state)", state) as first:
        first.kill()
        first.wait()
        with worker_lock(state):
            pass


def test_every_state_folder_has_its_own_worker(state: Path, tmp_path: Path) -> None:
    with worker_lock(state), worker_lock(tmp_path / "other"):
        pass


def test_a_pass_keeps_out_a_second_one_over_the_same_spreadsheet(
    state: Path, records: Records, database_url: str
) -> None:
    clock = ManualClock()
    with process_holding("pass_lock(state, 'sales', records, SystemClock())", state, database_url):
        with pytest.raises(PassInProgressError), pass_lock(state, "sales", records, clock):
            pass
        with pass_lock(state, "people", records, clock):
            pass


def test_a_killed_pass_costs_the_next_one_nothing(state: Path, records: Records, database_url: str) -> None:
    with process_holding("pass_lock(state, 'sales', records, SystemClock())", state, database_url) as dead:
        dead.kill()
        dead.wait()
        assert not records.take_lease("sales", ELSEWHERE, SystemClock().now())
        with pass_lock(state, "sales", records, SystemClock()):
            pass


def test_a_pass_of_another_machine_keeps_ours_out(state: Path, records: Records) -> None:
    clock = ManualClock()
    records.take_lease("sales", ELSEWHERE, clock.now())
    with pytest.raises(PassInProgressError), pass_lock(state, "sales", records, clock):
        pass


def place_of_a_pass(state: Path, spreadsheet: str, records: Records, together: threading.Barrier) -> str:
    together.wait()
    with pass_lock(state, spreadsheet, records, SystemClock()) as lease:
        return lease.holder.place


def test_passes_that_begin_together_in_a_fresh_folder_are_of_one_place(tmp_path: Path, records: Records) -> None:
    names = ["sales", "people", "plant", "board"]
    with ThreadPoolExecutor(len(names)) as pool:
        for number in range(FRESH_FOLDERS):
            state, together = tmp_path / str(number), threading.Barrier(len(names))
            passes = [pool.submit(place_of_a_pass, state, name, records, together) for name in names]
            assert len({each.result() for each in passes}) == 1


def test_our_pass_keeps_another_machine_out_until_it_has_ended(state: Path, records: Records) -> None:
    clock = ManualClock()
    with pass_lock(state, "sales", records, clock):
        assert not records.take_lease("sales", ELSEWHERE, clock.now())
    assert records.take_lease("sales", ELSEWHERE, clock.now())


def test_who_has_patience_waits_for_the_other_machine(state: Path, records: Records) -> None:
    clock = ManualClock()
    records.take_lease("sales", ELSEWHERE, clock.now())
    with pass_lock(state, "sales", records, clock, patience=LENGTH.total_seconds()) as lease:
        assert lease.still_held(clock.now(), clock.monotonic())
    assert sum(clock.waits) == LENGTH.total_seconds()


def test_a_lease_outlasts_a_pass_but_not_a_process_that_was_held_up(state: Path, records: Records) -> None:
    clock = ManualClock()
    with pass_lock(state, "sales", records, clock) as lease:
        clock.advance(120)
        assert lease.still_held(clock.now(), clock.monotonic())
        clock.advance(180)
        assert not lease.still_held(clock.now(), clock.monotonic())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_pass_that_ended_well_is_not_spoilt_by_a_database_that_broke_meanwhile(state: Path, records: Records) -> None:
    with pass_lock(state, "sales", records, ManualClock()):
        records.close()
        for part in state.glob("okr-sheets.db*"):
            part.write_bytes(b"this is not a database" * 1000)
