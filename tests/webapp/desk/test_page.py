"""The desk in a real Chromium: mapped by clicks, by keys, by text; tried out and written once."""

import tomllib
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.support.axe import faults
from tests.support.installation import Installation, Rows
from tests.webapp.desk.conftest import OpenDesk
from tests.webapp.desk.desk_page import DeskPage
from webapp.desk.desk import Desk

Look = Callable[[Desk], DeskPage]

# Headers that say nothing to anybody but the team.
UNKNOWN: Rows = [
    ["Bộ phận bán hàng", None, None, None],
    ["p", "q", "r", "s"],
    ["Lớn mạnh", "Bán hàng", 10, 5],
    [None, "Tuyển người", 4, 1],
    ["Hết", None, None, None],
    ["Ghi chú của nhóm", "xem thêm", 1, 1],
]


def test_every_column_and_row_wears_what_it_is(team: Desk, look_at: Look) -> None:
    page = look_at(team).page
    expect(page.locator(".header.column[data-column='3'] .role")).to_have_text("target")
    expect(page.locator(".header.row-number[data-row='2']")).to_contain_text("O+KR")
    expect(page.locator(".header.row-number[data-row='5']")).to_have_class("header row-number kind row-skipped")
    expect(page.locator("#cell-2-5 .new-score")).to_have_text("→ 0,75")


def test_a_sheet_of_unknown_words_is_mapped_by_clicks_alone(open_desk: OpenDesk, look_at: Look, config: Path) -> None:
    desk = look_at(open_desk({"Q": UNKNOWN}))
    desk.column("A", "Objective", "text")
    desk.column("B", "Key result", "text")
    desk.column("C", "Key result", "target")
    desk.column("D", "Key result", "current value")
    desk.row(5, "The table ends before it, where…", "“p” is “Hết”")
    desk.cell("A1", "Objective", "team or department")
    desk.save()
    (entry,) = tomllib.loads(config.read_text(encoding="utf-8"))["spreadsheet"][0]["tab"]
    assert entry["until"] == [{"header": "p", "is": "Hết"}]
    assert entry["objective"] == {"text": "p", "unit": {"cell": "A1"}}
    assert [str(score.value) for score in desk.desk.understanding.scores.values()] == ["0.5", "0.25", "0.375"]
    assert desk.clicks <= 14


def test_rows_that_an_offer_takes_along_are_shown_before_it_is_chosen(team: Desk, look_at: Look) -> None:
    desk = look_at(team)
    desk.press(desk.page.locator(".header.row-number[data-row='2']"))
    desk.page.get_by_role("menuitem", name="Other ways").first.click()
    desk.page.get_by_role("menuitem", name="“Mục tiêu” is not empty (rows: 3").first.focus()
    expect(desk.page.locator(".header.looked")).to_have_count(3)
    desk.page.keyboard.press("Escape")
    expect(desk.page.locator(".header.looked")).to_have_count(0)


def test_a_question_is_answered_by_one_press_and_comes_back_by_undo(open_desk: OpenDesk, look_at: Look) -> None:
    shared = [
        ["Mục tiêu", "Kết quả then chốt", "Người phụ trách", "Chỉ tiêu", "Hiện tại"],
        ["Tăng trưởng", "Doanh thu mới", "Lan", 600, 900],
        ["Tăng trưởng", "Doanh thu mới", "Minh", 600, 900],
        ["Tăng trưởng", "Khách hàng mới", "Minh", 20, 25],
    ]
    desk = look_at(open_desk({"OKR": shared}))
    cards = desk.page.locator(".card")
    asked = cards.count()
    # The sheet shows the place that is asked about.
    expect(desk.page.locator("#grid .cell.active")).to_have_id("cell-1-1")
    desk.press(cards.first.locator(".answer button").nth(1))
    expect(cards).to_have_count(asked - 1)
    desk.page.get_by_role("button", name="Undo").click()
    expect(cards).to_have_count(asked)


def test_the_text_and_the_clicks_are_one(team: Desk, look_at: Look) -> None:
    desk = look_at(team)
    desk.page.locator("#view-text").click()
    field = desk.page.get_by_role("textbox", name="Text")
    desk.column("E", "Key result", "current value")
    expect(field).not_to_have_value("current = ")
    assert "current" not in desk.desk.document.tabs()[0]["key_result"]
    text = field.input_value()
    field.fill(text.replace("[spreadsheet.tab.key_result]", '[spreadsheet.tab.key_result]\ncurrent = "Hiện tại"'))
    field.press("Control+Enter")
    expect(desk.page.locator(".header.column[data-column='4'] .role")).to_have_text("current value")


def test_a_text_with_a_slip_says_which_line_and_is_not_lost(team: Desk, look_at: Look) -> None:
    desk = look_at(team)
    desk.page.locator("#view-text").click()
    field = desk.page.get_by_role("textbox", name="Text")
    field.fill("state = “x”")
    field.press("Control+Enter")
    expect(desk.page.get_by_role("alert")).to_contain_text("line 1")
    desk.page.locator("#view-rules").click()
    desk.page.locator("#view-text").click()
    expect(field).to_have_value("state = “x”")


def test_reloading_loses_nothing(team: Desk, look_at: Look) -> None:
    desk = look_at(team)
    desk.column("C", "Objective", "owner")
    desk.page.reload()
    expect(desk.page.locator(".header.column[data-column='2'] .role")).to_have_text("owner")
    expect(desk.page.get_by_role("button", name="Undo")).to_be_enabled()


def test_all_is_done_by_keys_as_well(team: Desk, look_at: Look, config: Path) -> None:
    desk = look_at(team)
    keys = desk.page.keyboard
    desk.page.locator("#grid").focus()
    for key in ("Control+Home", "ArrowDown", "ArrowRight", "ArrowRight", "c"):
        keys.press(key)
    expect(desk.page.get_by_role("menu")).to_be_visible()
    keys.press("Enter")
    expect(desk.page.locator(".header.column[data-column='2'] .role")).to_have_text("not used")
    keys.press("Control+z")
    expect(desk.page.locator(".header.column[data-column='2'] .role")).to_have_text("owner")
    keys.press("Control+s")
    expect(desk.page.get_by_role("dialog")).to_be_visible()
    desk.page.get_by_role("button", name="Save", exact=True).press("Enter")
    # "not saved yet" is not enough: the file is there once the dialog is gone.
    expect(desk.page.locator("#dialog")).to_be_hidden()
    expect(desk.page.locator("#state")).to_contain_text("saved in")
    assert config.read_text(encoding="utf-8") == desk.desk.document.text


def test_nothing_is_written_before_it_is_confirmed_twice(team: Desk, look_at: Look, installation: Installation) -> None:
    desk = look_at(team)
    before = installation.server.cells("okr")
    dialog = desk.page.get_by_role("dialog")
    desk.page.get_by_role("button", name="Try out…").click()
    expect(dialog).to_contain_text("Save first")
    expect(dialog.get_by_role("button", name="Write once, now")).to_have_count(0)
    dialog.get_by_role("button", name="Close").click()
    desk.save()
    desk.page.get_by_role("button", name="Try out…").click()
    expect(dialog.locator("tbody tr")).to_have_count(3)
    dialog.get_by_role("button", name="Write once, now").click()
    assert installation.server.cells("okr") == before
    dialog.get_by_role("button", name="Yes, write 3 cells into the sheet").click()
    expect(dialog).to_contain_text("3 cells were written and verified.")
    after = installation.server.cells("okr")["OKR"]
    assert sorted(cell for cell in after if after[cell] != before["OKR"].get(cell)) == ["F3", "F4", "F5"]


def test_what_stands_in_cells_is_text_and_nothing_else(open_desk: OpenDesk, look_at: Look) -> None:
    hostile = "<img src=x onerror=document.title='caught'><script>document.title='caught'</script>"
    rows = [
        ["Mục tiêu", hostile, "Chỉ tiêu", "Hiện tại"],
        [f"Lớn {hostile}", f"Bán {hostile}", 10, 5],
        [hostile, "javascript:alert(1)", 4, 1],
    ]
    desk = look_at(open_desk({"<b>Q4<b>": rows}))
    for view in ("understood", "numbers", "problems", "rules", "text"):
        desk.page.locator(f"#view-{view}").click()
    desk.press(desk.page.locator(".header.row-number[data-row='2']"))
    expect(desk.page.get_by_role("menu")).to_be_visible()
    assert desk.page.locator("img, #panel script, #grid script").count() == 0
    assert "caught" not in desk.page.title().partition("·")[2]


def test_the_page_is_in_vietnamese_where_its_reader_asks(team: Desk, look_at: Look) -> None:
    desk = look_at(team)
    desk.page.get_by_role("link", name="Tiếng Việt").click()
    expect(desk.page.locator(".header.column[data-column='3'] .role")).to_have_text("chỉ tiêu")
    expect(desk.page.get_by_role("button", name="Lưu…")).to_be_visible()
    assert desk.page.evaluate("document.documentElement.lang") == "vi"


def test_nothing_is_in_the_way_of_a_screen_reader(team: Desk, look_at: Look) -> None:
    desk = look_at(team)
    for opened in ("#view-understood", "#view-rules", "#view-text", "#row-menu"):
        desk.page.locator(opened).click()
        assert faults(desk.page, "light") == "", opened
