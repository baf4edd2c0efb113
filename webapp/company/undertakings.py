"""Initiatives of the company, each once, with what it serves and whether it is late. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sync.domain.alignment import Alignment
from sync.domain.cells import CellRef
from sync.domain.okr import Initiative, InitiativeState, Objective, Status
from sync.domain.rhythm import day_of

_OVER = (InitiativeState.DONE, InitiativeState.DROPPED)


@dataclass(frozen=True, slots=True)
class Undertaking:
    """An initiative and the objectives that it serves, itself or by key results; none where it names nothing known.

    `due` is None where no day is told.
    """

    initiative: Initiative
    objectives: tuple[Objective, ...]
    due: date | None
    is_late: bool


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


def is_late(initiative: Initiative, today: date) -> bool:
    """Due before today, and neither done nor dropped."""
    due = day_of(initiative.due)
    return due is not None and due < today and initiative.state not in _OVER


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
