"""gspread, method by method, against this server over HTTP: each does what it does against Google."""

from __future__ import annotations

import io
import re
from typing import Any

import gspread
import openpyxl
import pytest
from gspread.exceptions import APIError, GSpreadException
from gspread.http_client import ParamsType
from gspread.utils import (
    DateTimeOption,
    Dimension,
    ExportFormat,
    GridRangeType,
    InsertDataOption,
    MergeType,
    PasteOrientation,
    PasteType,
    TableDirection,
    ValidationConditionType,
    ValueInputOption,
    ValueRenderOption,
)


@pytest.fixture
def book(google: gspread.Client) -> gspread.Spreadsheet:
    return google.create("OKR")


@pytest.fixture
def tab(book: gspread.Spreadsheet) -> gspread.Worksheet:
    return book.sheet1


def metadata(tab: gspread.Worksheet) -> dict[str, Any]:
    """The tab as `spreadsheets.get` shows it now."""
    sheets = tab.spreadsheet.fetch_sheet_metadata()["sheets"]
    return next(sheet for sheet in sheets if sheet["properties"]["sheetId"] == tab.id)


def cells(tab: gspread.Worksheet, a1: str, part: str) -> list[list[Any]]:
    """One part of each cell, None where it has none."""
    params: ParamsType = {"ranges": f"'{tab.title}'!{a1}", "fields": f"sheets.data.rowData.values.{part}"}
    rows = tab.spreadsheet.fetch_sheet_metadata(params=params)["sheets"][0]["data"][0].get("rowData", [])
    return [[cell.get(part) for cell in row.get("values", [])] for row in rows]


# Client


def test_a_spreadsheet_is_opened_by_title_key_and_url(google: gspread.Client, book: gspread.Spreadsheet) -> None:
    assert google.open("OKR").id == book.id
    assert google.open_by_key(book.id).title == "OKR"
    assert google.open_by_url(f"https://docs.google.com/spreadsheets/d/{book.id}/edit#gid=0").id == book.id
    with pytest.raises(gspread.SpreadsheetNotFound):
        google.open("Nobody named one so")


def test_all_spreadsheets_or_those_of_a_title_are_opened(google: gspread.Client, book: gspread.Spreadsheet) -> None:
    google.create("Another")
    assert {each.title for each in google.openall()} == {"OKR", "Another"}
    assert [each.id for each in google.openall("OKR")] == [book.id]


def test_files_are_listed_with_their_times_and_by_folder(google: gspread.Client) -> None:
    filed = google.create("Filed", folder_id="folder-of-ours")
    listed = google.list_spreadsheet_files()
    assert set(listed[0]) == {"id", "name", "createdTime", "modifiedTime"}
    assert [each["id"] for each in google.list_spreadsheet_files(folder_id="folder-of-ours")] == [filed.id]
    assert google.list_spreadsheet_files("Filed", folder_id="elsewhere") == []


def test_a_copy_has_the_same_tabs_and_a_life_of_its_own(google: gspread.Client, tab: gspread.Worksheet) -> None:
    tab.update([["a"]], "A1")
    tab.merge_cells("A1:B2")
    copied = google.copy(tab.spreadsheet_id, title="Copy", copy_permissions=True)
    assert copied.fetch_sheet_metadata()["sheets"] == tab.spreadsheet.fetch_sheet_metadata()["sheets"]
    copied.sheet1.update([["b"]], "A1")
    assert tab.acell("A1").value == "a"


def test_csv_takes_the_place_of_all_there_was(google: gspread.Client, tab: gspread.Worksheet) -> None:
    tab.spreadsheet.add_worksheet("Old", 10, 10)
    google.import_csv(tab.spreadsheet_id, 'Objective,Score\n"Grow, and ""well""",0.7\n')
    reopened = google.open_by_key(tab.spreadsheet_id)
    assert len(reopened.worksheets()) == 1
    assert reopened.sheet1.get_all_values() == [["Objective", "Score"], ['Grow, and "well"', "0.7"]]
    assert reopened.sheet1.get("B2", value_render_option=ValueRenderOption.unformatted) == [[0.7]]


def test_csv_and_tsv_are_exported_as_shown_without_a_last_line_end(book: gspread.Spreadsheet) -> None:
    book.sheet1.update([["a1", "B,2"], ["", "x"]], "A1:B2")
    assert book.export(ExportFormat.CSV) == b'a1,"B,2"\r\n,x'
    assert book.export(ExportFormat.TSV) == b"a1\tB,2\r\n\tx"


def test_a_workbook_is_exported_that_openpyxl_opens(book: gspread.Spreadsheet) -> None:
    tab = book.sheet1
    tab.update([["70%", "=1+1", "'=text"]], "A1:C1", raw=False)
    tab.update_note("A1", "why")
    tab.merge_cells("A2:B3")
    tab.freeze(rows=1)
    opened = openpyxl.load_workbook(io.BytesIO(book.export(ExportFormat.EXCEL)))
    sheet = opened["Sheet1"]
    assert [sheet["A1"].value, sheet["A1"].number_format, sheet["B1"].value] == [0.7, "0%", "=1+1"]
    assert (sheet["C1"].value, sheet["C1"].data_type) == ("=text", "s")
    assert sheet["A1"].comment.text == "why"
    assert [str(each) for each in sheet.merged_cells.ranges] == ["A2:B3"]
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("kind", [ExportFormat.PDF, ExportFormat.OPEN_OFFICE_SHEET, ExportFormat.ZIPPED_HTML])
def test_what_cannot_be_exported_is_said_in_words(book: gspread.Spreadsheet, kind: ExportFormat) -> None:
    with pytest.raises(APIError, match="The local Sheets server does not export"):
        book.export(kind)


def test_what_is_not_there_and_what_is_not_ours_are_told_apart(google: gspread.Client) -> None:
    with pytest.raises(gspread.SpreadsheetNotFound):
        google.open_by_key("test")


# Sharing


def test_a_spreadsheet_is_shared_listed_and_taken_back(book: gspread.Spreadsheet) -> None:
    book.share("otto@example.org", perm_type="user", role="writer", notify=False)
    book.share("example.org", perm_type="domain", role="reader")
    book.share("", perm_type="anyone", role="reader", with_link=True)
    listed = book.list_permissions()
    assert [(each["type"], each["role"]) for each in listed] == [
        *(("user", "owner"), ("user", "writer"), ("domain", "reader"), ("anyone", "reader")),
    ]
    assert len(book.remove_permissions("otto@example.org", role="writer")) == 1
    assert book.remove_permissions("example.org", role="writer") == []
    assert [each["type"] for each in book.list_permissions()] == ["user", "domain", "anyone"]


def test_sharing_again_changes_the_role(book: gspread.Spreadsheet) -> None:
    book.share("otto@example.org", perm_type="user", role="reader")
    book.share("otto@example.org", perm_type="user", role="writer")
    assert [each["role"] for each in book.list_permissions()] == ["owner", "writer"]


def test_an_owner_offers_and_the_other_accepts(book: gspread.Spreadsheet) -> None:
    book.share("otto@example.org", perm_type="user", role="writer")
    otto = str(book.list_permissions()[1]["id"])
    book.transfer_ownership(otto)
    assert book.list_permissions()[1]["pendingOwner"] is True
    book.accept_ownership(otto)
    assert [each["role"] for each in book.list_permissions()] == ["writer", "owner"]


def test_a_permission_that_nobody_has_is_not_found(google: gspread.Client, book: gspread.Spreadsheet) -> None:
    with pytest.raises(APIError, match="Permission not found: 42"):
        google.remove_permission(book.id, "42")


# Spreadsheet


def test_tabs_are_added_found_ordered_and_deleted(book: gspread.Spreadsheet) -> None:
    second = book.add_worksheet("Second", rows=5, cols=4)
    first = book.add_worksheet("First", rows=3, cols=2, index=0)
    assert [each.title for each in book.worksheets()] == ["First", "Sheet1", "Second"]
    assert (first.row_count, first.col_count, second.index) == (3, 2, 1)
    assert book.worksheet("Second").id == book.get_worksheet_by_id(second.id).id == book.get_worksheet(2).id
    book.reorder_worksheets([second, first])
    assert [each.title for each in book] == ["Second", "First", "Sheet1"]
    book.del_worksheet(first)
    book.del_worksheet_by_id(second.id)
    assert [each.title for each in book.worksheets()] == ["Sheet1"]
    with pytest.raises(gspread.WorksheetNotFound):
        book.worksheet("Second")
    with pytest.raises(APIError, match="You can't remove all the visible sheets in a document"):
        book.del_worksheet(book.sheet1)


def test_a_tab_is_duplicated_with_everything_on_it(book: gspread.Spreadsheet, tab: gspread.Worksheet) -> None:
    tab.update([["a", "=A1"]], "A1:B1", raw=False)
    tab.update_note("A1", "why")
    twin = book.duplicate_sheet(tab.id, insert_sheet_index=1, new_sheet_id=77, new_sheet_name="Twin")
    assert (twin.id, twin.title, twin.index) == (77, "Twin", 1)
    assert (twin.get("A1:B1"), twin.get_note("A1")) == ([["a", "a"]], "why")
    assert twin.duplicate().title == "Copy of Twin"


def test_a_tab_is_copied_to_another_spreadsheet(google: gspread.Client, tab: gspread.Worksheet) -> None:
    tab.update([["a"]], "A1")
    other = google.create("Other")
    copied = tab.copy_to(other.id)
    assert (copied["title"], copied["index"]) == ("Copy of Sheet1", 1)
    assert other.get_worksheet_by_id(copied["sheetId"]).acell("A1").value == "a"


def test_title_locale_and_time_zone_change(google: gspread.Client, book: gspread.Spreadsheet) -> None:
    book.update_title("Mục tiêu 🎯")
    book.update_locale("fr_FR")
    book.update_timezone("Europe/Paris")
    again = google.open_by_key(book.id)
    assert (again.title, again.locale, again.timezone) == ("Mục tiêu 🎯", "fr_FR", "Europe/Paris")


def test_times_come_from_drive(book: gspread.Spreadsheet) -> None:
    assert book.creationTime <= book.get_lastUpdateTime()
    book.update_drive_metadata()
    assert book.sheet1.spreadsheet is not None


# Values


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


# The tab itself


def test_a_tab_grows_shrinks_and_freezes(tab: gspread.Worksheet) -> None:
    tab.add_rows(10)
    tab.add_cols(2)
    assert metadata(tab)["properties"]["gridProperties"] == {"rowCount": 1010, "columnCount": 28}
    tab.resize(rows=20, cols=5)
    tab.freeze(rows=2)
    tab.freeze(cols=1)
    frozen = {"rowCount": 20, "columnCount": 5, "frozenRowCount": 2, "frozenColumnCount": 1}
    assert metadata(tab)["properties"]["gridProperties"] == frozen
    tab.freeze(0, 0)
    assert metadata(tab)["properties"]["gridProperties"] == {"rowCount": 20, "columnCount": 5}


def test_a_tab_is_renamed_moved_hidden_and_shown(book: gspread.Spreadsheet, tab: gspread.Worksheet) -> None:
    tab.update_title("D3")
    tab.update([["x"]], "A1")
    assert book.values_get("'D3'!A1")["range"] == "'D3'!A1"
    with pytest.raises(APIError, match="You can't hide all the sheets in a document"):
        tab.hide()
    other = book.add_worksheet("Other", 2, 2)
    other.hide()
    assert [each.title for each in book.worksheets(exclude_hidden=True)] == ["D3"]
    other.show()
    assert "hidden" not in metadata(other)["properties"]
    other.update_index(0)
    assert [each.title for each in book.worksheets()] == ["Other", "D3"]


def test_a_tabs_colour_is_set_and_cleared(book: gspread.Spreadsheet, tab: gspread.Worksheet) -> None:
    def shown() -> Any:
        return book.fetch_sheet_metadata(params={"fields": "sheets.properties.tabColorStyle"})["sheets"][0]

    assert tab.get_tab_color() is None
    tab.update_tab_color("#FF8000")
    assert shown() == {"properties": {"tabColorStyle": {"rgbColor": {"red": 1, "green": 0.5019608}}}}
    assert metadata(tab)["properties"]["tabColor"] == {"red": 1, "green": 0.5019608}
    assert book.sheet1.tab_color == "#FF8000"
    halves = {"red": 0.5, "green": 0, "blue": 1}
    properties = {"sheetId": tab.id, "tabColorStyle": {"rgbColor": halves}}
    update = {"updateSheetProperties": {"properties": properties, "fields": "tabColorStyle"}}
    book.batch_update({"requests": [update]})
    assert shown() == {"properties": {"tabColorStyle": {"rgbColor": {"red": 0.49803922, "blue": 1}}}}
    tab.clear_tab_color()
    assert shown() == {"properties": {}}


def test_grid_lines_are_hidden_and_shown(book: gspread.Spreadsheet, tab: gspread.Worksheet) -> None:
    tab.hide_gridlines()
    assert book.sheet1.is_gridlines_hidden is True
    tab.show_gridlines()
    assert "hideGridlines" not in metadata(tab)["properties"]["gridProperties"]


def test_rows_and_columns_are_hidden_and_shown(tab: gspread.Worksheet) -> None:
    def hidden() -> tuple[list[bool], list[bool]]:
        params: ParamsType = {"fields": "sheets.data(rowMetadata,columnMetadata)", "ranges": "Sheet1!A1:C3"}
        data = tab.spreadsheet.fetch_sheet_metadata(params=params)["sheets"][0]["data"][0]
        rows = [each.get("hiddenByUser", False) for each in data["rowMetadata"]]
        return rows, [each.get("hiddenByUser", False) for each in data["columnMetadata"]]

    tab.hide_rows(0, 2)
    tab.hide_columns(1, 2)
    assert hidden() == ([True, True, False], [False, True, False])
    tab.unhide_rows(0, 2)
    tab.unhide_columns(1, 2)
    assert hidden() == ([False] * 3, [False] * 3)


def test_columns_and_rows_fit_what_they_hold(tab: gspread.Worksheet) -> None:
    def sizes(which: str) -> list[int]:
        data = tab.spreadsheet.fetch_sheet_metadata(params={"fields": f"sheets.data.{which}"})["sheets"][0]["data"]
        return [each["pixelSize"] for each in data[0][which]]

    tab.update([["A" * 1024, "x"]], "A1")
    tab.columns_auto_resize(0, 3)
    assert sizes("columnMetadata")[0] > 1024 > sizes("columnMetadata")[1]
    assert sizes("columnMetadata")[2] == 100
    tab.update([["a\nb\nc"]], "A2")
    tab.rows_auto_resize(0, 2)
    assert sizes("rowMetadata")[1] > sizes("rowMetadata")[0]


def test_rows_are_sorted_below_what_is_frozen(tab: gspread.Worksheet) -> None:
    tab.resize(4, 2)
    tab.update([["KR", "n"], ["b", 2], ["a", 2], ["c", 1]], "A1")
    tab.freeze(rows=1)
    tab.sort((2, "asc"), (1, "des"))
    assert tab.get_all_values() == [["KR", "n"], ["c", "1"], ["b", "2"], ["a", "2"]]
    tab.sort((1, "asc"), range="A2:B4")
    assert tab.col_values(1) == ["KR", "a", "b", "c"]


def test_the_basic_filter_covers_the_tab_or_a_range(tab: gspread.Worksheet) -> None:
    tab.resize(20, 10)
    tab.set_basic_filter()
    whole = {"startRowIndex": 0, "endRowIndex": 20, "startColumnIndex": 0, "endColumnIndex": 10}
    assert metadata(tab)["basicFilter"]["range"] == whole
    tab.set_basic_filter("B1:C2")
    part = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 1, "endColumnIndex": 3}
    assert metadata(tab)["basicFilter"]["range"] == part
    tab.set_basic_filter(1, 2, 2, 3)
    assert metadata(tab)["basicFilter"]["range"] == part
    tab.clear_basic_filter()
    assert "basicFilter" not in metadata(tab)


def test_cells_are_merged_in_three_ways_and_unmerged(tab: gspread.Worksheet) -> None:
    tab.merge_cells("A1:B2", MergeType.merge_rows)
    assert len(metadata(tab)["merges"]) == 2
    tab.merge_cells(1, 1, 2, 2)
    assert len(metadata(tab)["merges"]) == 1
    tab.unmerge_cells("A1:B2")
    assert "merges" not in metadata(tab)
    tab.batch_merge([{"range": "A1:A2"}, {"range": "B1:C2", "mergeType": MergeType.merge_columns}])
    assert len(metadata(tab)["merges"]) == 3


def test_groups_of_rows_and_columns_are_added_listed_and_deleted(tab: gspread.Worksheet) -> None:
    tab.add_dimension_group_rows(0, 2)
    tab.add_dimension_group_columns(1, 4)
    assert tab.list_dimension_group_rows() == [
        {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 2}, "depth": 1}
    ]
    tab.add_dimension_group_columns(2, 3)
    assert [(each["range"]["startIndex"], each["depth"]) for each in tab.list_dimension_group_columns()] == [
        (1, 1),
        (2, 2),
    ]
    tab.delete_dimension_group_rows(0, 2)
    tab.delete_dimension_group_columns(1, 4)
    assert tab.list_dimension_group_rows() == []
    assert len(tab.list_dimension_group_columns()) == 1


def test_named_ranges_are_defined_listed_and_deleted(book: gspread.Spreadsheet, tab: gspread.Worksheet) -> None:
    made = tab.define_named_range("A1:B2", "Scores")["replies"][0]["addNamedRange"]["namedRange"]
    whole = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    assert book.list_named_ranges() == [made] == [{**made, "name": "Scores", "range": whole}]
    tab.delete_named_range(made["namedRangeId"])
    assert book.list_named_ranges() == []
    with pytest.raises(APIError, match="The name of the range is invalid: A1"):
        tab.define_named_range("A1:B2", "A1")


def test_protected_ranges_are_added_listed_and_deleted(book: gspread.Spreadsheet, tab: gspread.Worksheet) -> None:
    tab.add_protected_range("A1:B2", ["otto@example.org"], description="Scores")
    tab.add_protected_range("C1", warning_only=True)
    listed = book.list_protected_ranges(tab.id)
    assert [each.get("warningOnly", False) for each in listed] == [False, True]
    assert "otto@example.org" in listed[0]["editors"]["users"]
    tab.delete_protected_range(listed[0]["protectedRangeId"])
    assert len(book.list_protected_ranges(tab.id)) == 1
    with pytest.raises(gspread.WorksheetNotFound):
        book.list_protected_ranges(11111)


def test_notes_are_set_read_and_cleared(book: gspread.Spreadsheet, tab: gspread.Worksheet) -> None:
    assert tab.get_note("A1") == ""
    tab.insert_note("A1", "first")
    tab.update_note("A1", "second")
    assert tab.get_note("A1") == "second"
    tab.update_notes({"A1": "a", "B2": "b"})
    tab.insert_notes({"C3": "c"})
    assert tab.get_notes() == [["a"], ["", "b"], ["", "", "c"]]
    assert tab.get_notes(grid_range="B2:C3") == [["b"], ["", "c"]]
    other = book.add_worksheet("Other", 5, 5)
    other.insert_note("A1", "there")
    assert (other.get_notes(), tab.get_note("A1")) == ([["there"]], "a")
    tab.clear_note("A1")
    tab.clear_notes(["B2", "C3"])
    assert tab.get_notes() == [[]]


def test_a_format_is_set_with_its_colours_in_both_ways(tab: gspread.Worksheet) -> None:
    look = {
        "backgroundColor": {"green": 1, "blue": 0.2},
        "horizontalAlignment": "CENTER",
        "textFormat": {"foregroundColor": {"red": 1, "green": 0}, "bold": True, "fontSize": 12},
    }
    tab.format(["A2:B2", "D4"], look)
    for cell in (cells(tab, "A2:B2", "userEnteredFormat")[0][1], cells(tab, "D4", "userEnteredFormat")[0][0]):
        assert cell["backgroundColorStyle"] == {"rgbColor": {"green": 1, "blue": 0.2}}
        assert cell["textFormat"]["foregroundColor"] == {"red": 1}
        assert cell["textFormat"]["foregroundColorStyle"] == {"rgbColor": {"red": 1}}
        assert (cell["horizontalAlignment"], cell["textFormat"]["fontSize"]) == ("CENTER", 12)
    tab.batch_format([{"range": "A2", "format": {"backgroundColorStyle": {"themeColor": "ACCENT1"}}}])
    assert "backgroundColor" not in cells(tab, "A2", "userEnteredFormat")[0][0]


def test_a_format_of_numbers_changes_what_is_shown(tab: gspread.Worksheet) -> None:
    tab.update([[0.256]], "A1")
    tab.format("A1", {"numberFormat": {"type": "PERCENT", "pattern": "0.0%"}})
    assert tab.acell("A1").value == "25.6%"


def test_a_rule_for_what_may_be_entered_is_kept(tab: gspread.Worksheet) -> None:
    tab.add_validation("A1:A2", ValidationConditionType.one_of_list, ["yes", "no"], strict=True, showCustomUi=True)
    values = [{"userEnteredValue": "yes"}, {"userEnteredValue": "no"}]
    rule = {"condition": {"type": "ONE_OF_LIST", "values": values}, "strict": True, "showCustomUi": True}
    assert cells(tab, "A1:A2", "dataValidation") == [[rule], [rule]]


def test_a_range_is_copied_in_every_way(tab: gspread.Worksheet) -> None:
    tab.update([["70%", "=A1*2"], ["x", ""]], "A1", raw=False)
    tab.copy_range("A1:B2", "C3:D4")
    assert tab.get("C3:D4", value_render_option=ValueRenderOption.formula) == [[0.7, "=C3*2"], ["x"]]
    tab.copy_range("A1:B1", "A5:B6", PasteType.values)
    assert tab.get("A5:B6", value_render_option=ValueRenderOption.formula) == [[0.7, 1.4], [0.7, 1.4]]
    assert tab.get("A5") == [["0.7"]]
    tab.copy_range("A1", "A5", PasteType.format)
    assert tab.get("A5:A6") == [["70%"], ["0.7"]]
    tab.copy_range("A1:A2", "F1", PasteType.normal, PasteOrientation.transpose)
    assert tab.get("F1:G1") == [["70%", "x"]]


def test_a_range_is_cut_and_formulas_follow_it(tab: gspread.Worksheet) -> None:
    tab.update([["a1", "=A1"], ["a2", "=A2"]], "A1", raw=False)
    tab.cut_range("A1:A2", "C5")
    assert tab.get("A1:B2", value_render_option=ValueRenderOption.formula) == [["", "=C5"], ["", "=C6"]]
    assert tab.get("A1:C6")[4:] == [["", "", "a1"], ["", "", "a2"]]
