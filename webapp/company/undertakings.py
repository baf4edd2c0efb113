"""Initiatives of the company, each once, with what it serves and whether it is late. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sync.domain.alignment import Alignment
from sync.domain.cells import CellRef
from sync.domain.keys import person_key
from sync.domain.okr import Initiative, InitiativeState, Objective, Status
from sync.domain.periods import Calendar, Span
from sync.domain.rhythm import day_of
from webapp.company.holders import unit_key


@dataclass(frozen=True, slots=True)
class Undertaking:
    """An initiative and the objectives that it serves, itself or by key results; none where it names nothing known.

    `due` is None where no day is told.
    """

    initiative: Initiative
    objectives: tuple[Objective, ...]
    due: date | None
    is_late: bool

    def is_of_person(self, key: str) -> bool:
        """Whether the person with this key is its owner."""
        return person_key(self.initiative.owner) == key

    def is_of_unit(self, key: str) -> bool:
        """Whether it serves an objective of the unit with this key."""
        return any(unit_key(objective.unit) == key for objective in self.objectives)


def undertakings_of(
    alignment: Alignment, initiatives: Mapping[str, Sequence[Initiative]], today: date
) -> tuple[Undertaking, ...]:
    """Those of the objectives that count here: late ones first, then by due date; those without one last, in the order
    of the sheets. What serves drafts alone counts nowhere. `initiatives` are by the key of what they serve.
    """
    served: dict[CellRef, tuple[Initiative, dict[str, Objective]]] = {}
    for key, objective in _served(alignment, initiatives):
        for initiative in initiatives[key]:
            known = served.setdefault(initiative.cell, (initiative, {}))[1]
            known |= {objective.key: objective} if objective else {}
    found = [_undertaking(one, tuple(those.values()), today) for one, those in served.values()]
    return tuple(sorted(found, key=lambda one: (not one.is_late, one.due or date.max)))


def unplaced_in(
    keys: Collection[str], initiatives: Sequence[Initiative], objectives: Iterable[Objective], calendar: Calendar
) -> tuple[Initiative, ...]:
    """Of initiatives that name nothing known, those of the periods with these keys: of that in which it is due, or
    begins where it is not told when it is due; else of those that the objectives of its tab have. `objectives` are all
    that there are. Where neither tells, it is of every period.
    """
    spans: dict[str, Span | None] = {}
    tabs: dict[tuple[str, int], set[str]] = {}
    for objective in objectives if initiatives else ():
        period = calendar.period(objective.period)
        spans[period.key] = period.span
        tabs.setdefault((objective.cell.spreadsheet, objective.cell.sheet_id), set()).add(period.key)

    def is_here(one: Initiative) -> bool:
        day = day_of(one.due) or day_of(one.start)
        said = {key for key, span in spans.items() if day and span and span.first <= day <= span.last}
        said = said or tabs.get((one.cell.spreadsheet, one.cell.sheet_id), set())
        return not said or not said.isdisjoint(keys)

    return tuple(one for one in initiatives if is_here(one))


def is_late(initiative: Initiative, today: date) -> bool:
    """Due before today, and neither done nor dropped."""
    due = day_of(initiative.due)
    return due is not None and due < today and not is_over(initiative)


def is_over(initiative: Initiative) -> bool:
    """Whether nothing is left to do for it."""
    return initiative.state in (InitiativeState.DONE, InitiativeState.DROPPED)


def _served(
    alignment: Alignment, initiatives: Mapping[str, Sequence[Initiative]]
) -> Iterator[tuple[str, Objective | None]]:
    """What initiatives name, and the objective that it belongs to; "" stands for nothing that is known."""
    for objective in alignment.objectives.values() if initiatives else ():
        if objective.status is not Status.DRAFT:
            keys = [objective.key, *(part.key for part in alignment.key_results.get(objective.key, ()))]
            yield from ((key, objective) for key in keys if key in initiatives)
    if "" in initiatives:
        yield "", None


def _undertaking(initiative: Initiative, objectives: tuple[Objective, ...], today: date) -> Undertaking:
    return Undertaking(initiative, objectives, day_of(initiative.due), is_late(initiative, today))
