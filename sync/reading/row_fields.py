"""What all kinds of records ask of a row: whether one is there, what stands in a field, what is wrong with it.

Knows no kind of record; `objectives`, `key_results` and `check_ins` do.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeVar

from sync.config.mapping import KeyResultFields, ObjectiveFields, TabMapping
from sync.config.record import Record
from sync.config.sources import ScoreColumn, Source, WordSource
from sync.domain.cells import CellRef, column_letters
from sync.domain.grid import CellError
from sync.domain.keys import key_of
from sync.domain.problems import Problem, problem
from sync.reading.amount_cells import AmountReader
from sync.reading.numbers import number_language
from sync.reading.sources import NOTHING, FoundValue, Line, TableReader
from sync.reading.word_cells import WordReader
from sync.reading.words import Vocabulary, is_total

T = TypeVar("T")


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


class RowFields:
    """The fields of the rows of one table. `problems` collects what is wrong; `part` counts the mappings of one tab."""

    def __init__(self, reader: TableReader, mapping: TabMapping, problems: list[Problem], part: int) -> None:
        self.reader, self.mapping, self.problems, self.part = reader, mapping, problems, part
        language = number_language(mapping.numbers or reader.book.locale)
        nothing = frozenset(key_of(text) for text in mapping.nothing)
        self.amounts, self.words = AmountReader(reader, language, nothing), WordReader(reader, nothing)
        # By identity: a record's model holds a dict and cannot be hashed.
        self._sources: dict[int, dict[str, Source]] = {}
        self._lines: dict[int, Line] = {}
        for record in mapping.records():
            self.know(record)
        read = [source for source in all_sources(mapping) if not isinstance(source, ScoreColumn)]
        self.read_columns = frozenset(column for source in read for column in reader.table.columns(source))

    def know(self, record: Record, line: Line | None = None) -> None:
        """Take note of a further record's sources, and of which line it is; `forget` lets go of them before the record
        goes.
        """
        self._sources[id(record)] = record.sources()
        if line is not None:
            self._lines[id(record)] = line

    def forget(self, record: Record) -> None:
        """Let go of what `know` took note of."""
        del self._sources[id(record)]
        self._lines.pop(id(record), None)

    def exists(self, record: Record, text: Source, row: int) -> bool:
        """Whether a row is such a record: its text is there, its conditions hold, and it is no line of totals."""
        fields = self._sources[id(record)]
        found = self.reader.find(text, row, fields)
        if found.text == "" or not self.reader.all_hold(record.when, row, fields):
            return False
        if not self.is_in_row(record, text) and self._is_empty(row):
            return False
        if is_total(found.text):
            self.problem("total-row", self.reader.told_at(found), text=found.text)
            return False
        return True

    def _is_empty(self, row: int) -> bool:
        """Whether nothing of what the mapping reads stands in a row; our own scores are not read."""
        columns = self.read_columns or range(self.reader.tab.width)
        return not any(self.reader.tab.text(row, column).strip() for column in columns)

    def is_unreadable(self, record: Record, row: int, *known_by: Source | None) -> bool:
        """Whether a cell by which a row is known shows an error: the row cannot be told from others then."""
        for source in known_by:
            found = self.find(record, source, row)
            if isinstance(found.value, CellError):
                cell = self.reader.told_at(found)
                self.problem("row-unreadable", cell, text=found.text, field=self.name(source))
                return True
        return False

    def find(self, record: Record, source: Source | None, row: int) -> FoundValue:
        """What a record's source says of a row."""
        if source is None:
            return NOTHING
        line = self._lines.get(id(record)) if self._lines else None
        return self.reader.find(source, row, self._sources[id(record)], line)

    def text(self, record: Record, source: Source | None, row: int) -> str:
        """The same as text."""
        return self.find(record, source, row).text

    def word(self, record: Record, source: WordSource[str] | None, row: int, known: Vocabulary[T]) -> T | None:
        """What a record's word means; None for none, and for one that is not understood, which is told."""
        if source is None:
            return None
        meant, problems = self.words.read(self.find(record, source, row), source, known, self.name(source))
        self.problems.extend(problems)
        return meant

    def place(self, kind: str) -> tuple[str | int, ...]:
        """Where keys of this kind are unique."""
        part = self.part
        return (self.reader.book.id, self.reader.tab.sheet_id, kind, *((f"part {part}",) if part else ()))

    def weight(
        self, record: ObjectiveFields | KeyResultFields, source: Source | None, row: int
    ) -> tuple[Decimal | None, str, CellRef | None]:
        """The weight, its unit and its cell; 1 where there is none, None for one that cannot be used."""
        if source is None:
            return Decimal(1), "", None
        found = self.find(record, source, row)
        amount, _ = self.amounts.read(found, "weight")
        if found.torn:
            return None, "", amount.cell
        if amount.is_blank:
            return Decimal(1), "", amount.cell
        if amount.number is None or amount.number < 0:
            self.problem("bad-weight", self.reader.told_at(found), text=amount.text)
            return None, "", amount.cell
        return amount.number, amount.unit, amount.cell

    def score_cell(self, score: ScoreColumn | None, row: int) -> CellRef | None:
        """The cell of a row that takes a score; None where none does."""
        column = self.reader.table.column(score) if score is not None else None
        return None if column is None else self.reader.book.cell(self.reader.tab, row, column)

    def required_cell(self, found: FoundValue, row: int) -> CellRef:
        """Where something was found, else the row's first cell."""
        return self.reader.cell(found) or self.reader.book.cell(self.reader.tab, row, 0)

    def name(self, source: Source | None) -> str:
        """What people call the place of a field: its header as it stands in the sheet, else its letter, cell or label;
        the field's own name for what stands nowhere in the sheet.
        """
        if source is None:
            return "—"
        if source.join:
            return source.separator.join(self.name(part) for part in source.join)
        column, header = self.reader.table.column(source), self.reader.table.header
        if column is not None:
            text = self.reader.tab.text(header.row, column) if header else ""
            return " ".join(text.split()) or column_letters(column)
        named = (name for sources in self._sources.values() for name, known in sources.items() if known == source)
        return source.cell or " / ".join(source.label) or next(named, "—")

    def problem(self, code: str, cell: CellRef, **facts: object) -> None:
        """Add to what is wrong."""
        self.problems.append(problem(code, cell, **facts))

    def is_in_row(self, record: Record, source: Source) -> bool:
        """Whether a source says something of each row for itself."""
        if not (source.field or source.join):
            return bool(source.header or source.column)
        sources = self._sources[id(record)]
        placed = [sources.get(part.field, part) if part.field else part for part in source.parts()]
        return any(part.header or part.column for each in placed for part in each.parts())
