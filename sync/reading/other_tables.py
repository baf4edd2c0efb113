"""Where something else seems to begin below the table that is read.

Knows columns and texts; which of them the mapping means is for `headers`.
"""

from collections.abc import Collection, Iterable

from sync.domain.grid import Tab
from sync.domain.keys import key_of

# Fewer words side by side are no header of anything.
FEWEST_WORDS = 3


def first_other(tab: Tab, rows: range, numbers: Iterable[int], own: Collection[tuple[int, str]]) -> int | None:
    """The first of the rows below the OKRs in which something else begins: words where numbers should be, or one of our
    headers (`own`, by column) among others that are not ours, below an empty row.
    """
    for row in rows:
        if not is_blank(tab, row - 1) or not is_all_words(tab, row):
            continue
        words = {key_of(tab.text(row, column)) for column in numbers} - {""}
        if len(words) >= FEWEST_WORDS or any(key_of(tab.text(row, column)) == text for column, text in own):
            return row
    return None


def is_all_words(tab: Tab, row: int) -> bool:
    """Whether a row reads like a header: different words side by side, without a gap and without a digit."""
    columns = filled(tab, row)
    texts = [tab.value(row, column) for column in columns]
    side_by_side = len(columns) >= FEWEST_WORDS and columns[-1] - columns[0] == len(columns) - 1
    return (
        side_by_side
        and len(set(texts)) == len(texts)
        and all(isinstance(text, str) and not any(char.isdigit() for char in text) for text in texts)
    )


def is_blank(tab: Tab, row: int) -> bool:
    """Whether a row holds nothing; asked of every row, most of which begin with a text."""
    values = tab.values[row]
    return not (values and values[0]) and not filled(tab, row)


def filled(tab: Tab, row: int) -> list[int]:
    """The columns of a row that hold something."""
    return [column for column, value in enumerate(tab.values[row]) if value not in (None, "")]
