"""The review of a period in a real Chromium: for every reader, on every screen, and on paper."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import PdfMargins

from sync.domain.okr import Level
from sync.records import Records
from tests.support.axe import faults
from tests.webapp.companies import amount, keep, key_result, objective, snapshot
from tests.webapp.conftest import Open

pytestmark = pytest.mark.browser

YEAR = str(datetime.now(UTC).year)
REVIEW = f"/review/{YEAR}"
LEVELS = (*[Level.COMPANY] * 4, *[Level.DEPARTMENT] * 12, *[Level.INDIVIDUAL] * 10)
# What browsers leave at the edges unless they are told otherwise.
EDGES = PdfMargins(top="1cm", right="1cm", bottom="1cm", left="1cm")


def keep_a_year(records: Records) -> None:
    """A year that runs: objectives of five units with three key results each, some with a lesson, twice read."""
    for days, current in ((2, 33), (1, 36)):
        found = snapshot(
            [
                objective(
                    f"o{number}",
                    number,
                    text=f"Mở rộng thị trường miền Trung, phần thứ {number}",
                    level=level,
                    period=YEAR,
                    unit=f"Phòng số {number % 5}",
                    owner="Nguyễn Văn An",
                    lesson="Hỏi khách hàng sớm hơn một tháng" if number % 3 == 0 else "",
                )
                for number, level in enumerate(LEVELS)
            ],
            [
                key_result(f"k{part}", f"o{part // 3}", part, text=f"Doanh thu vùng {part}", current=amount(current))
                for part in range(3 * len(LEVELS))
            ],
            taken_at=datetime.now(UTC) - timedelta(days=days),
        )
        keep(records, found)


def test_everybody_can_read_it_on_every_screen(browsing: Open, records: Records) -> None:
    keep_a_year(records)
    page = browsing(REVIEW)
    assert page.locator(".reviewed .sparkline").count() == len(LEVELS)
    assert page.locator(".reviewed .sparkline").first.is_visible()
    assert faults(page, "light", "dark") == ""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_review_of_a_year_that_runs_prints_on_two_sheets(browsing: Open, records: Records) -> None:
    keep_a_year(records)
    page = browsing(REVIEW)
    assert page.locator(".reviewed").count() == len(LEVELS)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", margin=EDGES))) <= 2
