"""Initiatives: how far each is, from when until when, and how much of it is done."""

from decimal import Decimal

import pytest

from sync.domain.okr import Initiative, InitiativeState
from tests.support.grids import at, codes, grid, read

BY = """
[initiative]
text = "Việc"
owner = "Ai"
start = "Từ"
due = "Đến"
status = { header = "Tình trạng", words = { "Kẹt" = "doing" } }
progress = "Tiến độ"
"""


def one(status: str = "", progress: str = "", more: str = "") -> tuple[Initiative, list[str]]:
    table = (
        f"Việc | Ai | Từ | Đến | Tình trạng | Tiến độ\nGọi khách | An | 1/10/2026 | 31/10/2026 | {status} | {progress}"
    )
    reading = read(grid(table), BY + more)
    return reading.initiatives[0], codes(reading)


def test_its_days_come_with_their_cells() -> None:
    found, problems = one()
    assert (found.start, found.start_cell, found.due, found.due_cell) == (
        "2026-10-01",
        at("C2"),
        "2026-10-31",
        at("D2"),
    )
    assert problems == []


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("Chưa bắt đầu", InitiativeState.PLANNED),
        ("Not started", InitiativeState.PLANNED),
        ("ĐANG LÀM", InitiativeState.DOING),
        ("In progress", InitiativeState.DOING),
        ("Kẹt", InitiativeState.DOING),
        ("Hoàn thành", InitiativeState.DONE),
        ("TRUE", InitiativeState.DONE),
        ("✅", InitiativeState.DONE),
        ("Hủy", InitiativeState.DROPPED),
        ("Huỷ", InitiativeState.DROPPED),
        ("FALSE", None),
        ("", None),
        ("-", None),
    ],
)
def test_its_state_in_the_words_of_the_sheet(status: str, state: InitiativeState | None) -> None:
    found, problems = one(status)
    assert (found.state, found.status, problems) == (state, status, [])


def test_a_word_that_is_not_understood_is_told_and_shown_as_it_is() -> None:
    found, problems = one("Chờ sếp duyệt")
    assert (found.state, found.status, problems) == (None, "Chờ sếp duyệt", ["unknown-word"])


@pytest.mark.parametrize(
    ("progress", "scale", "share"),
    [
        ("40%%", "", "0.4"),
        ("40%", "", "0.4"),
        ("0.4", "", "0.4"),
        ("40", "progress_scale = 100", "0.4"),
        ("4", "progress_scale = 10", "0.4"),
        ("2/5", "", "0.4"),
        ("TRUE", "", "1"),
        ("Xong", "", "1"),
        ("0", "", "0"),
        ("", "", None),
        ("-", "", None),
    ],
)
def test_its_progress_is_a_share(progress: str, scale: str, share: str | None) -> None:
    found, problems = one(progress=progress, more=scale)
    assert found.progress.number == (None if share is None else Decimal(share))
    assert found.progress.cell == at("F2")
    assert problems == []


@pytest.mark.parametrize(
    ("progress", "code"),
    [
        ("40", "not-a-share"),
        ("140%", "not-a-share"),
        ("-10%", "not-a-share"),
        ("3/0", "not-a-share"),
        ("gần xong", "not-a-number"),
    ],
)
def test_what_is_no_share_is_told_and_never_taken_for_one(progress: str, code: str) -> None:
    found, problems = one(progress=progress)
    assert (found.progress.number, problems) == (None, [code])
