"""Workbooks as spreadsheets."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName

from sync.local_sheets import LocalSheets
from sync.local_sheets.book.areas import Area
from sync.local_sheets.book.book import Spreadsheet
from sync.local_sheets.xlsx.files import UnreadableWorkbook
from sync.local_sheets.xlsx.styles import rgb_code
from sync.local_sheets.xlsx.workbooks import read_workbook
from tests.support.examples import examples

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
        assert data["columnMetadata"][1] == {"pixelSize": 210}
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


def imported(path: Path) -> Spreadsheet:
    return read_workbook(path, "book", "Book", "vi_VN")


def test_cells_keep_how_they_look(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    tab = workbook.worksheets[0]
    tab["A1"], tab["B1"], tab["C1"] = "Điểm", "x", "y"
    tab["A1"].font = Font(bold=True, italic=True, strike=True, size=14, name="Verdana", color="FFCC0000")
    tab["A1"].fill = PatternFill("solid", fgColor="FFFFF2CC")
    tab["A1"].alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    tab["A1"].border = Border(bottom=Side("medium", color="FF0000FF"))
    # A colour of the theme, lightened, and one of the old palette.
    tab["B1"].fill = PatternFill("solid", fgColor=Color(theme=4, tint=0.5))
    tab["C1"].font = Font(color=Color(indexed=10))
    workbook.save(tmp_path / "looks.xlsx")
    first, second, third = (imported(tmp_path / "looks.xlsx").sheets[0].cell(0, column).format for column in range(3))
    red, blue = {"red": 0.8}, {"blue": 1}
    yellow = {"red": 1, "green": 0.9490196, "blue": 0.8}
    assert first == {
        "backgroundColor": yellow,
        "backgroundColorStyle": {"rgbColor": yellow},
        "borders": {"bottom": {"style": "SOLID_MEDIUM", "color": blue, "colorStyle": {"rgbColor": blue}}},
        "horizontalAlignment": "CENTER",
        "verticalAlignment": "MIDDLE",
        "wrapStrategy": "WRAP",
        "textFormat": {
            "foregroundColor": red,
            "foregroundColorStyle": {"rgbColor": red},
            "fontFamily": "Verdana",
            "fontSize": 14,
            "bold": True,
            "italic": True,
            "strikethrough": True,
        },
    }
    assert second is not None
    assert rgb_code(second, "backgroundColor") == "#a7c0de"
    assert third is not None
    assert third["textFormat"]["foregroundColor"] == {"red": 1}


def test_a_tab_keeps_its_colour_its_filter_and_the_names_of_its_ranges(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    tab = workbook.worksheets[0]
    tab.title = "Quý 4"
    tab.append(["KR", "Điểm"])
    tab.sheet_properties.tabColor = "00FF00"
    tab.auto_filter.ref = "A1:B9"
    workbook.defined_names["Diem"] = DefinedName("Diem", attr_text="'Quý 4'!$B$2:$B$9")
    workbook.defined_names["Thue"] = DefinedName("Thue", attr_text="0.1")
    workbook.save(tmp_path / "names.xlsx")
    book = imported(tmp_path / "names.xlsx")
    sheet = book.sheets[0]
    assert sheet.looks == {"tabColor": {"green": 1}, "tabColorStyle": {"rgbColor": {"green": 1}}}
    assert sheet.filtered == Area(0, 0, 9, 2)
    assert [(known.name, known.sheet_id, known.area) for known in book.named_ranges] == [("Diem", 0, Area(1, 1, 9, 2))]


def test_a_protected_tab_is_open_where_its_cells_are_unlocked(sheets: LocalSheets, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    tab = workbook.worksheets[0]
    tab.append(["KR", "Hiện tại", "Điểm", "Ghi chú"])
    for cell in (*tab["B2:C2"][0], *tab["B3:C3"][0]):
        cell.protection = Protection(locked=False)
    tab.column_dimensions["D"].protection = Protection(locked=False)
    tab.protection.enable()
    workbook.save(tmp_path / "protected.xlsx")
    book = imported(tmp_path / "protected.xlsx")
    # D1 has a cell of its own, which is locked.
    assert book.sheets[0].protections[0].unprotected == (Area(1, 1, 3, 3), Area(1, 3, None, 4))
    client = Client(sheets, "worker")
    with client.http:
        client.id = sheets.import_workbook(tmp_path / "protected.xlsx")
        path = client.values_path("B2:C3")
        body = {"values": [[1, 2], [3, 4]]}
        assert client.call("PUT", path, params={"valueInputOption": "RAW"}, json=body).status_code == 200
        refused = client.call("PUT", client.values_path("B1"), params={"valueInputOption": "RAW"}, json=body)
        assert "protected" in refused.json()["error"]["message"]


def test_line_ends_of_excel_and_its_newer_functions_come_in_the_words_of_sheets(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["một_x000D_\nhai", "=_xlfn.XLOOKUP(1,A:A,_xlfn._xlws.FILTER(B:B,A:A>0))"]]
    first, second = imported(saved(tmp_path / "x.xlsx", rows)).sheets[0].row(0).values()
    assert first.value == "một\nhai"
    assert second.typed == "=XLOOKUP(1,A:A,FILTER(B:B,A:A>0))"


def of_bytes(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def zipped(**entries: bytes) -> Callable[[Path], object]:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in entries.items():
                archive.writestr(name.replace("Content_Types", "[Content_Types].xml"), content)

    return write


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("sheet.xml", "w") as entry:
        for _ in range(41):
            entry.write(bytes(10_000_000))


def far_cells(path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0]["XFD1048576"] = 1
    workbook.save(path)


def endless_merge(path: Path) -> None:
    saved(path, [["KR"]])
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    sheet = entries["xl/worksheets/sheet1.xml"]
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    entries["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", merge)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)


def torn(path: Path) -> None:
    saved(path, [["KR"]] * 100)
    path.write_bytes(path.read_bytes()[:3000])


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("write", "english", "vietnamese"),
    [
        pytest.param(of_bytes(b"a,b\n1,2\n"), "is not an .xlsx workbook", "không phải là tệp .xlsx", id="csv"),
        pytest.param(of_bytes(b""), "is not an .xlsx workbook", "không phải là tệp .xlsx", id="empty"),
        pytest.param(torn, "is not an .xlsx workbook", "không phải là tệp .xlsx", id="torn"),
        pytest.param(zipped(readme=b"x"), "is not an .xlsx workbook", "không phải là tệp .xlsx", id="another zip"),
        pytest.param(zipped(Content_Types=b"<x"), "is damaged", "bị hỏng", id="damaged"),
        pytest.param(of_bytes(OLE + bytes(600)), "is an old .xls workbook", "kiểu cũ", id="xls"),
        pytest.param(
            of_bytes(OLE + "EncryptedPackage".encode("utf-16-le")),
            "is protected by a password",
            "mật khẩu",
            id="secret",
        ),
        pytest.param(bomb, "unpacks to more than", "nhiều hơn một bảng tính", id="bomb"),
        pytest.param(endless_merge, "unpacks to more than", "nhiều hơn một bảng tính", id="endless merge"),
        pytest.param(far_cells, "unpacks to more than", "nhiều hơn một bảng tính", id="far cells"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_what_to_do(
    tmp_path: Path, write: Callable[[Path], object], english: str, vietnamese: str
) -> None:
    path = tmp_path / "x.xlsx"
    write(path)
    with pytest.raises(UnreadableWorkbook) as refused:
        imported(path)
    assert refused.value.english.startswith(f"x.xlsx {english}")
    assert vietnamese in refused.value.vietnamese
    assert str(refused.value) == f"{refused.value.english}\n{refused.value.vietnamese}"


@settings(max_examples=examples(30))
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = saved(Path(folder) / "x.xlsx", [["KR", 0.5, date(2026, 1, 1), "=A1"]], {"B1": "0%"})
        with zipfile.ZipFile(path) as archive:
            entries = {name: archive.read(name) for name in archive.namelist()}
        name = data.draw(st.sampled_from(sorted(entries)))
        at = data.draw(st.integers(0, len(entries[name]) - 1))
        cut = data.draw(st.integers(0, 12))
        put = data.draw(st.sampled_from((b"", b"<", b'"', b"9999999", b"-1", b"x", b"\x00", b"&lol;")))
        entries[name] = entries[name][:at] + put + entries[name][at + cut :]
        with zipfile.ZipFile(path, "w") as archive:
            for each, content in entries.items():
                archive.writestr(each, content)
        with suppress(UnreadableWorkbook):
            imported(path)


def entered(cell: Cell | MergedCell) -> object:
    """What a person would have typed: a text that only begins like a formula has an apostrophe before it."""
    value: object = cell.value
    return f"'{value}" if cell.data_type == "s" and str(value).startswith("=") else value


@pytest.mark.skipif(not LAYOUTS, reason="the layouts stand beside the repository, not in it")
@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.parent.name)
def test_a_real_layout_arrives_cell_by_cell(sheets: LocalSheets, path: Path) -> None:
    book = sheets.import_workbook(path)
    arrived = sheets.cells(book)
    for tab in openpyxl.load_workbook(path).worksheets:
        cells = {cell.coordinate: entered(cell) for row in tab.iter_rows() for cell in row if cell.value is not None}
        dates = {name for name, value in cells.items() if isinstance(value, date)}
        assert arrived[tab.title].keys() == cells.keys()
        assert {n: v for n, v in arrived[tab.title].items() if n not in dates} == {
            name: value for name, value in cells.items() if name not in dates
        }
        assert all(isinstance(arrived[tab.title][name], int | float) for name in dates)
