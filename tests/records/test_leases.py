"""Leases: one pass over a spreadsheet at a time, among machines that share a database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from sync.domain.memory import PassRecord, PassResult
from sync.records import Lease, LeaseHolder, LeaseLostError, Records
from sync.records.leases import LENGTH

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SOON = timedelta(seconds=1)
HERE, THERE = LeaseHolder("hanoi:/state", "1"), LeaseHolder("hue:/state", "1")


@pytest.fixture
def records(database_url: str) -> Iterator[Records]:
    found = Records.open(database_url)
    yield found
    found.close()


def test_a_lease_that_is_held_is_not_given_to_another_place(records: Records) -> None:
    assert records.take_lease("sales", HERE, NOON)
    assert not records.take_lease("sales", THERE, NOON + LENGTH - SOON)


def test_every_spreadsheet_has_its_own(records: Records) -> None:
    assert records.take_lease("sales", HERE, NOON)
    assert records.take_lease("people", THERE, NOON)


def test_a_lease_that_was_given_back_is_free(records: Records) -> None:
    records.take_lease("sales", HERE, NOON)
    records.give_back_lease("sales", HERE)
    assert records.take_lease("sales", THERE, NOON)


def test_a_lease_that_has_passed_is_free(records: Records) -> None:
    records.take_lease("sales", HERE, NOON)
    assert records.take_lease("sales", THERE, NOON + LENGTH)


def test_what_a_dead_run_of_the_same_place_left_is_taken_over_at_once(records: Records) -> None:
    records.take_lease("sales", HERE, NOON)
    assert records.take_lease("sales", LeaseHolder(HERE.place, "2"), NOON + SOON)


@pytest.mark.parametrize("other", ["hanoi:/state2", "hanoi:/stat", "%", "hanoi:/stat_"])
def test_a_place_is_told_from_those_with_a_like_name(records: Records, other: str) -> None:
    records.take_lease("sales", HERE, NOON)
    assert not records.take_lease("sales", LeaseHolder(other, "1"), NOON)


def test_a_lease_of_a_clock_that_was_hours_ahead_holds_nobody_up(records: Records) -> None:
    records.take_lease("sales", HERE, NOON + timedelta(hours=3))
    assert records.take_lease("sales", THERE, NOON)


def test_who_comes_late_does_not_give_back_what_is_anothers(records: Records) -> None:
    records.take_lease("sales", HERE, NOON)
    records.take_lease("sales", THERE, NOON + LENGTH)
    records.give_back_lease("sales", HERE)
    assert not records.take_lease("sales", HERE, NOON + LENGTH)


def test_of_many_that_ask_at_once_one_gets_it(records: Records) -> None:
    askers = [LeaseHolder(f"machine-{number}:/state", "1") for number in range(16)]
    with ThreadPoolExecutor(len(askers)) as pool:
        got = list(pool.map(lambda holder: records.take_lease("sales", holder, NOON), askers))
    assert got.count(True) == 1


def intend(records: Records, holder: LeaseHolder, at: datetime) -> None:
    records.intend("sales", [(7, "điểm")], {"k1": Decimal("0.5")}, b"entry", at, holder)


def test_the_holder_may_write_until_the_lease_passes(records: Records) -> None:
    records.take_lease("sales", HERE, NOON)
    intend(records, HERE, NOON + LENGTH - SOON)
    assert records.memory("sales").pending_write == b"entry"


@pytest.mark.parametrize("taken_over", [False, True])
def test_whose_lease_has_passed_may_not_even_intend_to_write(records: Records, taken_over: bool) -> None:
    records.take_lease("sales", HERE, NOON)
    if taken_over:
        records.take_lease("sales", THERE, NOON + LENGTH)
    with pytest.raises(LeaseLostError):
        intend(records, HERE, NOON + LENGTH)
    assert records.memory("sales") == records.memory("nothing is known of this one")


def test_whose_lease_has_passed_may_not_record_what_it_saw(records: Records) -> None:
    records.take_lease("sales", HERE, NOON)
    late = PassRecord(
        spreadsheet="sales", started_at=NOON, finished_at=NOON + LENGTH, result=PassResult.FAILED, message="network"
    )
    for keep in (records.record, records.still_good):
        with pytest.raises(LeaseLostError):
            keep(late, holder=HERE)
    assert records.last_passes() == {}


def test_whose_lease_has_passed_may_not_take_back_an_intention(records: Records) -> None:
    records.take_lease("sales", HERE, NOON)
    before = records.memory("sales")
    intend(records, HERE, NOON)
    with pytest.raises(LeaseLostError):
        records.withdraw("sales", before, NOON + LENGTH, HERE)
    assert records.memory("sales").pending_write == b"entry"


def test_a_new_run_of_the_same_place_shuts_out_the_one_before(records: Records) -> None:
    records.take_lease("sales", HERE, NOON)
    records.take_lease("sales", LeaseHolder(HERE.place, "2"), NOON)
    with pytest.raises(LeaseLostError):
        intend(records, HERE, NOON)


def test_a_lease_lasts_only_while_both_clocks_say_so() -> None:
    lease = Lease("sales", HERE, until=NOON + LENGTH, deadline=1300.0)
    assert lease.still_held(NOON, 1000.0)
    assert not lease.still_held(NOON + LENGTH, 1000.0), "a machine that slept: its monotonic clock stood still"
    assert not lease.still_held(NOON - LENGTH, 1300.0), "a process that was stopped, and the wall clock set back"
