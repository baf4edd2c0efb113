"""The whole line, as a person sees it: a number typed into a sheet, the score in its cell, the page that follows."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from sync.demo import Demo
from tests.support.tabs import Tabs

pytestmark = pytest.mark.browser

# What the people of the demo are promised.
TEN_SECONDS = 10_000


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, str]:
    """Not every Chromium asks for English by itself."""
    return {"locale": "en-US"}


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    running = Demo(0, 0, lambda outcome: None)
    running.start()
    yield running
    running.stop()


def column_of(page: Page, header: str) -> int:
    """The number of the column with a header in the grid."""
    cell = page.get_by_role("gridcell", name=header, exact=True).first
    return int(cell.get_attribute("aria-colindex") or 0)


def cell_at(page: Page, row: int, column: int) -> Locator:
    return page.locator(f"[aria-rowindex='{row}'] > [aria-colindex='{column}']")


def test_a_changed_current_value_changes_the_score_cell_and_the_page_within_ten_seconds(demo: Demo, tabs: Tabs) -> None:
    key_result = "Doanh thu quý đạt 42 tỷ đồng"
    alignment, grid = (tabs.lend({}, locale="en-US") for _ in range(2))
    alignment.goto(demo.page_url)
    name = alignment.locator(".what").get_by_text(key_result, exact=True)
    shown = alignment.locator(".key-results > li").filter(has=name)
    expect(shown).to_contain_text("0.65", timeout=TEN_SECONDS)

    grid.set_viewport_size({"width": 3200, "height": 900})  # all columns in view
    grid.goto(f"{demo.sheets_url}/spreadsheets/d/cong-ty/edit")
    text = grid.get_by_role("gridcell", name=key_result, exact=True).first
    row = int(text.locator("xpath=..").get_attribute("aria-rowindex") or 0)
    score = cell_at(grid, row, column_of(grid, "Điểm"))
    expect(score).to_have_text("0,65")
    cell_at(grid, row, column_of(grid, "Hiện tại")).click()
    grid.keyboard.type("21 tỷ")
    grid.keyboard.press("Enter")

    expect(score).to_have_text("0,5", timeout=TEN_SECONDS)
    expect(shown).to_contain_text("0.50", timeout=TEN_SECONDS)
