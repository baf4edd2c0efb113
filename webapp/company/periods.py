"""When a period begins and ends, read off its name: "Q4/2026", "Quý IV năm 2026", "Tháng 11/2026", "H1 2026", "2026".

Years are calendar years. A name that says nothing certain says nothing. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sync.domain.keys import key_of

MONTHS = 12
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last, both included."""

    first: date
    last: date


# What a part of the year is called, its number, and how many months it has.
_PARTS = (
    (r"(?:q|quý|quy|quarter)\s*\.?\s*(?P<part>iv|i{1,3}|[1-4])", 3),
    (r"(?:h|half)\s*(?P<part>[12])", 6),
    (r"(?:tháng|thang|month)\s*(?P<part>1[0-2]|0?[1-9])", 1),
)
_YEAR = r"(?P<year>20\d\d)(?!\d)"
_BETWEEN = r"\W{0,3}(?:năm|nam|year)?\W{0,3}"
_WHOLE_YEAR = re.compile(rf"(?:(?:năm|nam|year)\s*)?{_YEAR}")


def _patterns() -> Iterator[tuple[re.Pattern[str], int]]:
    for part, months in _PARTS:
        for order in (part + r"(?!\w)" + _BETWEEN + _YEAR, _YEAR + _BETWEEN + part + r"(?!\w)"):
            yield re.compile(r"(?<!\w)" + order), months


_PATTERNS = tuple(_patterns())


def span_of(period: str) -> Span | None:
    """The days that a period has; None where its name does not tell."""
    name = key_of(period)
    whole = _WHOLE_YEAR.fullmatch(name)
    if whole:
        return _span(int(whole["year"]), 1, MONTHS)
    for pattern, months in _PATTERNS:
        found = pattern.search(name)
        if found:
            part = _QUARTERS.get(found["part"]) or int(found["part"])
            return _span(int(found["year"]), (part - 1) * months + 1, months)
    return None


def _span(year: int, month: int, months: int) -> Span:
    following = month + months
    end = date(year + 1, 1, 1) if following > MONTHS else date(year, following, 1)
    return Span(date(year, month, 1), end - timedelta(days=1))
