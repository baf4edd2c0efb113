"""gspread's client and its spreadsheets, method by method, over HTTP: each does what it does against Google."""

from __future__ import annotations

import io

import gspread
import openpyxl
import pytest
from gspread.exceptions import APIError
from gspread.utils import ExportFormat, ValueRenderOption

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
