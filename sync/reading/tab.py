"""The rows of one tab, walked from its header to its end: which of them count, and which record each is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sync.config.mapping import KeyResultFields, ObjectiveFields, TabMapping
from sync.config.sources import ScoreColumn, Source
from sync.domain.cells import CellRef, column_letters
from sync.domain.cycle_records import CycleRecord
from sync.domain.grid import Book, Tab
from sync.domain.okr import CheckIn, Initiative, KeyResult, Objective
from sync.domain.problems import Problem, problem
from sync.reading.check_ins import read_check_in
from sync.reading.cycle_records import read_cycle_records
from sync.reading.headers import Table, find_tables
from sync.reading.initiatives import read_initiative
from sync.reading.key_results import KeyResultRows, MetKeyResults
from sync.reading.objectives import MetObjectives, ObjectiveRows
from sync.reading.row_fields import RowFields, all_sources, records_of
from sync.reading.sources import TableReader, covered_cells


@dataclass(frozen=True, slots=True)
class TabReading:
    """What one tab says. `additions` are objectives without a text: what they say belongs to those of the same ID.
    `kinds` holds the mapping of each key result, of several kinds its own, and `joins`, for those that name their
    objective, the reference as written; `score_cells` are this tab's, by key of their record.

    `identity_columns` are those whose values tell which row is which; `header_rows` end above the first record,
    and the last `header_height` of them are the header.
    `skipped` are the rows left out by `skip`, counted from 1. `refused` says that the tab's structure is not to be
    believed: it has no records then. `part` counts the mappings of one tab.
    """

    tab: Tab
    mapping: TabMapping
    objectives: list[Objective] = field(default_factory=list)
    additions: list[Objective] = field(default_factory=list)
    key_results: list[KeyResult] = field(default_factory=list)
    score_cells: dict[str, tuple[CellRef, ...]] = field(default_factory=dict)
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

    def score_column(self, item: Objective | KeyResult) -> ScoreColumn | None:
        """Where the mapping lets the score of a record of this tab be written."""
        fields = self.mapping.objective if isinstance(item, Objective) else self.kinds[item.key]
        return fields.score if fields is not None else None


def read_tab(book: Book, tab: Tab, mapping: TabMapping, part: int = 0) -> TabReading:
    """Read one tab by its mapping. Never raises on what the sheet holds.

    `part` counts the mappings of one tab, whose equal texts are different records (quarters side by side).
    """
    if tab.is_empty:
        empty = problem("tab-empty", book.cell(tab, 0, 0), title=tab.title)
        return TabReading(tab, mapping, problems=[empty])
    wanted = list(all_sources(mapping))
    tables, faults = find_tables(book, tab, mapping, wanted)
    faults += _scores_over_sources(book, tab, mapping, tables)
    if not tables or any(fault.code == "score-is-source" for fault in faults):
        return TabReading(tab, mapping, problems=faults, refused=True)
    parts = [part for source in _identifying(mapping) for part in source.parts()]
    identifying = {table.column(part) for table in tables for part in parts}
    reading = TabReading(
        tab,
        mapping,
        identity_columns=tuple(sorted(column for column in identifying if column is not None)),
        header_rows=tables[0].first,
        header_height=tables[0].header.height if tables[0].header else 0,
        part=part,
        problems=faults,
    )
    covered = covered_cells(tab)
    objectives, key_results = MetObjectives(), MetKeyResults()
    filled: dict[tuple[int, str | None], list[int]] = {}
    for table in tables:
        reader = TableReader(book, tab, table, covered, filled=filled)
        rows = RowFields(reader, mapping, reading.problems, part)
        _TableWalk(rows, reading, ObjectiveRows(rows, objectives), KeyResultRows(rows, key_results)).collect()
    adds = mapping.objective is not None and mapping.objective.text is None
    (reading.additions if adds else reading.objectives).extend(objectives.all())
    reading.key_results.extend(key_results.all(covered))
    items: list[Objective | KeyResult] = [*reading.objectives, *reading.key_results]
    reading.score_cells.update((found.key, found.score_cells) for found in items)
    reading.kinds.update(key_results.kinds)
    reading.joins.update(key_results.joins)
    return reading


def _scores_over_sources(book: Book, tab: Tab, mapping: TabMapping, tables: Sequence[Table]) -> list[Problem]:
    """Score columns that are read for something else, however the two are named: writing there would destroy it."""
    read: dict[int, str] = {}
    scores: dict[int, Source] = {}
    for record in records_of(mapping):
        for name, source in record.sources().items():
            parts = list(source.parts())
            for column in (column for table in tables for part in parts for column in table.columns(part)):
                if isinstance(source, ScoreColumn):
                    scores[column] = source
                else:
                    read.setdefault(column, name)
    row = tables[0].header.row if tables and tables[0].header else 0
    return [
        problem(
            "score-is-source",
            book.cell(tab, row, column),
            header=tab.text(row, column) or column_letters(column),
            title=tab.title,
            field=read[column],
        )
        for column in sorted(scores.keys() & read.keys())
    ]


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
        self, rows: RowFields, reading: TabReading, objectives: ObjectiveRows, key_results: KeyResultRows
    ) -> None:
        self.rows, self.reading, self.objectives, self.key_results = rows, reading, objectives, key_results
        self.current: Objective | None = None
        # Whether the objective that the present row belongs to shows an error instead of its name.
        self.unreadable = False
        self.under_skipped = False
        self.named_on_skipped: int | None = None
        self.mapping = rows.mapping
        self.kinds = [(kind, kind.variants()) for kind in self.mapping.key_result]
        self.around = self.mapping.around()
        for _, fields in (variant for _, variants in self.kinds for variant in variants):
            rows.know(fields)

    def collect(self) -> None:
        table = self.rows.reader.table
        for row in range(table.first, table.last):
            if self.mapping.until and self.rows.reader.any_holds(self.mapping.until, row, {}):
                break
            if self.mapping.skip and self.rows.reader.any_holds(self.mapping.skip, row, {}):
                self._skip(row)
                self.reading.skipped.append(row + 1)
                continue
            self._row(row)

    def _skip(self, row: int) -> None:
        """Leave a row out. Where it named an objective, the rows below it still belong to that one: they are left out
        with it where rows of objectives and of key results alternate, and make it count after all where it was
        only beside the key result that is left out.
        """
        fields = self.mapping.objective
        if fields is None or not self.rows.exists(fields, fields.named_by, row):
            return
        if fields.when:
            self.under_skipped = True
        else:
            self.named_on_skipped = row

    def _row(self, row: int) -> None:
        if self.mapping.objective and self.rows.exists(self.mapping.objective, self.mapping.objective.named_by, row):
            self._objective(self.mapping.objective, row)
            self.under_skipped, self.named_on_skipped = False, None
        elif self.mapping.objective and self.named_on_skipped is not None and any(self._key_results(row)):
            self._objective(self.mapping.objective, self.named_on_skipped)
            self.named_on_skipped = None
        if self.under_skipped:
            self.reading.skipped.append(row + 1)
            return  # key results of an objective that does not count
        for kind, item, fields in self._key_results(row):
            if not self.unreadable or fields.objective:
                self.key_results.read(kind, fields, row, item, self.current)
        if self.mapping.check_in and self.rows.exists(self.mapping.check_in, self.mapping.check_in.key_result, row):
            check_in = read_check_in(self.rows, self.mapping.check_in, row)
            self.reading.check_ins.extend([check_in] if check_in else [])
        if self.mapping.initiative and self.rows.exists(self.mapping.initiative, self.mapping.initiative.text, row):
            self.reading.initiatives.append(read_initiative(self.rows, self.mapping.initiative, row))
        self.reading.cycle.extend(read_cycle_records(self.rows, self.around, row))

    def _key_results(self, row: int) -> list[tuple[KeyResultFields, str, KeyResultFields]]:
        """The key results of a row, each with its kind, the first that the row is of, and the item of what repeats."""
        found = (
            [(kind, item, fields) for item, fields in variants if self.rows.exists(fields, fields.text, row)]
            for kind, variants in self.kinds
        )
        return next(filter(None, found), [])

    def _objective(self, fields: ObjectiveFields, row: int) -> None:
        self.current = self.objectives.read(fields, row, self.current)
        self.unreadable = self.current is None
