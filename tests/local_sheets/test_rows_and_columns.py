"""spreadsheets.batchUpdate: rows and columns that are inserted, deleted, moved, sorted, merged or hidden."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.batch_updates import grid, merges, number_cells, read, span

from .conftest import Client


def test_inserted_rows_push_merges_protections_and_references(client: Client) -> None:
    client.put("A1", [["h"], [10], [20], ["=SUM(A2:A3)"], ["=$A$2+A1"]], "USER_ENTERED")
    client.batch(
        {"mergeCells": {"range": grid((1, 3), (1, 2)), "mergeType": "MERGE_ALL"}},
        {"addProtectedRange": {"protectedRange": {"range": grid((3, 4), (0, 5))}}},
    )
    client.batch({"insertDimension": {"range": span("ROWS", 2, 4), "inheritFromBefore": True}})
    assert read(client, "A1:A7", "FORMULA") == [["h"], [10], [], [], [20], ["=SUM(A2:A5)"], ["=$A$2+A1"]]
    assert read(client, "A6") == [[30]]
    assert merges(client) == [grid((1, 5), (1, 2))]
    assert client.get()["sheets"][0]["protectedRanges"][0]["range"] == grid((5, 6), (0, 5))
    assert client.get()["sheets"][0]["properties"]["gridProperties"]["rowCount"] == 12


def test_deleted_rows_shrink_ranges_and_break_references(client: Client) -> None:
    client.put("A1", [["=SUM(A3:A5)", "=A4"], [1], [2], [3], [4]], "USER_ENTERED")
    client.batch({"mergeCells": {"range": grid((2, 5), (2, 3)), "mergeType": "MERGE_ALL"}})
    client.batch({"deleteDimension": {"range": span("ROWS", 3, 4)}})
    assert read(client, "A1:B1", "FORMULA") == [["=SUM(A3:A4)", "=#REF!"]]
    assert read(client, "A1:B1") == [[6, "#REF!"]]
    assert merges(client) == [grid((2, 4), (2, 3))]


def test_columns_are_inserted_and_deleted_alike(client: Client) -> None:
    client.put("A1", [[1, 2, "=A1+B1"]], "USER_ENTERED")
    client.batch({"insertDimension": {"range": span("COLUMNS", 1, 2)}})
    assert read(client, "Sheet1", "FORMULA") == [[1, "", 2, "=A1+C1"]]
    client.batch({"deleteDimension": {"range": span("COLUMNS", 1, 2)}})
    assert read(client, "Sheet1", "FORMULA") == [[1, 2, "=A1+B1"]]


def test_moved_rows_keep_their_order_and_what_points_at_them(client: Client) -> None:
    client.put("A1", [["a", "=A3"], ["b"], ["c"], ["d"]], "USER_ENTERED")
    client.batch({"moveDimension": {"source": span("ROWS", 0, 2), "destinationIndex": 4}})
    assert read(client, "A1:B4", "FORMULA") == [["c"], ["d"], ["a", "=A1"], ["b"]]
    client.batch({"moveDimension": {"source": span("ROWS", 2, 4), "destinationIndex": 0}})
    assert read(client, "A1:B4", "FORMULA") == [["a", "=A3"], ["b"], ["c"], ["d"]]


def test_a_smaller_grid_loses_what_stood_outside(client: Client) -> None:
    client.put("A1", [["=SUM(A2:A4)", "=B4"], [1], [2], [4]], "USER_ENTERED")
    properties = {"sheetId": 0, "gridProperties": {"rowCount": 3}}
    client.batch({"updateSheetProperties": {"properties": properties, "fields": "gridProperties.rowCount"}})
    assert read(client, "Sheet1", "FORMULA") == [["=SUM(A2:A3)", "=#REF!"], [1], [2]]


def test_appended_rows_only_enlarge_the_grid(client: Client) -> None:
    client.batch({"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 5}})
    assert client.values("Sheet1")["range"] == "Sheet1!A1:E15"


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            {"deleteDimension": {"range": span("ROWS", 0, 10)}},
            "Invalid requests[0].deleteDimension: You can't delete all the rows on the sheet.",
        ),
        (
            {"deleteDimension": {"range": span("ROWS", 10, 11)}},
            "Invalid requests[0].deleteDimension: Cannot delete a row that doesn't exist. "
            "Tried to delete row index 10 but there are only 10 rows.",
        ),
        (
            {"mergeCells": {"range": grid((1, 3), (0, 1)), "mergeType": "MERGE_ALL"}},
            "Invalid requests[0].mergeCells: You must select all cells in a merged range to merge or unmerge them.",
        ),
        (
            {"updateCells": {"range": grid((0, 1), (0, 1)), "rows": number_cells([1, 2]), "fields": "*"}},
            "Invalid requests[0].updateCells: Attempting to write column: 1, beyond the last requested column of: 0",
        ),
    ],
)
def test_what_cannot_be_done_is_refused(client: Client, asked: dict[str, Any], message: str) -> None:
    client.batch({"mergeCells": {"range": grid((0, 2), (0, 1)), "mergeType": "MERGE_ALL"}})
    assert client.batch_refused(asked) == message


def test_sorting_moves_contents_formats_and_formulas_of_their_row(client: Client) -> None:
    client.put("A1", [["b", "30%", "=B1*2"], ["", 5, "=B$1"], ["a", 20, "=B3*2"], ["B", 1, "x"]], "USER_ENTERED")
    client.batch({"sortRange": {"range": grid((0, 4), (0, 3)), "sortSpecs": [{"dimensionIndex": 0}]}})
    assert read(client, "Sheet1", "FORMULA") == [
        ["a", 20, "=B1*2"],
        ["b", 0.3, "=B2*2"],
        ["B", 1, "x"],
        ["", 5, "=B$1"],
    ]
    assert read(client, "B1:B4", "FORMATTED_VALUE") == [["20"], ["30%"], ["1"], ["5"]]


def test_later_sort_keys_settle_what_earlier_ones_leave_open(client: Client) -> None:
    client.put("A1", [["x", 1], ["y", 2], ["x", 3], ["", 9]])
    specs = [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}, {"dimensionIndex": 1, "sortOrder": "DESCENDING"}]
    client.batch({"sortRange": {"range": grid((0, 4), (0, 2)), "sortSpecs": specs}})
    assert read(client) == [["y", 2], ["x", 3], ["x", 1], ["", 9]]


def test_merging_keeps_the_first_value_and_unmerging_takes_the_merge_away(client: Client) -> None:
    client.put("A1", [[1, 2], [3, 4]])
    client.batch({"mergeCells": {"range": grid((0, 2), (0, 2)), "mergeType": "MERGE_COLUMNS"}})
    assert read(client) == [[1, 2]]
    assert merges(client) == [grid((0, 2), (0, 1)), grid((0, 2), (1, 2))]
    client.batch({"unmergeCells": {"range": grid((0, 2), (0, 1))}})
    assert merges(client) == [grid((0, 2), (1, 2))]


def test_a_repeated_formula_follows_its_row(client: Client) -> None:
    client.put("A1", [[1], [2], [3]])
    cell = {"userEnteredValue": {"formulaValue": "=A1*$A$1"}}
    client.batch({"repeatCell": {"range": grid((0, 3), (1, 2)), "cell": cell, "fields": "userEnteredValue"}})
    assert read(client, "B1:B3", "FORMULA") == [["=A1*$A$1"], ["=A2*$A$1"], ["=A3*$A$1"]]
    assert read(client, "B1:B3") == [[1], [2], [3]]


def test_sizes_and_hiding_of_columns_are_kept(client: Client) -> None:
    properties = {"range": span("COLUMNS", 1, 2), "properties": {"pixelSize": 240, "hiddenByUser": True}}
    client.batch({"updateDimensionProperties": {**properties, "fields": "*"}})
    shown = client.get(fields="sheets.data.columnMetadata", ranges="A1:C1")
    assert shown["sheets"][0]["data"][0]["columnMetadata"] == [
        {"pixelSize": 100},
        {"pixelSize": 240, "hiddenByUser": True},
        {"pixelSize": 100},
    ]
