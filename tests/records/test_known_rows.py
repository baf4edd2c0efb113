"""A stored view is unpacked beside what was just read: what stands in both is one object, and all else is as stored."""

from collections.abc import Sequence

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.okr import KeyResult
from sync.domain.snapshot import Snapshot
from sync.records.known_rows import snapshot_in
from tests.webapp.companies import amount, key_result, objective, snapshot

OBJECTIVE = objective("o")
KEYS = "abcde"


def rows(*said: tuple[str, int | str]) -> list[KeyResult]:
    """A key result for each key and current value."""
    return [key_result(key, "o", current=amount(current)) for key, current in said]


def stored(key_results: Sequence[KeyResult]) -> Snapshot:
    return snapshot([OBJECTIVE], key_results)


def beside(read: Sequence[KeyResult], kept: Sequence[KeyResult]) -> Sequence[KeyResult]:
    """What is kept, unpacked beside what was read."""
    return snapshot_in(msgspec.json.encode(stored(kept)), [OBJECTIVE, *read]).key_results


def test_what_the_sheet_still_says_is_not_made_a_second_time() -> None:
    read = rows(("a", 1), ("b", 2))
    found = snapshot_in(msgspec.json.encode(stored(rows(("a", 1), ("b", 2)))), [OBJECTIVE, *read])
    assert found.objectives[0] is OBJECTIVE
    assert [each is known for each, known in zip(found.key_results, read, strict=True)] == [True, True]


def test_what_changed_is_as_it_is_stored() -> None:
    read = rows(("a", 1), ("b", 9), ("c", 3))
    a, b, c = beside(read, rows(("a", 1), ("b", 2), ("c", 3)))
    assert (a is read[0], b.current.text, c is read[2]) == (True, "2", True)


def test_rows_that_came_went_or_moved_hide_no_other() -> None:
    read = rows(("new", 0), ("c", 3), ("a", 1), ("d", 4))
    a, b, c, d = beside(read, rows(("a", 1), ("b", 2), ("c", 3), ("d", 4)))
    assert (a is read[2], b.key, c is read[1], d is read[3]) == (True, "b", True, True)


def test_a_number_that_is_written_otherwise_stays_as_it_is_stored() -> None:
    [found] = beside(rows(("a", "1.0")), rows(("a", "1")))
    assert str(found.current.number) == "1"


several = st.lists(st.tuples(st.sampled_from(KEYS), st.integers(0, 2)), unique_by=lambda said: said[0])


@given(several, several)
def test_whatever_was_read_the_view_is_the_one_that_was_stored(
    read: list[tuple[str, int]], kept: list[tuple[str, int]]
) -> None:
    view = stored(rows(*kept))
    assert snapshot_in(msgspec.json.encode(view), [OBJECTIVE, *rows(*read)]) == view
