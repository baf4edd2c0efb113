"""Which tabs may show something else though nobody edits: formulas that go by the time, by chance or by other files.

Drive tells nothing of what they come to, so only a look finds it. Pure.
"""

import re

from sync.domain.grid import Book

_ALIVE = (
    *("NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY"),
    *("IMPORTRANGE", "IMPORTDATA", "IMPORTFEED", "IMPORTHTML", "IMPORTXML", "GOOGLEFINANCE", "IMAGE"),
    *("GOOGLETRANSLATE", "DETECTLANGUAGE", "AI", "GEMINI"),
)
_CALL = re.compile(rf"(?<![A-Z0-9_.])(?:{'|'.join(_ALIVE)})\s*\(", re.IGNORECASE)


def recalculating(book: Book) -> frozenset[int]:
    """The numbers of these tabs.

    A formula may reach such a one in another tab, by whatever way, so where there is one anywhere each tab with a
    formula counts.
    """
    if not any(_CALL.search(formula) for tab in book.tabs for formula in tab.formulas.values()):
        return frozenset()
    return frozenset(tab.sheet_id for tab in book.tabs if tab.formulas)
