"""Blocks of cells at the grid page: selected, pasted, copied, cut and moved."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.grid_page.conftest import Sheet

pytestmark = pytest.mark.browser


def test_a_block_of_text_is_pasted(sheet: Sheet) -> None:
    sheet.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
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


def test_a_block_pasted_over_the_edge_makes_the_tab_grow(sheet: Sheet) -> None:
    sheet.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = sheet.open("#gid=0&range=Z1000")
    page.evaluate("navigator.clipboard.writeText('1\\t2\\n3\\t4')")
    sheet.press("Control+V")
    sheet.holds("Z1000:AA1001", [[1, 2], [3, 4]])


def test_copied_cells_keep_their_looks_and_formulas_follow(sheet: Sheet) -> None:
    sheet.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = sheet.open("#gid=0&range=D2")
    sheet.press("Shift+ArrowRight", "Shift+ArrowDown", "Control+C")
    assert page.evaluate("navigator.clipboard.readText()") == "120\t120%\n70\t70%"
    sheet.cell("G2").click()
    sheet.press("Control+V")
    sheet.holds("G2:H3", [[120, "=G2/100"], [70, "=G3/100"]], "FORMULA")
    sheet.holds("G2:H3", [["120", "120%"], ["70", "70%"]], "FORMATTED_VALUE")


def test_one_copied_cell_fills_the_selection(sheet: Sheet) -> None:
    sheet.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sheet.open("#gid=0&range=E2")
    sheet.press("Control+C", "ArrowRight", "ArrowRight", "Shift+ArrowDown", "Shift+ArrowDown", "Control+V")
    sheet.holds("G2:G4", [["=F2/100"], ["=F3/100"], ["=F4/100"]], "FORMULA")


def test_cut_cells_leave_their_place(sheet: Sheet) -> None:
    sheet.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
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
