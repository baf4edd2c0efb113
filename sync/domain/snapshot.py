"""The last good view of one spreadsheet: what `records` keeps and the page shows. A value with no behaviour."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sync.domain.cycle_records import NO_RECORDS, CycleRecords
from sync.domain.okr import CheckIn, Initiative, KeyResult, Objective
from sync.domain.problems import Problem
from sync.domain.scoring import Score


class TabState(StrEnum):
    """`unwritten`: the tab was believed, but not all of its scores are seen to be in it; they are on the page only.
    `refused`: the tab was not believed, and what is shown of it is from an earlier pass.
    """

    GOOD = "good"
    UNWRITTEN = "unwritten"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Refusals:
    """How often in a row Google did not let us write a tab, and when the last of those passes began."""

    count: int
    at: datetime


@dataclass(frozen=True, slots=True)
class TabView:
    """One mapped tab. `seen_at` is the last pass in which it was believed; None: never.

    `skipped` are the rows that the mapping leaves out by its `skip`, counted from 1. `refusals` are those of an
    unwritten tab that Google does not let us write.
    """

    sheet_id: int
    title: str
    state: TabState
    seen_at: datetime | None
    skipped: tuple[int, ...] = ()
    refusals: Refusals | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One spreadsheet after a pass. `scores` is by key of objectives and key results; times are UTC.

    Of `cycle`, `visibility` says what of it a reader may see.
    """

    spreadsheet: str
    title: str
    url: str
    taken_at: datetime
    objectives: tuple[Objective, ...] = ()
    key_results: tuple[KeyResult, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    cycle: CycleRecords = NO_RECORDS
    scores: dict[str, Score] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    tabs: tuple[TabView, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """All objectives and key results of a view that are others than in the view before, or that have another score.

    `has_other_problems` says whether any problem came, went or changed its place.
    """

    objectives: tuple[Objective, ...] = ()
    key_results: tuple[KeyResult, ...] = ()
    has_other_problems: bool = False

    @property
    def items(self) -> tuple[Objective | KeyResult, ...]:
        return (*self.objectives, *self.key_results)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(found.key for found in self.items)
