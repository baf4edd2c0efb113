"""A column whose numbers are what the others make: current by target is progress, whatever its header says."""

from collections.abc import Mapping

from sync.domain.grid import Tab
from sync.inspect.columns import Column
from sync.inspect.heads import Head

_FEWEST = 2
_SHARE = 0.7
_CLOSE = 0.011


def progress_column(head: Head, columns: Mapping[int, Column], taken: Mapping[str, int]) -> int | None:
    """The column that holds how much of the target is reached, by its numbers; `taken` are columns by role."""
    target, current = taken.get("target"), taken.get("current")
    if target is None or current is None:
        return None
    free = [index for index in columns if index not in taken.values() and columns[index].numbers]
    return next((index for index in free if _is_progress(head, index, taken)), None)


def _is_progress(head: Head, column: int, taken: Mapping[str, int]) -> bool:
    tab, hits, seen = head.tab, 0, 0
    for row in head.rows():
        shown, start = _number(tab, row, column), 0.0
        target, current = _number(tab, row, taken["target"]), _number(tab, row, taken["current"])
        if "start" in taken:
            start = _number(tab, row, taken["start"]) or 0.0
        if shown is None or target is None or current is None or target in (0, start) or not current:
            continue
        ratios = (current / target, (current - start) / (target - start))
        seen += 1
        hits += any(abs(shown / scale - ratio) < _CLOSE for ratio in ratios for scale in (1, 100))
    return seen >= _FEWEST and hits >= _SHARE * seen


def _number(tab: Tab, row: int, column: int) -> float | None:
    value = tab.value(row, column)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
