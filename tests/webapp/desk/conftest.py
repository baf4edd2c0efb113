"""A desk over a workbook on a local Sheets server, by the road that the command takes."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sync.cli.desk import SheetRoad
from sync.domain.languages import Language
from tests.support.installation import Installation, Rows
from tests.support.tabs import Tabs
from tests.webapp.desk.desk_page import DeskPage
from webapp.desk.app import create_desk
from webapp.desk.desk import Desk
from webapp.desk.guard import Guard
from webapp.web.server import PageServer

TODAY = date(2026, 11, 21)

OpenDesk = Callable[..., Desk]

# A team's sheet as there are many: whose objective stands in its first row only, with a line of totals below.
TEAM: Rows = [
    ["Phòng Kinh doanh", None, None, None, None, None],
    ["Mục tiêu", "Kết quả then chốt", "Người phụ trách", "Chỉ tiêu", "Hiện tại", "Điểm"],
    ["Tăng trưởng bền vững", "Doanh thu mới đạt 200 tỷ", "Lan", 200, 150, None],
    [None, "Khách hàng mới: 40", "Minh", 40, 10, None],
    ["Vận hành gọn nhẹ", "Đóng 90 yêu cầu hỗ trợ", "Hoa", 90, 45, None],
    ["Tổng cộng", None, None, None, None, None],
]


# Headers that no dictionary knows, a title block above, and a total and a remark below.
ODD: Rows = [
    ["Quý 3/2026", None, None, None, None, None, None],
    [None, None, None, None, None, None, None],
    ["Việc lớn", "Đo bằng gì", "Ai lo", "Mốc cần tới", "Đang ở đâu", "Nặng nhẹ", "Chấm"],
    ["Bán nhiều hơn ở siêu thị", "Doanh thu kênh siêu thị", "Hùng", "12 tỷ", 9_000_000_000, 0.7, None],
    [None, "Số siêu thị mới lên kệ", "Lan", "40 cửa hàng", 31, 0.3, None],
    ["Khách quen quay lại", "Khách mua lần hai trong quý", "Vy", "1.500 khách", 1120, 0.6, None],
    [None, "Điểm hài lòng của khách", "Vy", "4,5 điểm", 4.5, 0.4, None],
    ["Cộng chung cả phòng", None, None, None, None, 2, "=AVERAGE(G4:G7)"],
    [None, None, None, None, None, None, None],
    [None, None, "* Điền trước thứ Sáu hằng tuần.", None, None, None, None],
]


@pytest.fixture
def open_desk(installation: Installation) -> OpenDesk:
    """A desk over tabs; `config` is what stands in the file already."""

    def opened(tabs: dict[str, Rows], config: str = "", language: Language = "en", *, is_copy: bool = False) -> Desk:
        name = installation.spreadsheet("okr", tabs)
        path = installation.folder / "config.toml"
        head = f'state = "state"\n\n[google]\nendpoint = "{installation.server.url}"\n'
        path.write_text(head + config, encoding="utf-8")
        return Desk(SheetRoad(installation.client, name, path), path, lambda: TODAY, language, is_copy=is_copy)

    return opened


@pytest.fixture
def team(open_desk: OpenDesk) -> Desk:
    """The desk over a team's one tab, as inspect proposes it."""
    return open_desk({"OKR": TEAM})


@pytest.fixture
def config(installation: Installation) -> Path:
    return installation.folder / "config.toml"


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """The address of a desk's page, as the command prints it."""
    guard = Guard()
    server = PageServer(create_desk(desk, guard), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}/?token={guard.token}"
    finally:
        server.close()
        thread.join()


@pytest.fixture
def tab(tabs: Tabs) -> Iterator[Page]:
    """A script of ours that fails, or that the policy forbids, fails the test."""
    faults: list[str] = []
    ears = {
        "weberror": lambda error: faults.append(str(error.error)),
        "console": lambda said: faults.append(said.text) if "Content Security" in said.text else None,
    }
    yield tabs.lend(ears, locale="en-GB", viewport={"width": 1400, "height": 850})
    assert faults == []


@pytest.fixture
def look_at(tab: Page) -> Iterator[Callable[[Desk], DeskPage]]:
    """Open a desk's page."""
    with ExitStack() as opened:

        def look(desk: Desk) -> DeskPage:
            tab.goto(opened.enter_context(served(desk)))
            expect(tab.locator(".cell.active")).to_be_visible()
            return DeskPage(tab, desk)

        yield look


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "look_at" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
