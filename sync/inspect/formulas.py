"""What a sheet's formulas say of its columns: `=(E2-C2)/(D2-C2)` names start, target, current, and shows progress.

Looks at the column letters of one row; what the formula shows is not needed.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sync.domain.cells import cell_name, column_number
from sync.domain.grid import Tab

_CELL = r"\$?([A-Z]{1,3})\$?(\d+)"
# From where, to where, how far: (current - start) / (target - start), and the same with both differences turned.
_FROM_START = re.compile(rf"\(*{_CELL}-{_CELL}\)*/\(*{_CELL}-{_CELL}\)*")
_SHARE = re.compile(rf"{_CELL}\)*/\(*{_CELL}(?![-+*/\d])")
_ANY = re.compile(_CELL)
_PRODUCT = re.compile(rf"=\(?{_CELL}\*{_CELL}\)?")
_SUMS = re.compile(r"=(IFERROR\()?(SUM|AVERAGE|SUMPRODUCT|AVERAGEIFS?|SUBTOTAL)\(")
_RANGE = re.compile(r"([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?")
_MOSTLY = 0.7


def progress_in(tab: Tab, column: int, rows: Sequence[int]) -> Mapping[str, int]:
    """The roles that the formulas of a column give to others and to itself; empty where they are no progress."""
    held = [tab.formulas[row, column] for row in rows if (row, column) in tab.formulas]
    found = Counter(
        tuple(roles.items())
        for row in rows
        if (row, column) in tab.formulas and (roles := _roles(tab.formulas[row, column], row))
    )
    if not found:
        return {}
    items, count = found.most_common(1)[0]
    return {**dict(items), "score": column} if count >= _MOSTLY * len(held) else {}


def made_from(tab: Tab, column: int, rows: Sequence[int]) -> frozenset[int]:
    """The columns of the same row from which the formulas of most rows of a column are made."""
    held = [(row, tab.formulas[row, column]) for row in rows if (row, column) in tab.formulas]
    named = Counter(
        number
        for row, formula in held
        for number in {column_number(letters) for letters, at in _ANY.findall(formula.upper()) if at == str(row + 1)}
    )
    return frozenset(number for number, count in named.items() if count >= _MOSTLY * len(held))


def factors_in(tab: Tab, column: int, rows: Sequence[int]) -> tuple[int, ...]:
    """The two columns whose numbers a column multiplies, row by row; none where it does something else."""
    found = Counter(
        (column_number(match[1]), column_number(match[3]))
        for row in rows
        if (match := _PRODUCT.fullmatch(tab.formulas.get((row, column), "").upper().replace(" ", "")))
        and {match[2], match[4]} == {str(row + 1)}
    )
    return found.most_common(1)[0][0] if found else ()


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell that adds up or averages other rows of its column, weighted or not, and those rows."""

    cell: str
    rows: frozenset[int]


def sums_in(tab: Tab, columns: Sequence[int], rows: Sequence[int]) -> Mapping[int, Sum]:
    """The first such cell of each row that has one."""
    found: dict[int, Sum] = {}
    for row, column in ((row, column) for row in rows for column in columns):
        text = tab.formulas.get((row, column), "").upper().replace(" ", "").replace("$", "")
        covered = frozenset(_covered(text, column)) if _SUMS.match(text) else frozenset()
        if covered and row not in covered:
            found.setdefault(row, Sum(cell_name(row, column), covered))
    return found


def _covered(formula: str, column: int) -> Iterator[int]:
    """The rows of a column that a formula names, one by one or as ranges."""
    for one, first, other, last in _RANGE.findall(formula):
        if column_number(one) == column and other in ("", one):
            yield from range(int(first) - 1, int(last or first))


def _roles(formula: str, row: int) -> dict[str, int]:
    text = formula.upper().replace(" ", "")
    if match := _FROM_START.search(text):
        if {match[number] for number in (2, 4, 6, 8)} != {str(row + 1)}:
            return {}
        one, two, three, four = (column_number(match[number]) for number in (1, 3, 5, 7))
        if two == four:
            return _distinct({"start": two, "target": three, "current": one})
        return _distinct({"start": one, "target": four, "current": two}) if one == three else {}
    match = _SHARE.search(text)
    if match is None or {match[2], match[4]} != {str(row + 1)}:
        return {}
    return _distinct({"target": column_number(match[3]), "current": column_number(match[1])})


def _distinct(roles: dict[str, int]) -> dict[str, int]:
    return roles if len(set(roles.values())) == len(roles) else {}
