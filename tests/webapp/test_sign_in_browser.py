"""The way in as a person sees it in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.support.axe import faults
from tests.support.signing_in import Site
from tests.support.tabs import Tabs
from tests.webapp.conftest import serving
from tests.webapp.provider import LOOKALIKE, WORKER


@pytest.mark.browser
def test_in_a_browser_one_signs_in_reads_and_signs_out_and_another_is_refused(site: Site, tabs: Tabs) -> None:
    with serving(site()) as address:
        complaints: list[str] = []
        page = tabs.lend({"weberror": lambda error: complaints.append(str(error.error))}, locale="en-GB")
        page.goto(address + "/problems")
        page.get_by_role("link", name="Sign in with Google").click()
        page.get_by_role("button", name=WORKER).click()
        page.wait_for_url(address + "/problems")
        expect(page.get_by_role("heading", level=1)).to_have_text("Problems in the sheets")
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Signed out")
        page.get_by_role("link", name="Sign in with Google").click()
        page.get_by_role("button", name=LOOKALIKE).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("This account may not read the page")
        expect(page.get_by_role("link", name="Choose another account")).to_be_visible()
        page.goto(address + "/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to read")
    assert complaints == []


@pytest.mark.browser
def test_axe_finds_nothing_on_the_way_in(site: Site, tabs: Tabs) -> None:
    page = tabs.lend({})
    with serving(site()) as address:
        for path in ("/", "/signed-out", "/sign-in/back"):
            page.goto(address + path)
            assert faults(page, "light", "dark") == "", path


@pytest.mark.browser
def test_an_open_page_says_when_its_session_has_ended(site: Site, tabs: Tabs) -> None:
    with serving(site()) as address:
        page = tabs.lend({}, is_kept=False, locale="en-GB")
        page.clock.install()
        page.goto(address + "/sign-in?next=/problems")
        page.get_by_role("button", name=WORKER).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Problems in the sheets")
        page.context.clear_cookies()
        page.clock.run_for(6000)
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to read")
