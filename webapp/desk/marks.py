"""What each column, row and cell of a tab is by its mapping: what the grid wears in colour and word."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sync.config.mapping import KeyResultFields
from sync.config.sources import Source
from sync.domain.cells import cell_place, column_number
from sync.domain.grid import Tab
from sync.inspect.heads import Head
from sync.reading import TabReading
from sync.reading.headers import Table
from webapp.desk.heading import columns_under, head_of
from webapp.desk.roles import RECORDS, Role, kinds_in, known_role
from webapp.desk.understanding import Entry, Understanding

# A row that is nothing, above a header, a header, what it yields, left out, below the end.
NOTHING, HEADER, OBJECTIVE, KEY_RESULT, BOTH, CHECK_IN, INITIATIVE, RECORD, SKIPPED, ENDED = ".hokbcirse"
RECORDED = (OBJECTIVE, KEY_RESULT, BOTH, CHECK_IN, INITIATIVE, RECORD)


def columns_of(understanding: Understanding, tab: Tab, entry: Entry) -> Iterator[tuple[Role, Source, tuple[int, ...]]]:
    """Every field of an entry that is in columns, and these, also where the mapping lacks something yet."""
    tables = understanding.tables_of(tab, entry)
    head = None if tables else head_of(understanding, tab, entry)
    for role, source in _placed(entry):
        if columns := _columns(source, tables, head):
            yield role, source, columns


def roles_by_column(understanding: Understanding, tab: Tab, entry: Entry) -> dict[int, list[Role]]:
    """The roles of each column by an entry."""
    found: dict[int, list[Role]] = {}
    for role, _, columns in columns_of(understanding, tab, entry):
        for column in columns:
            known = found.setdefault(column, [])
            known.extend([role] if role not in known else [])
    return found


def roles_by_cell(entry: Entry) -> dict[tuple[int, int], list[Role]]:
    """The roles of fixed cells."""
    found: dict[tuple[int, int], list[Role]] = {}
    for role, source in _placed(entry):
        if source.cell is not None:
            found.setdefault(cell_place(source.cell), []).append(role)
    return found


def constants(entry: Entry) -> Iterator[tuple[Role, Mapping[str, Any]]]:
    """Fields that no column says: fixed cells, constants, the tab's title, labels, what another field's text holds."""
    for role, source in _placed(entry):
        if not source.header and source.column is None:
            yield role, source.model_dump(exclude_defaults=True)


def _placed(entry: Entry) -> Iterator[tuple[Role, Source]]:
    if entry.mapping is None:
        yield from ((role, source) for role, source, _ in placed_in(entry.table))
        return
    kinds: Counter[str] = Counter()
    for record in entry.mapping.records():
        name = next(name for name, model in RECORDS.items() if isinstance(record, model))
        variants = [each for _, each in record.variants()] if isinstance(record, KeyResultFields) else [record]
        for each in variants:
            yield from ((Role(name, field, kinds[name]), source) for field, source in each.sources().items())
        kinds[name] += 1


def placed_in(table: Mapping[str, Any]) -> Iterator[tuple[Role, Source, Mapping[str, Any]]]:
    """The fields of an entry's plain table, each as written, so that what is there shows where it lacks something."""
    written = (
        (known_role(name, field, kind), value)
        for name in RECORDS
        for kind, fields in enumerate(kinds_in(table, name))
        for field, value in fields.items()
    )
    for role, value in written:
        place = {"header": value} if isinstance(value, str | list) else value
        if role is not None and isinstance(place, Mapping):
            known = {key: place[key] for key in Source.model_fields if key in place}
            try:
                yield role, Source.model_validate(known), place
            except ValueError:
                continue


def _columns(source: Source, tables: tuple[Table, ...], head: Head | None) -> tuple[int, ...]:
    if source.column is not None:
        return (column_number(source.column),)
    if not source.header:
        return ()
    return tables[0].columns(source) if tables else columns_under(head, source) if head else ()


def kinds_of_rows(understanding: Understanding, tab: Tab) -> str:
    """What each row of a tab is, a letter for each from the first row on."""
    kinds = [NOTHING] * len(tab.values)
    for entry, reading in understanding.of_tab(tab):
        for table in reading.tables:
            if table.header:
                for row in range(table.header.row - table.header.height + 1, table.header.row + 1):
                    kinds[row] = HEADER
        for row in reading.skipped:
            kinds[row - 1] = SKIPPED
        _mark_records(kinds, reading)
        for row in _ended(tab, entry, reading, kinds):
            kinds[row] = ENDED
    return "".join(kinds)


def _mark_records(kinds: list[str], reading: TabReading) -> None:
    for objective in reading.objectives:
        kinds[objective.cell.row] = OBJECTIVE
    for key_result in reading.key_results:
        for row in {key_result.cell.row, *(cell.row for cell in key_result.score_cells)}:
            kinds[row] = BOTH if kinds[row] in (OBJECTIVE, BOTH) else KEY_RESULT
    for check_in in reading.check_ins:
        kinds[check_in.cell.row] = CHECK_IN
    for initiative in reading.initiatives:
        row = initiative.cell.row
        kinds[row] = INITIATIVE if kinds[row] == NOTHING else kinds[row]
    for cell in (record.cell for record in reading.cycle):
        if cell is not None and kinds[cell.row] == NOTHING:
            kinds[cell.row] = RECORD


def _ended(tab: Tab, entry: Entry, reading: TabReading, kinds: Sequence[str]) -> Iterator[int]:
    """The rows from where a table ends to where the next one begins."""
    tables = reading.tables
    if not tables:
        return  # a header that was not found, an empty tab
    nexts = [table.first - (table.header.height if table.header else 0) for table in tables[1:]]
    for table, end, following in zip(tables, reading.ends, [*nexts, len(tab.values)], strict=True):
        if entry.mapping is not None and not entry.mapping.until:
            # Nothing says where it ends; what yields nothing any more stands below it all the same.
            rows = range(table.first, min(end, len(kinds)))
            end = next((row + 1 for row in reversed(rows) if kinds[row] != NOTHING), end)
        yield from range(end, following)


def scores(understanding: Understanding, tab: Tab) -> dict[tuple[int, int], Any]:
    """What would be written into each score cell of a tab; None where it would be emptied."""
    return {cell.place: new for cell, new in understanding.written.items() if cell.sheet_id == tab.sheet_id}


def standing(understanding: Understanding, tab: Tab) -> set[tuple[int, int]]:
    """Score cells whose number is right already, or is not ours to change."""
    cells = understanding.reading.score_cells().values()
    return {cell.place for several in cells for cell in several if cell.sheet_id == tab.sheet_id}
