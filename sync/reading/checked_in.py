"""Current values out of a check-in log: of each key result the newest row that counts today.

A row that is told as one of the future, or of before the period, is shown and counts for nothing; so is one whose name
several key results bear on its day.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from sync.domain.naming import Names, bearers_of
from sync.domain.okr import CheckIn, KeyResult, Objective
from sync.domain.periods import Calendar
from sync.domain.problems import Problem, problem
from sync.domain.rhythm import day_of
from sync.reading.dates import newness
from sync.reading.logged import counts_otherwise, with_logged
from sync.reading.tab import TabReading


def checked_in(
    readings: Sequence[TabReading], key_results: list[KeyResult], calendar: Calendar, today: date
) -> tuple[list[KeyResult], list[Problem]]:
    """Key results whose current value is the newest one in the check-in log."""
    logged = {key for reading in readings for key, kind in reading.kinds.items() if kind.is_logged}
    check_ins = [found for reading in readings for found in reading.check_ins if not found.value.is_blank]
    if not logged or not check_ins:
        return key_results, []
    objectives = [found for reading in readings for found in reading.objectives]
    newest = _newest(Names(bearers_of([*objectives, *key_results]), calendar), check_ins, today)
    found, problems = [], []
    for key_result in key_results:
        named = newest.get(key_result.key)
        if named is None or key_result.key not in logged:
            found.append(key_result)
            continue
        found.append(with_logged(key_result, named))
        if counts_otherwise(key_result, named):
            facts = {"text": named.value.text, "field": key_result.text, "example": "12"}
            problems.append(problem("not-a-number", named.value.cell or named.cell, **facts))
    return found, problems


def _newest(names: Names, check_ins: Iterable[CheckIn], today: date) -> dict[str, CheckIn]:
    """By the key result's key; of one day, the row that comes last."""
    newest: dict[str, CheckIn] = {}
    for check_in in check_ins:
        key = _counts_for(names, check_in, today)
        if key and (key not in newest or newness(check_in.date) >= newness(newest[key].date)):
            newest[key] = check_in
    return newest


def _counts_for(names: Names, check_in: CheckIn, today: date) -> str:
    """The key of the key result that it tells of; "" where it tells of none, or nobody knows of which. One without a
    day may be of any day until today.
    """
    day = day_of(check_in.date) or today
    if day > today:
        return ""
    meant = names.meant(check_in.key_result, check_in.cell.spreadsheet, check_in.date)
    begun = [found for found in meant if _has_begun(names, found, day)]
    return begun[0].key if len(begun) == 1 else ""


def _has_begun(names: Names, item: Objective | KeyResult, day: date) -> bool:
    span = names.period(item).span
    return span is None or span.first <= day
