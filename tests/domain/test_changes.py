"""Which cells of a tab are others than they were."""

from sync.domain.changes import changed_cells
from sync.domain.grid import CellError, Scalar


def test_a_cell_that_shows_something_else_is_told_by_its_row_and_column() -> None:
    assert changed_cells([["a", 1], ["b", 2]], [["a", 1], ["b", 3]]) == {1: {1}}


def test_rows_and_cells_that_came_or_went_are_changed_where_something_stands_in_them() -> None:
    assert changed_cells([["a"]], [["a", None, "c"], ["", None]]) == {0: {2}}
    assert changed_cells([["a"], ["b"]], [["a"]]) == {1: {0}}


def test_a_whole_number_is_the_same_with_and_without_decimals_and_an_empty_text_is_an_empty_cell() -> None:
    assert changed_cells([[1, "", None]], [[1.0, None, ""]]) == {}


def test_a_tick_is_not_the_number_that_it_is_equal_to_whichever_was_there_first() -> None:
    pairs: list[tuple[Scalar, Scalar]] = [(True, 1), (1, True), (False, 0), (0.0, False)]
    for one, other in pairs:
        assert changed_cells([[one]], [[other]]) == {0: {0}}, (one, other)


def test_an_error_is_not_the_text_that_it_shows() -> None:
    assert changed_cells([["#REF!"]], [[CellError("#REF!")]]) == {0: {0}}
