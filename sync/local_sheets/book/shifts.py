"""Rows or columns inserted, deleted or moved, and everything that stands on them following.

Cells, sizes, merges, protected ranges, and references in formulas of every sheet. It asks nobody for permission:
who may edit is for `requests` to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol, TypeAlias

from sync.local_sheets.book.areas import Area
from sync.local_sheets.book.book import EMPTY, NO_CELLS, Cell, Formula, Group, Metadata, Row, Sheet, Spreadsheet
from sync.local_sheets.book.formula_text import Reference, rewritten

Dimension: TypeAlias = Literal["ROWS", "COLUMNS"]

_FAR = 1 << 40  # past the end of every grid: the end of a span that has none


class Shift(Protocol):
    """Where positions go. `span` takes and gives half-open spans; None is gone."""

    def span(self, start: int, end: int) -> tuple[int, int] | None: ...

    def order(self, count: int) -> list[int | None]:
        """For each new position the old one; None for a new, empty one."""
        ...


@dataclass(frozen=True, slots=True)
class Insert:
    at: int
    count: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        by_start = self.count if start >= self.at else 0
        by_end = self.count if end > self.at else 0
        return start + by_start, end + by_end

    def order(self, count: int) -> list[int | None]:
        return [*range(self.at), *([None] * self.count), *range(self.at, count)]


@dataclass(frozen=True, slots=True)
class Delete:
    start: int
    end: int

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        first, last = self._after(start), self._after(end)
        return (first, last) if first < last else None

    def _after(self, position: int) -> int:
        return position - max(0, min(position, self.end) - self.start)

    def order(self, count: int) -> list[int | None]:
        return [*range(self.start), *range(self.end, count)]


@dataclass(frozen=True, slots=True)
class Move:
    """`to` is counted before the move, as Google counts it."""

    start: int
    end: int
    to: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span moves with its ends while they stay in order; torn apart, it stays where it was."""
        first, last = self._after(start), self._after(end - 1) + 1
        return (first, last) if last - first == end - start else (start, end)

    def _after(self, position: int) -> int:
        count = self.end - self.start
        if self.start <= position < self.end:
            return position + (self.to - self.end if self.to > self.start else self.to - self.start)
        if self.end <= position < self.to:
            return position - count
        return position + count if self.to <= position < self.start else position

    def order(self, count: int) -> list[int | None]:
        moved: list[int | None] = [0] * count
        for position in range(count):
            moved[self._after(position)] = position
        return moved


def apply(book: Spreadsheet, sheet: Sheet, dimension: Dimension, shift: Shift) -> None:
    if dimension == "ROWS":
        _shift_rows(sheet, shift)
    else:
        _shift_columns(sheet, shift)
    sheet.merges = [area for area in _moved(sheet.merges, dimension, shift) if not _is_one_cell(area)]
    sheet.protections = [
        replace(known, area=area, unprotected=tuple(_moved(known.unprotected, dimension, shift)))
        for known in sheet.protections
        for area in _moved([known.area], dimension, shift)
    ]
    sheet.filtered = next(iter(_moved([sheet.filtered], dimension, shift)), None) if sheet.filtered else None
    sheet.groups = [moved for known in sheet.groups for moved in _moved_group(known, dimension, shift)]
    book.named_ranges = [
        replace(known, area=area)
        for known in book.named_ranges
        for area in (_moved([known.area], dimension, shift) if known.sheet_id == sheet.sheet_id else [known.area])
    ]
    book.metadata = _shifted_metadata(book.metadata, sheet, dimension, shift)
    _shift_references(book, sheet, dimension, shift)


def delete_cells(book: Spreadsheet, sheet: Sheet, dimension: Dimension, area: Area) -> None:
    """Those behind move up, or to the left, with merges and names that lie wholly among them. The grid stays."""
    start, end = area.row_span if dimension == "ROWS" else area.column_span
    shift = Delete(start, end)
    band = replace(area, top=0, bottom=None) if dimension == "ROWS" else replace(area, left=0, right=None)
    if dimension == "ROWS":
        _shift_cells_up(sheet, shift, range(*area.column_span))
    else:
        _shift_cells_left(sheet, shift, range(*area.row_span))

    def moved(known: Area) -> Area | None:
        inside = band.holds(known.within(sheet.row_count, sheet.column_count))
        return _moved_area(known, dimension, shift) if inside else known

    sheet.merges = [after for before in sheet.merges if (after := moved(before)) and not _is_one_cell(after)]
    book.named_ranges = [
        replace(known, area=after)
        for known in book.named_ranges
        if (after := moved(known.area) if known.sheet_id == sheet.sheet_id else known.area)
    ]

    def followed(reference: Reference) -> Reference | None:
        after = moved(reference.area)
        return None if after is None else replace(reference, area=after)

    rewrite_references(book, sheet, followed)


def _shift_cells_up(sheet: Sheet, shift: Shift, columns: range) -> None:
    before = list(sheet.rows)
    order = shift.order(len(before))
    for row, old in enumerate([*order, *([None] * (len(before) - len(order)))]):
        if old == row:
            continue
        kept = {column: cell for column, cell in before[row].items() if column not in columns}
        come = {} if old is None else {column: cell for column, cell in before[old].items() if column in columns}
        sheet.set_row(row, kept | come)


def _shift_cells_left(sheet: Sheet, shift: Shift, rows: range) -> None:
    places = {old: new for new, old in enumerate(shift.order(sheet.column_count))}
    for row in range(rows.start, min(rows.stop, len(sheet.rows))):
        sheet.set_row(row, {places[column]: cell for column, cell in sheet.row(row).items() if column in places})


def _moved_group(known: Group, dimension: Dimension, shift: Shift) -> list[Group]:
    if known.dimension != dimension:
        return [known]
    span = shift.span(known.start, known.end)
    return [] if span is None else [replace(known, start=span[0], end=span[1])]


def _shifted_metadata(metadata: list[Metadata], sheet: Sheet, dimension: Dimension, shift: Shift) -> list[Metadata]:
    """Metadata of a row or column goes where that goes, and away with it."""
    kept = []
    for known in metadata:
        span: tuple[int, int] | None = (known.index, 0)
        if known.sheet_id == sheet.sheet_id and known.dimension == dimension:
            span = shift.span(known.index, known.index + 1)
        if span is not None:
            kept.append(replace(known, index=span[0]))
    return kept


def _shift_rows(sheet: Sheet, shift: Shift) -> None:
    order = shift.order(sheet.row_count)
    rows = [sheet.row(old) if old is not None else NO_CELLS for old in order]
    while rows and not rows[-1]:
        rows.pop()
    sheet.rows, sheet.row_count = rows, len(order)
    sheet.row_metadata = _reordered(sheet.row_metadata, order)


def _shift_columns(sheet: Sheet, shift: Shift) -> None:
    order = shift.order(sheet.column_count)
    places = {old: new for new, old in enumerate(order) if old is not None}

    def shifted(row: Row) -> Row:
        return {places[column]: cell for column, cell in row.items() if column in places}

    sheet.rows = [shifted(row) if row else row for row in sheet.rows]
    sheet.column_count = len(order)
    sheet.column_metadata = _reordered(sheet.column_metadata, order)


def _reordered(metadata: dict[int, dict[str, Any]], order: list[int | None]) -> dict[int, dict[str, Any]]:
    return {new: metadata[old] for new, old in enumerate(order) if old in metadata} if metadata else {}


def inherit_formats(sheet: Sheet, dimension: Dimension, span: tuple[int, int], neighbour: int) -> None:
    """New rows or columns look like the one beside them."""
    if dimension == "ROWS":
        formats = {c: Cell(None, cell.format) for c, cell in sheet.row(neighbour).items() if cell.format}
        for row in range(*span) if formats else ():
            sheet.put_cells(row, formats)
        return
    for row, cells in enumerate(sheet.rows):
        form = cells.get(neighbour, EMPTY).format
        if form:
            sheet.put_cells(row, dict.fromkeys(range(*span), Cell(None, form)))


def _moved(areas: Iterable[Area], dimension: Dimension, shift: Shift) -> list[Area]:
    return [moved for area in areas if (moved := _moved_area(area, dimension, shift)) is not None]


def _moved_area(area: Area, dimension: Dimension, shift: Shift) -> Area | None:
    start, end = (area.top, area.bottom) if dimension == "ROWS" else (area.left, area.right)
    if end is None:
        if start == 0:
            return area
        start = (shift.span(start, _FAR) or (start, 0))[0]
    else:
        span = shift.span(start, end)
        if span is None:
            return None
        start, end = span
    if dimension == "ROWS":
        return replace(area, top=start, bottom=end)
    return replace(area, left=start, right=end)


def _is_one_cell(area: Area) -> bool:
    assert area.bottom is not None
    assert area.right is not None
    return area.bottom - area.top == 1 and area.right - area.left == 1


def _shift_references(book: Spreadsheet, target: Sheet, dimension: Dimension, shift: Shift) -> None:
    def shifted(reference: Reference) -> Reference | None:
        area = _moved_area(reference.area, dimension, shift)
        return None if area is None else replace(reference, area=area)

    rewrite_references(book, target, shifted)


def rewrite_references(book: Spreadsheet, target: Sheet, change: Callable[[Reference], Reference | None]) -> None:
    """Changes every reference to `target`, in whatever sheet it stands."""
    for sheet in book.sheets:

        def changed(reference: Reference, home: Sheet = sheet) -> Reference | None:
            title = home.title if reference.title is None else reference.title
            return change(reference) if title.casefold() == target.title.casefold() else reference

        for row, column, cell in list(sheet.formula_cells()):
            assert isinstance(cell.entered, Formula)
            text = rewritten(cell.entered.text, changed)
            if text != cell.entered.text:
                sheet.put(row, column, cell._replace(entered=Formula(text, cell.entered.value)))
