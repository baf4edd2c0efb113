"""A tab before a write and right after it: what is kept of it, what is asked for, and whether they agree."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sync.grid import Area, Book, Formula, Scalar, Tab, text_of
from sync.reading import BookReading, TabReading
from sync.repairing.moves import Identity, Moves, TextAt, moves_between
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
    """A tab as a write was planned on it, as far as it takes to tell which row and column is which.

    The header ends with row `header_rows`, outside, and is `header_height` rows high; 0 where there is none. Rows that
    are alike in all of `identity_columns` are told apart by `other_columns`.
    """

    tab: Tab
    header_rows: int
    header_height: int
    identity_columns: tuple[int, ...]
    other_columns: tuple[int, ...] = ()

    def headers(self) -> list[tuple[int, int]]:
        """The cells of the header."""
        rows = range(self.header_rows - self.header_height, self.header_rows)
        return [(row, column) for row in rows for column in range(self.tab.width)]

    def identities(self, text: TextAt, rows: int, home: Mapping[int, int] | None = None) -> list[Identity]:
        """What tells each row from the others, as `text` shows them; `home` is where its columns are there."""
        home = home or {}
        known_by = [home.get(column, column) for column in self.identity_columns]
        others = [home.get(column, column) for column in self.other_columns]
        alike = _alike(self.tab, self.identity_columns) if others else frozenset[Identity]()
        found: list[Identity] = []
        for row in range(rows):
            named = tuple(text(row, column) for column in known_by)
            found.append((*named, *(text(row, column) if named in alike else "" for column in others)))
        return found

    def moves_to(self, now: Tab) -> Moves:
        """Which row and column each of the tab as it is now was here."""
        header = range(self.header_rows - self.header_height, self.header_rows)
        return moves_between(self.tab, header, now, self.identities, len(self.identity_columns))


def pictures(
    book: Book, reading: BookReading, writes: Sequence[CellWrite], earlier: Iterable[Picture] = ()
) -> tuple[Picture, ...]:
    """A picture of each tab that is written to; of one that cannot be read any more by what an `earlier` one tells."""
    known = {picture.tab.sheet_id: picture for picture in earlier}
    found = []
    for sheet_id in dict.fromkeys(write.cell.sheet_id for write in writes):
        tab = book.tab(sheet_id)
        parts = [part for part in reading.tabs if part.tab.sheet_id == sheet_id and not part.refused]
        written = {write.cell.column for write in writes if write.cell.sheet_id == sheet_id}
        if tab is not None and parts:
            found.append(_picture(tab, parts, written))
        elif tab is not None and sheet_id in known:
            found.append(_carried(known[sheet_id], tab))
    return tuple(found)


def watched_areas(before: Iterable[Picture], writes: Sequence[CellWrite]) -> Iterator[tuple[Tab, Area]]:
    """What the answer to a write must show of each tab: its headers, identity columns and written columns."""
    for picture in before:
        rows = len(picture.tab.values)
        if picture.header_rows:
            yield picture.tab, Area(0, 0, picture.header_rows, picture.tab.width)
        written = {write.cell.column for write in writes if write.cell.sheet_id == picture.tab.sheet_id}
        for column in sorted(written.union(picture.identity_columns, picture.other_columns)):
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


def same_headers(before: Picture, answer: Answer, except_for: Iterable[tuple[int, int]] = ()) -> bool:
    """Whether all columns stand where they stood."""
    places = before.headers()
    return all(answer.text(*place) == before.tab.text(*place) for place in places if place not in except_for)


def _unmoved(before: Picture, writes: Sequence[CellWrite], answer: Answer) -> bool:
    written = {(write.cell.row, write.cell.column) for write in writes if write.cell.sheet_id == before.tab.sheet_id}

    def text(row: int, column: int) -> str:
        return (before.tab if (row, column) in written else answer).text(row, column)

    rows = len(before.tab.values)
    then, now = before.identities(before.tab.text, rows), before.identities(text, rows)
    return same_headers(before, answer, written) and then[before.header_rows :] == now[before.header_rows :]


def _picture(tab: Tab, parts: Sequence[TabReading], written: Iterable[int]) -> Picture:
    """Of all mappings of a tab together; its columns are known by the uppermost header."""
    top = min(parts, key=lambda part: part.header_rows)
    columns = {column for part in parts for column in part.identity_columns}
    identity_columns = tuple(sorted(columns))
    others = _telling_apart(tab, top.header_rows, identity_columns, columns.union(written))
    return Picture(tab, top.header_rows, top.header_height, identity_columns, others)


def _carried(before: Picture, now: Tab) -> Picture:
    moves = before.moves_to(now)
    columns = sorted({moves.column_home.get(column, column) for column in before.identity_columns})
    others = sorted({moves.column_home.get(column, column) for column in before.other_columns} - {*columns})
    return Picture(now, moves.header.stop, len(moves.header), tuple(columns), tuple(others))


def _telling_apart(tab: Tab, first: int, known_by: Sequence[int], taken: Iterable[int]) -> tuple[int, ...]:
    """The columns in which rows that are alike hold what people typed. What is computed may change with our numbers."""
    alike = _alike(tab, known_by)
    named = (tuple(tab.text(row, column) for column in known_by) for row in range(len(tab.values)))
    rows = [row for row, identity in enumerate(named) if row >= first and identity in alike]
    filled = {column for row in rows for column, value in enumerate(tab.values[row]) if value not in (None, "")}
    computed = {column for row, column in tab.formulas if column in filled and row in {*rows}}
    return tuple(sorted(filled - computed - {*taken}))


def _alike(tab: Tab, columns: Sequence[int]) -> frozenset[Identity]:
    """What several rows have in common."""
    counted = Counter(tuple(tab.text(row, column) for column in columns) for row in range(len(tab.values)))
    return frozenset(identity for identity, count in counted.items() if count > 1)
