"""Workbooks as spreadsheets."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from sync.local_sheets import LocalSheets
from sync.local_sheets.workbooks import UnreadableWorkbook

from .conftest import Client

LAYOUTS = sorted((Path(__file__).resolve().parents[3] / "shared" / "layouts").glob("*/workbook.xlsx"))


def saved(path: Path, rows: list[list[Any]], formats: dict[str, str] | None = None) -> Path:
    workbook = openpyxl.Workbook()
    tab = workbook.worksheets[0]
    tab.title = "OKR"
    for row in rows:
        tab.append(row)
    for name, code in (formats or {}).items():
        tab[name].number_format = code
    workbook.save(path)
    return path


def test_cells_come_with_their_values_and_formats(sheets: LocalSheets, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["KR", 0.7, 1_200_000, date(2025, 12, 31), datetime(2025, 12, 31, 18), True, "70%", "#N/A"],
    ]
    formats = {"B1": "0%", "C1": '#,##0 "₫"'}
    book = sheets.import_workbook(saved(tmp_path / "okr.xlsx", rows, formats), locale="vi_VN")
    assert sheets.read(book, "OKR") == [["KR", 0.7, 1_200_000, 46022, 46022.75, True, "70%", "#N/A"]]
    shown = ["KR", "70%", "1.200.000 ₫", "2025-12-31", "2025-12-31 18:00:00", "TRUE", "70%", "#N/A"]
    assert sheets.read(book, "OKR", "FORMATTED_VALUE") == [shown]


def test_formulas_are_computed_or_keep_the_value_that_the_file_has(sheets: LocalSheets, tmp_path: Path) -> None:
    book = sheets.import_workbook(saved(tmp_path / "f.xlsx", [[2, "=A1*3", "=VLOOKUP(1,A:B,2)"]]))
    assert sheets.read(book, "A1:C1", "FORMULA") == [[2, "=A1*3", "=VLOOKUP(1,A:B,2)"]]
    assert sheets.read(book, "A1:C1") == [[2, 6, ""]]


def test_the_look_of_a_tab_comes_along(sheets: LocalSheets, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    tab = workbook.worksheets[0]
    tab["A1"], tab["A2"] = "Mục tiêu", "x"
    tab["A1"].comment = Comment("Ai chịu trách nhiệm?", "An")
    tab.merge_cells("A1:B1")
    tab.column_dimensions["B"].width = 30
    tab.row_dimensions[2].hidden = True
    tab.freeze_panes = "A2"
    workbook.create_sheet("Ẩn").sheet_state = "hidden"
    workbook.save(tmp_path / "look.xlsx")
    client = Client(sheets)
    with client.http:
        client.id = sheets.import_workbook(tmp_path / "look.xlsx", title="Kế hoạch")
        shown = client.get(includeGridData=True)
        first, hidden = shown["sheets"]
        assert shown["properties"]["title"] == "Kế hoạch"
        assert hidden["properties"]["hidden"] is True
        grid = {"rowCount": 1000, "columnCount": 26, "frozenRowCount": 1}
        assert first["properties"]["gridProperties"] == grid
        merge = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 2}
        assert first["merges"] == [merge]
        data = first["data"][0]
        assert data["columnMetadata"][1] == {"pixelSize": 215}
        assert data["rowMetadata"][1]["hiddenByUser"] is True
        assert data["rowData"][0]["values"][0]["note"] == "Ai chịu trách nhiệm?"


def test_the_id_comes_from_the_files_name_and_an_existing_one_is_kept(sheets: LocalSheets, tmp_path: Path) -> None:
    path = tmp_path / "Kế hoạch 2026.xlsx"
    book = sheets.import_workbook(saved(path, [["first"]]))
    assert book == "K--ho-ch-2026"
    saved(path, [["second"]])
    assert sheets.import_workbook(path) == book
    assert sheets.read(book, "A1") == [["first"]]
    sheets.import_workbook(path, overwrite=True)
    assert sheets.read(book, "A1") == [["second"]]
    assert [each.title for each in sheets.spreadsheets()] == ["Kế hoạch 2026"]


def test_what_is_no_workbook_is_said_to_be_none(sheets: LocalSheets, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("a,b\n1,2\n")
    with pytest.raises(UnreadableWorkbook, match=r"x\.xlsx is not an \.xlsx workbook"):
        sheets.import_workbook(tmp_path / "x.xlsx")


@pytest.mark.skipif(not LAYOUTS, reason="the layouts stand beside the repository, not in it")
@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.parent.name)
def test_a_real_layout_arrives_cell_by_cell(sheets: LocalSheets, path: Path) -> None:
    book = sheets.import_workbook(path)
    arrived = sheets.cells(book)
    for tab in openpyxl.load_workbook(path).worksheets:
        cells = {cell.coordinate: cell.value for row in tab.iter_rows() for cell in row if cell.value is not None}
        dates = {name for name, value in cells.items() if isinstance(value, date)}
        assert arrived[tab.title].keys() == cells.keys()
        assert {n: v for n, v in arrived[tab.title].items() if n not in dates} == {
            name: value for name, value in cells.items() if name not in dates
        }
        assert all(isinstance(arrived[tab.title][name], int | float) for name in dates)
