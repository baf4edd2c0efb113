"""The alignment page: the company's progress, what moved, and the tree of who supports what. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from sync.domain.okr import Objective, Status
from webapp.company.company import Company
from webapp.company.forest import by_level, forest_of, supporters
from webapp.company.trend import Histories, no_histories
from webapp.pages.filter_form import FilterForm, filter_form
from webapp.pages.filters import Filters
from webapp.pages.list_filters import NONE, YES
from webapp.parts.cards import MOST_SIBLINGS, Card, Group, closed_card, open_card
from webapp.parts.items import Count, KeyResultView, counts_of, key_result_view, objective_view
from webapp.parts.movers import Movers, moves_view
from webapp.parts.progress import Progress, progress_of
from webapp.reader.reader import Reader

# So many top objectives show their key results at once; more would bury the second one.
MOST_OPEN = 12


@dataclass(frozen=True, slots=True)
class TreePage:
    """Everything that `tree.html` prints. `more_strays` are not shown here, but among the problems.

    `reading` stands in the place of `problems` as long as not all sheets were read: they would be counted wrongly.
    """

    form: FilterForm
    progress: tuple[Progress, ...]
    moves: Movers
    problems: tuple[Count, ...]
    reading: str
    groups: tuple[Group, ...]
    drafts: Group
    closed: Group
    strays: tuple[KeyResultView, ...]
    more_strays: int


def tree_page(company: Company, reader: Reader, histories: Histories = no_histories, reading: str = "") -> TreePage:
    """The page as a reader sees it. All histories are asked for at once."""
    gettext = reader.words.gettext
    strays = company.key_results_of("")
    active = (found for found in company.alignment.objectives.values() if found.status is Status.ACTIVE)
    points = histories([found.key for found in active])
    return TreePage(
        form=filter_form(Filters(), company, reader),
        progress=progress_of(company, reader, points),
        moves=moves_view(company, reader),
        problems=counts_of((found.problem for found in company.problems), reader),
        reading=reading,
        groups=_groups(company, reader),
        drafts=_apart(Status.DRAFT, gettext("Drafts"), company, reader),
        closed=_apart(Status.CLOSED, gettext("Closed"), company, reader),
        strays=tuple(key_result_view(stray, company, reader) for stray in strays[:MOST_SIBLINGS]),
        more_strays=max(0, len(strays) - MOST_SIBLINGS),
    )


def _groups(company: Company, reader: Reader) -> tuple[Group, ...]:
    trees = _Trees(Status.ACTIVE, company, reader)
    groups: list[Group] = []
    for level, roots in by_level(trees.forest.roots).items():
        is_first = not groups
        is_below = level is not None and not is_first
        note = reader.words.gettext("These support no objective of a higher level.") if is_below else ""
        rest = Filters(level=level or NONE, status=Status.ACTIVE, top=YES)
        is_open = is_first and len(roots) <= MOST_OPEN
        groups.append(trees.group(reader.levels[level], note, roots, rest, is_open=is_open))
    return tuple(groups)


def _apart(status: Status, heading: str, company: Company, reader: Reader) -> Group:
    trees = _Trees(status, company, reader)
    note = reader.words.gettext("Not counted in any number above.")
    return trees.group(heading, note, trees.forest.roots, Filters(status=status, top=YES))


class _Trees:
    """The trees of one status: whole for a small company, folded for a big one."""

    def __init__(self, status: Status, company: Company, reader: Reader) -> None:
        self.forest = forest_of(company, status)
        self._company, self._reader = company, reader

    def group(
        self, heading: str, note: str, roots: Sequence[Objective], rest: Filters, *, is_open: bool = False
    ) -> Group:
        """These trees under a heading; `rest` finds those that are too many for this page."""
        if not self._company.is_big:
            return Group(heading, note, tuple(self._whole(root, is_open=is_open) for root in roots))
        shown = roots[:MOST_SIBLINGS]
        cards = tuple(self._folded(root, is_open=is_open) for root in shown)
        return Group(heading, note, cards, len(roots) - len(shown), rest.query)

    def _whole(self, objective: Objective, *, is_open: bool = False) -> Card:
        children = tuple(self._whole(child) for child in self.forest.children[objective.key])
        return Card(objective_view(objective, self._company, self._reader), len(children), children, is_open)

    def _folded(self, objective: Objective, *, is_open: bool) -> Card:
        if not is_open:
            return closed_card(objective, self._company, self._reader)
        shown = supporters(objective, self._company)[:MOST_SIBLINGS]
        return open_card(objective, shown, self._company, self._reader)
