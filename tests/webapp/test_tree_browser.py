"""The tree in a real Chromium: opened, searched, filtered, shared and printed; small and big, in both languages."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from playwright.sync_api import Route, expect

from sync.records import Records
from tests.support.axe import faults
from tests.support.tabs import DESKTOP
from tests.webapp.big_company import big_company
from tests.webapp.companies import NOW, URL, keep
from tests.webapp.conftest import BIG, PHONE, Open
from webapp.company.company import MOST_IN_ONE_PIECE
from webapp.company.holders import unit_key

pytestmark = pytest.mark.browser


# From so many on, the tree is shown in branches.
FEW, SMALL, BRANCHED = 10, 40, MOST_IN_ONE_PIECE + 1


@pytest.fixture
def open_page(browsing: Open) -> Open:
    return browsing


@pytest.fixture
def small(records: Records) -> Records:
    # The page goes by the real day, and tells what moved in the week before it.
    now = datetime.now(UTC)
    keep(records, replace(big_company(SMALL), taken_at=now - timedelta(days=20)))
    keep(records, replace(big_company(SMALL, shift=9), taken_at=now))
    return records


@pytest.fixture
def branched(records: Records) -> Records:
    keep(records, big_company(BRANCHED))
    return records


def test_a_branch_is_fetched_when_it_is_opened(open_big: Open) -> None:
    page = open_big()
    branch = page.locator("#o-o5")
    expect(branch.locator(".key-results")).to_have_count(0)
    branch.locator("summary").click()
    expect(branch.locator(".key-results").first).to_be_visible()
    child = branch.locator("#o-o200")
    child.locator("summary").click()
    expect(child.locator(".key-results > li")).to_have_count(4)


def test_a_card_of_a_long_list_is_fetched_when_it_is_opened(open_big: Open) -> None:
    page = open_big("/?q=doanh+thu")
    card = page.locator(".objective").first
    expect(card.locator(".key-results")).to_have_count(0)
    card.locator("summary").click()
    expect(card.locator(".key-results > li").first).to_be_visible()
    assert faults(page, "light") == ""


def test_without_javascript_a_branch_is_a_link_away(open_big: Open) -> None:
    page = open_big(java_script_enabled=False)
    page.locator("#o-o5 > summary").click()
    page.locator("#o-o5 .fetched a").click()
    expect(page.locator("#o-o5 > .inside > .key-results > li")).to_have_count(4)
    page.locator(".above a").first.click()
    expect(page.locator("#o-o0")).to_be_visible()


def test_the_keyboard_reaches_and_opens_everything(open_big: Open) -> None:
    page = open_big()
    page.locator("#o-o5 > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#o-o5 > .inside > .key-results")).to_be_visible()
    expect(page.locator("#o-o5 > summary")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#o-o5 > .inside > .links a").first).to_be_focused()
    page.locator("#o-o5 > summary").focus()
    page.keyboard.press("Space")
    expect(page.locator("#o-o5 > .inside > .key-results")).to_be_hidden()


@pytest.mark.parametrize(("size", "found"), [(SMALL, "Tìm thấy 1 mục tiêu"), (BIG, "Tìm thấy 59 mục tiêu")])
def test_what_is_typed_is_found_and_the_address_can_be_shared(
    open_page: Open, records: Records, size: int, found: str
) -> None:
    keep(records, big_company(size))
    page = open_page()
    box = page.get_by_role("searchbox")
    box.press_sequentially("chat luong 12")
    expect(page.get_by_role("status").filter(has_text="Tìm thấy")).to_have_text(found)
    expect(box).to_be_focused()
    expect(page.locator("#o-o12")).to_be_visible()
    expect(page.locator(".objective[open]")).to_have_count(0)
    shared = open_page(page.url.removeprefix(page.evaluate("location.origin")))
    expect(shared.get_by_role("status").filter(has_text="Tìm thấy")).to_have_text(found)
    expect(shared.get_by_role("searchbox")).to_have_value("chat luong 12")
    box.fill("")
    expect(page.locator("#progress")).to_be_visible()
    assert "?" not in page.url


def test_filters_narrow_what_is_shown(open_big: Open) -> None:
    page = open_big(locale="en-US")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Level").select_option(label="Department")
    expect(page.locator("#found")).to_have_text("100 objectives found")
    page.get_by_label("Unit").select_option(label="Phòng 7")
    expect(page.locator("#found")).to_have_text("3 objectives found")
    page.get_by_label("with a problem").check()
    expect(page.locator("#found")).to_have_text("0 objectives found")
    assert "level=department" in page.url
    page.get_by_role("link", name="Tiếng Việt").click()
    expect(page.locator("#found")).to_have_text("Tìm thấy 0 mục tiêu")
    page.get_by_role("link", name="Về toàn bộ cây mục tiêu").click()
    expect(page.locator("#o-o0")).to_be_visible()


@pytest.mark.usefixtures("small")
def test_the_form_works_without_javascript(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.get_by_role("searchbox").fill("doanh thu 12")
    page.get_by_role("button", name="Tìm").click()
    expect(page.locator("#found")).to_have_text("Tìm thấy 1 mục tiêu")
    page.locator("#o-o12 > summary").click()
    expect(page.locator("#o-o12 .key-results > li")).to_have_count(4)


@pytest.mark.usefixtures("small")
def test_what_moved_leads_to_its_working(open_page: Open) -> None:
    page = open_page()
    moved = page.get_by_role("region", name="Thay đổi so với tuần trước")
    expect(moved.get_by_text("+0,04").first).to_be_visible()
    moved.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/objective/o"))


@pytest.mark.usefixtures("small")
def test_a_cell_opens_in_its_sheet(open_page: Open) -> None:
    page = open_page()
    link = page.locator("#o-o0 > .inside .key-results .cell").first
    page.context.route("https://docs.google.com/**", lambda route: answer(route))
    link.click()
    expect(page).to_have_url(f"{URL}#gid=7&range=B2")


def answer(route: Route) -> None:
    route.fulfill(body="the sheet", content_type="text/plain")


def test_a_new_pass_shows_by_itself_while_somebody_searches_a_big_company(
    open_page: Open, address: str, branched: Records
) -> None:
    page = open_page(has_own_clock=True)
    page.locator("#o-o5 > summary").click()
    expect(page.locator("#o-o5 .key-results").first).to_be_visible()
    page.locator("#o-o6 > summary").click()
    box = page.get_by_role("searchbox")
    box.focus()
    before = page.locator("main").get_attribute("data-etag") or ""
    keep(branched, big_company(BRANCHED, shift=9))
    freshness = page.locator("#freshness").get_attribute("data-address") or ""
    while before in page.request.get(address + freshness, headers={"Accept-Language": "vi"}).text():
        continue  # the view before stays up until the next one is ready
    page.clock.run_for(6000)
    expect(page.locator(f"main:not([data-etag='{before}'])")).to_have_count(1)
    expect(box).to_be_focused()
    assert page.locator("#o-o5").evaluate("found => found.open")
    expect(page.locator("#o-o5 > .inside > .key-results")).to_be_visible()
    expect(page.locator("#o-o5 > .inside > .fetched")).to_have_count(0)


OPEN_SOME = """
document.querySelectorAll("details:not(.objective)").forEach(found => found.open = true);
Array.from(document.querySelectorAll(".objective")).slice(0, 2).forEach(found => found.open = true);
"""
PATHS = ("/", "/?q=chat+luong&level=individual", "/branch/o1", f"/unit/{unit_key('Phòng 1')}")


@pytest.mark.parametrize(
    ("size", "locale", "scheme", "viewport"),
    [
        (FEW, "vi-VN", "light", DESKTOP),
        (FEW, "en-US", "dark", PHONE),
        (BRANCHED, "vi-VN", "dark", PHONE),
    ],
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    open_page: Open,
    records: Records,
    address: str,
    size: int,
    locale: str,
    scheme: Literal["light", "dark"],
    viewport: dict[str, int],
) -> None:
    keep(records, replace(big_company(size), taken_at=NOW - timedelta(days=20)))
    keep(records, big_company(size, shift=9))
    page = open_page(locale=locale, viewport=viewport)
    for path in PATHS if size == FEW else PATHS[::2]:
        page.goto(address + path)
        page.evaluate(OPEN_SOME)
        expect(page.locator(".objective").nth(1).locator(":scope > .inside > .fetched")).to_have_count(0)
        assert faults(page, scheme) == "", path
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path


def test_a_printed_page_shows_what_it_holds_and_no_controls(open_big: Open) -> None:
    page = open_big()
    page.emulate_media(media="print")
    for width in (360, 3840):
        page.set_viewport_size({"width": width, "height": 900})
        for gone in ("#filters", ".fetched"):
            expect(page.locator(gone).first).to_be_hidden()
        expect(page.locator("#o-o0 .key-results").first).to_be_visible()
    assert page.pdf()[:5] == b"%PDF-"
