"""What a text says, as far as the rules of a good OKR ask: a task, a number, a deadline. Words stand in `words.toml`.

Texts are compared as keys. A doubt is no fault: what is not surely a task is none.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from sync.domain.keys import key_of

# "KR1:", "O2.", "1)", "-" before the text itself.
_LABEL = re.compile(r"^(?:(?:kr|key result|o|obj)?\s*\d+(?:\.\d+)*\s*[:.)-]|[-•*+])\s*")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
# A moment or a stretch of time that cannot be taken for a quantity.
_DATE = (
    r"(?:"
    rf"ngày\s+{_DAY}(?:[/.-]\d{{1,2}})?(?:[/.-]\d{{2,4}})?|{_DAY}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|20\d{{2}}-\d{{2}}-\d{{2}}"
    rf"|{_DAY}(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+20\d{{2}})?|{_MONTH}\s+(?:20\d{{2}}|{_DAY}(?:st|nd|rd|th)?(?:,?\s+20\d{{2}})?)"
    r"|(?:cuối\s+|hết\s+)?(?:tháng|quý|năm|tuần)(?:\s+(?:\d{1,4}|i{1,3}|iv|này|nay))(?:\s*/\s*20\d{2})?"
    r"|(?:cuối|hết)\s+(?:tháng|quý|năm)"
    rf"|(?:the\s+)?end\s+of\s+(?:the\s+)?(?:month|quarter|year|q[1-4]|{_MONTH})(?:\s+20\d{{2}})?"
    r"|q[1-4](?:[/ -]?20\d{2})?|h[12](?:[/ -]?20\d{2})?|20[2-4]\d"
    r")"
)
# Behind a word such as "trước" or "by", 30/6 is a day; elsewhere it may be a fraction.
_DEADLINE = rf"(?:{_DATE}|{_DAY}/(?:0?[1-9]|1[0-2]))"
# A digit within a name (B2C, CO2, v2, Q3) is no number.
_NUMBER = re.compile(r"(?<![\w.,])[-+]?\d")


@cache
def _words() -> Mapping[str, Sequence[str]]:
    """Every list of `words.toml`, as keys."""
    lists = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    return {name: tuple(key_of(word) for word in words) for name, words in lists.items()}


@cache
def _any_of(*names: str) -> str:
    """A pattern for a word of one of these lists, the longest first."""
    words = sorted((word for name in names for word in _words()[name]), key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in words)})(?!\w)"


@cache
def _deadline() -> re.Pattern[str]:
    return re.compile(rf"{_any_of('deadlines')}\s+{_DEADLINE}(?!\w)")


@cache
def _dates() -> re.Pattern[str]:
    return re.compile(rf"{_deadline().pattern}|(?<![\w.,]){_DATE}(?!\w)")


@cache
def _pattern(*names: str) -> re.Pattern[str]:
    return re.compile(_any_of(*names))


def has_number(text: str) -> bool:
    """Whether a text names a quantity, in digits or in words. A label before it and a date in it are none."""
    key = _dates().sub(" ", _without_label(text))
    return bool(_NUMBER.search(key) or _pattern("quantities").search(key))


def has_deadline(text: str) -> bool:
    """Whether a text says until when: "trước 30/6", "by the end of Q3"."""
    return bool(_deadline().search(key_of(text)))


def begins_as_task(text: str) -> bool:
    """Whether the first words are those of work that is done or not."""
    return bool(_pattern("tasks").match(_without_label(text)))


def keeps(text: str) -> bool:
    """Whether it is said that something is to stay as it is."""
    return bool(_pattern("keeps").search(key_of(text)))


def is_only_a_number(text: str) -> bool:
    """Whether nothing is left without number, unit, deadline and what is counted: "Tăng doanh thu 20%"."""
    key = _without_label(text)
    rest = _dates().sub(" ", key) if _NUMBER.search(key) else ""
    if not _NUMBER.search(rest):
        return False
    rest = re.sub(r"\d[\d.,]*(?:%|k|m|tr|bn)?", " ", rest)
    rest = _pattern("changes", "measures", "units", "between").sub(" ", rest)
    return not re.search(r"\w", rest)


def _without_label(text: str) -> str:
    return _LABEL.sub("", key_of(text))
