"""Several key results in one cell, a line for each, with their numbers beside them or in their text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sync.inspect.binding import Binding, Bound
from sync.inspect.draft import DraftLine

_BULLETS = (
    (r"^\s*[・•\-*–+●▪]", r"^\s*[・•\-*–+●▪]\s*(.+)$"),
    (r"(?i)^\s*KR\s*\d", r"^\s*((?:KR|kr)\s*\d.*\S)\s*$"),
    (r"^\s*\d+[.)]\s*", r"^\s*\d+[.)]\s*(.+)$"),
    (r"^", r"^\s*(\S.*)$"),
)


def bullet_of(values: Sequence[str]) -> str | None:
    """The pattern that finds each line of cells with several key results; None where lines belong together."""
    lines = [line for value in values for line in value.splitlines() if line.strip()]
    for opening, pattern in _BULLETS:
        if all(re.match(opening, line) for line in lines):
            short = sum(len(line) for line in lines) / max(len(lines), 1) <= 90
            return pattern if opening != "^" or short else None
    return None


def line_by_line(binding: Binding, text: Bound, lines: Mapping[str, DraftLine]) -> Iterator[tuple[str, DraftLine]]:
    """Where the numbers stand as the key results do, a line for each, they belong together line by line."""
    for name in ("start", "target", "current"):
        bound = binding.get(name)
        if bound is not None and name in lines and lines[name].value == bound.source and _as_many(binding, text, bound):
            place = {"header": bound.source} if isinstance(bound.source, str) else bound.source
            yield name, replace(lines[name], value={**place, "line": True})
            yield "each", replace(lines["each"], sure=True)


def _as_many(binding: Binding, one: Bound, other: Bound) -> bool:
    """Whether the cells of two columns have the same number of lines in every row, several in some."""
    tab = binding.head.tab
    cells = [[tab.text(row, bound.column.index).splitlines() for bound in (one, other)] for row in binding.head.rows()]
    counts = {(len(texts), len(numbers)) for texts, numbers in cells if numbers}
    return all(texts == numbers for texts, numbers in counts) and any(texts > 1 for texts, _ in counts)
