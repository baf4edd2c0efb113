"""What becomes of an answer to a write: one decision table. Pure; `write_back` carries it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sync.domain.failures import Trouble
from sync.domain.grid import CellWrite, Tab
from sync.passes.repair import Baseline, is_verified

if TYPE_CHECKING:
    from sync.google import SheetsError


class Then(StrEnum):
    """What follows."""

    VERIFIED = "the numbers stand beside their rows"
    SET_RIGHT = "it may be applied, and nobody knows where: read again, put back, write again"
    LOOK_AGAIN = "it was not applied, as the sheet is no more what it was: read again, plan again"
    LEAVE_OUT = "a tab is protected: the others are sent without it"
    ONE_BY_ONE = "a tab is protected, and nobody says which: they are sent one by one"
    READ_ONLY = "we may write nothing here"
    GIVE_UP = "the pass has failed"


@dataclass(frozen=True, slots=True)
class Answer:
    """`tabs` show the sheet right after the write, None where nobody saw it. With `rows`, by sheet id, they show no
    others beside the header, and what they say of the rest is what it was before.
    """

    tabs: tuple[Tab, ...] | None = None
    error: SheetsError | None = None
    rows: Mapping[int, frozenset[int]] | None = None


def what_follows(answer: Answer, written: Set[int], before: Iterable[Baseline], writes: Sequence[CellWrite]) -> Then:
    """After some `writes` to the tabs `written`, planned on the tabs as they were `before`."""
    error = answer.error
    if error is None:
        return Then.VERIFIED if is_verified(before, writes, answer.tabs or (), answer.rows) else Then.SET_RIGHT
    if error.ambiguous:
        return Then.SET_RIGHT
    if error.trouble is Trouble.PROTECTED:
        return Then.ONE_BY_ONE if error.sheet_id is None and len(written) > 1 else Then.LEAVE_OUT
    return {Trouble.RANGE: Then.LOOK_AGAIN, Trouble.PERMISSION: Then.READ_ONLY}.get(error.trouble, Then.GIVE_UP)
