"""The rows of one tab, walked from its header to its end: which of them count, and which record each is."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sync.config.mapping import KeyResultFields, ObjectiveFields, TabMapping
from sync.config.sources import Condition, OwnColumn, ScoreColumn, Source, WordColumn
from sync.domain.cells import CellRef, column_letters
from sync.domain.cycle_records import CycleRecord
from sync.domain.grid import Book, Field, Tab
from sync.domain.okr import CheckIn, Initiative, KeyResult, Objective
from sync.domain.problems import Problem, problem
from sync.reading.check_ins import read_check_in
from sync.reading.cycle_records import read_cycle_records
from sync.reading.found import Row, Test
from sync.reading.headers import Table, find_tables
from sync.reading.initiatives import read_initiative
from sync.reading.key_results import KeyResultRows, MetKeyResults
from sync.reading.objectives import MetObjectives, ObjectiveRows
from sync.reading.row_fields import RowFields, TableFields, all_sources, records_of
from sync.reading.sources import TableReader
from sync.reading.tab_cells import TabCells
from sync.reading.unnamed import UnnamedNumbers
from sync.reading.word_places import WordCells


@dataclass(frozen=True, slots=True)
class TabReading:
    """What one tab says. `additions` are objectives without a text: what they say belongs to those of the same ID.
    `kinds` holds the mapping of each key result, of several kinds its own, and `joins`, for those that name their
    objective, the reference as written; `score_cells` and `word_cells` are this tab's, by key of their record.

    `identity_columns` are those whose values tell which row is which; `header_rows` end above the first record,
    and the last `header_height` of them are the header.
    `skipped` are the rows left out by `skip`, counted from 1. `refused` says that the tab's structure is not to be
    believed: it has no records then. `part` counts the mappings of one tab.
    `tables` are where the header says that there are records, and `ends` the row before which each ended.
    """

    tab: Tab
    mapping: TabMapping
    objectives: list[Objective] = field(default_factory=list)
    additions: list[Objective] = field(default_factory=list)
    key_results: list[KeyResult] = field(default_factory=list)
    score_cells: dict[str, tuple[CellRef, ...]] = field(default_factory=dict)
    word_cells: dict[str, WordCells] = field(default_factory=dict)
    kinds: dict[str, KeyResultFields] = field(default_factory=dict)
    joins: dict[str, str] = field(default_factory=dict)
    check_ins: list[CheckIn] = field(default_factory=list)
    initiatives: list[Initiative] = field(default_factory=list)
    cycle: list[CycleRecord] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    identity_columns: tuple[int, ...] = ()
    header_rows: int = 0
    header_height: int = 0
    refused: bool = False
    part: int = 0
    tables: tuple[Table, ...] = ()
    ends: list[int] = field(default_factory=list)

    def score_column(self, item: Objective | KeyResult) -> ScoreColumn | None:
        """Where the mapping lets the score of a record of this tab be written."""
        fields = self._fields(item)
        return fields.score if fields is not None else None

    def word_column(self, item: Objective | KeyResult, name: Field) -> WordColumn | None:
        """Where the mapping lets words for a record of this tab be written."""
        fields = self._fields(item)
        return fields.word_columns().get(name) if fields is not None else None

    def _fields(self, item: Objective | KeyResult) -> ObjectiveFields | KeyResultFields | None:
        return self.mapping.objective if isinstance(item, Objective) else self.kinds[item.key]


def read_tab(book: Book, tab: Tab, mapping: TabMapping, part: int = 0, cells: TabCells | None = None) -> TabReading:
    """Read one tab by its mapping. Never raises on what the sheet holds.

    `part` counts the mappings of one tab, whose equal texts are different records (quarters side by side).
    `cells` are those that were found by another reading of this very tab in this very book.
    """
    if tab.is_empty:
        empty = problem("tab-empty", book.cell(tab, 0, 0), title=tab.title)
        return TabReading(tab, mapping, problems=[empty])
    wanted = list(all_sources(mapping))
    tables, faults = find_tables(book, tab, mapping, wanted)
    faults += _scores_over_sources(book, tab, mapping, tables)
    if not tables or any(fault.code == "score-is-source" for fault in faults):
        ends = [table.last for table in tables]
        return TabReading(tab, mapping, problems=faults, refused=True, tables=tuple(tables), ends=ends)
    parts = [part for source in _identifying(mapping) for part in source.parts()]
    identifying = {table.column(part) for table in tables for part in parts}
    reading = TabReading(
        tab,
        mapping,
        identity_columns=tuple(sorted(column for column in identifying if column is not None)),
        header_rows=tables[0].first,
        header_height=tables[0].header_height,
        part=part,
        tables=tuple(tables),
        problems=faults,
    )
    cells = cells or TabCells(tab, keeps=False)
    objectives, key_results = MetObjectives(), MetKeyResults()
    readers = [TableReader(book, tab, table, cells, mapping.meaning_nothing) for table in tables]
    reading.problems.extend(_missing_labels(book, tab, wanted, readers))
    for reader in readers:
        fields = TableFields(reader, mapping, reading.problems, part)
        reading.ends.append(_TableWalk(fields, reading, objectives, key_results).collect())
    adds = mapping.objective is not None and mapping.objective.text is None
    (reading.additions if adds else reading.objectives).extend(objectives.all())
    reading.key_results.extend(key_results.all(cells.covered))
    items: list[Objective | KeyResult] = [*reading.objectives, *reading.key_results]
    reading.score_cells.update((found.key, found.score_cells) for found in items)
    reading.word_cells.update(objectives.word_cells())
    reading.word_cells.update(key_results.word_cells())
    reading.kinds.update(key_results.kinds)
    reading.joins.update(key_results.joins)
    return reading


def read_rows_of(book: Book, tab: Tab, known: TabReading, rows: range, cells: TabCells) -> TabReading:
    """Some rows of a table whose tab is `known`, as if no others were there; `cells` are those of the tab."""
    table = next(table for table in known.tables if table.first <= rows.start and rows.stop <= table.last)
    reading = TabReading(tab, known.mapping, part=known.part, tables=known.tables)
    objectives, key_results = MetObjectives(), MetKeyResults()
    reader = TableReader(book, tab, table, cells, known.mapping.meaning_nothing)
    fields = TableFields(reader, known.mapping, reading.problems, known.part)
    _TableWalk(fields, reading, objectives, key_results).collect(rows)
    reading.objectives.extend(objectives.all())
    reading.key_results.extend(key_results.all(cells.covered))
    reading.kinds.update(key_results.kinds)
    reading.joins.update(key_results.joins)
    return reading


def _missing_labels(
    book: Book, tab: Tab, wanted: Sequence[Source], readers: Sequence[TableReader]
) -> Iterator[Problem]:
    """Labels that stand above no table of the tab: what was to stand behind them is read nowhere."""
    needed = dict.fromkeys(source for source in wanted if source.label and not source.optional)
    for source in needed:
        if not any(reader.has_label(source) for reader in readers):
            label = " / ".join(source.label)
            yield problem("label-missing", book.cell(tab, 0, 0), title=tab.title, label=label)


def _scores_over_sources(book: Book, tab: Tab, mapping: TabMapping, tables: Sequence[Table]) -> list[Problem]:
    """Columns of ours that are read for something else, however the two are named: writing there would destroy it. Of
    several blocks each has columns of its own.
    """
    found: dict[int, Problem] = {}
    for table in tables:
        row = table.header.row if table.header else 0
        for column, name in _read_and_written(mapping, table):
            header = tab.text(row, column) or column_letters(column)
            cell = book.cell(tab, row, column)
            found.setdefault(column, problem("score-is-source", cell, header=header, title=tab.title, field=name))
    return list(found.values())


def _read_and_written(mapping: TabMapping, table: Table) -> list[tuple[int, str]]:
    """The columns of a table that take something of ours and are read, each with what for."""
    read: dict[int, str] = {}
    scores: dict[int, Source] = {}
    for record in records_of(mapping):
        for name, source in record.sources().items():
            for column in _columns(source, table):
                if isinstance(source, OwnColumn):
                    scores[column] = source
                else:
                    read.setdefault(column, name)
    words = {column for column, source in scores.items() if isinstance(source, WordColumn)}
    for condition in _conditions(mapping):
        for column in words.intersection(_columns(condition, table)):
            read.setdefault(column, "when / skip / until")
    return [(column, read[column]) for column in sorted(scores.keys() & read.keys())]


def _columns(source: Source, table: Table) -> list[int]:
    """Every column that a source looks at."""
    return [column for part in source.parts() for column in table.columns(part)]


def _conditions(mapping: TabMapping) -> list[Condition]:
    """All conditions of a tab. Those that ask for words of ours would change with them."""
    return [*mapping.skip, *mapping.until, *(test for record in records_of(mapping) for test in record.when)]


_IDENTIFYING = ("id", "text", "objective", "unit", "owner", "period", "key_result", "date")


def _identifying(mapping: TabMapping) -> Iterator[Source]:
    """The sources by which rows are told apart."""
    yield from [*mapping.skip, *mapping.until]
    for record in records_of(mapping):
        yield from record.when
        yield from (source for name, source in record.sources().items() if name in _IDENTIFYING)


class _TableWalk:
    """Collects the records of one table into a TabReading, row by row."""

    def __init__(
        self, table: TableFields, reading: TabReading, objectives: MetObjectives, key_results: MetKeyResults
    ) -> None:
        mapping, self.reader, self.reading = table.mapping, table.reader, reading
        self.until, self.skip = self.reader.tests(mapping.until), self.reader.tests(mapping.skip)
        objective, check_in, initiative = mapping.objective, mapping.check_in, mapping.initiative
        self.objectives = ObjectiveRows(RowFields(table, objective), objectives) if objective else None
        self.kinds = [
            [KeyResultRows(kind, item, RowFields(table, fields), key_results) for item, fields in kind.variants()]
            for kind in mapping.key_result
        ]
        self.check_ins = RowFields(table, check_in) if check_in else None
        self.initiatives = RowFields(table, initiative) if initiative else None
        self.around = [RowFields(table, record) for record in mapping.around()]
        self.unnamed = UnnamedNumbers()
        self.current: Objective | None = None
        # Whether the objective that the present row belongs to shows an error instead of its name.
        self.unreadable = False
        self.under_skipped = False
        self.named_on_skipped: Row | None = None

    def collect(self, rows: range | None = None) -> int:
        """Walk the table, or some of its rows; gives the row before which it ends."""
        end = self._walk(rows)
        self.reading.problems.extend(self.unnamed.told_in_the_end())
        return end

    def _walk(self, rows: range | None) -> int:
        table = self.reader.table
        for number in range(table.first, table.last) if rows is None else rows:
            if self.until and _any_holds(self.until, number):
                return number
            if self.skip and _any_holds(self.skip, number):
                self._skip(number)
                self.reading.skipped.append(number + 1)
                continue
            self._row(number)
            self.reader.cells.was_read(number)
        return table.last

    def _skip(self, number: int) -> None:
        """Leave a row out. Where it named an objective, the rows below it still belong to that one: they are left out
        with it where rows of objectives and of key results alternate, and make it count after all where it was
        only beside the key result that is left out.
        """
        row = self._objective_in(number)
        if row is None or self.objectives is None:
            return
        if self.objectives.fields.record.when:
            self.under_skipped = True
        else:
            self.named_on_skipped = row

    def _row(self, number: int) -> None:
        above, objective = self.current, self._objective_in(number)
        if objective is not None:
            self._objective(objective)
            self.under_skipped, self.named_on_skipped = False, None
        elif self.named_on_skipped is not None and any(self._key_results(number)):
            self._objective(self.named_on_skipped)
            self.named_on_skipped = None
        if self.under_skipped:
            self.reading.skipped.append(number + 1)
            return  # key results of an objective that does not count
        found = self._key_results(number)
        for key_results, row in found:
            if not self.unreadable or key_results.names_objective:
                key_results.read(row, self.current)
        is_something_else = self._beside_key_results(number)
        begins = self.current is not above
        if found:
            self.unnamed.named(begins=begins)
        elif not is_something_else:
            self._tell_unnamed(number, begins=begins)

    def _beside_key_results(self, number: int) -> bool:
        """Read what is no OKR itself; tells whether a row holds any of it."""
        is_check_in = is_initiative = False
        if self.check_ins and (is_check_in := self.check_ins.exists(row := self.check_ins.row(number))):
            check_in = read_check_in(self.check_ins, row)
            self.reading.check_ins.extend([check_in] if check_in else [])
        if self.initiatives and (is_initiative := self.initiatives.exists(row := self.initiatives.row(number))):
            self.reading.initiatives.append(read_initiative(self.initiatives, row))
        around = [*read_cycle_records(self.around, number)] if self.around else []
        self.reading.cycle.extend(around)
        return is_check_in or is_initiative or bool(around)

    def _tell_unnamed(self, number: int, *, begins: bool) -> None:
        """Tell of numbers without a key result, once for a row."""
        for each in itertools.chain(*self.kinds):
            if self.unnamed.look(each.fields, each.fields.row(number), begins=begins):
                return

    def _objective_in(self, number: int) -> Row | None:
        """The row as its objective sees it; None where it names none."""
        if self.objectives is None:
            return None
        row = self.objectives.fields.row(number)
        return row if self.objectives.fields.exists(row) else None

    def _key_results(self, number: int) -> list[tuple[KeyResultRows, Row]]:
        """The key results of a row, each with the row as it sees it: of several kinds, those of the first that the row
        is of.
        """
        for kind in self.kinds:
            found = [(each, row) for each in kind if each.fields.exists(row := each.fields.row(number))]
            if found:
                return found
        return []

    def _objective(self, row: Row) -> None:
        if self.objectives:
            self.current = self.objectives.read(row, self.current)
            self.unreadable = self.current is None


def _any_holds(tests: Sequence[Test], number: int) -> bool:
    """Whether one of the conditions on rows as such is true of a row."""
    row = Row(number)
    return any(holds(row) for holds in tests)
