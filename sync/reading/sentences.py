"""What a key result's own sentence says of its target: a limit right before the number, or a fall towards it.

Pure; knows words and numbers, no cells. A sentence only ever keeps a rise from being taken for granted (`measures`):
where it may speak of a fall, the reader is asked.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from sync.reading.numbers import (
    AT_MOST_MARKS,
    REMEMBERED,
    Number,
    NumberLanguage,
    limit_before,
    limit_word,
    names_limit,
    parse_number,
    simplified,
)
from sync.reading.words import FALLING, LOWER_IS_BETTER, RISING

# "1.", "KR2:" and "2.3)" count the key result and measure nothing.
_NUMBERING = re.compile(r"\s*(?:KR|O)?\s*\d+(?:[.\-]\d+)*\s*[:.)\-]\s+", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*")
# "Chi phí mỗi đơn (không quá)": the target goes on behind it, in the next cell.
_OPEN_END = re.compile(r"(?:[(\[:]\s*([^()\[\]:]+?)\s*[)\]]?|([≤<≥>]=?))\s*$")
_SIGNS = str.maketrans("", "", "-.,")
# "60 tỷ" may be typed as 60 or as 60,000,000,000, and "8%" as 8 or as 0.08.
_WORD_BEHIND = re.compile(r"\s?(?:%|[^\W\d]+)")


# A tab is read again and again, and most of its sentences are what they were.
@lru_cache(maxsize=REMEMBERED)
def limit_in(text: str, target: Decimal, language: NumberLanguage) -> str:
    """The limit mark (≤ < ≥ >) right before the number that is the target, or set apart at the end of a sentence that
    does not name it; empty where there is none, or where the number also stands elsewhere without it.
    """
    sentence, names_a_limit = _sentence(text)
    if not names_a_limit:
        return ""
    marks = _marks(sentence, _places(sentence, target, language)) or {_limit_at_end(sentence)}
    return marks.pop() if len(marks) == 1 else ""


@lru_cache(maxsize=REMEMBERED)
def may_fall(text: str, target: Decimal, language: NumberLanguage) -> bool:
    """Whether less may be better: a verb before the target speaks of a fall, and none between the two of a rise.

    A limit as the last word may be one, or only say what is counted ("công suất tối đa").
    What stands behind the target ("Ký 10 hợp đồng với khách giảm phát thải") is not what the number does. Without the
    target's number in it, the whole sentence counts. A number that stands both with and without a limit may be either.
    """
    sentence, names_a_limit = _sentence(text)
    if LOWER_IS_BETTER.search(sentence):
        return True
    places = list(_places(sentence, target, language))
    before = sentence[: places[-1]] if places else sentence
    falls = [found.end() for found in FALLING.finditer(before)]
    speaks_of_it = bool(falls) and RISING.search(before, falls[-1]) is None
    marks = _marks(sentence, places) if names_a_limit else set()
    may_be_limit = names_a_limit and not places and limit_before(sentence) == "≤"
    return speaks_of_it or may_be_limit or (len(marks) > 1 and not marks.isdisjoint(AT_MOST_MARKS))


def _limit_at_end(sentence: str) -> str:
    found = _OPEN_END.search(sentence)
    return limit_word(found[1] or found[2]) if found else ""


def _marks(sentence: str, places: Iterable[int]) -> set[str]:
    """The limit marks before the target, wherever it stands; "" for a place without one."""
    return {limit_before(sentence[:place]) for place in places}


# What is asked of one sentence is asked one after the other.
@lru_cache(maxsize=64)
def _sentence(text: str) -> tuple[str, bool]:
    """A sentence without its numbering, and whether it names a limit."""
    plain = simplified(text)
    numbering = _NUMBERING.match(plain)
    sentence = plain[numbering.end() :] if numbering else plain
    return sentence, names_limit(sentence)


def _places(sentence: str, target: Decimal, language: NumberLanguage) -> Iterator[int]:
    """Where the target's number stands in a sentence, in any of the ways in which it may be typed there."""
    digits = _telling(f"{target:f}")
    for found in _NUMBER.finditer(sentence):
        if _telling(found[0]) != digits:
            continue
        behind = _WORD_BEHIND.match(sentence, found.end())
        written = [found[0], sentence[found.start() : behind.end()]] if behind else [found[0]]
        if any(target in _readings(each, language) for each in written):
            yield found.start()


def _telling(written: str) -> str:
    """The digits that any way of writing a number shares: signs, percent and words such as "tỷ" change only zeros."""
    return written.translate(_SIGNS).strip("0")


def _readings(text: str, language: NumberLanguage) -> tuple[Decimal, ...]:
    number = parse_number(text, language)
    return (number.value,) if isinstance(number, Number) else number.readings
