"""Whatever breaks in a pass, it is told and the next one comes."""

import logging
from typing import Any

import pytest

from sync.doctor.remedies import remedy
from sync.domain.failures import Trouble
from sync.domain.memory import Memory, PassResult
from sync.engine import Worker
from sync.passes.locks import pass_lock
from sync.passes.outcome import PassOutcome
from sync.records import Records
from tests.support.commands import DEADLINE, until
from tests.support.installation import Installation
from tests.support.nights import HOUR, MINUTE, Night, about, gaps, night, ticks

# What breaks


def test_whatever_a_pass_raises_the_next_one_comes(sales: Installation) -> None:
    ended: list[PassResult] = []

    def watch(outcome: PassOutcome) -> None:
        ended.append(outcome.result)
        if len(ended) < 4:
            raise RuntimeError("the watcher broke")

    with night(25 * MINUTE) as clock:
        worker = Worker(sales.config, sales.records, watch, clock)
        worker.start()
        assert clock.over.wait(DEADLINE)
        worker.stop()
    assert len(ended) >= 5


class Tripping(Records):
    """Records with a fault that nobody foresaw."""

    trips = True

    def memory(self, spreadsheet_id: str, *, written: bool = True) -> Memory:
        if self.trips:
            raise ZeroDivisionError
        return super().memory(spreadsheet_id, written=written)


def test_a_pass_that_broke_in_a_way_that_nobody_foresaw_is_told_as_a_failed_one_until_the_next_good_one(
    sales: Installation,
) -> None:
    sales.records.close()
    sales.records = records = Tripping.open(f"sqlite:///{sales.folder / 'state' / 'okr-sheets.db'}")
    told: list[tuple[PassResult, str]] = []

    def look() -> None:
        last = sales.records.last_passes()["sales"]
        told.append((last.result, last.message))

    with night(12 * MINUTE) as clock:
        clock.at(4 * MINUTE, look)
        clock.at(4 * MINUTE, lambda: setattr(records, "trips", False))
        clock.at(9 * MINUTE, look)
        ticks(sales, clock)
    assert told == [(PassResult.FAILED, Trouble.INTERNAL), (PassResult.OK, "")]


def test_passes_go_on_when_the_database_is_well_again(sales: Installation) -> None:
    database = sales.folder / "state" / "okr-sheets.db"
    aside = database.with_suffix(".aside")

    def break_it() -> None:
        sales.records.close()
        database.rename(aside)
        database.write_bytes(b"this is not a database" * 1000)

    def mend_it() -> None:
        sales.records.close()
        aside.replace(database)

    with night(58 * MINUTE) as clock:
        clock.at(17 * MINUTE, break_it)
        clock.at(37 * MINUTE, mend_it)
        ended = ticks(sales, clock)
    made = [(at, outcome) for at, outcome in ended if not outcome.error]
    assert gaps(made) == about([5 * MINUTE] * 3 + [25 * MINUTE] + [5 * MINUTE] * 3)
    assert [outcome.error.trouble for _, outcome in ended if outcome.error] == [Trouble.RECORDS] * 4


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_ends_all_the_same_says_so_in_the_log(
    sales: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    def leave(_: PassOutcome) -> None:
        raise SystemExit

    with night(MINUTE) as clock:
        worker = Worker(sales.config, sales.records, leave, clock)
        worker.start()
        until(lambda: [record for record in caplog.records if record.levelno == logging.CRITICAL])
        worker.stop()
    assert "a thread that makes passes ended by itself; start okr-sheets again" in caplog.text


# Passes that leave no record


def test_a_pass_that_another_process_makes_is_told_too(sales: Installation) -> None:
    with night(MINUTE) as clock, pass_lock(sales.folder / "state", "sales", sales.records, clock):
        ended = ticks(sales, clock)
    assert [(end.result, end.error and end.error.trouble, end.reads) for _, end in ended] == [
        (PassResult.FAILED, Trouble.BUSY, 0)
    ]


def test_a_pass_that_lost_its_lease_is_told_with_its_requests(sales: Installation) -> None:
    with night(MINUTE) as clock:
        sales.server.after("spreadsheets.get", lambda _: clock.set_wall_clock(HOUR))
        ended = ticks(sales, clock)
    _, first = ended[0]
    assert (first.result, first.error and first.error.trouble) == (PassResult.FAILED, Trouble.LEASE_LOST)
    assert (first.reads, first.write_requests) == (1, 0)


def test_a_pass_that_could_not_be_recorded_is_told_with_its_requests(sales: Installation) -> None:
    database = sales.folder / "state" / "okr-sheets.db"

    def break_it(_: object) -> None:
        sales.records.close()
        database.write_bytes(b"this is not a database" * 1000)

    with night(MINUTE) as clock:
        sales.server.after("spreadsheets.get", break_it)
        ended = ticks(sales, clock)
    _, first = ended[0]
    assert (first.result, first.error and first.error.trouble) == (PassResult.FAILED, Trouble.RECORDS)
    assert (first.reads, first.write_requests) == (1, 0)


class Slow(Records):
    """Records on a machine that had other things to do for two minutes."""

    clock: Night

    def intend(self, *args: Any, **kwargs: Any) -> None:
        self.clock.advance(119)
        super().intend(*args, **kwargs)


def test_a_pass_whose_time_was_used_up_on_this_machine_is_told_as_that_and_not_as_the_networks_fault(
    sales: Installation,
) -> None:
    sales.records.close()
    sales.records = records = Slow.open(sales.config.database_url)
    assert isinstance(records, Slow)
    with night(MINUTE) as clock:
        records.clock = clock
        _, outcome = ticks(sales, clock)[0]
    assert outcome.error is not None
    assert outcome.error.trouble is Trouble.BUSY
    assert "This machine was too busy" in remedy(outcome.error, "sales", "", "en")
    assert sales.records.last_passes()["sales"].message == Trouble.BUSY
    assert sales.server.requests[-1].method == "spreadsheets.get", "nothing was written"
