"""Which scores to write, decided before anything is written: the plan of one pass, and its brakes.

Pure. We write only score cells that the mapping names as ours, only numbers (or nothing, where we had put a number),
never over a formula, a text or a covered part of a merge; over a text only where the mapping says that it stands for an
empty cell. `word_plan` adds words; `write_back` carries a plan out; nothing here does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import groupby
from typing import Literal

from sync.config.sources import ScoreColumn
from sync.domain.cells import CellRef, column_letters
from sync.domain.grid import Book, CellWrite, Scalar, Tab, text_of
from sync.domain.keys import key_of
from sync.domain.memory import ScorePlace
from sync.domain.okr import KeyResult, Objective
from sync.domain.problems import Problem, listed, problem
from sync.domain.scoring import Score, on_scale, rounded, rounded_score
from sync.domain.working import mean_working, working
from sync.passes.copied import CopiedScores, copied_scores
from sync.passes.targets import Target, covered, is_number, is_theirs, number_in, score_places, shows_same, targets_of
from sync.reading import BookReading, TabReading
from sync.reading.numbers import Number, NumberLanguage, number_language, parse_number

# Of a mean of more parts than these, some are left out where it is told: nobody would redo it.
MOST_PARTS_TOLD = 8

# A formula's own arithmetic is off by less than this.
FLOATING = Decimal("1e-9")

# Without a score for one of these reasons, a number that we had written is taken back.
_TAKEN_BACK = {
    "no-data",
    "target-missing",
    "target-equals-start",
    "start-missing",
    "unknown-word",
    "unit-mismatch",
    "no-key-result",
    "no-support",
    "no-weight",
    "weight-missing",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a pass means to do.

    `unwritten` are tabs left alone by a brake, by sheet id; `owned` the cells whose content is ours to set, so that
    nothing of people's is lost with it. `standing` are scores, by key, that their cells show already and that nobody
    knows to be ours, as after a database was lost or restored: from now on they are, and can be taken back.
    """

    writes: tuple[CellWrite, ...] = ()
    problems: tuple[Problem, ...] = ()
    unwritten: frozenset[int] = frozenset()
    owned: frozenset[CellRef] = frozenset()
    standing: Mapping[str, Decimal] = field(default_factory=dict)


def make_plan(
    book: Book,
    reading: BookReading,
    scores: Mapping[str, Score],
    *,
    ours: Mapping[str, Decimal | None],
    owned_columns: frozenset[ScorePlace],
    unbelieved: frozenset[int] = frozenset(),
    left_alone: Set[str] = frozenset(),
    accept: bool = False,
    tell: bool = True,
) -> Plan:
    """Decide every write of a pass.

    `ours` is what we last wrote by key, `owned_columns` the score columns that are ours already. A tab where others
    hold numbers of people's waits for `accept`, also where there is no score yet to write over them. Tabs in
    `unbelieved` and the cells of what is `left_alone`, by key, are not looked at. Each write has the working of its
    score, unless nobody is to be told (`tell`).
    """
    writes: list[CellWrite] = []
    problems: list[Problem] = []
    unwritten: set[int] = set()
    owned: set[CellRef] = set()
    standing: dict[int, dict[str, Decimal]] = {}
    items: dict[str, Objective | KeyResult] = {found.key: found for found in reading.objectives}
    items |= {found.key: found for found in reading.key_results}
    scores = {key: score for key, score in scores.items() if key not in left_alone} if left_alone else scores
    believed = [tab for tab in reading.tabs if tab.tab.sheet_id not in unbelieved]
    everywhere = [(tab, [*targets_of(tab, items, scores)]) for tab in believed]
    shared = _shared([target for _, targets in everywhere for target in targets])
    problems += [problem("score-cell-shared", cell, text=one, other=other) for cell, (one, other) in shared.items()]
    for tab, targets in everywhere:
        hidden = covered(tab.tab)
        known = accept or score_places(tab) <= owned_columns
        seen = [] if known else [target for target in targets if target.cell.place not in hidden]
        new = [target for target in seen if target.score_place not in owned_columns]
        copied = copied_scores(tab, new, everywhere, ours, owned_columns)
        if copied:
            ours = {**ours, **copied.numbers}
            problems.append(_told_once(tab.tab, new, copied))
        language = number_language(tab.mapping.numbers or book.locale)
        problems += _outside(tab.tab, targets)
        inside = (target for target in targets if target.cell.column < tab.tab.columns)
        free = [target for target in inside if target.cell not in shared]
        foreign = {target.cell for target in targets if _is_foreign(tab.tab, target)}
        decide = partial(_decided, tab.tab, ours=ours, hidden=hidden, foreign=foreign, language=language, tell=tell)
        planned = [decide(target) for target in free]
        found = [item for item in planned if isinstance(item, CellWrite)]
        scored = [target for target in targets if target.number is not None]
        told_apart = [target for target in scored if target.cell not in shared and target.cell not in foreign]
        standing.setdefault(tab.tab.sheet_id, {}).update(_standing(tab.tab, told_apart, ours, hidden))
        owned |= {write.cell for write in found}
        owned |= {target.cell for target in scored if target.cell not in foreign}
        problems += [item for item in planned if isinstance(item, Problem)]
        brake = _protected(tab, found) or _first_contact(tab, new, ours)
        if brake is not None:
            problems.append(brake)
            unwritten.add(tab.tab.sheet_id)
        writes += found
    # Of several mappings of a tab, none may write where one waits: with a write, all score columns of the tab are ours.
    allowed = [write for write in writes if write.cell.sheet_id not in unwritten]
    stand = {key: number for tab, each in standing.items() if tab not in unwritten for key, number in each.items()}
    return Plan(tuple(allowed), tuple(problems), frozenset(unwritten), frozenset(owned), stand)


def _standing(
    tab: Tab, scored: Iterable[Target], ours: Mapping[str, Decimal | None], hidden: Set[tuple[int, int]]
) -> Iterator[tuple[str, Decimal]]:
    for target in scored:
        number = target.number
        if number is None or ours.get(target.item.key) == number or target.cell.place in hidden:
            continue
        if shows_same(target.column, tab.value(*target.cell.place), number):
            yield target.item.key, number


def _told_once(tab: Tab, new: Sequence[Target], copied: CopiedScores) -> Problem:
    """By the next pass the numbers in the cells are those of the copy itself."""
    cell = next(target.cell for target in new if target.item.key in copied.numbers)
    return problem("scores-copied", cell, title=tab.title, other=copied.original, count=len(copied.numbers))


def _outside(tab: Tab, targets: Iterable[Target]) -> Iterator[Problem]:
    """Score columns that the tab does not have, one problem each. Google would refuse the whole write for them."""
    outside = (target for target in targets if target.cell.column >= tab.columns)
    for column, found in groupby(sorted(outside, key=_column), key=_column):
        last = column_letters(tab.columns - 1)
        yield problem("score-outside", next(found).cell, title=tab.title, column=column_letters(column), last=last)


def _column(target: Target) -> int:
    return target.cell.column


def _shared(targets: Iterable[Target]) -> dict[CellRef, tuple[str, str]]:
    """Cells that two things claim for their score: neither gets it, or it would change with every pass."""
    owner: dict[CellRef, Objective | KeyResult] = {}
    found: dict[CellRef, tuple[str, str]] = {}
    for target in targets:
        first = owner.setdefault(target.cell, target.item)
        if first.key != target.item.key:
            found.setdefault(target.cell, (first.text, target.item.text))
    return found


def _decided(
    tab: Tab,
    target: Target,
    *,
    ours: Mapping[str, Decimal | None],
    hidden: Set[tuple[int, int]],
    foreign: Set[CellRef],
    language: NumberLanguage,
    tell: bool,
) -> CellWrite | Problem | None:
    row, column = target.cell.row, target.cell.column
    score = target.score
    new = target.number
    if (row, column) in hidden:
        return None if new is None else problem("score-merged", target.cell, text=target.item.text, ours=new)
    held = tab.value(row, column)
    if target.cell in foreign:
        return _left_alone(tab, target, language)
    if score.stale:
        return None
    if new is None:
        return _taken_back(target, held, ours, tell)
    if held is not None and shows_same(target.column, held, new):
        return None
    return _write(target, held, new, tell)


def _is_foreign(tab: Tab, target: Target) -> bool:
    """Whether a cell holds a person's formula or text, other than one that stands for an empty cell."""
    if target.cell.place in tab.formulas:
        return True
    held = tab.value(*target.cell.place)
    return held is not None and not is_number(held) and not _is_placeholder(held, target.column)


def _is_placeholder(held: Scalar, column: ScoreColumn) -> bool:
    """Whether a cell holds a text that the mapping calls empty."""
    return isinstance(held, str) and key_of(held) in map(key_of, column.empty)


def _left_alone(tab: Tab, target: Target, language: NumberLanguage) -> Problem | None:
    """A formula or a text stays; it is a problem only where it shows something else than the score."""
    held, formula = tab.value(*target.cell.place), tab.formulas.get(target.cell.place)
    score = target.score.value
    if score is None or _says_the_same(target.column, held, score, language):
        return None
    shown, ours = _side_by_side(tab, target)
    if formula is None and isinstance(held, str):
        return problem("score-is-text", target.cell, text=held, ours=ours)
    what = f"“{text_of(held) if formula is None else formula or '{=…}'}”"
    return problem("score-differs", target.cell, held=shown, ours=ours, what=what)


def _side_by_side(tab: Tab, target: Target) -> tuple[str, str]:
    """What a cell shows and our score, both as percentages where one of them is."""
    held, ours = tab.value(*target.cell.place), target.number
    written = isinstance(held, str) and held.rstrip().endswith(("%", "％"))
    as_percent = written or target.column.scale == "percent" or target.cell.place in tab.percents
    told = "—" if ours is None else _percent(ours / _full(target.column)) if as_percent else str(ours)
    number = number_in(held)
    if number is None:
        return text_of(held) or "—", told
    return _percent(number) if as_percent else _plain(rounded(number, 4)), told


def _percent(share: Decimal) -> str:
    return f"{_plain(rounded(share * 100, 2))}%"


def _says_the_same(column: ScoreColumn, held: Scalar, score: Decimal, language: NumberLanguage) -> bool:
    """Whether a number or text of people's is the score, as exactly as they give it: "67%" is 0.669."""
    full = _full(column)
    if is_number(held):
        number = number_in(held)
        near = number is not None and abs(number / full - score) < FLOATING
        return near or shows_same(column, held, on_scale(score, column.scale, column.decimals))
    written = parse_number(text_of(held), language)
    if (
        not isinstance(written, Number)
        or written.unit not in ("", "%")
        or written.limit
        or written.upper
        or written.steps
    ):
        return False
    places = -int(written.value.as_tuple().exponent)
    return written.value == rounded_score(score, places, 1 if written.unit == "%" else full)


def _taken_back(
    target: Target, held: Scalar, ours: Mapping[str, Decimal | None], tell: bool
) -> CellWrite | Problem | None:
    """Another number than we wrote may be a person's, or ours of a time that a restored database does not know."""
    wrote = ours.get(target.item.key)
    if not is_number(held) or wrote is None or target.score.problem not in _TAKEN_BACK:
        return None
    if shows_same(target.column, held, wrote):
        return _write(target, held, None, tell)
    return problem("score-left", target.cell, text=target.item.text, held=text_of(held))


def _write(target: Target, held: Scalar, new: Decimal | None, tell: bool) -> CellWrite:
    kind: Literal["objective", "key_result"] = "objective" if isinstance(target.item, Objective) else "key_result"
    return CellWrite(target.cell, kind, target.item.key, held, new, _why(target) if tell else "")


def _why(target: Target) -> str:
    if isinstance(target.item, Objective):
        mean = mean_working(target.score, lambda value: _plain(rounded_score(value, 2)), _plain, MOST_PARTS_TOLD)
        return mean or target.score.problem
    return working(target.item, target.score, _plain) or target.score.problem


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _full(column: ScoreColumn) -> int:
    return 1 if column.scale == "percent" else column.scale


def _protected(tab: TabReading, writes: Sequence[CellWrite]) -> Problem | None:
    """A tab may not be written where what is planned would go into protected cells."""
    places = {write.cell.place: write.cell for write in writes}
    barred = [area for area in tab.tab.protections if any(place in area for place in places)]
    if not barred:
        return None
    cell = next(cell for place, cell in places.items() if any(place in area for area in barred))
    ranges = listed(area.a1 or tab.tab.title for area in barred)
    return problem("tab-protected", cell, title=tab.tab.title, ranges=ranges)


def _first_contact(tab: TabReading, new: Sequence[Target], ours: Mapping[str, Decimal | None]) -> Problem | None:
    """A tab may not be written where score columns that are `new` to us hold numbers of people's."""
    theirs = {target.cell: target for target in new if is_theirs(tab.tab, target, ours)}
    if not theirs:
        return None
    first = next(iter(theirs.values()))
    held, score = _side_by_side(tab.tab, first)
    return problem("first-contact", first.cell, title=tab.tab.title, count=len(theirs), held=held, ours=score)
