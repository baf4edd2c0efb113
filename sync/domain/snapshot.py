"""The last good view of one spreadsheet, which `records` keeps and the page shows, and what makes it another one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

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


def good_as_of(snapshot: Snapshot, at: datetime | None) -> Snapshot:
    """The same view, found to be good at another time; None leaves out when anything was seen."""
    tabs = tuple(tab if tab.state is TabState.REFUSED else replace(tab, seen_at=at) for tab in snapshot.tabs)
    return replace(snapshot, taken_at=at or snapshot.taken_at, tabs=tabs)


def part_between(then: Snapshot, now: Snapshot) -> Part | None:
    """What makes a view another than the one before; None where it is more than objectives, key results, their scores
    and problems, or where any of these came, went or changed its place.
    """
    if _around(then) != _around(now) or then.scores.keys() != now.scores.keys():
        return None
    if _keys(then.objectives) != _keys(now.objectives) or _keys(then.key_results) != _keys(now.key_results):
        return None
    return Part(
        objectives=tuple(_others(then, now, then.objectives, now.objectives)),
        key_results=tuple(_others(then, now, then.key_results, now.key_results)),
        has_other_problems=then.problems != now.problems,
    )


def _around(view: Snapshot) -> tuple[object, ...]:
    tabs = good_as_of(view, None).tabs
    return view.spreadsheet, view.title, view.url, view.check_ins, view.initiatives, view.cycle, tabs


Item = TypeVar("Item", Objective, KeyResult)


def _keys(items: Sequence[Objective] | Sequence[KeyResult]) -> list[str]:
    return [found.key for found in items]


def _others(then: Snapshot, now: Snapshot, before: Sequence[Item], items: Sequence[Item]) -> Iterator[Item]:
    for was, found in zip(before, items, strict=True):
        if was != found or then.scores[found.key] != now.scores[found.key]:
            yield found
