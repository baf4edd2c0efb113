"""Key results as the reader would have them, and what counts of a score."""

from decimal import Decimal

from sync.domain.cells import CellRef
from sync.domain.okr import Amount, KeyResult, Metric
from sync.domain.scoring import Score
from sync.reading.numbers import Number, number_language, parse_number
from sync.reading.words import yes_or_no

HERE = CellRef("book", 1, "OKR", 1, 1)


def amount(text: str) -> Amount:
    """As the reader would have it, in English."""
    if text == "":
        return Amount()
    if yes_or_no(text) is not None:
        return Amount(Decimal(bool(yes_or_no(text))), text)
    number = parse_number(text, number_language("en_US"))
    assert isinstance(number, Number)
    return Amount(number.value, text, number.unit, None, number.upper, number.limit, size=number.size)


def key_result(
    metric: Metric = Metric.LINEAR,
    start: str = "",
    target: str = "",
    current: str = "",
    *,
    strict: bool = False,
    weight: Decimal | None = Decimal(1),
    key: str = "kr",
) -> KeyResult:
    return KeyResult(
        key=key,
        text="KR",
        cell=HERE,
        objective="o",
        metric=metric,
        strict=strict,
        start=amount(start),
        target=amount(target),
        current=amount(current),
        weight=weight,
    )


def facts(score: Score) -> tuple[Decimal | None, str, int, int]:
    return score.value, score.problem, score.counted, score.total
