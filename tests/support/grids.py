"""Small sheets drawn as text, so that a test shows its whole input.

    Mục tiêu | KR   | Chỉ tiêu | Hiện tại | Điểm
    Tăng     | a    | 10       | 5        |
    ^        | b    | ≤ 20     | '12      | =1/4 → 0.25

`|` separates cells. A plain number is a number, TRUE and FALSE are checkboxes, `73%%` is a cell formatted as percent
that holds 0.73, `#REF!` an error, `=formula → value` a formula and what it shows, `^` belongs to the cell above by a
merge, and what begins with `'` is text, as in Sheets. `[#ffa500]` at the end of a cell is its colour. All else is text;
a line with a lone `|` is an empty row.
"""

import re
import tomllib

from sync.config.mapping import TabMapping
from sync.domain.cells import Area, CellRef, column_number
from sync.domain.grid import Book, CellError, Scalar, Tab
from sync.reading import BookReading, TabReading, read_book

_COLOUR = re.compile(r"(.*?)(?:\[(#[0-9a-f]{6})\])?$", re.DOTALL)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def grid(table: str, title: str = "OKR", sheet_id: int = 1, protected: tuple[Area, ...] = ()) -> Tab:
    """One tab out of a drawn table."""
    lines = [line.strip() for line in table.strip("\n").splitlines()]
    painted = [[_COLOUR.match(cell.strip()) for cell in line.split("|")] for line in lines if line]
    fills = {
        (row, column): found[2]
        for row, cells in enumerate(painted)
        for column, found in enumerate(cells)
        if found and found[2]
    }
    drawn = [[found[1].strip() if found else "" for found in cells] for cells in painted]
    values: list[list[Scalar]] = []
    formulas: dict[tuple[int, int], str] = {}
    percents: set[tuple[int, int]] = set()
    tops: dict[tuple[int, int], int] = {}
    for row, cells in enumerate(drawn):
        values.append([_scalar(cell) for cell in cells])
        for column, cell in enumerate(cells):
            if cell.startswith("="):
                formulas[row, column] = cell.partition("→")[0].strip()
            if cell.endswith("%%"):
                percents.add((row, column))
            if cell == "^":
                tops[row, column] = tops.get((row - 1, column), row - 1)
    bottoms = {(top, column): row + 1 for (row, column), top in sorted(tops.items())}
    merges = tuple(Area(top, column, bottom, column + 1) for (top, column), bottom in bottoms.items())
    return Tab(sheet_id, title, values, formulas, frozenset(percents), merges, protected, fills=fills)


def book(*tabs: Tab, locale: str = "vi_VN") -> Book:
    """A spreadsheet of these tabs."""
    return Book("book", "OKR 2026", "https://sheets.example/book", locale, "Asia/Ho_Chi_Minh", tabs)


def mapping(toml: str) -> TabMapping:
    """A tab's mapping as an admin writes it; the title is OKR where none is given."""
    return TabMapping.model_validate({"title": "OKR"} | tomllib.loads(toml))


def read(tab: Tab, toml: str, locale: str = "vi_VN") -> TabReading:
    """One tab read by one mapping."""
    return read_book(book(tab, locale=locale), [mapping(toml)]).tabs[0]


def read_all(tabs: list[Tab], *tomls: str, locale: str = "vi_VN") -> BookReading:
    """Several tabs read by several mappings."""
    return read_book(book(*tabs, locale=locale), [mapping(toml) for toml in tomls])


def at(a1: str, sheet_id: int = 1, tab: str = "OKR") -> CellRef:
    """The address of a cell of a drawn tab."""
    letters = a1.rstrip("0123456789")
    return CellRef("book", sheet_id, tab, int(a1[len(letters) :]) - 1, column_number(letters))


def _scalar(cell: str) -> Scalar:
    if cell.startswith("="):
        return _scalar(cell.partition("→")[2].strip())
    if cell in ("", "^"):
        return None
    if cell.startswith("'"):
        return cell[1:]
    if cell in ("TRUE", "FALSE"):
        return cell == "TRUE"
    if cell.startswith(("#", "Loading")):
        return CellError(cell)
    if cell.endswith("%%"):
        return float(cell[:-2]) / 100
    if _NUMBER.fullmatch(cell):
        return float(cell) if "." in cell else int(cell)
    return cell


def codes(reading: TabReading | BookReading) -> list[str]:
    return [found.code for found in reading.problems]
