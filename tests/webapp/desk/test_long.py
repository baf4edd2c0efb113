"""A workbook of many rows: shown by its beginning at once, whole a moment later, and what is sent stays small."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from sync.domain.grid import Tab
from tests.bench_desk import OpenRoad
from tests.inspect.test_explaining import long_tab
from tests.support.installation import Rows
from tests.support.steps import steps
from tests.webapp.desk.conftest import TODAY, OpenDesk
from tests.webapp.desk.desk_page import DeskPage
from webapp.desk import view
from webapp.desk.desk import Desk
from webapp.desk.understanding import BEGINNING, MOST_AT_ONCE
from webapp.reader.languages import load_words

Look = Callable[[Desk], DeskPage]
WORDS = load_words()["en"]
MANY = MOST_AT_ONCE


def desk_over(count: int, folder: Path) -> Desk:
    return Desk(OpenRoad(long_tab(count)), folder / "config.toml", lambda: TODAY, "en", is_copy=False)


def state(desk: Desk, sight: range = range(0)) -> dict[str, Any]:
    return view.whole(desk, desk.tab(None), WORDS, sight)


def test_a_long_workbook_is_shown_by_its_beginning_and_says_so_until_all_of_it_is_read(tmp_path: Path) -> None:
    desk = desk_over(MANY, tmp_path)
    first = state(desk)
    assert first["rowsRead"] == BEGINNING
    assert len(first["tab"]["rows"]) == BEGINNING
    assert "e" not in first["tab"]["rows"]
    _ = desk.understanding
    whole = state(desk)
    assert whole["rowsRead"] is None
    assert len(whole["tab"]["rows"]) == MANY + 1
    assert whole["tab"]["rows"].startswith(first["tab"]["rows"])


def test_what_is_shown_at_first_costs_the_same_however_many_rows_follow(tmp_path: Path) -> None:
    few, many = desk_over(MANY, tmp_path), desk_over(4 * MANY, tmp_path)
    assert steps("sync", lambda: state(many)) < 1.1 * steps("sync", lambda: state(few))


def test_a_workbook_that_is_read_fast_enough_is_shown_whole_at_once(tmp_path: Path) -> None:
    assert state(desk_over(MOST_AT_ONCE - 1, tmp_path))["rowsRead"] is None


def test_a_question_about_what_stands_below_all_waits_until_all_is_read(tmp_path: Path) -> None:
    rows = [*long_tab(MANY).values]
    rows[BEGINNING - 1] = ["Mục tiêu cuối", None, 5, 5, None]
    desk = Desk(OpenRoad(Tab(1, "OKR", rows)), tmp_path / "config.toml", lambda: TODAY, "en", is_copy=False)
    assert [card for card in desk.cards if card.number < 0] == []
    assert desk.at_first.reading.objectives[-1].text == "Mục tiêu cuối"


def test_a_click_on_a_long_workbook_is_answered_at_once_and_carried_out_whole(tmp_path: Path) -> None:
    desk = desk_over(MANY, tmp_path)
    _ = desk.understanding
    owner = {"do": "role", "column": 1, "record": "key_result", "field": "owner", "on": True}
    desk.edit(desk.tab(None), owner, "en")
    assert state(desk)["rowsRead"] == BEGINNING
    assert len({found.owner for found in desk.understanding.reading.key_results}) == MANY


def test_scores_are_told_of_the_first_rows_and_those_in_sight(tmp_path: Path) -> None:
    desk = desk_over(2000, tmp_path)
    told = state(desk, range(1500, 1503))["tab"]
    rows = [int(place.split(",")[0]) for place in told["scores"]]
    assert rows == [*range(1, 300), 1500, 1501, 1502]
    assert told["takesScores"]


def test_an_answer_hardly_grows_with_the_rows(tmp_path: Path) -> None:
    few, many = desk_over(1000, tmp_path), desk_over(3000, tmp_path)
    assert len(json.dumps(state(many))) < len(json.dumps(state(few))) + 2 * 2000


def test_rows_far_below_wear_what_their_cells_take_once_they_are_in_sight(open_desk: OpenDesk, look_at: Look) -> None:
    rows: Rows = [list(row) for row in long_tab(700).values]
    desk = look_at(open_desk({"OKR": rows}))
    desk.page.locator("#grid").evaluate(
        "grid => { grid.scrollTop = 0.9 * 700 * grid.querySelector('.row-number').offsetHeight; }"
    )
    expect(desk.page.locator("#cell-640-4 .new-score")).to_have_text("→ 0,39")


def test_the_page_tells_of_the_beginning_then_of_all_rows(open_desk: OpenDesk, look_at: Look, tab: Page) -> None:
    rows: Rows = [list(row) for row in long_tab(MANY).values]
    held: list[Route] = []
    tab.route(re.compile("whole=1"), lambda route: held.append(route), times=1)
    desk = look_at(open_desk({"OKR": rows}))
    expect(desk.page.locator("#state")).to_contain_text(f"of the first {BEGINNING} rows of each tab so far")
    held[0].continue_()
    expect(desk.page.locator("#state")).to_have_text("not saved yet", timeout=60_000)
    desk.page.locator("#view-understood").click()
    expect(desk.page.locator("#panel")).to_contain_text(f"{MANY} key results")
