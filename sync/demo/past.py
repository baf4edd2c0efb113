"""The sample company's quarter so far: scores as okr-sheets would have recorded them, had it been there all along.

Invented, as all of the sample is. The values of check-ins stand as they were logged; between them a key result goes its
way from its start to where the sheet has it now, and all is scored by the rules of `scoring`. Only the records hear of
it: in the sheets stands what stands there today.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zlib import crc32

from msgspec import structs

from sync.domain.keys import key_of
from sync.domain.memory import Memory, PassRecord, PassResult
from sync.domain.okr import CheckIn, KeyResult, Metric, Objective
from sync.domain.periods import CALENDAR_YEARS, PeriodState
from sync.domain.scoring import ONE, ZERO, score_okrs
from sync.domain.snapshot import Snapshot
from sync.records import Records

A_WEEK = timedelta(days=7)
# The sample's check-ins go as far back, even in the first days of a quarter.
FEWEST_WEEKS = 4
NOON = time(12)

# How much of its way something has gone after a share of the time: evenly, late, early, or too far and back again.
_PACES: tuple[Callable[[Decimal], Decimal], ...] = (
    lambda share: share,
    lambda share: share * (1 + share) / 2,
    lambda share: share * (2 - share),
    lambda share: share * (5 - 3 * share) / 2,
)
_ON_ITS_WAY = (Metric.LINEAR, Metric.LINEAR_DOWN, Metric.STEPS)


def remember(records: Records, present: Snapshot, today: date) -> None:
    """Put the past of one spreadsheet into the history of its scores, before the first pass over it is recorded."""
    now = datetime.now().astimezone()
    noted = PassRecord(spreadsheet=present.spreadsheet, started_at=now, finished_at=now, result=PassResult.OK)
    before, since = _apart(present, today)
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    for view in (*past_of(before, quarter), *past_of(since, today)):
        records.record(noted, view, Memory())
    # A view of long ago is nothing to show, and nothing to compare the first pass with. The history stays.
    records.forget([present.spreadsheet])


def _apart(present: Snapshot, today: date) -> tuple[Snapshot, Snapshot]:
    """What is over by now, and all the rest: the past of each ends on a day of its own."""
    over = {found.key for found in present.objectives if _is_over(found, today)}
    return _of(present, over), _of(present, {found.key for found in present.objectives} - over)


def _is_over(objective: Objective, today: date) -> bool:
    state = CALENDAR_YEARS.period(objective.period).state(today)
    return state in (PeriodState.CLOSING, PeriodState.CLOSED)


def _of(present: Snapshot, objectives: Collection[str]) -> Snapshot:
    """The view with these objectives alone."""
    return replace(
        present,
        objectives=tuple(found for found in present.objectives if found.key in objectives),
        key_results=tuple(found for found in present.key_results if found.objective in objectives),
    )


def past_of(present: Snapshot, today: date) -> Iterator[Snapshot]:
    """What there was to know on each day of a check-in and once a week, the oldest first: scores and current values."""
    begin, yesterday = _begin(today), today - timedelta(days=1)
    weeks = {yesterday - A_WEEK * number for number in range((yesterday - begin).days // 7 + 1)}
    logged = {date.fromisoformat(check_in.date) for check_in in present.check_ins}
    for day in sorted(day for day in weeks | logged if begin <= day < today):
        key_results = [_as_it_was(found, present.check_ins, begin, day, today) for found in present.key_results]
        yield Snapshot(
            spreadsheet=present.spreadsheet,
            title=present.title,
            url=present.url,
            taken_at=datetime.combine(day, NOON).astimezone(),
            key_results=tuple(key_results),
            scores=score_okrs(present.objectives, key_results, {}),
        )


def _begin(today: date) -> date:
    """The first day of the quarter, or a few weeks ago where that is earlier."""
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return min(quarter, today - FEWEST_WEEKS * A_WEEK)


def _as_it_was(found: KeyResult, check_ins: tuple[CheckIn, ...], begin: date, day: date, today: date) -> KeyResult:
    """A key result with the current value that it had on a day."""
    if found.current.number is None:
        return found
    names = {key_of(found.id), key_of(found.text)} - {""}
    said = {one.date: one.value.number for one in check_ins if key_of(one.key_result) in names}
    told = sorted((date.fromisoformat(on), value) for on, value in said.items() if value is not None)
    before = [value for on, value in told if on <= day]
    goal = told[0] if told else (today, found.current.number)
    value = before[-1] if before else _underway(found, goal[1], _share(begin, day, goal[0]))
    return structs.replace(found, current=structs.replace(found.current, number=value))


def _share(begin: date, day: date, end: date) -> Decimal:
    """How much of the time from `begin` to `end` has passed on a day, 0 to 1."""
    return max(ZERO, min(ONE, Decimal((day - begin).days) / max((end - begin).days, 1)))


def _underway(found: KeyResult, goal: Decimal, share: Decimal) -> Decimal:
    """What is measured on the way to `goal`, as exact as that is given. What is done or not is done late."""
    if found.metric is Metric.DONE:
        return goal if share > Decimal("0.6") else ZERO
    if found.metric not in _ON_ITS_WAY:
        return goal
    start = found.start.number or ZERO
    pace = _PACES[crc32(found.text.encode()) % len(_PACES)]
    return (start + (goal - start) * pace(share)).quantize(goal, rounding=ROUND_HALF_UP)
