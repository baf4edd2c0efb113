"""What needs a person is tried after longer and longer pauses; what passes by itself is tried at every interval."""

from itertools import pairwise

import pytest

from sync.domain.backoff import next_try
from sync.domain.failures import Trouble
from sync.domain.memory import PassResult
from sync.engine import LONGEST_NAP
from sync.local_sheets.faults.faults import Fault
from sync.passes.run import run_pass
from tests.support.commands import edit_current
from tests.support.flat_sheet import HEADER, every, key_results
from tests.support.installation import Installation
from tests.support.nights import HOUR, MINUTE, about, gaps, night, ticks

# Eight pauses of 1, 2, 4 and up to 60 minutes, and what each is rounded up by.
UP_TO_HOURLY = 190 * MINUTE


def test_what_needs_a_person_is_tried_after_1_2_4_up_to_60_minutes(sales: Installation) -> None:
    sales.configure(every("30s", "nowhere"))
    with night(UP_TO_HOURLY) as clock:
        ended = ticks(sales, clock)
    assert {outcome.error.trouble for _, outcome in ended if outcome.error} == {Trouble.NOT_FOUND}
    assert gaps(ended) == about([minutes * MINUTE for minutes in (1, 2, 4, 8, 16, 32, 60, 60)])


def forbid_writing(installation: Installation) -> None:
    installation.server.fault(Fault(kind="error", method="spreadsheets.batchUpdate", status=403))


def test_writes_that_are_refused_are_tried_after_1_2_4_up_to_60_minutes_and_reading_goes_on(
    sales: Installation,
) -> None:
    sales.configure(every("30s"))
    forbid_writing(sales)
    with night(127 * MINUTE) as clock:
        clock.at(2 * HOUR, lambda: edit_current(sales.server, 1, 9))
        ended = ticks(sales, clock)
    assert max(gaps(ended)) <= 30 + 2 * LONGEST_NAP
    assert {(outcome.result, outcome.reads) for _, outcome in ended} == {(PassResult.PARTIAL, 1)}
    tries = [at for at, outcome in ended if outcome.write_requests]
    waited = [later - earlier for earlier, later in pairwise(tries)]
    assert waited == pytest.approx([minutes * MINUTE for minutes in (1, 2, 4, 8, 16, 32, 60)], abs=31)
    assert {outcome.write_requests for _, outcome in ended} == {0, 1}
    seen = [outcome.snapshot.scores for at, outcome in ended if outcome.snapshot and at > 2 * HOUR + 31]
    assert {str(score[found].value) for score in seen for found in score} >= {"0.9"}


def test_who_lets_us_write_again_waits_for_the_next_try_or_makes_one(sales: Installation) -> None:
    sales.configure(every("30s"))
    forbid_writing(sales)
    with night(30 * MINUTE) as clock:
        clock.at(20 * MINUTE, sales.server.clear_faults)
        clock.at(20 * MINUTE + 1, lambda: run_pass(sales.config.spreadsheet[0], sales.client, sales.records, clock))
        ended = ticks(sales, clock)
    after = [outcome.result for at, outcome in ended if at > 20 * MINUTE + 2][:2]
    assert set(after) <= {PassResult.UNCHANGED, PassResult.OK}


def test_a_restart_tries_refused_writes_at_once(sales: Installation) -> None:
    sales.configure(every("30s"))
    forbid_writing(sales)
    with night(10 * MINUTE) as clock:
        ticks(sales, clock)
    sales.server.clear_faults()
    with night(MINUTE, "2026-11-21T08:10:01+00:00") as clock:
        ended = ticks(sales, clock)
    assert ended[0][1].result is PassResult.OK


def test_after_a_success_it_is_tried_at_its_interval_again(sales: Installation) -> None:
    sales.configure(every("30s", "people"))
    with night(20 * MINUTE) as clock:
        clock.at(10 * MINUTE, lambda: sales.spreadsheet("people", {"OKR": [HEADER, *key_results(2)]}))
        ended = ticks(sales, clock)
    assert gaps(ended)[:5] == about([MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 30])
    assert [outcome.result for _, outcome in ended][4:6] == [PassResult.OK, PassResult.UNCHANGED]


def test_trouble_that_passes_by_itself_keeps_the_interval(sales: Installation) -> None:
    sales.server.fault(Fault(kind="error", method="spreadsheets.get", status=503))
    with night(HOUR) as clock:
        ended = ticks(sales, clock)
    assert {outcome.error.trouble for _, outcome in ended if outcome.error} == {Trouble.NETWORK}
    retries = 2 * MINUTE
    assert max(gaps(ended)) <= 5 * MINUTE + retries


def test_a_restart_tries_at_once_and_a_failure_goes_on_from_where_it_was(sales: Installation) -> None:
    sales.configure(every("30s", "nowhere"))
    with night(4 * MINUTE) as clock:
        first = ticks(sales, clock)
    with night(20 * MINUTE, "2026-11-21T09:00:00+00:00") as clock:
        again = ticks(sales, clock)
    assert len(first) == 3
    assert again[0][0] == 0
    assert gaps(again) == about([next_try(4, 30)])


def test_a_success_of_another_process_ends_the_pause_within_an_interval(sales: Installation) -> None:
    sales.configure(every("30s", "people"))

    def share_and_sync() -> None:
        sales.spreadsheet("people", {"OKR": [HEADER, *key_results(2)]})
        run_pass(sales.config.spreadsheet[0], sales.client, sales.records, clock)

    with night(25 * MINUTE) as clock:
        clock.at(20 * MINUTE + 10, share_and_sync)
        ended = ticks(sales, clock)
    assert [at for at, _ in ended][5] <= 20 * MINUTE + 10 + 30 + 2 * LONGEST_NAP
