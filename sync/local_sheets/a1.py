"""A1 notation: text to sheet title and area, and back. It does not know which sheets exist or how large they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sync.local_sheets.areas import Area

MAX_COLUMNS = 18_278  # ZZZ

_CORNER = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,8})|\$?([A-Za-z]{1,3})|\$?([1-9][0-9]{0,8})")
_R1C1 = re.compile(r"[Rr]([1-9][0-9]{0,8})[Cc]([1-9][0-9]{0,5})")
_PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_QUOTED_TITLE = re.compile(r"'((?:[^']|'')+)'")


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
    first, colon, last = text.partition(":")
    start = _corner(first)
    end = _corner(last) if colon else start
    if start is None or end is None:
        return None
    if not colon and None in start:
        return None  # a bare column or row is no range
    return _between(start, end)


def _corner(text: str) -> tuple[int | None, int | None] | None:
    """(row, column) of one corner; None in a place that the text leaves open."""
    if match := _R1C1.fullmatch(text):
        column = int(match[2]) - 1
        return None if column >= MAX_COLUMNS else (int(match[1]) - 1, column)
    match = _CORNER.fullmatch(text)
    if match is None:
        return None
    column_text, row_text = match[1] or match[3], match[2] or match[4]
    return (int(row_text) - 1 if row_text else None, column_index(column_text) if column_text else None)


def _between(start: tuple[int | None, int | None], end: tuple[int | None, int | None]) -> Area | None:
    (row, column), (last_row, last_column) = start, end
    if (row is None and last_row is not None) or (column is None and last_column is not None):
        return None
    top, bottom = _ordered(row, last_row)
    left, right = _ordered(column, last_column)
    return Area(top, left, bottom, right)


def _ordered(first: int | None, last: int | None) -> tuple[int, int | None]:
    if last is None:
        return first or 0, None
    assert first is not None
    return min(first, last), max(first, last) + 1


def unquoted(title: str) -> str:
    match = _QUOTED_TITLE.fullmatch(title)
    return match[1].replace("''", "'") if match else title


def quoted(title: str) -> str:
    """Quoted only where a reader could not tell the title from cells."""
    if _PLAIN_TITLE.fullmatch(title) and parse_area(title) is None and not _CORNER.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def format_area(area: Area) -> str:
    """An area in A1: one cell as D4, an open end as A2:C or 3:5, never the empty text."""
    top, left, bottom, right = area.top, area.left, area.bottom, area.right
    if bottom is not None and right is not None:
        first, last = cell_name(top, left), cell_name(bottom - 1, right - 1)
        return first if first == last else f"{first}:{last}"
    if bottom is None and right is None:
        return f"{cell_name(top, left)}:{letters(MAX_COLUMNS - 1)}"
    if bottom is None:
        assert right is not None
        first = f"{letters(left)}{top + 1}" if top else letters(left)
        return f"{first}:{letters(right - 1)}"
    first = f"{letters(left)}{top + 1}" if left else str(top + 1)
    return f"{first}:{bottom}"


def format_range(title: str, area: Area) -> str:
    return f"{quoted(title)}!{format_area(area)}"
