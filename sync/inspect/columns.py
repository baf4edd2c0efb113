"""What is in a column: how many numbers, texts, formulas, percents. Looks at a sample, so that long tabs cost little.

Knows values only, neither headers nor roles.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sync.config.mapping import DEFAULT_NOTHING
from sync.domain.grid import CellError, Scalar, Tab
from sync.domain.keys import key_of
from sync.reading.numbers import NumberLanguage, Unreadable, number_language, parse_number
from sync.reading.words import yes_or_no

SAMPLE = 300
# Shorter texts are names and marks, no sentences.
LEAST_LENGTH = 8
_LONGEST_AMOUNT = 60
_NOTHING = frozenset(key_of(text) for text in DEFAULT_NOTHING)
_LANGUAGES = (number_language("vi_VN"), number_language("en_US"))
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?")
# "5 partners" and "NPS 50" are texts all the same; "20 phút" and "12.600 USD" are amounts.
_WORDS = re.compile(r"[^\W\d_]{5}|[^\W\d_]{2,} [^\W\d_]{2,}|^(?!USD|VND|EUR|GBP|JPY)[^\W\d_]{2}")
# "KR-01", "obj_a1": the short name of a record, with a number.
_MARK = re.compile(r"(?=.*\d)[\w.\-]{2,20}|[^\W\d_]{1,4}[ .]\d+([.\-]\d+)*")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Column:
    """The evidence of one column below a header; shares are of the cells that are not blank.

    `values` are all as text, `typed` only those that are text in the sheet.
    """

    index: int
    rows: int
    values: tuple[str, ...]
    typed: tuple[str, ...]
    numbers: tuple[float, ...]
    numeric: float
    percent: float
    formulas: float
    length: float
    distinct: float
    dates: float
    emails: float
    lines: float
    wordy: float
    spaced: float
    opens: bool
    marks: float

    @property
    def filled(self) -> int:
        return len(self.values)

    @property
    def is_text(self) -> bool:
        """Sentences or names, not numbers."""
        return self.filled > 0 and (self.numeric < 0.4 or self.wordy >= 0.5) and self.dates < 0.5

    @property
    def may_be_text(self) -> bool:
        """Typed, with letters: "3 tỷ" can be a key result where the header says so, or an amount."""
        lettered = sum(any(char.isalpha() for char in value) for value in self.typed)
        return self.is_text or (
            0 < self.filled == len(self.typed) and lettered >= 0.9 * self.filled and self.dates < 0.5
        )


def column_of(tab: Tab, index: int, rows: Sequence[int]) -> Column:
    """The evidence of a column in some rows."""
    cells = [(row, tab.value(row, index)) for row in rows]
    held = [(row, value) for row, value in cells if is_filled(value)]
    texts = [tab.text(row, index).strip() for row, _ in held]
    count = max(len(held), 1)
    numbers = tuple(float(value) for _, value in held if isinstance(value, int | float) and not isinstance(value, bool))
    return Column(
        index=index,
        rows=len(rows),
        values=tuple(texts),
        typed=tuple(value.strip() for _, value in held if isinstance(value, str)),
        numbers=numbers,
        numeric=sum(are_amounts(value) for _, value in held) / count,
        percent=_percent_share(tab, index, held, rows),
        formulas=sum((row, index) in tab.formulas for row in rows) / count,
        length=sum(map(len, texts)) / count,
        distinct=len({key_of(text) for text in texts}) / count,
        dates=sum(
            (row, index) in tab.dates or bool(_DATE.fullmatch(text)) for (row, _), text in zip(held, texts, strict=True)
        )
        / count,
        emails=sum(bool(_EMAIL.fullmatch(text)) for text in texts) / count,
        lines=sum(text.count("\n") > 0 for text in texts) / count,
        opens=bool(held) and held[0][0] == rows[0],
        spaced=sum(" " in text for text in texts) / count,
        marks=sum(bool(_MARK.fullmatch(text)) for text in texts) / count,
        wordy=sum(bool(_WORDS.search(value)) for _, value in held if isinstance(value, str)) / count,
    )


def _percent_share(tab: Tab, index: int, held: Sequence[tuple[int, Scalar]], rows: Sequence[int]) -> float:
    """How many cells show percents; in an empty column, how many are formatted so."""
    if not held:
        own = [row for row in rows if not _is_covered(tab, row, index)]
        return sum((row, index) in tab.percents for row in own) / max(len(own), 1)
    shown = sum((row, index) in tab.percents or ("%" in str(value) and is_amount(value)) for row, value in held)
    return shown / len(held)


def _is_covered(tab: Tab, row: int, column: int) -> bool:
    """Whether a cell lies under a merge that begins above it."""
    return any(area.top < row and (row, column) in area for area in tab.merges)


def numbers_of(tab: Tab, index: int, rows: Sequence[int], language: NumberLanguage) -> dict[int, float]:
    """What a column holds as numbers, by row; texts are read in a language."""
    found: dict[int, float] = {}
    for row in rows:
        value = tab.value(row, index)
        if isinstance(value, bool) or not is_filled(value):
            continue
        if isinstance(value, int | float):
            found[row] = float(value)
        elif isinstance(value, str) and len(value) <= _LONGEST_AMOUNT:
            amount = parse_number(value, language)
            if not isinstance(amount, Unreadable) and amount.steps is None:
                found[row] = float(amount.value)
    return found


def is_filled(value: Scalar) -> bool:
    """Whether a cell says something: neither blank nor a text that means nothing."""
    return value is not None and (not isinstance(value, str) or key_of(value) not in {"", *_NOTHING})


def is_amount(value: Scalar) -> bool:
    """Whether a cell can be a start, target or current value: a number, in any writing, or yes or no."""
    if not isinstance(value, str):
        return not isinstance(value, CellError)
    text = value.strip()
    return yes_or_no(text) is not None or any(readable(text, language) for language in _LANGUAGES)


def are_amounts(value: Scalar) -> bool:
    """An amount, or one on each line beside key results that stand in one cell."""
    if not isinstance(value, str) or "\n" not in value:
        return is_amount(value)
    lines = [line for line in value.splitlines() if is_filled(line)]
    return all(is_amount(line) and not _WORDS.search(line) for line in lines)


def readable(text: str, language: NumberLanguage) -> bool:
    """Whether a text is one number in a language."""
    return len(text) <= _LONGEST_AMOUNT and not isinstance(parse_number(text, language), Unreadable)
