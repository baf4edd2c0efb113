"""The dates of a record: what a cell says as ISO, and what to type instead where it says no day.

Nothing is guessed at: a month is no day, and the 30th of February is none either.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from sync.config.record import Record
from sync.domain.cells import CellRef
from sync.domain.keys import key_of
from sync.reading.dates import THREE_NUMBERS, month_names, parse_day
from sync.reading.found import NOTHING, FoundValue, Row
from sync.reading.row_fields import RowFields

# What stands in the place of a text that is not for everyone.
UNQUOTED = "•••"
EXAMPLE = "2026-03-31"

# A number before this that no cell shows as a date is a month, a year or a count.
_FIRST_SERIAL_DAY = date(2000, 1, 1)

_PART = r"(?:(?:cuối|đầu|giữa|hết|trong|trước|end of|early|mid|late|by|before|in)[ -]+)*"
_YEAR = r"(?:[\s/.,-]*(?:năm |of )?(?P<year>\d{4}))?"
_SPAN = re.compile(
    rf"{_PART}(?:(?:quý|qúy|quarter|q)\s*(?P<quarter>[1-4]|i{{1,3}}|iv)?|(?:tuần|week|w)(?: ?\d+)?|tháng|month|năm|year"
    rf"|(?:tháng|quý|năm) (?:này|sau|nay)|(?:this|next) (?:month|quarter|year)){_YEAR}"
)
_MONTH_NUMBER = re.compile(rf"{_PART}(?:tháng|thg|t|month)?\.?\s*(?P<month>0?[1-9]|1[0-2]){_YEAR}")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?:[-/.](?P<month>0?[1-9]|1[0-2]))?")


@dataclass(frozen=True, slots=True)
class Day:
    """A date as ISO, or as written where it cannot be read; "" for none. `cell` is where it stands."""

    text: str = ""
    cell: CellRef | None = None


NO_DAY = Day()


def read_day(fields: RowFields[Record], row: Row, name: str, *, quoted: bool = True) -> Day:
    """The date of a field. One that cannot be read is told; without its text where that is not to be `quoted`."""
    found = row[name]
    if found is NOTHING:
        return NO_DAY
    locale = fields.amounts.language.locale
    if found.text == "" or key_of(found.text) in fields.amounts.nothing:
        return NO_DAY
    day = parse_day(found.value, locale)
    if day is not None and (day >= _FIRST_SERIAL_DAY or isinstance(found.value, str) or fields.reader.is_date(found)):
        return Day(day.isoformat(), fields.reader.cell(found))
    _tell(fields, name, found, quoted)
    return Day(found.text, fields.reader.cell(found))


def _tell(fields: RowFields[Record], name: str, found: FoundValue, quoted: bool) -> None:
    """Say what is wrong with a text that is no date, and what to type instead."""
    cell, field = fields.reader.told_at(found), fields.name(name)
    text, compared = found.text if quoted else UNQUOTED, key_of(found.text)
    numbers = THREE_NUMBERS.fullmatch(compared)
    month = _month_alone(compared, fields.amounts.language.locale)
    if numbers is not None:
        example = _meant(numbers[1], numbers[3], numbers[4])
        fields.problem("no-such-day", cell, text=text, field=field, example=example if quoted else EXAMPLE)
    elif month is not None:
        fields.problem("day-missing", cell, text=text, field=field, example=month if quoted else EXAMPLE)
    else:
        fields.problem("not-a-date", cell, text=text, field=field, example=EXAMPLE)


def _month_alone(text: str, locale: str) -> str | None:
    """The last day of a month or quarter that a text names, as an example; None where it names neither."""
    names = month_names(locale)
    named = re.fullmatch(
        rf"{_PART}(?P<name>{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\.?{_YEAR}", text
    )
    if named is not None:
        return _last_day(named["year"], names[named["name"]])
    for pattern in (_YEAR_FIRST, _MONTH_NUMBER):
        match = pattern.fullmatch(text)
        if match is not None:
            return _last_day(match["year"], int(match["month"] or 12))
    span = _SPAN.fullmatch(text)
    if span is None:
        return None
    quarter = span["quarter"]
    return _last_day(span["year"], 3 * _QUARTERS[quarter] if quarter else 12) if span["year"] else EXAMPLE


_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}


def _last_day(year: str | None, month: int) -> str:
    if year is None or not 1 <= int(year) <= 9999:
        return EXAMPLE
    return date(int(year), month, monthrange(int(year), month)[1]).isoformat()


def _meant(one: str, two: str, three: str) -> str:
    """The nearest day that there is: with day and month the other way round, or the last one of that month."""
    year, first, second = (int(one), int(two), int(three)) if len(one) == 4 else (int(three), int(one), int(two))
    if year < 100:
        year += 2000
    for day, month in ((first, second), (second, first)):
        if 1 <= month <= 12 and 1 <= day <= 31 and year >= 1:
            return date(year, month, min(day, monthrange(year, month)[1])).isoformat()
    return EXAMPLE
