"""Closing a period: its results as they were, beside what the sheets say afterwards. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sync.domain.cycle_records import CycleRecords, Review
from sync.domain.naming import Names, bearers_of
from sync.domain.okr import Amount, Initiative, KeyResult, Objective
from sync.domain.periods import Calendar, Period, PeriodState
from sync.domain.problems import Problem, problem
from sync.domain.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ClosedPeriod:
    """What one spreadsheet held of a period when that was closed. `results` has no problems and no tabs."""

    key: str
    name: str
    closed_at: datetime
    results: Snapshot


def state_of(period: Period, today: date, by_hand: Mapping[str, bool]) -> PeriodState:
    """What a period is on a day. `by_hand`, by its key: whether somebody closed it, or opened it again."""
    decided, state = by_hand.get(period.key), period.state(today)
    if decided is None:
        return state
    return PeriodState.CLOSED if decided else min(state, PeriodState.CLOSING, key=list(PeriodState).index)


def over(names: Iterable[str], calendar: Calendar, today: date, by_hand: Mapping[str, bool]) -> list[Period]:
    """The periods of these names that are closed on a day."""
    periods = {(period := calendar.period(name)).key: period for name in names}
    return [period for period in periods.values() if state_of(period, today, by_hand) is PeriodState.CLOSED]


def closed(snapshot: Snapshot, period: Period, calendar: Calendar, at: datetime) -> ClosedPeriod:
    """The results of a period in a spreadsheet, with the notes on them."""
    objectives = tuple(found for found in snapshot.objectives if calendar.period(found.period).key == period.key)
    keys = {found.key for found in objectives}
    key_results = tuple(found for found in snapshot.key_results if found.objective in keys)
    keys |= {found.key for found in key_results}
    names = Names(bearers_of([*snapshot.objectives, *snapshot.key_results]), calendar)

    def concerns(*references: str, days: tuple[str, ...]) -> bool:
        meant = [found for name in references if name for found in names.meant(name, snapshot.spreadsheet, *days)]
        return any(found.key in keys for found in meant)

    def is_kept(initiative: Initiative) -> bool:
        return concerns(*initiative.key_results, initiative.objective, days=initiative.days)

    def is_reviewed(review: Review) -> bool:
        return any(found.key in keys for found in names.about(review))

    results = replace(
        snapshot,
        objectives=objectives,
        key_results=key_results,
        check_ins=tuple(found for found in snapshot.check_ins if concerns(found.key_result, days=(found.date,))),
        initiatives=tuple(filter(is_kept, snapshot.initiatives)),
        cycle=CycleRecords(reviews=tuple(filter(is_reviewed, snapshot.cycle.reviews))),
        scores={key: score for key, score in snapshot.scores.items() if key in keys},
        problems=(),
        tabs=(),
    )
    return ClosedPeriod(period.key, period.name, at, results)


def changed_since(closed_periods: Iterable[ClosedPeriod], key_results: Iterable[KeyResult]) -> Iterator[Problem]:
    """Key results of closed periods that the sheet now tells otherwise."""
    now = {found.key: found for found in key_results}
    for period in closed_periods:
        for kept in period.results.key_results:
            found = now.get(kept.key)
            if found is not None and _numbers(found) != _numbers(kept):
                cell = found.current.cell or found.cell
                facts = {"text": kept.text, "period": period.name, "now": _told(found), "then": _told(kept)}
                yield problem("changed-after-closing", cell, **facts)


def _numbers(found: KeyResult) -> tuple[object, ...]:
    return tuple((amount.number, amount.fault) for amount in (found.start, found.target, found.current))


def _told(found: KeyResult) -> str:
    return " → ".join(_text(amount) for amount in (found.start, found.current, found.target))


def _text(amount: Amount) -> str:
    return amount.text or "—"


def rows_of(closed_periods: Iterable[ClosedPeriod]) -> Iterator[Objective | KeyResult]:
    """Every objective and key result of closed periods."""
    for period in closed_periods:
        yield from period.results.objectives
        yield from period.results.key_results
