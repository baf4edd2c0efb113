"""A tab before a write and right after it: what is kept of it, what is asked for, and whether they agree."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sync.grid import Area, Formula, Scalar, Tab, text_of
from sync.reading import BookReading
from sync.writing import CellWrite


@dataclass(frozen=True, slots=True)
class Answer:
    """One written tab right after our write, as far as it was asked for: cells by (row, column)."""

    sheet_id: int
    cells: Mapping[tuple[int, int], Scalar] = field(default_factory=dict)

    def text(self, row: int, column: int) -> str:
        """What a cell shows, as text; empty for one that was not asked for."""
        return text_of(self.cells.get((row, column)))


@dataclass(frozen=True, slots=True)
class Picture:
    """A tab as a write was planned on it, as far as it takes to tell which row and column is which."""

    tab: Tab
    header_rows: int
    identity_columns: tuple[int, ...]


def pictures(reading: BookReading, writes: Sequence[CellWrite]) -> tuple[Picture, ...]:
    """A picture of each tab that is written to; where two mappings read one tab, one for each."""
    sheet_ids = {write.cell.sheet_id for write in writes}
    return tuple(
        Picture(tab.tab, tab.header_rows, tab.identity_columns) for tab in reading.tabs if tab.tab.sheet_id in sheet_ids
    )


def watched_areas(before: Iterable[Picture], writes: Sequence[CellWrite]) -> Iterator[tuple[Tab, Area]]:
    """What the answer to a write must show of each tab: its headers, identity columns and written columns."""
    for picture in before:
        rows = len(picture.tab.values)
        if picture.header_rows:
            yield picture.tab, Area(0, 0, picture.header_rows, picture.tab.width)
        written = {write.cell.column for write in writes if write.cell.sheet_id == picture.tab.sheet_id}
        for column in sorted(written.union(picture.identity_columns)):
            yield picture.tab, Area(picture.header_rows, column, rows, column + 1)


def landed(before: Iterable[Picture], writes: Sequence[CellWrite], answers: Iterable[Answer]) -> bool:
    """Whether no row and no header of a written tab had moved or changed when the write was applied."""
    seen = {answer.sheet_id: answer for answer in answers}
    return all(
        picture.tab.sheet_id in seen and _unmoved(picture, writes, seen[picture.tab.sheet_id]) for picture in before
    )


def shown(write: CellWrite) -> Scalar:
    """What a cell shows after a write of ours; a formula that was put back, most likely what it showed before."""
    if isinstance(write.new, Formula):
        return write.new.shows
    return float(write.new) if isinstance(write.new, Decimal) else write.new


def same_headers(before: Picture, answer: Answer) -> bool:
    """Whether all columns stand where they stood."""
    places = ((row, column) for row in range(before.header_rows) for column in range(before.tab.width))
    return all(answer.text(*place) == before.tab.text(*place) for place in places)


def _unmoved(before: Picture, writes: Sequence[CellWrite], answer: Answer) -> bool:
    tab = before.tab
    written = {(write.cell.row, write.cell.column) for write in writes if write.cell.sheet_id == tab.sheet_id}
    rows = range(before.header_rows, len(tab.values))
    places = ((row, column) for row in rows for column in before.identity_columns if (row, column) not in written)
    return same_headers(before, answer) and all(answer.text(*place) == tab.text(*place) for place in places)
