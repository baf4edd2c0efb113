"""The newest value of a check-in log is read as the key result's own column would be."""

from decimal import Decimal

import pytest

from sync.domain.okr import Metric
from sync.domain.scoring import score_key_result
from tests.support.grids import at, codes, grid, read_all

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
