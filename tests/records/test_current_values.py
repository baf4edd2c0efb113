"""When somebody last changed a current value: what is heard of a key result that nobody keeps a log of."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from sync.domain.okr import NO_AMOUNT, Amount
from sync.domain.scoring import Score
from sync.records import Records
from tests.support.recorded import MEMORY, NOON, a_pass, snapshot

UNREADABLE = Amount(text="#REF!", fault="cell-error")


def amount(number: str) -> Amount:
    return Amount(Decimal(number), number) if number else NO_AMOUNT


def note(records: Records, hours: int, current: Amount, score: str = "0.5", spreadsheet: str = "sales") -> None:
    """A pass some hours after noon."""
    at = NOON + timedelta(hours=hours)
    seen = snapshot(score, at)
    [found] = seen.key_results
    key = f"k-{spreadsheet}"
    seen = replace(
        seen,
        spreadsheet=spreadsheet,
        key_results=(structs.replace(found, key=key, current=current),),
        scores={key: Score(Decimal(score))},
    )
    records.record(a_pass(at, spreadsheet=spreadsheet), seen, MEMORY)


def test_what_is_seen_for_the_first_time_is_no_change(records: Records) -> None:
    note(records, 0, amount("30"))
    note(records, 1, amount("30.0"))
    assert records.newest_changes() == {}


def test_another_number_is_a_change_also_where_the_score_stays(records: Records) -> None:
    for hours, number in enumerate(("30", "36", "36", "35")):
        note(records, hours, amount(number), score="0")
    assert records.newest_changes() == {"k-sales": NOON + timedelta(hours=3)}


def test_another_score_of_the_same_number_is_none(records: Records) -> None:
    for hours, score in enumerate(("0.5", "0.6", "0.7")):
        note(records, hours, amount("30"), score)
    assert records.newest_changes() == {}


@pytest.mark.parametrize("gone", [NO_AMOUNT, UNREADABLE])
def test_a_number_that_was_gone_for_a_while_has_not_changed(records: Records, gone: Amount) -> None:
    note(records, 0, amount("30"))
    note(records, 1, gone)
    note(records, 2, amount("30"))
    assert records.newest_changes() == {}
    note(records, 3, gone)
    note(records, 4, amount("31"))
    assert records.newest_changes() == {"k-sales": NOON + timedelta(hours=4)}


def test_the_first_number_of_an_empty_cell_is_a_change_and_that_of_an_unreadable_one_is_not_known_to_be(
    records: Records,
) -> None:
    note(records, 0, NO_AMOUNT)
    note(records, 0, UNREADABLE, spreadsheet="people")
    note(records, 1, amount("0"))
    note(records, 1, amount("0"), spreadsheet="people")
    assert records.newest_changes() == {"k-sales": NOON + timedelta(hours=1)}


def test_each_spreadsheet_has_values_of_its_own_and_they_stay_when_it_leaves_the_configuration(
    records: Records,
) -> None:
    for hours, number in enumerate(("1", "2")):
        note(records, hours, amount(number))
        note(records, hours + 2, amount(number), spreadsheet="people")
    records.forget(["sales"])
    assert records.newest_changes() == {
        "k-sales": NOON + timedelta(hours=1),
        "k-people": NOON + timedelta(hours=3),
    }
