"""What is wrong with how a company's OKRs link: names that lead nowhere or to several things, circles, levels.

Most of it is for `check`; `unmatched_references` is asked for apart, because check-ins and initiatives are no OKRs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sync.domain.alignment import Alignment
from sync.domain.cells import CellRef
from sync.domain.naming import Names
from sync.domain.okr import CheckIn, Initiative, KeyResult, Level, Objective
from sync.domain.problems import Problem, listed, problem, quote
from sync.domain.rules.nearest import Nearest
from sync.domain.rules.subjects import open_objectives


def unresolved_reference(alignment: Alignment) -> Iterator[Problem]:
    """A parent or cross-link that names nothing, or more than one thing."""
    nearest = Nearest(_items(alignment))
    for unresolved in alignment.unresolved:
        child = alignment.objectives[unresolved.child]
        cell = (child.parent_cell if unresolved.reference == child.parent else child.related_cell) or child.cell
        if unresolved.candidates:
            cells = listed(str(item.cell) for item in unresolved.candidates)
            count = len(unresolved.candidates)
            yield problem("ambiguous-parent", cell, parent=unresolved.reference, count=count, cells=cells)
        else:
            meant = nearest.told(unresolved.reference, but=child.key)
            yield problem("unknown-parent", cell, parent=unresolved.reference, nearest=meant)


def _items(alignment: Alignment) -> Iterator[Objective | KeyResult]:
    """What a link may name: a key result that belongs to nothing cannot be supported."""
    yield from alignment.objectives.values()
    for objective, key_results in alignment.key_results.items():
        if objective:
            yield from key_results


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Where a check-in or an initiative names no key result, or one of several (`meant`)."""

    cell: CellRef
    reference: str
    meant: tuple[Objective | KeyResult, ...]


def unmatched(names: Names, check_ins: Iterable[CheckIn], initiatives: Iterable[Initiative]) -> list[Unmatched]:
    """Of the rows of some spreadsheets: those that would be dropped without a word."""
    named: list[tuple[CellRef, str, tuple[str, ...]]] = [
        (each.cell, each.key_result, (each.date,)) for each in check_ins
    ]
    named += [
        (each.cell, name, each.days) for each in initiatives for name in each.key_results or (each.objective,) if name
    ]
    looked_up = ((cell, name, names.meant(name, cell.spreadsheet, *days)) for cell, name, days in named)
    return [Unmatched(cell, name, tuple(meant)) for cell, name, meant in looked_up if len(meant) != 1]


def unmatched_references(names: Names, found: Iterable[Unmatched]) -> Iterator[Problem]:
    """What `unmatched` found, told. To be asked of a whole company only."""
    nearest = Nearest(names.items)
    for each in found:
        if not each.meant:
            near = nearest.told(each.reference)
            yield problem("unknown-key-result", each.cell, text=each.reference, nearest=near)
        else:
            cells = listed(str(item.cell) for item in each.meant)
            yield problem("ambiguous-key-result", each.cell, text=each.reference, count=len(each.meant), cells=cells)


def circular_parents(alignment: Alignment) -> Iterator[Problem]:
    """Objectives that support each other in a circle; told at each of them."""
    for circle in alignment.circles:
        texts = [quote(alignment.objectives[key].text)[:30] for key in circle]
        path = " → ".join([*texts, texts[0]])
        for key in circle:
            objective = alignment.objectives[key]
            yield problem("circular-parent", objective.parent_cell or objective.cell, path=path)


def skipped_level(alignment: Alignment) -> Iterator[Problem]:
    """A person's objective that hangs directly on the company's."""
    for link in alignment.parents.values():
        child, parent = alignment.objectives[link.child], alignment.objectives[link.objective]
        if child.level and parent.level and child.level.depth - parent.level.depth > 1:
            yield problem(
                "skipped-level",
                child.parent_cell or child.cell,
                text=child.text,
                level=child.level.value,
                parent=parent.text,
                parent_level=parent.level.value,
            )


def orphan(alignment: Alignment) -> Iterator[Problem]:
    """An objective below the company's level that supports nothing. One with a broken link is told of that instead."""
    for objective in open_objectives(alignment):
        if objective.level in (Level.DEPARTMENT, Level.INDIVIDUAL) and not objective.parent:
            yield problem("orphan", objective.cell, text=objective.text)
