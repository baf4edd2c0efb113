"""A person at the grid page: what they do reaches the server."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import openpyxl
import pytest
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import expect

from sync.local_sheets import LocalSheets
from tests.grid_page.conftest import OpenTab, Sheet
from tests.support.axe import faults
from tests.support.tabs import Tabs

pytestmark = pytest.mark.browser


def test_the_page_shows_the_spreadsheet(sheet: Sheet) -> None:
    page = sheet.open()
    expect(page).to_have_title("OKR Quý 4")
    expect(page.get_by_role("tab")).to_have_text(["Quý 4", "Plan"])
    expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", "1001")
    expect(sheet.cell("C2")).to_have_text("0,5")
    expect(sheet.cell("E2")).to_have_text("120%")
    expect(sheet.cell("E2")).to_have_class(re.compile("number"))
    expect(sheet.cell("F2")).to_have_class(re.compile("boolean"))
    expect(sheet.cell("E4")).to_have_class(re.compile("error"))
    expect(sheet.cell("A2")).to_have_attribute("aria-rowspan", "2")
    expect(sheet.cell("A3")).to_have_count(0)
    sheet.cell("E2").click()
    expect(page.locator("#formula")).to_have_value("=D2/100")
    sheet.cell("B4").click()
    expect(page.get_by_text("Note: Hỏi nhóm hỗ trợ")).to_be_visible()


def test_a_typed_number_is_read_in_the_locale_of_the_spreadsheet(sheet: Sheet) -> None:
    sheet.open()
    sheet.type("C4", "0,7")
    sheet.holds("C4", [[0.7]])
    expect(sheet.cell("C4")).to_have_text("0,7")
    expect(sheet.page.locator("#address")).to_have_text("C5")


ENTERED: list[tuple[str | float, str, str]] = [
    ("0,7", "0,7", "'0,7"),
    ("=SUM(A1)", "=SUM(A1)", "'=SUM(A1)"),
    ("2026-Q1", "2026-Q1", "2026-Q1"),
    (0.07, "7%", "7%"),
]


def test_the_formula_bar_shows_what_would_enter_the_same_again(sheet: Sheet) -> None:
    for row, (stored, _, _) in enumerate(ENTERED, 1):
        sheet.write(row, 4, {"stringValue" if isinstance(stored, str) else "numberValue": stored})
    page = sheet.open()
    for row, (stored, shown, text) in enumerate(ENTERED, 1):
        cell = f"E{row + 1}"
        expect(sheet.cell(cell)).to_have_text(shown)
        sheet.cell(cell).click()
        expect(page.locator("#formula")).to_have_value(text)
        page.locator("#formula").press("End")
        page.keyboard.type("x")
        page.keyboard.press("Backspace")
        page.keyboard.type(" ")
        page.keyboard.press("Enter")
        sheet.holds(cell, [[f"{stored} " if isinstance(stored, str) else stored]])


def test_editing_keeps_or_cancels_as_in_sheets(sheet: Sheet) -> None:
    page = sheet.open("#gid=0&range=B2")
    sheet.press("F2", "End")
    page.keyboard.type(" Q4")
    expect(page.locator("#formula")).to_have_value("Doanh thu mới Q4")
    sheet.press("Tab")
    sheet.holds("B2", [["Doanh thu mới Q4"]])
    expect(page.locator("#address")).to_have_text("C2")
    page.keyboard.type("9")
    sheet.press("Escape")
    expect(sheet.cell("C2")).to_have_text("0,5")
    sheet.press("ArrowDown", "Delete")
    sheet.holds("C2:C4", [[0.5], [], [0.2]])
    page.keyboard.type("8")
    sheet.press("ArrowDown")
    sheet.holds("C3", [[8]])
    sheet.cell("B5").dblclick()
    sheet.press("End", "Alt+Enter")
    page.keyboard.type("nội bộ")
    sheet.press("Enter")
    sheet.holds("B5", [["Điểm eNPS\nnội bộ"]])


def test_rows_are_inserted_moved_and_deleted(sheet: Sheet) -> None:
    page = sheet.open("#gid=0&range=B4")
    page.get_by_role("button", name="Insert above").click()
    expect(sheet.cell("B5")).to_have_text("Thời gian phản hồi")
    assert sheet.server.read(sheet.id, "B3:B6") == [["Khách hàng mới"], [], ["Thời gian phản hồi"], ["Điểm eNPS"]]
    page.get_by_role("button", name="Delete row").click()
    expect(sheet.cell("B4")).to_have_text("Thời gian phản hồi")
    page.get_by_role("button", name="Move down").click()
    expect(sheet.cell("B5")).to_have_text("Thời gian phản hồi")
    expect(page.locator("#address")).to_have_text("B5")
    page.get_by_role("button", name="Move up").click()
    expect(sheet.cell("B4")).to_have_text("Thời gian phản hồi")
    assert sheet.server.read(sheet.id, "B3:B6") == [["Khách hàng mới"], ["Thời gian phản hồi"], ["Điểm eNPS"]]
    assert sheet.server.read(sheet.id, "E5", "FORMULA") == [["=D5/100"]]


def test_rows_are_sorted_below_the_frozen_ones(sheet: Sheet) -> None:
    page = sheet.open()
    page.get_by_role("tab", name="Plan").click()
    expect(sheet.cell("A1")).to_have_text("Chanh")
    sheet.press("F6", "F6")
    sheet.cell("B1").click()
    page.get_by_role("button", name="Sort A→Z").click()
    expect(sheet.cell("A1")).to_have_text("Bưởi")
    assert sheet.server.read(sheet.id, "Plan!A1:B3") == [["Bưởi", 1], ["Dừa", 2], ["Chanh", 3]]
    page.get_by_role("button", name="Freeze to here").click()
    expect(page.locator("#head .line")).to_have_count(2)
    page.get_by_role("button", name="Sort Z→A").click()
    expect(sheet.cell("A2")).to_have_text("Chanh")
    assert sheet.server.read(sheet.id, "Plan!A1:B3") == [["Bưởi", 1], ["Chanh", 3], ["Dừa", 2]]


def test_the_address_names_the_tab_and_the_cell_both_ways(sheet: Sheet) -> None:
    page = sheet.open()
    page.get_by_role("tab", name="Plan").click()
    expect(page).to_have_url(re.compile("#gid=[1-9][0-9]*&range=A1$"))
    gid = re.search("gid=([0-9]+)", page.url)
    assert gid is not None
    page.goto("about:blank")
    sheet.open(f"#gid={gid[1]}&range=B900:C901")
    expect(page.locator("#address")).to_have_text("B900")
    expect(sheet.cell("B900")).to_be_in_viewport()
    expect(page.get_by_role("tab", name="Plan")).to_have_attribute("aria-selected", "true")
    page.evaluate("location.hash = '#gid=0&range=C5'")
    expect(page.locator("#address")).to_have_text("C5")
    expect(page.locator("#formula")).to_have_value("1")
    sheet.cell("D3").click()
    expect(page).to_have_url(re.compile("#gid=0&range=D3$"))


def test_hostile_text_stays_text(sheet: Sheet) -> None:
    hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    sheet.write(1, 1, {"stringValue": hostile})
    sheet.write(2, 1, {"stringValue": '=IMPORTXML("http://elsewhere.invalid")'})
    other = sheet.server.read(sheet.id, "A1")
    page = sheet.open("#gid=0&range=B2")
    expect(sheet.cell("B2")).to_have_text(hostile)
    expect(sheet.cell("B3")).to_have_text('=IMPORTXML("http://elsewhere.invalid")')
    expect(page.locator("img")).to_have_count(0)
    sheet.type("B4", hostile)
    sheet.holds("B4", [[hostile]])
    expect(page).to_have_title("OKR Quý 4")
    assert sheet.server.read(sheet.id, "A1") == other


def test_the_keyboard_alone_is_enough(sheet: Sheet) -> None:
    page = sheet.open()
    address = page.locator("#address")
    for keys, place in (
        ("ArrowDown ArrowRight", "B2"),
        ("ArrowLeft ArrowDown", "A4"),
        ("Tab Tab Shift+Tab", "B4"),
        ("End", "E4"),
        ("Home", "A4"),
        ("Control+End", "F5"),
        ("Control+Home", "A1"),
        ("Control+ArrowRight", "F1"),
        ("PageDown PageUp", "F1"),
        ("ArrowDown ArrowDown", "F3"),
    ):
        sheet.press(*keys.split())
        expect(address).to_have_text(place)
        expect(page.get_by_role("gridcell", selected=True)).to_have_count(1)
    sheet.press("Alt+Shift+ArrowDown")
    expect(sheet.cell("B4")).to_have_text("Khách hàng mới")
    sheet.press("Control+Alt+Equal")
    expect(sheet.cell("B5")).to_have_text("Khách hàng mới")
    sheet.press("Control+Alt+Minus")
    expect(sheet.cell("B4")).to_have_text("Khách hàng mới")
    sheet.press("F6")
    expect(page.get_by_role("button", name="Insert above")).to_be_focused()
    sheet.press("F6", "F6", "ArrowRight")
    expect(sheet.cell("A1")).to_have_text("Chanh")
    sheet.press("F6")
    expect(page.get_by_role("grid")).to_be_focused()


def test_cells_look_as_the_workbook_says(server: LocalSheets, tmp_path: Path, watched: OpenTab) -> None:
    book = openpyxl.Workbook()
    tab = book.active
    assert isinstance(tab, Worksheet)
    tab["A1"], tab["A2"] = "Điểm", "đỏ"
    tab["A1"].fill = PatternFill("solid", fgColor="FF1F4E78")
    tab["A1"].font = Font(color="FFFFFFFF", bold=True, size=16)
    tab["A1"].alignment = Alignment(horizontal="center", vertical="top")
    tab["A1"].border = Border(bottom=Side("medium", color="FFFF0000"))
    tab["A2"].font = Font(color="FFC00000", strike=True)
    tab.column_dimensions["A"].width = 40
    book.save(tmp_path / "looks.xlsx")
    sheet = Sheet(server, server.import_workbook(tmp_path / "looks.xlsx"), watched())
    sheet.open()
    looks = """cell => {
        const s = getComputedStyle(cell);
        return [s.backgroundColor, s.color, s.fontWeight, s.textAlign, s.alignContent, s.borderBottom, s.width,
            Math.round(parseFloat(s.fontSize))];
    }"""
    assert sheet.cell("A1").evaluate(looks) == [
        *("rgb(31, 78, 120)", "rgb(255, 255, 255)", "700", "center", "start", "2px solid rgb(255, 0, 0)", "280px", 21)
    ]
    assert sheet.cell("A2").evaluate(looks)[1] == "rgb(192, 0, 0)"
    struck = sheet.cell("A2").locator(".text").evaluate("text => getComputedStyle(text).textDecorationLine")
    assert struck == "line-through"


def test_the_spreadsheet_is_downloaded(sheet: Sheet, tmp_path: Path) -> None:
    page = sheet.open()
    with page.expect_download() as workbook:
        page.get_by_role("link", name="Download", exact=True).click()
    assert workbook.value.suggested_filename == "OKR Quý 4.xlsx"
    workbook.value.save_as(tmp_path / "down.xlsx")
    assert openpyxl.load_workbook(tmp_path / "down.xlsx")["Quý 4"]["B2"].value == "Doanh thu mới"
    page.get_by_role("tab", name="Plan").click()
    expect(sheet.cell("A1")).to_have_text("Chanh")
    with page.expect_download() as tab:
        page.get_by_role("link", name="Download this tab as CSV").click()
    assert tab.value.suggested_filename == "OKR Quý 4 - Plan.csv"
    assert Path(tab.value.path()).read_text("utf-8") == "Chanh,3\nBưởi,1\nDừa,2"


def test_tabs_are_added_and_renamed(sheet: Sheet) -> None:
    page = sheet.open()
    page.get_by_role("button", name="Add a tab").click()
    expect(page.get_by_role("tab", selected=True)).to_have_text("Sheet3")
    page.get_by_role("tab", name="Sheet3").dblclick()
    page.get_by_role("textbox", name="Name of the tab").fill("Nhóm 'A'!")
    sheet.press("Enter")
    expect(page.get_by_role("tab", selected=True)).to_have_text("Nhóm 'A'!")
    sheet.type("A1", "xong")
    sheet.holds("'Nhóm ''A''!'!A1", [["xong"]])


@pytest.mark.parametrize(("scheme", "width"), [("light", 1100), ("dark", 360)])
def test_axe_finds_nothing(sheet: Sheet, scheme: Literal["light", "dark"], width: int) -> None:
    sheet.page.set_viewport_size({"width": width, "height": 640})
    area = {"sheetId": 0, "startColumnIndex": 4, "endColumnIndex": 5}
    sheet.server.edit(sheet.id, {"addProtectedRange": {"protectedRange": {"range": area, "description": "Điểm"}}})
    page = sheet.open("#gid=0&range=E4")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults(page, scheme) == ""
    sheet.press("F2")
    assert faults(page, scheme) == ""


def test_the_labels_follow_the_language_of_the_browser(sheet: Sheet, tabs: Tabs) -> None:
    page = tabs.lend({}, locale="vi-VN")
    page.goto(sheet.url)
    expect(page.get_by_role("button", name="Chèn hàng trên")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
