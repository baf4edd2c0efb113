"""The alignment page: the company's progress, and the tree of who supports what. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from sync.okr import Objective, Status
from webapp.company import Company
from webapp.forest import Forest, forest_of
from webapp.freshness import FreshnessBar
from webapp.items import Count, KeyResultView, ObjectiveView, counts_of, key_result_views, objective_view
from webapp.progress import Progress, progress_of
from webapp.reader import Reader

# So many top objectives show their key results at once; more would bury the second one.
MOST_OPEN = 12


@dataclass(frozen=True, slots=True)
class Branch:
    """An objective and what hangs under it. `is_open`: shown open at first."""

    objective: ObjectiveView
    children: tuple["Branch", ...]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Trees whose topmost objectives share a level. `note` tells why they stand here."""

    heading: str
    note: str
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class TreePage:
    """Everything that `tree.html` prints."""

    progress: Progress
    freshness: FreshnessBar
    problems: tuple[Count, ...]
    groups: tuple[Group, ...]
    drafts: tuple[Branch, ...]
    closed: tuple[Branch, ...]
    strays: tuple[KeyResultView, ...]


def tree_page(company: Company, freshness: FreshnessBar, reader: Reader) -> TreePage:
    """The page as a reader sees it."""
    active = forest_of(company, Status.ACTIVE)
    return TreePage(
        progress=progress_of(company, reader),
        freshness=freshness,
        problems=counts_of((found.problem for found in company.problems), reader),
        groups=_groups(active, company, reader),
        drafts=_apart(Status.DRAFT, company, reader),
        closed=_apart(Status.CLOSED, company, reader),
        strays=key_result_views("", "", company, reader),
    )


def _groups(forest: Forest, company: Company, reader: Reader) -> tuple[Group, ...]:
    groups: list[Group] = []
    for level, roots in forest.by_level().items():
        is_first = not groups
        is_below = level is not None and not is_first
        note = reader.words.gettext("These support no objective of a higher level.") if is_below else ""
        branches = _branches(roots, forest, company, reader, is_open=is_first and len(roots) <= MOST_OPEN)
        groups.append(Group(reader.levels[level], note, branches))
    return tuple(groups)


def _apart(status: Status, company: Company, reader: Reader) -> tuple[Branch, ...]:
    forest = forest_of(company, status)
    return _branches(forest.roots, forest, company, reader)


def _branches(
    objectives: Sequence[Objective], forest: Forest, company: Company, reader: Reader, *, is_open: bool = False
) -> tuple[Branch, ...]:
    return tuple(
        Branch(
            objective_view(objective, company, reader),
            _branches(forest.children[objective.key], forest, company, reader),
            is_open,
        )
        for objective in objectives
    )
