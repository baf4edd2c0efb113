"""After a write that met moved rows, everything is as if the write had met none.

`tests.support.played_sheets` plays Sheets: a write goes to positions, whatever stands there by then.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.domain.grid import Scalar
from sync.passes.repair import is_verified
from tests.support.examples import examples
from tests.support.grids import mapping
from tests.support.played_sheets import (
    AT_WORK,
    FLAT,
    HEADER,
    NO_OBJECTIVE_SCORE,
    ONLY_KEY_RESULTS_SIDE_BY_SIDE,
    SIDE_BY_SIDE,
    WIDE_HEADER,
    WITH_IDS,
    Cell,
    Edit,
    Round,
    Sheet,
    World,
    contents,
    disturbed,
    laid,
    sheet_tab,
)


def in_score_cell(kind: int) -> Cell:
    """What people have in score cells: nothing, an old number, a typed one, a text, a formula."""
    return [Cell(), Cell(3.3), Cell(7.77), Cell("theo sếp"), Cell(42, "=40+2"), Cell(True)][kind]


def word(number: int) -> str:
    """Texts that no two rows have much of in common."""
    return chr(ord("A") + number % 26) * (4 + number // 26)


def kr_row(number: int, current: int | None, kinds: tuple[int, int]) -> list[Cell]:
    held = [in_score_cell(kind) for kind in kinds]
    texts: list[Scalar] = [f"K{number}", f"{word(number)} o", f"{word(number)} kr", 10, current]
    return [*(Cell(value) for value in texts), *held, Cell(f"ghi chú {number}")]


def wide_row(number: int, current: int | None, kinds: tuple[int, int]) -> list[Cell]:
    held = [in_score_cell(kind) for kind in kinds]
    first, second = [Cell(word(number)), Cell(current)], [Cell(f"{word(number)} b"), Cell(current)]
    return [Cell(f"{word(number)} o"), *first, held[0], *second, held[1], Cell(f"ghi chú {number}")]


def total_row(number: int, kinds: tuple[int, int]) -> list[Cell]:
    """A row of people's own: no name, something in score cells, and a word to it."""
    row = [Cell() for _ in HEADER]
    row[5], row[6], row[7] = in_score_cell(kinds[0]), in_score_cell(kinds[1]), Cell(f"tổng {number}")
    return row


def empty_row() -> list[Cell]:
    return [Cell() for _ in HEADER]


currents = st.one_of(st.none(), st.integers(0, 10))
kinds = st.tuples(st.integers(0, 5), st.integers(0, 5))
drawn_rows = st.lists(st.tuples(currents, kinds), min_size=1, max_size=7)
layouts = st.sampled_from([FLAT, WITH_IDS, NO_OBJECTIVE_SCORE])


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Key results, with rows that have no name between and below them."""
    rows = [kr_row(number, *row) for number, row in enumerate(draw(drawn_rows))]
    for number, held in enumerate(draw(st.lists(st.none() | kinds, max_size=4))):
        row = empty_row() if held is None else total_row(number, held)
        rows.insert(draw(st.integers(0, len(rows))), row)
    return laid(HEADER, rows)


def edits_of(*what: str, most: int = 3) -> st.SearchStrategy[list[Edit]]:
    where = st.integers(0, AT_WORK - 1)
    return st.lists(st.tuples(st.sampled_from(what), where, where), max_size=most)


row_edits = edits_of("insert", "insert empty", "delete", "sort", "move")
# What is typed into a new row while columns move under our write in the same moment nobody has ever seen.
column_edits = edits_of("insert empty", "delete", "sort", "move", "insert column", most=2)
# Of two rounds without an answer, rows that hold nothing but what we hit cannot all be told apart.
new_and_deleted = edits_of("insert", "delete", most=2)
new_column = edits_of("insert column", most=1)


def new_kr(number: int) -> list[Cell]:
    return kr_row(number, number % 10, (0, 0))


def new_wide(number: int) -> list[Cell]:
    return wide_row(number, number % 10, (0, 0))


slow = settings(max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_a_write_that_the_sheet_does_not_show_has_not_landed() -> None:
    world = World(laid(HEADER, [kr_row(0, 5, (0, 0))]), mapping(FLAT))
    reading = world.read()
    writes = world.plan(reading).writes
    before = world.baselines(reading, writes)
    assert writes
    assert not is_verified(before, writes, [sheet_tab(world.sheet)])
    world.apply(writes)
    assert is_verified(before, writes, [sheet_tab(world.sheet)])


@slow
@given(layouts, sheets(), row_edits, row_edits)
def test_rows_moved_before_and_after_a_write_leave_no_trace(
    toml: str, sheet: Sheet, people: list[Edit], again: list[Edit]
) -> None:
    world = World(sheet, mapping(toml))
    expected = disturbed(world, [Round(people, again)], new_kr)
    assert contents(world.sheet) == contents(expected)


@slow
@given(layouts, sheets(), row_edits, row_edits)
def test_rows_moved_in_two_rounds_leave_no_trace(
    toml: str, sheet: Sheet, people: list[Edit], again: list[Edit]
) -> None:
    world = World(sheet, mapping(toml))
    expected = disturbed(world, [Round(people), Round(again)], new_kr)
    assert contents(world.sheet) == contents(expected)


@slow
@given(layouts, sheets(), column_edits, column_edits)
def test_columns_that_moved_leave_no_trace(toml: str, sheet: Sheet, people: list[Edit], again: list[Edit]) -> None:
    world = World(sheet, mapping(toml))
    expected = disturbed(world, [Round(people, again)], new_kr)
    assert contents(world.sheet) == contents(expected)


@slow
@given(layouts, sheets(), row_edits, row_edits, st.sampled_from([False, None]))
def test_a_write_that_nobody_saw_land_or_fail_leaves_no_trace(
    toml: str, sheet: Sheet, people: list[Edit], again: list[Edit], answered: bool | None
) -> None:
    world = World(sheet, mapping(toml))
    expected = disturbed(world, [Round(people, again, answered)], new_kr)
    assert contents(world.sheet) == contents(expected)


@slow
@given(layouts, sheets(), column_edits, column_edits, st.sampled_from([False, None]))
def test_a_write_that_nobody_saw_leaves_no_trace_in_columns_that_moved(
    toml: str, sheet: Sheet, people: list[Edit], again: list[Edit], answered: bool | None
) -> None:
    world = World(sheet, mapping(toml))
    expected = disturbed(world, [Round(people, again, answered)], new_kr)
    assert contents(world.sheet) == contents(expected)


def test_a_number_that_two_rows_were_sent_is_found_where_only_one_of_them_can_have_hit() -> None:
    """The score of the second is sent together with its objective's, which does not stand in the new row."""
    rows = [kr_row(0, 1, (1, 4)), kr_row(1, 1, (0, 0))]
    world = World(laid(HEADER, rows), mapping(FLAT))
    insert: Edit = ("insert", 0, 0)
    expected = disturbed(world, [Round([insert], answered=False)], lambda number: kr_row(number, None, (0, 0)))
    assert contents(world.sheet) == contents(expected)


@slow
@given(layouts, drawn_rows, new_and_deleted, new_and_deleted, st.booleans(), st.sampled_from([False, None]))
def test_a_repair_that_nobody_saw_land_or_fail_leaves_no_trace(
    toml: str,
    rows: list[tuple[int | None, tuple[int, int]]],
    people: list[Edit],
    again: list[Edit],
    seen: bool,
    answered: bool | None,
) -> None:
    world = World(laid(HEADER, [kr_row(number, *row) for number, row in enumerate(rows)]), mapping(toml))
    expected = disturbed(world, [Round(people, answered=seen), Round(again, answered=answered)], new_kr)
    assert contents(world.sheet) == contents(expected)


@slow
@given(layouts, sheets(), new_column, new_column, st.booleans(), st.sampled_from([False, None]))
def test_a_repair_that_nobody_saw_leaves_no_trace_in_columns_that_moved(
    toml: str, sheet: Sheet, people: list[Edit], again: list[Edit], seen: bool, answered: bool | None
) -> None:
    world = World(sheet, mapping(toml))
    expected = disturbed(world, [Round(people, answered=seen), Round(again, answered=answered)], new_kr)
    assert contents(world.sheet) == contents(expected)


ABOVE: Edit = ("insert above", 0, 0)


@pytest.mark.parametrize("answered", [False, None])
@pytest.mark.parametrize("column", range(len(HEADER) + 1))
def test_a_header_that_we_hit_and_put_back_into_a_new_column_comes_home(column: int, answered: bool | None) -> None:
    """The first write is seen to hit it. Of the two repairs that follow, nobody sees anything."""
    rows = [kr_row(number, 2 * number + 1, (0, 1)) for number in range(3)]
    world = World(laid(HEADER, [*rows, total_row(0, (2, 4))]), mapping(FLAT))
    rounds = [Round([ABOVE]), Round([("insert column", column, 0)], answered=False), Round(answered=answered)]
    assert contents(disturbed(world, rounds, new_kr)) == contents(world.sheet)


@slow
@given(layouts, sheets(), st.integers(0, 4), st.booleans(), *[st.sampled_from([False, None])] * 2)
def test_a_repair_of_the_header_that_nobody_saw_leaves_no_trace(
    toml: str, sheet: Sheet, column: int, seen: bool, answered: bool | None, again: bool | None
) -> None:
    """Columns may come in left of the scores: one among them that shows nothing but our numbers may be any."""
    world = World(sheet, mapping(toml))
    insert: Edit = ("insert column", column, 0)
    expected = disturbed(
        world, [Round([ABOVE], answered=seen), Round([insert], (), answered), Round((), (), again)], new_kr
    )
    assert contents(world.sheet) == contents(expected)


@slow
@given(st.sampled_from([SIDE_BY_SIDE, ONLY_KEY_RESULTS_SIDE_BY_SIDE]), drawn_rows, edits_of("insert", "delete", "sort"))
def test_key_results_side_by_side_leave_no_trace_either(
    toml: str, rows: list[tuple[int | None, tuple[int, int]]], people: list[Edit]
) -> None:
    world = World(laid(WIDE_HEADER, [wide_row(number, *row) for number, row in enumerate(rows)]), mapping(toml))
    expected = disturbed(world, [Round(people)], new_wide)
    assert contents(world.sheet) == contents(expected)
