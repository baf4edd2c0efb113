"""Tabs whose very same cells two mappings read, say because two patterns fit the title: everything would count twice.

Two mappings of one tab are fine where each has rows or columns of its own, such as quarters side by side.
"""

import itertools
from collections.abc import Sequence

from sync.domain.cells import CellRef
from sync.domain.problems import Problem, listed, problem
from sync.reading.tab import TabReading

# The places that make a record what it is: nothing else of its kind stands on all of them.
Places = tuple[str, tuple[int, int], object]


def without_tabs_read_twice(readings: Sequence[TabReading]) -> list[TabReading]:
    """The readings; those of a tab of which two take the same cells are refused, with one problem."""
    kept = {(found.tab.sheet_id, found.part): found for found in readings}
    for one, other in itertools.combinations(readings, 2):
        if one.tab.sheet_id == other.tab.sheet_id and (shared := _shared(one, other)) is not None:
            kept[one.tab.sheet_id, one.part] = _refused(one, _told(one, other, shared))
            kept[other.tab.sheet_id, other.part] = _refused(other)
    return list(kept.values())


def _refused(reading: TabReading, *problems: Problem) -> TabReading:
    """A tab without its records, of which it is still known where they stand."""
    tables, ends = reading.tables, reading.ends
    mapping, part = reading.mapping, reading.part
    return TabReading(reading.tab, mapping, problems=list(problems), refused=True, part=part, tables=tables, ends=ends)


def _told(one: TabReading, other: TabReading, cell: CellRef) -> Problem:
    titles = listed(f"“{title}”" for mapping in (one.mapping, other.mapping) for title in mapping.title)
    return problem("tab-twice", cell, title=one.tab.title, titles=titles)


def _shared(one: TabReading, other: TabReading) -> CellRef | None:
    """The first cell whose record both readings have."""
    theirs = _records(other)
    # Below objectives in common, each quarter has key results of its own.
    with_objectives = not (one.key_results and other.key_results)
    return next(
        (cell for places, cell in _records(one).items() if places in theirs and (with_objectives or places[0] != "o")),
        None,
    )


def _records(reading: TabReading) -> dict[Places, CellRef]:
    """Every record's places, with its first cell."""
    found: dict[Places, CellRef] = {}
    for key_result in reading.key_results:
        measured = key_result.current.cell or key_result.target.cell
        found.setdefault(("kr", key_result.cell.place, measured and measured.place), key_result.cell)
    for objective in reading.objectives:
        found.setdefault(("o", objective.cell.place, objective.period), objective.cell)
    for check_in in reading.check_ins:
        found.setdefault(
            ("check-in", check_in.cell.place, check_in.value.cell and check_in.value.cell.place), check_in.cell
        )
    for initiative in reading.initiatives:
        found.setdefault(("initiative", initiative.cell.place, None), initiative.cell)
    return found
