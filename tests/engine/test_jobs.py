"""Passes as jobs on a real PostgreSQL: several workers share them, and go on when one of them is gone."""

import os
import re
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import psycopg
import pytest
import requests

from sync.clock import SystemClock
from sync.config.settings import load_config
from sync.domain.failures import Trouble
from sync.domain.memory import PassResult
from sync.engine import Worker
from sync.engine.jobs.queue import JobQueue, connection_options, make_schema, schema, team_name
from sync.engine.planner import Order
from sync.passes.outcome import PassOutcome
from sync.records import Records
from sync.records.libpq import libpq_address
from tests.support.commands import DEADLINE, until
from tests.support.flat_sheet import HEADER, change_current, every, key_results, scores
from tests.support.installation import Installation
from tests.support.postgresql import PostgreSQL, running
from tests.support.processes import Running

NAMES = [f"team-{number}" for number in range(1, 7)]
# By the quota of one account six passes take as many seconds.
UNPACED = "requests_per_minute = 6000\nproject_requests_per_minute = 6000\n"


@pytest.fixture
def shared(tmp_path: Path, postgresql: PostgreSQL) -> Iterator[Installation]:
    with six_spreadsheets(tmp_path, postgresql) as installation:
        yield installation


@contextmanager
def six_spreadsheets(folder: Path, database: PostgreSQL) -> Iterator[Installation]:
    """And records that several machines share."""
    first = folder / "first"
    first.mkdir()
    with Installation(first, database=database.new_database()) as installation:
        for name in NAMES:
            installation.spreadsheet(name, {"OKR": [HEADER, *key_results(2)]})
        spreadsheets = "".join(every("1h").replace('"sales"', f'"{name}"') for name in NAMES)
        installation.configure(f"{UNPACED}[page]\nport = 0\n{spreadsheets}")
        yield installation


class Machine:
    """A worker with a state folder of its own, and the passes that it made."""

    def __init__(self, shared: Installation, number: int, stack: ExitStack) -> None:
        folder = shared.folder.parent / f"machine-{number}"
        folder.mkdir()
        (folder / "config.toml").write_text((shared.folder / "config.toml").read_text())
        self._config, self._stack = load_config(folder / "config.toml"), stack
        self._records = Records.open(self._config.database_url)
        stack.callback(self._records.close)
        self.made: list[PassOutcome] = []
        self.worker = self._worker()

    def _worker(self) -> Worker:
        worker = Worker(self._config, self._records, self.made.append)
        self._stack.callback(worker.stop)
        return worker

    def begin(self) -> "Machine":
        self.worker.start()
        return self

    def change_the_configuration(self) -> None:
        self._worker().take_over(self.worker)


def in_the_database(shared: Installation, statement: str) -> list[tuple[object, ...]]:
    """What another client of the database does there."""
    address = libpq_address(shared.config.database_url)
    assert address is not None
    with psycopg.connect(address, autocommit=True, **connection_options()) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def passes(shared: Installation) -> dict[str, PassResult]:
    return {name: record.result for name, record in shared.records.last_passes().items()}


def all_are_read(shared: Installation, *more: str) -> bool:
    """Some perhaps twice, where somebody left a job behind."""
    found = passes(shared)
    return found.keys() == {*NAMES, *more} and PassResult.FAILED not in found.values()


def test_two_machines_share_the_passes_and_make_each_once(shared: Installation) -> None:
    with ExitStack() as stack:
        machines = [Machine(shared, number, stack).begin() for number in range(2)]
        until(lambda: all_are_read(shared))
    made = [outcome.spreadsheet for machine in machines for outcome in machine.made]
    assert sorted(made) == NAMES
    assert scores(shared, spreadsheet="team-1") == {"KR 1": 0.2}


def pressed(shared: Installation, name: str) -> None:
    """Somebody presses “Sync now”."""
    assert shared.records.looks.press(name, SystemClock().now())


def type_current(shared: Installation, name: str, value: float) -> None:
    change_current(shared.server, name, 0, 1, value)


def until_scored(shared: Installation, name: str, score: float) -> None:
    until(lambda: scores(shared, spreadsheet=name) == {"KR 1": score})


def test_what_somebody_asks_for_is_made_by_whoever_is_free(shared: Installation) -> None:
    with ExitStack() as stack:
        Machine(shared, 1, stack).begin()
        until(lambda: all_are_read(shared))
        Machine(shared, 2, stack).begin()
        type_current(shared, "team-3", 7)
        pressed(shared, "team-3")
        until_scored(shared, "team-3", 0.7)


def test_another_goes_on_where_the_one_that_led_stops_and_makes_nothing_twice(shared: Installation) -> None:
    with ExitStack() as stack:
        first = Machine(shared, 1, stack).begin()
        until(lambda: all_are_read(shared))
        second = Machine(shared, 2, stack).begin()
        first.worker.stop()
        type_current(shared, "team-5", 9)
        pressed(shared, "team-5")
        until_scored(shared, "team-5", 0.9)
    assert [outcome.spreadsheet for outcome in second.made] == ["team-5"]


def test_who_goes_on_with_a_changed_configuration_reads_everything_by_it_at_once(shared: Installation) -> None:
    with ExitStack() as stack:
        machine = Machine(shared, 1, stack).begin()
        until(lambda: passes(shared) == dict.fromkeys(NAMES, PassResult.OK))
        type_current(shared, "team-3", 7)
        machine.change_the_configuration()
        until_scored(shared, "team-3", 0.7)


def test_who_makes_passes_begins_anew_where_the_jobs_are_gone(shared: Installation) -> None:
    with ExitStack() as stack:
        Machine(shared, 1, stack).begin()
        until(lambda: all_are_read(shared))
        in_the_database(shared, f"DROP SCHEMA {schema()} CASCADE")
        type_current(shared, "team-2", 4)
        pressed(shared, "team-2")
        until_scored(shared, "team-2", 0.4)


def test_the_pass_of_a_machine_that_is_gone_is_made_by_another_and_what_it_held_is_free(shared: Installation) -> None:
    """The first hangs in its first request, and no sign of life of it comes any more."""
    held, go_on = Event(), Event()

    def hang(_: object) -> None:
        held.set()
        go_on.wait()

    with ExitStack() as stack:
        stack.callback(go_on.set)
        shared.server.before("spreadsheets.get", hang)
        first = Machine(shared, 1, stack).begin()
        assert held.wait(DEADLINE)
        until(lambda: len(passes(shared)) == len(NAMES) - 1)
        second = Machine(shared, 2, stack).begin()
        until(lambda: len(in_the_database(shared, "SELECT id FROM procrastinate_workers")) == 2)
        in_the_database(
            shared,
            "DELETE FROM procrastinate_workers"
            " WHERE id = (SELECT worker_id FROM procrastinate_jobs WHERE status = 'doing')",
        )
        until(lambda: all_are_read(shared))
        go_on.set()
        until(lambda: Trouble.LEASE_LOST in troubles(first))
    (again,) = second.made
    assert again.result is PassResult.OK
    assert scores(shared, spreadsheet=again.spreadsheet) == {"KR 1": 0.2}


def troubles(machine: Machine) -> list[Trouble]:
    return [outcome.error.trouble for outcome in machine.made if outcome.error]


@contextmanager
def a_process(shared: Installation, number: int, command: str = "worker") -> Iterator[Running]:
    """A worker in a process of its own, on a machine of its own."""
    folder = shared.folder.parent / f"machine-{number}"
    folder.mkdir()
    (folder / "config.toml").write_text((shared.folder / "config.toml").read_text())
    with closing(Running([command], folder, dict(os.environ))) as process:
        yield process


def test_a_database_that_is_stopped_in_a_write_and_started_again_loses_no_pass_and_has_none_made_twice(
    tmp_path: Path, postgresql_binaries: Path
) -> None:
    """Worker and page live on; the page says meanwhile that something does not answer."""
    asked, stopped, go_on = Event(), Event(), Event()

    def stop(_: object) -> None:
        asked.wait()
        database.end()
        stopped.set()
        go_on.wait()

    with ExitStack() as stack:
        database = stack.enter_context(running(postgresql_binaries))
        shared = stack.enter_context(six_spreadsheets(tmp_path, database))
        process = stack.enter_context(a_process(shared, 1, "run"))
        stack.callback(go_on.set)
        page = re.search(r"http://\S+", process.stdout.readline())
        assert page is not None
        until(lambda: all_are_read(shared))
        shared.server.before("spreadsheets.batchUpdate", stop)
        stack.callback(asked.set)
        for name in NAMES:
            type_current(shared, name, 7)
            pressed(shared, name)
        asked.set()
        assert stopped.wait(DEADLINE)
        answers = {
            path: requests.get(page[0] + path, timeout=60) for path in ("healthz", "readyz", "metrics", "?lang=en")
        }
        assert [answer.status_code for answer in answers.values()] == [200, 503, 503, 503]
        assert "Something that this needs does not answer." in answers["?lang=en"].text
        database.begin()
        go_on.set()
        for name in NAMES:
            until_scored(shared, name, 0.7)
        until(lambda: in_the_database(shared, "SELECT id FROM procrastinate_jobs WHERE status <> 'failed'") == [])
        process.send_signal(signal.SIGTERM)
        assert process.wait(DEADLINE) == 0
        assert "Traceback" not in process.stderr.read()
    # The first score, and that of what was typed.
    writes = Counter(request.spreadsheet_id for request in shared.server.requests if request.kind == "write")
    assert writes == dict.fromkeys(NAMES, 2)


def test_one_that_is_killed_in_a_pass_is_followed_by_another_that_makes_it(shared: Installation) -> None:
    killed, go_on = Event(), Event()

    def kill(_: object) -> None:
        process.kill()
        killed.set()
        go_on.wait()

    with ExitStack() as stack:
        stack.callback(go_on.set)
        shared.server.before("spreadsheets.batchUpdate", kill)
        process = stack.enter_context(a_process(shared, 1))
        assert killed.wait(DEADLINE)
        go_on.set()
        second = Machine(shared, 2, stack).begin()
        # As whoever begins does half a minute later.
        in_the_database(
            shared, "DELETE FROM procrastinate_workers WHERE id = (SELECT min(id) FROM procrastinate_workers)"
        )
        until(lambda: all_are_read(shared))
    assert [name for name in NAMES if scores(shared, spreadsheet=name) != {"KR 1": 0.2}] == []
    assert not any(outcome.result is PassResult.FAILED for outcome in second.made if outcome.number is not None)


def test_one_that_leads_and_is_stopped_is_relieved_and_its_scores_are_right_when_it_wakes_up(
    shared: Installation,
) -> None:
    with ExitStack() as stack:
        process = stack.enter_context(a_process(shared, 1))
        until(lambda: all_are_read(shared))
        Machine(shared, 2, stack).begin()
        process.send_signal(signal.SIGSTOP)
        type_current(shared, "team-4", 3)
        pressed(shared, "team-4")
        until_scored(shared, "team-4", 0.3)
        process.send_signal(signal.SIGCONT)
        type_current(shared, "team-6", 6)
        pressed(shared, "team-6")
        until_scored(shared, "team-6", 0.6)


@pytest.fixture
def queue(shared: Installation) -> Iterator[JobQueue]:
    address = libpq_address(shared.config.database_url)
    assert address is not None
    make_schema(address)
    make_schema(address)
    queue = JobQueue(address)
    yield queue
    queue.close()


ORDER = Order("team-1", "", patient=False, expecting=True)
ACME, GLOBEX = team_name("acme", NAMES), team_name("globex", NAMES)


def test_a_job_waits_once_for_each_spreadsheet_of_a_company(queue: JobQueue) -> None:
    number = queue.defer(ACME, ORDER)
    assert number is not None
    assert queue.defer(ACME, ORDER) is None
    other = queue.defer(GLOBEX, ORDER)
    assert queue.under_way(ACME) == {number: "team-1"}
    listed = [(job.number, job.company, job.spreadsheet, job.status, job.worker) for job in queue.listed()]
    assert listed == [(number, "acme", "team-1", "todo", None), (other, "globex", "team-1", "todo", None)]


def test_what_waits_since_before_a_change_of_the_configuration_is_in_nobodys_way(queue: JobQueue) -> None:
    before = team_name("acme", NAMES[:2])
    queue.defer(before, ORDER)
    elsewhere = queue.defer(before, replace(ORDER, spreadsheet="another"))
    other = queue.defer(GLOBEX, ORDER)
    queue.drop_others(ACME, NAMES)
    assert [job.number for job in queue.listed()] == [elsewhere, other]
    assert queue.defer(ACME, ORDER) is not None


def test_two_configurations_on_one_database_lead_apart(shared: Installation) -> None:
    with ExitStack() as stack:
        Machine(shared, 1, stack).begin()
        shared.spreadsheet("late", {"OKR": [HEADER, *key_results(2)]})
        shared.configure(every("1h").replace('"sales"', '"late"'))
        Machine(shared, 2, stack).begin()
        until(lambda: all_are_read(shared, "late"))
