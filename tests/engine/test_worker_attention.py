"""The worker where people are editing, from a cell that changes to its score: by itself, by a hook, by who presses."""

import pytest

from sync.domain.memory import PassResult
from sync.engine import LONGEST_NAP
from sync.local_sheets import Fault
from sync.passes.outcome import PassOutcome
from tests.support.commands import edit_current
from tests.support.flat_sheet import HEADER, every, key_results, scores
from tests.support.installation import Installation
from tests.support.nights import MINUTE, Night, Tick, gaps, night, ticks

FIRST_EDIT = 12 * MINUTE


@pytest.fixture
def sales(installation: Installation) -> Installation:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5)]})
    installation.configure(every("10m"))
    return installation


def edited(installation: Installation, clock: Night, at: float, value: float, *, hook: bool = False) -> None:
    def edit() -> None:
        edit_current(installation.server, 1, value)
        if hook:
            installation.records.looks.ask("sales", clock.now())

    clock.at(at, edit)


def after(ended: list[Tick], at: float) -> list[Tick]:
    return [tick for tick in ended if tick[0] >= at]


def test_what_people_change_is_looked_at_again_soon_and_then_ever_more_rarely(sales: Installation) -> None:
    with night(200 * MINUTE) as clock:
        edited(sales, clock, FIRST_EDIT, 9)
        ended = ticks(sales, clock)
    changed = [at for at, outcome in ended if outcome.changed]
    assert changed == [pytest.approx(20 * MINUTE, abs=5)]
    waits = gaps(after(ended, changed[0]))
    assert waits[:10] == pytest.approx([20] * 10, abs=2 * LONGEST_NAP)
    assert waits[-1] == pytest.approx(10 * MINUTE, abs=2 * LONGEST_NAP)
    assert sorted(waits) == pytest.approx(waits, abs=2 * LONGEST_NAP)
    assert max(gaps(ended)) <= 10 * MINUTE + 2 * LONGEST_NAP


def test_what_we_write_ourselves_is_no_change_of_people(sales: Installation) -> None:
    with night(45 * MINUTE) as clock:
        ended = ticks(sales, clock)
    assert ended[0][1].writes
    assert [outcome.changed for _, outcome in ended] == [False] * 5


def test_once_people_are_at_it_an_edit_takes_20_seconds_and_one_read(sales: Installation) -> None:
    with night(30 * MINUTE) as clock:
        edited(sales, clock, FIRST_EDIT, 9)
        edited(sales, clock, 21 * MINUTE, 4)
        ended = ticks(sales, clock)
    [_, second] = [tick for tick in ended if tick[1].changed]
    assert second[0] - 21 * MINUTE <= 20 + 2 * LONGEST_NAP
    assert (second[1].reads, second[1].write_requests) == (1, 1)
    idle = [outcome for at, outcome in ended if 20.5 * MINUTE < at < 21 * MINUTE]
    assert {(outcome.result, outcome.reads) for outcome in idle} == {(PassResult.UNCHANGED, 1)}
    assert scores(sales) == {"KR 1": 0.4, "KR 2": 0.5}


def test_with_a_hook_an_edit_is_a_score_within_seconds_and_the_time_is_counted(sales: Installation) -> None:
    with night(FIRST_EDIT + MINUTE) as clock:
        edited(sales, clock, FIRST_EDIT, 9, hook=True)
        ended = ticks(sales, clock)
    at, outcome = after(ended, FIRST_EDIT)[0]
    assert 3 <= at - FIRST_EDIT <= 3 + 3 * LONGEST_NAP
    assert (outcome.changed, outcome.reads, outcome.write_requests) == (True, 1, 1)
    figures = sales.records.figures()
    assert figures["edit_seconds_sum", ""] == pytest.approx(at - FIRST_EDIT, abs=2)
    assert sum(value for (name, _), value in figures.items() if name == "edit_seconds") == 1


def test_somebody_who_presses_is_answered_at_once_though_nothing_changed(sales: Installation) -> None:
    with night(FIRST_EDIT + MINUTE) as clock:
        clock.at(FIRST_EDIT, lambda: sales.records.looks.press("sales", clock.now()))
        ended = ticks(sales, clock)
    at, outcome = after(ended, FIRST_EDIT)[0]
    assert at - FIRST_EDIT <= 2 * LONGEST_NAP
    assert outcome.result is PassResult.UNCHANGED
    assert not sales.records.looks.presses()["sales"].waits
    assert sales.records.figures()["edit_seconds", "2.0"] == 1


def test_a_request_that_met_a_failure_is_answered_by_the_next_good_pass(sales: Installation) -> None:
    with night(FIRST_EDIT + 11 * MINUTE) as clock:
        fault = Fault(kind="error", method="spreadsheets.get", status=400, times=1)
        clock.at(FIRST_EDIT - 1, lambda: sales.server.fault(fault))
        edited(sales, clock, FIRST_EDIT, 9, hook=True)
        ended = ticks(sales, clock)
    results: list[PassOutcome] = [outcome for _, outcome in after(ended, FIRST_EDIT)]
    assert [outcome.result for outcome in results[:2]] == [PassResult.FAILED, PassResult.OK]
    figures = sales.records.figures()
    assert sum(value for (name, _), value in figures.items() if name == "edit_seconds") == 1
    assert figures["edit_seconds_sum", ""] > 50


def test_where_people_were_at_it_before_a_stop_they_are_after_it(sales: Installation) -> None:
    with night(20 * MINUTE + 30) as clock:
        edited(sales, clock, FIRST_EDIT, 9)
        ticks(sales, clock)
    with night(2 * MINUTE, "2026-11-21T08:21:00+00:00") as clock:
        ended = ticks(sales, clock)
    assert gaps(ended) == pytest.approx([20] * 5, abs=2 * LONGEST_NAP)


def test_what_was_asked_for_while_no_worker_ran_is_answered_by_its_first_pass(sales: Installation) -> None:
    with night(MINUTE) as clock:
        sales.records.looks.ask("sales", clock.now())
        ended = ticks(sales, clock)
    assert sales.records.looks.waiting() == {}
    assert len(ended) == 1
