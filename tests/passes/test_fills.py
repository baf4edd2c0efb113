"""A pass over a sheet whose rows only the colour of their cells tells apart."""

from collections.abc import Mapping

import pytest

from sync.domain.memory import PassResult
from sync.local_sheets import LocalSheets
from tests.support.edits import inserted
from tests.support.installation import Installation
from tests.support.lost_answers import WRITE

BY_COLOUR = """
[[spreadsheet]]
id = "sales"
[[spreadsheet.tab]]
title = "OKR"
[spreadsheet.tab.objective]
when = { header = "Nội dung", fill = "#ffa500" }
text = "Nội dung"
[spreadsheet.tab.key_result]
when = { header = "Nội dung", fill = "none" }
text = "Nội dung"
target = "Chỉ tiêu"
current = "Hiện tại"
score = "Điểm"
"""
TABLE: list[list[object]] = [
    ["Nội dung", "Chỉ tiêu", "Hiện tại", "Điểm"],
    ["Bán tốt hơn", None, None, None],
    ["Khách mới", 9, 9, None],
    ["Doanh thu", 10, 4, None],
    ["Cửa hàng", 10, 8, None],
]
ORANGE = {"rgbColor": {"red": 1, "green": 165 / 255}}
BLUE = {"rgbColor": {"red": 0.4, "green": 0.6, "blue": 0.8}}


def paint(server: LocalSheets, row: int, colour: Mapping[str, object]) -> None:
    area = {"sheetId": 0, "startRowIndex": row, "endRowIndex": row + 1, "startColumnIndex": 0, "endColumnIndex": 4}
    look = {"userEnteredFormat": {"backgroundColorStyle": colour}}
    fields = "userEnteredFormat.backgroundColorStyle"
    server.edit("sales", {"repeatCell": {"range": area, "cell": look, "fields": fields}})


@pytest.fixture
def painted(installation: Installation) -> Installation:
    installation.spreadsheet("sales", {"OKR": TABLE})
    paint(installation.server, 1, ORANGE)
    paint(installation.server, 2, BLUE)
    installation.configure(BY_COLOUR)
    return installation


def scores(installation: Installation) -> dict[str, object]:
    cells = installation.cells("sales", "OKR")
    texts = {a1[1:]: str(text) for a1, text in cells.items() if a1[0] == "A" and text != "Nội dung"}
    return {text: cells.get(f"D{row}") for row, text in texts.items()}


def test_only_rows_of_the_right_colour_are_scored_and_an_idle_pass_is_one_read(painted: Installation) -> None:
    assert painted.counted(painted.sync) == (1, 1)
    assert scores(painted) == {"Bán tốt hơn": None, "Khách mới": None, "Doanh thu": 0.4, "Cửa hàng": 0.8}
    assert painted.counted(painted.sync) == (1, 0)


def test_rows_that_move_under_a_write_keep_their_colours_in_what_is_planned_next(painted: Installation) -> None:
    painted.server.before(WRITE, inserted(2))
    assert painted.sync().result is PassResult.OK
    assert scores(painted) == {"Bán tốt hơn": None, "Khách mới": None, "Doanh thu": 0.4, "Cửa hàng": 0.8}


def test_another_colour_alone_is_seen_with_the_next_value_or_within_a_quarter_of_an_hour(painted: Installation) -> None:
    painted.sync()
    paint(painted.server, 4, BLUE)
    assert painted.sync().result is PassResult.UNCHANGED
    painted.later(16 * 60)
    outcome = painted.sync()
    assert outcome.snapshot is not None
    assert [found.text for found in outcome.snapshot.key_results] == ["Doanh thu"]
