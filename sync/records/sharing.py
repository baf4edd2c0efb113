"""What is alike in a view becomes one object: a view that was just unpacked holds each 0, 1 and 100 many times, and the
name of its tab with each of its cells.

A process keeps the views of all spreadsheets, and of a company of 60,000 key results the numbers alone are half a
million. Changes no value, and decides nothing about storage.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from msgspec import structs

from sync.domain.cells import CellRef
from sync.domain.okr import Amount, KeyResult, Objective
from sync.domain.scoring import Score
from sync.domain.snapshot import Snapshot


def shared(snapshot: Snapshot) -> Snapshot:
    """The same view; numbers that are written alike, and the names of tabs, are one object in it."""
    alike = _Alike()
    return replace(
        snapshot,
        objectives=tuple(alike.of_objective(objective) for objective in snapshot.objectives),
        key_results=tuple(alike.of_key_result(key_result) for key_result in snapshot.key_results),
        scores={key: alike.of_score(score) for key, score in snapshot.scores.items()},
    )


class _Alike:
    """The numbers of one view by how they are written (1 and 1.0 are equal, and stay two), and its names of tabs."""

    def __init__(self) -> None:
        self._known: dict[str, Decimal] = {}
        self._names: dict[str, str] = {}
        self._blank = Amount()

    def of_objective(self, objective: Objective) -> Objective:
        cells = self._cells(objective.score_cells)
        return structs.replace(
            objective, cell=self._cell(objective.cell), score_cells=cells, weight=self._one(objective.weight)
        )

    def of_key_result(self, key_result: KeyResult) -> KeyResult:
        return structs.replace(
            key_result,
            cell=self._cell(key_result.cell),
            score_cells=self._cells(key_result.score_cells),
            start=self._amount(key_result.start),
            target=self._amount(key_result.target),
            current=self._amount(key_result.current),
            weight=self._any(key_result.weight),
        )

    def of_score(self, score: Score) -> Score:
        parts = tuple((self._one(weight), self._one(value)) for weight, value in score.parts)
        return structs.replace(score, value=self._any(score.value), raw=self._any(score.raw), parts=parts)

    def _amount(self, amount: Amount) -> Amount:
        if amount == self._blank:
            return self._blank
        cell = None if amount.cell is None else self._cell(amount.cell)
        return structs.replace(amount, number=self._any(amount.number), upper=self._any(amount.upper), cell=cell)

    def _cells(self, cells: Iterable[CellRef]) -> tuple[CellRef, ...]:
        return tuple(map(self._cell, cells))

    def _cell(self, cell: CellRef) -> CellRef:
        name = self._names.setdefault
        spreadsheet, tab = name(cell.spreadsheet, cell.spreadsheet), name(cell.tab, cell.tab)
        return CellRef(spreadsheet, cell.sheet_id, tab, cell.row, cell.column)

    def _any(self, number: Decimal | None) -> Decimal | None:
        return None if number is None else self._one(number)

    def _one(self, number: Decimal) -> Decimal:
        return self._known.setdefault(str(number), number)
