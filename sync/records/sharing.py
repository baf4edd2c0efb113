"""What is alike in a view becomes one object: a view that was just unpacked holds each 0, 1 and 100 many times.

A process keeps the views of all spreadsheets, and of a company of 60,000 key results the numbers alone are half a
million. Changes no value, and decides nothing about storage.
"""

from dataclasses import replace
from decimal import Decimal

from msgspec import structs

from sync.domain.okr import Amount, KeyResult, Objective
from sync.domain.scoring import Score
from sync.domain.snapshot import Snapshot


def shared(snapshot: Snapshot) -> Snapshot:
    """The same view; numbers that are written alike are one object in it."""
    numbers = _Numbers()
    return replace(
        snapshot,
        objectives=tuple(numbers.of_objective(objective) for objective in snapshot.objectives),
        key_results=tuple(numbers.of_key_result(key_result) for key_result in snapshot.key_results),
        scores={key: numbers.of_score(score) for key, score in snapshot.scores.items()},
    )


class _Numbers:
    """The numbers of one view by how they are written: 1 and 1.0 are equal, and stay two."""

    def __init__(self) -> None:
        self._known: dict[str, Decimal] = {}
        self._blank = Amount()

    def of_objective(self, objective: Objective) -> Objective:
        return structs.replace(objective, weight=self._one(objective.weight))

    def of_key_result(self, key_result: KeyResult) -> KeyResult:
        return structs.replace(
            key_result,
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
        return structs.replace(amount, number=self._any(amount.number), upper=self._any(amount.upper))

    def _any(self, number: Decimal | None) -> Decimal | None:
        return None if number is None else self._one(number)

    def _one(self, number: Decimal) -> Decimal:
        return self._known.setdefault(str(number), number)
