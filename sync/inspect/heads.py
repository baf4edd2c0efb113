"""Where a tab's header may be, and how a column is named in a mapping.

Sees one or two header rows the way `reading.headers` does. Proposes a few candidates; which one explains the sheet
best is decided by `judging`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sync.config.sources import fits
from sync.domain.cells import column_letters
from sync.domain.grid import Tab
from sync.domain.keys import key_of
from sync.inspect.columns import SAMPLE, Column, column_of, is_filled
from sync.reading.header_ends import first_below
from sync.reading.header_words import LEAST, is_time, roles_of
from sync.reading.plain import plain

SEARCHED_ROWS = 60
SEARCHED_BLOCKS = 2000
LONGEST_HEADER = 150
CANDIDATES = 3

_MENTION = re.compile(
    r"\b(okrs?|objectives?|key results?|krs?|muc tieu|ket qua then chot|objetivos?|resultados? (clave|chave)"
    r"|obiettiv[oi]|risultat[oi] chiave|resultats? cles?|schlusselergebnis(se)?)\b|目標"
)

Reference = str | dict[str, object]


@dataclass(frozen=True, slots=True)
class Head:
    """A header: its texts by column, and the group above each column where it takes two rows.

    `last` is the first row that is no longer of its table, where another one is known to follow.
    """

    tab: Tab
    row: int
    two: bool
    texts: tuple[str, ...]
    groups: tuple[str, ...]
    last: int | None = None

    @property
    def columns(self) -> range:
        return range(len(self.texts))

    def rows(self) -> list[int]:
        """The first rows below that are not empty, as many as are looked at."""
        found: list[int] = []
        first = first_below(self.tab, self.row, [column for column in self.columns if self.texts[column]])
        for row in range(first, self.last or len(self.tab.values)):
            if any(is_filled(value) for value in self.tab.values[row]) and not self._is_repeated(row):
                found.append(row)
            if len(found) == SAMPLE:
                break
        return found

    def titles_of_blocks(self) -> list[tuple[int, str]]:
        """The single text above each further block that repeats this header, with its column."""
        found = []
        for row in range(self.row + 1, min(len(self.tab.values), SEARCHED_BLOCKS)):
            above = [(column, value) for column, value in enumerate(self.tab.values[row - 1]) if is_filled(value)]
            if self._is_repeated(row) and len(above) == 1 and isinstance(above[0][1], str):
                found.append((above[0][0], above[0][1]))
        return found

    def meets_another(self) -> bool:
        """Whether blocks with another header stand below it: their rows are none of this table."""
        own = tuple(map(key_of, self.texts))
        below = _repeated(self.tab, replace(self, last=None).rows())
        return any(tuple(map(key_of, texts)) != own for texts in below.values())

    def _is_repeated(self, row: int) -> bool:
        """Whether a row is this header again, above a further block."""
        held = [(column, value) for column, value in enumerate(self.tab.values[row]) if is_filled(value)]
        equal = sum(isinstance(value, str) and key_of(value) == key_of(self.texts[column]) for column, value in held)
        return equal > 1 and equal * 2 > len(held)

    def evidence(self) -> dict[int, Column]:
        """What stands in each column."""
        rows = self.rows()
        return {column: column_of(self.tab, column, rows) for column in self.columns}

    def reference(self, column: int) -> Reference:
        """How a mapping names a column: by its header, so that it may move, else by its letter."""
        text = " ".join(self.texts[column].split())
        equal = [other for other in self.columns if key_of(self.texts[other]) == key_of(text)]
        if not text or len(text) > LONGEST_HEADER:
            return {"column": column_letters(column)}
        if len(equal) == 1:
            return self._without_year(text, column)
        group = " ".join(self.groups[column].split()) if self.two else ""
        if group and sum(key_of(self.groups[other]) == key_of(group) for other in equal) == 1:
            return {"header": text, "under": group}
        return {"header": text, "nth": equal.index(column) + 1}

    def _without_year(self, text: str, column: int) -> str:
        """ "2026 Target" will be "2027 Target" next year."""
        loose = re.sub(r"\b20\d\d\b", "*", text)
        alone = [other for other in self.columns if fits(key_of(self.texts[other]), key_of(loose))] == [column]
        return loose if loose != "*" and alone else text


def heads_of(tab: Tab) -> list[Head]:
    """The likeliest headers of a tab, each with one row or, where the sheet looks so, with two."""
    last = min(len(tab.values), SEARCHED_ROWS)
    singles = [_single(tab, row) for row in range(last)]
    blocks = _repeated(tab, range(last))
    worths = {head.row: _standing(tab, head) + (head.row in blocks) for head in singles}
    best = sorted(singles, key=lambda head: (-worths[head.row], head.row))[:CANDIDATES]
    found: list[Head] = []
    for head in best:
        if worths[head.row] < max(LEAST, 0.6 * worths[best[0].row]):
            continue
        if head.row and _has_groups(tab, head.row):
            found.append(_double(tab, head.row))
        if head.row + 1 < last and _continues(singles[head.row + 1], head) and _has_groups(tab, head.row + 1):
            found.append(_double(tab, head.row + 1))
        found.append(head)
    # Blocks that repeat their header are one table; the uppermost stands for them.
    upper = {(head.texts, head.two): head for head in sorted(found, key=lambda head: -head.row)}
    return [head for head in {(head.row, head.two): head for head in found}.values() if head in upper.values()]


def head_at(tab: Tab, row: int, two: bool) -> Head:
    """The header in a given row, with the row above where it takes two."""
    return _double(tab, row) if two and row else _single(tab, row)


def header_worth(head: Head) -> float:
    """How many different things a row names that belong to OKRs; sentences are no headers."""
    worth: dict[str, float] = {}
    for text in head.texts:
        if text and len(text) <= LONGEST_HEADER:
            roles = roles_of(text)
            role = max(roles, key=lambda name: roles[name], default="")
            if role and roles[role] >= 0.5:
                worth[role] = max(worth.get(role, 0), min(roles[role], 1))
    return sum(worth.values())


def _standing(tab: Tab, head: Head) -> float:
    """How likely a row is a header by its words. Texts that stand twice below each other are values."""
    below = _single(tab, head.row + 1).texts if head.row + 1 < len(tab.values) else ()
    doubled = sum(bool(one) and one == other for one, other in zip(head.texts, below, strict=False))
    return 0 if doubled > 1 else header_worth(head)


def _repeated(tab: Tab, rows: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The rows of different texts that come again as they are: headers of blocks, with their texts."""
    texts = {row: _single(tab, row).texts for row in rows if not _holds_amounts(tab, row)}
    counts = Counter(texts.values())
    return {row: held for row, held in texts.items() if counts[held] > 1 and _are_different(held)}


def _are_different(texts: Sequence[str]) -> bool:
    held = [text for text in texts if text]
    return len(set(held)) == len(held) > 3


def _continues(head: Head, upper: Head) -> bool:
    """Whether a row can be the lower one of two: it names something itself, or weeks or months, or names of the upper
    one are merged over it.
    """
    named = [text for text in head.texts if text]
    merged = [area for area in head.tab.merges if area.top == upper.row and area.bottom == head.row + 1]
    over = sum(bool(upper.texts[area.left]) for area in merged if area.left < len(upper.texts))
    return header_worth(head) >= 1 or over > 1 or (len(named) > 1 and all(map(is_time, named)))


def lies_on_its_side(tab: Tab) -> bool:
    """Whether one of the first columns names key results and how they are measured, as a header does across."""
    for column in range(min(tab.width, 3)):
        texts = {_text(tab, row, column) for row in range(min(len(tab.values), SEARCHED_ROWS))}
        named = {role for text in texts if len(text) <= 60 for role, worth in roles_of(text).items() if worth >= LEAST}
        if "key_result" in named and len(named & {"target", "current", "start", "score"}) > 1:
            return True
    return False


def _single(tab: Tab, row: int) -> Head:
    texts = tuple(_text(tab, row, column) for column in range(tab.width))
    return Head(tab, row, False, texts, ("",) * tab.width)


def _text(tab: Tab, row: int, column: int) -> str:
    value = tab.value(row, column)
    return value.strip() if isinstance(value, str) else tab.text(row, column)


def _double(tab: Tab, row: int) -> Head:
    above = [_text(tab, row - 1, column) for column in range(tab.width)]
    texts = tuple(_text(tab, row, column) or above[column] for column in range(tab.width))
    return Head(tab, row, True, texts, tuple(_spread(above)))


def _spread(texts: list[str]) -> Iterator[str]:
    current = ""
    for text in texts:
        current = text or current
        yield current


def _holds_amounts(tab: Tab, row: int) -> bool:
    """Whether a row holds numbers, as no header does but for a year."""
    numbers = [value for value in tab.values[row] if isinstance(value, int | float) and not isinstance(value, bool)]
    return any(not 2000 <= number <= 2100 for number in numbers)


def _completes(above: list[str], below: list[str]) -> bool:
    """Whether two rows make one header: what is named in the one is left open in the other."""
    upper = sum(_names(text) for text, lower in zip(above, below, strict=True) if not lower)
    lower = [text for text in below if text]
    open_above = sum(not higher for text, higher in zip(below, above, strict=True) if text)
    return upper >= 2 and len(lower) >= 2 and open_above >= 1 and sum(map(_names, lower)) >= 0.75 * len(lower)


def _names(text: str) -> bool:
    return 0 < len(text) <= 60 and (is_time(text) or any(worth >= LEAST for worth in roles_of(text).values()))


def _has_groups(tab: Tab, row: int) -> bool:
    """Whether the row above names groups of columns: merged over several, or above headers that repeat."""
    above = [_text(tab, row - 1, column) for column in range(tab.width)]
    below = [key_of(_text(tab, row, column)) for column in range(tab.width)]
    if sum(bool(text) for text in below) < 2 or not any(above) or _holds_amounts(tab, row):
        return False
    # What is merged over all of it is a title.
    both = sum(bool(one or other) for one, other in zip(above, below, strict=True))
    merged = any(
        area.top <= row - 1 < area.bottom == row and 1 < area.right - area.left < both and area.bottom - area.top == 1
        and sum(bool(text) for text in below[area.left : area.right]) > 1
        for area in tab.merges
    )  # fmt: skip
    groups = list(_spread(above))
    named = [text for text in below if text]
    repeats = len(set(named)) < len(named)
    apart = {(group, text) for group, text in zip(groups, below, strict=True) if text}
    return (
        merged
        or _completes(above, below)
        or (repeats and len(apart) == len(named) and sum(bool(text) for text in above) > 1)
    )


def mentions(tab: Tab, last: int) -> bool:
    """Whether the title or the rows down to the header speak of objectives or key results."""
    texts = [tab.title, *(value for row in tab.values[: last + 1] for value in row if isinstance(value, str))]
    return any(_MENTION.search(plain(text)) for text in texts)
