"""gspread's ways to read and write values, method by method, over HTTP: each does what it does against Google."""

from __future__ import annotations

import re

import gspread
import pytest
from gspread.exceptions import GSpreadException
from gspread.utils import (
    DateTimeOption,
    Dimension,
    GridRangeType,
    InsertDataOption,
    TableDirection,
    ValueInputOption,
    ValueRenderOption,
)


def test_values_in_every_way_to_name_a_range(book: gspread.Spreadsheet, tab: gspread.Worksheet) -> None:
    tab.update([["a", "b"], ["c", "d"]], "A1")
    tab.define_named_range("A2:B2", "second_row")
    assert tab.get("A1:B2") == tab.get("B2:A1") == tab.get("R1C1:R2C2") == [["a", "b"], ["c", "d"]]
    assert tab.get("second_row") == [["c", "d"]]
    assert book.values_get("second_row") == {"range": "Sheet1!A2:B2", "majorDimension": "ROWS", "values": [["c", "d"]]}
    batch = tab.batch_get(["A1:A", "B1", "R2C1", "second_row"])
    assert batch == [[["a"], ["c"]], [["b"]], [["c"]], [["c", "d"]]]
    assert [each.value for each in tab.range(1, 1, 2, 2)] == ["a", "b", "c", "d"]
    assert [each.value for each in tab.range("second_row")] == ["c", "d"]
    assert [each.value for each in book.named_range("second_row")] == ["c", "d"]


def test_an_unbounded_range_has_every_row(tab: gspread.Worksheet) -> None:
    tab.resize(4, 3)
    assert len(tab.range("A1:B")) == 8
    assert len(tab.get_all_cells()) == 12


def test_cells_are_read_and_written_one_by_one(tab: gspread.Worksheet) -> None:
    tab.update_acell("A2", "0042")
    tab.update_cell(1, 2, "=A2*2")
    assert (tab.acell("A2").value, tab.acell("A2").numeric_value) == ("42", 42)
    assert tab.cell(1, 2).value == "84"
    assert tab.acell("B1", value_render_option=ValueRenderOption.formula).value == "=A2*2"
    tab.update_acell("A1", "= 1 / 1024")
    assert tab.acell("A1").numeric_value == 1 / 1024
    tab.update_acell("A1", "2,000,000.01")
    assert tab.acell("A1").numeric_value == 2000000.01
    assert tab.acell("D9").value is None


def test_a_list_of_cells_is_written_without_touching_those_between(tab: gspread.Worksheet) -> None:
    tab.update([["a", "b"], ["c", "d"]], "A1:B2")
    answer = tab.update_cells([gspread.Cell(1, 1, "A"), gspread.Cell(2, 2, "D")])
    assert tab.get("A1:B2") == [["A", "b"], ["c", "D"]]
    assert (answer["updatedRange"], answer["updatedCells"]) == ("Sheet1!A1:B2", 2)


def test_rows_and_columns_are_read(tab: gspread.Worksheet) -> None:
    tab.update([["a", "", "c"], [], ["d"]], "A1")
    assert tab.row_values(1) == ["a", "", "c"]
    assert tab.col_values(1) == ["a", "", "d"]
    assert tab.row_values(7) == []


def test_gaps_sizes_and_shapes_of_what_is_read(tab: gspread.Worksheet) -> None:
    tab.update([["a", "", "c"], [], ["d"]], "A1")
    assert tab.get("A1:D4") == [["a", "", "c"], [], ["d"]]
    assert tab.get_all_values() == [["a", "", "c"], ["", "", ""], ["d", "", ""]]
    assert tab.get("A1:D4", maintain_size=True)[3] == ["", "", "", ""]
    assert tab.get("A1:C3", major_dimension=Dimension.cols) == [["a", "", "d"], [], ["c"]]
    assert tab.get("A1", return_type=GridRangeType.ListOfLists) == [["a"]]
    assert tab.get("D9") == [[]]


def test_values_come_as_shown_as_they_are_or_as_typed(tab: gspread.Worksheet) -> None:
    tab.update([["=4/2", "2020-01-01", "70%"]], "A1:C1", raw=False)
    unformatted, formula = ValueRenderOption.unformatted, ValueRenderOption.formula
    assert tab.get("A1:C1") == [["2", "2020-01-01", "70%"]]
    assert tab.get("A1:C1", value_render_option=unformatted) == [[2, 43831, 0.7]]
    assert tab.get("A1:C1", value_render_option=formula) == [["=4/2", 43831, 0.7]]
    as_text = tab.get("A1:C1", value_render_option=unformatted, date_time_render_option=DateTimeOption.formatted_string)
    assert as_text == [[2, "2020-01-01", 0.7]]


def test_merged_cells_can_be_read_as_if_each_had_the_value(tab: gspread.Worksheet) -> None:
    tab.update([["1", "", ""], ["", "", "title"]], "A1")
    tab.merge_cells("A1:B2")
    assert tab.get_values("A1:C2", combine_merged_cells=True) == [["1", "1", ""], ["1", "1", "title"]]
    tab.define_named_range("A1:C2", "block")
    assert tab.get_values("block", combine_merged_cells=True) == [["1", "1", ""], ["1", "1", "title"]]
    tab.set_basic_filter("A1:C2")
    assert tab.get(combine_merged_cells=True, pad_values=True)[0] == ["1", "1", ""]


def test_records_have_the_header_as_keys(tab: gspread.Worksheet) -> None:
    tab.update([["KR", "Score", "Note"], ["a", 0.7, ""], ["b", "1_0", "x"]], "A1")
    assert tab.get_all_records() == [
        {"KR": "a", "Score": 0.7, "Note": ""},
        {"KR": "b", "Score": "1_0", "Note": "x"},
    ]
    assert tab.get_all_records(default_blank=None)[0]["Note"] is None
    assert tab.get_all_records(empty2zero=True)[0]["Note"] == 0
    assert tab.get_all_records(allow_underscores_in_numeric_literals=True)[1]["Score"] == 10
    assert tab.get_all_records(numericise_ignore=["all"])[0]["Score"] == "0.7"
    assert tab.get_all_records(head=2, expected_headers=["a"]) == [{"a": "b", "0.7": "1_0", "": "x"}]
    tab.update([["KR", "KR"]], "A1")
    with pytest.raises(GSpreadException, match="duplicates"):
        tab.get_all_records()


def test_many_ranges_are_written_and_cleared_at_once(tab: gspread.Worksheet) -> None:
    written = [{"range": "A1:B1", "values": [["a", "b"]]}, {"range": "A3", "values": [["=1+1"]]}]
    tab.batch_update(written, value_input_option=ValueInputOption.user_entered)
    assert tab.get_all_values() == [["a", "b"], ["", ""], ["2", ""]]
    tab.batch_clear(["A1", "A3:B3"])
    assert tab.get_all_values() == [["", "b"]]
    tab.clear()
    assert tab.get_all_values() == [[]]


def test_an_update_can_answer_with_what_is_there_now(tab: gspread.Worksheet) -> None:
    answer = tab.update(
        [["70%"]],
        "A1",
        raw=False,
        include_values_in_response=True,
        response_value_render_option=ValueRenderOption.unformatted,
    )
    assert answer["updatedData"]["values"] == [[0.7]]


def test_values_of_the_whole_spreadsheet_by_their_low_level_names(book: gspread.Spreadsheet) -> None:
    book.values_update("Sheet1!A1", params={"valueInputOption": "RAW"}, body={"values": [["a"], ["b"]]})
    book.values_append("Sheet1!A1", {"valueInputOption": "RAW"}, {"values": [["c"]]})
    data = [{"range": "Sheet1!B1", "values": [["x"]]}]
    book.values_batch_update({"valueInputOption": "RAW", "data": data})
    assert book.values_batch_get(["Sheet1!A1:B1", "Sheet1!A3"])["valueRanges"][1]["values"] == [["c"]]
    book.values_batch_clear(body={"ranges": ["Sheet1!A1"]})
    book.values_clear("Sheet1!A2:A3")
    assert book.sheet1.get_all_values() == [["", "x"]]


def test_rows_are_appended_below_the_table(tab: gspread.Worksheet) -> None:
    tab.append_row(["KR", "Score"])
    tab.append_rows([["a", "=1/2"], ["b", 1]], value_input_option=ValueInputOption.user_entered)
    assert tab.get_all_values() == [["KR", "Score"], ["a", "0.5"], ["b", "1"]]
    answer = tab.append_row(["c"], table_range="A1:B2", include_values_in_response=True)
    assert (answer["tableRange"], answer["updates"]["updatedRange"]) == ("Sheet1!A1:B3", "Sheet1!A4")


def test_a_gap_splits_a_table_in_two(tab: gspread.Worksheet) -> None:
    tab.append_row(["a", "", "c"])
    answer = tab.append_row(["a", "", "c"])
    assert answer["tableRange"] == "Sheet1!C1"
    assert tab.row_values(2) == ["", "", "a", "", "c"]
    tab.append_row(["z"], table_range="A1", insert_data_option=InsertDataOption.insert_rows)
    assert tab.row_values(2) == ["z"]


def test_rows_and_columns_are_inserted_with_their_values(tab: gspread.Worksheet) -> None:
    tab.update([["a", "=A1"], ["b", "=A2"]], "A1", raw=False)
    tab.insert_row(["new", "values"], 2)
    tab.insert_rows([["first"], ["second"]], row=1)
    assert tab.get_all_values() == [["first", ""], ["second", ""], ["a", "a"], ["new", "values"], ["b", "b"]]
    assert tab.acell("B5", ValueRenderOption.formula).value == "=A5"
    tab.insert_cols([["x", "y"], ["z"]], col=2)
    assert tab.row_values(1) == ["first", "x", "z"]
    assert tab.acell("D5", ValueRenderOption.formula).value == "=A5"


def test_rows_and_columns_are_deleted(tab: gspread.Worksheet) -> None:
    tab.update([["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]], "A1")
    tab.delete_rows(2)
    tab.delete_columns(1, 2)
    assert tab.get_all_values() == [["c"], ["i"]]
    tab.delete_dimension(Dimension.rows, 1)
    assert tab.get_all_values() == [["i"]]


def test_cells_are_found_by_text_and_by_pattern(tab: gspread.Worksheet) -> None:
    tab.update([["Alpha", "beta"], ["alpha", "Beta2"]], "A1")
    found = tab.find("alpha")
    assert found is not None
    assert found.address == "A2"
    assert [each.address for each in tab.findall("alpha", case_sensitive=False)] == ["A1", "A2"]
    assert [each.address for each in tab.findall(re.compile("eta[0-9]?"))] == ["B1", "B2"]
    assert tab.find("beta", in_row=2) is None
    assert tab.find("nothing") is None


def test_a_table_is_expanded_from_its_corner(tab: gspread.Worksheet) -> None:
    tab.update([["", "KR", "Score", ""], ["", "a", "1", ""], ["", "b", "2", "x"], ["", "", "", "z"]], "A1")
    assert tab.expand("B1") == [["KR", "Score"], ["a", "1"], ["b", "2"]]
    assert tab.expand("B1", TableDirection.right) == [["KR", "Score"]]
