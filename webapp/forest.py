"""Which objective hangs under which on the page. Pure; knows keys and order, nothing of how it looks."""

from dataclasses import dataclass

from sync.okr import Level, Objective, Status
from webapp.company import Company

# Real companies link three or four levels. A chain beyond this goes on as a tree of its own, because browsers
# (and recursion) have an end that a sheet does not have.
DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Forest:
    """Objectives of one status: those that stand at the top, in the sheets' order, and what hangs under each."""

    roots: tuple[Objective, ...]
    children: dict[str, tuple[Objective, ...]]

    def by_level(self) -> dict[Level | None, list[Objective]]:
        """The roots of each level that has some; the company's level first, those without a level last."""
        found: dict[Level | None, list[Objective]] = {level: [] for level in (*Level, None)}
        for root in self.roots:
            found[root.level].append(root)
        return {level: roots for level, roots in found.items() if roots}


def forest_of(company: Company, status: Status) -> Forest:
    """The trees of all objectives of a status. One whose parent has another status stands at the top."""
    objectives = company.alignment.objectives
    wanted = [objective for objective in objectives.values() if objective.status is status]
    roots = [objective for objective in wanted if _parent_status(objective, company) is not status]
    children: dict[str, tuple[Objective, ...]] = {}
    layer, depth = roots, 1
    while layer:
        for objective in layer:
            found = (objectives[key] for key in company.children.get(objective.key, ()))
            children[objective.key] = tuple(child for child in found if child.status is status)
        below = [child for objective in layer for child in children[objective.key]]
        if depth == DEEPEST:
            children.update((objective.key, ()) for objective in layer)
            roots = [*roots, *below]
        layer, depth = below, depth % DEEPEST + 1
    return Forest(tuple(roots), children)


def _parent_status(objective: Objective, company: Company) -> Status | None:
    link = company.alignment.parents.get(objective.key)
    return company.alignment.objectives[link.objective].status if link else None
