"""What follows on each answer to a write."""

from decimal import Decimal

import pytest

from sync.domain.cells import CellRef
from sync.domain.failures import Trouble
from sync.domain.grid import CellWrite
from sync.google import SheetsError
from sync.passes.repair import Baseline
from sync.passes.write_answers import Answer, Then, what_follows
from tests.support.grids import grid

BEFORE = grid("Mục tiêu | KR | Điểm\nBán tốt | a | \nBán tốt | b | ")
MOVED = grid("Mục tiêu | KR | Điểm\nBán tốt | mới | 0.5\nBán tốt | a | \nBán tốt | b | ")
WRITTEN = grid("Mục tiêu | KR | Điểm\nBán tốt | a | 0.5\nBán tốt | b | ")
BASELINE = Baseline(BEFORE, 1, 1, (0, 1))


def follows(answer: Answer, tabs: int = 1) -> Then:
    write = CellWrite(CellRef("book", BEFORE.sheet_id, BEFORE.title, 1, 2), "key_result", "a", None, Decimal("0.5"), "")
    return what_follows(answer, {*range(tabs)}, [BASELINE], [write])


def refused(trouble: Trouble, sheet_id: int | None = None, *, ambiguous: bool = False) -> Answer:
    error = SheetsError(trouble, ambiguous=ambiguous)
    error.sheet_id = sheet_id
    return Answer(error=error)


def test_numbers_that_stand_beside_their_rows_are_verified_and_others_set_right() -> None:
    assert follows(Answer((WRITTEN,))) is Then.VERIFIED
    assert follows(Answer((MOVED,))) is Then.SET_RIGHT
    assert follows(Answer((BEFORE,))) is Then.SET_RIGHT
    assert follows(Answer(())) is Then.SET_RIGHT


@pytest.mark.parametrize("trouble", Trouble)
def test_a_write_that_may_be_applied_is_looked_after_whatever_was_in_the_way(trouble: Trouble) -> None:
    assert follows(refused(trouble, ambiguous=True)) is Then.SET_RIGHT


@pytest.mark.parametrize(
    ("trouble", "then"),
    [(Trouble.RANGE, Then.LOOK_AGAIN), (Trouble.PERMISSION, Then.READ_ONLY)]
    + [(each, Then.GIVE_UP) for each in Trouble if each not in (Trouble.RANGE, Trouble.PERMISSION, Trouble.PROTECTED)],
)
def test_a_refusal_that_is_certain_is_followed_by_what_can_help(trouble: Trouble, then: Then) -> None:
    assert follows(refused(trouble)) is then


@pytest.mark.parametrize(
    ("tabs", "named", "then"),
    [(1, None, Then.LEAVE_OUT), (1, 0, Then.LEAVE_OUT), (2, 0, Then.LEAVE_OUT), (2, None, Then.ONE_BY_ONE)],
)
def test_a_protected_tab_is_left_out_or_looked_for(tabs: int, named: int | None, then: Then) -> None:
    assert follows(refused(Trouble.PROTECTED, named), tabs) is then
