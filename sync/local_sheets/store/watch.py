"""Who changed what: whether a caller ever touched a cell that is not its own, and whether that was made good.

Beside each spreadsheet the watch keeps the one that people alone would have made: their changes, and of the watched
caller's changes only what fell into cells that it owns. At any moment `differences` compares the two. A wrong cell
that was put back as it was is no difference any more, also where people moved it meanwhile; it stays a trespass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

from sync.local_sheets.book.a1 import cell_name
from sync.local_sheets.book.book import EMPTY, Cell, Sheet, Spreadsheet
from sync.local_sheets.book.formulas import recalculate
from sync.local_sheets.errors import ApiError
from sync.local_sheets.store.changes import applied

# Whether the cell of that row and column, counted from 0, is the caller's to write, as the sheet now is. Nothing but
# the sheet may decide that: what was once compared is not compared again.
Owned: TypeAlias = Callable[[Sheet, int, int], bool]

# What a sheet is beside its cells, and what a spreadsheet is beside its sheets and its own history.
_FRAME = sorted({field.name for field in fields(Sheet)} - {"sheet_id", "rows", "has_formulas"})
_HISTORY = {"version", "modified", "modified_by", "ids_given"}
_COVER = sorted({field.name for field in fields(Spreadsheet)} - {"sheets"} - _HISTORY)


@dataclass(frozen=True, slots=True)
class Difference:
    """`cell` is an A1 name with its sheet's title, or names what is not a cell. Contents are as one would type them."""

    spreadsheet_id: str
    cell: str
    expected: object
    found: object


def below_header(*texts: str) -> Owned:
    """The cells under the topmost cell of their column that holds one of these texts."""

    def owned(sheet: Sheet, row: int, column: int) -> bool:
        return any(sheet.cell(above, column).value in texts for above in range(min(row, len(sheet.rows))))

    return owned


class Watch:
    """What `caller` does, from now on, beside the cells that are `owned`."""

    def __init__(self, caller: str, owned: Owned) -> None:
        self._caller = caller
        self._owned = owned
        self._expected: dict[str, Spreadsheet] = {}
        self._found: dict[str, Spreadsheet] = {}
        # What was found between two states; neither changes any more, and most spreadsheets lie still.
        self._compared: dict[str, tuple[Spreadsheet, Spreadsheet, list[Difference]]] = {}
        self.trespasses: list[Difference] = []

    def placed(self, book: Spreadsheet) -> None:
        """A spreadsheet is here as people made it."""
        self._expected[book.spreadsheet_id] = self._found[book.spreadsheet_id] = book

    def changed(self, book: Spreadsheet, change: dict[str, Any]) -> None:
        """`book` is what the change made."""
        spreadsheet_id = book.spreadsheet_id
        before, self._found[spreadsheet_id] = self._found[spreadsheet_id], book
        if change["who"] == self._caller:
            self._trespass(before, book)
        else:
            self._follow(spreadsheet_id, change)

    def deleted(self, spreadsheet_id: str) -> None:
        del self._expected[spreadsheet_id], self._found[spreadsheet_id]
        self._compared.pop(spreadsheet_id, None)

    def differences(self) -> list[Difference]:
        """Every place that is not the caller's and is not as people alone would have made it."""
        return [
            difference
            for spreadsheet_id, expected in list(self._expected.items())
            for difference in self._compare(expected, self._found[spreadsheet_id])
        ]

    def _compare(self, expected: Spreadsheet, found: Spreadsheet) -> list[Difference]:
        known = self._compared.get(found.spreadsheet_id)
        if known is None or known[0] is not expected or known[1] is not found:
            known = expected, found, list(self._foreign(expected, expected, found))
            self._compared[found.spreadsheet_id] = known
        return known[2]

    def _follow(self, spreadsheet_id: str, change: dict[str, Any]) -> None:
        try:
            self._expected[spreadsheet_id], _ = applied(self._expected[spreadsheet_id], change)
        except ApiError as error:
            # It went well on the real one, so the two had parted before.
            self.trespasses.append(Difference(spreadsheet_id, f"a person's {change['method']}", error.message, "done"))

    def _trespass(self, before: Spreadsheet, after: Spreadsheet) -> None:
        expected = self._expected[after.spreadsheet_id].copy()
        self.trespasses += self._foreign(expected, before, after)
        for sheet, changed in _pairs(expected, after):
            original = before.sheet_by_id(sheet.sheet_id)
            for row, column, _, cell in _unlike(original or Sheet(sheet.sheet_id, ""), changed):
                if self._owned(sheet, row, column):
                    sheet.put(row, column, cell)
        recalculate(expected)
        self._expected[after.spreadsheet_id] = expected

    def _foreign(self, judge: Spreadsheet, before: Spreadsheet, after: Spreadsheet) -> Iterator[Difference]:
        """Where two states differ in what is not the caller's; `judge` holds the sheets that tell whose a cell is."""
        spreadsheet_id = after.spreadsheet_id
        for name, expected, found in _frames(before, after):
            yield Difference(spreadsheet_id, name, expected, found)
        for old, new in _pairs(before, after):
            sheet = judge.sheet_by_id(new.sheet_id) or new
            for row, column, was, cell in _unlike(old, new):
                if not self._owned(sheet, row, column):
                    yield _difference(spreadsheet_id, f"{new.title}!{cell_name(row, column)}", was, cell)


def _pairs(one: Spreadsheet, other: Spreadsheet) -> Iterator[tuple[Sheet, Sheet]]:
    for sheet in one.sheets:
        partner = other.sheet_by_id(sheet.sheet_id)
        if partner is not None:
            yield sheet, partner


def _frames(one: Spreadsheet, other: Spreadsheet) -> Iterator[tuple[str, object, object]]:
    for name in _COVER:
        if getattr(one, name) != getattr(other, name):
            yield f"the {name} of the spreadsheet", getattr(one, name), getattr(other, name)
    sheets, others = [sheet.sheet_id for sheet in one.sheets], [sheet.sheet_id for sheet in other.sheets]
    if sheets != others:
        yield "the sheets", sheets, others
    for sheet, partner in _pairs(one, other):
        for name in _FRAME:
            if getattr(sheet, name) != getattr(partner, name):
                yield f"the {name} of {partner.title}", getattr(sheet, name), getattr(partner, name)


def _unlike(one: Sheet, other: Sheet) -> Iterator[tuple[int, int, Cell, Cell]]:
    """Row, column and the two cells wherever more than a formula's result differs."""
    for index in range(max(len(one.rows), len(other.rows))):
        row, partner = one.row(index), other.row(index)
        if row is not partner:
            for column in sorted({*row, *partner}):
                was, cell = row.get(column, EMPTY), partner.get(column, EMPTY)
                if _content(was) != _content(cell):
                    yield index, column, was, cell


def _content(cell: Cell) -> tuple[object, ...]:
    """TRUE is not 1 here, although Python says so."""
    return isinstance(cell.entered, bool), cell.typed, *cell[1:]


def _difference(spreadsheet_id: str, name: str, was: Cell, cell: Cell) -> Difference:
    if _content(was)[:2] != _content(cell)[:2]:
        return Difference(spreadsheet_id, name, was.typed, cell.typed)
    return Difference(spreadsheet_id, name, was[1:], cell[1:])
