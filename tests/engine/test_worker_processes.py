"""Workers as processes: two at once, one that is stopped and goes on too late, and the signals that end them."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from sync.domain.memory import PassResult
from sync.engine.jobs.queue import connection_options
from sync.google import SheetsClient
from sync.local_sheets import Fault, LocalSheets
from sync.passes.locks import pass_lock
from sync.passes.run import run_pass
from sync.records import LeaseLostError
from sync.records.leases import LENGTH
from sync.records.libpq import libpq_address
from tests.support.clocks import ManualClock
from tests.support.commands import DEADLINE, edit_current, okr_sheets, until
from tests.support.flat_sheet import HEADER, key_results, scores
from tests.support.installation import Installation
from tests.support.opening import open_together
from tests.support.processes import Running, Surroundings, forked, together
from tests.support.workers import HOURLY, a_worker, last_result, until_a_good_pass


@pytest.fixture
def sales(tmp_path: Path, database_url: str) -> Iterator[Installation]:
    with Installation(tmp_path, database=database_url) as installation:
        installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5)]})
        installation.configure(HOURLY)
        yield installation


def said(process: Running, words: str) -> str:
    """The line of the log that holds these words, as soon as it is there."""
    for line in process.stderr:
        if words in line:
            return line
    raise AssertionError(f"ended without saying: {words}")


# Two at once


def test_of_two_workers_that_start_together_one_leaves_with_the_pid_of_the_other(sales: Installation) -> None:
    with a_worker(sales) as one, a_worker(sales) as other:
        until(lambda: one.poll() is not None or other.poll() is not None)
        left, stays = (one, other) if one.poll() is not None else (other, one)
        assert left.poll() == 2
        assert f"A worker is already running on {sales.folder / 'state'}: process {stays.pid}." in said(left, "already")
        until(lambda: scores(sales) == {"KR 1": 0.2, "KR 2": 0.5})
        assert stays.poll() is None


@pytest.mark.parametrize("command", ["worker", "run"])
def test_who_comes_second_leaves_with_a_sentence_in_the_language_of_the_terminal(
    sales: Installation, command: str
) -> None:
    with a_worker(sales) as first:
        until(lambda: (sales.folder / "state" / "worker.pid").is_file())
        second = okr_sheets(sales, command, language="vi_VN.UTF-8")
    assert second.returncode == 2
    assert f"tiến trình {first.pid}" in second.stderr
    assert "Traceback" not in second.stderr


def half_a_minute_passes(database_url: str) -> None:
    """Since the last sign of life of a worker that is gone; where several share a database, they go by that."""
    if address := libpq_address(database_url):
        with psycopg.connect(address, **connection_options()) as connection:
            connection.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '30 s'")


def test_a_worker_that_was_killed_does_not_hinder_the_next(sales: Installation) -> None:
    with a_worker(sales) as first:
        sales.server.before("spreadsheets.batchUpdate", lambda _: first.kill())
        first.wait(DEADLINE)
    half_a_minute_passes(sales.config.database_url)
    with a_worker(sales) as second:
        until_a_good_pass(sales, second)
    assert scores(sales) == {"KR 1": 0.2, "KR 2": 0.5}


def test_sync_and_check_work_beside_a_worker(sales: Installation) -> None:
    with a_worker(sales) as worker:
        until_a_good_pass(sales, worker)
        edit_current(sales.server, 1, 9)
        assert okr_sheets(sales, "sync").returncode == 0
        assert okr_sheets(sales, "check").returncode == 0
    assert scores(sales)["KR 1"] == 0.9


def test_a_state_folder_that_cannot_be_used_is_said(sales: Installation) -> None:
    (sales.folder / "file").write_text("not a folder")
    config = sales.folder / "config.toml"
    config.write_text('state = "file"\n' + config.read_text(encoding="utf-8"))
    run = okr_sheets(sales, "worker")
    assert run.returncode == 2
    assert "check the folder and its permissions" in run.stderr
    assert "Traceback" not in run.stderr


def test_of_processes_that_open_an_empty_database_together_each_finds_it_made(
    database_url: str, tmp_path: Path
) -> None:
    said, start = tmp_path / "said", together(6)
    processes = [forked(Surroundings(said, said), open_together, database_url, start) for _ in range(start.parties)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(DEADLINE)
    assert said.read_text(encoding="utf-8") == ""
    assert [process.exitcode for process in processes] == [0] * len(processes)


# Stopped, and gone on too late


def test_a_process_that_was_stopped_until_another_took_over_does_not_write(sales: Installation) -> None:
    """Two machines with one database: the first is stopped after it has read, the second does its work meanwhile."""
    first = sales.folder / "first.toml"
    ours = (sales.folder / "config.toml").read_text(encoding="utf-8")
    first.write_text(f'state = "first"\n{ours}', encoding="utf-8")
    stopped = threading.Event()
    with a_worker(sales, first) as zombie:

        def stop(_: LocalSheets) -> None:
            zombie.send_signal(signal.SIGSTOP)
            stopped.set()

        sales.server.after("spreadsheets.get", stop)
        assert stopped.wait(DEADLINE)
        edit_current(sales.server, 1, 9)
        later = ManualClock(datetime.now(UTC) + LENGTH)
        with pass_lock(sales.folder / "second", "sales", sales.records, later) as lease:
            run_pass(sales.config.spreadsheet[0], sales.client, sales.records, later, lease=lease)
        assert scores(sales) == {"KR 1": 0.9, "KR 2": 0.5}

        requests = len(sales.server.requests)
        zombie.send_signal(signal.SIGCONT)
        assert "held up until another process could take over" in said(zombie, "sales")
        assert [request.kind for request in sales.server.requests[requests:]].count("write") == 0
    assert scores(sales) == {"KR 1": 0.9, "KR 2": 0.5}


class Asleep(ManualClock):
    """A machine that is suspended for an hour when it waits: the monotonic clock stands still meanwhile."""

    def __init__(self, meanwhile: Callable[[datetime], None]) -> None:
        super().__init__()
        self._meanwhile = meanwhile

    def wait(self, seconds: float, stopping: threading.Event) -> None:
        super().wait(seconds, stopping)
        self.set(self.now() + timedelta(hours=1))
        self._meanwhile(self.now())


def test_a_machine_that_slept_while_it_waited_to_repeat_a_write_does_not_repeat_it(sales: Installation) -> None:
    def take_over(now: datetime) -> None:
        later = ManualClock(now)
        with pass_lock(sales.folder / "second", "sales", sales.records, later) as lease:
            run_pass(sales.config.spreadsheet[0], sales.client, sales.records, later, lease=lease)
        edit_current(sales.server, 1, 9)

    clock, write = Asleep(take_over), "spreadsheets.batchUpdate"
    sales.server.fault(Fault(kind="error", status=429, retry_after="20", method=write, times=1))
    client = SheetsClient(None, sales.server.url, clock=clock)
    with (
        pass_lock(sales.folder / "state", "sales", sales.records, clock) as lease,
        pytest.raises(LeaseLostError),
    ):
        run_pass(sales.config.spreadsheet[0], client, sales.records, clock, lease=lease)
    client.close()
    assert (clock.waits, client.writes) == ([20.0], 1)
    assert scores(sales) == {"KR 1": 0.2, "KR 2": 0.5}
    assert last_result(sales) is PassResult.OK


# Signals


def move_rows_down(server: LocalSheets) -> None:
    area = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    server.edit("sales", {"insertDimension": {"range": area, "inheritFromBefore": False}})


ENDING = [signal.SIGTERM, signal.SIGINT]


@pytest.mark.parametrize("number", ENDING)
def test_a_signal_in_the_middle_of_a_write_lets_it_be_seen_through_and_recorded(
    sales: Installation, number: signal.Signals
) -> None:
    with a_worker(sales) as worker:

        def interrupt(server: LocalSheets) -> None:
            move_rows_down(server)
            worker.send_signal(number)

        sales.server.before("spreadsheets.batchUpdate", interrupt)
        assert f"{number.name}: ending" in said(worker, "ending")
        assert worker.wait(DEADLINE) == 0
    assert scores(sales) == {"KR 1": 0.2, "KR 2": 0.5}
    assert last_result(sales) is PassResult.OK


def test_a_closed_terminal_does_not_end_what_runs_under_nohup(sales: Installation) -> None:
    command = ["nohup", sys.executable, "-m", "sync", "worker", "--config", str(sales.folder / "config.toml")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as worker:
        until(lambda: worker.poll() is not None or last_result(sales) is PassResult.OK)
        worker.send_signal(signal.SIGHUP)
        worker.send_signal(signal.SIGTERM)
        _, told = worker.communicate(timeout=DEADLINE)
    assert "SIGTERM: ending" in told
    assert worker.returncode == 0


def test_a_second_signal_ends_it_at_once(sales: Installation) -> None:
    asked, answer = threading.Event(), threading.Event()

    def hold(_: LocalSheets) -> None:
        asked.set()
        answer.wait(DEADLINE)

    sales.server.before("spreadsheets.get", hold)
    with a_worker(sales) as worker:
        assert asked.wait(DEADLINE)

        def is_gone() -> bool:
            worker.send_signal(signal.SIGTERM)
            return worker.poll() is not None

        until(is_gone)
        assert worker.poll() == 128 + signal.SIGTERM
    answer.set()
