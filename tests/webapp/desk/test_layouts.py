"""The real layouts, mapped on the desk alone from what inspect proposes, by the shortest way that is known.

The sheets are third-party material and live outside the repository; where they are not there, these tests are skipped.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sync.cli.desk import SheetRoad
from tests.support.installation import Installation
from tests.support.layout_cases import LAYOUTS, TODAY, UNFILLED, layout, layouts, misses
from tests.webapp.desk.desk_page import DeskPage
from webapp.desk.desk import Desk

pytestmark = pytest.mark.skipif(not LAYOUTS.is_dir(), reason=f"the layouts are not at {LAYOUTS}")

MOST_CLICKS = 12


def milestones_on_another_tab(desk: DeskPage) -> None:
    another = "It is a key result of another kind, measured in its own way, as are all rows where…"
    desk.row(11, another, "“Chỉ tiêu” is “theo mốc công việc”")
    desk.column("A", "Key result 1", "ID")
    desk.rule("Key result 1: the current value is", "the newest check-in")
    desk.tab("Phụ lục G1")
    desk.column("A", "Check-in", "its key result")
    desk.column("H", "Check-in", "value")
    desk.rule("Check-in: value: of “2/4 hoàn thành” counts", "2/4")


def two_tabs_of_which_one_counts(desk: DeskPage) -> None:
    desk.answer("the same key results stand on “OKR Data (filled)”", "“OKR Data” is left out")
    desk.tab("OKR Data (filled)")
    desk.rule("Key result: the same one on several rows is", "one, of which the mean counts")


def kinds_of_rows_by_colour(desk: DeskPage) -> None:
    desk.row(2, "It is an objective, as are all rows where…", "“Label” has the colour #ffa500")
    desk.row(4, "It is “Key result”, as are all rows where…", "“Label” has the colour none")
    desk.column("B", "Key result", "target, beside the other column")
    desk.column("F", "Objective", "place of the score")


WAYS: dict[str, Callable[[DeskPage], None]] = {
    "11-vn-coded-weighted-rows": milestones_on_another_tab,
    "28-en-four-levels-repeated-parents": two_tabs_of_which_one_counts,
    "31-vn-label-group-rows-two-targets": kinds_of_rows_by_colour,
}


def case_of(source: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((source / "case.json").read_text(encoding="utf-8"))
    return found


MAPPED = [source for source in layouts() if case_of(source)["should_map"]]


@pytest.mark.parametrize("source", MAPPED, ids=lambda source: source.name)
def test_a_layout_is_mapped_without_touching_its_text(
    source: Path, tmp_path: Path, look_at: Callable[[Desk], DeskPage]
) -> None:
    with Installation(tmp_path, locale=case_of(source)["locale"]) as installation:
        workbook = Path(shutil.copy(source / "workbook.xlsx", tmp_path / f"{source.name}.xlsx"))
        id_, path = installation.server.import_workbook(workbook), tmp_path / "config.toml"
        desk = look_at(Desk(SheetRoad(installation.client, id_, path), path, lambda: TODAY, "en", is_copy=False))
        if source.name in WAYS:
            WAYS[source.name](desk)
        desk.save()
        found = desk.desk.understanding
        wrong = misses(layout(source), found.reading, found.scores, found.plan)
        assert [miss for miss in wrong if (source.name, miss.at[1]) not in UNFILLED] == []
        assert desk.clicks <= MOST_CLICKS


def test_most_layouts_need_no_click_at_all() -> None:
    assert len(WAYS) * 2 < len(MAPPED)
