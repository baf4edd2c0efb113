"""What is told where nothing can be proposed: what is wrong with each tab, the headers that were seen on it, and what
to do next.
"""

from collections.abc import Iterator

from sync.domain.grid import Tab
from sync.domain.languages import Language
from sync.domain.printable import one_line
from sync.inspect.heads import SEARCHED_ROWS, heads_of
from sync.inspect.proposing import Proposal
from sync.inspect.render import refusals
from sync.inspect.texts import say

# Of headers that are quoted: how many, and how much of each.
_MOST, _LONGEST = 12, 40


def told_nothing(proposal: Proposal, language: Language) -> list[str]:
    """The lines of a refusal."""
    lines = [say(language, "nothing", title=proposal.book.title)]
    for refused, line in zip(proposal.refusals, refusals(proposal, language), strict=True):
        tab = next(tab for tab in proposal.book.tabs if tab.title == refused.title)
        lines += [line, *(f"  {seen}" for seen in _seen(tab, language))]
    return [*lines, say(language, "next_step")]


def _seen(tab: Tab, language: Language) -> Iterator[str]:
    """What seem to be a tab's headers: those that speak of OKRs most, else the first row with texts side by side."""
    rows = range(min(len(tab.values), SEARCHED_ROWS))
    texts = {row: [value for value in tab.values[row] if isinstance(value, str) and value.strip()] for row in rows}
    likely = [row for row in (*(head.row for head in heads_of(tab)), *rows) if len(texts[row]) > 1]
    if likely:
        headers = ", ".join(f"“{one_line(text[:_LONGEST])}”" for text in texts[likely[0]][:_MOST])
        yield say(language, "seen", row=likely[0] + 1, headers=headers)
