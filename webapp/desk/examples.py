"""What patterns fit in the sheet: people read examples, and no regular expressions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sync.config.sources import Source, fits
from sync.domain.cells import cell_place, column_number
from sync.domain.grid import Tab
from sync.domain.keys import key_of
from sync.inspect.heads import Head
from sync.reading.found import plain
from webapp.desk.heading import columns_under, head_of
from webapp.desk.understanding import Understanding, entries_of

_MOST, _LONGEST, _SEARCHED = 3, 30, 500


class Examples:
    """Texts of a workbook that fit the patterns of its mapping; `title` is what an entry calls its tabs, of which the
    first is looked at. Of a tab that is not there, there are none.
    """

    def __init__(self, understanding: Understanding) -> None:
        self._understanding = understanding
        self._heads: dict[str, tuple[Tab, Head | None]] = {}

    def beginning(self, title: str, condition: Mapping[str, Any]) -> list[str]:
        """Texts for which a condition with `matches` holds, a few."""
        pattern = re.compile(plain(str(condition["matches"])))
        texts = (text for text in self._texts(title, condition) if pattern.match(plain(text)))
        return _few(texts)

    def parts(self, title: str, source: Source, fields: Mapping[str, Any]) -> list[str]:
        """What the pattern of a source finds, where that is in a column, a cell, another field or the tab's title."""
        pattern = re.compile(plain(source.pattern or ""))
        place = fields.get(source.field) if source.field else source.model_dump(exclude_defaults=True)
        named = self._head(title)[0] if source.tab_title else None
        texts = [named.title] if named else self._texts(title, {"header": place} if _is_header(place) else place)
        found = (pattern.search(plain(text)) for text in texts)
        return _few(match[1 if pattern.groups else 0] for match in found if match and match[1 if pattern.groups else 0])

    def _texts(self, title: str, place: Any) -> Iterator[str]:
        """The texts of a place: of its column below the header, or of its cell."""
        tab, head = self._head(title)
        if tab is None or not isinstance(place, Mapping):
            return
        if place.get("cell"):
            yield tab.text(*cell_place(place["cell"]))
        for column in _columns(place, head):
            rows = range(head.row + 1 if head else 0, len(tab.values))
            yield from (text for row in rows[:_SEARCHED] if (text := tab.text(row, column).strip()))

    def _head(self, title: str) -> tuple[Tab | None, Head | None]:
        tabs = self._understanding.book.tabs
        tab = next((tab for tab in tabs if fits(key_of(tab.title), key_of(title))), None)
        if tab is None:
            return None, None
        if title not in self._heads:
            entry = next(entries_of(self._understanding, tab), None)
            self._heads[title] = tab, head_of(self._understanding, tab, entry)
        return self._heads[title]


def texts_in(tab: Tab, condition: Mapping[str, Any], head: Head | None, rows: Sequence[int]) -> list[str]:
    """What stands in some rows where a condition looks."""
    return _few(text for column in _columns(condition, head) for row in rows if (text := tab.text(row, column).strip()))


def _columns(place: Mapping[str, Any], head: Head | None) -> tuple[int, ...]:
    if place.get("column"):
        return (column_number(place["column"]),)
    if not place.get("header") or head is None:
        return ()
    known = {key: place[key] for key in ("header", "under", "nth") if key in place}
    return columns_under(head, Source.model_validate(known))[:1]


def _is_header(place: Any) -> bool:
    return isinstance(place, str | list)


def _few(texts: Iterator[str]) -> list[str]:
    flat = (" ".join(text.split()) for text in texts)
    short = (f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text for text in flat)
    return list(islice(dict.fromkeys(short), _MOST))
