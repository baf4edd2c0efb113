"""deleteRange: cells go, and those behind them take their places, with whatever refers to them."""

from __future__ import annotations

from typing import Any

from .conftest import Client


def delete(dimension: str, **area: int) -> dict[str, Any]:
    return {"deleteRange": {"range": {"sheetId": 0, **area}, "shiftDimension": dimension}}


def rows(client: Client) -> list[list[object]]:
    return client.sheets.read(client.id, "Sheet1", "FORMULA")


def test_a_row_goes_and_the_grid_keeps_its_size(client: Client) -> None:
    client.put("A1", [["KR", "Score"], ["a", 1], ["b", 2], ["c", 3]])
    client.batch(delete("ROWS", startRowIndex=1, endRowIndex=3))
    assert rows(client) == [["KR", "Score"], ["c", 3]]
    assert client.get()["sheets"][0]["properties"]["gridProperties"]["rowCount"] == 10


def test_only_the_columns_of_the_range_move_up(client: Client) -> None:
    client.put("A1", [["a", 1, "x"], ["b", 2, "y"], ["c", 3, "z"]])
    client.batch(delete("ROWS", startRowIndex=0, endRowIndex=1, startColumnIndex=1, endColumnIndex=2))
    assert rows(client) == [["a", 2, "x"], ["b", 3, "y"], ["c", "", "z"]]


def test_only_the_rows_of_the_range_move_to_the_left(client: Client) -> None:
    client.put("A1", [["a", 1, "x"], ["b", 2, "y"], ["c", 3, "z"]])
    client.batch(delete("COLUMNS", startRowIndex=1, endRowIndex=2, startColumnIndex=0, endColumnIndex=2))
    assert rows(client) == [["a", 1, "x"], ["y"], ["c", 3, "z"]]


def test_formulas_merges_and_names_follow_the_cells_that_move(client: Client) -> None:
    client.put("A1", [["a", "", "=A4", "=A1"], ["gone"], ["", "=D9"], ["b"]], "USER_ENTERED")
    area = {"sheetId": 0, "startRowIndex": 4, "endRowIndex": 5, "startColumnIndex": 0, "endColumnIndex": 2}
    client.batch(
        {"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}},
        {"addNamedRange": {"namedRange": {"name": "Last", "range": {**area, "endColumnIndex": 1}}}},
    )
    client.batch(delete("ROWS", startRowIndex=1, endRowIndex=2, startColumnIndex=0, endColumnIndex=2))
    assert rows(client) == [["a", "", "=A3", "=A1"], ["", "=D9"], ["b"]]
    found = client.get()
    assert found["sheets"][0]["merges"] == [
        {"startRowIndex": 3, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 2}
    ]
    assert found["namedRanges"][0]["range"] | {"endColumnIndex": 2} == found["sheets"][0]["merges"][0]


def test_a_formula_over_a_cell_that_went_has_lost_it(client: Client) -> None:
    client.put("A1", [["a", "=A2"], ["gone"]], "USER_ENTERED")
    client.batch(delete("ROWS", startRowIndex=1, endRowIndex=2))
    assert rows(client) == [["a", "=#REF!"]]


def test_a_merge_that_would_be_torn_stands_in_the_way(client: Client) -> None:
    area = {"sheetId": 0, "startRowIndex": 4, "endRowIndex": 5, "startColumnIndex": 0, "endColumnIndex": 2}
    client.batch({"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}})
    refused = client.batch_refused(delete("ROWS", startRowIndex=0, endRowIndex=1, startColumnIndex=0, endColumnIndex=1))
    assert refused.startswith("Invalid requests[0].deleteRange: The local Sheets server moves no cells")


def test_cells_that_a_protection_covers_do_not_move(client: Client) -> None:
    protected = {
        "range": {"sheetId": 0, "startRowIndex": 5, "endRowIndex": 6},
        "editors": {"users": ["other@example.org"]},
    }
    client.sheets.edit(client.id, {"addProtectedRange": {"protectedRange": protected}})
    refused = client.batch_refused(delete("ROWS", startRowIndex=0, endRowIndex=1))
    assert "You are trying to edit a protected cell" in refused


def test_the_dimension_must_be_said(client: Client) -> None:
    refused = client.batch_refused({"deleteRange": {"range": {"sheetId": 0, "endRowIndex": 1}}})
    assert refused == "Invalid requests[0].deleteRange: dimension must be ROWS or COLUMNS."
