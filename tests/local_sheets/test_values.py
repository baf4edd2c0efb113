"""values.*: shapes as recorded from the real API, and what each option does."""

from __future__ import annotations

from typing import Any

import gspread
import pytest

from sync.local_sheets import LocalSheets

from .conftest import Client


def test_nothing_there_has_no_values_key(client: Client) -> None:
    assert client.values("Sheet1!D4") == {"range": "Sheet1!D4", "majorDimension": "ROWS"}


def test_ends_are_trimmed_and_gaps_are_empty_texts(client: Client) -> None:
    client.put("A1", [["A1", "B1", None, "D1"]])
    client.put("A4", [["A4", "B4", "", "D4", ""]])
    assert client.values("Sheet1!A1:E10")["values"] == [["A1", "B1", "", "D1"], [], [], ["A4", "B4", "", "D4"]]


def test_a_leading_empty_row_is_kept(client: Client) -> None:
    client.put("C2", [["x"]])
    assert client.values("Sheet1") == {
        "range": "Sheet1!A1:E10",
        "majorDimension": "ROWS",
        "values": [[], ["", "", "x"]],
    }


def test_columns_are_the_same_values_turned(client: Client) -> None:
    client.put("A1", [[1, 2], [None, 4]])
    answer = client.values("A1:C3", majorDimension="COLUMNS", valueRenderOption="UNFORMATTED_VALUE")
    assert (answer["majorDimension"], answer["values"]) == ("COLUMNS", [[1], [2, 4]])


@pytest.mark.parametrize(
    ("asked", "echoed"),
    [
        ("sheet1", "Sheet1!A1:E10"),
        ("'Sheet1'!b2:a1", "Sheet1!A1:B2"),
        ("A:A", "Sheet1!A1:A10"),
        ("2:3", "Sheet1!A2:E3"),
        ("B2:B", "Sheet1!B2:B10"),
        ("A8:Z5000", "Sheet1!A8:E10"),
        ("!A1", "Sheet1!A1"),
        ("R2C3", "Sheet1!C2"),
        ("'D3'!A1", "'D3'!A1"),
        ("D3", "Sheet1!D3"),
        ("'D3'", "'D3'!A1:E10"),
        ("Kế hoạch/Q1 'x'!A1", "'Kế hoạch/Q1 ''x'''!A1"),
    ],
)
def test_the_range_is_echoed_as_it_was_understood(sheets: LocalSheets, asked: str, echoed: str) -> None:
    client = Client(sheets)
    with client.http:
        client.create("Sheet1", "D3", "Kế hoạch/Q1 'x'")
        assert client.values(asked)["range"] == echoed


@pytest.mark.parametrize("asked", ["Nope!A1", "A0", "B", "2", " A1", "Sheet1!A1 ", "Sheet1!", "A1:B2:C3", "ZZZZ1"])
def test_what_is_no_range_is_quoted_verbatim(client: Client, asked: str) -> None:
    assert client.refused("GET", client.values_path(asked)) == f"Unable to parse range: {asked}"


def test_a_start_past_the_grid_is_refused(client: Client) -> None:
    message = client.refused("GET", client.values_path("Sheet1!A5000:B5001"))
    assert message == "Range (Sheet1!A5000:B5001) exceeds grid limits. Max rows: 10, max columns: 5"


def test_batch_get_answers_in_the_order_asked(client: Client) -> None:
    client.put("A1", [["a", "b"]])
    answer = client.ok("GET", f"{client.path}/values:batchGet", params={"ranges": ["B1", "Sheet1!A1"]})
    assert answer == {
        "spreadsheetId": client.id,
        "valueRanges": [
            {"range": "Sheet1!B1", "majorDimension": "ROWS", "values": [["b"]]},
            {"range": "Sheet1!A1", "majorDimension": "ROWS", "values": [["a"]]},
        ],
    }


def test_render_options_show_the_same_cells_differently(client: Client) -> None:
    client.put("A1", [["=4/2", "2020-01-01", "70%", "'=x", True]], "USER_ENTERED")

    def row(**params: str) -> object:
        return client.values("A1:E1", **params)["values"][0]

    assert row() == ["2", "2020-01-01", "70%", "=x", "TRUE"]
    assert row(valueRenderOption="UNFORMATTED_VALUE") == [2, 43831, 0.7, "=x", True]
    assert row(valueRenderOption="FORMULA") == ["=4/2", 43831, 0.7, "=x", True]
    dates_as_text = row(valueRenderOption="UNFORMATTED_VALUE", dateTimeRenderOption="FORMATTED_STRING")
    assert dates_as_text == [2, "2020-01-01", 0.7, "=x", True]


def test_raw_stores_texts_as_they_are(client: Client) -> None:
    client.put("A1", [["=1+2", "70%", "'a", 0.7, False]])
    rendered = client.values("A1:E1", valueRenderOption="UNFORMATTED_VALUE")
    assert rendered["values"] == [["=1+2", "70%", "'a", 0.7, False]]


def test_nulls_leave_cells_alone_and_are_not_counted(client: Client) -> None:
    client.put("A1", [["a", "b"], ["c", "d"]])
    answer = client.put("A1:B3", [["A", None], [None, "D"], [None, None]])
    assert answer == {
        "spreadsheetId": client.id,
        "updatedRange": "Sheet1!A1:B3",
        "updatedRows": 2,
        "updatedColumns": 2,
        "updatedCells": 2,
    }
    assert client.values("A1:B3")["values"] == [["A", "b"], ["c", "D"]]


def test_an_empty_text_empties_its_cell_and_is_counted(client: Client) -> None:
    client.put("A1", [["a"]])
    assert client.put("A1", [[""]])["updatedCells"] == 1
    assert "values" not in client.values("A1")


def test_writing_past_a_range_is_refused_with_the_row_or_column(client: Client) -> None:
    query = {"valueInputOption": "RAW"}
    path = client.values_path("Sheet1!A1:B1")
    too_low = client.refused("PUT", path, params=query, json={"values": [[1], [2]]})
    assert too_low == "Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]"
    too_wide = client.refused("PUT", path, params=query, json={"values": [[1, 2, 3]]})
    assert too_wide == "Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]"


def test_the_body_cannot_name_another_range_than_the_url(client: Client) -> None:
    body = {"range": "Sheet1!A2", "values": [[1]]}
    query = {"valueInputOption": "RAW"}
    message = client.refused("PUT", client.values_path("Sheet1!A1"), params=query, json=body)
    assert message == "Request range[Sheet1!A1] does not match value's range[Sheet1!A2]"


def test_a_write_without_an_input_option_is_refused(client: Client) -> None:
    message = client.refused("PUT", client.values_path("A1"), json={"values": [[1]]})
    assert message == "'valueInputOption' is required but not specified"


def test_a_batch_update_answers_with_what_the_cells_hold_now(client: Client) -> None:
    client.put("A2", [["KR1", "old"], ["KR2", "old"]])
    answer = client.ok(
        "POST",
        f"{client.path}/values:batchUpdate",
        json={
            "valueInputOption": "RAW",
            "includeValuesInResponse": True,
            "responseValueRenderOption": "UNFORMATTED_VALUE",
            "data": [{"range": "Sheet1!A2:B3", "values": [[None, 0.5], [None, None]]}],
        },
    )
    assert answer == {
        "spreadsheetId": client.id,
        "totalUpdatedRows": 1,
        "totalUpdatedColumns": 1,
        "totalUpdatedCells": 1,
        "totalUpdatedSheets": 1,
        "responses": [
            {
                "spreadsheetId": client.id,
                "updatedRange": "Sheet1!A2:B3",
                "updatedRows": 1,
                "updatedColumns": 1,
                "updatedCells": 1,
                "updatedData": {
                    "range": "Sheet1!A2:B3",
                    "majorDimension": "ROWS",
                    "values": [["KR1", 0.5], ["KR2", "old"]],
                },
            }
        ],
    }


def test_a_batch_with_one_bad_range_writes_nothing(client: Client) -> None:
    data = [{"range": "A1", "values": [["x"]]}, {"range": "Nope!A1", "values": [["x"]]}]
    body = {"valueInputOption": "RAW", "data": data}
    message = client.refused("POST", f"{client.path}/values:batchUpdate", json=body)
    assert message == "Invalid data[1]: Unable to parse range: Nope!A1"
    assert client.sheets.cells(client.id) == {"Sheet1": {}}


def test_clearing_takes_values_and_leaves_formats(client: Client) -> None:
    client.put("A1", [["70%", "b"]], "USER_ENTERED")
    assert client.ok("POST", client.values_path("A1") + ":clear") == {
        "spreadsheetId": client.id,
        "clearedRange": "Sheet1!A1",
    }
    client.put("A1", [[0.5]])
    assert client.values("A1:B1")["values"] == [["50%", "b"]]
    answer = client.ok("POST", f"{client.path}/values:batchClear", json={"ranges": ["A1", "B1:C2"]})
    assert answer["clearedRanges"] == ["Sheet1!A1", "Sheet1!B1:C2"]


def test_appending_goes_below_the_last_table(client: Client) -> None:
    client.put("C1", [["alone"]])
    query = {"valueInputOption": "RAW"}
    answer = client.ok("POST", client.values_path("Sheet1") + ":append", params=query, json={"values": [[1, 2, 3]]})
    assert answer["tableRange"] == "Sheet1!C1"
    assert answer["updates"]["updatedRange"] == "Sheet1!C2:E2"
    assert client.sheets.read(client.id, "Sheet1") == [["", "", "alone"], ["", "", 1, 2, 3]]


def test_appending_to_an_empty_sheet_names_no_table(client: Client) -> None:
    query = {"valueInputOption": "RAW"}
    answer = client.ok("POST", client.values_path("Sheet1") + ":append", params=query, json={"values": [["a"]]})
    assert "tableRange" not in answer
    assert answer["updates"]["updatedRange"] == "Sheet1!A1"


def test_gspread_reads_and_writes(google: gspread.Client, sheets: LocalSheets, client: Client) -> None:
    book = google.http_client
    book.values_update(client.id, "Sheet1!A1", {"valueInputOption": "RAW"}, {"values": [["KR", 0.7]]})
    answer = book.values_batch_get(client.id, ["Sheet1!A1:B1"], {"valueRenderOption": "UNFORMATTED_VALUE"})
    assert answer["valueRanges"][0]["values"] == [["KR", 0.7]]
    assert sheets.cells(client.id) == {"Sheet1": {"A1": "KR", "B1": 0.7}}


def test_gspread_worksheets_work_as_with_google(google: gspread.Client, client: Client) -> None:
    tab = google.open_by_key(client.id).worksheet("Sheet1")
    tab.update([["Objective", "Score"], ["Grow", 0.5]], "A1")
    tab.append_row(["Learn", 0.25])
    tab.sort((2, "asc"), range="A2:B3")
    assert tab.get_all_values() == [["Objective", "Score"], ["Learn", "0.25"], ["Grow", "0.5"]]
    tab.clear()
    assert tab.get_all_values() == [[]]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (["x", 1], 'list_value {\n  values {\n    string_value: "x"\n  }\n  values {\n    number_value: 1\n  }\n}\n'),
        ({"a": True}, 'struct_value {\n  fields {\n    key: "a"\n    value {\n      bool_value: true\n    }\n  }\n}\n'),
    ],
)
def test_a_list_or_an_object_is_no_value_of_a_cell(client: Client, value: Any, text: str) -> None:
    query, body = {"valueInputOption": "RAW"}, {"values": [["fine"], ["fine", value]]}
    message = client.refused("PUT", client.values_path("A1"), params=query, json=body)
    assert message == f"Invalid values[1][1]: {text}"
