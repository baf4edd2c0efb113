"""What others do at the same time reaches the person at the grid page, and disturbs nothing that they are at."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from tests.grid_page.conftest import Sheet

pytestmark = pytest.mark.browser


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
