"""People at work between our read and our write: no cell of theirs is lost, and every score lands beside its own."""

from collections.abc import Callable
from typing import Any

import pytest

from sync.domain.memory import PassResult
from sync.local_sheets import LocalSheets
from tests.support.flat_sheet import (
    FLAT,
    HEADER,
    change_current,
    delete_row,
    insert_row,
    insert_row_in_the_middle,
    key_results,
    move_row,
    rename_tab,
    rows,
    scores,
    sort_rows,
)
from tests.support.installation import Installation
from tests.support.outcomes import codes


def move_row_up(server: LocalSheets) -> None:
    """The total below the table, in front of the last of the rows that it adds up."""
    server.edit("sales", {"moveDimension": {"source": rows(7, 8), "destinationIndex": 3}})


def insert_column(server: LocalSheets) -> None:
    server.edit("sales", {"insertDimension": {"range": rows(3, 4, "COLUMNS")}})


def insert_first_column(server: LocalSheets) -> None:
    server.edit("sales", {"insertDimension": {"range": rows(0, 1, "COLUMNS")}})


MOVES = [
    insert_row,
    insert_row_in_the_middle,
    delete_row,
    move_row,
    move_row_up,
    sort_rows,
    insert_column,
    insert_first_column,
]


@pytest.fixture
def busy(installation: Installation) -> Installation:
    """Scored key results among score cells that are people's: a formula, a text, a number without a score."""
    table: list[list[object]] = [
        HEADER,
        *key_results(2, 5, 8),
        ["Bán tốt hơn", "KR công thức", 0, 10, 4, "=E5/D5"],
        ["Bán tốt hơn", "KR chữ", 0, 10, 6, "xem sau"],
        ["Bán tốt hơn", "KR chưa đo", 0, 10, None, 0.9],
        ["", "Tổng cộng", None, None, None, "=SUM(F2:F4)"],
    ]
    installation.spreadsheet("sales", {"OKR": table})
    installation.configure(FLAT.replace('id = "sales"', 'id = "sales"\naccept_existing_scores = true'))
    return installation


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.__name__)
def test_what_people_do_between_read_and_write_costs_nobody_a_cell(
    busy: Installation, move: Callable[[LocalSheets], None]
) -> None:
    busy.server.before("spreadsheets.batchUpdate", move)
    busy.sync()
    after = beside_texts(busy)
    expected = {"KR 1": 0.2, "KR 2": 0.5, "KR 3": 0.8, "KR chữ": "xem sau", "KR chưa đo": 0.9}
    if move is delete_row:
        del expected["KR 1"]
    assert {text: after.get(text) for text in expected} == expected
    assert str(after["KR công thức"]).startswith("=")
    assert str(after["Tổng cộng"]).startswith("=SUM")
    assert len(after) == len(expected) + 2


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.__name__)
def test_no_cell_but_the_score_cells_differs_from_the_same_move_without_us(
    busy: Installation, move: Callable[[LocalSheets], None]
) -> None:
    busy.spreadsheet("twin", {"OKR": table_of(busy)})
    busy.server.before("spreadsheets.batchUpdate", move)
    busy.sync()
    before = busy.server.cells("twin")
    move(_Twin(busy.server))  # type: ignore[arg-type]
    alone = busy.server.cells("twin")
    assert before != alone
    after = busy.cells("sales", "OKR")
    assert without_scores(after) == without_scores(alone["OKR"])
    # People's formulas in the score column, put back where they were hit, still point at their own rows.
    assert formulas_of(after) == formulas_of(alone["OKR"])


def test_a_formula_with_a_bracket_too_many_is_put_back_as_it_is(installation: Installation) -> None:
    total = [*[None] * 5, "=SUM(F2:F4))", "tổng"]
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5, 8), total]})
    installation.configure(FLAT)
    installation.server.before("spreadsheets.batchUpdate", drag_total_above_the_last_key_result)
    assert installation.sync().result is PassResult.OK
    cells = installation.cells("sales", "OKR")
    assert (cells["F4"], cells["G4"]) == ("=SUM(F2:F4))", "tổng")
    assert scores(installation) == {"KR 1": 0.2, "KR 2": 0.5, "KR 3": 0.8}


def drag_total_above_the_last_key_result(server: LocalSheets) -> None:
    server.edit("sales", {"moveDimension": {"source": rows(4, 5), "destinationIndex": 3}})


class _Twin:
    """Sends an edit of "sales" to its twin instead."""

    def __init__(self, server: LocalSheets) -> None:
        self._server = server

    def edit(self, _spreadsheet: str, *requests: dict[str, Any]) -> dict[str, Any]:
        return self._server.edit("twin", *requests)


def table_of(installation: Installation) -> list[list[object]]:
    cells = installation.cells("sales", "OKR")
    return [[cells.get(f"{column}{row}") for column in "ABCDEF"] for row in range(1, 9)]


def formulas_of(cells: dict[str, Any]) -> dict[str, Any]:
    return {a1: value for a1, value in cells.items() if str(value).startswith("=")}


def without_scores(cells: dict[str, Any]) -> dict[str, Any]:
    """All cells outside the score column, wherever that is now."""
    column = next(a1.rstrip("0123456789") for a1, value in cells.items() if value == "Điểm")
    return {a1: value for a1, value in cells.items() if a1.rstrip("0123456789") != column}


def beside_texts(installation: Installation) -> dict[str, object]:
    """What stands in the score column beside each text of the key result column."""
    cells = installation.cells("sales", "OKR")
    columns = {value: a1.rstrip("0123456789") for a1, value in cells.items() if value in ("Kết quả then chốt", "Điểm")}
    text_column, score_column = columns["Kết quả then chốt"], columns["Điểm"]
    texts = {a1: value for a1, value in cells.items() if a1.rstrip("0123456789") == text_column}
    rows_of = {a1[len(text_column) :]: value for a1, value in texts.items() if value != "Kết quả then chốt"}
    return {str(text): cells.get(score_column + row) for row, text in rows_of.items()}


def test_a_tab_renamed_between_read_and_write_is_written_all_the_same(sales: Installation) -> None:
    sales.server.before("spreadsheets.batchUpdate", rename_tab)
    assert sales.sync().result is PassResult.OK
    assert scores(sales, "OKR quý IV") == {"KR 1": 0.2, "KR 2": 0.5, "KR 3": 0.8}


def test_rows_that_never_stand_still_end_as_partial_and_heal_in_the_next_pass(sales: Installation) -> None:
    for _ in range(3):
        sales.server.before("spreadsheets.batchUpdate", insert_row)
    for skip in (1, 2):
        sales.server.before("spreadsheets.batchUpdate", insert_row, skip=skip)
    sales.sync()
    sales.sync()
    assert scores(sales) == {"KR 1": 0.2, "KR 2": 0.5, "KR 3": 0.8}


def test_a_key_result_that_is_computed_from_other_scores_has_its_own_in_the_same_pass(
    installation: Installation,
) -> None:
    rows = [HEADER, *key_results(2, 5, 8, "=10*AVERAGE(F2:F4)")]
    installation.spreadsheet("sales", {"OKR": rows})
    installation.configure(FLAT)
    assert installation.sync().result is PassResult.OK
    assert scores(installation) == {"KR 1": 0.2, "KR 2": 0.5, "KR 3": 0.8, "KR 4": 0.5}


def test_a_score_that_is_computed_from_itself_never_passes_for_good(installation: Installation) -> None:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, "=10-10*F3")]})
    installation.configure(FLAT)
    outcome = installation.sync()
    assert (outcome.result, codes(outcome)) == (PassResult.PARTIAL, ["rows-moved"])
    assert outcome.write_requests == 3
    assert scores(installation)["KR 1"] == 0.2


def test_what_is_typed_right_before_our_write_is_scored_in_the_same_pass(sales: Installation) -> None:
    sales.server.before("spreadsheets.batchUpdate", lambda server: change_current(server, "sales", 0, row=1, value=9))
    assert sales.sync().result is PassResult.OK
    assert scores(sales) == {"KR 1": 0.9, "KR 2": 0.5, "KR 3": 0.8}


def test_a_score_that_needed_no_change_comes_back_where_a_moved_row_was_hit(sales: Installation) -> None:
    sales.sync()
    change_current(sales.server, "sales", 0, row=1, value=9)
    change_current(sales.server, "sales", 0, row=3, value=1)
    sales.server.before("spreadsheets.batchUpdate", insert_row)
    assert sales.sync().result is PassResult.OK
    assert scores(sales) == {"KR 1": 0.9, "KR 2": 0.5, "KR 3": 0.1}
