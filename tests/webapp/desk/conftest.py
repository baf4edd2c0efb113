"""A desk over a workbook on a local Sheets server, by the road that the command takes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sync.cli.desk import SheetRoad
from sync.domain.languages import Language
from tests.support.installation import Installation, Rows
from webapp.desk.desk import Desk

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
