"""Rows that only the colour of their cells tells apart."""

import pytest

from tests.support.grids import grid, read

BY_COLOUR = """
[objective]
text = "Nhãn"
when = { header = "Nhãn", fill = "#FFA500" }
[key_result]
text = "Nhãn"
when = { header = "Nhãn", fill = "none" }
"""


def read_texts(table: str, by: str = BY_COLOUR) -> dict[str, list[str]]:
    reading = read(grid(table), by)
    texts = {found.key: found.text for found in reading.objectives}
    assert reading.problems == []
    return {text: [each.text for each in reading.key_results if each.objective == key] for key, text in texts.items()}


def test_the_colour_of_a_cell_tells_what_its_row_is() -> None:
    table = """
    Nhãn
    Tăng trưởng [#ffa500]
    Khách mới [#6fa8dc]
    Số khách
    Doanh số
    Chất lượng [#ffa500]
    Khiếu nại
    """
    assert read_texts(table) == {"Tăng trưởng": ["Số khách", "Doanh số"], "Chất lượng": ["Khiếu nại"]}


@pytest.mark.parametrize("colours", ['["#ffa500", "#f9cb9c"]', '["none", "#ffa500", "#f9cb9c"]'])
def test_one_of_several_colours_is_enough(colours: str) -> None:
    by = f'objective = {{ text = "O", when = {{ column = "A", fill = {colours} }} }}'
    assert list(read_texts(" | O\n[#ffa500] | a\n[#f9cb9c] | b\n[#000000] | c\n", by)) == ["a", "b"]


def test_rows_of_a_colour_may_be_skipped_and_end_the_table() -> None:
    by = """
    skip = { header = "O", fill = "#cccccc" }
    until = { header = "O", fill = "#000000" }
    objective.text = "O"
    """
    assert list(read_texts("O\na\nb [#cccccc]\nc\nd [#000000]\ne", by)) == ["a", "c"]


def test_a_merged_cell_has_its_colour_on_every_row() -> None:
    by = 'key_result = { text = "KR", when = { header = "Nhóm", fill = "#ffa500" } }'
    reading = read(grid("Nhóm | KR\nx [#ffa500] | a\n^ | b\ny | c"), by)
    assert [found.text for found in reading.key_results] == ["a", "b"]


def test_a_row_may_be_known_by_the_colour_of_its_section() -> None:
    by = 'key_result = { text = "KR", when = { header = "Mục", above = true, fill = "#ffa500" } }'
    reading = read(grid("Mục | KR\nI [#ffa500] | a\n | b\nII [#cccccc] | c\n | d"), by)
    assert [found.text for found in reading.key_results] == ["a", "b"]
