"""The header that a tab's columns are named by: where a mapping finds it, else where it most likely is.

Also for a mapping that is not finished, so that what was said already stays in sight.
"""

from collections.abc import Iterator

from sync.config.sources import Source
from sync.domain.grid import Tab
from sync.domain.keys import key_of
from sync.inspect.heads import SEARCHED_ROWS, Head, head_at, header_worth, heads_of
from sync.reading.headers import Header
from webapp.desk.understanding import Entry, Understanding

# A row that names less is no header by its words alone.
_TWO_NAMES = 1.5
# A header has texts over nearly as many columns as the fullest row of texts.
_NEARLY = 0.75


def head_of(understanding: Understanding, tab: Tab, entry: Entry | None) -> Head | None:
    """The header of a tab by one of its entries, None where no row can be one."""
    tables = understanding.tables_of(tab, entry) if entry else ()
    if tables and tables[0].header:
        return head_at(tab, tables[0].header.row, tables[0].header.height == 2)
    row, two = (entry.table.get("header_row"), entry.table.get("header_rows") == 2) if entry else (None, False)
    return head_at(tab, row - 1, two) if isinstance(row, int) and row > 0 else _likely(tab)


def columns_under(head: Head, source: Source) -> tuple[int, ...]:
    """The columns that a source can mean below a header that no mapping has confirmed."""
    above = tuple(key_of(text) for text in head.groups) if head.two else ()
    found = tuple(Header(head.row, tuple(key_of(text) for text in head.texts), above).columns(source))
    return found if source.pick else found[(source.nth or 1) - 1 :][:1]


def _likely(tab: Tab) -> Head | None:
    """The row that names things of OKRs; where none does, the first one with texts only over most of the columns."""
    known = next((head for head in heads_of(tab) if header_worth(head) >= _TWO_NAMES), None)
    if known is not None:
        return known
    texts = dict(_rows_of_texts(tab))
    row = next((row for row, count in texts.items() if count >= _NEARLY * max(texts.values())), None)
    return None if row is None else head_at(tab, row, two=False)


def _rows_of_texts(tab: Tab) -> Iterator[tuple[int, int]]:
    """Rows that hold several texts and nothing else, with how many."""
    for row, values in enumerate(tab.values[:SEARCHED_ROWS]):
        held = [value for value in values if value not in (None, "")]
        if len(held) > 1 and all(isinstance(value, str) for value in held):
            yield row, len(held)
