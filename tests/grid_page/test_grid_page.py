"""A person at the grid page: what they do reaches the server, and what others do reaches them."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
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


def test_what_the_worker_writes_appears_marked_with_its_name(sheet: Sheet) -> None:
    page = sheet.open("#gid=0&range=B4")
    sheet.worker_writes("D5", 99)
    expect(sheet.cell("D5")).to_have_text("99", timeout=3000)
    expect(sheet.cell("D5")).to_have_class(re.compile("changed"))
    expect(sheet.cell("D5")).to_have_attribute("data-who", "worker")
    shown = sheet.cell("D5").evaluate("cell => getComputedStyle(cell, '::before').content")
    assert shown == '"worker"'
    expect(page.get_by_role("log")).to_have_text("worker changed D5 99; E5 99%")
    expect(sheet.cell("D5")).not_to_have_class(re.compile("changed"))


def test_what_the_worker_writes_out_of_sight_is_told(sheet: Sheet) -> None:
    page = sheet.open("#gid=0&range=B4")
    sheet.worker_writes("D900", 1)
    expect(page.get_by_role("log")).to_have_text("worker changed something else in this spreadsheet", timeout=3000)


def test_the_mark_does_not_move_for_those_who_want_no_motion(sheet: Sheet) -> None:
    sheet.page.emulate_media(reduced_motion="reduce")
    sheet.open("#gid=0&range=B4")
    sheet.worker_writes("D5", 99)
    expect(sheet.cell("D5")).to_have_class(re.compile("changed"), timeout=3000)
    animation, ground = sheet.cell("D5").evaluate(
        "cell => [getComputedStyle(cell).animationName, getComputedStyle(cell).backgroundColor]"
    )
    assert (animation, ground) == ("none", "rgb(255, 228, 154)")


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


def test_a_block_of_text_is_pasted(sheet: Sheet, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = sheet.open("#gid=0&range=H10")
    page.evaluate("navigator.clipboard.writeText('0,25\\t\"hai\\ndòng\"\\n\\t50%\\n')")
    sheet.press("Control+V")
    sheet.holds("H10:I11", [[0.25, "hai\ndòng"], ["", 0.5]])
    expect(page.locator("#address")).to_have_text("H10:I11")


def test_what_is_no_block_of_cells_is_pasted_as_text_or_not_at_all(sheet: Sheet) -> None:
    page = sheet.open("#gid=0&range=H10")
    paste = """given => {
        const clipboardData = new DataTransfer();
        for (const [type, text] of Object.entries(given)) clipboardData.setData(type, text);
        document.getElementById('grid').dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
    }"""
    for strange in ("{", "[]", "[null]", "[[null]]", "[[{}],[]]", "7"):
        page.evaluate(paste, {"application/x-sheets-cells+json": strange, "text/plain": "5"})
    sheet.holds("H10:I11", [[5]])
    page.evaluate(paste, {"text/html": "<img src=x onerror=alert(1)>"})
    page.evaluate(paste, {"text/plain": "6\n7\t8"})
    sheet.holds("H10:I11", [[6], [7, 8]])
    page.evaluate(paste, {"text/plain": "1\t2\n3"})
    sheet.holds("H10:I11", [[1, 2], [3, 8]])


def test_a_block_pasted_over_the_edge_makes_the_tab_grow(sheet: Sheet, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = sheet.open("#gid=0&range=Z1000")
    page.evaluate("navigator.clipboard.writeText('1\\t2\\n3\\t4')")
    sheet.press("Control+V")
    sheet.holds("Z1000:AA1001", [[1, 2], [3, 4]])


def test_copied_cells_keep_their_looks_and_formulas_follow(sheet: Sheet, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = sheet.open("#gid=0&range=D2")
    sheet.press("Shift+ArrowRight", "Shift+ArrowDown", "Control+C")
    assert page.evaluate("navigator.clipboard.readText()") == "120\t120%\n70\t70%"
    sheet.cell("G2").click()
    sheet.press("Control+V")
    sheet.holds("G2:H3", [[120, "=G2/100"], [70, "=G3/100"]], "FORMULA")
    sheet.holds("G2:H3", [["120", "120%"], ["70", "70%"]], "FORMATTED_VALUE")


def test_one_copied_cell_fills_the_selection(sheet: Sheet, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    sheet.open("#gid=0&range=E2")
    sheet.press("Control+C", "ArrowRight", "ArrowRight", "Shift+ArrowDown", "Shift+ArrowDown", "Control+V")
    sheet.holds("G2:G4", [["=F2/100"], ["=F3/100"], ["=F4/100"]], "FORMULA")


def test_cut_cells_leave_their_place(sheet: Sheet, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    sheet.open("#gid=0&range=C4")
    sheet.press("Shift+ArrowRight", "Control+X")
    sheet.holds("C4:D4", [])
    sheet.cell("C7").click()
    sheet.press("Control+V")
    sheet.holds("C7:D7", [[0.2, 30]])


def test_a_selection_is_made_by_keys_and_emptied(sheet: Sheet) -> None:
    page = sheet.open("#gid=0&range=B2")
    sheet.press("Shift+ArrowRight", "Shift+ArrowDown")
    expect(page.locator("#address")).to_have_text("B2:C3")
    expect(page.get_by_role("gridcell", selected=True)).to_have_count(4)
    sheet.press("Delete")
    sheet.holds("B2:C4", [[], [], ["Thời gian phản hồi", 0.2]])
    sheet.press("Shift+Space")
    expect(page.locator("#address")).to_have_text("A2:Z3")
    sheet.press("ArrowRight", "Control+Space")
    expect(page.locator("#address")).to_have_text("B1:B1000")
    sheet.press("Control+A")
    expect(page.locator("#address")).to_have_text("A1:Z1000")


def test_a_selection_that_cuts_a_merged_cell_takes_it_whole(sheet: Sheet) -> None:
    page = sheet.open("#gid=0&range=B3")
    sheet.press("Shift+ArrowLeft")
    expect(page.locator("#address")).to_have_text("A2:B3")


def test_a_selection_is_made_with_the_pointer(sheet: Sheet) -> None:
    page = sheet.open("#gid=0&range=A1")
    sheet.cell("B2").hover()
    page.mouse.down()
    sheet.cell("D4").hover()
    page.mouse.up()
    expect(page.locator("#address")).to_have_text("B2:D4")
    sheet.cell("E5").click(modifiers=["Shift"])
    expect(page.locator("#address")).to_have_text("B2:E5")
    page.get_by_role("rowheader", name="4").first.click()
    expect(page.locator("#address")).to_have_text("A4:Z4")
    page.get_by_role("columnheader", name="C").first.click()
    expect(page.locator("#address")).to_have_text("C1:C1000")


def test_the_selected_rows_are_inserted_moved_and_deleted_together(sheet: Sheet) -> None:
    page = sheet.open("#gid=0&range=B4")
    sheet.press("Shift+ArrowDown")
    page.get_by_role("button", name="Insert above").click()
    expect(sheet.cell("B6")).to_have_text("Thời gian phản hồi")
    page.get_by_role("button", name="Delete row").click()
    expect(sheet.cell("B4")).to_have_text("Thời gian phản hồi")
    page.get_by_role("button", name="Move down").click()
    expect(sheet.cell("B5")).to_have_text("Thời gian phản hồi")
    expect(sheet.cell("B6")).to_have_text("Điểm eNPS")
    expect(page.locator("#address")).to_have_text("B5:B6")


def test_cells_look_as_the_workbook_says(server: LocalSheets, tmp_path: Path, watched: BrowserContext) -> None:
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
    sheet = Sheet(server, server.import_workbook(tmp_path / "looks.xlsx"), watched.new_page())
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


@pytest.fixture
def long(server: LocalSheets, tmp_path: Path, watched: BrowserContext) -> Sheet:
    """5,000 rows, one of them hidden and one of them high."""
    book = openpyxl.Workbook()
    tab = book.active
    assert isinstance(tab, Worksheet)
    for number in range(5000):
        tab.append([f"KR {number + 1}", number, number / 7, "x", True, None, None, 0.5])
    tab.row_dimensions[3000].hidden = True
    tab.row_dimensions[3001].height = 90
    book.save(tmp_path / "big.xlsx")
    return Sheet(server, server.import_workbook(tmp_path / "big.xlsx"), watched.new_page())


def asked_rows(requested: list[str]) -> list[tuple[int, int]]:
    """The spans of rows whose cells were asked for."""
    ranges = [text for url in requested for text in parse_qs(urlsplit(url).query).get("ranges", [])]
    spans = (re.search("!([0-9]+):([0-9]+)$", text) for text in ranges)
    return [(int(span[1]), int(span[2])) for span in spans if span]


def test_thousands_of_rows_have_few_elements(long: Sheet) -> None:
    page = long.open()
    for _ in range(5):
        page.locator("#grid").evaluate("grid => { grid.scrollTop += 20000 }")
    expect(page.locator(".row-number").last).to_be_attached()
    long.press("Control+End")
    expect(long.cell("A5000")).to_have_text("KR 5000")
    expect(long.cell("A5000")).to_be_in_viewport()
    assert page.locator(".cell").count() < 1200
    long.type("B5000", "7")
    long.holds("B5000", [[7]])


def test_only_rows_near_those_in_sight_are_asked_for(long: Sheet) -> None:
    requested: list[str] = []
    long.page.on("request", lambda request: requested.append(request.url))
    page = long.open()
    expect(long.cell("A1")).to_have_text("KR 1")
    assert asked_rows(requested) == [(1, asked_rows(requested)[0][1])]
    assert asked_rows(requested)[0][1] < 150
    requested.clear()
    page.locator("#grid").evaluate("grid => { grid.scrollTop = 3000 * 24 }")
    expect(long.cell("A3010")).to_have_text("KR 3010")
    assert all(2700 < first <= last < 3200 for first, last in asked_rows(requested))
    requested.clear()
    long.worker_writes("B3010", 42)
    expect(long.cell("B3010")).to_have_text("42", timeout=3000)
    assert all(last - first < 300 for first, last in asked_rows(requested))
    assert not any("ranges=%27Sheet%27&" in url for url in requested)


def test_rows_far_down_stand_where_hidden_and_high_ones_leave_them(long: Sheet) -> None:
    page = long.open("#gid=0&range=A3001")
    expect(long.cell("A3001")).to_have_text("KR 3001")
    expect(long.cell("A3000")).to_have_count(0)
    assert long.cell("A3001").evaluate("cell => cell.offsetHeight") == 120
    top = page.locator("[aria-rowindex='3003']").evaluate("line => line.offsetTop")
    assert top == 2999 * 24 + 120


def test_control_and_an_arrow_go_to_the_end_of_what_is_filled(long: Sheet) -> None:
    page = long.open("#gid=0&range=A2")
    for keys, place in (
        ("Control+ArrowDown", "A5000"),
        ("Control+ArrowRight", "E5000"),
        ("Control+Shift+ArrowUp", "E1:E5000"),
        ("Control+Home", "A1"),
        ("Control+Shift+End", "A1:H5000"),
    ):
        long.press(keys)
        expect(page.locator("#address")).to_have_text(place)


def test_a_long_selection_is_copied_whole(long: Sheet, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = long.open("#gid=0&range=A1")
    long.press("Control+Shift+ArrowDown")
    expect(page.locator("#address")).to_have_text("A1:A5000")
    expect(page.get_by_role("grid")).to_have_attribute("aria-busy", "false")
    long.press("Control+C")
    assert page.evaluate("navigator.clipboard.readText()").split("\n")[::2500] == ["KR 1", "KR 2501"]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1100), ("dark", 360)])
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
