"""References inside a formula's text: finding them and rewriting them. It computes nothing.

Works on any formula, also on those that `formulas` cannot evaluate: rows that move must not break them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from sync.local_sheets.book.a1 import MAX_COLUMNS, column_index, letters, quoted, unquoted
from sync.local_sheets.book.areas import Area

_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,8}"
_SPAN = r"\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[1-9][0-9]{0,8}:\$?[1-9][0-9]{0,8}"
REFERENCE = rf"(?:(?:'(?:[^']|'')+'|[^\W\d]\w*)!)?(?:{_CELL}(?::{_CELL})?|{_SPAN})(?![\w(!.])"

# A quoted text is matched first, so that nothing inside it is taken for a reference.
_TEXT_OR_REFERENCE = re.compile(rf'"(?:[^"]|"")*"|(?<![\w.$!\'])(?P<reference>{REFERENCE})')
_CORNER = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)([0-9]*)")


@dataclass(frozen=True, slots=True)
class Reference:
    """A cell or a range as written. `fixed` says which of its top, left, bottom, right carry a "$"."""

    title: str | None
    area: Area
    single: bool
    fixed: tuple[bool, bool, bool, bool]

    def moved(self, rows: int, columns: int) -> Reference | None:
        """Its relative part moved, as when a formula is copied; None when it leaves the sheet."""
        top_fixed, left_fixed, bottom_fixed, right_fixed = self.fixed
        area = self.area
        moved = Area(
            area.top if top_fixed or area.bottom is None else area.top + rows,
            area.left if left_fixed or area.right is None else area.left + columns,
            area.bottom if bottom_fixed or area.bottom is None else area.bottom + rows,
            area.right if right_fixed or area.right is None else area.right + columns,
        )
        return None if moved.top < 0 or moved.left < 0 else replace(self, area=moved)

    def __str__(self) -> str:
        top_fixed, left_fixed, bottom_fixed, right_fixed = self.fixed
        area = self.area
        first = _corner_text(area.left, left_fixed, area.right) + _row_text(area.top, top_fixed, area.bottom)
        last = _corner_text(area.right and area.right - 1, right_fixed, area.right)
        last += _row_text(area.bottom and area.bottom - 1, bottom_fixed, area.bottom)
        prefix = "" if self.title is None else f"{quoted(self.title)}!"
        return prefix + (first if self.single else f"{first}:{last}")


def _corner_text(column: int | None, fixed: bool, end: int | None) -> str:
    return "" if column is None or end is None else "$" * fixed + letters(column)


def _row_text(row: int | None, fixed: bool, end: int | None) -> str:
    return "" if row is None or end is None else "$" * fixed + str(row + 1)


def parse_reference(text: str) -> Reference | None:
    """None for a column that no sheet can have."""
    title, mark, body = text.rpartition("!")
    first, colon, last = body.partition(":")
    start, end = _corner(first), _corner(last or first)
    if max(start[1] or 0, end[1] or 0) >= MAX_COLUMNS:
        return None
    area = Area(
        min(start[0] or 0, end[0] or 0),
        min(start[1] or 0, end[1] or 0),
        None if start[0] is None else max(start[0], end[0] or 0) + 1,
        None if start[1] is None else max(start[1], end[1] or 0) + 1,
    )
    fixed = (start[2], start[3], end[2], end[3])
    return Reference(unquoted(title) if mark else None, area, not colon, fixed)


def _corner(text: str) -> tuple[int | None, int | None, bool, bool]:
    match = _CORNER.fullmatch(text)
    assert match is not None
    dollar, column, second, row = match.groups()
    if not column:
        dollar, second = "", dollar or second
    return (
        int(row) - 1 if row else None,
        column_index(column) if column else None,
        bool(second),
        bool(dollar),
    )


def rewritten(text: str, change: Callable[[Reference], Reference | None]) -> str:
    """The formula with each reference replaced by what `change` makes of it, #REF! for None."""

    def replacement(match: re.Match[str]) -> str:
        reference = parse_reference(match["reference"]) if match["reference"] else None
        if reference is None:
            return match[0]
        changed = change(reference)
        if changed == reference:
            return match[0]
        return "#REF!" if changed is None else str(changed)

    return _TEXT_OR_REFERENCE.sub(replacement, text)
