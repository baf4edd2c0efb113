"""Cells: where one is, how columns are called, and rectangles of them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from msgspec import Struct


class CellRef(Struct, frozen=True, gc=False):
    """A cell of a spreadsheet. `row` and `column` count from 0; `sheet_id` survives a renamed tab."""

    spreadsheet: str
    sheet_id: int
    tab: str
    row: int
    column: int

    @property
    def place(self) -> tuple[int, int]:
        """Row and column."""
        return self.row, self.column

    @property
    def a1(self) -> str:
        return cell_name(*self.place)

    def __str__(self) -> str:
        return f"{self.tab}!{self.a1}"


def cell_name(row: int, column: int) -> str:
    """(2, 1) is B3."""
    return f"{column_letters(column)}{row + 1}"


@lru_cache(maxsize=1024)
def cell_place(name: str) -> tuple[int, int]:
    """B3 is (2, 1). Raises ValueError for what is no cell."""
    letters = name.rstrip("0123456789")
    return int(name[len(letters) :]) - 1, column_number(letters)


def column_letters(column: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A is 0, Z is 25, AA is 26. Raises ValueError for anything but Latin letters."""
    if not re.fullmatch(r"[A-Za-z]{1,3}", letters):
        raise ValueError(f"{letters!r} is not a column such as B or AC")
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


# Beyond the end of every tab.
FAR = 10_000_000


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells; `bottom` and `right` are the first row and column outside it, FAR where it has no end."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, place: tuple[int, int]) -> bool:
        row, column = place
        return self.top <= row < self.bottom and self.left <= column < self.right

    @property
    def a1(self) -> str:
        """As people write it: "F2:F9", "F2", "F:F", "2:9", "F2:F" where it has no end; empty for a whole tab."""
        first_column, last_column = column_letters(self.left), column_letters(self.right - 1)
        if self.right == FAR:
            first_column, last_column = first_column if self.left else "", ""
        first_row, last_row = str(self.top + 1), str(self.bottom)
        if self.bottom == FAR:
            first_row, last_row = first_row if self.top else "", ""
        first, last = first_column + first_row, last_column + last_row
        is_one_cell = (self.bottom, self.right) == (self.top + 1, self.left + 1)
        return first if is_one_cell or not first + last else f"{first}:{last}"
