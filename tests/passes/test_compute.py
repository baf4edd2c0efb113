"""What a baseline comes to, whatever its size."""

import gc
from datetime import date
from pathlib import Path
from typing import Any

from sync.config.settings import config_of
from sync.domain.company import ALONE
from sync.domain.memory import Memory
from sync.passes.closed import NOTHING_CLOSED
from sync.passes.compute import Known, Others, compute
from tests.inspect.test_explaining import long_tab
from tests.support.grids import book

TABS = [
    {
        "title": "OKR",
        "objective": {"text": "Mục tiêu"},
        "key_result": {"text": "Kết quả then chốt", "target": "Chỉ tiêu", "current": "Hiện tại", "score": "Điểm"},
    }
]


def test_nobody_searches_for_garbage_among_the_values_that_are_being_made() -> None:
    config = config_of({"state": "state", "spreadsheet": [{"id": "book", "tab": TABS}]}, Path("config.toml"), {})
    known = Known(config.spreadsheet[0], Memory(), None, Others(), False, NOTHING_CLOSED, ALONE, date(2026, 11, 20))
    sheet, searched = book(long_tab(2000)), []

    def note(phase: str, _: dict[str, Any]) -> None:
        searched.append(phase)

    gc.collect()
    gc.callbacks.append(note)
    try:
        computed = compute(sheet, known, frozenset())
        within = len(searched)
    finally:
        gc.callbacks.remove(note)
    assert len(computed.plan.writes) == 2000
    # What is let go on may begin at once.
    assert within <= 2
