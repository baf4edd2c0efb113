"""Where a header ends: what stands below its last row of names and still belongs to it.

Knows cells only. Whoever draws a form merges names over a second row, or numbers the columns below them.
"""

import re
from collections.abc import Collection

from sync.domain.grid import Tab

# A cell that is merged further down is no part of a header.
_TALLEST = 3
# "(3)", "B", "4" and "5=4/3".
_COUNTED = re.compile(r"\(?([A-Z]|\d{1,2})\)?(\s*=.*)?")
_FEWEST = 3


def first_below(tab: Tab, row: int, columns: Collection[int]) -> int:
    """The first row below a header whose names stand in some columns."""
    bottoms = [
        area.bottom
        for area in tab.merges
        if area.top <= row < area.bottom <= row + _TALLEST
        and any(area.left <= column < area.right for column in columns)
    ]
    below = max(bottoms, default=row + 1)
    return below + 1 if _numbers_columns(tab, below) else below


def _numbers_columns(tab: Tab, row: int) -> bool:
    """Whether a row says nothing but 1, 2, 3 … from left to right; letters may stand before them."""
    width = len(tab.values[row]) if row < len(tab.values) else 0
    texts = [text for column in range(width) if (text := tab.text(row, column).strip())]
    found = [match for text in texts if (match := _COUNTED.fullmatch(text))]
    if len(found) < len(texts) or len(found) < _FEWEST:
        return False
    numbers = [int(match[1]) for match in found if match[1].isdigit()]
    return len(numbers) > 1 and numbers == [*range(1, len(numbers) + 1)]
