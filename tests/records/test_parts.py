"""What is another in a view than in the one before is stored by itself, and all of it comes back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from sync.domain.okr import KeyResult
from sync.domain.snapshot import Part, Snapshot, part_between
from sync.records import Records
from sync.records.views import MOST_CHANGES
from tests.support.recorded import MEMORY, a_pass
from tests.webapp.companies import NOW, amount, key_result, objective, snapshot

MANY = MOST_CHANGES + 1


def sheet(*currents: int, **facts: object) -> Snapshot:
    """One objective with a key result from 30 to 50 for each current value."""
    key_results = [
        key_result(f"k{number}", "o", number + 1, current=amount(current)) for number, current in enumerate(currents)
    ]
    return view(key_results, **facts)


def view(key_results: Sequence[KeyResult], **facts: object) -> Snapshot:
    return replace(snapshot([objective("o")], key_results), **facts)  # type: ignore[arg-type]


def keep(records: Records, *views: Snapshot) -> None:
    """One pass after the other, each with what makes its view another one than the last."""
    last: Snapshot | None = None
    for number, each in enumerate(views):
        part = part_between(last, each) if last else None
        record = replace(a_pass(NOW + timedelta(minutes=number)), spreadsheet=each.spreadsheet)
        records.record(record, each, MEMORY, part=part)
        last = each


def stored_beside(url: str) -> int:
    """How many objectives and key results are stored by themselves."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found: int = connection.execute(text("SELECT count(*) FROM change")).scalar_one()
    engine.dispose()
    return found


def test_what_changed_is_stored_by_itself_and_comes_back_in_its_place(url: str, records: Records) -> None:
    now = sheet(31, 45, 40)
    keep(records, sheet(31, 35, 40), now)
    # The key result, and its objective with the score.
    assert stored_beside(url) == 2
    with Records.open(url) as others:
        assert others.snapshot(now.spreadsheet) == now


def test_a_change_back_is_a_change_too(records: Records) -> None:
    now = sheet(31, 35)
    keep(records, now, sheet(31, 45), now)
    assert records.snapshot(now.spreadsheet) == now


def test_where_nothing_changed_nothing_is_stored(url: str, records: Records) -> None:
    keep(records, sheet(31, 35))
    version = records.version()
    keep(records, sheet(31, 35), sheet(31, 35))
    assert (stored_beside(url), records.version()) == (0, version)


@pytest.mark.parametrize("at_once", [True, False])
def test_of_very_many_changes_the_view_is_stored_whole_again(url: str, records: Records, at_once: bool) -> None:
    before, between, now = (sheet(*(30 + number % 7 for number in range(begin, begin + MANY))) for begin in range(3))
    half = [*between.key_results[: MANY // 2], *before.key_results[MANY // 2 :]]
    keep(records, before, now) if at_once else keep(records, before, view(half), now)
    assert stored_beside(url) == 0
    assert records.snapshot(now.spreadsheet) == now


def test_what_came_went_or_moved_is_no_part() -> None:
    one = sheet(31, 35)
    for other in (sheet(31), sheet(31, 35, 40), view(one.key_results[::-1]), sheet(31, 35, title="Đã đổi tên")):
        assert part_between(one, other) is None


def test_when_it_was_seen_makes_no_other_view() -> None:
    assert part_between(sheet(31), sheet(31, taken_at=NOW + timedelta(days=1))) == Part()
