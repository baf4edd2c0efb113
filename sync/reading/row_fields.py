"""What all kinds of records ask of a row: whether one is there, what stands in a field, what is wrong with it.

Knows no kind of record; `objectives`, `key_results` and `check_ins` do.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from sync.config.mapping import KeyResultFields, TabMapping
from sync.config.record import Record
from sync.config.sources import OwnColumn, Source, WordSource
from sync.domain.cells import CellRef, column_letters
from sync.domain.grid import WORD_FIELDS, CellError, Field
from sync.domain.problems import Problem, problem
from sync.reading.amount_cells import AmountReader
from sync.reading.found import NOTHING, FoundValue, Line, Row, found_in
from sync.reading.numbers import number_language
from sync.reading.sources import TableReader, is_in_rows
from sync.reading.word_cells import WordReader
from sync.reading.word_places import NO_WORDS, WordCells
from sync.reading.words import Vocabulary, is_total

T = TypeVar("T")
R = TypeVar("R", bound=Record, covariant=True)


def records_of(mapping: TabMapping) -> Iterator[Record]:
    """The kinds of records, with one for each of the key results that stand side by side."""
    for record in mapping.records():
        yield from (fields for _, fields in record.variants()) if isinstance(record, KeyResultFields) else (record,)


def all_sources(mapping: TabMapping) -> Iterator[Source]:
    """Every place that a mapping looks at, those of conditions included."""
    for record in records_of(mapping):
        yield from record.places()
    for condition in (*mapping.skip, *mapping.until):
        yield from condition.parts()


ONE = Decimal(1)


class Weight(NamedTuple):
    """What a record weighs. `is_blank`: there is a place for it, and nothing stands there."""

    number: Decimal | None
    unit: str = ""
    cell: CellRef | None = None
    is_blank: bool = False


NO_WEIGHT = Weight(ONE)

# By what a record is known, the first of these that it has.
_NAMED_BY = ("text", "key_result", "id", "about", "topic", "person", "name")


def named_by(sources: Mapping[str, Source]) -> str:
    """The field that a row must have something in to be such a record."""
    return next(name for name in _NAMED_BY if name in sources)


class TableFields:
    """What all kinds of records on one table share. `problems` collects what is wrong; `part` counts the mappings of
    one tab.
    """

    def __init__(self, reader: TableReader, mapping: TabMapping, problems: list[Problem], part: int) -> None:
        self.reader, self.mapping, self.problems, self.part = reader, mapping, problems, part
        language = number_language(mapping.numbers or reader.book.locale)
        self.amounts, self.words = AmountReader(reader, language, reader.nothing), WordReader(reader, reader.nothing)

    def place(self, kind: str) -> tuple[str | int, ...]:
        """Where keys of this kind are unique."""
        part = self.part
        return (self.reader.book.id, self.reader.tab.sheet_id, kind, *((f"part {part}",) if part else ()))

    def is_empty(self, row: int) -> bool:
        """Whether nothing of what the mapping reads stands in a row; what we write is not read."""
        return not any(self.reader.tab.text(row, column).strip() for column in self._read_columns)

    @cached_property
    def _read_columns(self) -> Iterable[int]:
        read = (source for source in all_sources(self.mapping) if not isinstance(source, OwnColumn))
        columns = {column for source in read for column in self.reader.table.columns(source)}
        return columns or range(self.reader.tab.width)


class RowFields(Generic[R]):
    """The fields of one kind of record on one table, whose sources and conditions are bound to it."""

    def __init__(self, table: TableFields, record: R) -> None:
        self.table, self.record, self.reader, self.amounts = table, record, table.reader, table.amounts
        self._sources = record.sources()
        self._finders = {name: self.reader.finder(source) for name, source in self._sources.items()}
        # What no row changes is found now, and so is the nothing of fields that are not mapped.
        anywhere = Row(0, self._finders)
        fixed = {name: anywhere[name] for name, source in self._sources.items() if not is_in_rows(source)}
        self._known = dict.fromkeys(type(record).model_fields.keys() - self._sources.keys(), NOTHING) | fixed
        self._plain = [
            (name, column, self.reader.cells.column(column))
            for name, source in self._sources.items()
            if not isinstance(source, OwnColumn) and (column := self.reader.plain_column(source)) is not None
        ]
        self._conditions = self.reader.tests(record.when)
        self.named_by = named_by(self._sources)
        self._in_rows = frozenset(name for name in self._sources if self._stands_in_rows(name))
        self._names: dict[str, str] = {}

    def row(self, number: int) -> Row:
        """A row as such a record sees it."""
        row = Row(number, self._finders, self._known)
        if self._plain:
            # All at once what each field would ask for by itself.
            cells = self.reader.tab.values[number]
            for name, column, known in self._plain:
                found = known[number]
                if found is None:
                    found = known[number] = found_in(cells, number, column)
                row[name] = found
        return row

    def lines(self, row: Row, texts: list[str]) -> list[Row]:
        """The same row for each of several records in one cell, whose texts are these."""
        known = ({**self._known, self.named_by: FoundValue(text)} for text in texts)
        return [Row(row.number, self._finders, each, Line(at, len(texts))) for at, each in enumerate(known)]

    def exists(self, row: Row, known_by: str = "") -> bool:
        """Whether a row is such a record: its text is there, its conditions hold, and it is no line of totals.

        `known_by` is another field that may stand for the text.
        """
        name = known_by or self.named_by
        found = row[name]
        text = found.text
        if text == "" or (self._conditions and not self.fits(row)):
            return False
        if name not in self._in_rows and self.table.is_empty(row.number):
            return False
        if is_total(text):
            self.problem("total-row", self.reader.told_at(found), text=text)
            return False
        return True

    def fits(self, row: Row) -> bool:
        """Whether the conditions of such a record hold for a row."""
        return all(holds(row) for holds in self._conditions)

    @property
    def stands_in_rows(self) -> bool:
        """Whether each row says for itself what the record is called."""
        return self.named_by in self._in_rows

    def _stands_in_rows(self, name: str) -> bool:
        source = self._sources[name]
        placed = [self._sources[part.field] if part.field else part for part in source.parts()]
        return any(part.header or part.column for each in placed for part in each.parts())

    @cached_property
    def score_column(self) -> int | None:
        """The column that takes the score; None where none does."""
        score = self._sources.get("score")
        return None if score is None else self.reader.table.column(score)

    def is_unreadable(self, row: Row, *known_by: str) -> bool:
        """Whether a cell by which a row is known shows an error: the row cannot be told from others then."""
        for field in known_by:
            found = row[field]
            if isinstance(found.value, CellError):
                self.problem("row-unreadable", self.reader.told_at(found), text=found.text, field=self.name(field))
                return True
        return False

    def word(self, row: Row, field: str, known: Vocabulary[T], otherwise: T | None = None) -> T | None:
        """What a record's word means; None for none, `otherwise` for one that is not understood, which is told."""
        found = row[field]
        if found is NOTHING:
            return None
        source = self._sources.get(field)
        if not isinstance(source, WordSource):
            return None
        meant, problems = self.table.words.read(found, source, known, self.name(field))
        self.table.problems.extend(problems)
        return otherwise if problems else meant

    def weight(self, row: Row) -> Weight:
        """The weight: 1 where there is none, None for one that cannot be used."""
        found = row["weight"]
        if found is NOTHING:
            return NO_WEIGHT
        amount, _ = self.amounts.read(found, "weight")
        if found.torn:
            return Weight(None, "", amount.cell)
        if amount.is_blank:
            return Weight(ONE, "", amount.cell, is_blank=True)
        if amount.number is None or amount.number < 0:
            self.problem("bad-weight", self.reader.told_at(found), text=amount.text)
            return Weight(None, "", amount.cell)
        return Weight(amount.number, amount.unit, amount.cell)

    def score_cells(self, row: Row) -> tuple[CellRef, ...]:
        """The cell of a row that takes a score; none where none does."""
        column = self.score_column
        return () if column is None else (self.reader.book.cell(self.reader.tab, row.number, column),)

    @cached_property
    def _word_columns(self) -> dict[Field, int]:
        """The columns that take words of ours, by what they take."""
        found = {name: self.reader.table.column(column) for name, column in self.record.word_columns().items()}
        return {field: column for field in WORD_FIELDS if (column := found.get(field)) is not None}

    def word_cells(self, row: Row) -> WordCells:
        """The cells of a row that take words of ours."""
        if not self._word_columns:
            return NO_WORDS
        book, tab = self.reader.book, self.reader.tab
        return {field: (book.cell(tab, row.number, column),) for field, column in self._word_columns.items()}

    def required_cell(self, found: FoundValue, row: Row) -> CellRef:
        """Where something was found, else the row's first cell."""
        return self.reader.cell(found) or self.reader.book.cell(self.reader.tab, row.number, 0)

    def name(self, field: str) -> str:
        """What people call the place of a field: its header as it stands in the sheet, else its letter, cell or label;
        the field's own name for what stands nowhere in the sheet.
        """
        if field not in self._names:
            source = self._sources.get(field)
            self._names[field] = "—" if source is None else self._called(source) or field
        return self._names[field]

    def _called(self, source: Source) -> str:
        if source.join:
            return source.separator.join(self._called(part) or "—" for part in source.join)
        column, header = self.reader.table.column(source), self.reader.table.header
        if column is not None:
            text = self.reader.tab.text(header.row, column) if header else ""
            return " ".join(text.split()) or column_letters(column)
        return source.cell or " / ".join(source.label)

    def problem(self, code: str, cell: CellRef, **facts: object) -> None:
        """Add to what is wrong."""
        self.table.problems.append(problem(code, cell, **facts))
