"""Which cells take words of ours, decided before anything is written. Pure.

A cell is written only where it is empty or holds what we wrote there ourselves; anything else is left and told.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from sync.domain.catalogue.word_cells import MERGED, OUTSIDE, PROTECTED, SHARED
from sync.domain.cells import CellRef, column_letters
from sync.domain.grid import CellWrite, Field, Scalar, Tab, slot_of, text_of
from sync.domain.memory import Written
from sync.domain.okr import Objective
from sync.domain.problems import Problem, problem
from sync.passes.plan import Plan
from sync.passes.targets import covered
from sync.passes.word_owners import Item, WordOwners, is_same
from sync.passes.words import Said, Wording, day_as_text
from sync.reading import BookReading, TabReading

# Day 0 of a sheet's dates.
EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell of ours for words, and whose it is."""

    tab: TabReading
    item: Item
    field: Field
    cell: CellRef


@dataclass(slots=True)
class _Left:
    """What was not written, by the sheet id and column that it is in, and why: "" for what a person wrote."""

    cells: dict[tuple[int, int, str], list[_Place]] = field(default_factory=dict)

    def add(self, place: _Place, reason: str = "") -> None:
        self.cells.setdefault((place.cell.sheet_id, place.cell.column, reason), []).append(place)

    def problems(self) -> Iterator[Problem]:
        """One for each column."""
        for (_, _, reason), places in self.cells.items():
            first = places[0]
            facts = {"header": _header(first), "title": first.tab.tab.title, "count": len(places)}
            if reason:
                yield problem("words-unwritten", first.cell, **facts, reason=reason)
            else:
                formula = first.tab.tab.formulas.get(first.cell.place)
                found = text_of(first.tab.tab.value(*first.cell.place)) if formula is None else formula or "{=…}"
                yield problem("words-kept", first.cell, **facts, found=found)


def with_words(
    plan: Plan,
    reading: BookReading,
    wording: Wording,
    owners: WordOwners,
    *,
    unbelieved: frozenset[int],
    left_alone: Set[str],
    accept: bool,
) -> Plan:
    """The plan, with all words that are to be written too.

    Tabs that the plan leaves alone, or that are `unbelieved`, and what is `left_alone`, by key, get none. With `accept`
    cells that say just what we would say are taken for ours.
    """
    places = [place for place in _places(reading, owners) if place.cell.sheet_id not in unbelieved | plan.unwritten]
    shared = _claimed_twice(reading)
    planner = _Planner(wording, owners, shared, accept)
    for place in places:
        if place.item.key not in left_alone:
            planner.decide(place)
    return replace(
        plan,
        writes=(*plan.writes, *planner.writes),
        problems=(*plan.problems, *planner.left.problems()),
        owned=plan.owned | planner.owned,
    )


def _places(reading: BookReading, owners: WordOwners) -> Iterator[_Place]:
    for tab in reading.tabs:
        for key, words in tab.word_cells.items():
            # What a tab adds to an objective that is not believed may wait.
            if key in owners.items:
                for name, cells in words.items():
                    yield from (_Place(tab, owners.items[key], name, cell) for cell in cells)


def _claimed_twice(reading: BookReading) -> frozenset[CellRef]:
    """Cells into which two different things would go."""
    seen: set[CellRef] = set()
    twice: set[CellRef] = set()
    for cells in reading.own_cells().values():
        twice |= seen.intersection(cells)
        seen.update(cells)
    return frozenset(twice)


class _Planner:
    """Collects what is to be written, what is ours, and what was left."""

    def __init__(self, wording: Wording, owners: WordOwners, shared: Set[CellRef], accept: bool) -> None:
        self.wording, self.owners, self.shared, self.accept = wording, owners, shared, accept
        self.writes: list[CellWrite] = []
        self.owned: set[CellRef] = set()
        self.left = _Left()
        self._covered: dict[int, frozenset[tuple[int, int]]] = {}

    def decide(self, place: _Place) -> None:
        """What becomes of one cell."""
        tab, cell = place.tab.tab, place.cell
        said = self.wording.of(place.item, place.field, cell, whole_row=_speaks_for_its_row(place))
        reason = self._reason(tab, cell)
        if reason:
            if said:
                self.left.add(place, reason)
            return
        held = tab.value(*cell.place)
        slot = slot_of(place.item.key, place.field)
        new = self._entered(said, tab, cell)
        if not self._is_free(held, place, new):
            if said and not is_same(held, new):
                self.left.add(place)
            return
        if held is not None:
            self.owned.add(cell)
        # Words that came here with another row are noted as ours by writing them once more.
        is_noted = held is None or is_same(held, self.owners.written.get(slot))
        if said is not None and not (is_same(held, new) and is_noted):
            self.writes.append(_write(place, held, new))
            self.owned.add(cell)

    def _entered(self, said: Said, tab: Tab, cell: CellRef) -> Written:
        """As the cell is to hold it; a day as a date where the cell is formatted as one, else as text."""
        if not isinstance(said, date):
            return said or None
        return Decimal((said - EPOCH).days) if cell.place in tab.dates else day_as_text(said, self.wording.language)

    def _is_free(self, held: Scalar, place: _Place, new: Written) -> bool:
        if place.cell.place in place.tab.tab.formulas:
            return False
        if held is None or self.owners.is_ours(held, place.tab, place.item, place.field, place.cell):
            return True
        return self.accept and is_same(held, new)

    def _reason(self, tab: Tab, cell: CellRef) -> str:
        """Why a cell cannot take anything; "" where it can."""
        if cell in self.shared:
            return SHARED
        if cell.column >= tab.columns:
            return OUTSIDE
        if tab.sheet_id not in self._covered:
            self._covered[tab.sheet_id] = covered(tab)
        if cell.place in self._covered[tab.sheet_id]:
            return MERGED
        return PROTECTED if any(cell.place in area for area in tab.protections) else ""


def _speaks_for_its_row(place: _Place) -> bool:
    """Whether a key result's message tells what is wrong with all that stands in its row."""
    objective = place.tab.mapping.objective
    return not isinstance(place.item, Objective) and (objective is None or objective.message is None)


def _write(place: _Place, held: Scalar, new: Written) -> CellWrite:
    kind: Literal["objective", "key_result"] = "objective" if isinstance(place.item, Objective) else "key_result"
    return CellWrite(place.cell, kind, place.item.key, held, new, place.field, field=place.field)


def _header(place: _Place) -> str:
    """What people call the column."""
    column = place.tab.word_column(place.item, place.field)
    return " / ".join(column.header) if column and column.header else column_letters(place.cell.column)
