"""A spreadsheet as it was read: values, formulas, merges and protections of each tab.

A value, not a connection: nothing here reads or writes. Rows and columns count from 0.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

import msgspec
from msgspec import Struct

from sync.domain.cells import FAR, Area, CellRef


@dataclass(frozen=True, slots=True)
class CellError:
    """What a cell shows instead of a value: "#REF!", "#N/A", "Loading…"."""

    code: str


@dataclass(frozen=True, slots=True)
class Formula:
    """What a person entered where it begins with "=", and what it showed when it was read."""

    text: str
    shows: "Scalar" = None


Scalar = str | float | int | bool | CellError | None
Entered = str | float | int | bool | Decimal | Formula | None


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab. `values` is ragged: what is missing is empty.

    `formulas`, `percents` and `dates` (cells formatted as such) are by (row, column); so are `fills`, the colours of
    cells such as "#f9cb9c", white ones left out, where they were asked for. `columns` is how many there are, empty ones
    included.
    """

    sheet_id: int
    title: str
    values: Sequence[Sequence[Scalar]]
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    percents: frozenset[tuple[int, int]] = frozenset()
    merges: tuple[Area, ...] = ()
    protections: tuple[Area, ...] = ()
    dates: frozenset[tuple[int, int]] = frozenset()
    columns: int = FAR
    fills: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return max((len(row) for row in self.values), default=0)

    @property
    def is_empty(self) -> bool:
        return not any(value not in (None, "") for row in self.values for value in row)

    def value(self, row: int, column: int) -> Scalar:
        """What the cell itself holds."""
        if row < len(self.values):
            cells = self.values[row]
            if column < len(cells):
                value = cells[column]
                return None if value == "" else value
        return None

    def entered(self, row: int, column: int) -> Entered:
        """What was put into the cell: the formula where there is one, else its value; nothing where it spilled."""
        formula = self.formulas.get((row, column))
        if formula == "":
            return None
        value = self.value(row, column)
        return Formula(formula, value) if formula is not None else value.code if isinstance(value, CellError) else value

    def text(self, row: int, column: int) -> str:
        """What the cell itself holds, as text; a whole number has no ".0"."""
        return text_of(self.value(row, column))


@dataclass(frozen=True, slots=True)
class Book:
    """A spreadsheet as read in one request. `url` opens it for a person; `locale` is such as "vi_VN"."""

    id: str
    title: str
    url: str
    locale: str
    time_zone: str
    tabs: tuple[Tab, ...]

    def tab(self, sheet_id: int) -> Tab | None:
        return next((tab for tab in self.tabs if tab.sheet_id == sheet_id), None)

    def cell(self, tab: Tab, row: int, column: int) -> CellRef:
        return CellRef(self.id, tab.sheet_id, tab.title, row, column)


def text_of(value: Scalar) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, CellError):
        return value.code
    is_whole = isinstance(value, int) or (value.is_integer() and abs(value) < 1e15)
    return str(int(value)) if is_whole else repr(value)


# So many rows of a tab have a digest of their own: of one that changed, no others are digested again.
BLOCK = 256

Values = Sequence[Sequence[Scalar]]


def fingerprint(tabs: Sequence[tuple[str, Values]]) -> str:
    """A digest of titles and values that does not depend on how they were read.

    A lean read and a full read of the same sheet give the same fingerprint, which is how an idle pass
    knows that there is nothing to do.
    """
    return fingerprint_by_blocks([(title, block_digests(values)) for title, values in tabs])


def fingerprint_by_blocks(tabs: Iterable[tuple[str, Sequence[bytes]]]) -> str:
    """The same of the titles and digests of the tabs."""
    digest = hashlib.blake2b(digest_size=16)
    for title, blocks in tabs:
        digest.update(msgspec.json.encode([title, len(blocks)]))
        digest.update(b"".join(blocks))
    return digest.hexdigest()


def block_digests(values: Values, known: Sequence[bytes] = (), changed: Collection[int] = ()) -> tuple[bytes, ...]:
    """A digest of each block of rows, without those at the end in which nothing stands. Where digests are `known`, only
    those of `changed` rows are made anew.
    """
    stale = {row // BLOCK for row in changed}
    blocks = [
        known[number] if number < len(known) and number not in stale else _block_digest(values, number)
        for number in range(-(-len(values) // BLOCK))
    ]
    while blocks and blocks[-1] == _EMPTY:
        blocks.pop()
    return tuple(blocks)


def _block_digest(values: Values, number: int) -> bytes:
    rows = list(_canonical(values[number * BLOCK : (number + 1) * BLOCK]))
    return hashlib.blake2b(msgspec.json.encode(rows), digest_size=16).digest()


_AS_THEY_ARE = frozenset({str, bool, float})


def _canonical(values: Values) -> Iterator[list[object]]:
    empty = 0
    for row in values:
        # Nearly all cells are these, and a call for each would take a third longer.
        cells = [value if type(value) in _AS_THEY_ARE else _canonical_value(value) for value in row]
        while cells and cells[-1] == "":
            cells.pop()
        if not cells:
            empty += 1
            continue
        yield from ([] for _ in range(empty))
        empty = 0
        yield cells


def _canonical_value(value: Scalar) -> object:
    if type(value) is int:
        return float(value)
    if value is None:
        return ""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, CellError):
        return value.code
    return float(value)


_EMPTY = _block_digest((), 0)


# What of an objective or key result a cell of ours takes: its score, or what `passes.words` says of it.
Field = Literal["score", "band", "pace", "message", "checked"]
WORD_FIELDS: tuple[Field, ...] = ("band", "pace", "message", "checked")


def slot_of(key: str, field: Field) -> str:
    """The name of what we write for a key: of its score the key itself."""
    return key if field == "score" else f"{key}:{field}"


class CellWrite(Struct, frozen=True, gc=False):
    """One cell to be changed: `old` is what it shows, `new` the number or text that it takes (None: emptied).

    `why` is the working of the score, or the reason why there is none. `key` is empty for a cell that is put back.
    `instead_of` is what would have been put back into the same cell.
    """

    cell: CellRef
    kind: Literal["key_result", "objective", "repair"]
    key: str
    old: Scalar
    new: Entered
    why: str
    instead_of: "CellWrite | None" = None
    field: Field = "score"

    @property
    def slot(self) -> str:
        """What is written, by name; "" for a cell that is put back."""
        return slot_of(self.key, self.field) if self.key else ""
