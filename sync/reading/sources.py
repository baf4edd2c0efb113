"""Sources and conditions of a mapping, bound to a table: what no row changes is worked out once, before the first.

A source becomes a function of a row that finds what stands there, a condition one that tells whether it holds.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sync.config.sources import Condition, Source
from sync.domain.cells import CellRef, cell_place
from sync.domain.grid import Book, Tab, text_of
from sync.domain.keys import key_of
from sync.reading.found import NOTHING, Finder, FoundValue, Row, Test, found_in, narrowed, of_line, plain
from sync.reading.headers import Table
from sync.reading.tab_cells import TabCells


@dataclass(frozen=True, slots=True)
class TableReader:
    """Reads the rows of one table. `cells` are those of the whole tab, and `nothing` the texts, as compared, that mean
    "not measured" on it.
    """

    book: Book
    tab: Tab
    table: Table
    cells: TabCells
    nothing: frozenset[str]

    def row(self, number: int, sources: Mapping[str, Source]) -> Row:
        """A single row, as a record with these sources sees it."""
        return Row(number, {name: self.finder(source) for name, source in sources.items()})

    def finder(self, source: Source) -> Finder:
        """What finds a source's value in a row. It asks the row itself for `field` and for its line."""
        find = self._joined(source) if source.join else self._place(source)
        return _narrowed(find, source)

    def each(self, source: Source) -> list[Finder]:
        """What finds a source's value in each of the columns that it picks from."""
        return [_narrowed(self._in_columns((column,), source), source) for column in self.table.columns(source)]

    def plain_column(self, source: Source) -> int | None:
        """The column in which a source finds just what stands there in the row itself; None for any other source."""
        columns = self.table.columns(source)
        in_place = not (source.join or source.line or source.field or source.above)
        is_plain = in_place and source.pattern is None and not source.nothing
        return columns[0] if is_plain and len(columns) == 1 and not self.cells.covered else None

    def test(self, condition: Condition) -> Test:
        """What tells whether a condition is true of a row."""
        find = self.finder(condition)
        if condition.fill:
            return lambda row: self.fill(find(row)) in condition.fill
        if condition.blank is not None:
            return lambda row: (find(row).text == "") is condition.blank
        if condition.matches is not None:
            pattern = re.compile(plain(condition.matches))
            return lambda row: pattern.match(plain(find(row).text)) is not None
        wanted = _keys(condition.equals)
        return lambda row: key_of(find(row).text) in wanted

    def tests(self, conditions: Iterable[Condition]) -> list[Test]:
        """A test for each of several conditions."""
        return [self.test(condition) for condition in conditions]

    def cell(self, found: FoundValue) -> CellRef | None:
        """The address of what was found."""
        address = found.address
        if address is None and found.row is not None and found.column is not None:
            address = found.address = self.book.cell(self.tab, found.row, found.column)
        return address

    def told_at(self, found: FoundValue) -> CellRef:
        """The cell to name in a problem: where the text was found; for a constant or the tab's title, which nobody can
        mend in a cell, where the table begins.
        """
        header = self.table.header.row if self.table.header else 0
        return self.cell(found) or self.book.cell(self.tab, header, 0)

    def is_percent(self, found: FoundValue) -> bool:
        """Whether the cell is formatted as percent."""
        percents = self.tab.percents
        return bool(percents) and (found.row, found.column) in percents

    def fill(self, found: FoundValue) -> str:
        """The colour of the cell, "none" for none."""
        place = None if found.row is None or found.column is None else (found.row, found.column)
        return "none" if place is None else self.tab.fills.get(place, "none")

    def is_date(self, found: FoundValue) -> bool:
        """Whether the cell is formatted as a date."""
        dates = self.tab.dates
        return bool(dates) and (found.row, found.column) in dates

    def _place(self, source: Source) -> Finder:
        name = source.field
        if name is not None:
            return lambda row: row[name]
        if source.above:
            return self._nearest(source)
        columns = self.table.columns(source)
        if columns:
            return self._in_columns(columns, source)
        same = self._same(source)
        return lambda _: same

    def _same(self, source: Source) -> FoundValue:
        """What a source that looks at no row says."""
        if source.value is not None:
            return FoundValue(source.value)
        if source.tab_title:
            return FoundValue(self.tab.title)
        if source.cell is not None:
            return self._at(*cell_place(source.cell))
        return self._labelled(_keys(source.label)) if source.label else NOTHING

    def _in_columns(self, columns: tuple[int, ...], source: Source) -> Finder:
        """The last of some columns that holds something in the row, or in the row that shows there; where they hold no
        more than what means "not measured", that of the first.
        """
        if len(columns) == 1 and not self.cells.covered:
            return self._in_column(columns[0])
        known = {column: self.cells.column(column) for column in columns}
        last_first, covered, value_at = columns[::-1], self.cells.covered, self.tab.value
        nothing = {"", *self.nothing, *_keys(source.nothing)} if len(columns) > 1 else ()

        def find(row: Row) -> FoundValue:
            number = row.number
            for column in last_first:
                shown = covered.get((number, column), number) if covered else number
                value = value_at(shown, column)
                if value is not None and key_of(text_of(value)) not in nothing:
                    break
            found = known[column][shown]
            if found is None:
                found = known[column][shown] = FoundValue(value, shown, column)
            return found

        return find

    def _in_column(self, column: int) -> Finder:
        """What stands in a column without merges: by far the most that is asked."""
        known, values = self.cells.column(column), self.tab.values

        def find(row: Row) -> FoundValue:
            number = row.number
            found = known[number]
            if found is None:
                found = known[number] = found_in(values[number], number, column)
            return found

        return find

    def _joined(self, source: Source) -> Finder:
        """The texts of several sources as one; it stands where the first of those of the row itself stands. What holds
        nothing but constants is blank, unless nothing else is joined.
        """
        parts = [(self.finder(part), part.value is None) for part in source.join]
        needs_more = any(says_more for _, says_more in parts)

        def find(row: Row) -> FoundValue:
            met = [(value, says_more) for part, says_more in parts if (value := part(row)).text or value.torn]
            if not met or (needs_more and not any(says_more for _, says_more in met)):
                return NOTHING
            found = [value for value, _ in met]
            if any(value.torn for value in found):
                return replace(found[0], value=None, torn=True)
            place = next((value for value in found if value.row == row.number), found[0])
            return replace(place, value=source.separator.join(value.text for value in found), before="")

        return find

    def _nearest(self, source: Source) -> Finder:
        """What stands in a row or the nearest one above: without a pattern in this table only, with one up to the top
        of the tab, but for the header.
        """
        column = self.table.column(source)
        if column is None:
            return lambda _: NOTHING
        rows = self.cells.filled(column, source.pattern)
        first = self.table.first if source.pattern is None else 0

        def find(row: Row) -> FoundValue:
            place = bisect_right(rows, row.number) - 1
            while place >= 0 and self.table.is_header(rows[place]):
                place -= 1
            return NOTHING if place < 0 or rows[place] < first else self._at(rows[place], column)

        return find

    def has_label(self, source: Source) -> bool:
        """Whether one of a source's labels stands above the table, whatever is behind it."""
        return self._label(_keys(source.label)) is not None

    def _labelled(self, labels: frozenset[str]) -> FoundValue:
        """What stands behind a label: the rest of its cell, or the first cell to its right that is not empty."""
        place = self._label(labels)
        if place is None:
            return NOTHING
        row, column, rest = place
        if rest:
            return FoundValue(rest, row, column)
        right = (self._at(row, other) for other in range(column + 1, len(self.tab.values[row])))
        return next((found for found in right if found.value is not None), NOTHING)

    def _label(self, labels: frozenset[str]) -> tuple[int, int, str] | None:
        """Where a label stands, and the rest of its cell. The one nearest above the table's header counts, so that each
        of several blocks can have its own.
        """
        end = self.table.header.row if self.table.header else self.table.first
        for row in reversed(range(end)):
            for column in range(len(self.tab.values[row])):
                rest = _behind(self.tab.text(row, column), labels)
                if rest is not None:
                    return row, column, rest
        return None

    def _at(self, row: int, column: int) -> FoundValue:
        return FoundValue(self.tab.value(row, column), row, column)


def is_in_rows(source: Source) -> bool:
    """Whether a source may say something else of each row."""
    return any(part.header or part.column or part.field for part in source.parts())


def _narrowed(find: Finder, source: Source) -> Finder:
    """What a source's own words make of what stands at its place."""
    if source.line:
        find = _by_line(find)
    if source.pattern is not None:
        find = _by_pattern(find, source.pattern)
    return _but_for(find, _keys(source.nothing)) if source.nothing else find


def _but_for(find: Finder, nothing: frozenset[str]) -> Finder:
    def found(row: Row) -> FoundValue:
        value = find(row)
        return replace(value, value=None) if key_of(value.text) in nothing else value

    return found


def _by_line(find: Finder) -> Finder:
    return lambda row: find(row) if row.line is None else of_line(find(row), row.line)


def _by_pattern(find: Finder, pattern: str) -> Finder:
    compiled = re.compile(plain(pattern))
    return lambda row: narrowed(find(row), compiled)


def _behind(text: str, labels: frozenset[str]) -> str | None:
    """The text behind a label and its colon; "" for a label alone, None for what is no such label."""
    head, _, rest = text.partition(":")
    return rest.strip() if key_of(head) in labels else None


def _keys(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(key_of(text) for text in texts)
