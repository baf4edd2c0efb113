"""What stands in a row: values with the cells that they were found in, narrowed to a line or to what a pattern finds.

Knows cells and texts; where to look is for `sources`.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from sync.domain.cells import CellRef
from sync.domain.grid import Scalar, text_of
from sync.domain.okr import Amount

LONGEST_TEXT = 5000

# Pasted along from web pages and chats: a cell that holds nothing else is blank to everybody who looks at it.
INVISIBLE = "".join(char for char in map(chr, range(0xFFFF)) if unicodedata.category(char) == "Cf" or char.isspace())


_INVISIBLE = frozenset(INVISIBLE)


@dataclass(slots=True, init=False)
class FoundValue:
    """A value and the cell that it was found in; no cell for a constant or the tab's title.

    `text` is the value as text, without white space around it; very long texts are cut.
    `before` is what stands before it in a text that a pattern took it from. `torn`: the cell has another number of
    lines than there are key results beside it, so that nobody can tell which is whose.

    What is asked of a cell again and again stays with it: its `address`, and the `amount` that it was read as, with
    the way in which it was read.
    """

    value: Scalar
    row: int | None
    column: int | None
    before: str
    torn: bool
    text: str = field(init=False)
    address: CellRef | None = field(init=False, compare=False, repr=False)
    amount: tuple[object, Amount] | None = field(init=False, compare=False, repr=False)

    # By hand, and not frozen, because every cell that is read becomes one.
    def __init__(
        self, value: Scalar, row: int | None = None, column: int | None = None, before: str = "", torn: bool = False
    ) -> None:
        self.value, self.row, self.column, self.before, self.torn = value, row, column, before, torn
        self.address = self.amount = None
        if type(value) is str and value and len(value) <= LONGEST_TEXT:
            # Most texts have nothing around them, and to strip nothing costs as much as to strip something.
            is_bare = value[0] not in _INVISIBLE and value[-1] not in _INVISIBLE
            self.text = value if is_bare else value.strip(INVISIBLE)
        elif type(value) is int:
            self.text = _digits(value)
        elif value is None:
            self.text = ""
        else:
            self.text = text_of(value).strip(INVISIBLE)[:LONGEST_TEXT]


# Most sheets say 0, 1 and 100 in every row: each is one text.
@lru_cache(maxsize=4096)
def _digits(value: int) -> str:
    return str(value)[:LONGEST_TEXT]


NOTHING = FoundValue(None)


def found_in(cells: Sequence[Scalar], row: int, column: int) -> FoundValue:
    """What stands in a column of a row with these cells."""
    value = cells[column] if column < len(cells) else None
    return FoundValue(None if value == "" else value, row, column)


@dataclass(frozen=True, slots=True)
class Line:
    """Which of how many key results in one cell it is, counted from 0."""

    number: int
    count: int


class Row(dict[str, FoundValue]):
    """A row as one kind of record sees it: what stands in each field, by its name, found when it is first asked for.

    `known` is what need not be looked for, `number` counts from 0, and `line` is which of several key results in a
    cell the row is read for.
    """

    __slots__ = ("finders", "line", "number")

    def __init__(
        self,
        number: int,
        finders: "Mapping[str, Finder]" = MappingProxyType({}),
        known: Mapping[str, FoundValue] = MappingProxyType({}),
        line: Line | None = None,
    ) -> None:
        super().__init__(known)
        self.number, self.finders, self.line = number, finders, line

    def __missing__(self, name: str) -> FoundValue:
        found = self[name] = self.finders[name](self)
        return found


# What a source says of a row, and whether a condition holds for it.
Finder = Callable[[Row], FoundValue]
Test = Callable[[Row], bool]


def of_line(found: FoundValue, line: Line) -> FoundValue:
    """What stands in a cell for one of the key results beside it."""
    if found.text == "" or not isinstance(found.value, str):
        return found if line.count == 1 else replace(found, torn=found.text != "", value=None)
    lines = lines_for(found.text, line.count) or lines_for(found.value, line.count)
    return replace(found, value=lines[line.number]) if lines else replace(found, value=None, torn=True)


def lines_for(text: str, count: int) -> list[str]:
    """The lines of a cell, one for each of several key results; none where there are not so many.

    An empty line stands for a key result that has nothing, unless all have their lines without it.
    """
    lines = [line.strip(INVISIBLE) for line in text.splitlines()]
    filled = [line for line in lines if line]
    return next((found for found in (filled, lines) if len(found) == count), [])


def narrowed(found: FoundValue, pattern: re.Pattern[str]) -> FoundValue:
    """What a pattern finds in a text: its first group, where it has one; an empty value where it finds nothing."""
    text = plain(found.text)
    match = pattern.search(text)
    if match is None:
        return FoundValue(None, found.row, found.column, torn=found.torn)
    group = 1 if pattern.groups else 0
    return FoundValue(match[group], found.row, found.column, text[: max(match.start(group), 0)])


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A text as regular expressions see it: composed, without invisible characters, every blank an ordinary one."""
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", text)
    return composed if composed.isprintable() else "".join(_plain_character(char) for char in composed)


def _plain_character(char: str) -> str:
    category = unicodedata.category(char)
    return "" if category == "Cf" else " " if category == "Zs" else char


def several(text: str, separators: str) -> tuple[str, ...]:
    """The parts of a text between any of some separators."""
    for separator in separators[1:]:
        text = text.replace(separator, separators[0])
    return tuple(part for piece in text.split(separators[0]) if (part := piece.strip()))
