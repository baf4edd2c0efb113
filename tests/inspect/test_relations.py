"""Which columns make the progress that a sheet shows, by its numbers alone."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.inspect.relations import relation_in, weight_in


def by_row(*columns: Sequence[float]) -> dict[int, dict[int, float]]:
    """Numbers by column and row."""
    return {index: dict(enumerate(column)) for index, column in enumerate(columns)}


@pytest.mark.parametrize(
    ("columns", "roles"),
    [
        ([(40, 80, 10), (10, 60, 4), (0.25, 0.75, 0.4)], {"target": 0, "current": 1, "score": 2}),
        ([(400, 800, 10), (100, 600, 4), (25, 75, 40)], {"target": 0, "current": 1, "score": 2}),
        (
            [(20, 0.1, 1000), (12, 0.15, 1200), (16, 0.12, 1050), (0.5, 0.4, 0.25)],
            {"start": 0, "target": 1, "current": 2, "score": 3},
        ),
    ],
)
def test_progress_tells_start_target_and_current(columns: list[tuple[float, ...]], roles: dict[str, int]) -> None:
    found = relation_in(by_row(*columns), {}, {}, {})
    assert found is not None
    assert found.roles == roles


def test_a_column_whose_role_is_known_takes_no_other() -> None:
    numbers = by_row((40, 80, 10), (10, 60, 4), (0.25, 0.75, 0.4))
    assert relation_in(numbers, {"current": 0}, {}, {}) is None


def test_two_rows_are_enough_only_where_words_hint_at_the_same() -> None:
    numbers = by_row((40, 80), (10, 60), (0.25, 0.75))
    assert relation_in(numbers, {}, {}, {}) is None
    assert relation_in(numbers, {}, {"target": 0, "current": 1}, {}) is not None


def test_numbers_that_have_two_readings_have_none() -> None:
    numbers = by_row((40, 80, 50), (10, 60, 20), (25, 75, 40))
    assert relation_in(numbers, {}, {}, {}) is None
    assert relation_in(numbers, {}, {"target": 0, "current": 1}, {}) is not None


def test_scores_of_ten_tell_as_much() -> None:
    numbers = by_row((40, 80, 50), (10, 60, 20), (2.5, 7.5, 4))
    found = relation_in(numbers, {}, {}, {})
    assert found is not None
    assert found.roles == {"score": 2, "target": 0, "current": 1}


def test_what_a_formula_makes_of_others_is_none_of_what_they_are_made_of() -> None:
    numbers = by_row((0.5, 0.4, 0.8), (0.1, 0.12, 0.4), (0.2, 0.3, 0.5))
    likely = {"score": 2, "target": 0}
    assert relation_in(numbers, {}, likely, {}) is not None
    assert relation_in(numbers, {}, likely, {1: {0, 2}}) is None


def test_all_and_nothing_tell_nothing() -> None:
    assert relation_in(by_row((40, 80, 10), (40, 0, 10), (1, 0, 1)), {}, {"target": 0, "current": 1}, {}) is None


@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3), min_size=3, max_size=5))
def test_what_is_found_reproduces_the_numbers(columns: list[list[float]]) -> None:
    numbers = by_row(*columns)
    found = relation_in(numbers, {}, {}, {})
    if found is not None:
        assert len(set(found.roles.values())) == len(found.roles)
        assert found.hits == found.seen >= 3


@pytest.mark.parametrize("whole", [1, 100])
def test_numbers_that_make_a_whole_below_every_objective_are_weights(whole: float) -> None:
    numbers = by_row((0.5 * whole, 0.3 * whole, 0.2 * whole, 0.6 * whole, 0.4 * whole), (40, 10, 5, 30, 20))
    assert weight_in(numbers, [[0, 1, 2], [3, 4]]) == 0


def test_without_a_whole_or_with_two_nothing_is_a_weight() -> None:
    assert weight_in(by_row((0.5, 0.3, 0.2)), [[0, 1], [2]]) is None
    assert weight_in(by_row((0.5, 0.5, 0.5, 0.5)), [[0, 1], [2, 3]]) is None
    assert weight_in(by_row((0.7, 0.3), (0.4, 0.6)), [[0, 1]]) is None
