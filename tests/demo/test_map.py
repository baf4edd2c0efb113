"""The sample company's map and the pages around it in a real Chromium, in both languages."""

from collections.abc import Iterator
from typing import Literal

import pytest
import requests
import time_machine
from playwright.sync_api import expect

from sync.config.settings import PageSettings
from tests.demo.conftest import Sample
from tests.support.axe import faults
from tests.support.tabs import Tabs
from tests.webapp.conftest import serving
from webapp.web.app import create_app

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(sample: Sample) -> Iterator[str]:
    app = create_app(sample.records, PageSettings(), sample.config.scoring.bands, {})
    # The page goes by the sample's clock, whenever the tests run.
    with time_machine.travel(sample.clock.now().timestamp(), tick=True), serving(app) as found:
        yield found


@pytest.mark.parametrize(
    ("locale", "scheme", "width", "missing"),
    [
        ("vi-VN", "light", 1280, "không tìm thấy: “Mở rộng kênh đại lý miền Trung”"),
        ("en-US", "dark", 360, "not found: “Mở rộng kênh đại lý miền Trung”"),
    ],
)
def test_the_whole_company_is_on_the_map_and_every_card_leads_to_its_objective(
    tabs: Tabs, address: str, locale: str, scheme: Literal["light", "dark"], width: int, missing: str
) -> None:
    said: list[str] = []
    ears = {
        "console": lambda message: said.append(message.text),
        "weberror": lambda error: said.append(str(error.error)),
    }
    page = tabs.lend(ears, locale=locale, viewport={"width": width, "height": 800})
    page.goto(f"{address}/map")
    expect(page.get_by_role("link", name=missing)).to_have_count(1)
    links = page.locator(".picture .card").evaluate_all("cards => cards.map(card => card.href.baseVal)")
    assert len(links) == 27
    for path in ("/map", *links[:3], "/initiatives", "/reviews", "/review/2026-Q3"):
        page.goto(address + path)
        assert faults(page, scheme) == "", path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert {requests.get(address + link, timeout=30).status_code for link in links} == {200}
    assert said == []
