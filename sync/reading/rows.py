"""From the rows of one tab to records: objectives, key results, check-ins and initiatives.

A key result belongs to the objective of its row, or the nearest one above; one that names its objective is left
open here and joined in `reading.book`, because that objective may stand on another tab.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sync.grid import Book, CellError, Tab
from sync.mapping import (
    CheckInFields,
    InitiativeFields,
    KeyResultFields,
    ObjectiveFields,
    Record,
    ScoreColumn,
    Source,
    TabMapping,
)
from sync.okr import (
    Amount,
    CellRef,
    CheckIn,
    Initiative,
    KeyResult,
    Level,
    Objective,
    Status,
    column_letters,
    identity,
    key_of,
)
from sync.problems import Problem, listed, problem
from sync.reading.amounts import AmountReader
from sync.reading.dates import newness, parse_day
from sync.reading.headers import Table, find_tables
from sync.reading.measures import Measured, measure
from sync.reading.numbers import number_language
from sync.reading.sources import NOTHING, Found, TableReader, covered_cells, plain
from sync.reading.words import KINDS, LEVEL_EXAMPLES, LEVELS, STATUSES, is_total


@dataclass(frozen=True, slots=True)
class TabReading:
    """What one tab says. `joins` holds, for key results that name their objective, the reference as written.

    `identity_columns` are those whose values tell which row is which; `header_rows` end above the first record,
    and the last `header_height` of them are the header.
    `skipped` are the rows left out by `skip`, counted from 1. `refused` says that the tab's structure is not to be
    believed: it has no records then. `part` counts the mappings of one tab.
    """

    tab: Tab
    mapping: TabMapping
    objectives: list[Objective] = field(default_factory=list)
    key_results: list[KeyResult] = field(default_factory=list)
    joins: dict[str, str] = field(default_factory=dict)
    check_ins: list[CheckIn] = field(default_factory=list)
    initiatives: list[Initiative] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    identity_columns: tuple[int, ...] = ()
    header_rows: int = 0
    header_height: int = 0
    refused: bool = False
    part: int = 0


def read_tab(book: Book, tab: Tab, mapping: TabMapping, part: int = 0) -> TabReading:
    """Read one tab by its mapping. Never raises on what the sheet holds.

    `part` counts the mappings of one tab, whose equal texts are different records (quarters side by side).
    """
    if tab.is_empty:
        empty = problem("tab-empty", book.cell(tab, 0, 0), title=tab.title)
        return TabReading(tab, mapping, problems=[empty])
    wanted = list(_all_sources(mapping))
    tables, faults = find_tables(book, tab, mapping, wanted)
    faults += _scores_over_sources(book, tab, mapping, tables)
    if not tables or any(fault.code == "score-is-source" for fault in faults):
        return TabReading(tab, mapping, problems=faults, refused=True)
    identifying = {table.column(source) for table in tables for source in _identifying(mapping)}
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
    met = _Met()
    for table in tables:
        _TableRecords(TableReader(book, tab, table, covered), reading, met).collect()
    cells = met.score_cells
    reading.objectives.extend(replace(found, score_cells=tuple(cells[key])) for key, found in met.objectives.items())
    reading.key_results.extend(_combined(mapping.key_result, rows, covered) for rows in met.rows.values())
    return reading


def _scores_over_sources(book: Book, tab: Tab, mapping: TabMapping, tables: Sequence[Table]) -> list[Problem]:
    """Score columns that are read for something else, however the two are named: writing there would destroy it."""
    read: dict[int, str] = {}
    scores: dict[int, Source] = {}
    for record in _records(mapping):
        for name, source in record.sources().items():
            for column in (column for table in tables for column in table.columns(source)):
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


@dataclass(frozen=True, slots=True)
class _Met:
    """What was met on a tab so far, by key: its tables share it.

    `rows` are the rows that a key result stands on, each with its day; `copies` counts equal key results by owner.
    """

    objectives: dict[str, Objective] = field(default_factory=dict)
    score_cells: dict[str, dict[CellRef, None]] = field(default_factory=dict)
    rows: dict[str, list[tuple[str, KeyResult]]] = field(default_factory=dict)
    copies: dict[tuple[str, str], int] = field(default_factory=dict)


def _records(mapping: TabMapping) -> Iterator[Record]:
    """The kinds of records, with one for each of the key results that stand side by side."""
    for record in mapping.records():
        yield from (fields for _, fields in record.variants()) if isinstance(record, KeyResultFields) else (record,)


def _all_sources(mapping: TabMapping) -> Iterator[Source]:
    for record in _records(mapping):
        yield from [*record.sources().values(), *record.when]
    yield from [*mapping.skip, *mapping.until]


_IDENTIFYING = ("id", "text", "objective", "unit", "owner", "period", "key_result", "date")


def _identifying(mapping: TabMapping) -> Iterator[Source]:
    """The sources by which rows are told apart."""
    yield from [*mapping.skip, *mapping.until]
    for record in _records(mapping):
        yield from record.when
        yield from (source for name, source in record.sources().items() if name in _IDENTIFYING)


class _TableRecords:
    """Collects the records of one table into a TabReading, row by row."""

    def __init__(self, reader: TableReader, reading: TabReading, met: _Met) -> None:
        self.reader, self.reading, self.mapping = reader, reading, reading.mapping
        language = number_language(self.mapping.numbers or reader.book.locale)
        nothing = frozenset(key_of(text) for text in self.mapping.nothing)
        self.amounts = AmountReader(reader, language, nothing)
        self.met = met
        # Whether the objective that the present row belongs to shows an error instead of its name.
        self.unreadable = False
        self.current: Objective | None = None
        self.under_skipped = False
        self.named_on_skipped: int | None = None
        self.variants = self.mapping.key_result.variants() if self.mapping.key_result else []
        # By identity: a record's model holds a dict and cannot be hashed.
        records = [*self.mapping.records(), *(fields for _, fields in self.variants)]
        self.sources = {id(record): record.sources() for record in records}
        read = [source for source in _all_sources(self.mapping) if not isinstance(source, ScoreColumn)]
        self.read_columns = frozenset(column for source in read for column in reader.table.columns(source))

    def collect(self) -> None:
        table = self.reader.table
        for row in range(table.first, table.last):
            if self.mapping.until and self.reader.any_holds(self.mapping.until, row, {}):
                break
            if self.mapping.skip and self.reader.any_holds(self.mapping.skip, row, {}):
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
        if fields is None or not self._exists(fields, fields.text, row):
            return
        if fields.when:
            self.under_skipped = True
        else:
            self.named_on_skipped = row

    def _row(self, row: int) -> None:
        if self.mapping.objective and self._exists(self.mapping.objective, self.mapping.objective.text, row):
            self._objective(self.mapping.objective, row)
            self.under_skipped, self.named_on_skipped = False, None
        elif self.mapping.objective and self.named_on_skipped is not None and self._has_key_result(row):
            self._objective(self.mapping.objective, self.named_on_skipped)
            self.named_on_skipped = None
        if self.under_skipped:
            self.reading.skipped.append(row + 1)
            return  # key results of an objective that does not count
        for item, fields in self.variants:
            if (not self.unreadable or fields.objective) and self._exists(fields, fields.text, row):
                self._key_results(fields, row, item)
        if self.mapping.check_in and self._exists(self.mapping.check_in, self.mapping.check_in.key_result, row):
            self._check_in(self.mapping.check_in, row)
        if self.mapping.initiative and self._exists(self.mapping.initiative, self.mapping.initiative.text, row):
            self._initiative(self.mapping.initiative, row)

    def _has_key_result(self, row: int) -> bool:
        return any(self._exists(fields, fields.text, row) for _, fields in self.variants)

    def _exists(self, record: Record, text: Source, row: int) -> bool:
        fields = self.sources[id(record)]
        found = self.reader.find(text, row, fields)
        if found.text == "" or not self.reader.all_hold(record.when, row, fields):
            return False
        if not self._is_in_row(record, text) and self._is_empty(row):
            return False
        if is_total(found.text):
            self._problem("total-row", self.reader.told_at(found), text=found.text)
            return False
        return True

    def _is_empty(self, row: int) -> bool:
        """Whether nothing of what the mapping reads stands in a row; our own scores are not read."""
        columns = self.read_columns or range(self.reader.tab.width)
        return not any(self.reader.tab.text(row, column).strip() for column in columns)

    def _is_unreadable(self, record: Record, row: int, *known_by: Source | None) -> bool:
        """Whether a cell by which a row is known shows an error: the row cannot be told from others then."""
        for source in known_by:
            found = self._find(record, source, row)
            if isinstance(found.value, CellError):
                cell = self.reader.told_at(found)
                self._problem("row-unreadable", cell, text=found.text, field=self._column_name(source))
                return True
        return False

    def _find(self, record: Record, source: Source | None, row: int) -> Found:
        return self.reader.find(source, row, self.sources[id(record)]) if source is not None else NOTHING

    def _text(self, record: Record, source: Source | None, row: int) -> str:
        return self._find(record, source, row).text

    # Objectives

    def _objective(self, fields: ObjectiveFields, row: int) -> None:
        known_by = (fields.id,) if self._text(fields, fields.id, row) else (fields.unit, fields.owner, fields.period)
        self.unreadable = self._is_unreadable(fields, row, fields.text, *known_by)
        if self.unreadable:
            self.current = None
            return
        objective = self._read_objective(fields, row)
        known = self.met.objectives.setdefault(objective.key, objective)
        if known is not objective:
            self._met_again(fields, known, objective)
        self.met.score_cells.setdefault(objective.key, {}).update(dict.fromkeys(objective.score_cells))
        self.current = known

    def _met_again(self, fields: ObjectiveFields, known: Objective, again: Objective) -> None:
        """The same objective on a further row: its text repeated beside each key result, or a duplicate."""
        reworded = key_of(known.text) != key_of(again.text)
        if reworded or fields.when or not self.mapping.key_result:
            text = again.id if reworded else again.text
            self._problem("duplicate", again.cell, text=text, other=known.cell.a1)

    def _read_objective(self, fields: ObjectiveFields, row: int) -> Objective:
        text = self._find(fields, fields.text, row)
        cell = self._required_cell(text, row)
        named = {name: self._text(fields, getattr(fields, name), row) for name in ("id", "unit", "owner", "period")}
        if self.current is not None and key_of(self.current.text) == key_of(text.text) and not named["id"]:
            # Repeated rows often leave the rest blank.
            named = {name: value or getattr(self.current, name) for name, value in named.items()}
        parent = self._find(fields, fields.parent, row)
        related = self._find(fields, fields.related, row)
        weight, _, _ = self._weight(fields, fields.weight, row)
        return Objective(
            key=self._objective_key(named, text.text),
            text=text.text,
            cell=cell,
            **named,
            level=self._level(fields, row),
            status=STATUSES.get(key_of(self._text(fields, fields.status, row)), Status.ACTIVE),
            kind=KINDS.get(key_of(self._text(fields, fields.kind, row))),
            weight=weight if weight is not None else Decimal(0),
            parent=parent.text,
            parent_cell=self.reader.cell(parent),
            related=_several(related.text, ";\n"),
            related_cell=self.reader.cell(related),
            missing=fields.missing,
            score_cells=self._own_score_cells(fields, row, cell),
        )

    def _objective_key(self, named: dict[str, str], text: str) -> str:
        place = self._place("objective")
        if named["id"]:
            return identity(*place, key_of(named["id"]))
        return identity(*place, *(key_of(part) for part in (text, named["unit"], named["owner"], named["period"])))

    def _own_score_cells(self, fields: ObjectiveFields, row: int, cell: CellRef) -> tuple[CellRef, ...]:
        """An objective's score stands wherever its text stands: a merged text in its first row only, one that holds for
        the whole table (a constant, a cell or label above it, the tab's title) in every row.
        """
        found = self._score_cell(fields.score, row)
        stands_here = cell.row == row or not self._is_in_row(fields, fields.text)
        return (found,) if found is not None and stands_here else ()

    def _is_in_row(self, record: Record, source: Source) -> bool:
        """Whether a source says something of each row for itself."""
        placed = self.sources[id(record)].get(source.field, source) if source.field else source
        return bool(placed.header or placed.column)

    def _level(self, fields: ObjectiveFields, row: int) -> Level | None:
        found = self._find(fields, fields.level, row)
        if found.text == "":
            return None
        level = LEVELS.get(key_of(found.text))
        if level is None:
            field, known = self._column_name(fields.level), listed(LEVEL_EXAMPLES)
            self._problem("unknown-word", self.reader.told_at(found), text=found.text, field=field, known=known)
        return level

    # Key results

    def _key_results(self, fields: KeyResultFields, row: int, item: str) -> None:
        """The key results of one row: one, or one for each line of its cell that `each` finds."""
        if self._is_unreadable(fields, row, fields.text, fields.id, fields.objective):
            return
        text = self._find(fields, fields.text, row)
        if fields.rows == "separate" and text.row not in (None, row) and fields.text.cell is None:
            return  # the lower rows of a text merged over several, beside its initiatives
        if fields.each is None:
            self._keep(fields, row, self._key_result(fields, text, row, item))
            return
        for match in re.finditer(plain(fields.each), plain(text.text), re.MULTILINE):
            line = (match[1] if match.re.groups else match[0]).strip()
            of_line = fields.model_copy(update={"text": Source(value=line)})
            self.sources[id(of_line)] = of_line.sources()
            self._keep(of_line, row, self._key_result(of_line, replace(text, value=line), row, item))
            del self.sources[id(of_line)]

    def _key_result(self, fields: KeyResultFields, text: Found, row: int, item: str) -> KeyResult:
        id_ = self._own_id(fields, text, row)
        owner = self._text(fields, fields.owner, row)
        reference = self._text(fields, fields.objective, row)
        objective = self.current.key if self.current and not fields.objective else ""
        measured = self._measured(fields, row)
        weight, weight_unit, weight_cell = self._weight(fields, fields.weight, row)
        cell = self.reader.cell(text) or measured.current.cell or weight_cell
        score_cell = self._score_cell(fields.score, row)
        return KeyResult(
            key=self._key_result_key(id_, objective or reference, text.text, item),
            text=text.text,
            cell=cell or self._required_cell(text, row),
            id=id_,
            objective=objective,
            owner=owner,
            metric=measured.metric,
            strict=measured.strict,
            start=measured.start,
            target=measured.target,
            current=measured.current,
            measure=self._text(fields, fields.measure, row),
            weight=weight,
            weight_unit=weight_unit,
            weight_cell=weight_cell,
            confidence=self._text(fields, fields.confidence, row),
            score_cells=() if score_cell is None else (score_cell,),
        )

    def _own_id(self, fields: KeyResultFields, text: Found, row: int) -> str:
        """A key result's ID; none where it is merged with that of a row above, which has another text."""
        found = self._find(fields, fields.id, row)
        above = found.row is not None and found.row < row and fields.id is not None and not fields.id.label
        if fields.rows != "separate" or not above or found.row == text.row or found.text == "":
            return found.text
        self._problem("id-merged", self.reader.told_at(found), text=found.text)
        return ""

    def _keep(self, fields: KeyResultFields, row: int, key_result: KeyResult) -> None:
        """Add a key result, or make one of the several rows that it stands on."""
        if fields.rows == "separate":
            key_result = self._told_apart(key_result)
        date = self._deciding_day(fields, fields.date, row)
        self.met.rows.setdefault(key_result.key, []).append((newness(date), key_result))
        if fields.objective:
            self.reading.joins[key_result.key] = self._text(fields, fields.objective, row)

    def _measured(self, fields: KeyResultFields, row: int) -> Measured:
        measured = measure(self.amounts, fields, lambda source: self._find(fields, source, row), self._column_name)
        self.reading.problems.extend(measured.problems)
        return measured

    def _key_result_key(self, id_: str, objective: str, text: str, item: str) -> str:
        place = self._place("key_result")
        if id_:
            return identity(*place, key_of(id_), item)
        return identity(*place, key_of(objective), key_of(text), item)

    def _told_apart(self, key_result: KeyResult) -> KeyResult:
        """Two key results never share a key; equal ones of one owner are reported as duplicates."""
        if key_result.key not in self.met.rows:
            return key_result
        _, known = self.met.rows[key_result.key][0]
        owner = key_of(key_result.owner)
        if key_result.id or key_of(known.owner) == owner:
            text = key_result.id or key_result.text
            self._problem("duplicate", key_result.cell, text=text, other=known.cell.a1)
        number = self.met.copies.get((key_result.key, owner), 1) + 1
        self.met.copies[key_result.key, owner] = number
        return replace(key_result, key=identity(key_result.key, owner, number))

    # Check-ins and initiatives

    def _check_in(self, fields: CheckInFields, row: int) -> None:
        if self._is_unreadable(fields, row, fields.key_result):
            return
        reference = self._find(fields, fields.key_result, row)
        value = self._reported(self._find(fields, fields.value, row), self._column_name(fields.value))
        self.reading.check_ins.append(
            CheckIn(
                key_result=reference.text,
                cell=self._required_cell(reference, row),
                date=self._deciding_day(fields, fields.date, row),
                value=value,
                confidence=self._text(fields, fields.confidence, row),
                comment=self._text(fields, fields.comment, row),
                author=self._text(fields, fields.author, row),
            )
        )

    def _reported(self, found: Found, column: str) -> Amount:
        """A checked-in value: a number, or yes or no."""
        answer = self.amounts.yes_no(found)
        if answer is not None:
            return Amount(Decimal(int(answer)), found.text, cell=self.reader.cell(found))
        value, problems = self.amounts.read(found, column)
        self.reading.problems.extend(problems)
        return value

    def _initiative(self, fields: InitiativeFields, row: int) -> None:
        text = self._find(fields, fields.text, row)
        self.reading.initiatives.append(
            Initiative(
                text=text.text,
                cell=self._required_cell(text, row),
                id=self._text(fields, fields.id, row),
                key_results=_several(self._text(fields, fields.key_result, row), ",;\n"),
                objective=self._text(fields, fields.objective, row),
                owner=self._text(fields, fields.owner, row),
                due=self._day(self._find(fields, fields.due, row)),
                status=self._text(fields, fields.status, row),
            )
        )

    # What all share

    def _place(self, kind: str) -> tuple[str | int, ...]:
        """Where keys of this kind are unique."""
        part = self.reading.part
        return (self.reader.book.id, self.reader.tab.sheet_id, kind, *((f"part {part}",) if part else ()))

    def _weight(
        self, record: ObjectiveFields | KeyResultFields, source: Source | None, row: int
    ) -> tuple[Decimal | None, str, CellRef | None]:
        """The weight, its unit and its cell; 1 where there is none, None for one that cannot be used."""
        if source is None:
            return Decimal(1), "", None
        found = self._find(record, source, row)
        amount, _ = self.amounts.read(found, "weight")
        if amount.is_blank:
            return Decimal(1), "", amount.cell
        if amount.number is None or amount.number < 0:
            self._problem("bad-weight", self.reader.told_at(found), text=amount.text)
            return None, "", amount.cell
        return amount.number, amount.unit, amount.cell

    def _score_cell(self, score: ScoreColumn | None, row: int) -> CellRef | None:
        column = self.reader.table.column(score) if score is not None else None
        return None if column is None else self.reader.book.cell(self.reader.tab, row, column)

    def _day(self, found: Found) -> str:
        """A date as ISO, or as written where it cannot be read."""
        day = parse_day(found.value, self.amounts.language.locale)
        return day.isoformat() if day else found.text

    def _deciding_day(self, record: Record, source: Source | None, row: int) -> str:
        """A date that decides which value is the newest, so that one that cannot be read is told."""
        found = self._find(record, source, row)
        day = self._day(found)
        if not newness(day) and key_of(day) not in self.amounts.nothing | {""}:
            self._problem("not-a-date", self.reader.told_at(found), text=day, field=self._column_name(source))
        return day

    def _required_cell(self, found: Found, row: int) -> CellRef:
        return self.reader.cell(found) or self.reader.book.cell(self.reader.tab, row, 0)

    def _column_name(self, source: Source | None) -> str:
        """What people call the place of a field: its header as it stands in the sheet, else its letter, cell or label;
        the field's own name for what stands nowhere in the sheet.
        """
        if source is None:
            return "—"
        column, header = self.reader.table.column(source), self.reader.table.header
        if column is not None:
            text = self.reader.tab.text(header.row, column) if header else ""
            return " ".join(text.split()) or column_letters(column)
        named = (name for sources in self.sources.values() for name, known in sources.items() if known == source)
        return source.cell or " / ".join(source.label) or next(named, "—")

    def _problem(self, code: str, cell: CellRef, **facts: object) -> None:
        self.reading.problems.append(problem(code, cell, **facts))


def _combined(
    fields: KeyResultFields | None, rows: list[tuple[str, KeyResult]], covered: Mapping[tuple[int, int], int]
) -> KeyResult:
    """One key result out of the rows that it stands on, each with its day. `covered` are cells below merged ones."""
    mode = fields.rows if fields is not None else "separate"
    if mode == "separate" or len(rows) == 1:
        return rows[0][1]
    if mode == "latest":
        newest, _ = max(enumerate(rows), key=lambda row: (row[1][0], row[0]))
        return rows[newest][1]
    first = replace(rows[0][1], score_cells=_of_all_rows([found for _, found in rows], covered))
    numbers = [found.current.number for _, found in rows if found.current.number is not None]
    if not numbers:
        return first
    total = sum(numbers, Decimal(0))
    number = total / len(numbers) if mode == "mean" else total
    return replace(first, current=replace(first.current, number=number, text=f"{number.normalize():f}"))


def _of_all_rows(found: Sequence[KeyResult], covered: Mapping[tuple[int, int], int]) -> tuple[CellRef, ...]:
    """The score cell of every row; of one that is merged over several of them, its first row's."""
    cells = [cell for each in found for cell in each.score_cells]
    places = {cell.place for cell in cells}
    return tuple(cell for cell in cells if (covered.get(cell.place), cell.column) not in places)


def _several(text: str, separators: str) -> tuple[str, ...]:
    for separator in separators[1:]:
        text = text.replace(separator, separators[0])
    return tuple(part for piece in text.split(separators[0]) if (part := piece.strip()))
