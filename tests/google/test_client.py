"""The client's requests, and Google's JSON as our values and back. Real HTTP, real gspread and google-auth."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from sync.domain.cells import Area, CellRef
from sync.domain.failures import Trouble
from sync.domain.grid import CellError, CellWrite
from sync.google import SheetsClient, SheetsError
from sync.google.answers import Json, Spreadsheet, answer_in
from sync.google.shapes import BOOK_FIELDS, book_of, range_of, update_requests
from sync.local_sheets import LocalSheets
from tests.support.installation import save_workbook


@pytest.fixture
def sheets(tmp_path: Path) -> Iterator[LocalSheets]:
    with LocalSheets(tmp_path / "data") as server:
        yield server


@pytest.fixture
def client(sheets: LocalSheets) -> Iterator[SheetsClient]:
    opened = SheetsClient(None, sheets.url)
    yield opened
    opened.close()


def methods(sheets: LocalSheets) -> list[str]:
    return [request.method for request in sheets.requests if request.kind in ("read", "write")]


def test_the_values_come_in_the_order_of_the_titles(client: SheetsClient, sheets: LocalSheets, tmp_path: Path) -> None:
    sheets.import_workbook(save_workbook(tmp_path / "okr.xlsx", {"Quý 1": [["a"]], "Anh's": [["b", 0.5]]}))
    assert client.read_values("okr", ["Anh's", "Quý 1"]) == [[["b", 0.5]], [["a"]]]
    assert methods(sheets) == ["spreadsheets.values.batchGet"]


def test_more_tabs_than_an_address_can_name_are_still_one_read(
    client: SheetsClient, sheets: LocalSheets, tmp_path: Path
) -> None:
    titles = [f"Mục tiêu của nhóm {number}" for number in range(60)]
    sheets.import_workbook(save_workbook(tmp_path / "okr.xlsx", {title: [[title]] for title in titles}))
    asked = list(reversed(titles))
    assert client.read_values("okr", asked) == [[[title]] for title in asked]
    assert methods(sheets) == ["spreadsheets.values.batchGetByDataFilter"]
    assert (client.reads, client.writes) == (1, 0)


@pytest.mark.parametrize("others", [1, 200])
def test_a_tab_that_is_gone_is_said(client: SheetsClient, sheets: LocalSheets, tmp_path: Path, others: int) -> None:
    titles = [f"Nhóm {number}" for number in range(others)]
    sheets.import_workbook(save_workbook(tmp_path / "okr.xlsx", {title: [[title]] for title in titles}))
    with pytest.raises(SheetsError) as error:
        client.read_values("okr", [*titles, "Đã xoá"])
    assert (error.value.trouble, client.reads) == (Trouble.RANGE, 1)


@pytest.mark.parametrize("body", ['{"a": NaN}', '{"a": Infinity}', '{"a": -Infinity}'])
def test_what_is_no_number_in_json_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match="malformed"):
        answer_in(body, Json)


def test_a_title_is_quoted_because_it_may_look_like_a_cell() -> None:
    assert range_of("D001") == "'D001'"
    assert range_of("Anh's OKR", Area(0, 1, 3, 28)) == "'Anh''s OKR'!B1:AB3"


def test_errors_loading_cells_and_charts_are_read_as_what_they_are() -> None:
    cells = [
        {"effectiveValue": {"errorValue": {"type": "REF", "message": "gone"}}},
        {"effectiveValue": {"errorValue": {"type": "LOADING"}}},
        {"effectiveValue": {"stringValue": "#N/A"}},
        {},
        {"effectiveValue": {"boolValue": False}},
        {"effectiveValue": {"stringValue": ""}},
    ]
    grid = {"properties": {"sheetId": 3, "title": "OKR"}, "data": [{"rowData": [{"values": cells}]}]}
    chart = {"properties": {"sheetId": 4, "title": "Chart", "sheetType": "OBJECT"}}
    answer = msgspec.json.encode({"spreadsheetId": "s", "sheets": [grid, chart]})
    [tab] = book_of(answer_in(answer, Spreadsheet)).tabs
    assert tab.values == [[CellError("#REF!"), CellError("Loading..."), CellError("#N/A"), None, False]]


def test_cells_below_each_other_go_into_one_request() -> None:
    writes = [CellWrite(CellRef("s", 0, "OKR", row, 5), "key_result", "", None, None, "") for row in (4, 1, 2)]
    requests = [request["updateCells"] for request in update_requests(writes)]
    areas = [(request["range"]["startRowIndex"], request["range"]["endRowIndex"]) for request in requests]
    assert areas == [(1, 3), (4, 5)]
    assert all(request["fields"] == "userEnteredValue" for request in requests)


def protected(*ranges: dict[str, object]) -> Sequence[Area]:
    """The protections of a tab, read with these protected ranges."""
    sheet = {"properties": {"sheetId": 3, "title": "OKR"}, "protectedRanges": ranges}
    return book_of(msgspec.convert({"spreadsheetId": "s", "sheets": [sheet]}, Spreadsheet)).tabs[0].protections


def grid_range(top: int, left: int, bottom: int, right: int) -> dict[str, int]:
    return {"startRowIndex": top, "startColumnIndex": left, "endRowIndex": bottom, "endColumnIndex": right}


def cells(areas: Sequence[Area], rows: int = 12, columns: int = 12) -> set[tuple[int, int]]:
    """The cells of a small tab that lie in these areas, each in one only."""
    found = [(row, column) for row in range(rows) for column in range(columns) for a in areas if (row, column) in a]
    assert len(found) == len(set(found))
    return set(found)


WHOLE = {(row, column) for row in range(12) for column in range(12)}


def test_a_protection_that_only_warns_or_that_we_may_edit_is_none() -> None:
    area = grid_range(0, 0, 2, 2)
    assert protected({"range": area, "warningOnly": True}, {"range": area, "requestingUserCanEdit": True}) == ()


def test_a_protected_tab_leaves_its_holes_open() -> None:
    holes = [grid_range(2, 2, 5, 4), grid_range(4, 3, 6, 8), grid_range(9, 0, 10, 12)]
    areas = protected({"range": {"sheetId": 3}, "unprotectedRanges": holes})
    open_cells = {place for place in WHOLE for hole in holes if place in Area(*hole_of(hole))}
    assert cells(areas) == WHOLE - open_cells


def hole_of(hole: dict[str, int]) -> tuple[int, int, int, int]:
    return hole["startRowIndex"], hole["startColumnIndex"], hole["endRowIndex"], hole["endColumnIndex"]


def test_a_hole_as_large_as_the_protection_leaves_nothing_of_it() -> None:
    assert protected({"range": grid_range(1, 1, 3, 3), "unprotectedRanges": [{"sheetId": 3}]}) == ()


def test_a_hole_elsewhere_changes_nothing() -> None:
    areas = protected({"range": grid_range(1, 1, 3, 3), "unprotectedRanges": [grid_range(3, 0, 4, 9)]})
    assert areas == (Area(1, 1, 3, 3),)


def painted(sheets: LocalSheets, row: int, colour: dict[str, object]) -> None:
    """Fill the first cell of a row, as a person does it in Sheets."""
    area = {"sheetId": 0, "startRowIndex": row, "endRowIndex": row + 1, "startColumnIndex": 0, "endColumnIndex": 1}
    look = {"userEnteredFormat": {"backgroundColorStyle": colour}}
    sheets.edit(
        "okr", {"repeatCell": {"range": area, "cell": look, "fields": "userEnteredFormat.backgroundColorStyle"}}
    )


def test_the_colours_of_cells_are_read_where_they_are_asked_for_and_only_there(
    client: SheetsClient, sheets: LocalSheets, tmp_path: Path
) -> None:
    sheets.import_workbook(save_workbook(tmp_path / "okr.xlsx", {"OKR": [[f"row {row}"] for row in range(6)]}))
    painted(sheets, 0, {"rgbColor": {"red": 249 / 255, "green": 203 / 255, "blue": 156 / 255}})
    painted(sheets, 1, {"rgbColor": {}})
    painted(sheets, 2, {"rgbColor": {"red": 1, "green": 1, "blue": 1}})
    painted(sheets, 3, {"themeColor": "ACCENT1"})
    colours = {(0, 0): "#f9cb9c", (1, 0): "#000000", (3, 0): "#4285f4"}
    plain, coloured = client.read_book("okr"), client.read_book("okr", fills=True)
    assert (plain.tabs[0].fills, coloured.tabs[0].fills) == ({}, colours)
    assert "effectiveFormat" not in BOOK_FIELDS
    write = CellWrite(CellRef("okr", 0, "OKR", 0, 1), "key_result", "k", None, 1, "")
    assert [tab.fills for tab in client.write("okr", [write])] == [{}]
    assert [tab.fills for tab in client.write("okr", [write], fills=True)] == [colours]
    assert client.reads == 2
