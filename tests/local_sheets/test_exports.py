"""Spreadsheets as files, and back."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import requests
from hypothesis import given, settings

from sync.local_sheets import LocalSheets
from sync.local_sheets.book.areas import Area
from sync.local_sheets.book.book import Cell, ErrorValue, Formula, Protection, Sheet, Spreadsheet
from sync.local_sheets.xlsx.export import workbook_bytes
from sync.local_sheets.xlsx.workbooks import read_workbook
from tests.support.examples import examples

from .books import books, kept
from .conftest import Client

LIBREOFFICE = shutil.which("libreoffice") or shutil.which("soffice")


def reread(book: Spreadsheet) -> Spreadsheet:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(workbook_bytes(book))
        return read_workbook(path, "book", "Book", book.locale)


def opened(content: bytes, **options: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), **options)


def of_cells(*rows: list[Any], title: str = "OKR") -> Spreadsheet:
    sheet = Sheet(0, title)
    for index, row in enumerate(rows):
        sheet.put_cells(index, {column: Cell(value) for column, value in enumerate(row) if value is not None})
    return Spreadsheet("book", "Book", sheets=[sheet])


@settings(max_examples=examples(20))
@given(books())
def test_a_spreadsheet_comes_back_from_a_workbook_as_it_was(book: Spreadsheet) -> None:
    assert kept(reread(book)) == kept(book)


def test_openpyxl_finds_values_formulas_and_what_they_showed() -> None:
    book = of_cells(
        ["Mục tiêu", 0.1 + 0.2, True, "=1+1", "2026-01-01"],
        [Formula("=A1", "Mục tiêu"), Formula("=IMPORTRANGE(1,2)", 0.7), Formula("=1/0", ErrorValue("DIVIDE_BY_ZERO"))],
        [ErrorValue("N_A")],
    )
    content = workbook_bytes(book)
    tab, shown = opened(content)["OKR"], opened(content, data_only=True)["OKR"]
    assert [cell.value for cell in tab[1]] == ["Mục tiêu", 0.30000000000000004, True, "=1+1", "2026-01-01"]
    assert [cell.data_type for cell in tab[1]] == ["s", "n", "b", "s", "s"]
    assert [cell.value for cell in tab[2]][:3] == ["=A1", "=IMPORTRANGE(1,2)", "=1/0"]
    assert [cell.value for cell in shown[2]][:3] == ["Mục tiêu", 0.7, "#DIV/0!"]
    assert (shown["A3"].value, shown["A3"].data_type) == ("#N/A", "e")


def test_what_excel_does_not_allow_is_made_to_fit() -> None:
    titles = ["Quý 4/2026: [kế hoạch] của toàn công ty", "Quý 4/2026: [kế hoạch] của toàn nhóm", "'", "History"]
    book = Spreadsheet("book", "Book", sheets=[Sheet(number, title) for number, title in enumerate(titles)])
    book.sheets[0].put(0, 0, Cell("x" * 50_000))
    book.sheets[0].put(0, 1, Cell("chuông\x07"))
    book.sheets[0].hidden = True
    workbook = opened(workbook_bytes(book))
    assert workbook.sheetnames == [
        *("Quý 4-2026- -kế hoạch- của toàn", "Quý 4-2026- -kế hoạch- của  (2)"),
        *("Sheet", "History (2)"),
    ]
    tab = workbook.worksheets[0]
    assert (len(tab["A1"].value), tab["B1"].value, tab.sheet_state) == (32_767, "chuông", "hidden")


def test_a_protected_part_of_a_tab_does_not_protect_the_whole() -> None:
    book = of_cells(["KR"])
    book.sheets[0].protections = [Protection(1, Area(0, 0, 1, 1), ("somebody@example.com",))]
    assert opened(workbook_bytes(book))["OKR"].protection.sheet is False


@pytest.mark.skipif(not LIBREOFFICE, reason="LibreOffice is not installed here")
def test_libreoffice_shows_the_same(tmp_path: Path) -> None:
    percent = {"numberFormat": {"type": "PERCENT", "pattern": "0.0%"}}
    book = of_cells(["KR", 0.25, 1200000, True, "=x"], ["hai\ndòng", Formula("=B1*2", 0.5), None, "0,7"])
    book.sheets[0].put(0, 1, Cell(0.25, percent))
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook_bytes(book))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(LIBREOFFICE), profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(path)], check=True, timeout=200, capture_output=True)
    with (tmp_path / "book.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            *(["KR", "25.0%", "1200000", "TRUE", "=x"], ["hai\ndòng", "0.5", "", "0,7", ""])
        ]


def test_the_page_offers_downloads(sheets: LocalSheets, client: Client) -> None:
    client.create("Kế hoạch", "Nhóm A")
    client.put("'Nhóm A'!A1", [["KR", 0.5], ['"hai"', None, "x,y"]])
    client.batch({"updateSpreadsheetProperties": {"properties": {"title": "OKR Quý 4"}, "fields": "title"}})
    url = f"{sheets.url}/spreadsheets/d/{client.id}/export"
    workbook = requests.get(url, timeout=30)
    assert workbook.headers["Content-Disposition"] == "attachment; filename*=UTF-8''OKR%20Qu%C3%BD%204.xlsx"
    assert opened(workbook.content)["Nhóm A"]["B1"].value == 0.5
    gid = client.get()["sheets"][1]["properties"]["sheetId"]
    tab = requests.get(url, params={"format": "csv", "gid": gid}, timeout=30)
    assert tab.text == 'KR,0.5,\r\n"""hai""",,"x,y"'
    assert tab.headers["Content-Disposition"].endswith("%20-%20Nh%C3%B3m%20A.csv")


@pytest.mark.parametrize("query", [{"format": "pdf"}, {"format": "csv", "gid": "77"}, {"gid": "x"}])
def test_a_download_that_there_is_not_is_not_found(sheets: LocalSheets, client: Client, query: dict[str, str]) -> None:
    assert requests.get(f"{sheets.url}/spreadsheets/d/{client.id}/export", params=query, timeout=30).status_code == 404
