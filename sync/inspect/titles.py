"""A tab's title as a mapping names it: with "*" for a period, so that the next period's tab is read too."""

import re

from sync.config.sources import fits
from sync.domain.grid import Book
from sync.domain.keys import key_of
from sync.inspect.draft import Draft
from sync.inspect.fields import PERIOD_TEXT
from sync.reading.header_words import period_in

_PERIOD_WORD = re.compile(r"(?i)(?:Quý|Quarter|Q|HK|Tháng|T)\s*-?\s*")


def loose_title(draft: Draft, book: Book) -> str:
    """The title with "*" for the period in it; "" where none is in it, where it would be another tab's too, and where
    the mapping holds for this period only.
    """
    title, period = draft.title, draft.records.get("objective", {}).get("period")
    match = re.search(PERIOD_TEXT, title) if period_in(title) else None
    word = _PERIOD_WORD.match(match[1]) if match else None
    if match is None or word is None or (period is not None and period.why == "period_group"):
        return ""
    loose = f"{title[: match.start(1)]}{word[0]}*{title[match.end(1) :]}"
    others = (tab for tab in book.tabs if tab.title != title)
    return "" if any(fits(key_of(tab.title), key_of(loose)) for tab in others) else loose
