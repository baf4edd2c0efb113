"""What to write, decided before anything is written: the plan of one pass, and its brakes.

Pure. We write only score cells that the mapping names as ours, only numbers (or nothing, where we had put a number),
never over a formula, a text or a covered part of a merge. `sheets` carries a plan out; nothing here does.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from sync.grid import Book, Entered, Scalar, Tab, text_of
from sync.mapping import ScoreColumn
from sync.okr import CellRef, KeyResult, Objective, key_of
from sync.problems import Problem, problem
from sync.reading import BookReading, TabReading
from sync.reading.numbers import from_cell
from sync.scoring import Score, mean_working, on_scale, rounded, working
from sync.snapshot import Snapshot

# Below this many known rows, "more than half are gone" is everyday editing.
FEWEST_ROWS_FOR_BRAKE = 4

# A mean of more parts than these is not told part by part: nobody would redo it.
MOST_PARTS_TOLD = 30

# Without a score for one of these reasons, a number that we had written is taken back.
_TAKEN_BACK = {
    "no-data",
    "target-missing",
    "target-equals-start",
    "start-missing",
    "unit-mismatch",
    "no-key-result",
    "no-weight",
}


@dataclass(frozen=True, slots=True)
class CellWrite:
    """One cell to be changed: `old` is what it shows, `new` the number that it takes (None: emptied).

    `why` is the working of the score, or the reason why there is none. `key` is empty for a cell that is put back.
    """

    cell: CellRef
    kind: Literal["key_result", "objective", "repair"]
    key: str
    old: Scalar
    new: Entered
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a pass means to do.

    `unwritten` are tabs left alone by a brake, by sheet id; `managed` the score cells that take a score, whether or
    not they hold it already; not those with a formula or text of a person's.
    """

    writes: tuple[CellWrite, ...] = ()
    problems: tuple[Problem, ...] = ()
    unwritten: frozenset[int] = frozenset()
    managed: frozenset[CellRef] = frozenset()


@dataclass(frozen=True, slots=True)
class Target:
    """A score cell of ours and what belongs into it."""

    cell: CellRef
    column: ScoreColumn
    item: Objective | KeyResult
    score: Score


def unbelievable(reading: BookReading, last: Snapshot | None, accept: bool) -> tuple[frozenset[int], list[Problem]]:
    """The brakes on reading: tabs whose content is not to be believed, by sheet id, and why.

    A tab with a broken header, an emptied one, one that lost more than half of its known rows (unless `accept`),
    and every tab that is joined with one of these.
    """
    refused = {tab.tab.sheet_id for tab in reading.tabs if tab.refused}
    problems: list[Problem] = []
    for tab in reading.tabs:
        brake = None if accept or tab.refused or last is None else _brake(reading, tab, last)
        if brake is not None:
            refused.add(tab.tab.sheet_id)
            problems.append(brake)
    joined, told = _joined_with(reading, refused)
    return frozenset(refused | joined), [*problems, *told]


def _brake(reading: BookReading, tab: TabReading, last: Snapshot) -> Problem | None:
    sheet_id, title = tab.tab.sheet_id, tab.tab.title
    rows: list[Objective | KeyResult] = [*last.objectives, *last.key_results]
    known = [_row_key(item) for item in rows if item.cell.sheet_id == sheet_id]
    # Several mappings may share a tab, each with its own rows.
    parts = [part for part in reading.tabs if part.tab.sheet_id == sheet_id]
    here: list[Objective | KeyResult] = []
    for part in parts:
        here += [*part.objectives, *part.key_results]
    present = {_row_key(item) for item in here}
    cell = CellRef(last.spreadsheet, sheet_id, title, 0, 0)
    if known and not present:
        return problem("tab-emptied", cell, title=title, known=len(known))
    gone = sum(1 for key in known if key not in present)
    if len(known) >= FEWEST_ROWS_FOR_BRAKE and gone * 2 > len(known):
        return problem("rows-gone", cell, title=title, known=len(known), gone=gone)
    return None


def _row_key(item: Objective | KeyResult) -> tuple[str, str]:
    """What makes a row known again, even under an objective that was reworded."""
    return type(item).__name__, key_of(item.id or item.text)


def _joined_with(reading: BookReading, refused: set[int]) -> tuple[set[int], list[Problem]]:
    """Tabs that make sense only together with a refused one: objectives here, their key results there."""
    group = [tab for tab in reading.tabs if _is_joined(tab)]
    broken = next((tab for tab in group if tab.tab.sheet_id in refused), None)
    others = [tab for tab in group if tab.tab.sheet_id not in refused] if broken else []
    told = [
        problem("tab-joined", _first_cell(tab), title=tab.tab.title, other=broken.tab.title)
        for tab in others
        if broken is not None
    ]
    return {tab.tab.sheet_id for tab in others}, told


def _is_joined(tab: TabReading) -> bool:
    key_result = tab.mapping.key_result
    return (key_result is not None and key_result.objective is not None) or (
        tab.mapping.objective is not None and key_result is None
    )


def _first_cell(tab: TabReading) -> CellRef | None:
    items: list[Objective | KeyResult] = [*tab.objectives, *tab.key_results]
    return items[0].cell if items else None


def make_plan(
    book: Book,
    reading: BookReading,
    scores: Mapping[str, Score],
    *,
    ours: Mapping[str, Decimal | None],
    contacted: frozenset[int],
    unbelieved: frozenset[int] = frozenset(),
    accept: bool = False,
) -> Plan:
    """Decide every write of a pass.

    `ours` is what we last wrote by key, `contacted` the tabs whose score columns are ours already; on others, score
    cells that hold other numbers wait for `accept`. Tabs in `unbelieved` are left alone.
    """
    writes: list[CellWrite] = []
    problems: list[Problem] = []
    unwritten: set[int] = set()
    managed: set[CellRef] = set()
    joined = {found.key: found for found in reading.key_results}
    for tab in reading.tabs:
        if tab.tab.sheet_id in unbelieved:
            continue
        covered = _covered(tab.tab)
        targets = list(_targets(tab, joined, scores))
        planned = [_decided(tab.tab, target, ours, covered) for target in targets]
        found = [item for item in planned if isinstance(item, CellWrite)]
        problems += [item for item in planned if isinstance(item, Problem)]
        brake = _write_brake(tab, found, accept or tab.tab.sheet_id in contacted)
        if brake is not None:
            problems.append(brake)
            unwritten.add(tab.tab.sheet_id)
        else:
            writes += found
            managed.update(target.cell for target in targets if _takes_score(tab.tab, target, covered))
    return Plan(tuple(writes), tuple(problems), frozenset(unwritten), frozenset(managed))


def _targets(tab: TabReading, joined: Mapping[str, KeyResult], scores: Mapping[str, Score]) -> Iterator[Target]:
    objective_column = tab.mapping.objective.score if tab.mapping.objective else None
    key_result_column = tab.mapping.key_result.score if tab.mapping.key_result else None
    for objective in tab.objectives if objective_column else ():
        for cell in objective.score_cells:
            if objective_column is not None:
                yield Target(cell, objective_column, objective, scores[objective.key])
    for found in tab.key_results:
        if key_result_column is not None and found.score_cell is not None:
            yield Target(found.score_cell, key_result_column, joined[found.key], scores[found.key])


def _decided(
    tab: Tab, target: Target, ours: Mapping[str, Decimal | None], covered: Set[tuple[int, int]]
) -> CellWrite | Problem | None:
    row, column = target.cell.row, target.cell.column
    score = target.score
    new = None if score.value is None else on_scale(score.value, target.column.scale, target.column.decimals)
    if (row, column) in covered:
        return None if new is None else problem("score-merged", target.cell, text=target.item.text, ours=new)
    held = tab.value(row, column)
    if _is_foreign(tab, row, column):
        return _left_alone(target, held, tab.formulas.get((row, column)), new)
    if score.stale:
        return None
    if new is None:
        return _taken_back(target, held, ours)
    if held is not None and _shows_same(target.column, held, new):
        return None
    return _write(target, held, new)


def _takes_score(tab: Tab, target: Target, covered: Set[tuple[int, int]]) -> bool:
    row, column = target.cell.row, target.cell.column
    return target.score.value is not None and (row, column) not in covered and not _is_foreign(tab, row, column)


def _is_foreign(tab: Tab, row: int, column: int) -> bool:
    """Whether a cell holds a person's formula or text."""
    held = tab.value(row, column)
    return (row, column) in tab.formulas or (held is not None and not _is_number(held))


def _is_number(held: Scalar) -> bool:
    return isinstance(held, int | float) and not isinstance(held, bool)


def _left_alone(target: Target, held: Scalar, formula: str | None, new: Decimal | None) -> Problem | None:
    """A formula or a text stays; it is a problem only where it shows something else than the score."""
    if new is None or (_is_number(held) and _shows_same(target.column, held, new)):
        return None
    what = f"“{formula if formula is not None else text_of(held)}”"
    return problem("score-differs", target.cell, held=_short(held), ours=new, what=what)


def _short(held: Scalar) -> str:
    """What a cell shows, a long fraction cut to what a person would see."""
    number = from_cell(held) if _is_number(held) and isinstance(held, int | float) else None
    return text_of(held) or "—" if number is None else f"{rounded(number, 4).normalize():f}"


def _taken_back(target: Target, held: Scalar, ours: Mapping[str, Decimal | None]) -> CellWrite | None:
    wrote = ours.get(target.item.key)
    if held is None or wrote is None or target.score.problem not in _TAKEN_BACK:
        return None
    return _write(target, held, None) if _shows_same(target.column, held, wrote) else None


def _write(target: Target, held: Scalar, new: Decimal | None) -> CellWrite:
    kind: Literal["objective", "key_result"] = "objective" if isinstance(target.item, Objective) else "key_result"
    return CellWrite(target.cell, kind, target.item.key, held, new, _why(target))


def _why(target: Target) -> str:
    if isinstance(target.item, Objective):
        counted = f"{target.score.counted}/{target.score.total}"
        if len(target.score.parts) > MOST_PARTS_TOLD:
            return counted
        made_of = mean_working(target.score, lambda value: _plain(rounded(value, 2)), _plain)
        return made_of or target.score.problem or counted
    return working(target.item, target.score, _plain) or target.score.problem


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _shows_same(column: ScoreColumn, held: Scalar, new: Decimal) -> bool:
    """Whether a cell shows what it would show with our number in it."""
    number = from_cell(held) if isinstance(held, int | float) else None
    return number is not None and on_scale(number / _full(column), column.scale, column.decimals) == new


def _full(column: ScoreColumn) -> int:
    return 1 if column.scale == "percent" else column.scale


def _covered(tab: Tab) -> frozenset[tuple[int, int]]:
    """The cells that are hidden below a merged one."""
    return frozenset(
        (row, column)
        for area in tab.merges
        for row in range(area.top, area.bottom)
        for column in range(area.left, area.right)
        if (row, column) != (area.top, area.left)
    )


def _write_brake(tab: TabReading, writes: Sequence[CellWrite], known: bool) -> Problem | None:
    """A tab may not be written: protected, or its score cells hold numbers that nobody told us to replace."""
    if not writes:
        return None
    for write in writes:
        if any((write.cell.row, write.cell.column) in area for area in tab.tab.protections):
            return problem("tab-protected", write.cell, title=tab.tab.title)
    others = [write for write in writes if write.old is not None]
    if known or not others:
        return None
    first = others[0]
    facts = {"count": len(others), "held": text_of(first.old), "ours": first.new}
    return problem("first-contact", first.cell, title=tab.tab.title, **facts)
