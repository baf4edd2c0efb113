"""spreadsheets.batchUpdate: each kind of request, all or nothing, and who may edit."""

from __future__ import annotations

from typing import Any

import pytest

from sync.local_sheets import ApiError, LocalSheets

from .conftest import Client


def grid(rows: tuple[int, int] | None = None, columns: tuple[int, int] | None = None) -> dict[str, int]:
    found: dict[str, int] = {}
    if rows:
        found |= {"startRowIndex": rows[0], "endRowIndex": rows[1]}
    if columns:
        found |= {"startColumnIndex": columns[0], "endColumnIndex": columns[1]}
    return found


def span(dimension: str, start: int, end: int) -> dict[str, Any]:
    return {"sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": end}


def number_cells(*rows: list[float | None]) -> list[dict[str, Any]]:
    cells = [[{} if n is None else {"userEnteredValue": {"numberValue": n}} for n in row] for row in rows]
    return [{"values": row} for row in cells]


def read(client: Client, a1: str = "Sheet1", render: str = "UNFORMATTED_VALUE") -> list[list[object]]:
    return client.sheets.read(client.id, a1, render)


def merges(client: Client) -> list[dict[str, int]]:
    found: list[dict[str, int]] = client.get()["sheets"][0].get("merges", [])
    return found


def test_cells_from_a_start_replace_only_what_is_given(client: Client) -> None:
    client.put("A1", [[1, 2, 3], [4, 5, 6]])
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 1}
    client.batch({"updateCells": {"start": start, "rows": number_cells([9], [8, 7]), "fields": "userEnteredValue"}})
    assert read(client) == [[1, 9, 3], [4, 8, 7]]


def test_cells_of_a_range_that_are_not_given_are_cleared_in_the_named_fields(client: Client) -> None:
    client.put("A1", [["70%", 2], [3, 4]], "USER_ENTERED")
    update = {"range": grid((0, 2), (0, 2)), "rows": number_cells([None, 5]), "fields": "userEnteredValue"}
    client.batch({"updateCells": update})
    assert read(client) == [["", 5]]
    client.put("A1", [[0.5]])
    assert read(client, "A1", "FORMATTED_VALUE") == [["50%"]]


def test_formats_and_notes_are_written_by_their_path(client: Client) -> None:
    client.put("A1", [[0.256]])
    percent = {"numberFormat": {"type": "PERCENT", "pattern": "0.0%"}}
    cell = {"userEnteredFormat": {**percent, "textFormat": {"bold": True}}, "note": "why"}
    where = {"range": grid((0, 1), (0, 1))}
    client.batch({"updateCells": {**where, "rows": [{"values": [cell]}], "fields": "note,userEnteredFormat"}})
    client.batch({"updateCells": {**where, "rows": [{}], "fields": "userEnteredFormat.textFormat"}})
    shown = client.get(fields="sheets.data.rowData.values(formattedValue,note,userEnteredFormat)")
    assert shown["sheets"][0]["data"][0]["rowData"][0]["values"] == [
        {"formattedValue": "25.6%", "note": "why", "userEnteredFormat": percent}
    ]


def runs(client: Client) -> object:
    """Of A1: what is formatted within its text."""
    data = client.get(fields="sheets.data.rowData.values(userEnteredValue,textFormatRuns)")["sheets"][0]["data"][0]
    return data["rowData"][0]["values"][0].get("textFormatRuns")


LINK = [{"startIndex": 4, "format": {"bold": True, "link": {"uri": "https://example.com"}}}]


def write_link(client: Client) -> None:
    cell = {"userEnteredValue": {"stringValue": "xem báo cáo"}, "textFormatRuns": LINK}
    fields = "userEnteredValue,textFormatRuns"
    client.batch({"updateCells": {"start": {"sheetId": 0}, "rows": [{"values": [cell]}], "fields": fields}})


def test_runs_of_a_text_stay_while_no_value_is_written(client: Client) -> None:
    write_link(client)
    update = {"start": {"sheetId": 0}, "rows": [{"values": [{"note": "why"}]}], "fields": "note"}
    client.batch({"updateCells": update})
    assert runs(client) == LINK


def test_a_value_that_is_written_erases_the_runs_of_the_one_before(client: Client) -> None:
    write_link(client)
    cell = {"userEnteredValue": {"stringValue": "xem báo cáo"}}
    update = {"start": {"sheetId": 0}, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}
    client.batch({"updateCells": update})
    assert runs(client) is None


@pytest.mark.parametrize(("value", "option"), [(5, "RAW"), ("xem", "RAW"), (True, "RAW"), ("50%", "USER_ENTERED")])
def test_so_does_one_that_is_put_by_its_range(client: Client, value: object, option: str) -> None:
    write_link(client)
    client.put("A1", [[value]], option)
    assert runs(client) is None


@pytest.mark.parametrize("kind", ["PASTE_VALUES", "PASTE_FORMULA"])
def test_so_does_one_that_is_pasted_without_its_format(client: Client, kind: str) -> None:
    write_link(client)
    client.put("A2", [["xem"]])
    source, destination = grid((1, 2), (0, 1)), grid((0, 1), (0, 1))
    client.batch({"copyPaste": {"source": source, "destination": destination, "pasteType": kind}})
    assert (read(client)[0], runs(client)) == (["xem"], None)


def test_the_answer_can_carry_the_sheet_right_after_the_write(client: Client) -> None:
    client.put("A1", [["KR1", None], ["KR2", None]])
    start = {"sheetId": 0, "rowIndex": 1, "columnIndex": 1}
    answer = client.batch(
        {"updateCells": {"start": start, "rows": number_cells([0.5]), "fields": "userEnteredValue"}},
        includeSpreadsheetInResponse=True,
        responseRanges=["Sheet1!A2", "Sheet1!B2"],
        params={
            "fields": "updatedSpreadsheet(sheets(properties(sheetId),"
            "data(startRow,startColumn,rowData(values(userEnteredValue,effectiveValue)))))"
        },
    )
    kr2, half = {"stringValue": "KR2"}, {"numberValue": 0.5}
    assert answer == {
        "updatedSpreadsheet": {
            "sheets": [
                {
                    "properties": {"sheetId": 0},
                    "data": [
                        {"startRow": 1, "rowData": [{"values": [{"userEnteredValue": kr2, "effectiveValue": kr2}]}]},
                        {
                            "startRow": 1,
                            "startColumn": 1,
                            "rowData": [{"values": [{"userEnteredValue": half, "effectiveValue": half}]}],
                        },
                    ],
                }
            ]
        }
    }


def test_one_bad_request_undoes_the_whole_batch(client: Client) -> None:
    client.put("A1", [["kept"]])
    good = {"updateCells": {"start": {"sheetId": 0}, "rows": number_cells([1]), "fields": "*"}}
    message = client.batch_refused(good, {"deleteSheet": {"sheetId": 99}})
    assert message == "Invalid requests[1].deleteSheet: No sheet with id: 99"
    assert read(client) == [["kept"]]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ([], "Must specify at least one request."),
        (
            [{"paintItBlack": {}}],
            "Invalid JSON payload received. Unknown name \"paintItBlack\" at 'requests[0]': Cannot find field.",
        ),
        (
            [{"updateCells": {"rose": 1}}],
            "Invalid JSON payload received. Unknown name \"rose\" at 'requests[0].update_cells': Cannot find field.",
        ),
        (
            [{"updateCells": {"start": {"rowIndex": "x"}}}],
            "Invalid value at 'requests[0].update_cells.start.row_index' (TYPE_INT32), \"x\"",
        ),
        (
            [{"updateCells": {"start": {}, "rows": []}}],
            "Invalid requests[0].updateCells: At least one field must be listed in 'fields'. "
            "(Use '*' to indicate all fields.)",
        ),
        (
            [{"addSheet": {"properties": {"title": "sheet1"}}}],
            'Invalid requests[0].addSheet: A sheet with the name "sheet1" already exists. Please enter another name.',
        ),
        (
            [{"updateSheetProperties": {"properties": {"hidden": True}, "fields": "hidden"}}],
            "Invalid requests[0].updateSheetProperties: You can't hide all the sheets in a document.",
        ),
        (
            [{"addSheet": {"properties": {"gridProperties": {"rowCount": 10_000_000, "columnCount": 26}}}}],
            "Invalid requests[0].addSheet: This action would increase the number of cells in the workbook "
            "above the limit of 10000000 cells.",
        ),
    ],
)
def test_refusals_are_googles(client: Client, asked: list[dict[str, Any]], message: str) -> None:
    assert client.batch_refused(*asked) == message


def test_a_new_sheet_is_described_in_the_reply(client: Client) -> None:
    answer = client.batch({"addSheet": {"properties": {"title": "Q2", "index": 0}}}, {"deleteSheet": {"sheetId": 0}})
    added = answer["replies"][0]["addSheet"]["properties"]
    assert (added["title"], added["index"], added["gridProperties"]) == ("Q2", 0, {"rowCount": 1000, "columnCount": 26})
    assert answer["replies"][1] == {}
    assert [each["properties"]["title"] for each in client.get()["sheets"]] == ["Q2"]


def test_a_sheet_is_renamed_and_moved_and_formulas_follow_its_name(sheets: LocalSheets) -> None:
    client = Client(sheets)
    with client.http:
        client.create("Data", "Sum")
        client.put("Data!A1", [[2]])
        client.put("Sum!A1", [["=Data!A1*3"]], "USER_ENTERED")
        properties = {"sheetId": 0, "title": "Dữ liệu", "index": 2, "gridProperties": {"frozenRowCount": 1}}
        fields = "title,index,gridProperties.frozenRowCount"
        client.batch({"updateSheetProperties": {"properties": properties, "fields": fields}})
        shown = [each["properties"] for each in client.get()["sheets"]]
        assert [each["title"] for each in shown] == ["Sum", "Dữ liệu"]
        assert shown[1]["gridProperties"] == {"rowCount": 10, "columnCount": 5, "frozenRowCount": 1}
        assert read(client, "Sum!A1", "FORMULA") == [["='Dữ liệu'!A1*3"]]
        assert read(client, "Sum!A1") == [[6]]


def test_the_title_and_the_locale_of_the_spreadsheet_change(client: Client) -> None:
    client.put("A1", [[0.7]])
    properties = {"title": "Mục tiêu", "locale": "vi_VN"}
    client.batch({"updateSpreadsheetProperties": {"properties": properties, "fields": "title,locale"}})
    assert client.get()["properties"]["title"] == "Mục tiêu"
    assert read(client, "A1", "FORMATTED_VALUE") == [["0,7"]]
    wrong = {"updateSpreadsheetProperties": {"properties": {"locale": "xx_YY"}, "fields": "locale"}}
    assert client.batch_refused(wrong) == "Invalid requests[0].updateSpreadsheetProperties: Unsupported locale: xx_YY"


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


PROTECTED = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)


def protect_for_person(client: Client, **more: Any) -> int:
    """A person protects B2:B5 against the worker."""
    protected = {"range": {"sheetId": 0, **grid((1, 5), (1, 2))}, **more}
    answer = client.sheets.edit(client.id, {"addProtectedRange": {"protectedRange": protected}})
    found: int = answer["replies"][0]["addProtectedRange"]["protectedRange"]["protectedRangeId"]
    return found


def update_at(row: int, column: int) -> dict[str, Any]:
    start = {"sheetId": 0, "rowIndex": row, "columnIndex": column}
    return {"updateCells": {"start": start, "rows": number_cells([1]), "fields": "userEnteredValue"}}


def test_one_protected_cell_refuses_the_whole_batch(client: Client) -> None:
    protect_for_person(client)
    message = client.batch_refused(update_at(0, 0), update_at(1, 1))
    assert message == f"Invalid requests[1].updateCells: {PROTECTED}"
    assert read(client) == []
    assert client.get()["sheets"][0]["protectedRanges"][0]["requestingUserCanEdit"] is False


@pytest.mark.parametrize(
    "asked",
    [
        {"deleteDimension": {"range": span("ROWS", 1, 2)}},
        {"insertDimension": {"range": span("ROWS", 2, 3)}},
        {"sortRange": {"range": grid((0, 3), (0, 3)), "sortSpecs": [{"dimensionIndex": 0}]}},
        {"repeatCell": {"range": grid((4, 6), (0, 5)), "cell": {}, "fields": "*"}},
        {"deleteSheet": {"sheetId": 0}},
    ],
)
def test_no_kind_of_edit_gets_past_a_protection(client: Client, asked: dict[str, Any]) -> None:
    client.batch({"addSheet": {}})
    protect_for_person(client)
    assert client.batch_refused(asked).endswith(PROTECTED)


def test_values_written_into_a_protected_cell_are_refused_and_others_are_not(client: Client) -> None:
    protect_for_person(client)
    client.put("A2:C2", [[1, None, 3]])
    query = {"valueInputOption": "RAW"}
    path = client.values_path("A2:C2")
    assert client.refused("PUT", path, params=query, json={"values": [[1, 2, 3]]}) == PROTECTED


@pytest.mark.parametrize(
    "allowing",
    [
        {"warningOnly": True},
        {"editors": {"users": ["worker@local.invalid"]}},
        {"unprotectedRanges": [grid((1, 2), (1, 2))]},
    ],
)
def test_warnings_editors_and_exceptions_let_the_worker_through(client: Client, allowing: dict[str, Any]) -> None:
    protect_for_person(client, **allowing)
    client.batch(update_at(1, 1))
    assert read(client, "B2") == [[1]]


def test_a_protection_is_changed_and_deleted_by_who_may_edit_it(client: Client) -> None:
    protection = protect_for_person(client)
    assert client.batch_refused({"deleteProtectedRange": {"protectedRangeId": protection}}).endswith(PROTECTED)
    widened = {"protectedRangeId": protection, "editors": {"users": ["worker@local.invalid"]}}
    client.sheets.edit(client.id, {"updateProtectedRange": {"protectedRange": widened, "fields": "editors"}})
    client.batch({"deleteProtectedRange": {"protectedRangeId": protection}})
    assert "protectedRanges" not in client.get()["sheets"][0]


def test_an_edit_from_inside_is_a_persons_and_speaks_the_same_words(client: Client) -> None:
    protect_for_person(client)
    client.sheets.edit(client.id, update_at(1, 1))
    assert read(client, "B2") == [[1]]
    with pytest.raises(ApiError, match="No grid with id: 7"):
        client.sheets.edit(client.id, {"insertDimension": {"range": {"sheetId": 7, "dimension": "ROWS"}}})
