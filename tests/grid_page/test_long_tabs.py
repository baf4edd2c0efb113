"""Tabs of thousands of rows at the grid page: few elements, few requests, and every row in its place."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import expect

from sync.local_sheets import LocalSheets
from tests.grid_page.conftest import OpenTab, Sheet

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a server with 5,000 rows, one of them hidden and one of them high."""
    folder = tmp_path_factory.mktemp("long")
    book = openpyxl.Workbook()
    tab = book.active
    assert isinstance(tab, Worksheet)
    for number in range(5000):
        tab.append([f"KR {number + 1}", number, number / 7, "x", True, None, None, 0.5])
    tab.row_dimensions[3000].hidden = True
    tab.row_dimensions[3001].height = 90
    book.save(folder / "big.xlsx")
    with LocalSheets(folder / "data", locale="vi_VN") as sheets:
        sheets.import_workbook(folder / "big.xlsx")
    return folder / "data"


@pytest.fixture
def server(data: Path, tmp_path: Path) -> Iterator[LocalSheets]:
    """With a copy, so that each test may type into it."""
    with LocalSheets(shutil.copytree(data, tmp_path / "data"), locale="vi_VN") as sheets:
        yield sheets


@pytest.fixture
def long(server: LocalSheets, watched: OpenTab) -> Sheet:
    return Sheet(server, "big", watched())


def asked_rows(requested: list[str]) -> list[tuple[int, int]]:
    """The spans of rows whose cells were asked for."""
    ranges = [text for url in requested for text in parse_qs(urlsplit(url).query).get("ranges", [])]
    spans = (re.search("!([0-9]+):([0-9]+)$", text) for text in ranges)
    return [(int(span[1]), int(span[2])) for span in spans if span]


def test_thousands_of_rows_have_few_elements(long: Sheet) -> None:
    page = long.open()
    for _ in range(5):
        page.locator("#grid").evaluate("grid => { grid.scrollTop += 20000 }")
    expect(page.locator(".row-number").last).to_be_attached()
    long.press("Control+End")
    expect(long.cell("A5000")).to_have_text("KR 5000")
    expect(long.cell("A5000")).to_be_in_viewport()
    assert page.locator(".cell").count() < 1200
    long.type("B5000", "7")
    long.holds("B5000", [[7]])


def test_only_rows_near_those_in_sight_are_asked_for(long: Sheet) -> None:
    requested: list[str] = []
    long.page.on("request", lambda request: requested.append(request.url))
    page = long.open()
    expect(long.cell("A1")).to_have_text("KR 1")
    assert asked_rows(requested) == [(1, asked_rows(requested)[0][1])]
    assert asked_rows(requested)[0][1] < 150
    requested.clear()
    page.locator("#grid").evaluate("grid => { grid.scrollTop = 3000 * 24 }")
    expect(long.cell("A3010")).to_have_text("KR 3010")
    assert all(2700 < first <= last < 3200 for first, last in asked_rows(requested))
    requested.clear()
    long.worker_writes("B3010", 42)
    expect(long.cell("B3010")).to_have_text("42", timeout=3000)
    assert all(last - first < 300 for first, last in asked_rows(requested))
    assert not any("ranges=%27Sheet%27&" in url for url in requested)


def test_rows_far_down_stand_where_hidden_and_high_ones_leave_them(long: Sheet) -> None:
    page = long.open("#gid=0&range=A3001")
    expect(long.cell("A3001")).to_have_text("KR 3001")
    expect(long.cell("A3000")).to_have_count(0)
    assert long.cell("A3001").evaluate("cell => cell.offsetHeight") == 120
    top = page.locator("[aria-rowindex='3003']").evaluate("line => line.offsetTop")
    assert top == 2999 * 24 + 120


def test_control_and_an_arrow_go_to_the_end_of_what_is_filled(long: Sheet) -> None:
    page = long.open("#gid=0&range=A2")
    for keys, place in (
        ("Control+ArrowDown", "A5000"),
        ("Control+ArrowRight", "E5000"),
        ("Control+Shift+ArrowUp", "E1:E5000"),
        ("Control+Home", "A1"),
        ("Control+Shift+End", "A1:H5000"),
    ):
        long.press(keys)
        expect(page.locator("#address")).to_have_text(place)


def test_a_long_selection_is_copied_whole(long: Sheet) -> None:
    long.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = long.open("#gid=0&range=A1")
    long.press("Control+Shift+ArrowDown")
    expect(page.locator("#address")).to_have_text("A1:A5000")
    expect(page.get_by_role("grid")).to_have_attribute("aria-busy", "false")
    long.press("Control+C")
    assert page.evaluate("navigator.clipboard.readText()").split("\n")[::2500] == ["KR 1", "KR 2501"]
