"""What a pass left, kept in memory for the next one over the same spreadsheet.

It is good only for as long as that pass was the last one that anybody made: the records tell. It may be dropped at any
moment; then the next pass reads everything.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sync.config.settings import SpreadsheetSettings
from sync.domain.company import CompanySettings
from sync.domain.memory import Memory
from sync.domain.okr import KeyResult, Objective
from sync.domain.snapshot import Snapshot
from sync.passes.compute import Computed
from sync.passes.narrow.columns import Columns, columns_of
from sync.reading import BookReading

# Of all spreadsheets together: a row of seven columns takes two and a half kilobytes.
MOST_ROWS = 25_000


class Index:
    """Where everything stands in a reading: as long as no key result and no objective comes, goes or moves."""

    def __init__(self, reading: BookReading) -> None:
        self._reading = reading

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Each key result's place among all."""
        return {found.key: place for place, found in enumerate(self._reading.key_results)}

    @cached_property
    def by_tab(self) -> tuple[Mapping[str, int], ...]:
        """Each key result's place on its tab."""
        return tuple({found.key: place for place, found in enumerate(tab.key_results)} for tab in self._reading.tabs)

    @cached_property
    def by_row(self) -> tuple[Mapping[int, tuple[str, ...]], ...]:
        """By tab and row, the key results that something in the row belongs to."""
        return tuple(_by_row(tab.key_results) for tab in self._reading.tabs)

    @cached_property
    def objectives(self) -> Mapping[str, Objective]:
        """By key."""
        return {found.key: found for found in self._reading.objectives}

    @cached_property
    def scored(self) -> Mapping[tuple[int, int], tuple[str, ...]]:
        """By sheet id and row, the objectives whose score stands there."""
        found: dict[tuple[int, int], tuple[str, ...]] = {}
        for each in self._reading.objectives:
            for cell in each.score_cells:
                place = cell.sheet_id, cell.row
                found[place] = (*found.get(place, ()), each.key)
        return found

    @cached_property
    def below(self) -> Mapping[str, tuple[int, ...]]:
        """The places of the key results of each objective, by its key."""
        found: dict[str, list[int]] = {}
        for place, key_result in enumerate(self._reading.key_results):
            found.setdefault(key_result.objective, []).append(place)
        return {key: tuple(places) for key, places in found.items()}

    @cached_property
    def columns(self) -> tuple[Columns, ...]:
        """What the columns of each tab are read for."""
        return tuple(columns_of(tab) for tab in self._reading.tabs)


def _by_row(key_results: Iterable[KeyResult]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for each in key_results:
        for row in rows_of(each):
            found[row] = (*found.get(row, ()), each.key)
    return found


def rows_of(found: KeyResult) -> set[int]:
    """The rows in which something of a key result stands."""
    amounts = (found.start.cell, found.target.cell, found.current.cell)
    cells = (found.cell, *found.score_cells, *amounts, found.weight_cell, found.due_cell)
    return {cell.row for cell in cells if cell is not None}


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """`number` is that of the pass in the records, `memory` has all that was ever written; `blocks` are the digests of
    the mapped tabs as they were left, by sheet id.
    """

    settings: SpreadsheetSettings
    company: CompanySettings
    number: int
    memory: Memory
    snapshot: Snapshot
    computed: Computed
    blocks: Mapping[int, tuple[bytes, ...]]
    index: Index

    @property
    def rows(self) -> int:
        """How much of memory it takes."""
        return sum(len(tab.values) for tab in self.computed.book.tabs)


class LastPasses:
    """What the last passes left, of the spreadsheets that were read last. Safe between threads."""

    def __init__(self, most_rows: int = MOST_ROWS) -> None:
        self._most_rows = most_rows
        self._lock = threading.Lock()
        self._left: OrderedDict[str, LeftBehind] = OrderedDict()

    def of(self, spreadsheet: str) -> LeftBehind | None:
        """What the last pass over a spreadsheet left."""
        with self._lock:
            return self._left.get(spreadsheet)

    def keep(self, left: LeftBehind) -> None:
        """In the place of what was kept of the spreadsheet."""
        with self._lock:
            self._left[left.settings.id] = left
            self._left.move_to_end(left.settings.id)
            while sum(each.rows for each in self._left.values()) > self._most_rows:
                self._left.popitem(last=False)

    def drop(self, spreadsheet: str) -> None:
        """The next pass reads everything."""
        with self._lock:
            self._left.pop(spreadsheet, None)
