"""What a person should mend in a sheet, as a value.

A `Problem` carries a code and facts; its sentence stands in the `catalogue`, and whoever shows it puts the two together
in a language (`sync.translations.problems`).
Failures of ours (network, permission, disk) are exceptions and do not belong here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sync.domain.catalogue import CATALOGUE, Severity
from sync.domain.cells import CellRef

LONGEST_QUOTE = 80
LONGEST_COUNT = len(", … (+999)")

# Facts that are words or numbers of ours, to be told in the reader's language; all others are quoted as they are.
WORD_FACTS = ("level", "parent_level", "nearest", "unused", "instead", "reason")
NUMBER_FACTS = ("held", "ours", "sum", "lost")
# Facts that nobody has elsewhere any more: told whole, however long.
WHOLE_FACTS = ("lost",)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend in a sheet. A value, never raised.

    `facts` fill the sentence of `code`. `cell` is where to look; None only for a tab that is not there, whose title is
    among the facts.
    """

    code: str
    cell: CellRef | None
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        return CATALOGUE[self.code].severity

    @property
    def tab(self) -> str:
        """The title of the tab that it is about."""
        return self.cell.tab if self.cell else dict(self.facts).get("title", "")


def problem(code: str, cell: CellRef, **facts: object) -> Problem:
    """A problem with its facts as text; long texts from cells are cut for quoting."""
    return Problem(code, cell, _told_facts(facts))


def tab_problem(code: str, title: str, **facts: object) -> Problem:
    """A problem of a tab that has no cell to look at, because it is not there."""
    return Problem(code, None, _told_facts({"title": title, **facts}))


def _told_facts(facts: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    told = ((name, str(fact)) for name, fact in facts.items())
    return tuple((name, fact if name in WHOLE_FACTS else quote(fact)) for name, fact in told)


def quote(text: str) -> str:
    """A text from a cell, short enough for a sentence and on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"


def listed(items: Iterable[str]) -> str:
    """Items in one line that is short enough to be quoted whole; those that are left out are counted."""
    found = [" ".join(item.split()) for item in items]
    shown: list[str] = []
    for item in found:
        if shown and len(", ".join([*shown, item])) > LONGEST_QUOTE - LONGEST_COUNT:
            break
        shown.append(item)
    left = len(found) - len(shown)
    return ", ".join(shown) + (f", … (+{left})" if left else "")


def in_need(problems: Iterable[Problem]) -> list[Problem]:
    """Those that somebody should act on: notices left out."""
    return [found for found in problems if found.severity is not Severity.NOTICE]
