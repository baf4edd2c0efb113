"""Carrying out sources and conditions: from a mapped field and a row to what the sheet says there."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from sync.config.sources import Condition, Source
from sync.domain.cells import CellRef, cell_place
from sync.domain.grid import Book, Scalar, Tab, text_of
from sync.domain.keys import key_of
from sync.reading.headers import Table

LONGEST_TEXT = 5000

# Pasted along from web pages and chats: a cell that holds nothing else is blank to everybody who looks at it.
INVISIBLE = "".join(char for char in map(chr, range(0xFFFF)) if unicodedata.category(char) == "Cf" or char.isspace())


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A value and the cell that it was found in; no cell for a constant or the tab's title.

    `before` is what stands before it in a text that a pattern took it from. `torn`: the cell has another number of
    lines than there are key results beside it, so that nobody can tell which is whose.
    """

    value: Scalar
    row: int | None = None
    column: int | None = None
    before: str = ""
    torn: bool = False

    @property
    def text(self) -> str:
        """The value as text, without white space around it; very long texts are cut."""
        return text_of(self.value).strip(INVISIBLE)[:LONGEST_TEXT]


NOTHING = FoundValue(None)


@dataclass(frozen=True, slots=True)
class Line:
    """Which of how many key results in one cell it is, counted from 0."""

    number: int
    count: int


def covered_cells(tab: Tab) -> dict[tuple[int, int], int]:
    """The row whose value shows in a cell, for every cell that a merge with cells above it covers."""
    return {(row, area.left): area.top for area in tab.merges for row in range(area.top + 1, area.bottom)}


@dataclass(frozen=True, slots=True)
class TableReader:
    """Reads the rows of one table. `covered` is of the whole tab, `labelled` remembers what stands behind labels,
    `filled` which rows of a column hold something, or something that a pattern finds.
    """

    book: Book
    tab: Tab
    table: Table
    covered: Mapping[tuple[int, int], int]
    labelled: dict[tuple[str, ...], FoundValue] = field(default_factory=dict)
    filled: dict[tuple[int, str | None], list[int]] = field(default_factory=dict)

    def find(
        self, source: Source | None, row: int, fields: Mapping[str, Source], line: Line | None = None
    ) -> FoundValue:
        """What `source` says of a row; `fields` are the sources of the same record, for `field`, and `line` is which of
        several key results in a cell it is.
        """
        if source is None:
            return NOTHING
        found = self._joined(source, row, fields, line) if source.join else self._place(source, row, fields)
        if source.line and line is not None:
            found = _of_line(found, line)
        return found if source.pattern is None else _narrowed(found, source.pattern)

    def holds(self, condition: Condition, row: int, fields: Mapping[str, Source]) -> bool:
        """Whether a condition is true of a row."""
        found = self.find(condition, row, fields)
        if condition.fill:
            return self.fill(found) in condition.fill
        text = found.text
        if condition.blank is not None:
            return (text == "") is condition.blank
        if condition.matches is not None:
            return re.match(plain(condition.matches), plain(text)) is not None
        return key_of(text) in _keys(condition.equals)

    def all_hold(self, conditions: Iterable[Condition], row: int, fields: Mapping[str, Source]) -> bool:
        return all(self.holds(condition, row, fields) for condition in conditions)

    def any_holds(self, conditions: Iterable[Condition], row: int, fields: Mapping[str, Source]) -> bool:
        return any(self.holds(condition, row, fields) for condition in conditions)

    def cell(self, found: FoundValue) -> CellRef | None:
        """The address of what was found."""
        if found.row is None or found.column is None:
            return None
        return self.book.cell(self.tab, found.row, found.column)

    def told_at(self, found: FoundValue) -> CellRef:
        """The cell to name in a problem: where the text was found; for a constant or the tab's title, which nobody can
        mend in a cell, where the table begins.
        """
        header = self.table.header.row if self.table.header else 0
        return self.cell(found) or self.book.cell(self.tab, header, 0)

    def is_percent(self, found: FoundValue) -> bool:
        """Whether the cell is formatted as percent."""
        return (found.row, found.column) in self.tab.percents

    def fill(self, found: FoundValue) -> str:
        """The colour of the cell, "none" for none."""
        place = None if found.row is None or found.column is None else (found.row, found.column)
        return "none" if place is None else self.tab.fills.get(place, "none")

    def is_date(self, found: FoundValue) -> bool:
        """Whether the cell is formatted as a date."""
        return (found.row, found.column) in self.tab.dates

    def _place(self, source: Source, row: int, fields: Mapping[str, Source]) -> FoundValue:
        if source.value is not None:
            return FoundValue(source.value)
        if source.tab_title:
            return FoundValue(self.tab.title)
        if source.field is not None:
            other = fields.get(source.field)
            placed = other is not None and all(part.field is None for part in other.parts())
            return self.find(other, row, fields) if placed else NOTHING
        if source.cell is not None:
            return self._at(*cell_place(source.cell))
        if source.label:
            if source.label not in self.labelled:
                self.labelled[source.label] = self._labelled(source.label)
            return self.labelled[source.label]
        if source.above:
            return self._nearest(source, row)
        found = NOTHING
        for column in reversed(self.table.columns(source)):
            found = self._at(self.covered.get((row, column), row), column)
            if found.value is not None:
                break
        return found

    def _joined(self, source: Source, row: int, fields: Mapping[str, Source], line: Line | None) -> FoundValue:
        """The texts of several sources as one; it stands where the first of those of the row itself stands."""
        found = [part for each in source.join if (part := self.find(each, row, fields, line)).text or part.torn]
        if not found:
            return NOTHING
        if any(part.torn for part in found):
            return replace(found[0], value=None, torn=True)
        place = next((part for part in found if part.row == row), found[0])
        return replace(place, value=source.separator.join(part.text for part in found), before="")

    def _nearest(self, source: Source, row: int) -> FoundValue:
        """What stands in a row or the nearest one above: without a pattern in this table only, with one up to the top
        of the tab, but for the header.
        """
        column = self.table.column(source)
        if column is None:
            return NOTHING
        key = (column, source.pattern)
        if key not in self.filled:
            self.filled[key] = [place for place in range(len(self.tab.values)) if self._says(place, *key)]
        rows = self.filled[key]
        place = bisect_right(rows, row) - 1
        while place >= 0 and self.table.is_header(rows[place]):
            place -= 1
        if place < 0 or (source.pattern is None and rows[place] < self.table.first):
            return NOTHING
        return self._at(rows[place], column)

    def _says(self, row: int, column: int, pattern: str | None) -> bool:
        found = self._at(row, column)
        return (found if pattern is None else _narrowed(found, pattern)).text != ""

    def _labelled(self, labels: tuple[str, ...]) -> FoundValue:
        """What stands behind a label: the rest of its cell, or the first cell to its right that is not empty.

        The label nearest above the table's header counts, so that each of several blocks can have its own.
        """
        end = self.table.header.row if self.table.header else self.table.first
        for row in reversed(range(end)):
            for column in range(len(self.tab.values[row])):
                rest = _behind(self.tab.text(row, column), _keys(labels))
                if rest:
                    return FoundValue(rest, row, column)
                if rest is not None:
                    right = (self._at(row, place) for place in range(column + 1, len(self.tab.values[row])))
                    return next((found for found in right if found.value is not None), NOTHING)
        return NOTHING

    def _at(self, row: int, column: int) -> FoundValue:
        return FoundValue(self.tab.value(row, column), row, column)


def _of_line(found: FoundValue, line: Line) -> FoundValue:
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


def _narrowed(found: FoundValue, pattern: str) -> FoundValue:
    text = plain(found.text)
    match = re.search(plain(pattern), text)
    if match is None:
        return FoundValue(None, found.row, found.column, torn=found.torn)
    group = 1 if match.re.groups else 0
    return FoundValue(match[group], found.row, found.column, text[: max(match.start(group), 0)])


def _behind(text: str, labels: frozenset[str]) -> str | None:
    """The text behind a label and its colon; "" for a label alone, None for what is no such label."""
    head, _, rest = text.partition(":")
    return rest.strip() if key_of(head) in labels else None


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


@lru_cache(maxsize=1024)
def _keys(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(key_of(text) for text in texts)


def several(text: str, separators: str) -> tuple[str, ...]:
    """The parts of a text between any of some separators."""
    for separator in separators[1:]:
        text = text.replace(separator, separators[0])
    return tuple(part for piece in text.split(separators[0]) if (part := piece.strip()))
