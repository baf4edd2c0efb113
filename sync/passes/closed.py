"""Periods that are closed: their results stand as they were, whatever becomes of the sheet.

Pure. What is over was closed (`close`) with what the last good view showed; what changes after it never gets in.
"""

from dataclasses import dataclass, replace
from functools import cached_property

from sync.domain.closing import ClosedPeriod, rows_of
from sync.domain.cycle_records import NO_RECORDS, CycleRecords, Review
from sync.domain.keys import identity
from sync.domain.okr import CheckIn, Initiative, KeyResult, Objective
from sync.domain.periods import CALENDAR_YEARS, Calendar
from sync.domain.scoring import Score
from sync.domain.snapshot import Snapshot
from sync.reading import BookReading


@dataclass(frozen=True, slots=True)
class Okrs:
    """What is believed of a spreadsheet."""

    objectives: tuple[Objective, ...]
    key_results: tuple[KeyResult, ...]
    check_ins: tuple[CheckIn, ...]
    initiatives: tuple[Initiative, ...]
    cycle: CycleRecords = NO_RECORDS


@dataclass(frozen=True)
class ClosedPeriods:
    """The closed periods of one spreadsheet, as one value."""

    periods: tuple[ClosedPeriod, ...] = ()
    calendar: Calendar = CALENDAR_YEARS

    @cached_property
    def keys(self) -> frozenset[str]:
        """Of their objectives and key results."""
        return frozenset(found.key for found in rows_of(self.periods))

    def scores(self) -> dict[str, Score]:
        """Their scores, by key."""
        return {key: score for period in self.periods for key, score in period.results.scores.items()}

    def tabs(self) -> frozenset[int]:
        """The tabs on which some of it stood, by sheet id."""
        return frozenset(found.cell.sheet_id for found in rows_of(self.periods))

    def new_keys(self, reading: BookReading) -> dict[str, str]:
        """Keys for what is live and uses the ID of something closed: its history is its own."""
        periods = {found.key: self.calendar.period(found.period).key for found in reading.objectives}
        items = [*((key, key) for key in periods), *((found.key, found.objective) for found in reading.key_results)]
        closed = {period.key for period in self.periods}
        reused = [(key, periods.get(of, "")) for key, of in items if key in self.keys]
        return {key: identity(key, period) for key, period in reused if period not in closed}

    def without(self, okrs: Okrs) -> Okrs:
        """What is not closed of what was read."""
        objectives = tuple(found for found in okrs.objectives if not self._is_closed(found))
        gone = {found.key for found in okrs.objectives} - {found.key for found in objectives}
        return replace(
            okrs,
            objectives=objectives,
            key_results=tuple(found for found in okrs.key_results if found.objective not in gone | self.keys),
        )

    def instead(self, okrs: Okrs) -> Okrs:
        """What was read, with the results of closed periods in place of what the sheet says of them now."""
        if not self.periods:
            return okrs
        live, kept = self.without(okrs), [period.results for period in self.periods]
        noted = {(found.cell, found.key_result) for results in kept for found in results.check_ins}
        planned = {(found.cell, found.text) for results in kept for found in results.initiatives}
        return replace(
            live,
            objectives=(*live.objectives, *(found for results in kept for found in results.objectives)),
            key_results=(*live.key_results, *(found for results in kept for found in results.key_results)),
            check_ins=(
                *(found for found in live.check_ins if (found.cell, found.key_result) not in noted),
                *(found for results in kept for found in results.check_ins),
            ),
            initiatives=(
                *(found for found in live.initiatives if (found.cell, found.text) not in planned),
                *(found for results in kept for found in results.initiatives),
            ),
            cycle=replace(live.cycle, reviews=(*self._open_reviews(live.cycle), *self._reviews())),
        )

    def left_in(self, last: Snapshot | None) -> Snapshot | None:
        """What the sheet should still hold of the last good view."""
        if last is None or not self.periods:
            return last
        live = self.without(Okrs(last.objectives, last.key_results, last.check_ins, last.initiatives))
        cycle = replace(last.cycle, reviews=self._open_reviews(last.cycle))
        rows = [*live.objectives, *live.key_results, *live.check_ins, *live.initiatives, *cycle]
        tabs = {found.cell.sheet_id for found in rows if found.cell}
        return replace(
            last,
            objectives=live.objectives,
            key_results=live.key_results,
            cycle=cycle,
            tabs=tuple(tab for tab in last.tabs if tab.sheet_id in tabs or tab.sheet_id not in self.tabs()),
        )

    def _reviews(self) -> tuple[Review, ...]:
        """Of what is closed, as they were then."""
        return tuple(found for period in self.periods for found in period.results.cycle.reviews)

    def _open_reviews(self, now: CycleRecords) -> tuple[Review, ...]:
        """Without those of what is closed."""
        written = {(found.cell, found.about) for found in self._reviews()}
        return tuple(found for found in now.reviews if (found.cell, found.about) not in written)

    def _is_closed(self, objective: Objective) -> bool:
        return self.calendar.period(objective.period).key in {period.key for period in self.periods}


NOTHING_CLOSED = ClosedPeriods()
