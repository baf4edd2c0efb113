"""What holds for the whole company and not for one spreadsheet: what passes, commands and the page must know of it."""

from dataclasses import dataclass

from sync.domain.cycle_records import Person
from sync.domain.periods import CALENDAR_YEARS, Calendar


@dataclass(frozen=True, slots=True)
class CompanySettings:
    """The ids of the spreadsheets, how periods are named, which rules of a good OKR are switched `off`, and the people
    whom no sheet lists.
    """

    spreadsheets: frozenset[str] = frozenset()
    calendar: Calendar = CALENDAR_YEARS
    off: frozenset[str] = frozenset()
    people: tuple[Person, ...] = ()


ALONE = CompanySettings()
