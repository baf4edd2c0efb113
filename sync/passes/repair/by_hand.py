"""What people's cells held and nobody knows for certain where it belongs: kept until a person has seen to it."""

from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import dataclass, replace
from decimal import Decimal

from msgspec import structs

from sync.domain.cells import CellRef
from sync.domain.grid import Book, Entered, Formula, Tab, text_of
from sync.domain.problems import Problem, problem
from sync.passes.repair.references import alike
from sync.reading import BookReading


@dataclass(frozen=True, slots=True)
class Lost:
    """What stood in a cell before something of `ours` hit it; `cell` is the likeliest place.

    `slot` is of what we write into that cell, "" for nothing: it waits. `seen` is how often the same stood on the tab
    elsewhere. `stops_tab`: columns moved as well, so that nothing on the tab can be believed.
    """

    cell: CellRef
    held: Entered
    slot: str = ""
    seen: int = 0
    stops_tab: bool = False
    ours: Entered = None


def text(entered: Entered) -> str:
    """What was put into a cell, as text: a formula with its "="."""
    if isinstance(entered, Formula):
        return entered.text
    return text_of(float(entered) if isinstance(entered, Decimal) else entered)


def times(tab: Tab, held: Entered, hit: Set[tuple[int, int]] = frozenset()) -> int:
    """How often something stands on a tab, but for cells that we hit."""
    if isinstance(held, Formula):
        return sum(1 for place, found in tab.formulas.items() if place not in hit and alike(found, held.text))
    wanted = text(held)
    values = ((row, column) for row, cells in enumerate(tab.values) for column in range(len(cells)))
    return sum(1 for place in values if place not in hit and tab.text(*place) == wanted)


def noted(lost: Iterable[Lost], reading: BookReading) -> list[Lost]:
    """Each with the slot of what we write into its cell."""
    slots = {_where(cell): slot for slot, cells in reading.own_cells().items() for cell in cells}
    return [replace(each, slot=slots.get(_where(each.cell), "")) for each in lost]


def not_seen_to(lost: Collection[Lost], book: Book, reading: BookReading) -> Iterator[Lost]:
    """Those that nobody has seen to, each with the cell where it likely belongs as the sheet is now."""
    cells = reading.own_cells() if lost else {}
    for each in lost:
        tab = book.tab(each.cell.sheet_id)
        cell = cells[each.slot][0] if each.slot in cells else each.cell
        if tab is None or each.stops_tab or not _is_seen_to(tab, cell, each):
            yield replace(each, cell=structs.replace(cell, tab=tab.title) if tab else cell)


def _where(cell: CellRef) -> tuple[int, int, int]:
    return cell.sheet_id, *cell.place


def _is_seen_to(tab: Tab, cell: CellRef, lost: Lost) -> bool:
    """Whether it stands on the tab again, or its cell has something else of a person's."""
    held = tab.value(*cell.place)
    is_theirs = cell.place in tab.formulas or (isinstance(held, str | bool) and held != lost.ours)
    return bool(lost.slot and is_theirs) or times(tab, lost.held) > lost.seen


def stopped(lost: Iterable[Lost]) -> frozenset[int]:
    """The tabs that are not believed until a person has seen to them, by sheet id."""
    return frozenset(each.cell.sheet_id for each in lost if each.stops_tab)


def problems(lost: Iterable[Lost]) -> Iterator[Problem]:
    """What to type where."""
    for each in lost:
        held = text(each.held) or "—"
        if each.stops_tab:
            yield problem("columns-moved", each.cell, title=each.cell.tab, lost=held)
        else:
            yield problem("put-back-by-hand", each.cell, title=each.cell.tab, lost=held)
