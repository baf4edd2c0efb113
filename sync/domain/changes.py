"""Which cells of a tab are others than they were. Pure."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from sync.domain.grid import CellError, Scalar, Values

# Columns by row.
Changed = dict[int, frozenset[int]]

_NOTHING: Sequence[Scalar] = ()


def changed_cells(then: Values, now: Values) -> Changed:
    """Cells that show something else; empty ones at the end of a row or tab are none."""
    found: Changed = {}
    for row, (one, other) in enumerate(zip_longest(then, now, fillvalue=_NOTHING)):
        # 1 and TRUE are equal, and not the same.
        if one != other or bool in map(type, one) or bool in map(type, other):
            columns = frozenset(_columns(one, other))
            if columns:
                found[row] = columns
    return found


def _columns(then: Sequence[Scalar], now: Sequence[Scalar]) -> Iterator[int]:
    return (column for column, (one, other) in enumerate(zip_longest(then, now)) if not is_same_cell(one, other))


def is_same_cell(one: Scalar, other: Scalar) -> bool:
    """Whether two cells show the same; an empty text is an empty cell."""
    if one in (None, "") or other in (None, ""):
        return one in (None, "") and other in (None, "")
    is_kind = {isinstance(each, kind) for each in (one, other) for kind in (bool, CellError)}
    return type(one) is type(other) and one == other if True in is_kind else one == other
