"""All mapped tabs of a spreadsheet, read and joined: key results find the objectives that they name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from msgspec import structs

from sync.config.mapping import TabMapping
from sync.config.sources import fits
from sync.domain.cells import CellRef
from sync.domain.cycle_records import CycleRecords
from sync.domain.grid import Book, Tab, slot_of
from sync.domain.keys import key_of
from sync.domain.okr import CheckIn, Initiative, KeyResult, Objective
from sync.domain.periods import CALENDAR_YEARS, Calendar
from sync.domain.problems import Problem, listed, problem, tab_problem
from sync.reading.additions import added
from sync.reading.checked_in import checked_in
from sync.reading.tab import TabReading, read_tab
from sync.reading.twice import without_tabs_read_twice

ReadTab = Callable[[Book, Tab, TabMapping, int], TabReading]

NOBODY: Mapping[int, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class BookReading:
    """What a spreadsheet says: its tabs as read, and the key results joined to their objectives.

    `titles` are the titles by which the tabs are mapped, by sheet id.
    """

    tabs: tuple[TabReading, ...]
    key_results: tuple[KeyResult, ...]
    problems: tuple[Problem, ...]
    titles: Mapping[int, str]

    @property
    def objectives(self) -> tuple[Objective, ...]:
        return tuple(objective for reading in self.tabs for objective in reading.objectives)

    @property
    def items(self) -> tuple[Objective | KeyResult, ...]:
        """All that takes a score."""
        return (*self.objectives, *self.key_results)

    def score_cells(self) -> dict[str, tuple[CellRef, ...]]:
        """The cells that take a score, by key of the objective or key result; those without one are left out."""
        return {found.key: found.score_cells for found in self.items if found.score_cells}

    def own_cells(self) -> dict[str, tuple[CellRef, ...]]:
        """All cells that we may write, by the slot (`grid.slot_of`) of what they take."""
        found = self.score_cells()
        for tab in self.tabs:
            for key, words in tab.word_cells.items():
                for field, cells in words.items():
                    slot = slot_of(key, field)
                    found[slot] = (*found.get(slot, ()), *cells)
        return found

    @property
    def check_ins(self) -> tuple[CheckIn, ...]:
        return tuple(check_in for reading in self.tabs for check_in in reading.check_ins)

    @property
    def initiatives(self) -> tuple[Initiative, ...]:
        return tuple(initiative for reading in self.tabs for initiative in reading.initiatives)

    @property
    def cycle(self) -> CycleRecords:
        return CycleRecords.of(record for reading in self.tabs for record in reading.cycle)


def read_book(
    book: Book,
    mappings: Sequence[TabMapping],
    known_as: Mapping[int, str] = NOBODY,
    read: ReadTab = read_tab,
    *,
    calendar: Calendar = CALENDAR_YEARS,
    today: date = date.max,
) -> BookReading:
    """Read every mapped tab; by `read`, which may remember what it read before.

    `known_as` is the title that each tab (by sheet id) had when the mapping was made for it: a renamed tab is
    followed, unless another tab has the old title now, or a mapping names the new one. What was checked in for a day
    after `today` does not count yet; where no day is given, nothing is in the future.
    """
    titles = {tab.sheet_id: tab.title for tab in book.tabs}
    renamed = _renamed(titles, mappings, known_as)
    titles |= renamed
    readings: list[TabReading] = []
    problems: list[Problem] = []
    for mapping in mappings:
        tabs = [tab for tab in book.tabs if _is_mapped(titles[tab.sheet_id], mapping)]
        for tab in tabs:
            part = sum(1 for reading in readings if reading.tab.sheet_id == tab.sheet_id)
            readings.append(read(book, tab, mapping, part))
        problems += _missing_titles(book, mapping, titles.values())
    readings = without_tabs_read_twice(readings)
    problems += [_told(book, tab, renamed[tab.sheet_id]) for tab in book.tabs if tab.sheet_id in renamed]
    complete = added(readings)
    readings = complete.tabs
    problems += complete.problems
    key_results, unjoined = _joined(readings)
    key_results, uncounted = checked_in(readings, key_results, calendar, today)
    problems += uncounted
    headers = _headers(readings)
    told = (found for reading in readings for found in reading.problems)
    problems += [found for found in told if found.code != "other-table" or _row_of(found) not in headers]
    return BookReading(tuple(readings), tuple(key_results), tuple(dict.fromkeys([*problems, *unjoined])), titles)


def _headers(readings: Sequence[TabReading]) -> set[tuple[int, int]]:
    """The rows of headers, by sheet id: what is another table for one mapping of a tab may be read by the next."""
    tables = ((reading.tab.sheet_id, table) for reading in readings for table in reading.tables)
    return {(sheet_id, table.header.row) for sheet_id, table in tables if table.header}


def _row_of(found: Problem) -> tuple[int, int] | None:
    return (found.cell.sheet_id, found.cell.row) if found.cell else None


def _renamed(titles: Mapping[int, str], mappings: Sequence[TabMapping], known_as: Mapping[int, str]) -> dict[int, str]:
    """The old titles of tabs that are mapped by them alone."""
    taken = {key_of(title) for title in titles.values()}
    named = {id_ for id_, title in titles.items() if any(_is_mapped(title, mapping) for mapping in mappings)}
    old = {id_: title for id_, title in known_as.items() if key_of(title) not in taken}
    return {id_: title for id_, title in old.items() if id_ in titles and id_ not in named}


def _is_mapped(title: str, mapping: TabMapping) -> bool:
    return any(fits(key_of(title), key_of(wanted)) for wanted in mapping.title)


def _told(book: Book, tab: Tab, old: str) -> Problem:
    return problem("tab-renamed", book.cell(tab, 0, 0), old=old, title=tab.title)


def _missing_titles(book: Book, mapping: TabMapping, titles: Iterable[str]) -> list[Problem]:
    present = [key_of(title) for title in titles]
    tabs = listed(f"“{tab.title}”" for tab in book.tabs)
    return [
        tab_problem("tab-missing", title, tabs=tabs)
        for title in mapping.title
        if not any(fits(text, key_of(title)) for text in present)
    ]


def _joined(readings: Sequence[TabReading]) -> tuple[list[KeyResult], list[Problem]]:
    by_id: dict[str, list[Objective]] = {}
    by_text: dict[str, list[Objective]] = {}
    for reading in readings:
        for objective in reading.objectives:
            if objective.id:
                by_id.setdefault(key_of(objective.id), []).append(objective)
            by_text.setdefault(key_of(objective.text), []).append(objective)
    key_results, problems = [], []
    for reading in readings:
        for key_result in reading.key_results:
            reference = reading.joins.get(key_result.key, "")
            if reference:
                named = by_id.get(key_of(reference)) or by_text.get(key_of(reference)) or []
                key_result = structs.replace(key_result, objective=_nearest(named, key_result))
            if not key_result.objective:
                also = f" (“{reference}”?)" if reference else ""
                problems.append(problem("no-objective", key_result.cell, text=key_result.text, reference=also))
            key_results.append(key_result)
    return key_results, problems


def _nearest(objectives: Sequence[Objective], key_result: KeyResult) -> str:
    """The objective that is meant: one on the key result's own tab before one on another."""
    same_tab = [found for found in objectives if found.cell.sheet_id == key_result.cell.sheet_id]
    chosen = same_tab or objectives
    return chosen[0].key if chosen else ""
