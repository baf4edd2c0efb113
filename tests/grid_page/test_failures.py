"""What goes wrong is told in words and stays; the console may then name the refused request, so it is not watched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from sync.local_sheets import LocalSheets
from tests.grid_page.conftest import LOOKS, Sheet
from tests.support.tabs import Tabs

pytestmark = pytest.mark.browser


@pytest.fixture
def unwatched(server: LocalSheets, workbook: Path, tabs: Tabs) -> Sheet:
    return Sheet(server, server.import_workbook(workbook, title="OKR Quý 4"), tabs.lend({}, **LOOKS))


def test_a_refusal_is_told_until_it_is_dismissed(unwatched: Sheet) -> None:
    page = unwatched.open("#gid=0&range=C2")
    page.get_by_role("button", name="Sort A→Z").click()
    refusal = page.get_by_role("status").get_by_text("Sort A→Z: You can't sort a range that contains merged cells.")
    expect(refusal).to_be_visible()
    unwatched.type("C5", "2")
    unwatched.holds("C5", [[2]])
    expect(refusal).to_be_visible()
    page.get_by_role("button", name="Dismiss").click()
    expect(refusal).to_have_count(0)


def test_what_was_typed_is_told_when_it_could_not_be_saved(unwatched: Sheet) -> None:
    page = unwatched.open("#gid=0&range=C2")
    page.route("**/values/**", lambda route: route.abort())
    page.keyboard.type("0,9")
    unwatched.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("C2 was not saved (“0,9”)")
    expect(unwatched.cell("C2")).to_have_text("0,5")


def test_a_server_that_went_away_is_told_and_found_again(unwatched: Sheet) -> None:
    page = unwatched.open()
    page.route("**/drive/**", lambda route: route.abort())
    expect(page.get_by_role("status")).to_contain_text("cannot be reached")
    page.unroute("**/drive/**")
    expect(page.get_by_role("status")).to_be_empty()


def test_a_link_to_a_tab_that_is_gone_says_so(unwatched: Sheet) -> None:
    page = unwatched.open("#gid=987&range=B2")
    expect(page.get_by_role("status")).to_contain_text("not in the spreadsheet any more")
    expect(page.get_by_role("tab", name="Quý 4")).to_have_attribute("aria-selected", "true")


def test_a_tab_that_others_delete_gives_way_to_the_first(unwatched: Sheet) -> None:
    page = unwatched.open()
    page.get_by_role("tab", name="Plan").click()
    expect(page).to_have_url(re.compile("gid=[1-9]"))
    gid = int(page.url.split("gid=")[1].split("&")[0])
    unwatched.server.edit(unwatched.id, {"deleteSheet": {"sheetId": gid}})
    expect(page.get_by_role("tab")).to_have_text(["Quý 4"])
    expect(unwatched.cell("A1")).to_have_text("Mục tiêu")
