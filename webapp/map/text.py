"""Texts that fit into a card: SVG does not break lines, so the width of a text is estimated here.

An estimate on the wide side of what system fonts need. Knows nothing of what the texts say.
"""

import unicodedata
from functools import lru_cache

NARROW, WIDE, FULL, USUAL, CAPITAL = 0.36, 0.92, 1.05, 0.6, 0.72
LONGEST = 1000
ELLIPSIS = "…"

# What XML cannot hold; a downloaded picture with one of these would not open.
_UNWRITABLE = dict.fromkeys((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF))


def one_line(text: str) -> str:
    """A text as a picture can hold it: in one line, of sane length."""
    return " ".join(text[:LONGEST].translate(_UNWRITABLE).split())


def wrapped(text: str, width: float, lines: int) -> tuple[str, ...]:
    """At most so many lines, none wider than `width` times the height of the font; the last tells that more follows."""
    words = one_line(text).split(" ")
    found: list[str] = []
    while words and len(found) < lines:
        is_last = len(found) == lines - 1
        line, words = _last_line(words, width) if is_last else _full_line(words, width)
        found.append(line)
    return tuple(line for line in found if line)


def width_of(text: str) -> float:
    """In heights of the font."""
    return sum(_width(char) for char in text)


def _full_line(words: list[str], width: float) -> tuple[str, list[str]]:
    """As many words as fit, and the others; a word that is too long for any line is cut."""
    count, used = 0, 0.0
    for word in words:
        used += width_of(word) + (NARROW if count else 0)
        if used > width:
            break
        count += 1
    if count:
        return " ".join(words[:count]), words[count:]
    head = _fitting(words[0], width)
    return head, [words[0][len(head) :], *words[1:]]


def _last_line(words: list[str], width: float) -> tuple[str, list[str]]:
    rest = " ".join(words)
    if width_of(rest) <= width:
        return rest, []
    return _fitting(rest, width - WIDE).rstrip() + ELLIPSIS, []


def _fitting(text: str, width: float) -> str:
    """As much from the beginning as fits, at least one character with the marks on it."""
    used, count = 0.0, 0
    for char in text:
        used += _width(char)
        if count and used > width:
            break
        count += 1
    return text[:count]


@lru_cache(maxsize=4096)
def _width(char: str) -> float:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(char) in ("W", "F"):
        return FULL
    letter = unicodedata.normalize("NFD", char)[0]
    if letter in "iljtfrI.,:;'!|()[]-· ":
        return NARROW
    if letter in "mwMW@%—…→":
        return WIDE
    return CAPITAL if letter.isupper() else USUAL
