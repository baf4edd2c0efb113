"""Dates of records: what cannot be read is told at its cell, with what to type instead."""

import pytest

from sync.translations.problems import hint_of
from tests.support.grids import at, grid, read

DUE = 'initiative = { text = "Việc", due = "Hạn" }'


def due(cell: str, locale: str = "vi_VN") -> tuple[str, list[tuple[str, str]]]:
    """The due date of an initiative, and each problem with its example."""
    reading = read(grid(f"Việc | Hạn\na | {cell}"), DUE, locale)
    assert all(found.cell == at("B2") for found in reading.problems)
    [initiative] = reading.initiatives
    return initiative.due, [(found.code, dict(found.facts)["example"]) for found in reading.problems]


@pytest.mark.parametrize("cell", ["46326", "31/10/2026", "ngày 31 tháng 10 năm 2026", "31 Oct 2026", "2026-10-31"])
@pytest.mark.parametrize("locale", ["vi_VN", "en_GB", "ja_JP"])
def test_a_date_is_read_in_vietnamese_and_english_in_a_sheet_of_any_language(cell: str, locale: str) -> None:
    if locale == "ja_JP" and "/" in cell:
        pytest.skip("31/10/2026 is not how dates are written there")
    assert due(cell, locale) == ("2026-10-31", [])


@pytest.mark.parametrize(
    ("cell", "code", "example"),
    [
        ("tháng 10", "day-missing", "2026-03-31"),
        ("Tháng 10/2026", "day-missing", "2026-10-31"),
        ("T2/2028", "day-missing", "2028-02-29"),
        ("cuối tháng 11 năm 2026", "day-missing", "2026-11-30"),
        ("10/2026", "day-missing", "2026-10-31"),
        ("2026-10", "day-missing", "2026-10-31"),
        ("October 2026", "day-missing", "2026-10-31"),
        ("end of Oct", "day-missing", "2026-03-31"),
        ("Quý 4", "day-missing", "2026-03-31"),
        ("Q2/2026", "day-missing", "2026-06-30"),
        ("Quý IV/2026", "day-missing", "2026-12-31"),
        ("tuần 42", "day-missing", "2026-03-31"),
        ("2026", "day-missing", "2026-12-31"),
        ("10", "day-missing", "2026-03-31"),
        ("30/2/2026", "no-such-day", "2026-02-28"),
        ("31/4/2026", "no-such-day", "2026-04-30"),
        ("10/31/2026", "no-such-day", "2026-10-31"),
        ("45/45/2026", "no-such-day", "2026-03-31"),
        ("31. lokakuuta 2026", "not-a-date", "2026-03-31"),
        ("khi nào xong", "not-a-date", "2026-03-31"),
        ("TRUE", "not-a-date", "2026-03-31"),
        ("#REF!", "not-a-date", "2026-03-31"),
    ],
)
def test_what_is_no_day_is_told_with_what_to_type_instead(cell: str, code: str, example: str) -> None:
    written, problems = due(cell)
    assert problems == [(code, example)]
    assert written == cell


@pytest.mark.parametrize("cell", ["", "-", "N/A", "chưa đo"])
def test_no_date_is_no_problem(cell: str) -> None:
    assert due(cell) == ("", [])


def test_the_hint_says_a_date_that_can_be_typed_as_it_is() -> None:
    [found] = read(grid("Việc | Hạn\na | 30/2/2026"), DUE).problems
    assert hint_of(found, "vi") == "Hãy nhập đúng ngày muốn nói, ví dụ 2026-02-28."


@pytest.mark.parametrize(
    ("by", "column"),
    [
        ('key_result = { text = "A", due = "B" }', "B"),
        ('initiative = { text = "A", start = "B" }', "B"),
        ('check_in = { key_result = "A", date = "B" }', "B"),
        ('review = { about = "A", date = "B" }', "B"),
        ('recognition = { text = "A", receiver = "A", date = "B" }', "B"),
        ('feedback = { text = "A", receiver = "A", date = "B" }', "B"),
        ('coaching = { person = "A", date = "B" }', "B"),
        ('coaching = { person = "A", due = "B" }', "B"),
    ],
)
def test_every_date_of_every_record_is_looked_at(by: str, column: str) -> None:
    reading = read(grid("A | B\na | 30/2/2026"), "objective.text.value = 'o'\n" + by)
    assert ("no-such-day", at(f"{column}2")) in [(found.code, found.cell) for found in reading.problems]


def test_a_date_cell_far_back_is_believed_and_a_bare_small_number_is_not() -> None:
    assert due("2026") == ("2026", [("day-missing", "2026-12-31")])
    assert due("36526") == ("2000-01-01", [])
