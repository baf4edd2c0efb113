"""Dates as cells hold them: serial numbers, ISO, or text in the sheet's language.

Reads one value to ISO. What can't be read is told apart from what can, and is never guessed at: day and month stand
in the order of the language, whatever their numbers would allow.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from babel import Locale

from sync.domain.grid import Scalar
from sync.domain.keys import key_of

SERIAL_EPOCH = date(1899, 12, 30)
LAST_SERIAL = 100_000

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"(?<=\d)[t ,]+\d{1,2}[:h]\d{2}.*$")
_YEAR_FIRST = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?")
THREE_NUMBERS = re.compile(r"(\d{1,4})\s?([-/. ])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})")


def parse_day(value: Scalar, locale: str) -> date | None:
    """The day that a cell holds, None where it holds none; `locale` tells the order of day and month in texts."""
    if isinstance(value, str):
        return _typed(_TIME.sub("", key_of(value)), locale)
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < LAST_SERIAL:
        return SERIAL_EPOCH + timedelta(days=int(value))
    return None


def newness(day: str) -> str:
    """What to compare of a day that is ISO or as written: what could not be read is older than all that could."""
    return day if _ISO.fullmatch(day) else ""


def _typed(text: str, locale: str) -> date | None:
    match = _YEAR_FIRST.fullmatch(text)
    if match:
        return _day(match[1], match[2], match[3])
    match = THREE_NUMBERS.fullmatch(text)
    if match:
        parts = dict(zip(_order(locale), (match[1], match[3], match[4]), strict=True))
        return _day(parts["y"], parts["m"], parts["d"])
    return _named(text, locale)


def _named(text: str, locale: str) -> date | None:
    """ "5-dec-25", "dec 5, 2025", "ngày 5 tháng 12 năm 2025"."""
    months = month_names(locale)
    for pattern in _named_patterns(locale):
        match = pattern.fullmatch(text)
        if match:
            return _day(match["year"], str(months[match["month"]]), match["day"])
    return None


def _day(year: str, month: str, day: str) -> date | None:
    if len(year) not in (2, 4) or len(day) > 2:
        return None
    try:
        return date(int(year) + 2000 if len(year) == 2 else int(year), int(month), int(day))
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _order(locale: str) -> str:
    """ "dmy", "mdy" or "ymd", as the language writes short dates."""
    pattern = Locale.parse(locale.replace("-", "_")).date_formats["short"].pattern
    return "".join(dict.fromkeys(letter for letter in pattern.lower() if letter in "dmy"))


@lru_cache(maxsize=64)
def month_names(locale: str) -> dict[str, int]:
    """Names of months in the language, and in English and Vietnamese, which people write in sheets of any locale."""
    spoken = [Locale.parse(locale.replace("-", "_")), Locale("en"), Locale("vi")]
    return {name: number for language in reversed(spoken) for name, number in _names(language)}


def _names(language: Locale) -> Iterator[tuple[str, int]]:
    for width in ("wide", "abbreviated"):
        for number, name in language.months["format"][width].items():
            yield key_of(name).rstrip("."), number


@lru_cache(maxsize=64)
def _named_patterns(locale: str) -> tuple[re.Pattern[str], ...]:
    names = "|".join(re.escape(name) for name in sorted(month_names(locale), key=len, reverse=True))
    month, year = rf"(?P<month>{names})\.?", r"(?P<year>\d{4}|\d{2})"
    day, gap = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?", r"[\s,./-]+(?:de |del |of |năm )?"
    return (
        re.compile(rf"(?:ngày )?{day}{gap}{month}{gap}{year}"),
        re.compile(rf"{month}[\s.]+{day}[\s,]+{year}"),
    )
