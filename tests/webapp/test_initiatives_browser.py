"""The initiatives' page in a real Chromium: for every reader, and on a phone."""

from datetime import UTC, datetime

import pytest

from sync.domain.okr import Initiative
from sync.records import Records
from tests.support.axe import faults
from tests.webapp.companies import amount, cell, keep, objective, snapshot
from tests.webapp.conftest import Open

pytestmark = pytest.mark.browser

YEAR = datetime.now(UTC).year


def test_a_long_name_is_shortened_on_a_phone_and_what_is_noted_of_it_is_not(browsing: Open, records: Records) -> None:
    long = "Gọi lại tất cả khách hàng cũ ở miền Trung trước khi mở thêm kho mới"
    facts = {"due": f"{YEAR}-01-01", "objective": "A"}
    found = Initiative(text=long, cell=cell(9, 5), progress=amount("0.4"), **facts)  # type: ignore[arg-type]
    keep(records, snapshot([objective("a", 1, id="A", period=str(YEAR))], initiatives=(found,)))
    page = browsing("/initiatives")
    page.set_viewport_size({"width": 360, "height": 800})
    name, noted = page.locator(".timeline .name"), page.locator(".timeline .noted")
    assert (
        name.evaluate("each => each.scrollWidth > each.clientWidth && getComputedStyle(each).textOverflow")
        == "ellipsis"
    )
    edge = page.locator(".timeline").evaluate("each => each.getBoundingClientRect().right")
    assert noted.evaluate("each => each.getBoundingClientRect().right") <= edge
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    # The line of today runs behind the words, and not through them.
    behind = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert {each.evaluate("each => getComputedStyle(each).backgroundColor") for each in (name, noted)} == {behind}
    assert faults(page, "light", "dark") == ""
