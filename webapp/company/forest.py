"""Which objective hangs under which on the page. Pure; knows keys and order, nothing of how it looks."""

from collections.abc import Iterable
from dataclasses import dataclass

from sync.domain.okr import Level, Objective, Status
from webapp.company.company import Company

# Real companies link three or four levels. A chain beyond this goes on as a tree of its own, because browsers
# (and recursion) have an end that a sheet does not have.
DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Forest:
    """Objectives of one status: those that stand at the top, in the sheets' order, and what hangs under each."""

    roots: tuple[Objective, ...]
    children: dict[str, tuple[Objective, ...]]


def by_level(objectives: Iterable[Objective]) -> dict[Level | None, list[Objective]]:
    """The objectives of each level that has some; the company's level first, those without a level last."""
    found: dict[Level | None, list[Objective]] = {level: [] for level in (*Level, None)}
    for objective in objectives:
        found[objective.level].append(objective)
    return {level: those for level, those in found.items() if those}


def forest_of(company: Company, status: Status) -> Forest:
    """The trees of all objectives of a status. One whose parent has another status stands at the top."""
    wanted = [objective for objective in company.alignment.objectives.values() if objective.status is status]
    roots = [objective for objective in wanted if stands_at_the_top(objective, company)]
    children: dict[str, tuple[Objective, ...]] = {}
    layer, depth = roots, 1
    while layer:
        for objective in layer:
            children[objective.key] = supporters(objective, company)
        below = [child for objective in layer for child in children[objective.key]]
        if depth == DEEPEST:
            children.update((objective.key, ()) for objective in layer)
            roots = [*roots, *below]
        layer, depth = below, depth % DEEPEST + 1
    return Forest(tuple(roots), children)


def supporters(objective: Objective, company: Company) -> tuple[Objective, ...]:
    """What hangs under an objective: those of its status that support it, in the sheets' order."""
    found = (company.alignment.objectives[key] for key in company.children.get(objective.key, ()))
    return tuple(child for child in found if child.status is objective.status)


def stands_at_the_top(objective: Objective, company: Company) -> bool:
    """Whether it hangs under nothing of its own status."""
    link = company.alignment.parents.get(objective.key)
    above = company.alignment.objectives.get(link.objective) if link else None
    return above is None or above.status is not objective.status
