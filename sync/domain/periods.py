"""Periods: which days an OKR is for, read off its name or told by the configuration, and what they are to a day.

Pure; the day is given. A name that says nothing certain has no days: such a period is one of its own, and always runs.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

from sync.domain.keys import identity, key_of

MONTHS = 12
DEFAULT_GRACE = 14

# Of a longer name only a short form stands in an address.
LONGEST_KEY = 60


class PeriodState(StrEnum):
    """`closing`: over, but late numbers still count. `closed`: its results are kept as they are."""

    PLANNED = "planned"
    RUNNING = "running"
    CLOSING = "closing"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From the first day to the last, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def holds(self, other: "Span") -> bool:
        """Whether the other one lies within it."""
        return self.first <= other.first and other.last <= self.last


@dataclass(frozen=True, slots=True)
class Period:
    """`key` is the same for all names of one period and can stand in an address, "" for none at all.

    `span` is None where nobody knows its days. `yearless` is the part of a year, such as "Q4", where the name does not
    say of which.
    """

    key: str
    name: str
    span: Span | None = None
    grace: int = DEFAULT_GRACE
    yearless: str = ""

    def state(self, today: date) -> PeriodState:
        """What it is on a day, by its days alone."""
        if self.span is None:
            return PeriodState.RUNNING
        if today < self.span.first:
            return PeriodState.PLANNED
        if today <= self.span.last:
            return PeriodState.RUNNING
        return PeriodState.CLOSING if today <= self.span.last + timedelta(days=self.grace) else PeriodState.CLOSED


NO_PERIOD = Period("", "")


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """The month in which a company's year begins. One that begins in April 2026 is called 2026 by its `start`, 2027 by
    its `end`.
    """

    starts: int = 1
    named_by: Literal["start", "end"] = "start"

    def first_year(self, named: int) -> int:
        """The calendar year in which the year of this name begins."""
        return named - 1 if self.named_by == "end" and self.starts > 1 else named


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a company names its periods. `told` are those of the configuration, by `key_of` each of their names.

    `grace` is in days; `zone` is the time zone in which days begin, "" for that of this machine.
    """

    year: FiscalYear = FiscalYear()
    told: Mapping[str, Period] = field(default_factory=dict)
    grace: int = DEFAULT_GRACE
    zone: str = ""
    _known: dict[str, Period] = field(default_factory=dict, compare=False, repr=False)

    def period(self, name: str) -> Period:
        """The period of a name, as people write it."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._named(name)
        return found

    def today(self, now: datetime) -> date:
        """Which day it is for the company."""
        return now.astimezone(ZoneInfo(self.zone) if self.zone else None).date()

    def midnight(self, day: date) -> datetime:
        """When a day begins for the company."""
        at = datetime.combine(day, time())
        return at.replace(tzinfo=ZoneInfo(self.zone)) if self.zone else at.astimezone()

    def _named(self, name: str) -> Period:
        compared = key_of(name)
        if not compared:
            return NO_PERIOD
        return self.told.get(compared) or self._by_its_name(name, compared)

    def _by_its_name(self, name: str, compared: str) -> Period:
        part = _part_in(compared)
        if part is None:
            return Period(_slug(compared), name, None, self.grace, _yearless_part(compared))
        return Period(part.key, name, self._span(part), self.grace)

    def _span(self, part: "_Part") -> Span:
        """Months stand where the calendar has them; quarters, halves and years begin with the company's year."""
        if part.months == 1:
            return _span(part.year, part.number, 1)
        return _span(self.year.first_year(part.year), self.year.starts + (part.number - 1) * part.months, part.months)

    def supports(self, child: str, parent: str) -> bool:
        """Whether an objective of the one period may support one of the other: the same, or a longer one around it."""
        one, other = self.period(child), self.period(parent)
        return one.key == other.key or (one.span is not None and other.span is not None and other.span.holds(one.span))

    def is_before(self, one: str, other: str) -> bool:
        """Whether the one period is over when the other begins."""
        first, second = self.period(one).span, self.period(other).span
        return first is not None and second is not None and first.last < second.first


# How periods are named where a configuration says nothing of them.
CALENDAR_YEARS = Calendar()


def in_order(periods: Iterable[Period]) -> list[Period]:
    """Each once, under the name that comes first, by its first day, the longer one first; those without days last."""
    found: dict[str, Period] = {}
    for period in periods:
        found.setdefault(period.key, period)
    return sorted(found.values(), key=_place)


def before(period: Period, periods: Iterable[Period]) -> Period | None:
    """The nearest of these, which stand in order, that is over when a period begins and is about as long."""
    span = period.span
    if span is None:
        return None
    alike = [
        found
        for found in periods
        if (other := found.span) and other.last < span.first and span.days < 2 * other.days < 4 * span.days
    ]
    return alike[-1] if alike else None


def _place(period: Period) -> tuple[date, int, str]:
    span = period.span
    return (span.first, -span.days, period.name) if span else (date.max, 0, period.name)


@dataclass(frozen=True, slots=True)
class _Part:
    """The `number`th part of `months` months of a year."""

    year: int
    number: int
    months: int

    @property
    def key(self) -> str:
        return f"{self.year}-{self.within_year}" if self.within_year else f"{self.year}"

    @property
    def within_year(self) -> str:
        return {1: f"{self.number:02}", 3: f"Q{self.number}", 6: f"H{self.number}", MONTHS: ""}[self.months]


_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_HALVES = {"đầu": 1, "dau": 1, "first": 1, "cuối": 2, "cuoi": 2, "second": 2}

_VIETNAMESE_HALF = r"(?:nửa|nua|6 tháng|6 thang)\s+(?P<part>đầu|dau|cuối|cuoi)(?:\s+năm|\s+nam)?"
_ENGLISH_HALF = r"(?P<part2>first|second) half(?: of)?"
# What a part of the year is called, its number, and how many months it has.
_PARTS = (
    (r"(?:q|quý|quy|quarter)\s*\.?\s*(?P<part>iv|i{1,3}|[1-4])", 3),
    (r"(?:h|half)\s*(?P<part>[12])", 6),
    (rf"(?:{_VIETNAMESE_HALF}|{_ENGLISH_HALF})", 6),
    (r"(?:tháng|thang|month|t)\s*(?P<part>1[0-2]|0?[1-9])", 1),
)
_YEAR = r"(?:fy\s*)?(?P<year>20\d\d)(?!\d)"
# Two figures are a year only where that is said.
_SHORT_YEAR = r"fy\s*'?(?P<year>\d\d)(?!\d)"
_BETWEEN = r"\W{0,3}(?:năm|nam|year)?\W{0,3}"
_WHOLE_YEAR = re.compile(rf"(?:(?:năm|nam|year)\s*)?{_YEAR}|fy\s*'?(?P<short>\d\d)")


def _patterns() -> Iterator[tuple[re.Pattern[str], int]]:
    for part, months in _PARTS:
        for year in (_YEAR, _SHORT_YEAR):
            for order in (part + r"(?!\w)" + _BETWEEN + year, year + _BETWEEN + part + r"(?!\w)"):
                yield re.compile(r"(?<!\w)" + order), months


_PATTERNS = tuple(_patterns())
_BARE_PARTS = tuple((re.compile(part), months) for part, months in _PARTS)
_NAMED_GROUP = re.compile(r"\(\?P<\w+>")
_ANY_PART = "|".join(_NAMED_GROUP.sub("(?:", part) for part, _ in _PARTS)
_YEARLESS = re.compile(rf"(?<!\w)(?:{_ANY_PART})(?!\w)")
_ISO_MONTH = re.compile(r"(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])")
_SLASHED_MONTH = re.compile(r"(?P<month>0?[1-9]|1[0-2])\s?/\s?(?P<year>20\d\d)")


def _part_in(name: str) -> _Part | None:
    """What a compared name says; None where it does not tell."""
    whole = _WHOLE_YEAR.fullmatch(name)
    if whole:
        return _Part(_full_year(whole["year"] or whole["short"]), 1, MONTHS)
    month = _ISO_MONTH.fullmatch(name) or _SLASHED_MONTH.fullmatch(name)
    if month:
        return _Part(int(month["year"]), int(month["month"]), 1)
    found = {part for pattern, months in _PATTERNS for part in _parts(pattern, months, name)}
    # "Q1-Q2/2026" is more than a quarter, and nobody knows what else is meant by two.
    is_one = len(found) == 1 and len(_YEARLESS.findall(name)) == 1
    return found.pop() if is_one else None


def _parts(pattern: re.Pattern[str], months: int, name: str) -> Iterator[_Part]:
    for match in pattern.finditer(name):
        yield _Part(_full_year(match["year"]), _number(match), months)


def _number(found: re.Match[str]) -> int:
    named = found.groupdict()
    said = named["part"] or named.get("part2", "")
    return _QUARTERS.get(said) or _HALVES.get(said) or int(said)


def _full_year(written: str) -> int:
    return int(written) if len(written) > 2 else 2000 + int(written)


def _yearless_part(name: str) -> str:
    """The part of a year that is all that a compared name says; "" for any other name."""
    for pattern, months in _BARE_PARTS:
        match = pattern.fullmatch(name)
        if match:
            return _Part(0, _number(match), months).within_year
    return ""


def _span(year: int, month: int, months: int) -> Span:
    first, after = _month(year, month), _month(year, month + months)
    return Span(first, after - timedelta(days=1))


def _month(year: int, month: int) -> date:
    """The first day of a month, counted on over the end of the year."""
    return date(year + (month - 1) // MONTHS, (month - 1) % MONTHS + 1, 1)


def _slug(compared: str) -> str:
    """A name as it can stand in an address: without marks over its letters, words joined by hyphens."""
    plain = "".join(char for char in unicodedata.normalize("NFD", compared) if not unicodedata.combining(char))
    slug = re.sub(r"\W+", "-", plain.replace("đ", "d")).strip("-")
    return slug if 0 < len(slug) <= LONGEST_KEY else identity("period", compared)
