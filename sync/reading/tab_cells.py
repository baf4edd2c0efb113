"""The cells of one tab as they were found, each once, however many fields, tables and readings ask for it.

Knows no mapping: a tab that is read again by another one is asked for the same cells.
"""

import re
from functools import cached_property

from sync.domain.grid import Tab
from sync.reading.found import FoundValue, narrowed, plain


class TabCells:
    """What stands in the cells of a tab, found when it is first asked for.

    Of a large tab what was found takes more memory than all else. Unless it `keeps` that for another reading, a row is
    forgotten when it was read; where somebody asks for it again, it is found anew.
    """

    def __init__(self, tab: Tab, *, keeps: bool = True) -> None:
        self.tab, self._keeps = tab, keeps
        self._columns: dict[int, list[FoundValue | None]] = {}
        self._filled: dict[tuple[int, str | None], list[int]] = {}

    @cached_property
    def covered(self) -> dict[tuple[int, int], int]:
        """The row whose value shows in a cell, for every cell that a merge with cells above it covers."""
        return {(row, area.left): area.top for area in self.tab.merges for row in range(area.top + 1, area.bottom)}

    def column(self, column: int) -> list[FoundValue | None]:
        """What was found in a column so far, by row; whoever finds more puts it there."""
        if column not in self._columns:
            self._columns[column] = [None] * len(self.tab.values)
        return self._columns[column]

    def was_read(self, row: int) -> None:
        """Nobody is likely to ask for the cells of a row again, unless the tab is read once more."""
        if not self._keeps:
            for found in self._columns.values():
                found[row] = None

    def filled(self, column: int, pattern: str | None) -> list[int]:
        """The rows in which a column holds something, or something that a pattern finds."""
        if (column, pattern) not in self._filled:
            compiled = None if pattern is None else re.compile(plain(pattern))
            rows = range(len(self.tab.values))
            self._filled[column, pattern] = [row for row in rows if self._says(row, column, compiled)]
        return self._filled[column, pattern]

    def _says(self, row: int, column: int, pattern: re.Pattern[str] | None) -> bool:
        found = FoundValue(self.tab.value(row, column), row, column)
        return (found if pattern is None else narrowed(found, pattern)).text != ""
