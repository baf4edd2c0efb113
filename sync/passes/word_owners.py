"""Whose words a cell holds: ours only where they are to the letter what we last wrote there. Pure.

That is what we wrote for what the row is now; for what stood in the row when we last looked, where a text was reworded
or exchanged for another; or, in a copy of a tab, for the same thing on the original.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from sync.domain.cells import CellRef
from sync.domain.grid import Field, Scalar, slot_of
from sync.domain.keys import key_of
from sync.domain.memory import Written
from sync.domain.okr import KeyResult, Objective
from sync.domain.snapshot import Snapshot
from sync.passes.copied import is_alike
from sync.passes.targets import number_in
from sync.reading import TabReading

Item = Objective | KeyResult
Place = tuple[int, int]


def is_same(held: Scalar, wrote: Written) -> bool:
    """Whether a cell holds just this number or text; nothing is like nothing."""
    return number_in(held) == wrote if isinstance(wrote, Decimal) else held == wrote


class WordOwners:
    """What we may have put where. `written` is what we last wrote by slot, `last` the view before this one."""

    def __init__(
        self,
        tabs: Sequence[TabReading],
        items: Mapping[str, Item],
        written: Mapping[str, Written],
        last: Snapshot | None,
    ) -> None:
        self.tabs, self.items, self.written = tabs, items, written
        self._stood = _stood(last) if last else {}
        self._originals: dict[int, list[_Original]] = {}

    def is_ours(self, held: Scalar, tab: TabReading, item: Item, field: Field, cell: CellRef) -> bool:
        """Whether what a cell holds is words of ours."""
        slots = self._slots(tab, item, field, cell)
        found = (self.written.get(slot) for slot in slots)
        return any(wrote is not None and is_same(held, wrote) for wrote in found)

    def _slots(self, tab: TabReading, item: Item, field: Field, cell: CellRef) -> Iterator[str]:
        yield slot_of(item.key, field)
        stood = self._stood.get((type(item), cell.sheet_id, cell.row), set())
        # Of several side by side, nobody knows whose cell this was.
        yield from (slot_of(key, field) for key in stood if len(stood) == 1)
        for original in self._originals_of(tab):
            yield from original.slots(item, field, cell.place)

    def _originals_of(self, tab: TabReading) -> Sequence["_Original"]:
        """The tabs that this may be a copy of: none once we have written words here."""
        sheet_id = tab.tab.sheet_id
        if sheet_id not in self._originals:
            alike = (other for other in self.tabs if other.tab.sheet_id != sheet_id and is_alike(tab, other))
            is_known = any(slot in self.written for slot in _slots_of(tab))
            self._originals[sheet_id] = [] if is_known else [_Original(other, self.items) for other in alike]
        return self._originals[sheet_id]


def _stood(last: Snapshot) -> dict[tuple[type[Item], int, int], set[str]]:
    """What stood in each row, by its kind."""
    found: dict[tuple[type[Item], int, int], set[str]] = {}
    items: list[Item] = [*last.objectives, *last.key_results]
    for item in items:
        for cell in (item.cell, *item.score_cells):
            found.setdefault((type(item), cell.sheet_id, cell.row), set()).add(item.key)
    return found


def _slots_of(tab: TabReading) -> Iterable[str]:
    return (slot_of(key, field) for key, words in tab.word_cells.items() for field in words)


class _Original:
    """A tab of the same mapping: its slots by place, and its records by name, as rows of a copy move, too."""

    def __init__(self, tab: TabReading, items: Mapping[str, Item]) -> None:
        self._by_place: dict[Place, str] = {}
        self._by_name: dict[tuple[str, str], list[str]] = {}
        for key, words in tab.word_cells.items():
            if key in items:
                self._by_name.setdefault(_name(items[key]), []).append(key)
            for field, cells in words.items():
                self._by_place.update((cell.place, slot_of(key, field)) for cell in cells)

    def slots(self, item: Item, field: Field, place: Place) -> Iterator[str]:
        yield from (slot_of(key, field) for key in self._by_name.get(_name(item), ()))
        if place in self._by_place:
            yield self._by_place[place]


def _name(item: Item) -> tuple[str, str]:
    return type(item).__name__, key_of(item.id or item.text)
