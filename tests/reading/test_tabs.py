"""Which tabs a mapping reads, and tabs that several mappings read."""

import pytest

from sync.reading import read_book
from sync.translations.problems import message_of
from tests.support.grids import at, book, codes, grid, mapping, read_all


def test_a_missing_tab_is_told_with_the_tabs_that_are_there() -> None:
    reading = read_all([grid("KR\na", "Khác")], 'key_result.text = "KR"')
    assert [(found.code, found.cell, dict(found.facts)) for found in reading.problems] == [
        ("tab-missing", None, {"title": "OKR", "tabs": "“Khác”"})
    ]


def test_a_pattern_maps_every_tab_that_fits() -> None:
    tabs = [grid("KR\na", "OKR Sales", 1), grid("KR\nb", "okr HR", 2), grid("KR\nc", "Nháp", 3)]
    reading = read_all(tabs, 'title = "OKR *"\nkey_result.text = "KR"')
    assert [found.text for found in reading.key_results] == ["a", "b"]


def test_a_renamed_tab_is_followed() -> None:
    tabs = book(grid("KR\na", "OKR quý 1", 7))
    reading = read_book(tabs, [mapping('key_result.text = "KR"')], {7: "OKR"})
    assert [found.text for found in reading.key_results] == ["a"]
    assert "tab-renamed" in codes(reading)
    assert reading.titles == {7: "OKR"}


def test_a_renamed_tab_whose_new_title_was_written_into_the_mapping_is_what_the_mapping_says() -> None:
    tabs = book(grid("KR\na", "OKR quý 1", 7))
    reading = read_book(tabs, [mapping('title = "OKR quý 1"\nkey_result.text = "KR"')], {7: "OKR"})
    assert [found.text for found in reading.key_results] == ["a"]
    assert {"tab-renamed", "tab-missing"}.isdisjoint(codes(reading))
    assert reading.titles == {7: "OKR quý 1"}


def test_a_new_tab_with_the_old_title_is_the_one_that_counts() -> None:
    tabs = book(grid("KR\na", "Bản cũ", 7), grid("KR\nb", "OKR", 8))
    reading = read_book(tabs, [mapping('key_result.text = "KR"')], {7: "OKR"})
    assert [found.text for found in reading.key_results] == ["b"]
    assert "tab-renamed" not in codes(reading)


QUARTERS = """
Mục tiêu | KR | Đích Q1 | Nay Q1 | Đích Q2 | Nay Q2
Tăng     | a  | 10      | 5      | 10      | 1
Giảm     | b  | 20      | 4      | 20      | 2
"""


def by_quarter(title: str, quarter: str) -> str:
    return f"""
        title = "{title}"
        objective.text = "Mục tiêu"
        key_result = {{ text = "KR", target = "Đích {quarter}", current = "Nay {quarter}" }}
    """


def test_a_tab_that_two_patterns_read_in_the_same_cells_is_refused_with_one_problem() -> None:
    reading = read_all([grid(QUARTERS, "OKR 2026")], by_quarter("OKR*", "Q1"), by_quarter("*2026", "Q1"))
    assert [(found.code, found.cell) for found in reading.problems] == [("tab-twice", at("B2", tab="OKR 2026"))]
    assert "(“OKR*”, “*2026”)" in message_of(reading.problems[0], "en")
    assert (reading.key_results, reading.objectives) == ((), ())
    assert all(tab.refused for tab in reading.tabs)


def test_quarters_side_by_side_on_one_tab_are_two_parts_of_it() -> None:
    reading = read_all([grid(QUARTERS)], by_quarter("OKR", "Q1"), by_quarter("OK*", "Q2"))
    assert [(found.text, found.current.text) for found in reading.key_results] == [
        ("a", "5"),
        ("b", "4"),
        ("a", "1"),
        ("b", "2"),
    ]
    assert reading.problems == ()


def test_two_mappings_that_share_out_the_rows_of_a_tab_are_two_parts_of_it() -> None:
    tab = grid("Nhóm | KR | Đích | Nay\nA | a | 10 | 5\nB | b | 10 | 5")
    part = """
        key_result = {{ text = "KR", target = "Đích", current = "Nay", when = {{ header = "Nhóm", is = "{}" }} }}
        objective.text.value = "Tăng"
    """
    reading = read_all([tab], part.format("A"), part.format("B"))
    assert [found.text for found in reading.key_results] == ["a", "b"]
    assert "tab-twice" not in [found.code for found in reading.problems]


@pytest.mark.parametrize(
    "record", ['objective.text = "KR"', 'check_in = { key_result = "KR", value = "Nay Q1" }', 'initiative.text = "KR"']
)
def test_other_records_that_are_read_twice_are_told_too(record: str) -> None:
    reading = read_all([grid(QUARTERS)], f'title = "OKR"\n{record}', f'title = "O*"\n{record}')
    assert [found.code for found in reading.problems] == ["tab-twice"]
