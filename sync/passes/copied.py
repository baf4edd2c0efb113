"""What came along when a tab was copied for a new period: our scores of the old one, and its current values.

Pure. Our own numbers in a copy are no first contact with people's numbers. A tab is a copy only where each of them is
what we wrote into one other tab of the same mapping; a single number of somebody's makes it wait like any other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sync.domain.grid import Tab
from sync.domain.keys import key_of
from sync.domain.memory import ScorePlace
from sync.domain.okr import KeyResult
from sync.domain.periods import Calendar, Span
from sync.domain.problems import Problem, listed, problem
from sync.passes.targets import Target, is_theirs, number_in, score_places, shows_same
from sync.reading import TabReading

# One value that stays the same may well be meant; two, and half of all, are left over.
FEWEST_LEFT_OVER = 2


@dataclass(frozen=True, slots=True)
class CopiedScores:
    """Numbers of ours in a copied tab, by key of what they stand beside; `original` is the tab that they come from."""

    original: str
    numbers: Mapping[str, Decimal]


def copied_scores(
    tab: TabReading,
    new: Sequence[Target],
    others: Iterable[tuple[TabReading, Sequence[Target]]],
    ours: Mapping[str, Decimal | None],
    owned_columns: frozenset[ScorePlace],
) -> CopiedScores | None:
    """The scores that came with a copy, where all of `new`, score cells that are not ours yet, hold such or nothing.

    `others` are the spreadsheet's tabs with their score cells. None: what stands there is not all from one tab of ours.
    """
    theirs = [target for target in new if is_theirs(tab.tab, target, ours)]
    for other, targets in others if theirs else ():
        is_other = other.tab.sheet_id != tab.tab.sheet_id and score_places(other) <= owned_columns
        if is_other and is_alike(tab, other):
            written = _Written(targets, ours)
            if all(written.explains(tab.tab, target) for target in theirs):
                return CopiedScores(other.tab.title, dict(_numbers(tab.tab, theirs)))
    return None


def _numbers(tab: Tab, targets: Iterable[Target]) -> Iterator[tuple[str, Decimal]]:
    for target in targets:
        number = number_in(tab.value(*target.cell.place))
        if number is not None:
            yield target.item.key, number


class _Written:
    """What we wrote into a tab, by the place and by the name of what it stands beside: rows of a copy move, too."""

    def __init__(self, targets: Iterable[Target], ours: Mapping[str, Decimal | None]) -> None:
        self._by_place: dict[tuple[int, int], Decimal] = {}
        self._by_name: dict[tuple[str, str], list[Decimal]] = {}
        for target in targets:
            wrote = ours.get(target.item.key)
            if wrote is not None:
                self._by_place[target.cell.place] = wrote
                self._by_name.setdefault(_name(target), []).append(wrote)

    def explains(self, tab: Tab, target: Target) -> bool:
        """Whether the number in a score cell is one of them."""
        held, here = tab.value(*target.cell.place), self._by_place.get(target.cell.place)
        candidates = [*self._by_name.get(_name(target), ()), here]
        return any(wrote is not None and shows_same(target.column, held, wrote) for wrote in candidates)


def _name(target: Target) -> tuple[str, str]:
    return type(target.item).__name__, key_of(target.item.id or target.item.text)


def left_over(readings: Sequence[TabReading], calendar: Calendar) -> Iterator[Problem]:
    """Current values that a copied tab still has from the period before, as long as they are most of what it holds."""
    tabs = [found for reading in readings if (found := _dated(reading, calendar))]
    for tab in tabs:
        before = (other for other in tabs if other.days.last < tab.days.first and is_alike(tab.reading, other.reading))
        for other in before:
            yield from _left_over_from(tab, other)


def is_alike(one: TabReading, other: TabReading) -> bool:
    """Whether two tabs are mapped in the same way, by one entry of the configuration or by two that say the same."""
    if one.mapping is other.mapping:
        return True
    return one.mapping.model_copy(update={"title": other.mapping.title}) == other.mapping


@dataclass(frozen=True, slots=True)
class _DatedTab:
    """A tab, the days of all its periods together, and its key results by name."""

    reading: TabReading
    days: Span
    key_results: Mapping[str, KeyResult]


def _dated(reading: TabReading, calendar: Calendar) -> _DatedTab | None:
    spans = [calendar.period(name).span for name in {found.period for found in reading.objectives}]
    days = [span for span in spans if span is not None]
    if not days or len(days) < len(spans):
        return None
    whole = Span(min(span.first for span in days), max(span.last for span in days))
    return _DatedTab(reading, whole, {key_of(found.id or found.text): found for found in reading.key_results})


def _left_over_from(tab: _DatedTab, other: _DatedTab) -> Iterator[Problem]:
    shared = ((now, other.key_results[name]) for name, now in tab.key_results.items() if name in other.key_results)
    known = [(now, then) for now, then in shared if then.current.number is not None]
    cells = [cell for now, then in known if (cell := now.current.cell) and _is_unchanged(now, then)]
    if len(cells) >= FEWEST_LEFT_OVER and 2 * len(cells) >= len(known):
        title, original = tab.reading.tab.title, other.reading.tab.title
        places = listed(cell.a1 for cell in cells)
        yield problem("values-left-over", cells[0], title=title, other=original, cells=places)


def _is_unchanged(now: KeyResult, then: KeyResult) -> bool:
    """The current value of the period before, over the start of the period before."""
    same = now.current.number == then.current.number and now.start.number == then.start.number
    return same and now.current.number != now.start.number
