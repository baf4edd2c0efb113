"""What a few rows come to: read again, scored, planned, and put in the place of what was known of them. Pure.

The rows are read alone, as they were and as they are. Only where the former comes to just what the whole tab came to do
they tell all that there is to know, and the latter takes its place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from msgspec import structs

from sync.domain.grid import Book
from sync.domain.okr import KeyResult
from sync.domain.problems import Problem
from sync.domain.rules import check_scores
from sync.domain.scoring import Score, score_okrs
from sync.domain.snapshot import Part
from sync.passes.brakes import may_leap
from sync.passes.compute import Computed, Known
from sync.passes.copied import left_over
from sync.passes.narrow.kept import LeftBehind, rows_of
from sync.passes.narrow.reach import Reach
from sync.passes.plan import Plan, make_plan
from sync.reading import BookReading, TabReading
from sync.reading.tab import read_rows_of
from sync.reading.tab_cells import TabCells

# A row whose objective stands further above is read without it.
FARTHEST = 200


@dataclass(frozen=True, slots=True)
class _Cells:
    """A tab as it was and as it is."""

    then: TabCells
    now: TabCells


def compute_part(left: LeftBehind, reach: Reach, book: Book, known: Known) -> tuple[Computed, Part] | None:
    """What the book comes to, and what of it is another than it was; None where a few rows do not tell."""
    reading = _read_again(left, reach, book)
    if reading is None:
        return None
    was, index = left.computed, left.index
    objectives = [index.objectives[key] for key in sorted(reach.objectives)]
    below = [reading.key_results[place] for found in objectives for place in index.below.get(found.key, ())]
    strays = [reading.key_results[index.places[key]] for key in sorted(reach.key_results)]
    measured = {found.key: found for found in (*below, *strays)}
    again = score_okrs(objectives, measured.values(), left.snapshot.scores)
    if may_leap(measured.values(), again, left.snapshot, known.settings.most_changes):
        return None
    scores = {**was.scores, **again}
    plan = _plan(left, reading, book, scores, known, reach.key_results | reach.objectives)
    if plan.problems or plan.unwritten:
        return None
    doubts = check_scores(reading.key_results, reading.objectives, scores)
    problems = (*reading.problems, *doubts, *left_over(reading.tabs, known.closed.calendar))
    okrs = replace(was.okrs, key_results=reading.key_results)
    computed = replace(
        was, book=book, reading=reading, okrs=okrs, scores=scores, problems=problems, plan=_beside(was.plan, plan)
    )
    changed = Part(
        objectives=tuple(found for found in objectives if was.scores[found.key] != scores[found.key]),
        key_results=tuple(found for key, found in measured.items() if _is_another(left, found, scores[key])),
        has_other_problems=problems != left.snapshot.problems,
    )
    return computed, changed


def _is_another(left: LeftBehind, now: KeyResult, score: Score) -> bool:
    then = left.computed.reading.key_results[left.index.places[now.key]]
    return then != now or left.computed.scores[now.key] != score


def _beside(before: Plan, plan: Plan) -> Plan:
    """The plan of a few rows, which still knows which cells are ours in all others."""
    return replace(plan, owned=before.owned | plan.owned)


def _plan(
    left: LeftBehind, reading: BookReading, book: Book, scores: Mapping[str, Score], known: Known, keys: frozenset[str]
) -> Plan:
    written = known.memory.written
    ours: dict[str, Decimal | None] = {}
    for key in keys & written.keys():
        wrote = written[key]
        if not isinstance(wrote, str):
            ours[key] = wrote
    items = [left.index.objectives[key] for key in keys & left.index.objectives.keys()]
    tabs = tuple(
        replace(
            tab,
            objectives=[found for found in items if found.key in tab.score_cells],
            key_results=[],
            score_cells={key: cells for key, cells in tab.score_cells.items() if key in keys},
        )
        for tab in reading.tabs
    )
    key_results = tuple(reading.key_results[left.index.places[key]] for key in keys & left.index.places.keys())
    return make_plan(
        book,
        replace(reading, tabs=tabs, key_results=key_results),
        {key: scores[key] for key in keys},
        ours=ours,
        owned_columns=known.memory.owned_columns,
        accept=known.settings.accept_existing_scores,
    )


# Reading


def _read_again(left: LeftBehind, reach: Reach, book: Book) -> BookReading | None:
    was = left.computed.reading
    key_results, problems = list(was.key_results), list(was.problems)
    tabs: list[TabReading] = []
    for number, known in enumerate(was.tabs):
        tab = book.tab(known.tab.sheet_id)
        if tab is None:
            return None
        mine = [
            known.key_results[place] for key, place in left.index.by_tab[number].items() if key in reach.key_results
        ]
        now = replace(known, tab=tab)
        if mine:
            cells = _Cells(TabCells(known.tab), TabCells(tab))
            found = _tab_again(left, known, number, mine, cells, book)
            if found is None or not _exchange(problems, known.problems, found.problems):
                return None
            now = replace(now, key_results=found.key_results, problems=found.problems)
            for one in mine:
                place = left.index.places[one.key]
                again = found.key_results[left.index.by_tab[number][one.key]]
                key_results[place] = structs.replace(again, objective=key_results[place].objective)
        tabs.append(now)
    return replace(was, tabs=tuple(tabs), key_results=tuple(key_results), problems=tuple(problems))


def _tab_again(
    left: LeftBehind, known: TabReading, number: int, mine: Sequence[KeyResult], cells: _Cells, book: Book
) -> TabReading | None:
    """The tab with these key results of it read again."""
    now, places = replace(known, key_results=list(known.key_results)), left.index.by_tab[number]
    problems, missing = list(known.problems), {found.key for found in mine}
    for row in sorted({row for found in mine for row in rows_of(found)}):
        tried = (_row_again(left, known, rows, places, cells, book) for rows in _spans(left, known, number, row))
        read = next(filter(None, tried), None)
        if read is None:
            continue
        if not _exchange(problems, *(each.problems for each in read)):
            return None
        for found in read[1].key_results:
            now.key_results[places[found.key]] = found
            missing.discard(found.key)
    return None if missing else replace(now, problems=problems)


def _spans(left: LeftBehind, known: TabReading, number: int, row: int) -> Iterator[range]:
    """The rows to read for one: from where its objective stands, else alone."""
    for key in left.index.by_row[number].get(row, ()):
        place = left.index.places[key]
        objective = left.index.objectives.get(left.computed.reading.key_results[place].objective)
        if objective and objective.cell.sheet_id == known.tab.sheet_id and 0 <= row - objective.cell.row < FARTHEST:
            yield range(objective.cell.row, row + 1)
    yield range(row, row + 1)


def _row_again(
    left: LeftBehind, known: TabReading, rows: range, places: Mapping[str, int], cells: _Cells, book: Book
) -> tuple[TabReading, TabReading] | None:
    """Rows as they were and as they are, each read alone; None where they do not tell all that there is to know."""
    if not any(table.first <= rows.start and rows.stop <= table.last for table in known.tables):
        return None
    then = read_rows_of(left.computed.book, known.tab, known, rows, cells.then)
    if any(found.key not in places or known.key_results[places[found.key]] != found for found in then.key_results):
        return None
    now = read_rows_of(book, cells.now.tab, known, rows, cells.now)
    same = [(each.objectives, each.joins, each.kinds, [*map(_identity, each.key_results)]) for each in (then, now)]
    return (then, now) if then.key_results and same[0] == same[1] else None


def _identity(found: KeyResult) -> tuple[object, ...]:
    """What makes it this key result."""
    return found.key, found.text, found.id, found.cell, found.objective, found.owner, found.score_cells


def _exchange(problems: list[Problem], then: Sequence[Problem], now: Sequence[Problem]) -> bool:
    """Put what is told now in the place of what was told then; False where nobody can say where that is."""
    if list(then) == list(now):
        return True
    if not then:
        return False
    places = [at for at in range(len(problems) - len(then) + 1) if problems[at : at + len(then)] == list(then)]
    if len(places) != 1:
        return False
    problems[places[0] : places[0] + len(then)] = now
    return len({*problems}) == len(problems)
