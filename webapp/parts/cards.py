"""Objectives as cards that open: which of them come with what they hold, and which only say that it is there. Pure.

What is open is on the page with everything in it. Of a big company, what is closed is fetched when it is opened:
from the page of its branch, which is also where its link leads without JavaScript.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sync.domain.okr import Objective
from webapp.company.company import Company
from webapp.company.forest import by_level, supporters
from webapp.parts.items import ObjectiveView, objective_view
from webapp.reader.reader import Reader

# So many siblings are shown before a link leads to the rest.
MOST_SIBLINGS = 30

# So many cards a page of a long list has.
PAGE = 40

# A list of a big company has everything in its cards as long as there are no more than these.
MOST_WHOLE = 12

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Card:
    """An objective and what hangs under it: `supported_by` so many, of which `children` are shown here.

    `is_open`: shown open at first. `holds` is empty where its key results are on the page, else what is left out.
    `hits` are the key results for which it was found. `is_listed`: it stands in a list, so that nothing around it tells
    what it supports.
    """

    objective: ObjectiveView
    supported_by: int
    children: tuple["Card", ...] = ()
    is_open: bool = False
    holds: str = ""
    hits: tuple[str, ...] = ()
    is_listed: bool = False

    @property
    def left_out(self) -> int:
        """How many of its supporters are not shown; 0 for one that shows none of them."""
        return self.supported_by - len(self.children) if self.children else 0


@dataclass(frozen=True, slots=True)
class Group:
    """Cards of one level. `note` tells why they stand here; `left_out` more are found by the filters `rest`."""

    heading: str
    note: str
    cards: tuple[Card, ...]
    left_out: int = 0
    rest: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pages:
    """Where we are in a long list, counted from 1. `earlier` and `later` are 0 where there is no such page."""

    number: int
    count: int

    @property
    def earlier(self) -> int:
        return min(self.number - 1, self.count)

    @property
    def later(self) -> int:
        return self.number + 1 if self.number < self.count else 0


def closed_card(objective: Objective, company: Company, reader: Reader) -> Card:
    """A card without what it holds."""
    below = len(supporters(objective, company))
    return Card(
        objective_view(objective, company, reader, brief=True),
        below,
        holds=_holds(len(company.key_results_of(objective.key)), below, reader),
    )


def _holds(key_results: int, below: int, reader: Reader) -> str:
    ngettext, said = reader.words.ngettext, []
    if key_results:
        said.append(ngettext("%(count)s key result", "%(count)s key results", key_results))
    if below:
        said.append(ngettext("%(count)s objective below", "%(count)s objectives below", below))
    return ", ".join(said) or reader.words.gettext("links and problems")


def open_card(objective: Objective, shown: Sequence[Objective], company: Company, reader: Reader) -> Card:
    """A card with its key results, and closed ones under it."""
    below = len(supporters(objective, company))
    children = tuple(closed_card(child, company, reader) for child in shown)
    return Card(objective_view(objective, company, reader), below, children, is_open=True)


def page_of(found: Sequence[T], number: int, size: int = PAGE) -> tuple[Sequence[T], Pages]:
    """One page of a long list."""
    return found[(number - 1) * size : number * size], Pages(number, -(-len(found) // size))


def listed(
    objectives: Sequence[Objective], company: Company, reader: Reader, hits: Callable[[Objective], Sequence[str]]
) -> tuple[Group, ...]:
    """Cards of a list, with nothing under them, by level, the company's first. `hits` are the key results for which an
    objective was found.
    """
    is_closed = company.is_big and len(objectives) > MOST_WHOLE

    def card(objective: Objective) -> Card:
        found = closed_card(objective, company, reader) if is_closed else _flat_card(objective, company, reader)
        return replace(found, hits=tuple(hits(objective)), is_listed=True)

    return tuple(
        Group(reader.levels[level], "", tuple(card(each) for each in those))
        for level, those in by_level(objectives).items()
    )


def _flat_card(objective: Objective, company: Company, reader: Reader) -> Card:
    return Card(objective_view(objective, company, reader), len(supporters(objective, company)))


def no_hits(_: Objective) -> Sequence[str]:
    """Where nothing was searched for."""
    return ()
