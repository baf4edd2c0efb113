"""A person's page and the wall of recognition in a real Chromium: for every reader, on every screen."""

import pytest

from sync.domain.cycle_records import CycleRecords, Feedback, Recognition, Visible
from sync.domain.keys import person_key
from sync.domain.okr import Initiative, Level
from sync.records import Records
from tests.support.axe import faults
from tests.webapp.companies import cell, keep, key_result, objective, snapshot
from tests.webapp.conftest import Open

pytestmark = pytest.mark.browser

AN = {"owner": "Nguyễn Văn An", "unit": "Kinh doanh", "level": Level.DEPARTMENT, "period": "Kỳ này"}
LONG = "Cảm ơn đã ở lại muộn để giao xong lô hàng cuối cùng " + "x" * 60


@pytest.mark.parametrize("path", [f"/person/{person_key('Nguyễn Văn An')}", "/recognition"])
def test_everybody_can_read_it_on_every_screen(browsing: Open, records: Records, path: str) -> None:
    to = {"giver": "Trần Thị Bình", "receivers": ("Nguyễn Văn An", "Lê Chi"), "date": "2026-11-18"}
    found = snapshot(
        [
            objective("c", 1, id="C", owner="Lê Chi", period="Kỳ này"),
            objective("a", 2, id="A", parent="C", **AN),
            objective("x", 3, parent="A", owner="Trần Thị Bình", level=Level.INDIVIDUAL, period="Kỳ này"),
        ],
        [key_result("k", "a", 1, id="K"), key_result("l", "x", 2, owner="Nguyễn Văn An")],
        initiatives=(
            Initiative(text="Gọi khách cũ", cell=cell(11, 5), objective="A", owner="Nguyễn Văn An", due="2026-01-09"),
        ),
        cycle=CycleRecords(
            recognitions=(Recognition(text=LONG, cell=cell(1, 12), about="K", **to),),  # type: ignore[arg-type]
            feedback=(
                Feedback(text=LONG, cell=cell(2, 12), kind="Khen", visible=Visible.EVERYONE, **to),  # type: ignore[arg-type]
            ),
        ),
    )
    keep(records, found)
    page = browsing(path)
    assert page.get_by_text(LONG).first.is_visible()
    assert faults(page, "light", "dark") == ""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
