"""Score cells: which cells take a score, in which column of ours, and what a cell shows. Pure; decides nothing."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from sync.config.sources import ScoreColumn
from sync.domain.cells import CellRef
from sync.domain.grid import Scalar, Tab
from sync.domain.keys import key_of
from sync.domain.memory import ScorePlace
from sync.domain.okr import KeyResult, Objective
from sync.domain.scoring import Score, decimals_on, on_scale, rounded
from sync.reading import TabReading
from sync.reading.numbers import from_cell


class Target(Struct, frozen=True, gc=False):
    """A score cell of ours and what belongs into it; `number` is the score as the cell is to hold it."""

    cell: CellRef
    column: ScoreColumn
    item: Objective | KeyResult
    score: Score
    number: Decimal | None

    @property
    def score_place(self) -> "ScorePlace":
        """The score column that the cell is in."""
        return self.cell.sheet_id, place_name(self.column)


def score_places(tab: TabReading) -> frozenset[ScorePlace]:
    """The score columns that a mapping names on a tab, by sheet id and what the mapping calls them."""
    columns = (tab.mapping.objective, *tab.mapping.key_result)
    return frozenset(
        (tab.tab.sheet_id, place_name(fields.score)) for fields in columns if fields is not None and fields.score
    )


def place_name(score: ScoreColumn) -> str:
    name = "/".join(key_of(text) for text in score.header) or f"column {score.column}"
    return f"{key_of(score.under)} > {name}" if score.under else name


def targets_of(
    tab: TabReading, items: Mapping[str, Objective | KeyResult], scores: Mapping[str, Score]
) -> Iterator[Target]:
    for key, cells in tab.score_cells.items():
        column = tab.score_column(items[key])
        # What a tab adds to an objective that is not believed may wait for its score.
        if column is not None and key in scores:
            score = scores[key]
            number = None if score.value is None else on_scale(score.value, column.scale, column.decimals)
            yield from (Target(cell, column, items[key], score, number) for cell in cells)


def covered(tab: Tab) -> frozenset[tuple[int, int]]:
    """The cells that are hidden below a merged one."""
    return frozenset(
        (row, column)
        for area in tab.merges
        for row in range(area.top, area.bottom)
        for column in range(area.left, area.right)
        if (row, column) != (area.top, area.left)
    )


def is_number(held: Scalar) -> bool:
    return isinstance(held, int | float) and not isinstance(held, bool)


def number_in(held: Scalar) -> Decimal | None:
    """The number of a cell; None where it holds none, or one out of all measure."""
    return from_cell(held) if isinstance(held, int | float) and not isinstance(held, bool) else None


def shows_same(column: ScoreColumn, held: Scalar, new: Decimal) -> bool:
    """Whether a cell shows what it would show with our number in it."""
    if not is_number(held):
        return False
    decimals = decimals_on(column.scale) if column.decimals is None else column.decimals
    return _shown(held, decimals, 100 if column.scale == "percent" else 1) == new


@lru_cache(maxsize=4096)
def _shown(held: float, decimals: int, shown_as: int) -> Decimal | None:
    number = from_cell(held)
    return None if number is None else rounded(number * shown_as, decimals) / shown_as


def is_theirs(tab: Tab, target: Target, ours: Mapping[str, Decimal | None]) -> bool:
    """Whether a cell holds a number that is neither the score nor what we last wrote."""
    held = tab.value(target.cell.row, target.cell.column)
    if not is_number(held) or target.cell.place in tab.formulas:
        return False
    known = (target.number, ours.get(target.item.key))
    return not any(number is not None and shows_same(target.column, held, number) for number in known)
