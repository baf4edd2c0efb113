"""The newest value of a check-in log is read as the key result's own column would be."""

from datetime import date
from decimal import Decimal

import pytest

from sync.domain.okr import Metric
from sync.domain.scoring import score_key_result
from sync.reading import read_book
from tests.support.grids import at, book, codes, grid, mapping, read_all

OKR = """
objective.text.value = "o"
[key_result]
text = "KR"
start = "Đầu"
target = "Đích"
"""
OWN = 'current = "Nay"\n'
LOGGED = "current = { check_in = true }\n"
LOG = """
title = "Log"
[check_in]
key_result = "KR"
date = "Ngày"
value = "Giá trị"
"""


def scored(
    start: str, target: str, current: str, *, logged: bool, more: str = ""
) -> tuple[Metric, Decimal | None, str]:
    by = OKR + (LOGGED if logged else OWN) + more
    own = f"KR | Đầu | Đích | Nay\na | {start} | {target} | {'' if logged else current}"
    log = f"KR | Ngày | Giá trị\na | 2026-11-01 | {current}"
    [found] = read_all([grid(own), grid(log, "Log", 2)], by, LOG).key_results
    score = score_key_result(found)
    return found.metric, score.value, score.problem


@pytest.mark.parametrize(
    ("start", "target", "current", "score"),
    [
        ("", "", "2/4", "0.5"),
        ("", "5", "2/4", "0.4"),
        ("", "", "Xong", "1"),
        ("", "Có", "Chưa", "0"),
        ("", "Không", "Không", "1"),
        ("", "80", "60", "0.75"),
        ("20", "10", "15", "0.5"),
        ("", "≤ 5", "4", "1"),
        ("", "90%%", "45%", "0.5"),
        ("", "", "TRUE", "1"),
    ],
)
def test_a_value_scores_the_same_from_the_log_as_from_its_own_column(
    start: str, target: str, current: str, score: str
) -> None:
    own = scored(start, target, current, logged=False)
    assert own[1:] == (Decimal(score), "")
    assert scored(start, target, current, logged=True) == own


def test_steps_towards_a_yes_are_counted_neither_here_nor_there() -> None:
    assert scored("", "Có", "2/4", logged=False)[1:] == (None, "not-a-number")
    assert scored("", "Có", "2/4", logged=True)[1:] == (None, "not-a-number")


def test_steps_checked_in_for_a_limit_are_told_and_not_counted() -> None:
    more = 'metric.value = "at_most"\n'
    assert scored("", "5", "2/4", logged=True, more=more)[1:] == (None, "not-a-number")
    tabs = [grid("KR | Đầu | Đích\na | | 5"), grid("KR | Ngày | Giá trị\na | 2026-11-01 | 2/4", "Log", 2)]
    [problem] = read_all(tabs, OKR + LOGGED + more, LOG).problems
    assert (problem.code, problem.cell) == ("not-a-number", at("C2", 2, "Log"))


def test_the_newest_steps_count_and_are_taken_out_of_a_text_by_a_pattern() -> None:
    log = LOG.replace('"Giá trị"', r"""{ header = "Giá trị", pattern = '\d+/\d+' }""")
    rows = "KR | Ngày | Giá trị\na | 2026-11-08 | 3/4 hoàn thành\na | 2026-11-01 | 2/4 hoàn thành\na | 2026-11-09 | —"
    reading = read_all([grid("KR | Đầu | Đích\na | |"), grid(rows, "Log", 2)], OKR + LOGGED, log)
    [found] = reading.key_results
    assert (found.current.number, found.target.number) == (Decimal(3), Decimal(4))
    assert [(each.value.number, each.total) for each in reading.check_ins] == [(3, 4), (2, 4), (None, None)]
    assert codes(reading) == []


@pytest.mark.parametrize(("last", "current", "told"), [("30", 50, []), ("-", 20, []), ("xong", None, ["not-a-number"])])
def test_a_log_of_what_came_in_is_added_up_and_one_line_that_is_no_number_gives_none(
    last: str, current: int | None, told: list[str]
) -> None:
    summed = LOGGED.replace("true", 'true, pick = "sum"')
    rows = f"KR | Ngày | Giá trị\na | 2026-11-08 | 20\na | 2026-11-01 | {last}"
    reading = read_all([grid("KR | Đầu | Đích\na | 0 | 100"), grid(rows, "Log", 2)], OKR + summed, LOG)
    assert [found.current.number for found in reading.key_results] == [current]
    assert codes(reading) == told


PERIODS = """
[objective]
text = "O"
period = "Kỳ"
[key_result]
id = "Mã"
text = "KR"
target = "Đích"
current = { check_in = true }
"""
TODAY = date(2026, 11, 20)


def currents(key_results: str, log: str) -> dict[str, str]:
    """By period, the current values that a log (key result, day, value) gives on a day of Q4."""
    own = grid(f"O | Kỳ | Mã | KR | Đích\n{key_results}")
    rows = grid(f"KR | Ngày | Giá trị\n{log}", "Log", 2)
    reading = read_book(book(own, rows), [mapping(PERIODS), mapping(LOG)], today=TODAY)
    periods = {found.key: found.period for found in reading.objectives}
    return {periods[found.objective]: found.current.text for found in reading.key_results}


Q4 = "Tăng | Q4/2026 | K1 | Doanh thu | 10"
Q3_AND_Q4 = f"Giảm | Q3/2026 | K1 | Chi phí | 10\n{Q4}"


@pytest.mark.parametrize(
    ("day", "counts"), [("2026-11-20", "8"), ("2026-11-21", "3"), ("2026-10-01", "3"), ("2026-09-30", "3")]
)
def test_a_row_of_the_future_or_of_before_the_period_is_no_current_value(day: str, counts: str) -> None:
    assert currents(Q4, f"K1 | 2026-10-02 | 3\nK1 | {day} | 8") == {"Q4/2026": counts}
    assert currents(Q4, f"K1 | {day} | 8") == {"Q4/2026": "8" if "2026-10-01" <= day <= "2026-11-20" else ""}


def test_an_id_means_the_key_result_of_the_period_that_holds_the_day() -> None:
    log = "K1 | 2026-09-20 | 4\nK1 | 2026-11-10 | 7"
    assert currents(Q3_AND_Q4, log) == {"Q3/2026": "4", "Q4/2026": "7"}
    assert currents(Q3_AND_Q4, "K1 | 2026-09-20 | 4") == {"Q3/2026": "4", "Q4/2026": ""}


def test_a_late_number_counts_for_the_period_that_is_over() -> None:
    assert currents("Giảm | Q3/2026 | K1 | Chi phí | 10", "K1 | 2026-10-05 | 4") == {"Q3/2026": "4"}


def test_a_row_without_a_day_counts_where_one_key_result_can_be_meant_by_now() -> None:
    planned = f"{Q4}\nTăng nữa | Q1/2027 | K1 | Doanh thu mới | 10"
    assert currents(planned, "K1 | | 7") == {"Q4/2026": "7", "Q1/2027": ""}
    assert currents(Q3_AND_Q4, "K1 | | 7") == {"Q3/2026": "", "Q4/2026": ""}


def test_a_name_that_two_key_results_of_a_period_bear_is_not_guessed_at() -> None:
    twice = f"{Q4}\nGiữ | Q4/2026 | K2 | Doanh thu | 5"
    assert set(currents(twice, "Doanh thu | 2026-11-10 | 7").values()) == {""}
