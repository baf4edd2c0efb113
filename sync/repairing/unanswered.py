"""Repairs where nobody saw what a write hit: its numbers are looked for in the sheet as it is now.

All writes were applied at one moment, or none was, so what was sent to one column hit one column: the one that shows
most of it, and what was sent to one row hit one row. A number that stands in its own cell landed. One that does not,
while a cell of the column that was hit shows it and said something else when the write was planned, went astray into
that cell; of several such cells into the nearest to where it was sent, and each write into one at most. What people
typed meanwhile is theirs.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod

from sync.grid import Entered, Tab
from sync.okr import CellRef
from sync.repairing.moves import Covers, between, said, says
from sync.repairing.pictures import Picture
from sync.repairing.putting_back import Sheet
from sync.writing import CellWrite

# More ways in which columns can have moved than these are not weighed: nobody inserts so many at once.
MOST_WAYS = 1000

# A column, and what a cell of it was to say.
Sent = tuple[int, str]


def repairs(before: Picture, writes: Sequence[CellWrite], now: Tab) -> Iterator[CellWrite]:
    """What to put back on one tab. `writes` are those on it, applied or not."""
    sent: dict[int, Counter[str]] = {}
    for write in writes:
        sent.setdefault(write.cell.column, Counter())[says(write.new)] += 1
    becomes = {write.cell.place: says(write.new) for write in writes}
    perhaps = {column: frozenset(texts) for column, texts in sent.items()}
    moves = before.moves_to(now, Covers(perhaps=perhaps, becomes=becomes))
    return _Search(Sheet(before, writes, now, moves), sent).repairs()


def _sent(write: CellWrite) -> Sent:
    return write.cell.column, says(write.new)


def _sent_with(writes: Sequence[CellWrite]) -> dict[Sent, set[frozenset[Sent]]]:
    """What was sent to one row, by each part of it: as most rows are alike in that, there is little of it."""
    by_row: dict[int, set[Sent]] = {}
    for write in writes:
        by_row.setdefault(write.cell.row, set()).add(_sent(write))
    found: dict[Sent, set[frozenset[Sent]]] = {}
    for together in map(frozenset, by_row.values()):
        for sent in together:
            found.setdefault(sent, set()).add(together)
    return found


class _Search:
    """`sent` is what was sent to each column; `changed` the cells that say something else than when the writes were
    planned, and `showing` the same by column and what they say now.
    """

    def __init__(self, sheet: Sheet, sent: Mapping[int, Counter[str]]) -> None:
        self.sheet = sheet
        self.changed = dict.fromkeys(self._changed())
        self.showing: dict[tuple[int, str], list[CellRef]] = {}
        for cell in self.changed:
            self.showing.setdefault((cell.column, said(sheet.tab, cell.place)), []).append(cell)
        self.column_hit = self._column_hit(sent)
        self.sent_with = _sent_with(sheet.writes)
        self.names = sheet.before.after(sheet.moves, sheet.tab).identity_columns
        self.taken: set[CellRef] = set()

    def repairs(self) -> Iterator[CellWrite]:
        lost = [write for write in self.sheet.writes if not self._landed(write)]
        for write in self.sheet.meant_to_put_back():
            home = self.sheet.home(write)
            if home is not None and home not in self.taken and self.sheet.holds_still(home, write):
                self.taken.add(home)
                yield self.sheet.put_back(home, write.new)
        for write in lost:
            hit = self._may_be_hit_by(write)
            cell = min(hit, key=lambda cell: abs(cell.row - write.cell.row), default=None)
            if cell is not None:
                self.taken.add(cell)
                yield self.sheet.put_back(cell, self._held(cell))

    def _landed(self, write: CellWrite) -> bool:
        """Whether its own cell took it; one that said the same before tells nothing."""
        home = self.sheet.home(write)
        if home is None or home not in self.changed or home.column != self.column_hit[write.cell.column]:
            return False
        if self.sheet.holds(home, write):
            self.taken.add(home)
        return home in self.taken

    def _may_be_hit_by(self, write: CellWrite) -> Iterator[CellRef]:
        """The cells that show what was written, and should not."""
        for cell in self.showing.get((self.column_hit[write.cell.column], says(write.new)), ()):
            is_free = cell not in self.taken and self.sheet.holds(cell, write)
            if is_free and says(self._held(cell)) != says(write.new) and self._may_be_hit(cell.row, _sent(write)):
                yield cell

    def _may_be_hit(self, row: int, sent: Sent) -> bool:
        """Whether a row may have taken all that was sent to one together with this.

        One without a name may be another than it is taken for: what it said before tells nothing.
        """
        if not any(self.sheet.tab.text(row, column) for column in self.names):
            return True
        return any(all(self._may_have_taken(row, *each) for each in together) for together in self.sent_with[sent])

    def _may_have_taken(self, row: int, column: int, text: str) -> bool:
        """Not if no cell says what was written, and all say what they always did."""
        places = [(row, each) for each in self._columns_between(column)]
        return any(self.sheet.cell(place) in self.changed or said(self.sheet.tab, place) == text for place in places)

    def _held(self, cell: CellRef) -> Entered:
        return self.sheet.held(self.sheet.moves.origin(cell.place))

    def _changed(self) -> Iterator[CellRef]:
        tab, before = self.sheet.tab, self.sheet.before.tab
        columns = range(max(tab.width, before.width))
        for row in range(max(len(tab.values), len(before.values))):
            for column in columns:
                origin = self.sheet.moves.origin((row, column))
                cell = self.sheet.cell((row, column))
                if cell and said(tab, (row, column)) != (said(before, origin) if origin else ""):
                    yield cell

    def _column_hit(self, sent: Mapping[int, Counter[str]]) -> Mapping[int, int]:
        """Where the column is now that was hit by what was sent to each."""
        homes = [self._home(column) for column in sent]
        choices = [[*self._columns_between(column)] for column in sent]

        def likelihood(columns: tuple[int, ...]) -> tuple[int, int]:
            explained = sum(
                min(count, len(self.showing.get((column, text), ())))
                for texts, column in zip(sent.values(), columns, strict=True)
                for text, count in texts.items()
            )
            return explained, -sum(abs(column - home) for column, home in zip(columns, homes, strict=True))

        ways: list[tuple[int, ...]] = [tuple(homes)]
        if prod(map(len, choices)) <= MOST_WAYS:
            ways += (way for way in product(*choices) if len({*way}) == len(way))
        best: tuple[int, ...] = max(ways, key=likelihood)
        return dict(zip(sent, best, strict=True))

    def _columns_between(self, column: int) -> range:
        """Where the column may be now that was hit by what was sent to one.

        Columns that moved before the writes and after them leave it between where they were sent and where they belong.
        """
        return between(column, self._home(column))

    def _home(self, column: int) -> int:
        return self.sheet.moves.column_home.get(column, column)
