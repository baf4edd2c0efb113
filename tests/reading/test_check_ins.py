"""A line of a check-in log: what was, how sure somebody is, what is in the way, what comes next."""

import sys
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from sync.domain.grid import Tab
from sync.domain.okr import CheckIn
from sync.reading import read_book
from tests.support.grids import at, book, codes, grid, mapping, read

BY = """
[check_in]
key_result = "KR"
date = "Ngày"
value = "Giá trị"
before = "Trước"
confidence = { header = "Tự tin", words = { "Xanh lá" = 8, "Ổn" = 6 } }
obstacle = "Khó khăn"
next_step = "Bước tiếp"
comment = "Ghi chú"
author = "Ai"
"""
HEADER = "KR | Ngày | Giá trị | Trước | Tự tin | Khó khăn | Bước tiếp | Ghi chú | Ai"


def one(confidence: str = "", before: str = "") -> tuple[CheckIn, list[str]]:
    table = f"{HEADER}\nKR1 | 20/11/2026 | 12 | {before} | {confidence} | Thiếu người | Tuyển thêm | Chậm | An"
    reading = read(grid(table), BY)
    return reading.check_ins[0], codes(reading)


def test_all_that_a_log_may_say_is_read() -> None:
    found, problems = one("7", "10")
    assert (found.date, found.date_cell) == ("2026-11-20", at("B2"))
    assert (found.value.number, found.before.number) == (Decimal(12), Decimal(10))
    assert (found.obstacle, found.next_step, found.comment, found.author) == ("Thiếu người", "Tuyển thêm", "Chậm", "An")
    assert problems == []


def test_a_value_before_that_is_no_number_is_told() -> None:
    found, problems = one(before="mười")
    assert (found.before.number, problems) == (None, ["not-a-number"])


@pytest.mark.parametrize(
    ("confidence", "level"),
    [
        ("7", "7"),
        ("0", "0"),
        ("10", "10"),
        ("8/10", "8"),
        ("4/5", "8"),
        ("80%", "8"),
        ("80%%", "8"),
        ("Rất tốt", "9"),
        ("Không ổn lắm", "3"),
        ("High", "8"),
        ("🔴", "2"),
        ("Xanh lá", "8"),
        ("Ổn", "6"),
    ],
)
def test_how_sure_somebody_is_as_a_number(confidence: str, level: str) -> None:
    found, problems = one(confidence)
    assert (found.confidence_level, problems) == (Decimal(level), [])
    assert found.confidence


@pytest.mark.parametrize("confidence", ["", "0.8", "11", "-1", "7/0", "12/10", "130%", "6–8", "Tùy thị trường"])
def test_what_is_no_such_number_stays_words(confidence: str) -> None:
    found, problems = one(confidence)
    assert (found.confidence_level, problems) == (None, [])


def calls(job: Callable[[], Any]) -> int:
    """How many functions of ours a job calls, which says how much it does on any machine."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(counted)
    try:
        job()
    finally:
        sys.setprofile(None)
    return count


def log_of(rows: int) -> Tab:
    lines = (
        f"KR{row % 40} | {row % 28 + 1}/11/2026 | {row} | | 7 | Thiếu người | Gọi {row} | | An" for row in range(rows)
    )
    return grid("\n".join([HEADER, *lines]))


def test_a_log_of_20000_rows_is_read_and_ten_times_the_rows_take_ten_times_the_work() -> None:
    short, long = log_of(200), log_of(2000)
    read_book(book(short), [mapping(BY)])
    work = [calls(partial(read_book, book(tab), [mapping(BY)])) for tab in (short, long)]
    assert work[1] < 11 * work[0]
    assert len(read_book(book(log_of(20000)), [mapping(BY)]).check_ins) == 20000
