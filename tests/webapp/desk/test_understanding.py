"""What a document makes of a workbook, however it came about: by one reading, or by one after every click."""

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.domain.cells import Area
from sync.domain.grid import CellError, Scalar, Tab
from sync.domain.periods import Calendar, FiscalYear
from tests.bench_desk import OpenRoad
from tests.support.grids import grid
from tests.webapp.desk.conftest import TODAY
from webapp.desk.desk import Desk
from webapp.desk.edits import EditError
from webapp.desk.understanding import WorkbookReader

HEADER = ("Mã", "Mục tiêu", "Kết quả then chốt", "Ban đầu", "Chỉ tiêu", "Hiện tại", "Trọng số", "Điểm")
TEXTS = ("Tăng trưởng", "TĂNG TRƯỞNG", "Giảm tỷ lệ lỗi xuống 5%", "Doanh thu ≤ 8", "Tổng cộng", "Ghi chú")
VALUES: st.SearchStrategy[Scalar] = st.one_of(
    st.sampled_from(TEXTS),
    st.sampled_from(("3/5", "có", "12,5", "1.234", "≤ 20 phút", "N/A", "", "O1", "KR1", "a\nb", "31/12/2026", "0,7")),
    st.sampled_from((None, True, False, 0, 1, 100, 0.25, 46_000, -0.0, 1e31, CellError("#REF!"))),
)
MAPPED = """
[[spreadsheet]]
id = "book"

[[spreadsheet.tab]]
title = "OKR"
objective = { text = "Mục tiêu" }

[spreadsheet.tab.key_result]
text = "Kết quả then chốt"
start = "Ban đầu"
target = "Chỉ tiêu"
current = "Hiện tại"
weight = "Trọng số"
score = "Điểm"
"""
FIELDS = {
    "objective": ("id", "text", "unit", "owner", "weight", "score", "parent", "due"),
    "key_result": ("id", "text", "start", "target", "current", "weight", "score", "owner", "progress", "metric", "due"),
}


@st.composite
def tabs(draw: st.DrawFn) -> Tab:
    """A tab of what people put into cells, with formats and merges anywhere."""
    rows = draw(st.lists(st.lists(VALUES, min_size=len(HEADER), max_size=len(HEADER)), min_size=1, max_size=8))
    places = st.tuples(st.integers(1, len(rows)), st.integers(0, len(HEADER) - 1))
    top, column = draw(places)
    merges = (Area(top, column, len(rows) + 1, column + 1),) if draw(st.booleans()) and top < len(rows) else ()
    formats = st.frozensets(places, max_size=6)
    return Tab(1, "OKR", [HEADER, *rows], percents=draw(formats), dates=draw(formats), merges=merges, columns=9)


def _role(found: tuple[int, tuple[str, str], bool]) -> dict[str, Any]:
    column, (record, field), on = found
    return {"do": "role", "column": column, "record": record, "field": field, "on": on}


def _setting(found: tuple[str, Any]) -> dict[str, Any]:
    return {"do": "set", "path": [found[0]], "value": found[1]}


ROLES = [(record, field) for record, fields in FIELDS.items() for field in fields]
CLICKS: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.tuples(st.integers(0, len(HEADER) - 1), st.sampled_from(ROLES), st.booleans()).map(_role),
    st.fixed_dictionaries({"do": st.just("answer"), "question": st.integers(0, 4), "answer": st.integers(0, 1)}),
    st.sampled_from(({"do": "undo"}, {"do": "redo"}, {"do": "take"})),
    st.tuples(st.sampled_from(("skip", "until")), st.sampled_from(("Tổng cộng", "Ghi chú", "Tăng trưởng"))).map(
        lambda said: {"do": "condition", "path": [said[0]], "condition": {"header": "Mục tiêu", "is": said[1]}}
    ),
    st.tuples(st.just("numbers"), st.sampled_from(("en_US", "vi_VN"))).map(_setting),
    st.tuples(st.just("nothing"), st.sampled_from((["N/A"], ["0", "có"], ["100"]))).map(_setting),
)


def clicked(desk: Desk, click: dict[str, Any]) -> None:
    if click["do"] in ("undo", "redo"):
        getattr(desk, click["do"])()
        return
    with suppress(EditError):
        desk.edit(desk.tab(1), click, "vi")


@settings(max_examples=40, deadline=None)
@given(tabs(), st.sampled_from(("", MAPPED)), st.lists(CLICKS, min_size=1, max_size=8))
def test_what_is_understood_click_by_click_is_what_one_reading_of_the_result_gives(
    tab: Tab, before: str, clicks: list[dict[str, Any]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.toml"
        path.write_text(before, encoding="utf-8")
        desk = Desk(OpenRoad(tab), path, lambda: TODAY, "vi", is_copy=False)
        for click in clicks:
            clicked(desk, click)
            fresh = WorkbookReader(desk.book).understand(desk.document)
            for part in ("entries", "reading", "scores", "plan", "problems", "comparisons"):
                assert repr(getattr(desk.understanding, part)) == repr(getattr(fresh, part)), part


FISCAL = """
[[spreadsheet]]
id = "book"

[[spreadsheet.tab]]
title = "OKR"

[spreadsheet.tab.objective]
text = "O"
period = "Kỳ"

[spreadsheet.tab.key_result]
text = "KR"
target = "Đích"
current = { check_in = true }

[[spreadsheet.tab]]
title = "Log"

[spreadsheet.tab.check_in]
key_result = "KR"
date = "Ngày"
value = "Giá trị"
"""


def test_a_check_in_is_of_the_quarter_of_the_companys_year_as_in_a_pass(tmp_path: Path) -> None:
    okrs = grid("O | Kỳ | KR | Đích\nBán hàng | Q1/2026 | Doanh thu | 10\nBán lẻ | Q2/2026 | Doanh thu | 10")
    road = OpenRoad(okrs, grid("KR | Ngày | Giá trị\nDoanh thu | 2026-05-10 | 7", "Log", 2))
    path = tmp_path / "config.toml"
    path.write_text(FISCAL, encoding="utf-8")
    from_april = Calendar(FiscalYear(4, "start"))
    desk = Desk(road, path, lambda: TODAY, "vi", is_copy=False, calendar=from_april)
    assert [each.current.text for each in desk.understanding.reading.key_results] == ["7", ""]
