"""A tab as a write was planned on it: what is kept of it, and whether the write landed on it as it was."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal

from sync.domain.cells import CellRef
from sync.domain.changes import changed_cells
from sync.domain.collecting import without_collecting
from sync.domain.grid import Book, CellWrite, Formula, Scalar, Tab, text_of
from sync.passes.repair.line_map import NOTHING, LineMap, MaskedCells, Place, line_map_between
from sync.passes.repair.references import tabs_named
from sync.reading import BookReading, TabReading


@dataclass(frozen=True, slots=True)
class Baseline:
    """A tab as a write was planned on it, and what tells its rows and columns apart.

    The header ends with row `header_rows`, outside, and is `header_height` rows high; 0 where there is none. `owned`
    are the cells whose content is ours to set, `elsewhere` the other tabs that formulas here refer to.
    """

    tab: Tab
    header_rows: int
    header_height: int
    identity_columns: tuple[int, ...]
    owned: frozenset[Place] = frozenset()
    elsewhere: tuple[Tab, ...] = ()

    @property
    def header(self) -> range:
        """The rows of the header."""
        return range(self.header_rows - self.header_height, self.header_rows)

    def tells_alone(self, rows: Iterable[int]) -> bool:
        """Whether these rows can be told by their names, whatever happens to all others here and on other tabs."""
        return not self.elsewhere and all(_is_alone(self.tab, row, self.identity_columns) for row in rows)

    def line_map_to(self, now: Tab, masked: MaskedCells = NOTHING) -> LineMap:
        """Which row and column each of the tab as it is now was here."""
        return line_map_between(self.tab, self.header, self.identity_columns, now, masked)

    def after(self, line_map: LineMap, now: Tab) -> "Baseline":
        """The baseline of the same tab after these moves."""
        columns = sorted(
            line_map.column_home[column] for column in self.identity_columns if column in line_map.column_home
        )
        owned = frozenset(home for place in self.owned if (home := line_map.home(place)) is not None)
        return Baseline(now, line_map.header.stop, len(line_map.header), tuple(columns), owned)


@without_collecting()
def baselines(
    book: Book,
    reading: BookReading,
    writes: Sequence[CellWrite],
    owned: Iterable[CellRef] = (),
    earlier: Iterable[Baseline] = (),
) -> tuple[Baseline, ...]:
    """A baseline of each tab that is written to; of one that cannot be read any more by what an `earlier` one tells.

    `owned` are the cells whose content is ours to set.
    """
    known = {baseline.tab.sheet_id: baseline for baseline in earlier}
    ours: dict[int, set[Place]] = {}
    for cell in owned:
        ours.setdefault(cell.sheet_id, set()).add(cell.place)
    found = []
    for sheet_id in dict.fromkeys(write.cell.sheet_id for write in writes):
        tab = book.tab(sheet_id)
        parts = [part for part in reading.tabs if part.tab.sheet_id == sheet_id and not part.refused]
        if tab is not None and parts:
            found.append(replace(_baseline(tab, parts), owned=frozenset(ours.get(sheet_id, ()))))
        elif tab is not None and sheet_id in known:
            found.append(known[sheet_id].after(known[sheet_id].line_map_to(tab), tab))
    return tuple(replace(baseline, elsewhere=_elsewhere(book, baseline.tab, writes)) for baseline in found)


def _elsewhere(book: Book, tab: Tab, writes: Iterable[CellWrite]) -> tuple[Tab, ...]:
    """The other tabs that formulas on a tab refer to, or those that are to be put back on it."""
    repairs = (write.instead_of or write for write in writes if write.cell.sheet_id == tab.sheet_id)
    sent = (repair.new.text for repair in repairs if isinstance(repair.new, Formula))
    named = {title for formula in (*tab.formulas.values(), *sent) for title in tabs_named(formula)}
    return tuple(other for other in book.tabs if other.title in named and other.sheet_id != tab.sheet_id)


def _baseline(tab: Tab, parts: Sequence[TabReading]) -> Baseline:
    """Of all mappings of a tab together; its columns are known by the uppermost header."""
    top = min(parts, key=lambda part: part.header_rows)
    columns = {column for part in parts for column in part.identity_columns}
    return Baseline(tab, top.header_rows, top.header_height, tuple(sorted(columns)))


@without_collecting()
def is_verified(
    before: Iterable[Baseline],
    writes: Sequence[CellWrite],
    answers: Iterable[Tab],
    rows: Mapping[int, Set[int]] | None = None,
) -> bool:
    """Whether every cell shows what was written, and no row and no header of a written tab had moved or changed.

    `answers` are the written tabs right after it. A formula that was put back is not seen to have landed by that: what
    it refers to may have moved on other tabs. With `rows`, by sheet id, the answers show no others beside the header.
    """
    seen = {tab.sheet_id: tab for tab in answers}
    return all(
        baseline.tab.sheet_id in seen
        and _unmoved(
            baseline,
            writes,
            seen[baseline.tab.sheet_id],
            None if rows is None else rows.get(baseline.tab.sheet_id, frozenset()),
        )
        for baseline in before
    ) and all(_is_shown(write, seen) for write in writes)


def _is_shown(write: CellWrite, answers: Mapping[int, Tab]) -> bool:
    return not isinstance(write.new, Formula) and shows(answers[write.cell.sheet_id], write.cell.place, write)


def _is_alone(tab: Tab, row: int, columns: Sequence[int]) -> bool:
    """Whether no other row of a tab has the name of this one."""
    named = [column for column in columns if tab.text(row, column)]
    alike: Iterable[int] = range(len(tab.values)) if named else ()
    for column in named:
        wanted = tab.text(row, column)
        alike = [each for each in alike if tab.text(each, column) == wanted]
    return list(alike) == [row]


def _unmoved(before: Baseline, writes: Sequence[CellWrite], answer: Tab, rows: Set[int] | None) -> bool:
    tab = before.tab
    written = {write.cell.place for write in writes if write.cell.sheet_id == tab.sheet_id}

    def same(places: Iterable[Place]) -> bool:
        return all(place in written or _holds_the_same(tab, answer, place) for place in places)

    if rows is not None:
        header = ((row, column) for row in before.header for column in range(tab.width))
        return same(header) and same((row, column) for row in rows for column in before.identity_columns)
    changed = {row for row, _ in _changed(tab, answer) - written}
    if not same((row, column) for row in changed.intersection(before.header) for column in range(tab.width)):
        return False
    below = [row for row in changed if row >= before.header_rows]
    if not below:
        return True
    names = [tuple(tab.text(row, column) for column in before.identity_columns) for row in range(len(tab.values))]
    carriers = Counter(names)
    for row in below:
        # A row that shares its name, or has none, is the same where all that it says is.
        is_known = row < len(names) and any(names[row]) and carriers[names[row]] == 1
        columns = before.identity_columns if is_known else range(tab.width)
        if not same((row, column) for column in columns):
            return False
    return True


def _changed(one: Tab, other: Tab) -> set[Place]:
    """The cells that show or hold something else."""
    values = changed_cells(one.values, other.values)
    formulas = {place for place, _ in one.formulas.items() ^ other.formulas.items()}
    return formulas.union((row, column) for row, columns in values.items() for column in columns)


def _holds_the_same(one: Tab, other: Tab, place: Place) -> bool:
    formula = one.formulas.get(place)
    return formula == other.formulas.get(place) and (bool(formula) or one.text(*place) == other.text(*place))


def shown(write: CellWrite) -> Scalar:
    """What a cell shows after a write of ours; a formula that was put back, most likely what it showed before."""
    if isinstance(write.new, Formula):
        return write.new.shows
    return float(write.new) if isinstance(write.new, Decimal) else write.new


def shows(tab: Tab, place: Place, write: CellWrite) -> bool:
    """Whether a cell shows what was written."""
    return tab.text(*place) == text_of(shown(write))
