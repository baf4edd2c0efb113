"""The page in a real Chromium: without JavaScript, kept up to date with it, for every reader and every screen."""

from typing import Any

import pytest
from playwright.sync_api import expect

from sync.domain.okr import Amount, Initiative, Level, Status
from sync.domain.problems import problem
from sync.domain.snapshot import Snapshot, TabState, TabView
from sync.records import Records
from tests.support.axe import faults
from tests.webapp.companies import NOW, amount, cell, keep, key_result, objective, snapshot
from tests.webapp.conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("in_that_quarter")]

LONG = "Mộtmụctiêurấtdài" * 20


def rich(**facts: Any) -> Snapshot:
    """Everything that a page can show at once."""
    return snapshot(
        [
            objective("c", id="O1", text="Dẫn đầu thị trường", owner="An", unit="Ban giám đốc", period="Q4/2026"),
            objective("d", 5, level=Level.DEPARTMENT, parent="O1", unit="Phòng Kinh doanh", text=LONG, owner=LONG),
            objective("x", 8, level=Level.INDIVIDUAL, parent="nowhere", parent_cell=cell(8, 8), related=("O1",)),
            objective("draft", 9, status=Status.DRAFT),
            objective("closed", 10, status=Status.CLOSED),
        ],
        [
            key_result("k", "c", id="KR1", measure="khách hàng", confidence="Ổn"),
            key_result("done", "c", current=amount(60)),
            key_result("wrong", "c", current=amount(20)),
            key_result("none", "d", 5, current=Amount()),
            key_result("stray", "", 12),
        ],
        problems=(problem("wrong-way", cell(1, 1), text="Key result wrong", start="30", current="20", target="50"),),
        initiatives=(Initiative(text="Gọi", cell=cell(20), key_results=("KR1",), due="2026-12-01", status="Đang làm"),),
        tabs=(TabView(7, "OKR", TabState.REFUSED, NOW),),
        **facts,
    )


@pytest.fixture
def open_page(browsing: Open, records: Records) -> Open:
    keep(records, rich())
    return browsing


def test_the_tree_opens_without_javascript(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    child = page.locator("#o-d")
    expect(child.locator(".inside").first).to_be_hidden()
    child.locator("summary").first.click()
    expect(child.locator(".inside").first).to_be_visible()


def test_the_language_switch_keeps_the_page(open_page: Open) -> None:
    page = open_page("/problems")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vấn đề trong bảng tính")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Problems in the sheets")
    page.get_by_role("link", name="Alignment", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_new_pass_shows_by_itself_and_open_branches_stay_open(open_page: Open, records: Records) -> None:
    page = open_page(has_own_clock=True)
    page.locator("#o-d > summary").click()
    page.locator("#o-x > summary").click()
    keep(records, rich(title="Renamed spreadsheet"))
    page.clock.run_for(6000)
    expect(page.locator("#freshness")).to_contain_text("Renamed spreadsheet")
    assert page.locator("#o-d").evaluate("found => found.open")
    assert page.locator("#o-x").evaluate("found => found.open")
    expect(page.locator("#o-x > summary")).to_be_focused()


def test_axe_finds_nothing(open_page: Open, address: str) -> None:
    page = open_page()
    for path in ("/", "/objective/c", "/problems"):
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(found => found.open = true)")
        assert faults(page, "light", "dark") == "", path


def test_nothing_is_wider_than_the_screen(open_page: Open, address: str) -> None:
    page = open_page()
    for path in ("/", "/objective/d", "/problems"):
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(found => found.open = true)")
        for width in (360, 768, 3840):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_hostile_cell_does_nothing(open_page: Open, records: Records) -> None:
    keep(records, snapshot([objective("c", text="<img src=x onerror=document.title='taken'><script>1</script>")]))
    page = open_page()
    expect(page.locator("main")).to_contain_text("<img src=x")
    expect(page.locator("main img")).to_have_count(0)
    assert page.title() != "taken"
