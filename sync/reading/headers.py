"""Finding tables on a tab: which row is the header, which column has which header, where each table ends.

Knows headers and columns, not OKRs. A header that is missing or stands twice is a problem, never a guess.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from sync.config.mapping import TabMapping
from sync.config.sources import OwnColumn, Source, fits
from sync.domain.cells import cell_name, column_letters, column_number
from sync.domain.grid import Book, Scalar, Tab, text_of
from sync.domain.keys import key_of
from sync.domain.problems import Problem, listed, problem
from sync.reading.header_ends import first_below
from sync.reading.header_words import LEAST, roles_of
from sync.reading.other_tables import filled, first_other
from sync.reading.plain import plain

SEARCHED_ROWS = 100

# Headers that share so much of their letters may be one, differently typed.
ALIKE = 0.75

NUMBER_FIELDS = ("start", "target", "current", "progress", "weight", "score")


@dataclass(frozen=True, slots=True)
class Header:
    """A header row (with the row above it, where the header takes two), as compared texts by column."""

    row: int
    texts: tuple[str, ...]
    above: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        """How many rows it takes."""
        return 2 if self.above else 1

    def columns(self, source: Source) -> list[int]:
        """Every column that `source` can mean, before `nth`; exact texts come before those with "*"."""
        headers = [key_of(header) for header in source.header]
        texts = [*self._under(source.under)]
        exact = [column for column, text in texts if text in headers]
        # Nothing else fits a header without "*", and rows that may be the header are asked for each source.
        patterns = [header for header in headers if "*" in header]
        return exact or [column for column, text in texts if any(fits(text, pattern) for pattern in patterns)]

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

    @property
    def header_height(self) -> int:
        """How many rows above the first one are the header."""
        return self.first - self.header.row - 1 + self.header.height if self.header else 0

    def is_header(self, row: int) -> bool:
        """Whether a row is of the table's header."""
        return self.header is not None and self.header.row - self.header.height < row < self.first

    def column(self, source: Source) -> int | None:
        """The column of a source, None where it is no column."""
        return next(iter(self.columns(source)), None)


def find_tables(
    book: Book, tab: Tab, mapping: TabMapping, wanted: Sequence[Source]
) -> tuple[list[Table], list[Problem]]:
    """The tables of a tab, and what is wrong. A faulty header or a column that the tab does not have gives no table:
    half a header is not to be believed.
    """
    named = [source for source in wanted if source.header]
    problems = list(_outside(book, tab, wanted))
    if not named:
        first = mapping.header_row or 0
        return [] if problems else [Table(None, first, len(tab.values))], problems
    header = _best_header(tab, mapping, named)
    problems += _faults(book, tab, header, wanted)
    if problems:
        return [], problems
    starts = _Starts(tab, mapping, header, named)
    headers = [header, *starts.repeats]
    ends = [start - (1 if mapping.two_header_rows else 0) for start in (found.row for found in headers[1:])]
    tables = []
    for found, end in zip(headers, [*ends, len(tab.values)], strict=True):
        bound = _bound(found, named)
        first = first_below(tab, found.row, {column for columns in bound.values() for column in columns})
        last = next((row for row in starts.lacking if first <= row < end), end)
        table = Table(found, first, last, bound)
        other = None if mapping.until else _other_below(tab, mapping, table)
        if other is not None:
            problems.append(_told_other(book, tab, other))
            table = Table(found, first, other, bound)
        tables.append(table)
    return tables, [*(_told_other(book, tab, row) for row in starts.lacking), *problems]


def _other_below(tab: Tab, mapping: TabMapping, table: Table) -> int | None:
    """The row before which a table ends because something else begins there."""
    numbers = {column for source in _number_sources(mapping) for column in table.columns(source)[:1]}
    texts = table.header.texts if table.header else ()
    own = {(column, texts[column]) for columns in table.bound.values() for column in columns}
    return first_other(tab, range(table.first + 1, table.last), numbers, own)


def _told_other(book: Book, tab: Tab, row: int) -> Problem:
    text = " | ".join(tab.text(row, column) for column in filled(tab, row))
    return problem("other-table", book.cell(tab, row, 0), title=tab.title, text=text)


def _best_header(tab: Tab, mapping: TabMapping, named: Sequence[Source]) -> Header:
    """The row that has most of the wanted headers; the uppermost of equals."""
    if mapping.header_row is not None:
        return _header(tab, mapping.header_row - 1, mapping.two_header_rows)
    rows = range(min(len(tab.values), SEARCHED_ROWS))
    candidates = [_header(tab, row, mapping.two_header_rows) for row in rows] or [Header(0, ())]
    needed = [source for source in named if not source.optional] or named
    return max(candidates, key=lambda header: sum(1 for source in needed if header.columns(source)))


def _header(tab: Tab, row: int, two_rows: bool) -> Header:
    texts = _keys(tab, row)
    if not two_rows or row == 0:
        return Header(row, tuple(texts))
    above = _keys(tab, row - 1)
    above += [""] * (len(texts) - len(above))
    texts += [""] * (len(above) - len(texts))
    # A cell merged over both rows holds its text in the upper one.
    lower = [text or upper for text, upper in zip(texts, above, strict=True)]
    return Header(row, tuple(lower), tuple(_spread(above)))


def _keys(tab: Tab, row: int) -> list[str]:
    return [key_of(text_of(value)) for value in tab.values[row]] if row < len(tab.values) else []


def _spread(texts: Sequence[str]) -> Iterator[str]:
    """A group's name stands over its first column only; it holds up to the next name."""
    current = ""
    for text in texts:
        current = text or current
        yield current


class _Starts:
    """Where blocks begin beside the first: `repeats` are headers below it with the same texts, whatever the order of
    their columns. `lacking` are rows that name key results and a number of theirs as the header does, but not all else
    that must be there: nobody can tell what their blocks mean, so these are not read. Above the header they are looked
    for unless the mapping names its row, and below it unless `until` says where the table ends.
    """

    def __init__(self, tab: Tab, mapping: TabMapping, header: Header, named: Sequence[Source]) -> None:
        self.tab, self.mapping, self.named = tab, mapping, named
        self.repeats: list[Header] = []
        self.lacking: list[int] = []
        self._known = {header.texts[column] for source in named for column in header.columns(source)}
        self._names = _texts(header, (kind.text for kind in mapping.key_result))
        numbers = (source for source in _number_sources(mapping) if not isinstance(source, OwnColumn))
        self._numbers = _texts(header, numbers) - self._names
        if mapping.header_row is None:
            self._look(range(header.row + 1 - header.height), above=True)
        self._look(range(header.row + 1, len(tab.values)), above=False)

    def _look(self, rows: range, *, above: bool) -> None:
        values, fewest = self.tab.values, min(2, len(self._known))
        within = values[rows.start : rows.stop]
        written = {one for one in set[Scalar]().union(*within) if isinstance(one, str) and key_of(one) in self._known}
        for row in rows:
            if written.isdisjoint(values[row]):
                continue
            present = self._known.intersection([key_of(one) for one in values[row] if isinstance(one, str)])
            if not above and (len(present) >= fewest or self.mapping.two_header_rows):
                candidate = _header(self.tab, row, self.mapping.two_header_rows)
                if all(_is_bound(candidate, source) for source in self.named):
                    self.repeats.append(candidate)
                    continue
            if self._names & present and self._numbers & present and (above or not self.mapping.until):
                self.lacking.append(row)


def _texts(header: Header, sources: Iterable[Source]) -> set[str]:
    return {header.texts[column] for source in sources if source.header for column in header.columns(source)}


def _is_bound(header: Header, source: Source) -> bool:
    """Whether a source means one column of a header, or none that must be there."""
    columns = len(header.columns(source))
    if columns == 0 and source.optional:
        return True
    return columns >= (source.nth or 1) and (columns == 1 or source.nth is not None or source.pick is not None)


def _number_sources(mapping: TabMapping) -> Iterator[Source]:
    """The sources of what must be numbers."""
    for record in (mapping.objective, *mapping.key_result):
        sources = record.sources() if record else {}
        yield from (source for name, source in sources.items() if name in NUMBER_FIELDS)


def _outside(book: Book, tab: Tab, wanted: Sequence[Source]) -> Iterator[Problem]:
    """Columns that are read by their letters though the tab does not have them. Columns of ours are told on writing."""
    read = [source for source in wanted if not isinstance(source, OwnColumn)]
    letters = {(source.column or source.cell or "").rstrip("0123456789") for source in read} - {""}
    last = tab.columns - 1
    for column in sorted(column for column in map(column_number, letters) if column > last):
        facts = {"column": column_letters(column), "last": column_letters(last)}
        yield problem("column-outside", book.cell(tab, 0, last), title=tab.title, **facts)


def _faults(book: Book, tab: Tab, header: Header, wanted: Sequence[Source]) -> Iterator[Problem]:
    seen: set[tuple[object, ...]] = set()
    for source in (source for source in wanted if source.header):
        place = (source.header, source.under, source.nth)
        if place in seen:
            continue
        seen.add(place)
        columns = header.columns(source)
        if not columns and source.optional:
            continue
        if len(columns) < (source.nth or 1):
            yield _missing(book, tab, header, source, wanted)
        elif source.nth is None and source.pick is None and len(columns) > 1:
            cells = listed(cell_name(header.row, column) for column in columns)
            first = book.cell(tab, header.row, columns[0])
            yield problem(
                "header-ambiguous",
                first,
                title=tab.title,
                header=_name(source),
                count=len(columns),
                cells=cells,
            )


def _missing(book: Book, tab: Tab, header: Header, source: Source, wanted: Sequence[Source]) -> Problem:
    """A header that no column has. What may have become of it stands among the columns that nothing else means."""
    used = {column for other in wanted if other != source for column in _meant(header, other)}
    before, behind = _beside(header, source, wanted)
    beside = [column for column in (before, behind) if column is not None]
    # Where many are unused, those are named that stand where the lost one most likely stood.
    order = sorted(range(len(header.texts)), key=lambda column: sum(abs(column - one) for one in beside))
    unused = {column: text for column in order if (text := header.texts[column]) and column not in used}
    near, instead = _nearest(source, unused), _in_its_place(before, behind, unused)
    return problem(
        "header-missing",
        book.cell(tab, header.row, 0),
        title=tab.title,
        header=_name(source),
        nearest="none" if near is None else _place(tab, header, near),
        instead="none" if instead is None else _place(tab, header, instead),
        unused=listed(_place(tab, header, column) for column in unused) or "none",
    )


def _meant(header: Header, source: Source) -> list[int]:
    """Every column that a source can mean, by its letter or its header."""
    return header.columns(source) if source.column is None else [column_number(source.column)]


def _beside(header: Header, source: Source, wanted: Sequence[Source]) -> tuple[int | None, int | None]:
    """The columns of the two fields that the mapping names before and behind a lost one, as far as they are there."""
    place = wanted.index(source)
    before = (_meant(header, other) for other in reversed(wanted[:place]))
    behind = (_meant(header, other) for other in wanted[place + 1 :])
    one, other = (next(filter(None, side), [None]) for side in (before, behind))
    return one[0], other[0]


def _in_its_place(before: int | None, behind: int | None, unused: Mapping[int, str]) -> int | None:
    """The column that nothing means where a lost one most likely stood: between those that the mapping names before and
    behind it, or right beside the only one. None where that is not clear.
    """
    if before is None or behind is None:
        place = before + 1 if before is not None else behind - 1 if behind is not None else -1
        return place if place in unused else None
    first, last = sorted((before, behind))
    between = [column for column in unused if first < column < last]
    return between[0] if len(between) == 1 else None


def _nearest(source: Source, unused: Mapping[int, str]) -> int | None:
    """The column whose header has nearly the letters of a wanted one, else its meaning ("Thực tế" for "Hiện tại")."""
    wanted = [plain(header) for header in source.header]
    alike = {
        column: max(difflib.SequenceMatcher(None, plain(text), one).ratio() for one in wanted)
        for column, text in unused.items()
    }
    best = max(alike, key=lambda column: alike[column], default=None)
    if best is not None and alike[best] >= ALIKE:
        return best
    meant = {role for header in source.header for role, worth in roles_of(header).items() if worth >= LEAST}
    worths = {column: _shared_worth(text, meant) for column, text in unused.items()}
    best = max(worths, key=lambda column: worths[column], default=None)
    return best if best is not None and worths[best] >= LEAST else None


def _shared_worth(text: str, meant: Set[str]) -> float:
    """How well a header fits one of some roles."""
    return max((worth for role, worth in roles_of(text).items() if role in meant), default=0.0)


def _place(tab: Tab, header: Header, column: int) -> str:
    text = " ".join(tab.text(header.row, column).split()) or header.texts[column]
    return f"{cell_name(header.row, column)} “{text}”"


def _name(source: Source) -> str:
    name = " / ".join(source.header)
    return f"{source.under} → {name}" if source.under else name


def _bound(header: Header, named: Sequence[Source]) -> dict[Source, tuple[int, ...]]:
    """The columns of each source. "T*" picks among the columns that no other source means by its own name."""
    single = {source: _nth(header.columns(source), source) for source in named if not source.pick}
    taken = {column for columns in single.values() for column in columns}
    several = {source: tuple(c for c in header.columns(source) if c not in taken) for source in named if source.pick}
    return {**single, **several}


def _nth(columns: Sequence[int], source: Source) -> tuple[int, ...]:
    """The one column that a source means; none of an optional one that is not there."""
    place = (source.nth or 1) - 1
    return tuple(columns[place : place + 1])
