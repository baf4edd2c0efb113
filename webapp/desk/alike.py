"""Rows like a row: conditions of the mapping language that hold for it, each with the rows for which it holds too.

What a person means by "this row" is one of them; which one, they see by the rows that it takes along.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice
from typing import Any

from sync.config.sources import Condition
from sync.domain.cells import column_letters
from sync.domain.grid import Book, CellError, Tab
from sync.reading.found import Row
from sync.reading.headers import Table
from sync.reading.sources import TableReader
from sync.reading.tab_cells import TabCells

MOST_OF_A_KIND = 3
# The plainest first: a text, its form, a colour, whether there is anything.
KINDS = ("is", "matches", "fill", "blank")
_Rank = tuple[int, bool, bool, int, int]
_LONGEST_VALUE = 80
# "O1", "KR 1.2", "Mục tiêu 3:" and "1.2." differ from row to row by their numbers only.
_NUMBERED = re.compile(r"^\s*(?P<word>[^\W\d]{0,12}[^\W\d_]?\.?\s?)\d+(?P<more>([.\-]\d+)*)(?P<end>\s*[.:)\-–]?)")
_LONGEST_FORM = 14


@dataclass(frozen=True, slots=True)
class Alike:
    """A condition, in the mapping language, and the rows of the table for which it holds, counted from 0."""

    condition: Mapping[str, Any]
    rows: tuple[int, ...]


def alike(book: Book, tab: Tab, table: Table, row: int) -> list[Alike]:
    """What may be meant by rows like this one, a few of each kind; never a condition for all rows."""
    reader = TableReader(book, tab, table, TabCells(tab), frozenset())
    filled = [any(value not in (None, "") for value in values) for values in tab.values]
    rows = [each for each in range(table.first, table.last) if filled[each]]
    found: dict[tuple[int, tuple[int, ...]], tuple[_Rank, Alike]] = {}
    for column, test in _candidates(tab, row):
        # The table knows the columns of its own mapping only, so it is asked by the letter.
        by_letter = Condition.model_validate({"column": column_letters(column), **test})
        holds = reader.test(by_letter)
        held = tuple(each for each in rows if holds(Row(each)))
        if row in held and len(held) < len(rows):
            offer = Alike({**_place(tab, table, column), **test}, held)
            ranked = (_rank(tab, rows, column, offer), offer)
            found[column, held] = min(found.get((column, held), ranked), ranked, key=lambda each: each[0])
    by_kind = groupby(sorted(found.values(), key=lambda each: each[0]), key=lambda each: each[0][0])
    return [offer for _, of_kind in by_kind for _, offer in islice(of_kind, MOST_OF_A_KIND)]


def ends(offered: Sequence[Alike], row: int) -> list[Alike]:
    """Those that hold for no row above: a table may end before the first one."""
    return [each for each in offered if each.rows[0] == row]


def _rank(tab: Tab, rows: Sequence[int], column: int, found: Alike) -> _Rank:
    """The most telling first: by kind, then words among numbers, then words, then what takes more rows along."""
    kind = next(at for at, name in enumerate(KINDS) if name in found.condition)
    text = str(found.condition.get("is") or found.condition.get("matches") or "")
    is_words = any(char.isalpha() for char in text)
    others = [held for row in rows if (held := tab.text(row, column).strip())]
    numbers = sum(held[0].isdigit() for held in others)
    is_odd = is_words and not text[:1].isdigit() and numbers * 2 > len(others)
    return kind, not is_odd, not is_words, -len(found.rows), column


def _candidates(tab: Tab, row: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """Columns and tests for what stands in the row, and for what stands in no cell of it while others have it. An
    error tells nothing: it goes when the formula is mended.
    """
    for column in range(tab.width):
        text = tab.text(row, column).strip()
        if tab.fills:
            yield column, {"fill": tab.fills.get((row, column), "none")}
        if isinstance(tab.value(row, column), CellError):
            continue
        if not text:
            yield column, {"blank": True}
        else:
            yield from ((column, test) for test in chain(_tests(text), ({"blank": False},)))


def _tests(text: str) -> Iterator[dict[str, Any]]:
    numbered = _NUMBERED.match(text)
    if numbered is not None and any(part and not part.isspace() for part in numbered.group("word", "more", "end")):
        yield {"matches": _form(numbered, text)}
    if len(text) <= _LONGEST_VALUE:
        yield {"is": text}
    first, rest = text.split()[0], text.split()[1:]
    if rest and len(first) <= _LONGEST_FORM and numbered is None:
        yield {"matches": re.escape(first) + (r"\b" if first[-1].isalnum() else "")}


def _form(numbered: re.Match[str], text: str) -> str:
    """Such as `KR\\s*\\d+\\.\\d+` for "KR 1.2"; the whole text where it is nothing more."""
    word = re.escape(numbered["word"].strip())
    more = re.sub(r"\d+", r"\\d+", re.escape(numbered["more"]))
    end = re.escape(numbered["end"].strip())
    whole = "$" if numbered.end() == len(text) else r"(?![.\-]?\d)"
    return rf"{word}\s*\d+{more}{end}\s*{whole}"


def _place(tab: Tab, table: Table, column: int) -> dict[str, Any]:
    """A column by its header where that names it alone, else by its letter."""
    texts = table.header.texts if table.header else ()
    written = " ".join(tab.text(table.header.row, column).split()) if table.header else ""
    is_alone = column < len(texts) and texts.count(texts[column]) == 1
    return {"header": written} if written and is_alone else {"column": column_letters(column)}
