"""The pages of check-ins in a real Chromium: for every reader, on every screen, and on paper."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from sync.domain.cycle_records import CycleRecords, Recognition
from sync.domain.okr import CheckIn, Level
from sync.records import Records
from tests.support.axe import faults
from tests.webapp.companies import amount, cell, keep, key_result, objective, snapshot
from tests.webapp.conftest import PHONE, Open
from webapp.company.holders import unit_key
from webapp.parts.cards import PAGE

pytestmark = pytest.mark.browser

UNIT = {"unit": "Kinh doanh", "owner": "An", "level": Level.DEPARTMENT, "period": "Kỳ này"}
MEETING = f"/check-in/{unit_key('Kinh doanh')}"
PARTS = range(12)


def check_ins(part: int) -> list[CheckIn]:
    said: dict[str, Any] = {
        "comment": "Chậm hơn dự tính",
        "obstacle": "Thiếu xe giao hàng",
        "next_step": "Gọi kho",
        "confidence": "6",
    }
    days = ("2026-11-10", "2026-11-17")
    return [
        CheckIn(key_result=f"K{part}", cell=cell(100 + 2 * part + n, 9), date=day, value=amount(30 + n), **said)
        for n, day in enumerate(days)
    ]


def keep_a_unit(records: Records) -> None:
    """Three objectives with four key results each, every one checked in with all there is to say."""
    found = snapshot(
        [objective(f"o{number}", number, text=f"Mục tiêu {number}", **UNIT) for number in range(3)],
        [
            key_result(f"k{part}", f"o{part // 4}", part, id=f"K{part}", owner=("An", "Bình")[part % 2])
            for part in PARTS
        ],
        check_ins=tuple(one for part in PARTS for one in check_ins(part)),
        cycle=CycleRecords(recognitions=(Recognition(text="Cảm ơn", cell=cell(1, 12), date="2026-11-18", about="K1"),)),
    )
    keep(records, found)


@pytest.mark.parametrize("path", ["/check-ins", MEETING])
def test_everybody_can_read_it_on_every_screen(browsing: Open, records: Records, path: str) -> None:
    keep_a_unit(records)
    page = browsing(path)
    assert faults(page, "light", "dark") == ""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_meeting_of_a_unit_prints_on_two_sheets(browsing: Open, records: Records) -> None:
    keep_a_unit(records)
    page = browsing(MEETING)
    assert page.locator(".meeting").count() == len(PARTS)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 2


def test_a_long_meeting_is_turned_without_javascript(browsing: Open, records: Records) -> None:
    unit = {"unit": "Kho", "level": Level.DEPARTMENT, "period": "Kỳ này"}
    many = [key_result(f"k{n}", "o", n, text=f"Kết quả {n}", owner="An") for n in range(PAGE + 2)]
    of_another = key_result("b", "o", 99, owner="Bình")
    keep(records, snapshot([objective("o", 1, **unit)], [*many, of_another]))
    page = browsing(f"/check-in/{unit_key('Kho')}", java_script_enabled=False, viewport=PHONE)
    page.get_by_label("Người phụ trách").select_option("An")
    page.get_by_role("button", name="Xem").click()
    expect(page.locator(".meeting")).to_have_count(PAGE)
    page.get_by_role("link", name="Trang sau").click()
    expect(page.locator(".meeting")).to_have_count(2)
    expect(page.get_by_label("Người phụ trách")).to_have_value("An")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("link", name="Trang trước").click()
    expect(page.locator(".meeting")).to_have_count(PAGE)


# The dot before each fact: whether a line begins with the fact, and whether the dot is seen.
DOTS = """() => [...document.querySelectorAll(".meeting .facts > *")].flatMap(fact => {
  const dot = getComputedStyle(fact, "::after"), around = fact.parentElement
  if (dot.content !== '"·"') return []
  const left = fact.getBoundingClientRect().left, margin = parseFloat(getComputedStyle(around).clipPath.slice(6))
  const seenFrom = around.getBoundingClientRect().left + margin
  return [[left < seenFrom + 10, left + parseFloat(dot.left) + parseFloat(dot.width) > seenFrom]]
})"""


def test_a_dot_stands_between_facts_and_neither_begins_nor_ends_a_line(browsing: Open, records: Records) -> None:
    keep_a_unit(records)
    page = browsing(MEETING, viewport=PHONE)
    assert {tuple(dot) for dot in page.evaluate(DOTS)} == {(True, False), (False, True)}
