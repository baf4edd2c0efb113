"""A person at the grid page: what they do reaches the server, and what others do reaches them."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Browser, BrowserContext, Route, expect

from sync.local_sheets import LocalSheets
from tests.grid_page.conftest import Sheet


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


@pytest.mark.parametrize(
    ("stored", "shown", "text"),
    [
        ("0,7", "0,7", "'0,7"),
        ("=SUM(A1)", "=SUM(A1)", "'=SUM(A1)"),
        ("2026-Q1", "2026-Q1", "2026-Q1"),
        (0.07, "7%", "7%"),
    ],
)
def test_the_formula_bar_shows_what_would_enter_the_same_again(
    sheet: Sheet, stored: str | float, shown: str, text: str
) -> None:
    sheet.write(1, 4, {"stringValue" if isinstance(stored, str) else "numberValue": stored})
    page = sheet.open("#gid=0&range=E2")
    expect(sheet.cell("E2")).to_have_text(shown)
    expect(page.locator("#formula")).to_have_value(text)
    page.locator("#formula").press("End")
    page.keyboard.type("x")
    page.keyboard.press("Backspace")
    page.keyboard.type(" ")
    page.keyboard.press("Enter")
    sheet.holds("E2", [[f"{stored} " if isinstance(stored, str) else stored]])


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


def test_a_change_by_others_appears_flashes_and_is_told(sheet: Sheet) -> None:
    page = sheet.open("#gid=0&range=B4")
    sheet.write(4, 3, {"numberValue": 99})
    expect(sheet.cell("D5")).to_have_text("99", timeout=3000)
    expect(sheet.cell("D5")).to_have_class(re.compile("changed"))
    expect(page.get_by_role("log")).to_contain_text("D5 99; E5 99%")
    expect(sheet.cell("D5")).not_to_have_class(re.compile("changed"))


def test_ones_own_change_does_not_flash(sheet: Sheet) -> None:
    page = sheet.open()
    sheet.type("D5", "50")
    expect(sheet.cell("E5")).to_have_text("50%")
    expect(page.locator(".changed")).to_have_count(0)
    expect(page.get_by_role("log")).to_be_empty()


def test_a_text_on_its_way_stays_in_sight_while_an_older_answer_arrives(sheet: Sheet) -> None:
    page = sheet.open()
    held: list[Route] = []
    page.route("**/*includeGridData*", lambda route: held.append(route), times=1)
    with page.expect_request("**/*includeGridData*"):
        sheet.write(4, 3, {"numberValue": 99})
    sheet.type("C5", "2")
    expect(sheet.cell("C5")).to_have_class(re.compile("pending"))
    page.evaluate("""() => {
        window.seen = [];
        const look = () => window.seen.push(document.getElementById('cell-4-2')?.textContent);
        new MutationObserver(look).observe(document.getElementById('body'), { childList: true, subtree: true });
    }""")
    for route in held:
        route.continue_()
    sheet.holds("C5", [[2]])
    expect(sheet.cell("D5")).to_have_text("99")
    assert set(page.evaluate("window.seen")) == {"2"}


def test_a_row_from_others_moves_the_selection_and_the_edited_cell_along(sheet: Sheet) -> None:
    page = sheet.open("#gid=0&range=B5")
    page.keyboard.type("eNPS")
    rows = {"sheetId": 0, "dimension": "ROWS", "startIndex": 3, "endIndex": 4}
    sheet.server.edit(sheet.id, {"insertDimension": {"range": rows}})
    expect(sheet.cell("B6")).to_have_text("Điểm eNPS", timeout=3000)
    sheet.press("Enter")
    sheet.holds("B4:B6", [[], ["Thời gian phản hồi"], ["eNPS"]])


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


def test_cells_are_copied_and_pasted(sheet: Sheet, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = sheet.open("#gid=0&range=E2")
    sheet.press("Control+C", "ArrowDown", "ArrowRight", "ArrowRight", "Control+V")
    sheet.holds("G3", [["=F3/100"]], "FORMULA")
    assert page.evaluate("navigator.clipboard.readText()") == "120%"
    page.evaluate("navigator.clipboard.writeText('0,25\\t\"hai\\ndòng\"\\n\\t50%\\n')")
    sheet.cell("H10").click()
    sheet.press("Control+V")
    sheet.holds("H10:I11", [[0.25, "hai\ndòng"], ["", 0.5]])


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


def test_thousands_of_rows_have_few_elements(server: LocalSheets, tmp_path: Path, watched: BrowserContext) -> None:
    book = openpyxl.Workbook()
    tab = book.active
    assert isinstance(tab, Worksheet)
    for number in range(5000):
        tab.append([f"KR {number + 1}", number, number / 7, "x", True, None, None, 0.5])
    book.save(tmp_path / "big.xlsx")
    sheet = Sheet(server, server.import_workbook(tmp_path / "big.xlsx"), watched.new_page())
    page = sheet.open()
    for _ in range(5):
        page.locator("#grid").evaluate("grid => { grid.scrollTop += 20000 }")
    expect(page.locator(".row-number").last).to_be_attached()
    sheet.press("Control+End")
    expect(sheet.cell("A5000")).to_have_text("KR 5000")
    expect(sheet.cell("A5000")).to_be_in_viewport()
    assert page.locator(".cell").count() < 1200
    sheet.type("B5000", "7")
    sheet.holds("B5000", [[7]])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1100])
def test_axe_finds_nothing(sheet: Sheet, scheme: str, width: int) -> None:
    sheet.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    sheet.page.set_viewport_size({"width": width, "height": 640})
    area = {"sheetId": 0, "startColumnIndex": 4, "endColumnIndex": 5}
    sheet.server.edit(sheet.id, {"addProtectedRange": {"protectedRange": {"range": area, "description": "Điểm"}}})
    page = sheet.open("#gid=0&range=E4")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    sheet.press("F2")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_the_labels_follow_the_language_of_the_browser(sheet: Sheet, browser: Browser) -> None:
    page = browser.new_page(locale="vi-VN")
    page.goto(sheet.url)
    expect(page.get_by_role("button", name="Chèn hàng trên")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.close()
