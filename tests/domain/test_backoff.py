"""When to try again after trouble that only a person can end."""

from datetime import UTC, datetime, timedelta

import pytest

from sync.domain.backoff import NEEDS_A_PERSON, RECENT, failures_in_a_row, next_try, pause_left
from sync.domain.failures import Trouble
from sync.domain.memory import PassRecord, PassResult

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
MINUTE = 60


def passes(*newest_first: Trouble | PassResult) -> list[PassRecord]:
    """Passes that failed with a trouble, or ended with a result, at noon."""
    return [one_pass(end) for end in newest_first]


def one_pass(end: Trouble | PassResult) -> PassRecord:
    failed = isinstance(end, Trouble)
    return PassRecord(
        spreadsheet="sales",
        started_at=NOON,
        finished_at=NOON,
        result=PassResult.FAILED if failed else PassResult(end),
        message=str(end) if failed else "",
    )


def test_tries_are_1_2_4_up_to_60_minutes_apart() -> None:
    tries = [next_try(failures, every=10) for failures in range(9)]
    assert tries == [10, *(minutes * MINUTE for minutes in (1, 2, 4, 8, 16, 32, 60, 60))]


def test_a_try_is_never_sooner_than_the_interval() -> None:
    assert [next_try(failures, every=5 * MINUTE) for failures in (1, 3, 4)] == [5 * MINUTE, 5 * MINUTE, 8 * MINUTE]
    assert next_try(20, every=2 * 60 * MINUTE) == 2 * 60 * MINUTE


@pytest.mark.parametrize("trouble", sorted(NEEDS_A_PERSON))
def test_what_needs_a_person_counts(trouble: Trouble) -> None:
    assert failures_in_a_row(passes(trouble, trouble)) == 2


@pytest.mark.parametrize("trouble", sorted(set(Trouble) - NEEDS_A_PERSON))
def test_what_passes_by_itself_keeps_the_interval_and_does_not_end_the_row(trouble: Trouble) -> None:
    assert failures_in_a_row(passes(trouble, Trouble.PERMISSION)) == 0
    assert failures_in_a_row(passes(Trouble.PERMISSION, trouble, Trouble.PERMISSION)) == 2


@pytest.mark.parametrize("result", sorted(set(PassResult) - {PassResult.FAILED}))
def test_any_pass_that_got_through_ends_the_row(result: PassResult) -> None:
    assert failures_in_a_row(passes(result, Trouble.PERMISSION)) == 0
    assert failures_in_a_row(passes(Trouble.PERMISSION, result, Trouble.PERMISSION)) == 1


def test_the_recent_passes_are_enough_for_the_longest_pause() -> None:
    assert next_try(failures_in_a_row(passes(*[Trouble.NOT_FOUND] * RECENT)), every=1) == 60 * MINUTE


def test_before_the_first_pass_nothing_failed() -> None:
    assert failures_in_a_row(passes()) == 0
    assert pause_left(passes(), 30, NOON) <= 0


def test_the_pause_lasts_from_the_end_of_the_failed_pass_until_the_next_try() -> None:
    failed = passes(Trouble.PERMISSION, Trouble.PERMISSION)
    assert [pause_left(failed, 30, NOON + timedelta(seconds=passed)) for passed in (0, 119, 120)] == [120, 1, 0]


@pytest.mark.parametrize("end", [PassResult.OK, PassResult.PARTIAL, Trouble.NETWORK])
def test_there_is_no_pause_after_anything_else(end: Trouble | PassResult) -> None:
    assert pause_left(passes(end, Trouble.PERMISSION), 30, NOON) <= 0


def test_a_clock_that_was_set_back_does_not_prolong_the_pause() -> None:
    assert pause_left(passes(Trouble.PERMISSION), 30, NOON - timedelta(hours=2)) <= 0
