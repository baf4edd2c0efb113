"""A1 notation: text to sheet title and area, and back. It does not know which sheets exist or how large they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from sync.local_sheets.book.areas import Area

MAX_COLUMNS = 18_278  # ZZZ

_CORNER = re.compile(r"([A-Za-z]{1,3})?(0*[1-9][0-9]{0,14})?")
# Relative to A1, as there is no cell to be relative to: RC is A1, R[1]C[1] is B2.
_R1C1 = re.compile(
    r"(R(?:(0*[1-9][0-9]{0,14})|\[([0-9]{1,15})\])?)?(C(?:(0*[1-9][0-9]{0,5})|\[([0-9]{1,6})\])?)?", re.IGNORECASE
)
_PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_QUOTED_TITLE = re.compile(r"'((?:[^']|'')+)'")


# Row and column; None in a place that the text leaves open.
_Corner: TypeAlias = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a range: a title (None: the first sheet), and an area or a named range's name."""

    title: str | None
    area: Area | None
    name: str | None = None


def letters(column: int) -> str:
    """0 is A, 26 is AA."""
    text = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        text = chr(65 + digit) + text
    return text


def column_index(text: str) -> int:
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_name(row: int, column: int) -> str:
    return f"{letters(column)}{row + 1}"


def readings(text: str) -> list[Reading]:
    """Every way to read `text`, the strongest first: without `!`, a cell wins over a name, a name over a title."""
    if _QUOTED_TITLE.fullmatch(text):
        return [Reading(unquoted(text), Area())]
    title, mark, body = text.rpartition("!")
    area = parse_area(body)
    if mark:
        home = unquoted(title) if title else None
        return [Reading(home, area)] if area is not None else [Reading(home, None, body)]
    as_cells = [] if area is None else [Reading(None, area)]
    return [*as_cells, Reading(None, None, text), Reading(text, Area())]


def parse_area(text: str) -> Area | None:
    """In one of the two notations; A1 wins over R1C1, where RC1 could be either."""
    first, colon, last = text.partition(":")
    start, end = _a1_corner(first), _a1_corner(last if colon else first)
    if start is not None and end is not None and (colon or None not in start):
        return _between(start, end)
    start, end = _r1c1_corner(first), _r1c1_corner(last if colon else first)
    if start is None or end is None or (colon and _is_turned(first, last)):
        return None
    return _between(start, end)


def _between(start: _Corner, end: _Corner) -> Area:
    (top, bottom), (left, right) = _ordered(start[0], end[0]), _ordered(start[1], end[1])
    return Area(top, left, bottom, right)


def _a1_corner(text: str) -> _Corner | None:
    match = _CORNER.fullmatch(text)
    if match is None or not text:
        return None
    return (int(match[2]) - 1 if match[2] else None, column_index(match[1]) if match[1] else None)


def _r1c1_corner(text: str) -> _Corner | None:
    """A letter without a number is the first; one that is not there is open, if the other has a number."""
    match = _R1C1.fullmatch(text)
    if match is None or not text:
        return None
    row, column = _counted(match[2], match[3]), _counted(match[5], match[6])
    if column is not None and column >= MAX_COLUMNS:
        return None
    return (
        0 if row is None and (match[1] or column is None) else row,
        0 if column is None and (match[4] or row is None) else column,
    )


def _counted(number: str | None, offset: str | None) -> int | None:
    if number:
        return int(number) - 1
    return int(offset) if offset else None


def _is_turned(first: str, last: str) -> bool:
    """Google turns a range round whose ends are in the wrong order, but not where they are one apart as written."""
    start, end = _R1C1.fullmatch(first), _R1C1.fullmatch(last)
    assert start is not None
    assert end is not None
    pairs = zip(start.group(2, 3, 5, 6), end.group(2, 3, 5, 6), strict=True)
    return any(a and b and int(a) == int(b) + 1 for a, b in pairs)


def _ordered(first: int | None, last: int | None) -> tuple[int, int | None]:
    """From the one that is given, to the other; open where only the first is, from the edge where only the last."""
    if last is None:
        return first or 0, None
    return (0, last + 1) if first is None else (min(first, last), max(first, last) + 1)


def unquoted(title: str) -> str:
    match = _QUOTED_TITLE.fullmatch(title)
    return match[1].replace("''", "'") if match else title


def quoted(title: str) -> str:
    """Quoted only where a reader could not tell the title from cells."""
    if _PLAIN_TITLE.fullmatch(title) and parse_area(title) is None:
        return title
    return "'" + title.replace("'", "''") + "'"


def format_area(area: Area) -> str:
    """An area in A1: one cell as D4, an open end as A2:C or 3:5, never the empty text."""
    top, left, bottom, right = area.top, area.left, area.bottom, area.right
    if bottom is not None and right is not None:
        first, last = cell_name(top, left), cell_name(bottom - 1, right - 1)
        return first if first == last else f"{first}:{last}"
    if bottom is not None:
        first, last = cell_name(top, left) if left else str(top + 1), str(bottom)
    elif right is not None:
        first, last = cell_name(top, left) if top else letters(left), letters(right - 1)
    else:
        first, last = cell_name(top, left), letters(MAX_COLUMNS - 1)
    return f"{first}:{last}"


def format_range(title: str, area: Area) -> str:
    return f"{quoted(title)}!{format_area(area)}"


def refused_range(title: str, area: Area) -> str:
    """As Google names a range that it refuses: one whole row or column without a colon, which nobody could ask for."""
    first, _, last = format_area(area).partition(":")
    return f"{quoted(title)}!{first}" if first == last else format_range(title, area)


def grid_range_name(title: str, given: dict[str, int]) -> str:
    """A GridRange as Google names one that it refuses: only the edges that were set."""
    top, bottom = given.get("startRowIndex"), given.get("endRowIndex")
    left, right = given.get("startColumnIndex"), given.get("endColumnIndex")
    start = _edge(left) + ("" if top is None else str(top + 1))
    end = _edge(None if right is None else right - 1) + ("" if bottom is None else str(bottom))
    empty = (top is not None and top == bottom) or (left is not None and left == right)
    return ("(empty) " if empty else "") + f"{quoted(title)}!{start if start == end else f'{start}:{end}'}"


def _edge(column: int | None) -> str:
    return letters(column) if column is not None and column < MAX_COLUMNS else ""
