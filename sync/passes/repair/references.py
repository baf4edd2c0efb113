"""A person's formula that is put back: its references follow the cells that they meant, as Sheets would have done it.

Tabs that were renamed, and rows and columns that moved, on the formula's own tab and on others; all else stays,
character by character. A formula that cannot be taken apart stays as it is: Sheets does not change that one either.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass

from sync.domain.cells import column_letters, column_number
from sync.passes.repair.line_map import LineMap

_END = re.compile(r"(\$?)([A-Za-z]{1,3})?(\$?)([1-9]\d{0,7})?")
_GONE = "#REF!"
# What the tokenizer does not know to end a reference; a backslash does so in an array where the comma is for decimals.
_SEPARATING = re.compile(r"[\s\\]")


# The tabs that a formula names, with the marks around their titles.
_NAMED = re.compile(r"(?:'((?:[^']|'')+)'|([^\W\d][\w.]*))!")


@dataclass(frozen=True, slots=True)
class Shift:
    """A tab then and now: what it is called now, what moved, and the rows and columns whose place nobody knows."""

    title: str
    line_map: LineMap
    rows_in_doubt: Set[int] = frozenset()
    columns_in_doubt: Set[int] = frozenset()


# What became of a tab, by the title that it had; None where nobody knows.
ShiftOf = Callable[[str], Shift | None]


class _InDoubtError(Exception):
    """Nobody knows where a cell is that a formula means."""


def tabs_named(formula: str) -> frozenset[str]:
    """The titles of tabs that a formula may mean."""
    return (
        frozenset(_title(match[1] or match[2]) for match in _NAMED.finditer(formula)) if "!" in formula else frozenset()
    )


def plain(formula: str) -> str:
    """The same for two formulas that are the same, however Sheets spells them."""
    return formula.replace("'", "").casefold()


def alike(one: str, other: str) -> bool:
    """Whether two formulas are the same."""
    return plain(one) == plain(other)


def followed(formula: str, title: str, shift_of: ShiftOf) -> str | None:
    """The formula, of the tab that was called `title`, as it is now; None where that is in doubt."""
    try:
        return _rewritten(formula, title, shift_of)
    except _InDoubtError:
        return None


def _rewritten(formula: str, title: str, shift_of: ShiftOf) -> str:
    # It takes a tenth of the time in which a command starts, and few passes put back a formula.
    from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

    plain = _SEPARATING.sub(" ", formula)
    try:
        tokens = Tokenizer(plain).items
    except (TokenizerError, IndexError):  # an IndexError for a bracket that closes nothing
        return formula
    found, done = formula[:1], 1
    for token in tokens:
        start = plain.find(token.value, done)
        if start < 0:  # the tokenizer mixed up their order
            return formula
        end = start + len(token.value)
        text = formula[start:end]
        is_reference = token.type == Token.OPERAND and token.subtype == Token.RANGE
        found += formula[done:start] + (_followed(text, title, shift_of) if is_reference else text)
        done = end
    return found + formula[done:]


def _followed(reference: str, title: str, shift_of: ShiftOf) -> str:
    sheet, mark, place = reference.rpartition("!")
    named = _title(sheet) if mark else title
    shift = shift_of(named)
    if shift is None:
        raise _InDoubtError
    moved = _moved(place, shift)
    if mark and shift.title != named:
        sheet = "'" + shift.title.replace("'", "''") + "'"
    return moved if moved == _GONE else sheet + mark + moved


def _title(quoted: str) -> str:
    return quoted.strip("'").replace("''", "'")


def _moved(place: str, shift: Shift) -> str:
    """One reference, such as "B2", "$F$2:F9", "F2:F" or "2:5"; anything else is a name."""
    ends = [_END.fullmatch(end) for end in place.split(":")]
    if len(ends) > 2 or not all(end and end[0] for end in ends):
        return place
    letters = [end[2] for end in ends if end]
    numbers = [end[4] for end in ends if end]
    if len(ends) == 1 and not (letters[0] and numbers[0]):
        return place
    columns_before = [column_number(each) if each else None for each in letters]
    rows_before = [int(each) - 1 if each else None for each in numbers]
    if not shift.columns_in_doubt.isdisjoint(columns_before) or not shift.rows_in_doubt.isdisjoint(rows_before):
        raise _InDoubtError
    columns, rows = _span(columns_before, shift.line_map.column_home), _span(rows_before, shift.line_map.row_home)
    if columns is None or rows is None:
        return _GONE
    if (columns, rows) == (columns_before, rows_before):
        return place
    found = []
    for end, column, row in zip(ends, columns, rows, strict=True):
        if end:
            name = column_letters(column) if column is not None else ""
            found.append(f"{end[1]}{name}{end[3]}{row + 1 if row is not None else ''}")
    return ":".join(found)


def _span(ends: list[int | None], home: Mapping[int, int]) -> list[int | None] | None:
    """Where the first and the last of a range are now; None: all of it is gone."""
    known = [end for end in ends if end is not None]
    if not known:
        return ends
    beyond = max(home, default=-1) + 1
    span = _span_now(min(known), max(known) if ends[-1] is not None else max(*known, beyond), home, beyond)
    if span is None:
        return None
    low, high = span if known[0] <= known[-1] else reversed(span)
    return [None if end is None else where for end, where in zip(ends, (low, high), strict=False)]


def _span_now(first: int, last: int, home: Mapping[int, int], beyond: int) -> tuple[int, int] | None:
    """A range goes with its ends; where they were torn apart it stays, but for what is new or gone before it.

    What is `beyond` all that we know stays behind it.
    """
    by = max(home.values(), default=-1) + 1 - beyond
    home = {**home, **{end: end + by for end in (first, last) if end >= beyond}}
    before, now = sorted(home), sorted(home.values())
    left = range(bisect_left(before, first), bisect_right(before, last))
    if not left:
        return None
    low, high = (now.index(home[before[end]]) for end in (left[0], left[-1]))
    if high - low != left[-1] - left[0]:
        low, high = left[0], left[-1]
    return now[low], now[high]
