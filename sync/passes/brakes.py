"""The brakes on reading: tabs whose content is not to be believed. Last good over none, none over wrong.

Pure. What is refused here keeps its last good view, and nothing is computed from what it shows now.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from decimal import Decimal

from sync.domain.cells import CellRef
from sync.domain.cycle_records import Coaching, CycleRecord, Person, Review
from sync.domain.grid import Book
from sync.domain.keys import key_of, person_key
from sync.domain.okr import CheckIn, Initiative, KeyResult, Objective
from sync.domain.problems import Problem, problem
from sync.domain.scoring import Score
from sync.domain.snapshot import Snapshot
from sync.reading import BookReading, TabReading

# Below this many known rows, "more than half are gone" is everyday editing.
FEWEST_ROWS_FOR_BRAKE = 4
# Below this many known scores, a weekly check-in may well change them all.
FEWEST_SCORES_FOR_BRAKE = 20

Row = Objective | KeyResult | CheckIn | Initiative | CycleRecord
Bond = tuple[int, int]


def unbelievable(
    book: Book,
    reading: BookReading,
    last: Snapshot | None,
    rows_before: Mapping[int, int],
    accept: bool,
    stopped: Set[int] = frozenset(),
) -> tuple[frozenset[int], list[Problem]]:
    """The tabs that are not to be believed, by sheet id, and why.

    A tab that is `stopped`, for a reason that is told already, or has a broken header; unless `accept`, also one that
    was deleted, emptied, or lost more than half of its known rows; and every tab whose rows belong together with those
    of such a tab. `rows_before` is how many rows each tab held when it was last believed, which is known even where the
    last good view cannot be read any more.
    """
    refused = {tab.tab.sheet_id: tab.tab.title for tab in reading.tabs if tab.refused or tab.tab.sheet_id in stopped}
    problems: list[Problem] = []
    if not accept:
        present = {tab.sheet_id for tab in book.tabs}
        seen = last.tabs if last else ()
        refused |= {view.sheet_id: view.title for view in seen if view.sheet_id not in present}
        for tab in reading.tabs:
            brake = None if tab.tab.sheet_id in refused else _brake(book.id, reading, tab, last, rows_before)
            if brake is not None:
                refused[tab.tab.sheet_id] = tab.tab.title
                problems.append(brake)
    problems += _refuse_bonded(book, reading, last, refused)
    return frozenset(refused), problems


def leaping(
    book: Book, reading: BookReading, scores: Mapping[str, Score], last: Snapshot, share: float, refused: frozenset[int]
) -> tuple[frozenset[int], list[Problem]]:
    """`refused` and the tabs where more than this share of the known key results' scores changed at once, and why.

    A column that moved, a target that was filled down, a language of numbers that was switched look like that.
    """
    leaps = dict(_leaps(reading, scores, last, share, refused))
    titles = {tab.tab.sheet_id: tab.tab.title for tab in reading.tabs}
    refused_now = {sheet_id: titles.get(sheet_id, "") for sheet_id in (*refused, *leaps)}
    bonded = _refuse_bonded(book, reading, last, refused_now) if leaps else []
    return frozenset(refused_now), [*leaps.values(), *bonded]


def may_leap(
    key_results: Iterable[KeyResult], scores: Mapping[str, Score], last: Snapshot, share: Decimal | float
) -> bool:
    """Whether `leaping` might refuse a tab where no other scores changed than those of these key results."""
    found = Counter(each.cell.sheet_id for each in key_results if scores[each.key].value != last.scores[each.key].value)
    return any(count > float(share) * FEWEST_SCORES_FOR_BRAKE for count in found.values())


def _leaps(
    reading: BookReading, scores: Mapping[str, Score], last: Snapshot, share: float, refused: frozenset[int]
) -> Iterator[tuple[int, Problem]]:
    before: dict[int, list[str]] = {}
    for found in last.key_results:
        if last.scores[found.key].value is not None and found.key in scores:
            before.setdefault(found.cell.sheet_id, []).append(found.key)
    for tab in {tab.tab.sheet_id: tab.tab for tab in reading.tabs}.values():
        known = before.get(tab.sheet_id, [])
        changed = sum(1 for key in known if scores[key].value != last.scores[key].value)
        braked = len(known) >= FEWEST_SCORES_FOR_BRAKE and changed > share * len(known)
        if braked and tab.sheet_id not in refused:
            cell = CellRef(last.spreadsheet, tab.sheet_id, tab.title, 0, 0)
            yield tab.sheet_id, problem("scores-leap", cell, title=tab.title, known=len(known), changed=changed)


def _brake(
    spreadsheet: str, reading: BookReading, tab: TabReading, last: Snapshot | None, rows_before: Mapping[int, int]
) -> Problem | None:
    sheet_id, title = tab.tab.sheet_id, tab.tab.title
    if last is not None and _has_the_same_rows(reading, last, sheet_id, rows_before.get(sheet_id, 0)):
        return None
    known = [_row_key(row) for row in _rows(last) if row.cell and row.cell.sheet_id == sheet_id] if last else []
    present, before = rows_on(reading, sheet_id), rows_before.get(sheet_id, 0)
    cell = CellRef(spreadsheet, sheet_id, title, 0, 0)
    held = max(len(known), before)
    gone = max(sum(1 for key in known if key not in present), before - len(present))
    is_emptied = held > 0 and not present
    if not is_emptied and not (held >= FEWEST_ROWS_FOR_BRAKE and gone * 2 > held):
        return None
    if any(part.mapping.is_private for part in reading.tabs if part.tab.sheet_id == sheet_id):
        return problem("private-rows-gone", cell, title=title)
    if is_emptied:
        return problem("tab-emptied", cell, title=title, known=held)
    return problem("rows-gone", cell, title=title, known=held, gone=gone)


def _has_the_same_rows(reading: BookReading, last: Snapshot, sheet_id: int, before: int) -> bool:
    """Whether a tab that held `before` rows has its objectives and key results by the keys of then, and had no more."""
    others = (last.check_ins, last.initiatives, last.cycle)
    if any(row.cell and row.cell.sheet_id == sheet_id for rows in others for row in rows):
        return False
    now: set[str] = set()
    for part in reading.tabs:
        if part.tab.sheet_id == sheet_id:
            now.update(found.key for found in part.objectives)
            now.update(found.key for found in part.key_results)
    then = {found.key for found in last.objectives if found.cell.sheet_id == sheet_id}
    then.update(found.key for found in last.key_results if found.cell.sheet_id == sheet_id)
    return 0 < len(now) >= before and now == then


def rows_on(reading: BookReading, sheet_id: int) -> frozenset[tuple[str, ...]]:
    """What makes each row of a tab known again. Several mappings may share a tab, each with its own rows."""
    parts = [part for part in reading.tabs if part.tab.sheet_id == sheet_id]
    return frozenset(_row_key(row) for part in parts for row in _rows(part))


def _rows(of: Snapshot | TabReading) -> Iterator[Row]:
    yield from of.objectives
    yield from of.key_results
    yield from of.check_ins
    yield from of.initiatives
    yield from of.cycle


def _row_key(row: Row) -> tuple[str, ...]:
    """What makes a row known again, even under an objective that was reworded."""
    if isinstance(row, KeyResult | Objective | Initiative):
        return type(row).__name__, key_of(row.id or row.text)
    if isinstance(row, CheckIn):
        return "CheckIn", key_of(row.key_result), row.date
    return type(row).__name__, *_told_apart_by(row)


def _told_apart_by(record: CycleRecord) -> tuple[str, ...]:
    if isinstance(record, Review):
        return key_of(record.about), key_of(record.period)
    if isinstance(record, Coaching):
        return person_key(record.person), record.date, key_of(record.topic)
    return (person_key(record.name),) if isinstance(record, Person) else (key_of(record.text),)


def _refuse_bonded(book: Book, reading: BookReading, last: Snapshot | None, refused: dict[int, str]) -> list[Problem]:
    """Refuse, too, what makes sense only together with a refused tab; the tabs of a chain one after the other."""
    bonds = set(_bonds(reading.objectives, reading.key_results)) | set(_logged(reading))
    if last is None:
        bonds |= set(_possible_bonds(reading))
    else:
        bonds |= set(_bonds(last.objectives, last.key_results))
        bonds |= {(log, tab) for tab in _with_logged_values(reading) for log in _sheets(last.check_ins)}
    tabs = {tab.tab.sheet_id: tab for tab in reading.tabs}
    problems = []
    waiting = list(refused)
    while waiting:
        broken = waiting.pop()
        bonded = {one if other == broken else other for one, other in bonds if broken in (one, other)}
        for sheet_id in sorted(bonded & tabs.keys() - refused.keys()):
            tab = tabs[sheet_id]
            problems.append(problem("tab-joined", _first_cell(book, tab), title=tab.tab.title, other=refused[broken]))
            refused[sheet_id] = tab.tab.title
            waiting.append(sheet_id)
    return problems


def _bonds(objectives: Iterable[Objective], key_results: Iterable[KeyResult]) -> Iterator[Bond]:
    """Pairs of tabs where the key results of one belong to objectives of the other."""
    home = {objective.key: objective.cell.sheet_id for objective in objectives}
    for found in key_results:
        here, there = found.cell.sheet_id, home.get(found.objective, found.cell.sheet_id)
        if here != there:
            yield here, there


def _possible_bonds(reading: BookReading) -> Iterator[Bond]:
    """Before the first good view nobody knows which tabs belong together, only which may."""
    fields = [(tab.tab.sheet_id, tab.mapping.objective, tab.mapping.key_result) for tab in reading.tabs]
    objectives = [sheet_id for sheet_id, objective, kinds in fields if objective and not kinds]
    key_results = [sheet_id for sheet_id, _, kinds in fields if any(kind.objective for kind in kinds)]
    yield from ((one, other) for one in key_results for other in objectives)


def _logged(reading: BookReading) -> Iterator[Bond]:
    """Pairs of a tab with a check-in log and one whose current values come from it."""
    for tab in _with_logged_values(reading):
        yield from ((log, tab) for log in _sheets(reading.check_ins))


def _with_logged_values(reading: BookReading) -> set[int]:
    return {tab.tab.sheet_id for tab in reading.tabs if any(kind.is_logged for kind in tab.mapping.key_result)}


def _sheets(check_ins: Iterable[CheckIn]) -> set[int]:
    return {check_in.cell.sheet_id for check_in in check_ins}


def _first_cell(book: Book, tab: TabReading) -> CellRef:
    cells = (row.cell for row in _rows(tab))
    return next(filter(None, cells), book.cell(tab.tab, 0, 0))
