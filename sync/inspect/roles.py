"""The roles that a column may have, and how well one fits: its header's words, and whether what it holds agrees."""

from sync.inspect.columns import Column
from sync.reading.header_words import roles_of

NUMBERS = (
    "start",
    "target",
    "stretch",
    "current",
    "score",
    "weight",
    "points",
    "total",
    "value",
    "objective_score",
    "objective_weight",
)
MEASURES = ("start", "target", "current", "score")
SENTENCES = ("objective", "key_result", "text", "initiative", "comment")
# A header with less than this says nothing to us.
SAYS_NOTHING = 0.5
_LONGEST_ID = 24
# What a header says by itself, and what the sheet's own numbers say of a column.
CERTAIN, EVIDENT = 0.85, 0.9


def worths_of(header: str, column: Column) -> dict[str, float]:
    """How well a column fits each role, by its header and by what it holds."""
    return {role: worth * _agrees(role, column) for role, worth in roles_of(header).items() if header}


def _agrees(role: str, column: Column) -> float:
    """How well what a column holds agrees with a role, from 0 to 1."""
    if not column.filled:
        return 0.85 if role in NUMBERS else 0.75
    if role in NUMBERS:
        return 0.15 + 0.85 * column.numeric
    if role in SENTENCES:
        if role == "key_result" and not column.is_text and column.may_be_text:
            return 0.7
        if role in ("key_result", "text") and column.filled > 3 and column.distinct <= 0.5:
            return 0.6  # "Kết quả" beside "Dẫn dắt" is a kind of measure
        if role in ("objective", "key_result", "text") and column.marks > 0.8:
            return 0.4  # "KR-01" is the name of a text
        return 1.0 if column.is_text and column.length >= 4 else 0.7 if column.is_text else 0.05
    if role in ("owner", "person", "objective_owner", "author"):
        return (1.0 if column.length <= 60 else 0.3) if column.is_text or column.emails else 0.1
    if role in ("unit", "level", "kind", "direction", "metric", "measure"):
        named = column.numeric < 0.5 or len(column.typed) == column.filled  # "10A" is a class
        return 1.0 if column.length <= 40 and named else 0.2
    if role == "period" and column.numeric >= 0.8 and not all(map(_may_be_period, column.numbers)):
        return 0.1
    if role.endswith("id") and (column.length > _LONGEST_ID or column.spaced > 0.5):
        return 0.3  # "Key Results" is no key
    if role == "date":
        return 1.0 if column.dates > 0.5 or column.numbers else 0.3
    return 1.0


def _may_be_period(number: float) -> bool:
    """A quarter, a month or a year."""
    return number % 1 == 0 and (1 <= number <= 12 or 2000 <= number <= 2100)
