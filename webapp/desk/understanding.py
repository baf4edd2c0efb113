"""What a mapping makes of the workbook: read, scored and planned as a pass would, without brakes and without writing.

Reads a tab again only where its own entry changed, so that a click on a long workbook costs one tab. Of a very long
one the beginning can be understood by itself, for a first look.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from sync.config.mapping import TabMapping
from sync.config.settings import faults_in
from sync.domain.cells import CellRef
from sync.domain.collecting import without_collecting
from sync.domain.grid import Book, Scalar, Tab
from sync.domain.periods import CALENDAR_YEARS, Calendar
from sync.domain.problems import Problem
from sync.domain.rules import check_scores
from sync.domain.scoring import Score, score_okrs
from sync.inspect.comparing import Comparison, compared
from sync.passes.plan import Plan, make_plan
from sync.reading import BookReading, TabReading, read_book, read_tab
from sync.reading.headers import Table
from sync.reading.tab_cells import TabCells
from webapp.desk.document import Document

# With more rows than this, reading takes longer than anybody should wait for a click.
MOST_AT_ONCE = 4_000
# So many rows of each tab are read for a first look.
BEGINNING = 1_000


def is_long(book: Book) -> bool:
    """Whether a workbook is first looked at by its beginning."""
    return sum(len(tab.values) for tab in book.tabs) > MOST_AT_ONCE


def beginning_of(book: Book) -> Book:
    """The first rows of each tab."""
    return replace(book, tabs=tuple(replace(tab, values=tab.values[:BEGINNING]) for tab in book.tabs))


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the document: its plain table, and the mapping that it is; None where it is not one yet."""

    number: int
    table: Mapping[str, Any]
    mapping: TabMapping | None


@dataclass(frozen=True)
class Understanding:
    """The workbook by the document's entries."""

    book: Book
    entries: tuple[Entry, ...]
    reading: BookReading
    scores: Mapping[str, Score]
    plan: Plan
    faults: tuple[tuple[str, Any], ...] = ()

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong in the sheet, as a pass would tell it."""
        doubts = check_scores(self.reading.key_results, self.reading.objectives, self.scores)
        return tuple(dict.fromkeys([*self.reading.problems, *doubts, *self.plan.problems]))

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Scores beside what the sheet shows in their places, those that differ first."""
        found = [
            each
            for _, by_kind in compared(self.book, self.reading, self.scores)
            for several in by_kind.values()
            for each in several
        ]
        return tuple(sorted(found, key=lambda each: not each.differs))

    @cached_property
    def written(self) -> Mapping[CellRef, Decimal | Scalar]:
        """What would be put into each score cell; None where it would be emptied."""
        return {write.cell: write.new for write in self.plan.writes}  # type: ignore[misc]

    @cached_property
    def _by_tab(self) -> Mapping[int, list[tuple[Entry, TabReading]]]:
        """Mappings are large and compared whole, so once."""
        found: dict[int, list[tuple[Entry, TabReading]]] = {}
        for reading in self.reading.tabs:
            own = [(entry, reading) for entry in self.entries if entry.mapping == reading.mapping]
            found.setdefault(reading.tab.sheet_id, []).extend(own)
        return found

    def of_tab(self, tab: Tab) -> list[tuple[Entry, TabReading]]:
        """A tab's entries that could be read, each with its reading."""
        return self._by_tab.get(tab.sheet_id, [])

    def tables_of(self, tab: Tab, entry: Entry) -> tuple[Table, ...]:
        """Where the entry's tables stand on the tab; none where its header is not found."""
        return next((reading.tables for known, reading in self.of_tab(tab) if known.number == entry.number), ())


class WorkbookReader:
    """Reads a workbook again and again, each tab only where its own mapping is another than the last time; one
    document after the other, whichever threads ask.
    """

    def __init__(
        self, book: Book, today: Callable[[], date] = lambda: date.max, calendar: Calendar = CALENDAR_YEARS
    ) -> None:
        self.book, self._today, self._calendar, self._lock = book, today, calendar, threading.Lock()
        self._last: tuple[Document, Understanding] | None = None
        self._known: dict[tuple[int, int], TabReading] = {}
        self._cells = {tab.sheet_id: TabCells(tab) for tab in book.tabs}

    def understand(self, document: Document) -> Understanding:
        """The workbook by a document. What is no mapping yet is left out of the reading, and told by the faults."""
        with self._lock:
            known = self.known(document)
            if known is None:
                with without_collecting():
                    known = self._understood(document)
                self._last = (document, known)
            return known

    def known(self, document: Document) -> Understanding | None:
        """What `understand` gives, where it did so last; waits for nobody."""
        last = self._last
        return last[1] if last is not None and last[0] == document else None

    def _understood(self, document: Document) -> Understanding:
        numbers = document.entry().get("numbers")
        entries = tuple(Entry(number, table, _mapping(table, numbers)) for number, table in enumerate(document.tabs()))
        mappings = [entry.mapping for entry in entries if entry.mapping is not None]
        reading = read_book(self.book, mappings, read=self._read, calendar=self._calendar, today=self._today())
        scores = score_okrs(reading.objectives, reading.key_results, {})
        plan = make_plan(self.book, reading, scores, ours={}, owned_columns=frozenset(), accept=True, tell=False)
        return Understanding(self.book, entries, reading, scores, plan, tuple(faults_in(document.tables())))

    def _read(self, book: Book, tab: Tab, mapping: TabMapping, part: int) -> TabReading:
        known = self._known.get((tab.sheet_id, part))
        if known is None or known.mapping != mapping:
            known = self._known[tab.sheet_id, part] = read_tab(book, tab, mapping, part, self._cells[tab.sheet_id])
        return known


def _mapping(table: Mapping[str, Any], numbers: object) -> TabMapping | None:
    """The mapping with the spreadsheet's language of numbers where it has none of its own, as a pass has it."""
    try:
        return TabMapping.model_validate({"numbers": numbers, **table})
    except ValidationError:
        return None


def entries_of(understanding: Understanding, tab: Tab) -> Iterator[Entry]:
    """The entries that name a tab, those that are no mapping yet too."""
    read = {entry.number for entry, _ in understanding.of_tab(tab)}
    for entry in understanding.entries:
        titles = entry.table.get("title")
        named = titles if isinstance(titles, list) else [titles]
        if entry.number in read or (entry.mapping is None and tab.title in named):
            yield entry
