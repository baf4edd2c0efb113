"""What holds for the whole company and not for one spreadsheet: what passes, commands and the page must know of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.domain.cycle_records import Person
from sync.domain.pace import USUAL, PacePolicy
from sync.domain.periods import CALENDAR_YEARS, Calendar
from sync.domain.rhythm import DEFAULT_RHYTHM, Rhythm
from sync.domain.scoring import Bands


@dataclass(frozen=True, slots=True)
class CompanySettings:
    """The ids of the spreadsheets, how periods are named, which rules of a good OKR are switched `off`, the people
    whom no sheet lists, what is ahead of or behind time, and where the bands begin. `rhythm` is that of check-ins,
    `rhythms` those of spreadsheets that have their own, by id.
    """

    spreadsheets: frozenset[str] = frozenset()
    calendar: Calendar = CALENDAR_YEARS
    off: frozenset[str] = frozenset()
    people: tuple[Person, ...] = ()
    rhythm: Rhythm = DEFAULT_RHYTHM
    rhythms: Mapping[str, Rhythm] = field(default_factory=dict)
    pace: PacePolicy = USUAL
    bands: Bands = field(default_factory=Bands)


ALONE = CompanySettings()
