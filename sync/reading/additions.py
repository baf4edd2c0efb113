"""What rows without a text of their own add to objectives that are read elsewhere, on another tab or in another block:
a weight, a place for the score, an owner.

They are joined by ID. An ID that no objective has, or several, is told, and what its row says belongs to nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from msgspec import structs

from sync.domain.keys import key_of
from sync.domain.okr import Objective
from sync.domain.problems import Problem, listed, problem
from sync.reading.tab import TabReading

# What a row may add: what it leaves at its default, it does not say.
_FACTS = (
    "unit",
    "owner",
    "period",
    "level",
    "status",
    "kind",
    "weight",
    "parent",
    "parent_cell",
    "related",
    "related_cell",
    "lesson",
    "decision",
    "decision_text",
    "final_comment",
)
_DEFAULTS = {each.name: each.default for each in structs.fields(Objective)}


@dataclass(frozen=True, slots=True)
class Added:
    """The tabs with their objectives complete."""

    tabs: list[TabReading]
    problems: list[Problem]


def added(readings: Sequence[TabReading]) -> Added:
    """Every objective with what other rows add to it."""
    if not any(reading.additions for reading in readings):
        return Added(list(readings), [])
    complete = {found.key: found for reading in readings for found in reading.objectives}
    by_id: dict[str, list[Objective]] = {}
    for found in complete.values():
        if found.id:
            by_id.setdefault(key_of(found.id), []).append(found)
    keys: dict[str, str] = {}
    problems: list[Problem] = []
    for addition in (found for reading in readings for found in reading.additions):
        meant = _meant(by_id.get(key_of(addition.id), ()), addition)
        if len(meant) == 1:
            keys[addition.key] = meant[0].key
            complete[meant[0].key] = _with(complete[meant[0].key], addition)
        else:
            problems.append(_told(addition, meant))
    return Added([_completed(reading, complete, keys) for reading in readings], problems)


def _meant(named: Sequence[Objective], addition: Objective) -> Sequence[Objective]:
    """Those with the ID: on the same tab, where there is one."""
    return [found for found in named if found.cell.sheet_id == addition.cell.sheet_id] or named


def _told(addition: Objective, meant: Sequence[Objective]) -> Problem:
    if not meant:
        return problem("unknown-objective", addition.cell, text=addition.id)
    cells = listed(str(found.cell) for found in meant)
    return problem("ambiguous-objective", addition.cell, text=addition.id, count=len(meant), cells=cells)


def _with(objective: Objective, addition: Objective) -> Objective:
    said = {name: getattr(addition, name) for name in _FACTS if getattr(addition, name) != _DEFAULTS[name]}
    return structs.replace(objective, **said, score_cells=(*objective.score_cells, *addition.score_cells))


def _completed(reading: TabReading, complete: dict[str, Objective], keys: dict[str, str]) -> TabReading:
    added_to = {found.key: keys.get(found.key, "") for found in reading.additions}
    here = {added_to[found.key]: found.score_cells for found in reading.additions if added_to[found.key]}
    words = {added_to[key]: cells for key, cells in reading.word_cells.items() if added_to.get(key)}
    own = [
        structs.replace(found, objective=added_to.get(found.objective, found.objective))
        for found in reading.key_results
    ]
    return replace(
        reading,
        objectives=[complete[found.key] for found in reading.objectives],
        key_results=own if added_to else reading.key_results,
        score_cells={**reading.score_cells, **here},
        word_cells={key: cells for key, cells in reading.word_cells.items() if key not in added_to} | words,
    )
