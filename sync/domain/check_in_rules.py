"""What is wrong with the days of check-ins: one that is still to come, one from before the period of what it is about.

Such a row is shown, and is never the newest one of its key result (`rhythm.newest`).
"""

from collections.abc import Iterable, Iterator
from datetime import date

from sync.domain.naming import Names
from sync.domain.okr import CheckIn
from sync.domain.problems import Problem, problem
from sync.domain.rhythm import day_of


def misdated(names: Names, check_ins: Iterable[CheckIn], today: date) -> Iterator[Problem]:
    """Told at the cell of the date. What a check-in of an unknown or ambiguous key result is about, nobody knows."""
    for check_in in check_ins:
        day = day_of(check_in.date)
        if day is None:
            continue
        if day > today:
            yield problem("check-in-ahead", check_in.date_cell or check_in.cell, day=check_in.date)
        else:
            yield from _too_early(names, check_in, day)


def _too_early(names: Names, check_in: CheckIn, day: date) -> Iterator[Problem]:
    meant = names.meant(check_in.key_result, check_in.cell.spreadsheet, check_in.date)
    period = names.period(meant[0]) if len(meant) == 1 else None
    if period and period.span and day < period.span.first:
        cell = check_in.date_cell or check_in.cell
        first = period.span.first.isoformat()
        yield problem("check-in-too-early", cell, day=check_in.date, period=period.name, first=first)
