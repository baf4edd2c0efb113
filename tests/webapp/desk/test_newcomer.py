"""What somebody sees who never saw the desk: everything within its box, in words, and reachable by keys."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.support.axe import faults
from tests.support.installation import Installation
from tests.webapp.desk.conftest import ODD, TEAM, OpenDesk
from tests.webapp.desk.desk_page import DeskPage
from webapp.desk.desk import Desk

Look = Callable[[Desk], DeskPage]

REAL = "https://docs.google.com/spreadsheets/d/1AbcDEFghiJKLmnoPQRstuVWxyz0123456789abcdEFG/edit"
SIZES = [(1280, 720), (390, 800)]

# Whether each element of a menu is within its box sideways, and the box within the window.
WITHIN = """box => {
  const outer = box.getBoundingClientRect();
  const inside = (inner) => inner.left >= outer.left && inner.right <= outer.right && inner.width > 0;
  return {
    sideways: box.scrollWidth - box.clientWidth,
    window: outer.left >= 0 && outer.right <= innerWidth && outer.top >= 0 && outer.bottom <= innerHeight,
    outside: [...box.querySelectorAll("button, p")].filter((each) => !inside(each.getBoundingClientRect())).length,
    below: [...box.querySelectorAll("button")].filter((each) =>
      each.getBoundingClientRect().bottom - outer.top > box.scrollHeight - box.scrollTop + 1).length,
  };
}"""


def within(menu: Locator) -> dict[str, Any]:
    expect(menu).to_be_visible()
    found: dict[str, Any] = menu.evaluate(WITHIN)
    return found


@pytest.mark.parametrize("size", SIZES, ids=["a laptop", "a phone"])
def test_everything_in_a_menu_is_in_sight_or_below(open_desk: OpenDesk, look_at: Look, size: Any) -> None:
    desk = look_at(open_desk({"OKR": TEAM}))
    desk.page.set_viewport_size({"width": size[0], "height": size[1]})
    for opener in ("column", "row", "cell", "tab"):
        desk.page.locator("#cell-2-0").click()
        desk.page.locator(f"#{opener}-menu").click()
        menu = desk.page.get_by_role("menu")
        assert within(menu) == {"sideways": 0, "window": True, "outside": 0, "below": 0}, opener
        desk.page.keyboard.press("Escape")
        expect(menu).to_be_hidden()


def test_a_columns_menu_has_a_heading_for_each_kind_of_record_and_begins_with_what_is_likely(
    open_desk: OpenDesk, look_at: Look
) -> None:
    desk = look_at(open_desk({"Q": ODD}))
    desk.press(desk.page.locator(".header.column[data-column='4'] button"))
    menu = desk.page.get_by_role("menu")
    expect(menu.locator("button").first).to_be_visible()
    headings = menu.locator(".menu-name").all_inner_texts()
    assert headings[:5] == ["Most likely", "Objective", "Key result", "Check-in", "Initiative"]
    expect(menu.locator("button").first).to_be_focused()
    expect(menu.locator("button").first).to_have_text("Key result: target")
    expect(menu.locator(".menu-title")).to_have_text("What does column E (“Đang ở đâu”) hold?")


def test_a_menu_is_walked_by_arrows_and_by_typing_what_an_item_begins_with(open_desk: OpenDesk, look_at: Look) -> None:
    desk = look_at(open_desk({"Q": ODD}))
    keys = desk.page.keyboard
    desk.page.locator("#grid").focus()
    keys.press("c")
    menu = desk.page.get_by_role("menu")
    expect(menu).to_be_visible()
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    expect(menu.get_by_role("group", name="Objective", exact=True).locator("button").first).to_be_focused()
    keys.type("curr")
    expect(menu.get_by_role("menuitemcheckbox", name="current value")).to_be_focused()
    keys.press("Enter")
    expect(desk.page.locator(".header.column[data-column='0'] .role")).to_have_text("current value")


def test_letters_fit_with_and_without_their_accents(open_desk: OpenDesk, look_at: Look) -> None:
    desk = look_at(open_desk({"Q": ODD}, language="vi"))
    desk.page.get_by_role("link", name="Tiếng Việt").click()
    expect(desk.page.locator(".cell.active")).to_be_visible()
    desk.page.locator("#grid").focus()
    desk.page.keyboard.press("c")
    expect(desk.page.get_by_role("menu")).to_be_visible()
    desk.page.keyboard.type("don vi")
    expect(desk.page.get_by_role("menuitemcheckbox", name="đơn vị tính")).to_be_focused()


def test_a_sheet_that_says_nothing_is_mapped_along_the_steps(open_desk: OpenDesk, look_at: Look) -> None:
    desk = look_at(open_desk({"Q": ODD}))
    steps = desk.page.locator(".guide li")
    expect(steps.nth(0)).to_have_attribute("aria-current", "step")
    expect(desk.page.locator("#panel")).not_to_contain_text("No open questions")
    for letter, role in (
        ("A", "Objective: text"),
        ("B", "Key result: text"),
        ("C", "Key result: owner"),
        ("D", "Key result: target"),
        ("E", "Key result: current value"),
        ("F", "Key result: weight"),
        ("G", "Key result: place of the score"),
    ):
        desk.press(desk.page.locator(f".header.column[data-column='{ord(letter) - 65}'] button"))
        desk.choose("Most likely", role)
    desk.answer("A8 “Cộng chung cả phòng” has no key result", "yes, the row does not count")
    desk.press(desk.page.locator("#cell-0-0"))
    desk.press(desk.page.locator("#cell-menu"))
    desk.choose("Most likely", "Objective: period")
    expect(desk.page.locator(".guide .done")).to_have_count(7)
    expect(desk.page.locator(".guide [aria-current]")).to_contain_text("Save")
    assert [str(new) for new in desk.desk.understanding.written.values()] == ["0.75", "0.78", "0.75", "1.00"]
    assert desk.clicks <= 20


def test_what_lacks_is_said_where_the_steps_are(open_desk: OpenDesk, look_at: Look) -> None:
    desk = look_at(open_desk({"Q": ODD}))
    desk.column("E", "Key result", "current value")
    expect(desk.page.locator(".header.column[data-column='4'] .role")).to_have_text("current value")
    expect(desk.page.locator(".faults")).to_contain_text("not said yet which column is “Key result: text”")
    expect(desk.page.locator("#panel")).not_to_contain_text("spreadsheet[1]")


def test_a_cell_that_speaks_for_the_tab_wears_it_also_below_a_text_that_goes_on(
    open_desk: OpenDesk, look_at: Look
) -> None:
    rows = [["Phòng Kinh doanh khu vực miền Bắc và miền Trung", *[None] * 5], *TEAM[1:]]
    desk = look_at(open_desk({"OKR": rows}))
    desk.press(desk.page.locator("#cell-0-1"))
    desk.press(desk.page.locator("#cell-menu"))
    desk.choose("Most likely", "Objective: team or department")
    chip = desk.page.locator("#cell-0-0 .said-chip")
    expect(chip).to_have_text("team or department")
    assert chip.evaluate("""chip => {
      const { left, top, right, bottom } = chip.getBoundingClientRect();
      return document.elementFromPoint((left + right) / 2, (top + bottom) / 2) === chip
        || getComputedStyle(chip.parentElement).pointerEvents === "none";
    }""")
    for view in ("understood", "rules"):
        desk.page.locator(f"#view-{view}").click()
        expect(desk.page.locator("#panel")).to_contain_text("in cell A1")


def test_a_score_stands_within_its_cell_on_the_rows_line_and_is_told_in_full(team: Desk, look_at: Look) -> None:
    desk = look_at(team)
    chip = desk.page.locator("#cell-2-5 .new-score")
    expect(chip).to_have_attribute("title", "Would take 0,75")
    assert chip.evaluate("""chip => {
      const inner = chip.getBoundingClientRect(), outer = chip.parentElement.getBoundingClientRect();
      const isHigh = inner.top >= outer.top && inner.bottom <= outer.bottom;
      return isHigh && inner.right <= outer.right && inner.left >= outer.left;
    }""")
    middle = "each => { const { top, bottom } = each.getBoundingClientRect(); return (top + bottom) / 2; }"
    beside = desk.page.locator("#cell-2-4 .text").evaluate(middle)
    assert abs(chip.evaluate(middle) - beside) <= 1


def test_a_score_in_a_narrow_column_shows_its_number_whole(
    open_desk: OpenDesk, look_at: Look, installation: Installation
) -> None:
    desk = open_desk({"OKR": TEAM})
    span = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 5, "endIndex": 6}
    width = {"range": span, "properties": {"pixelSize": 40}, "fields": "pixelSize"}
    installation.server.edit("okr", {"updateDimensionProperties": width})
    chip = look_at(desk).page.locator("#cell-2-5 .new-score")
    expect(chip.locator(".arrow")).to_be_hidden()
    assert chip.evaluate("chip => chip.scrollWidth <= chip.clientWidth")


def test_rows_are_told_apart_by_the_most_telling_first_and_the_rest_is_folded(
    open_desk: OpenDesk, look_at: Look
) -> None:
    desk = look_at(open_desk({"Q": ODD}))
    for letter, record, field in (("A", "Objective", "text"), ("B", "Key result", "text")):
        desk.column(letter, record, field)
    desk.press(desk.page.locator(".header.row-number[data-row='7']"))
    group = desk.page.get_by_role("group", name="It does not count, as do all rows where…")
    expect(group.get_by_role("menuitem").first).to_contain_text("“Việc lớn” is “Cộng chung cả phòng” (rows: 1")
    expect(group).not_to_contain_text("that count now")
    group.get_by_role("menuitem", name="Other ways").press("Enter")
    expect(group).to_contain_text("that count now")
    expect(group.get_by_role("menuitem", name="Other ways")).to_have_count(0)


def test_a_copy_asks_for_its_address_before_it_is_saved(open_desk: OpenDesk, look_at: Look) -> None:
    desk = look_at(open_desk({"OKR": TEAM}, is_copy=True))
    dialog = desk.page.get_by_role("dialog")
    desk.page.locator("#save").click()
    address = dialog.get_by_role("textbox", name="Address of the spreadsheet at Google")
    expect(address).to_be_focused()
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("https://docs.google.com/spreadsheets/d/…")
    expect(desk.page.locator("#state")).to_have_text("not saved yet")
    address.fill(REAL)
    expect(dialog).to_contain_text("For the spreadsheet with the ID 1AbcDEFghi")
    expect(dialog).to_contain_text("Key result: target: column “Chỉ tiêu”")
    expect(dialog.locator(".diff")).to_be_hidden()
    dialog.get_by_text("As it stands in the file").click()
    expect(dialog.locator(".diff")).to_contain_text('+id = "1AbcDEFghi')
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(desk.page.locator("#state")).to_contain_text("saved in")


def test_a_copy_that_is_saved_for_practice_says_so(open_desk: OpenDesk, look_at: Look) -> None:
    desk = look_at(open_desk({"OKR": TEAM}, is_copy=True))
    desk.page.locator("#save").click()
    desk.page.get_by_role("button", name="Save for practice only").click()
    expect(desk.page.locator("#state")).to_contain_text("saved for practice only")


def test_a_try_says_which_spreadsheet_and_tab_it_would_write(team: Desk, look_at: Look) -> None:
    desk = look_at(team)
    desk.save()
    desk.page.get_by_role("button", name="Try out…").click()
    expect(desk.page.get_by_role("dialog")).to_contain_text(f"3 cells would be written on “OKR” of “{team.book.title}”")


def test_the_views_stand_in_one_line_with_their_counts(open_desk: OpenDesk, look_at: Look) -> None:
    rows = [*TEAM[:5], ["Khác", "Việc khác", "An", "mười hai", 9, "abc"]]
    desk = look_at(open_desk({"OKR": rows}))
    desk.page.set_viewport_size({"width": 1280, "height": 720})
    for language, lang in (("Tiếng Việt", "vi"), ("English", "en")):
        desk.page.get_by_role("link", name=language).click()
        expect(desk.page.locator("html")).to_have_attribute("lang", lang)
        expect(desk.page.locator("#panels button")).to_have_count(6)
        tops = desk.page.locator("#panels button").evaluate_all("all => all.map((each) => each.offsetTop)")
        legend = desk.page.locator("#legend li").evaluate_all("all => all.map((each) => each.offsetTop)")
        assert len(set(tops)) == 1, language
        assert len(set(legend)) == 1, language


def test_long_lines_of_the_text_are_seen_whole(team: Desk, look_at: Look) -> None:
    desk = look_at(team)
    desk.page.locator("#view-text").click()
    field = desk.page.get_by_role("textbox", name="Text")
    field.fill("# " + "mot hai ba bon nam " * 30)
    assert field.evaluate("field => field.scrollWidth - field.clientWidth") == 0


def test_what_is_wrong_is_told_in_plain_lines_from_the_left(team: Desk, look_at: Look) -> None:
    team.write_text(team.document.text.replace('"Hiện tại"', '"Hiện taij"'))
    desk = look_at(team)
    desk.page.locator("#view-problems").click()
    problem = desk.page.locator(".problem").first
    expect(problem).to_be_visible()
    assert problem.evaluate("each => [getComputedStyle(each).textAlign, getComputedStyle(each).fontWeight]") == [
        "start",
        "400",
    ]


def test_nothing_new_is_in_the_way_of_a_screen_reader(open_desk: OpenDesk, look_at: Look) -> None:
    desk = look_at(open_desk({"Q": ODD}, is_copy=True))
    for opened in ("#view-questions", "#column-menu", "#save"):
        desk.page.locator(opened).click()
        expect(desk.page.locator("#menu:not([hidden]), #dialog[open], .guide").first).to_be_visible()
        assert faults(desk.page, "light", "dark") == "", opened
        desk.page.keyboard.press("Escape")
