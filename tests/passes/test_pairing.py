"""Which line of a sheet is which, after people moved, added, took out and reworded lines."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.passes.repair.pairing import Line, paired

# Rows as a name, a note and a number; None is covered by a number of ours.
Row = tuple[str, str, str | None]

names = st.integers(0, 30).map(lambda number: f"KR {number}")
notes = st.sampled_from(["", "", "tổng", "ghi chú"])
numbers = st.sampled_from(["", "7", "77"])


def line(row: Row, becomes: str | None = None) -> Line:
    name, note, number = row
    unsure = frozenset({2}) if number is None else frozenset()
    return Line((name,), (note, number), unsure, None if becomes is None else (name, note, becomes))


def pairs(before: Sequence[Row], after: Sequence[Row]) -> dict[int, int]:
    return paired([line(row) for row in before], [line(row) for row in after])


def moved(before: Sequence[Row], after: Sequence[Row]) -> list[Row | None]:
    """What each row of `after` was."""
    found = pairs(before, after)
    return [before[found[row]] if row in found else None for row in range(len(after))]


A, B, C = ("a", "", "1"), ("b", "", "2"), ("c", "", "3")
BLANK: Row = ("", "", "")
TOTAL: Row = ("", "tổng", "77")
BARE: Row = ("", "", "77")


def hit(row: Row) -> Row:
    return (row[0], row[1], None)


# By name


@given(st.lists(names, unique=True, max_size=15), st.data())
def test_every_named_row_that_survives_is_found_after_any_change(before: list[str], data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(before), unique=True)) if before else []
    new = data.draw(st.lists(names.map(lambda name: f"new {name}"), unique=True, max_size=4))
    after = data.draw(st.permutations([*kept, *new]))
    found = pairs([(name, "", "1") for name in before], [(name, "", "2") for name in after])
    for row, name in enumerate(after):
        if name in before:
            assert found[row] == before.index(name)


rows = st.lists(st.tuples(st.one_of(names, st.just("")), notes, numbers), max_size=12)


@given(rows, rows)
def test_no_row_of_before_is_found_twice(before: list[Row], after: list[Row]) -> None:
    found = list(pairs(before, after).values())
    assert len(found) == len(set(found))


@given(rows)
def test_what_did_not_move_is_found_where_it_stood(sheet: list[Row]) -> None:
    assert pairs(sheet, sheet) == {row: row for row in range(len(sheet))}


@given(rows, st.data())
def test_what_did_not_move_is_found_where_it_stood_whatever_we_cover(sheet: list[Row], data: st.DataObject) -> None:
    covered = data.draw(st.sets(st.integers(0, 11)))
    after = [hit(row) if number in covered else row for number, row in enumerate(sheet)]
    assert pairs(sheet, after) == {row: row for row in range(len(sheet))}


def test_a_row_reworded_where_it_stands_is_the_same_row() -> None:
    assert pairs([A, B, C], [A, ("b!", "", "2"), C]) == {0: 0, 1: 1, 2: 2}


def test_another_row_in_its_place_is_not() -> None:
    assert pairs([A, ("KR 2", "", "2"), C], [A, ("Tuyển dụng", "", "9"), C]) == {0: 0, 2: 2}


def test_an_inserted_row_is_new() -> None:
    assert moved([A, B], [A, ("new", "", ""), B]) == [A, None, B]


def test_a_sorted_sheet_is_found_by_what_its_rows_are_called() -> None:
    assert moved([C, A, B], [A, B, C]) == [A, B, C]


def test_rows_that_share_a_name_are_told_apart_by_what_they_say() -> None:
    one, other = ("a", "miền bắc", "1"), ("a", "miền nam", "2")
    assert moved([one, other, B], [B, other, one]) == [B, other, one]


# Rows that have no name


def test_a_nameless_row_is_known_by_what_it_says_wherever_it_is() -> None:
    assert moved([TOTAL, A, B], [B, A, TOTAL]) == [B, A, TOTAL]


def test_a_nameless_row_that_was_hit_is_known_by_what_is_not_covered() -> None:
    assert moved([A, BARE, B, TOTAL], [hit(TOTAL), A, BARE, B]) == [TOTAL, A, BARE, B]


def test_an_inserted_row_that_was_hit_is_not_taken_for_one_that_still_stands() -> None:
    assert moved([A, B, TOTAL], [A, hit(BLANK), B, TOTAL]) == [A, None, B, TOTAL]


def test_beside_an_inserted_row_the_one_that_was_hit_is_the_one_that_is_missing() -> None:
    assert moved([A, B, BARE], [BLANK, A, B, hit(BARE)]) == [None, A, B, BARE]


def test_of_two_that_were_hit_each_is_the_one_that_stood_there() -> None:
    one, other = ("", "", "7"), ("", "", "77")
    assert moved([A, one, B, other, C], [A, hit(one), B, hit(other), C]) == [A, one, B, other, C]


def test_rows_pushed_to_the_end_by_sorting_keep_their_order() -> None:
    one, other = ("", "", "7"), ("", "", "77")
    assert moved([A, one, B, other, C], [C, B, A, hit(one), hit(other)]) == [C, B, A, one, other]


def test_an_empty_row_that_was_deleted_is_not_taken_for_the_one_that_was_hit() -> None:
    assert moved([BLANK, A, B, BARE], [A, B, hit(BARE)]) == [A, B, BARE]


def test_an_empty_row_says_nothing_about_where_others_went() -> None:
    before, after = [A, BLANK, BLANK, B, TOTAL, BARE], [A, B, TOTAL, hit(BARE), BLANK, hit(BLANK)]
    assert moved(before, after)[:4] == [A, B, TOTAL, BARE]


def test_what_we_put_back_meanwhile_may_stand_there_already() -> None:
    before = [line(A), line(("", "", "0.2"), becomes="77"), line(B)]
    assert paired(before, [line(B), line(A), line(BARE)]) == {0: 2, 1: 0, 2: 1}


@pytest.mark.parametrize("count", [3, 300])
def test_empty_rows_in_any_number_change_nothing(count: int) -> None:
    before, after = [A, *[BLANK] * count, TOTAL, B], [*[BLANK] * count, B, A, BLANK, hit(TOTAL)]
    found = moved(before, after)
    assert [found[count], found[count + 1], found[count + 3]] == [B, A, TOTAL]
