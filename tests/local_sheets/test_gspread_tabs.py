"""gspread's ways to change a tab itself, method by method, over HTTP: each does what it does against Google."""

from __future__ import annotations

from typing import Any

import gspread
import pytest
from gspread.exceptions import APIError
from gspread.http_client import ParamsType
from gspread.utils import MergeType, PasteOrientation, PasteType, ValidationConditionType, ValueRenderOption


def metadata(tab: gspread.Worksheet) -> dict[str, Any]:
    """The tab as `spreadsheets.get` shows it now."""
    sheets = tab.spreadsheet.fetch_sheet_metadata()["sheets"]
    return next(sheet for sheet in sheets if sheet["properties"]["sheetId"] == tab.id)


def cells(tab: gspread.Worksheet, a1: str, part: str) -> list[list[Any]]:
    """One part of each cell, None where it has none."""
    params: ParamsType = {"ranges": f"'{tab.title}'!{a1}", "fields": f"sheets.data.rowData.values.{part}"}
    rows = tab.spreadsheet.fetch_sheet_metadata(params=params)["sheets"][0]["data"][0].get("rowData", [])
    return [[cell.get(part) for cell in row.get("values", [])] for row in rows]


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
