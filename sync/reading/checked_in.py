"""Current values out of a check-in log: of each key result the newest row that counts today, or the sum of all such.

A row that is told as one of the future, or of before the period, is shown and counts for nothing; so is one whose name
several key results bear on its day.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import structs

from sync.domain.naming import Names, bearers_of
from sync.domain.okr import Amount, CheckIn, KeyResult, Objective
from sync.domain.periods import Calendar
from sync.domain.problems import Problem, problem
from sync.domain.rhythm import day_of
from sync.reading.adding_up import odd_one, sum_of
from sync.reading.dates import newness
from sync.reading.logged import counts_otherwise, with_logged
from sync.reading.tab import TabReading
from sync.reading.words import yes_or_no


def checked_in(
    readings: Sequence[TabReading], key_results: list[KeyResult], calendar: Calendar, today: date
) -> tuple[list[KeyResult], list[Problem]]:
    """Key results whose current value is the newest one in the check-in log, or what it adds up to."""
    logged = {key for reading in readings for key, kind in reading.kinds.items() if kind.is_logged}
    check_ins = [found for reading in readings for found in reading.check_ins if not found.value.is_blank]
    if not logged or not check_ins:
        return key_results, []
    objectives = [found for reading in readings for found in reading.objectives]
    by_key = _by_key(Names(bearers_of([*objectives, *key_results]), calendar), check_ins, today)
    summed = {key for reading in readings for key, kind in reading.kinds.items() if kind.adds_up_log}
    found, problems = [], []
    for key_result in key_results:
        counting = by_key.get(key_result.key)
        if counting is None or key_result.key not in logged:
            found.append(key_result)
            continue
        if key_result.key in summed:
            problems += _told_odd(counting)
            found.append(structs.replace(key_result, current=sum_of([_number(each) for each in counting])))
            continue
        named = counting[-1]
        found.append(with_logged(key_result, named))
        if counts_otherwise(key_result, named):
            facts = {"text": named.value.text, "field": key_result.text, "example": "12"}
            problems.append(problem("not-a-number", named.value.cell or named.cell, **facts))
    return found, problems


def _by_key(names: Names, check_ins: Iterable[CheckIn], today: date) -> dict[str, list[CheckIn]]:
    """By the key result's key, the newest last; of one day, the row that comes last."""
    by_key: dict[str, list[CheckIn]] = {}
    for check_in in check_ins:
        key = _counts_for(names, check_in, today)
        if key:
            by_key.setdefault(key, []).append(check_in)
    return {key: sorted(found, key=lambda check_in: newness(check_in.date)) for key, found in by_key.items()}


def _number(check_in: CheckIn) -> Amount:
    """What was checked in, as a part of a sum: steps, and yes or no, are none."""
    is_number = check_in.total is None and yes_or_no(check_in.value.text) is None
    return check_in.value if is_number else structs.replace(check_in.value, number=None, fault="not-a-number")


def _told_odd(check_ins: Sequence[CheckIn]) -> list[Problem]:
    """What cannot be added up; a text that is no number was told when it was read."""
    no_numbers = [each for each in check_ins if not each.value.fault and _number(each).fault]
    if no_numbers:
        facts = {"text": no_numbers[0].value.text, "field": no_numbers[0].key_result, "example": "12"}
        return [problem("not-a-number", no_numbers[0].value.cell or no_numbers[0].cell, **facts)]
    odd = odd_one([each.value for each in check_ins])
    if odd is None:
        return []
    return [problem("unit-mismatch", odd[1].cell or check_ins[-1].cell, one=odd[0].text, other=odd[1].text)]


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
