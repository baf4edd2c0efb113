"""What a pass over one spreadsheet must know of the company around it."""

from dataclasses import dataclass

from sync.domain.periods import CALENDAR_YEARS, Calendar


@dataclass(frozen=True, slots=True)
class Company:
    """What holds for all spreadsheets of a configuration: their ids, and how periods are named."""

    spreadsheets: frozenset[str] = frozenset()
    calendar: Calendar = CALENDAR_YEARS


ALONE = Company()
