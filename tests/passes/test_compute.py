"""What a baseline comes to, whatever its size."""

import gc
from datetime import date
from pathlib import Path
from typing import Any

from sync.config.settings import config_of
from sync.domain.company import ALONE
from sync.domain.memory import Memory
from sync.domain.periods import Calendar, FiscalYear
from sync.passes.closed import NOTHING_CLOSED, ClosedPeriods
from sync.passes.compute import Known, Others, compute, read
from tests.inspect.test_explaining import long_tab
from tests.support.grids import book, grid

TABS = [
    {
        "title": "OKR",
        "objective": {"text": "Mục tiêu"},
        "key_result": {"text": "Kết quả then chốt", "target": "Chỉ tiêu", "current": "Hiện tại", "score": "Điểm"},
    }
]

LOGGED = [
    {
        "title": "OKR",
        "objective": {"text": "O", "period": "Kỳ"},
        "key_result": {"text": "KR", "target": "Đích", "current": {"check_in": True}, "score": "Điểm"},
    },
    {"title": "Log", "check_in": {"key_result": "KR", "date": "Ngày", "value": "Giá trị"}},
]


def known_of(tabs: list[dict[str, Any]], closed: ClosedPeriods = NOTHING_CLOSED) -> Known:
    config = config_of({"state": "state", "spreadsheet": [{"id": "book", "tab": tabs}]}, Path("config.toml"), {})
    return Known(config.spreadsheet[0], Memory(), None, Others(), False, closed, ALONE, date(2026, 11, 20))


def test_what_was_checked_in_counts_by_the_day_of_the_pass_and_the_periods_of_the_company() -> None:
    """In a year that begins in April, Q3 is on in November, and 30 September lies before it."""
    tabs = (
        grid("O | Kỳ | KR | Đích | Điểm\no | Q3/2026 | a | 10 | \no | Q3/2026 | b | 10 |"),
        grid("KR | Ngày | Giá trị\na | 2026-09-30 | 1\nb | 2026-11-20 | 5\nb | 2026-11-21 | 9", "Log", 2),
    )
    calendar = Calendar(FiscalYear(starts=4))
    known = known_of(LOGGED, ClosedPeriods(calendar=calendar))
    sheet = book(*tabs)
    computed = compute(sheet, read(sheet, known), known, frozenset())
    assert [each.current.text for each in computed.okrs.key_results] == ["", "5"]
    assert [(str(write.cell), write.new) for write in computed.plan.writes] == [("OKR!E3", 0.5)]


def test_nobody_searches_for_garbage_among_the_values_that_are_being_made() -> None:
    known, sheet, searched = known_of(TABS), book(long_tab(2000)), []

    def note(phase: str, _: dict[str, Any]) -> None:
        searched.append(phase)

    gc.collect()
    gc.callbacks.append(note)
    try:
        computed = compute(sheet, read(sheet, known), known, frozenset())
        within = len(searched)
    finally:
        gc.callbacks.remove(note)
    assert len(computed.plan.writes) == 2000
    # What is let go on may begin at once, after each of the two.
    assert within <= 4
