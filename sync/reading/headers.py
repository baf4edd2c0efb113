"""Finding tables on a tab: which row is the header, which column has which header, where each table ends.

Knows headers and columns, not OKRs. A header that is missing or stands twice is a problem, never a guess.
"""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sync.grid import Book, Tab
from sync.mapping import Source, TabMapping, fits
from sync.okr import column_letters, column_number, key_of
from sync.problems import Problem, problem

SEARCHED_ROWS = 100


@dataclass(frozen=True, slots=True)
class Header:
    """A header row (with the row above it, where the header takes two), as compared texts by column."""

    row: int
    texts: tuple[str, ...]
    above: tuple[str, ...] = ()

    def columns(self, source: Source) -> list[int]:
        """Every column that `source` can mean, before `nth`; exact texts come before those with "*"."""
        headers = [key_of(header) for header in source.header]
        exact = [column for column, text in self._under(source.under) if text in headers]
        return exact or [
            column for column, text in self._under(source.under) if any(fits(text, header) for header in headers)
        ]

    def _under(self, under: str | None) -> Iterator[tuple[int, str]]:
        """Columns with a header text, those below the group `under` where one is asked for."""
        for column, text in enumerate(self.texts):
            if text and (under is None or (self.above and fits(self.above[column], key_of(under)))):
                yield column, text


@dataclass(frozen=True, slots=True)
class Table:
    """Rows `first` to `last` (outside) below one header, and the column of each header source."""

    header: Header | None
    first: int
    last: int
    bound: dict[Source, tuple[int, ...]] = field(default_factory=dict)

    def columns(self, source: Source) -> tuple[int, ...]:
        """The columns that a source means: one, or several for `pick`; none where it is no column."""
        if source.column is not None:
            return (column_number(source.column),)
        return self.bound.get(source, ())

    def column(self, source: Source) -> int | None:
        """The column of a source, None where it is no column."""
        return next(iter(self.columns(source)), None)


def find_tables(
    book: Book, tab: Tab, mapping: TabMapping, wanted: Sequence[Source]
) -> tuple[list[Table], list[Problem]]:
    """The tables of a tab. With any problem there is no table: half a header is not to be believed."""
    named = [source for source in wanted if source.header]
    if not named:
        first = mapping.header_row or 0
        return [Table(None, first, len(tab.values))], []
    header = _best_header(tab, mapping, named)
    problems = list(_faults(book, tab, header, named))
    if problems:
        return [], problems
    headers = [header, *_repeats(tab, mapping, header, named)]
    starts = [found.row for found in headers[1:]]
    ends = [start - (1 if mapping.two_header_rows else 0) for start in starts] + [len(tab.values)]
    tables = [
        Table(found, found.row + 1, end, {source: _bound(found, source) for source in named})
        for found, end in zip(headers, ends, strict=True)
    ]
    return tables, []


def _best_header(tab: Tab, mapping: TabMapping, named: Sequence[Source]) -> Header:
    """The row that has most of the wanted headers; the uppermost of equals."""
    if mapping.header_row is not None:
        return _header(tab, mapping.header_row - 1, mapping.two_header_rows)
    rows = range(min(len(tab.values), SEARCHED_ROWS))
    candidates = [_header(tab, row, mapping.two_header_rows) for row in rows] or [Header(0, ())]
    return max(candidates, key=lambda header: sum(1 for source in named if header.columns(source)))


def _header(tab: Tab, row: int, two_rows: bool) -> Header:
    texts = [key_of(tab.text(row, column)) for column in range(len(tab.values[row]) if row < len(tab.values) else 0)]
    if not two_rows or row == 0:
        return Header(row, tuple(texts))
    above = [key_of(tab.text(row - 1, column)) for column in range(tab.width)]
    texts += [""] * (len(above) - len(texts))
    # A cell merged over both rows holds its text in the upper one.
    lower = [text or upper for text, upper in zip(texts, above, strict=True)]
    return Header(row, tuple(lower), tuple(_spread(above)))


def _spread(texts: Sequence[str]) -> Iterator[str]:
    """A group's name stands over its first column only; it holds up to the next name."""
    current = ""
    for text in texts:
        current = text or current
        yield current


def _repeats(tab: Tab, mapping: TabMapping, header: Header, named: Sequence[Source]) -> Iterator[Header]:
    """Further header rows below: other blocks of the same layout."""
    mark = header.columns(named[0])[0]
    for row in range(header.row + 1, len(tab.values)):
        text = tab.text(row, mark)
        if not text and mapping.two_header_rows and row > header.row + 1:
            text = tab.text(row - 1, mark)
        if key_of(text) == header.texts[mark]:
            candidate = _header(tab, row, mapping.two_header_rows)
            if all(candidate.columns(source) == header.columns(source) for source in named):
                yield candidate


def _faults(book: Book, tab: Tab, header: Header, named: Sequence[Source]) -> Iterator[Problem]:
    seen: set[tuple[object, ...]] = set()
    for source in named:
        place = (source.header, source.under, source.nth)
        if place in seen:
            continue
        seen.add(place)
        columns = header.columns(source)
        if len(columns) < (source.nth or 1):
            yield _missing(book, tab, header, source)
        elif source.nth is None and source.pick is None and len(columns) > 1:
            cells = ", ".join(f"{column_letters(column)}{header.row + 1}" for column in columns)
            first = book.cell(tab, header.row, columns[0])
            yield problem(
                "header-ambiguous",
                first,
                title=tab.title,
                header=_name(source),
                count=len(columns),
                cells=cells,
            )


def _missing(book: Book, tab: Tab, header: Header, source: Source) -> Problem:
    present = {text: tab.text(header.row, column) or text for column, text in enumerate(header.texts) if text}
    close = difflib.get_close_matches(key_of(source.header[0]), list(present), n=1, cutoff=0.0)
    nearest = present[close[0]] if close else "—"
    cell = book.cell(tab, header.row, 0)
    return problem("header-missing", cell, title=tab.title, header=_name(source), nearest=nearest)


def _name(source: Source) -> str:
    name = " / ".join(source.header)
    return f"{source.under} → {name}" if source.under else name


def _bound(header: Header, source: Source) -> tuple[int, ...]:
    columns = header.columns(source)
    return tuple(columns) if source.pick else (columns[(source.nth or 1) - 1],)
