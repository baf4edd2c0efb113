"""Many spreadsheets, which take turns, and those that leave the configuration."""

import threading
from pathlib import Path

import pytest

from sync.domain.memory import PassResult
from sync.engine import LONGEST_NAP, Worker
from sync.passes.outcome import PassOutcome
from tests.support.commands import DEADLINE, until
from tests.support.flat_sheet import HEADER, every, key_results
from tests.support.installation import Installation
from tests.support.nights import MINUTE, gaps, night, ticks

# Many spreadsheets


def teams(installation: Installation, count: int, google: str, passers: int) -> list[str]:
    """So many spreadsheets, each hourly."""
    names = [f"team-{number}" for number in range(count)]
    for name in names:
        installation.spreadsheet(name, {"OKR": [HEADER, *key_results(2)]})
    head = f"{google}\n[worker]\npassers = {passers}\n"
    installation.configure(head + "".join(every("1h", name) for name in names))
    return names


def test_passes_begin_evenly_over_the_minute_and_keep_to_the_quota(installation: Installation) -> None:
    names = teams(installation, 60, "requests_per_minute = 60", passers=1)
    with night(5 * MINUTE) as clock:
        ended = ticks(installation, clock)
    assert [outcome.spreadsheet for _, outcome in ended] == names
    assert {outcome.result for _, outcome in ended} == {PassResult.OK}
    assert gaps(ended) == pytest.approx([60 / 48] * 59, abs=LONGEST_NAP)


def test_more_spreadsheets_than_passers_are_made_by_the_passers_alone_and_signed_in_once(
    installation: Installation,
) -> None:
    names = teams(installation, 60, "requests_per_minute = 60000", passers=3)
    told: list[PassOutcome] = []
    threads: set[str] = set()

    def watch(outcome: PassOutcome) -> None:
        told.append(outcome)
        threads.update(thread.name for thread in threading.enumerate() if thread.name.startswith("pass"))

    worker = Worker(installation.config, installation.records, watch)
    worker.start()
    until(lambda: len(told) == len(names))
    worker.stop()
    assert threads == {"passer-1", "passer-2", "passer-3"}
    assert {outcome.spreadsheet for outcome in told} == set(names)
    assert {outcome.result for outcome in told} == {PassResult.OK}
    assert [request.method for request in installation.server.requests].count("token") == 1


def test_one_spreadsheet_that_hangs_holds_up_no_other(installation: Installation) -> None:
    names = teams(installation, 6, "requests_per_minute = 60000", passers=2)
    released, told = threading.Event(), list[str]()
    installation.server.before("spreadsheets.get", lambda _: released.wait(DEADLINE))
    worker = Worker(installation.config, installation.records, lambda outcome: told.append(outcome.spreadsheet))
    worker.start()
    until(lambda: len(told) == len(names) - 1)
    released.set()
    until(lambda: len(told) == len(names))
    worker.stop()
    assert sorted(told) == names


# Spreadsheets that leave the configuration


def known(installation: Installation) -> list[str]:
    return [snapshot.spreadsheet for snapshot in installation.records.snapshots()]


def start_and_stop(installation: Installation, state: Path) -> None:
    """A worker of its own place, over the same database."""
    config = installation.config.model_copy(update={"state": state})
    worker = Worker(config, installation.records, lambda _: None)
    worker.start()
    worker.stop()


def test_what_leaves_the_configuration_is_forgotten_by_the_next_worker(sales: Installation) -> None:
    sales.sync()
    start_and_stop(sales, sales.folder / "state")
    assert known(sales) == ["sales"]
    sales.spreadsheet("people", {"OKR": [HEADER, *key_results(2)]})
    sales.configure(every("5m", "people"))
    start_and_stop(sales, sales.folder / "state")
    assert "sales" not in known(sales)


def test_a_note_of_what_it_had_that_nobody_can_read_does_not_keep_a_worker_from_starting(sales: Installation) -> None:
    sales.sync()
    (sales.folder / "state" / "spreadsheets").write_bytes(b"\x00\xff\xc3\xa1 people")
    start_and_stop(sales, sales.folder / "state")
    assert known(sales) == ["sales"]


def test_what_another_installation_keeps_in_the_same_database_stays(sales: Installation) -> None:
    sales.sync()
    sales.spreadsheet("people", {"OKR": [HEADER, *key_results(2)]})
    sales.configure(every("5m", "people"))
    for _ in range(2):
        start_and_stop(sales, sales.folder / "elsewhere")
    assert "sales" in known(sales)
