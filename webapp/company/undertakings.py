"""Initiatives of the company, each once, with what it serves and whether it is late. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sync.domain.cells import CellRef
from sync.domain.okr import Initiative, InitiativeState, KeyResult, Objective
from webapp.company.company import Company

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


def undertakings(company: Company) -> list[Undertaking]:
    """Those of the objectives that count here, by due date; those without one last, in the order of the sheets."""
    served: dict[CellRef, tuple[Initiative, dict[str, Objective]]] = {}
    for key, objective in _served(company):
        for initiative in company.initiatives.get(key, ()):
            known = served.setdefault(initiative.cell, (initiative, {}))[1]
            known |= {objective.key: objective} if objective else {}
    found = [_undertaking(one, tuple(those.values()), company.today) for one, those in served.values()]
    return sorted(found, key=lambda one: one.due or date.max)


def is_late(initiative: Initiative, today: date) -> bool:
    """Due before today, and neither done nor dropped."""
    due = day_of(initiative.due)
    return due is not None and due < today and initiative.state not in _OVER


def day_of(text: str) -> date | None:
    """An ISO day; None for a date that could not be read."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _served(company: Company) -> Iterator[tuple[str, Objective | None]]:
    """What an initiative can name, and the objective that it belongs to; "" stands for nothing that is known."""
    for objective in company.alignment.objectives.values():
        yield objective.key, objective
        parts: tuple[KeyResult, ...] = company.key_results_of(objective.key)
        yield from ((part.key, objective) for part in parts)
    yield "", None


def _undertaking(initiative: Initiative, objectives: tuple[Objective, ...], today: date) -> Undertaking:
    return Undertaking(initiative, objectives, day_of(initiative.due), is_late(initiative, today))
