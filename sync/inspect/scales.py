"""Numbers: the scale and decimals of a score column, and the language of numbers that are typed as text."""

from collections.abc import Iterable

from sync.config.mapping import DEFAULT_NOTHING
from sync.domain.keys import key_of
from sync.domain.scoring import Scale
from sync.inspect.columns import Column, readable
from sync.reading.numbers import number_language
from sync.reading.plain import plain
from sync.reading.words import yes_or_no

_MARKS = ("score", "diem", "puntaje", "nota", "grade", "puntuacion", "10")
_PERCENT = ("percent", "ty le", "ti le", "progress", "tien do", "hoan thanh", "100")
_NOTHING = frozenset(key_of(text) for text in DEFAULT_NOTHING)


def scale_of(column: Column, header: str) -> tuple[Scale, bool]:
    """What a full score is in a column, and whether that is sure."""
    if column.percent > 0.5:
        return "percent", True
    words, numbers = plain(header), [abs(number) for number in column.numbers]
    most = max(numbers, default=0)
    is_percent = any(word in words for word in _PERCENT)
    if most == 0:
        return (100, False) if "percent" in words or "100" in words else (1, False)
    if most <= 1:
        return 1, True
    if most <= 1.5 and any(number % 1 for number in numbers):
        return 1, False
    if most <= 10 and not is_percent and any(mark in words for mark in _MARKS):
        return 10, most > 2
    return 100, most > 10


def decimals_of(column: Column, scale: Scale) -> int | None:
    """The decimals that people use in a column; None where the default is right."""
    if scale in (1, "percent"):
        return None
    used = max((_decimals(number) for number in column.numbers), default=0)
    return min(used, 2) or None


def _decimals(number: float) -> int:
    text = f"{number:.6f}".rstrip("0")
    return len(text.partition(".")[2])


def language_of(columns: Iterable[Column], locale: str) -> str | None:
    """Another language of numbers than the spreadsheet's, where the texts read better in it."""
    texts = [value for column in columns for value in column.typed if _may_differ(value)]
    known = number_language(locale)
    for other in ("vi_VN", "en_US"):
        language = number_language(other)
        if language.decimal == known.decimal:
            continue
        ours = sum(readable(text, known) for text in texts)
        theirs = sum(readable(text, language) for text in texts)
        if theirs > ours:
            return other
    return None


def _may_differ(text: str) -> bool:
    return any(sign in text for sign in ".,") and key_of(text) not in _NOTHING and yes_or_no(text) is None
