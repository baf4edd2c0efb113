"""Which objective or key result a problem is about: the one that owns its cell, else the one that stands in its row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sync.domain.catalogue import ABOUT_OKRS
from sync.domain.cells import CellRef
from sync.domain.okr import KeyResult, Objective, Status
from sync.domain.problems import Problem, quote

Item = Objective | KeyResult
Place = tuple[str, int, int, int]
Row = tuple[str, int, int]


class Concerned:
    """The items that problems are about. `problems` are those that will be asked for."""

    def __init__(self, items: Iterable[Item], problems: Iterable[Problem]) -> None:
        troubled = {_place(found.cell) for found in problems if found.cell}
        rows = {place[:3] for place in troubled}
        self._owners: dict[Place | Row, list[Item]] = {}
        self._drafts: set[str] = set()
        for item in items:
            if isinstance(item, Objective) and item.status is Status.DRAFT:
                self._drafts.add(item.key)
            for place in {_place(cell) for cell in _cells(item) if cell} & troubled:
                self._owners.setdefault(place, []).append(item)
            if _place(item.cell)[:3] in rows:
                self._owners.setdefault(_place(item.cell)[:3], []).append(item)

    def by(self, found: Problem) -> Sequence[Item]:
        """Whom a problem is about. Of several key results in one cell, the ones that it quotes, else the first."""
        if found.cell is None:
            return ()
        place = _place(found.cell)
        candidates = self._owners.get(place) or self._owners.get(place[:3], [])
        quoted = {fact for _, fact in found.facts}
        return [item for item in candidates if quote(item.text) in quoted] or candidates[:1]

    def draft(self, found: Problem) -> str:
        """The key of the draft that a problem is about, "" where it is not about drafts alone.

        What became of a tab or of its scores is everybody's, and nothing that a draft lacks.
        """
        items = self.by(found) if found.code in ABOUT_OKRS else ()
        keys = [objective_of(item) for item in items]
        return keys[0] if keys and self._drafts.issuperset(keys) else ""


def concerning(concerned: Concerned, problems: Iterable[Problem]) -> Mapping[str, tuple[Problem, ...]]:
    """Problems by the key of the item that they are about."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        for item in concerned.by(problem):
            found.setdefault(item.key, []).append(problem)
    return {key: tuple(those) for key, those in found.items()}


@dataclass(frozen=True, slots=True)
class Sorted:
    """Some problems, sorted: in their order, with the key of the draft that each is about ("": of none); those of
    drafts by that key, and those of what counts by the key of each item that they are about.
    """

    problems: tuple[Problem, ...]
    drafts: tuple[str, ...]
    lacking: Mapping[str, tuple[Problem, ...]]
    concerning: Mapping[str, tuple[Problem, ...]]


def sorted_problems(items: Iterable[Item], problems: tuple[Problem, ...]) -> Sorted:
    """All problems whose cells are in one spreadsheet, or a few; `items` are everything in it."""
    if not problems:
        return Sorted((), (), {}, {})
    concerned = Concerned(items, problems)
    drafts = tuple(map(concerned.draft, problems))
    lacking: dict[str, list[Problem]] = {}
    for draft, found in zip(drafts, problems, strict=True):
        if draft:
            lacking.setdefault(draft, []).append(found)
    live = (found for draft, found in zip(drafts, problems, strict=True) if not draft)
    return Sorted(problems, drafts, {key: tuple(found) for key, found in lacking.items()}, concerning(concerned, live))


def objective_of(item: Item) -> str:
    """The key of the objective that an item is, or belongs to."""
    return item.objective if isinstance(item, KeyResult) else item.key


def _place(cell: CellRef) -> Place:
    return (cell.spreadsheet, cell.sheet_id, cell.row, cell.column)


def _cells(item: Item) -> tuple[CellRef | None, ...]:
    if isinstance(item, Objective):
        return (item.cell, item.parent_cell, item.related_cell, *item.score_cells)
    return (item.cell, item.start.cell, item.target.cell, item.current.cell, item.weight_cell, *item.score_cells)
