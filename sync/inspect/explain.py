"""How one row is read: each field with the cell it came from, what was understood, and the score with its working.

The admin's debugger; it reads by the same engine and tells what that did, it decides nothing.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from sync.config.mapping import KeyResultFields, TabMapping
from sync.config.record import Record
from sync.config.sources import Source, fits
from sync.domain.grid import Book, Tab
from sync.domain.keys import key_of
from sync.domain.languages import Language
from sync.domain.okr import Amount, KeyResult, Objective
from sync.domain.periods import CALENDAR_YEARS, Calendar
from sync.domain.rules import check_scores
from sync.domain.scoring import Score, score_key_result
from sync.domain.working import working
from sync.inspect.texts import say
from sync.reading import BookReading, read_book
from sync.reading.found import Row
from sync.reading.headers import Table, find_tables
from sync.reading.numbers import number_language
from sync.reading.row_fields import all_sources, named_by, records_of
from sync.reading.sources import TableReader
from sync.reading.tab_cells import TabCells
from sync.translations.problems import message_of


def explain(
    book: Book,
    mappings: Sequence[TabMapping],
    title: str,
    row: int,
    language: Language,
    calendar: Calendar = CALENDAR_YEARS,
    today: date = date.max,
) -> list[str]:
    """Lines about row `row` (counted as people count) of a tab, as a pass `today` would read it."""
    tab = next((found for found in book.tabs if found.title == title), None)
    mapped = [mapping for mapping in mappings if any(fits(key_of(title), key_of(name)) for name in mapping.title)]
    if tab is None or not mapped:
        return [say(language, "unmapped_tab", title=title)]
    if not 1 <= row <= len(tab.values):
        return [say(language, "no_such_row", row=row, title=title, rows=len(tab.values))]
    reading = read_book(book, mappings, calendar=calendar, today=today)
    lines: list[str] = []
    for number, mapping in enumerate(mapped, 1):
        if len(mapped) > 1:
            kinds = ", ".join(say(language, _kind(record)) for record in mapping.records())
            lines.append(say(language, "entry", number=number, count=len(mapped), kinds=kinds))
        lines += _by_mapping(book, tab, mapping, row - 1, reading, language)
    return lines


def _by_mapping(
    book: Book, tab: Tab, mapping: TabMapping, row: int, reading: BookReading, language: Language
) -> Iterator[str]:
    refused = [found for found in reading.tabs if found.refused and found.tab.sheet_id == tab.sheet_id]
    if any(found.mapping == mapping for found in refused):
        faults = [fault for found in refused for fault in found.problems]
        yield from (say(language, "not_read", why=message_of(fault, language)) for fault in faults)
        return
    tables, _ = find_tables(book, tab, mapping, list(all_sources(mapping)))
    table = next((found for found in tables if found.first <= row < found.last), None)
    if table is None:
        yield say(language, "row_header", row=row + 1, header=tables[0].first)
        return
    reader = TableReader(book, tab, table, TabCells(tab), mapping.meaning_nothing)
    left_out = _left_out(reader, table, mapping, row, language)
    if left_out:
        yield left_out
        return
    found = list(_records(reader, mapping, row, reading, language))
    if found:
        yield from [*found, *_failed(reader, mapping, row, language)]
    else:
        yield say(language, "row_nothing", row=row + 1)
        for line in [*_without_text(reader, mapping, row, language), *_failed(reader, mapping, row, language)]:
            yield "  " + line


def _without_text(reader: TableReader, mapping: TabMapping, row: int, language: Language) -> Iterator[str]:
    """The kinds of records for whose text a row holds nothing."""
    for record in records_of(mapping):
        sources = record.sources()
        name = named_by(sources)
        if not reader.row(row, sources)[name].text:
            yield say(language, "no_text", kind=say(language, _kind(record)), source=_said(sources[name]))


def _failed(reader: TableReader, mapping: TabMapping, row: int, language: Language) -> Iterator[str]:
    """For each kind of record that a row has a text for, the first condition that does not hold. Of another kind of key
    result than the one that the row is nothing is said.
    """
    is_of_a_kind = len(mapping.key_result) > 1 and any(
        isinstance(record, KeyResultFields) for record in _of_row(reader, mapping, row)
    )
    for record in records_of(mapping):
        if is_of_a_kind and isinstance(record, KeyResultFields):
            continue
        fields = reader.row(row, record.sources())
        failed = next((test for test in record.when if not reader.test(test)(fields)), None)
        if failed is None or not fields[named_by(record.sources())].text:
            continue
        found = reader.finder(failed)(fields)
        shown = f"“{_short(found.text)}”" if found.text else say(language, "blank")
        shown = f"“{reader.fill(found)}”" if failed.fill else shown
        cell = reader.cell(found)
        facts = {"cell": cell.a1 if cell else "—", "text": shown, "condition": _said(failed)}
        yield say(language, "failed_condition", kind=say(language, _kind(record)), **facts)


def _kind(record: Record) -> str:
    """The code by which a kind of record is called in sentences."""
    kind = type(record).__name__.removesuffix("Fields")
    return {"KeyResult": "key_result", "CheckIn": "check_in"}.get(kind, kind.lower())


def _left_out(reader: TableReader, table: Table, mapping: TabMapping, row: int, language: Language) -> str:
    ends = list(zip(mapping.until, reader.tests(mapping.until), strict=True))
    for end in range(table.first, row + 1):
        until = next((condition for condition, holds in ends if holds(Row(end))), None)
        if until is not None:
            return say(language, "row_ended", row=row + 1, condition=_said(until), end=end + 1)
    skip = next((condition for condition in mapping.skip if reader.test(condition)(Row(row))), None)
    return "" if skip is None else say(language, "row_skipped", row=row + 1, condition=_said(skip))


def _said(source: Source) -> str:
    """A source as a mapping writes it; those that it joins in turn."""
    shown = source.model_dump(exclude_defaults=True, exclude={"join"}, by_alias=True)
    joined = [f"join = {' + '.join(_said(part) for part in source.join)}"] if source.join else []
    return ", ".join([*joined, *(f"{key} = {_quoted(value)}" for key, value in shown.items())])


def _quoted(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"“{word}”: “{meaning}”" for word, meaning in value.items())
    if isinstance(value, tuple | list):
        return " / ".join(f"“{one}”" for one in value)
    return str(value).lower() if isinstance(value, bool) else f"“{value}”"


def _of_row(reader: TableReader, mapping: TabMapping, row: int) -> Iterator[Record]:
    """The records that a row is; of several kinds of key results, those of the first that it is of."""
    is_key_result = False
    for record in mapping.records():
        if not isinstance(record, KeyResultFields):
            yield from (record,) if _is(reader, record, row) else ()
        elif not is_key_result:
            found = [fields for _, fields in record.variants() if _is(reader, fields, row)]
            is_key_result = bool(found)
            yield from found


def _is(reader: TableReader, record: Record, row: int) -> bool:
    fields = reader.row(row, record.sources())
    return fields[named_by(record.sources())].text != "" and all(holds(fields) for holds in reader.tests(record.when))


def _records(
    reader: TableReader, mapping: TabMapping, row: int, reading: BookReading, language: Language
) -> Iterator[str]:
    for record in _of_row(reader, mapping, row):
        sources = record.sources()
        text = reader.row(row, sources)[named_by(sources)]
        code = _kind(record)
        cell = reader.cell(text)
        yield say(language, "record", kind=say(language, code), cell=cell.a1 if cell else "—", text=_short(text.text))
        yield from (f"  {name}: {line}" for name, line in _fields(reader, sources, row, language))
        if code == "key_result":
            yield from (f"  {line}" for line in _key_results(reader, row, text.text, reading, language))


def _fields(reader: TableReader, sources: dict[str, Source], row: int, language: Language) -> Iterator[tuple[str, str]]:
    fields = reader.row(row, sources)
    for name, source in sources.items():
        found = fields[name]
        cell = reader.cell(found)
        shown = f"“{_short(found.text)}”" if found.text else say(language, "blank")
        code = "from_cell" if cell else "from_nowhere"
        yield name, say(language, code, cell=cell.a1 if cell else "", source=_said(source), text=shown)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 80 else f"{flat[:79]}…"


def _key_results(reader: TableReader, row: int, text: str, reading: BookReading, language: Language) -> Iterator[str]:
    """What was understood of the key results of this row whose text this is."""
    objectives = {found.key: found for found in reading.objectives}
    for found in reading.key_results:
        if found.cell.sheet_id == reader.tab.sheet_id and found.cell.row == row and found.text in text:
            yield from _understood(found, objectives.get(found.objective), reading, reader.book.locale, language)


def _understood(
    found: KeyResult, objective: Objective | None, reading: BookReading, locale: str, language: Language
) -> Iterator[str]:
    if objective is None:
        yield say(language, "no_owner")
    else:
        yield say(language, "belongs", text=_short(objective.text), cell=objective.cell)
    yield say(language, "measured", metric=found.metric)
    for name in ("start", "target", "current"):
        amount: Amount = getattr(found, name)
        if amount.number is not None:
            unit = f" {amount.unit}" if amount.unit else ""
            yield f"{name}: {say(language, 'understood', number=f'{amount.number:f}', unit=unit)}"
    score = score_key_result(found)
    if score.value is None:
        yield say(language, "no_score", why=_why(found, score, reading, language))
    else:
        shown = working(found, score, number_language(locale).show)
        yield say(language, "explained_score", score=f"{score.value:.4f}", working=shown)
    for cell in found.score_cells:
        yield say(language, "goes_to", cell=cell.a1)


def _why(found: KeyResult, score: Score, reading: BookReading, language: Language) -> str:
    """What keeps a key result from having a score, in the words that the page and `check` have for it."""
    cells = {found.cell, found.start.cell, found.target.cell, found.current.cell}
    told = [*check_scores([found], [], {found.key: score}), *reading.problems]
    reason = next((each for each in told if each.code == score.problem and each.cell in cells), None)
    return say(language, score.problem) if reason is None else message_of(reason, language)
