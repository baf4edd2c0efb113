"""A real Chromium before a real local server, with a workbook that the test could have been handed by a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import openpyxl
import pytest
import requests
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import ConsoleMessage, Locator, Page, Request, expect

from sync.local_sheets import LocalSheets
from tests.support.tabs import Tabs

LOOKS: dict[str, Any] = {"locale": "en-GB", "viewport": {"width": 1100, "height": 600}}


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Vietnamese, as most of them are: a title, a frozen header row, a merged objective, a formula, an error."""
    book = openpyxl.Workbook()
    tab = book.active
    assert isinstance(tab, Worksheet)
    tab.title = "Quý 4"
    rows: list[list[Any]] = [
        ["Mục tiêu", "Kết quả then chốt", "Trọng số", "Hiện tại", "Điểm", "Xong"],
        ["Tăng trưởng", "Doanh thu mới", 0.5, 120, "=D2/100", True],
        [None, "Khách hàng mới", 0.3, 70, "=D3/100", False],
        ["Vận hành", "Thời gian phản hồi", 0.2, 30, "=D4/0", None],
        ["Con người", "Điểm eNPS", 1, 45, "=D5/100", None],
    ]
    for row in rows:
        tab.append(row)
    tab.merge_cells("A2:A3")
    tab.freeze_panes = "A2"
    for line in range(2, 6):
        tab.cell(line, 5).number_format = "0%"
    tab.column_dimensions["B"].width = 24
    tab["B4"].comment = Comment("Hỏi nhóm hỗ trợ", "người viết")
    other = book.create_sheet("Plan")
    for name, number in (("Chanh", 3), ("Bưởi", 1), ("Dừa", 2)):
        other.append([name, number])
    path = tmp_path / "okrs.xlsx"
    book.save(path)
    return path


@dataclass
class Sheet:
    """The spreadsheet from both sides: the server that holds it, and the page that shows it."""

    server: LocalSheets
    id: str
    page: Page

    @property
    def url(self) -> str:
        return f"{self.server.url}/spreadsheets/d/{self.id}/edit"

    def open(self, place: str = "") -> Page:
        self.page.goto(self.url + place)
        expect(self.page.locator(".cell.active")).to_be_visible()
        return self.page

    def cell(self, a1: str) -> Locator:
        """By its place in the grid, as a screen reader finds it."""
        column, row = ord(a1[0]) - 64, int(a1[1:])
        return self.page.locator(f"[aria-rowindex='{row + 1}'] > .cell[aria-colindex='{column + 1}']")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, a1: str, text: str) -> None:
        self.cell(a1).click()
        self.page.keyboard.type(text)
        self.press("Enter")

    def holds(self, a1: str, wanted: list[list[object]], render: str = "UNFORMATTED_VALUE") -> None:
        """Waits until the server has these values."""
        expect(self.page.locator(".pending")).to_have_count(0)
        assert self.server.read(self.id, a1, render) == wanted

    def write(self, row: int, column: int, value: dict[str, Any], sheet_id: int = 0) -> None:
        """What somebody else does to one cell."""
        start = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column}
        rows = [{"values": [{"userEnteredValue": value}]}]
        self.server.edit(self.id, {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}})

    def worker_writes(self, a1: str, value: float) -> None:
        """What our worker does, from outside and under its own name."""
        grant = {"grant_type": "refresh_token", "refresh_token": "worker"}
        token = requests.post(f"{self.server.url}/token", data=grant, timeout=30).json()["access_token"]
        answer = requests.put(
            f"{self.server.url}/v4/spreadsheets/{self.id}/values/{a1}",
            params={"valueInputOption": "RAW"},
            json={"values": [[value]]},
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
        )
        assert answer.status_code == 200, answer.text


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LocalSheets]:
    with LocalSheets(tmp_path / "data", locale="vi_VN") as sheets:
        yield sheets


OpenTab = Callable[[], Page]


@pytest.fixture
def watched(tabs: Tabs, server: LocalSheets) -> Iterator[OpenTab]:
    """Opens a tab; fails the test when the page complains, or asks anything of another server."""
    complaints: list[str] = []
    home = urlsplit(server.url).netloc

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"console: {message.text}")

    def on_request(request: Request) -> None:
        if urlsplit(request.url).netloc not in (home, "") or not request.url.startswith(("http://", "data:")):
            complaints.append(f"request to {request.url}")

    ears = {
        "console": on_console,
        "weberror": lambda error: complaints.append(f"error: {error.error}"),
        "request": on_request,
    }
    yield lambda: tabs.lend(ears, **LOOKS)
    assert not complaints


@pytest.fixture
def sheet(server: LocalSheets, workbook: Path, watched: OpenTab) -> Sheet:
    return Sheet(server, server.import_workbook(workbook, title="OKR Quý 4"), watched())
