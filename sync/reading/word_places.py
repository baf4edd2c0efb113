"""Where words of ours go: the cells of an objective or key result that take each of them."""

from collections.abc import Iterable, Mapping

from sync.domain.cells import CellRef
from sync.domain.grid import Field

# By what they take; several of an objective that stands on several rows.
WordCells = Mapping[Field, tuple[CellRef, ...]]

NO_WORDS: WordCells = {}


def together(found: Iterable[WordCells]) -> WordCells:
    """The cells of several rows, each once."""
    cells: dict[Field, dict[CellRef, None]] = {}
    for each in found:
        for field, more in each.items():
            cells.setdefault(field, {}).update(dict.fromkeys(more))
    return {field: tuple(those) for field, those in cells.items()}
