"""spreadsheets.batchUpdate: cells with all they hold, what describes a sheet, and all or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from sync.local_sheets import LocalSheets
from tests.support.batch_updates import grid, number_cells, read

from .conftest import Client


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
