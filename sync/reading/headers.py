"""Finding tables on a tab: which row is the header, which column has which header, where each table ends.

Knows headers and columns, not OKRs. A header that is missing or stands twice is a problem, never a guess.
"""

import difflib
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from sync.config.mapping import TabMapping
from sync.config.sources import OwnColumn, Source, fits
from sync.domain.cells import cell_name, column_letters, column_number
from sync.domain.grid import Book, Scalar, Tab, text_of
from sync.domain.keys import key_of
from sync.domain.problems import Problem, listed, problem
from sync.reading.header_ends import first_below
from sync.reading.header_words import LEAST, roles_of
from sync.reading.plain import plain

SEARCHED_ROWS = 100

# Headers that share so much of their letters may be one, differently typed.
ALIKE = 0.75

# Fewer words side by side are no header of anything.
FEWEST_WORDS = 3

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
    headers = [header, *_repeats(tab, mapping, header, named)]
    starts = [found.row for found in headers[1:]]
    ends = [start - (1 if mapping.two_header_rows else 0) for start in starts] + [len(tab.values)]
    tables = []
    for found, end in zip(headers, ends, strict=True):
        bound = _bound(found, named)
        first = first_below(tab, found.row, {column for columns in bound.values() for column in columns})
        table = Table(found, first, end, bound)
        other = None if mapping.until else _other_table(tab, mapping, table)
        if other is not None:
            text = " | ".join(tab.text(other, column) for column in _filled(tab, other))
            problems.append(problem("other-table", book.cell(tab, other, 0), title=tab.title, text=text))
            table = Table(found, first, other, bound)
        tables.append(table)
    return tables, problems


def _best_header(tab: Tab, mapping: TabMapping, named: Sequence[Source]) -> Header:
    """The row that has most of the wanted headers; the uppermost of equals."""
    if mapping.header_row is not None:
        return _header(tab, mapping.header_row - 1, mapping.two_header_rows)
    rows = range(min(len(tab.values), SEARCHED_ROWS))
    candidates = [_header(tab, row, mapping.two_header_rows) for row in rows] or [Header(0, ())]
    return max(candidates, key=lambda header: sum(1 for source in named if header.columns(source)))


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


def _repeats(tab: Tab, mapping: TabMapping, header: Header, named: Sequence[Source]) -> Iterator[Header]:
    """Further header rows below: other blocks with the same headers, whatever the order of their columns."""
    known = {header.texts[column] for source in named for column in header.columns(source)}
    fewest = min(2, len(known))
    below = tab.values[header.row + 1 :]
    written = {value for value in set[Scalar]().union(*below) if isinstance(value, str) and key_of(value) in known}
    for row, values in enumerate(below, header.row + 1):
        if written.isdisjoint(values):
            continue
        present = known.intersection([key_of(value) for value in values if isinstance(value, str)])
        if len(present) >= fewest or mapping.two_header_rows:
            candidate = _header(tab, row, mapping.two_header_rows)
            if all(_is_bound(candidate, source) for source in named):
                yield candidate


def _is_bound(header: Header, source: Source) -> bool:
    """Whether a source means one column of a header."""
    columns = len(header.columns(source))
    return columns >= (source.nth or 1) and (columns == 1 or source.nth is not None or source.pick is not None)


def _other_table(tab: Tab, mapping: TabMapping, table: Table) -> int | None:
    """The row below the OKRs in which something else begins: words where numbers should be, or one of our headers
    among others that are not ours, below an empty row.
    """
    numbers = {column for source in _number_sources(mapping) if (column := table.column(source)) is not None}
    texts = table.header.texts if table.header else ()
    own = {(column, texts[column]) for columns in table.bound.values() for column in columns}
    for row in range(table.first + 1, table.last):
        if not is_blank(tab, row - 1) or not is_all_words(tab, row):
            continue
        words = {key_of(tab.text(row, column)) for column in numbers} - {""}
        if len(words) >= FEWEST_WORDS or any(key_of(tab.text(row, column)) == text for column, text in own):
            return row
    return None


def _number_sources(mapping: TabMapping) -> Iterator[Source]:
    """The sources of what must be numbers."""
    for record in (mapping.objective, *mapping.key_result):
        sources = record.sources() if record else {}
        yield from (source for name, source in sources.items() if name in NUMBER_FIELDS)


def is_all_words(tab: Tab, row: int) -> bool:
    """Whether a row reads like a header: different words side by side, without a gap and without a digit."""
    filled = _filled(tab, row)
    texts = [tab.value(row, column) for column in filled]
    side_by_side = len(filled) >= FEWEST_WORDS and filled[-1] - filled[0] == len(filled) - 1
    return (
        side_by_side
        and len(set(texts)) == len(texts)
        and all(isinstance(text, str) and not any(char.isdigit() for char in text) for text in texts)
    )


def is_blank(tab: Tab, row: int) -> bool:
    """Whether a row holds nothing; asked of every row, most of which begin with a text."""
    values = tab.values[row]
    return not (values and values[0]) and not _filled(tab, row)


def _filled(tab: Tab, row: int) -> list[int]:
    """The columns of a row that hold something."""
    return [column for column, value in enumerate(tab.values[row]) if value not in (None, "")]


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
    single = {source: (header.columns(source)[(source.nth or 1) - 1],) for source in named if not source.pick}
    taken = {column for columns in single.values() for column in columns}
    several = {source: tuple(c for c in header.columns(source) if c not in taken) for source in named if source.pick}
    return {**single, **several}
