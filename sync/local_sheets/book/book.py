"""The model: a spreadsheet's sheets, rows and cells, and nothing of how they are asked for or kept.

A published `Spreadsheet` is never changed. A writer takes a `copy()`, changes that, and publishes it; the copy
shares every row, because a row (a dict from column to cell) is replaced as a whole and never changed in place.
So a batch that fails leaves nothing behind, a reader needs no lock, and a copy of 100,000 rows takes a millisecond.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeAlias

from sync.local_sheets.book.areas import Area
from sync.local_sheets.errors import invalid

MAX_CELLS = 10_000_000

# A person owns this machine's spreadsheets, and no protection stops an owner.
OWNER = "person@local.invalid"
WORKER = "worker@local.invalid"

Format: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """What a cell shows instead of a value; `type` is Google's name of it."""

    type: str
    message: str = ""

    @property
    def code(self) -> str:
        return ERROR_CODES[self.type]


ERROR_CODES = {
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "ERROR": "#ERROR!",
}
ERROR_TYPES = {code: kind for kind, code in ERROR_CODES.items()}

Value: TypeAlias = bool | int | float | str | ErrorValue | None


class Formula(NamedTuple):
    """The text with its leading "=", and what it shows: its result, or the last known one."""

    text: str
    value: Value = None


class Cell(NamedTuple):
    """`extra` is what Google keeps beside: `dataValidation`, `textFormatRuns`, as its own JSON."""

    entered: Value | Formula = None
    format: Format | None = None
    note: str | None = None
    extra: Format | None = None

    @property
    def value(self) -> Value:
        entered = self.entered
        return entered.value if isinstance(entered, Formula) else entered

    @property
    def typed(self) -> object:
        """What one would type to have this: a formula as "=...", a text that looks like one behind an apostrophe."""
        entered = self.entered
        if isinstance(entered, Formula):
            return entered.text
        if isinstance(entered, ErrorValue):
            return entered.code
        return f"'{entered}" if isinstance(entered, str) and entered.startswith(("=", "'")) else entered


EMPTY = Cell()
Row: TypeAlias = Mapping[int, Cell]
NO_CELLS: Row = {}


@dataclass(frozen=True, slots=True)
class Protection:
    protection_id: int
    area: Area
    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    description: str = ""
    warning_only: bool = False
    unprotected: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedRange:
    named_range_id: str
    name: str
    sheet_id: int
    area: Area


@dataclass(frozen=True, slots=True)
class Metadata:
    """Developer metadata: of a row or column (`dimension`, `index`), of a sheet, or of the whole spreadsheet."""

    metadata_id: int
    key: str
    value: str
    visibility: str
    sheet_id: int | None = None
    dimension: str | None = None
    index: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Rows or columns that fold away together; `depth` counts the groups around it, itself included."""

    dimension: str
    start: int
    end: int
    depth: int
    collapsed: bool = False


@dataclass(frozen=True, slots=True)
class Permission:
    """Who a spreadsheet is shared with: Drive's types and roles; `email` is a domain's name for a domain."""

    permission_id: str
    email: str
    role: str
    type: str = "user"
    pending: bool = False


@dataclass
class Sheet:
    """One tab. `rows` may be shorter than `row_count`: what is missing is empty."""

    sheet_id: int
    title: str
    row_count: int = 1000
    column_count: int = 26
    hidden: bool = False
    frozen_rows: int = 0
    frozen_columns: int = 0
    rows: list[Row] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)
    protections: list[Protection] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    # the cells of the basic filter, and the rest of it as Google's JSON
    filtered: Area | None = None
    filter: dict[str, Any] = field(default_factory=dict)
    # what else there is of SheetProperties: tabColorStyle, rightToLeft, flags of gridProperties
    looks: dict[str, Any] = field(default_factory=dict)
    # pixelSize and hiddenByUser of single rows and columns, where they differ from the rest
    row_metadata: dict[int, dict[str, Any]] = field(default_factory=dict)
    column_metadata: dict[int, dict[str, Any]] = field(default_factory=dict)
    # set once a formula was put here, so that sheets without any are never searched for them
    has_formulas: bool = False

    def copy(self) -> Sheet:
        return replace(
            self,
            rows=list(self.rows),
            merges=list(self.merges),
            protections=list(self.protections),
            groups=list(self.groups),
            row_metadata=dict(self.row_metadata),
            column_metadata=dict(self.column_metadata),
        )

    @property
    def whole(self) -> Area:
        return Area(0, 0, self.row_count, self.column_count)

    def row(self, index: int) -> Row:
        return self.rows[index] if index < len(self.rows) else NO_CELLS

    def cell(self, row: int, column: int) -> Cell:
        return self.row(row).get(column, EMPTY)

    def put(self, row: int, column: int, cell: Cell) -> None:
        self.put_cells(row, {column: cell})

    def put_cells(self, row: int, cells: Mapping[int, Cell]) -> None:
        """Replaces the row by one with these cells; an empty cell takes its place away."""
        changed = {**self.row(row), **cells}
        for column, cell in cells.items():
            if cell == EMPTY:
                del changed[column]
            elif isinstance(cell.entered, Formula):
                self.has_formulas = True
        self.set_row(row, changed)

    def set_row(self, row: int, cells: Row) -> None:
        if row >= len(self.rows):
            if not cells:
                return
            self.rows.extend([NO_CELLS] * (row + 1 - len(self.rows)))
        self.rows[row] = cells

    def formula_cells(self) -> Iterator[tuple[int, int, Cell]]:
        if not self.has_formulas:
            return
        for index, row in enumerate(self.rows):
            for column, cell in row.items():
                if isinstance(cell.entered, Formula):
                    yield index, column, cell


@dataclass
class Spreadsheet:
    spreadsheet_id: str
    title: str
    locale: str = "en_US"
    time_zone: str = "Etc/GMT"
    sheets: list[Sheet] = field(default_factory=list)
    version: int = 1
    modified: str = ""
    modified_by: str = OWNER
    # counts the ids given out: replaying the same changes must give the same ids
    ids_given: int = 0
    named_ranges: list[NamedRange] = field(default_factory=list)
    metadata: list[Metadata] = field(default_factory=list)
    permissions: list[Permission] = field(default_factory=lambda: shared_by(OWNER))
    created: str = ""
    # what else there is of Drive's File and of SpreadsheetProperties
    file: dict[str, Any] = field(default_factory=dict)
    properties: dict[str, Any] = field(default_factory=dict)

    def copy(self) -> Spreadsheet:
        return replace(
            self,
            sheets=[sheet.copy() for sheet in self.sheets],
            named_ranges=list(self.named_ranges),
            metadata=list(self.metadata),
            permissions=list(self.permissions),
        )

    def sheet_by_id(self, sheet_id: int) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.sheet_id == sheet_id), None)

    def sheet_by_title(self, title: str) -> Sheet | None:
        folded = title.casefold()
        return next((sheet for sheet in self.sheets if sheet.title.casefold() == folded), None)

    def position(self, sheet: Sheet) -> int:
        return next(index for index, each in enumerate(self.sheets) if each is sheet)

    def new_id(self) -> int:
        """Spread like Google's ids, and not one in use."""
        taken = {sheet.sheet_id for sheet in self.sheets}
        taken |= {known.protection_id for sheet in self.sheets for known in sheet.protections}
        taken |= {known.metadata_id for known in self.metadata}
        taken |= {int(known.named_range_id) for known in self.named_ranges if known.named_range_id.isdecimal()}
        while True:
            self.ids_given += 1
            candidate = self.ids_given * 2_654_435_761 % 2_147_483_647
            if candidate not in taken:
                return candidate

    def check_room(self, sheet: Sheet, rows: int = 0, columns: int = 0) -> None:
        """Whether the sheet may grow by so much, asked before it does."""
        grown = (sheet.row_count + rows) * (sheet.column_count + columns) - sheet.row_count * sheet.column_count
        self.check_size(grown)

    def check_size(self, more: int = 0) -> None:
        if sum(sheet.row_count * sheet.column_count for sheet in self.sheets) + more > MAX_CELLS:
            raise invalid(
                f"This action would increase the number of cells in the workbook above the limit of {MAX_CELLS} cells."
            )


def shared_by(owner: str) -> list[Permission]:
    """As a spreadsheet begins: its owner's, and the worker may write."""
    known = [Permission("1", owner, "owner")]
    return known if owner == WORKER else [*known, Permission("2", WORKER, "writer")]


def number(value: int | float) -> int | float:
    """A double as Sheets shows it: 2.0 is 2. Raises ValueError for what is no finite number."""
    try:
        double = float(value)
    except OverflowError as error:
        raise ValueError("number out of range") from error
    if not math.isfinite(double):
        raise ValueError("not a finite number")
    return int(double) if double.is_integer() and abs(double) < 1e15 else double


def single(value: int | float) -> int | float:
    """In single precision, with as few digits as tell it apart: 0.5019607843137255 comes back as 0.5019608.

    Raises ValueError for what is too large for it.
    """
    try:
        packed = struct.pack("f", value)
    except OverflowError as error:
        raise ValueError("number out of range") from error
    texts = (f"{struct.unpack('f', packed)[0]:.{digits}g}" for digits in range(6, 10))
    return number(next(float(text) for text in texts if struct.pack("f", float(text)) == packed))
