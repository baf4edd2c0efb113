"""A worker goes on in the place of one with another configuration, and no pass is cut short by that."""

import threading
from contextlib import ExitStack

import pytest

from sync.domain.memory import PassResult
from sync.engine import Worker
from sync.passes.locks import WorkerRunningError, worker_lock
from sync.passes.outcome import PassOutcome
from tests.support.commands import DEADLINE, until
from tests.support.flat_sheet import HEADER, every, key_results, scores
from tests.support.installation import Installation


def test_a_pass_is_seen_through_before_the_next_worker_begins(sales: Installation) -> None:
    outcomes: list[PassOutcome] = []
    old, new = (Worker(sales.config, sales.records, outcomes.append) for _ in range(2))
    taking = threading.Thread(target=new.take_over, args=(old,))
    sales.server.before("spreadsheets.batchUpdate", lambda _: taking.start())
    with ExitStack() as running:
        running.callback(new.stop)
        old.start()
        until(lambda: len(outcomes) == 2)
    assert [outcome.result for outcome in outcomes] == [PassResult.OK, PassResult.UNCHANGED]
    assert scores(sales) == {"KR 1": 0.2, "KR 2": 0.5}


def test_it_holds_the_lock_all_the_while_and_gives_it_back(sales: Installation) -> None:
    old, new = (Worker(sales.config, sales.records, lambda _: None) for _ in range(2))
    old.start()
    new.take_over(old)
    with pytest.raises(WorkerRunningError), worker_lock(sales.config.state):
        pass
    new.stop()
    with worker_lock(sales.config.state):
        pass


def test_what_left_the_configuration_is_forgotten_at_once(sales: Installation) -> None:
    sales.spreadsheet("east", {"OKR": [HEADER, *key_results(4)]})
    old = Worker(sales.config, sales.records, lambda _: None)
    old.start()
    until(lambda: {found.spreadsheet for found in sales.records.snapshots()} == {"sales"})
    sales.configure(every("5m").replace('"sales"', '"east"'))
    new = Worker(sales.config, sales.records, lambda _: None)
    new.take_over(old)
    until(lambda: {found.spreadsheet for found in sales.records.snapshots()} == {"east"})
    new.stop(DEADLINE)
