"""The map and the objective page in a real Chromium: zoomed, moved, opened, saved and printed, in both languages."""

import re
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from msgspec import structs
from playwright.sync_api import Locator, Page, expect

from sync.domain.okr import Level
from sync.records import Records
from tests.support.axe import faults
from tests.support.tabs import DESKTOP, Tabs
from tests.webapp.big_company import big_company
from tests.webapp.companies import NOW, keep, key_result, objective, snapshot
from tests.webapp.conftest import BIG, PHONE, Open

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("in_that_quarter")]


# The same day wherever the tests run.
DAYTIME = NOW.replace(hour=10)
# Of a big company: the columns of the company and of the departments.
DEPARTMENTS = "/map?columns=1"


@pytest.fixture
def open_page(browsing: Open) -> Open:
    return lambda path="/map", **options: browsing(path, **options)


@pytest.fixture
def small(records: Records) -> Records:
    """Everything that a map can show, and a history of two changes."""
    objectives = [
        objective("c", id="C", text="Dẫn đầu thị trường", period="Q4/2026"),
        objective("d", 5, id="D", level=Level.DEPARTMENT, parent="K", unit="Phòng Kinh doanh", related=("E",)),
        objective("e", 6, id="E", level=Level.DEPARTMENT, parent="C", unit="Phòng Sản phẩm"),
        objective("p", 7, level=Level.INDIVIDUAL, parent="D", owner="An"),
        objective("x", 8, id="X", level=Level.DEPARTMENT, parent="Y"),
        objective("y", 9, id="Y", level=Level.DEPARTMENT, parent="X"),
        objective("broken", 10, level=Level.INDIVIDUAL, parent="nowhere"),
    ]
    parts = [key_result("k", "c", id="K"), key_result("l", "p", 7)]
    keep(records, snapshot(objectives, parts, taken_at=DAYTIME - timedelta(days=9)))
    moved = [
        structs.replace(parts[0], current=structs.replace(parts[0].current, number=parts[0].target.number)),
        parts[1],
    ]
    keep(records, snapshot(objectives, moved, taken_at=DAYTIME))
    return records


@pytest.fixture
def big(records: Records) -> Records:
    keep(records, big_company(BIG))
    return records


def zoom(page: Page) -> int:
    return int(page.locator(".map-tools output").inner_text().removesuffix(" %"))


def scrolled(page: Page) -> tuple[float, float]:
    left, top = page.locator(".map-view").evaluate("view => [view.scrollLeft, view.scrollTop]")
    return left, top


def centre(found: Locator) -> tuple[float, float]:
    box = found.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.usefixtures("small")
def test_a_card_leads_to_its_objective(open_page: Open) -> None:
    page = open_page()
    page.locator("#o-d").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Objective d")
    page.get_by_role("link", name="Xem trên sơ đồ").click()
    expect(page.locator(".picture .card")).to_have_count(2)


@pytest.mark.usefixtures("small")
def test_a_card_says_all_of_itself_to_who_cannot_see_it(open_page: Open) -> None:
    page = open_page(locale="en-US")
    expect(page.get_by_role("link", name="Dẫn đầu thị trường. Company. 1.00 done")).to_be_visible()
    broken = page.get_by_role("link", name="not found: “nowhere”")
    expect(broken).to_have_attribute("href", "/objective/broken")


def test_without_javascript_a_branch_opens_as_a_page_and_the_map_scrolls(open_big: Open) -> None:
    page = open_big(DEPARTMENTS, java_script_enabled=False)
    expect(page.locator(".map-tools")).to_be_hidden()
    cards = page.locator(".picture .card")
    expect(cards).to_have_count(105)
    page.locator("a.toggle[data-card=o-o5]").click()
    expect(page).to_have_url(re.compile(r"/map\?columns=1&open=o5#o-o5$"))
    expect(cards).to_have_count(123)
    page.locator("#o-o104").scroll_into_view_if_needed()
    expect(page.locator("#o-o104")).to_be_in_viewport()


def test_with_javascript_an_opened_card_stays_where_it_is(open_big: Open) -> None:
    page = open_big(DEPARTMENTS)
    toggle = page.locator("a.toggle[data-card=o-o10]")
    toggle.scroll_into_view_if_needed()
    before = centre(page.locator("#o-o10 .sheet"))
    toggle.click()
    expect(page.locator(".picture .card")).to_have_count(124)
    expect(toggle).to_be_focused()
    assert centre(page.locator("#o-o10 .sheet")) == before
    assert page.url.endswith("/map?columns=1&open=o10#o-o10")
    page.go_back()
    expect(page.locator(".picture .card")).to_have_count(105)


def test_a_shared_address_shows_the_same_map(open_big: Open) -> None:
    page = open_big(DEPARTMENTS)
    page.locator("a.toggle[data-card=o-o5]").click()
    expect(page.locator(".picture .card")).to_have_count(123)
    other = open_big(page.url.removeprefix(page.url.split("/map")[0]), locale="en-US")
    expect(other.locator(".picture .card")).to_have_count(123)
    expect(other.locator("#o-o5")).to_be_in_viewport()


@pytest.mark.usefixtures("small")
def test_buttons_and_keys_zoom(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="Lớn hơn").click()
    assert zoom(page) == 125
    page.locator(".map-view").focus()
    page.keyboard.press("-")
    page.keyboard.press("-")
    assert zoom(page) == 80
    page.keyboard.press("0")
    assert zoom(page) == 100
    page.get_by_role("button", name="Nhỏ hơn").click()
    page.get_by_role("button", name="100").click()
    assert zoom(page) == 100


def test_all_of_it_fits_at_once(open_big: Open) -> None:
    page = open_big(DEPARTMENTS)
    page.get_by_role("button", name="Vừa khung").click()
    fits = "view => [view.scrollWidth <= view.clientWidth, view.scrollHeight <= view.clientHeight]"
    assert page.locator(".map-view").evaluate(fits) == [True, True]


def test_the_wheel_moves_and_with_ctrl_zooms_where_the_pointer_is(open_big: Open) -> None:
    page = open_big(DEPARTMENTS, viewport={"width": 700, "height": 900})
    page.locator(".map-view").hover()
    card = page.locator("#o-o10 .sheet")
    page.mouse.wheel(0, 2000)
    expect(card).not_to_be_in_viewport()
    page.mouse.wheel(0, -2000)
    expect(card).to_be_in_viewport()
    expect(page.locator(".map-tools output")).to_have_text("100 %")
    x, y = centre(card)
    page.mouse.move(x, y)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    expect(page.locator(".map-tools output")).not_to_have_text("100 %")
    assert zoom(page) > 100
    after = centre(card)
    assert abs(after[0] - x) < 3
    assert abs(after[1] - y) < 3


def test_dragging_moves_and_follows_no_link(open_big: Open) -> None:
    page = open_big(DEPARTMENTS)
    x, y = centre(page.locator("#o-o10 .sheet"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 10, y - 80, steps=4)
    page.mouse.up()
    assert scrolled(page)[1] == 80
    assert page.url.endswith(DEPARTMENTS)
    page.locator("#o-o10").click()
    expect(page).to_have_url(re.compile("/objective/o10$"))


def test_two_fingers_zoom(open_big: Open) -> None:
    page = open_big(DEPARTMENTS, viewport=PHONE, has_touch=True, is_mobile=True)
    box = page.locator(".map-view").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + 150
    session = page.context.new_cdp_session(page)

    def touch(kind: str, apart: float) -> None:
        fingers = [] if kind == "touchEnd" else [{"x": x - apart, "y": y, "id": 1}, {"x": x + apart, "y": y, "id": 2}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})

    touch("touchStart", 60)
    for apart in (55, 45, 35, 30):
        touch("touchMove", apart)
    touch("touchEnd", 0)
    expect(page.locator(".map-tools output")).to_have_text(re.compile("^(4.|50) %$"))


@pytest.mark.usefixtures("small")
def test_the_keyboard_reaches_every_card(open_page: Open) -> None:
    page = open_page()
    page.locator(".map-view").focus()
    reached = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id"))
    assert {"o-c", "o-d", "o-e", "o-p", "o-x", "o-y", "o-broken"} <= reached


def test_a_new_pass_leaves_zoom_and_place(open_page: Open, big: Records) -> None:
    page = open_page(DEPARTMENTS, has_own_clock=True)
    page.get_by_role("button", name="Nhỏ hơn").click()
    page.locator(".map-view").evaluate("view => view.scrollTo(0, 400)")
    before = page.locator("main").get_attribute("data-etag") or ""
    keep(big, big_company(BIG, shift=9))
    anew = page.locator(f"main:not([data-etag='{before}'])")
    for _ in range(50):
        page.clock.run_for(6000)
        if anew.count():
            break
    expect(anew).to_have_count(1)
    assert scrolled(page)[1] == 400
    assert zoom(page) == 80


@pytest.mark.usefixtures("small")
def test_the_saved_file_shows_by_itself_what_the_page_shows(open_page: Open, tabs: Tabs, tmp_path: Path) -> None:
    page = open_page()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải về tệp SVG").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert saved.name == "okr-map.svg"
    alone = tabs.lend({}, is_kept=False, color_scheme="dark")
    alone.goto(saved.as_uri())
    expect(alone.get_by_text("Dẫn đầu thị trường", exact=True)).to_be_visible()
    fill = alone.locator("#o-c .sheet").evaluate("sheet => getComputedStyle(sheet).fill")
    assert fill == "rgb(255, 255, 255)"


@pytest.mark.usefixtures("small")
def test_a_printed_map_is_the_picture_alone(open_page: Open) -> None:
    page = open_page()
    page.emulate_media(media="print")
    expect(page.locator(".map-tools")).to_be_hidden()
    expect(page.locator(".picture .card").last).to_be_visible()
    fits = "view => view.scrollHeight <= view.clientHeight && view.scrollWidth <= view.clientWidth"
    assert page.locator(".map-view").evaluate(fits)
    assert page.pdf()[:5] == b"%PDF-"


@pytest.mark.usefixtures("small")
def test_a_history_is_drawn_and_told(open_page: Open) -> None:
    page = open_page("/objective/c")
    picture = page.get_by_role("img", name="Từ 0,30 ngày 12/11/2026 đến 1,00 ngày 21/11/2026")
    expect(picture.first).to_be_visible()
    expect(picture.first.locator(".stood")).to_have_count(3)
    page.locator("#changes > summary").click()
    expect(page.locator("#changes li")).to_have_count(2)


def check(page: Page, addresses: Iterable[str], scheme: Literal["light", "dark"], width: int) -> None:
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(found => found.open = true)")
        assert faults(page, scheme) == "", address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


LOOKS = pytest.mark.parametrize(
    ("locale", "scheme", "viewport"),
    [("vi-VN", "light", DESKTOP), ("en-US", "dark", PHONE)],
    ids=["vi-light-desktop", "en-dark-phone"],
)


@LOOKS
@pytest.mark.usefixtures("small")
def test_axe_finds_nothing_in_a_small_company(
    open_page: Open, address: str, locale: str, scheme: Literal["light", "dark"], viewport: dict[str, int]
) -> None:
    paths = ("/map", "/map?root=c", "/objective/c", "/objective/d")
    page = open_page(locale=locale, viewport=viewport)
    check(page, (address + path for path in paths), scheme, viewport["width"])


@LOOKS
def test_axe_finds_nothing_in_a_big_company(
    open_big: Open, big_address: str, locale: str, scheme: Literal["light", "dark"], viewport: dict[str, int]
) -> None:
    paths = ("/map?columns=1&open=o5", "/objective/o5")
    page = open_big(locale=locale, viewport=viewport)
    check(page, (big_address + path for path in paths), scheme, viewport["width"])
