"""The working of a score: arithmetic in signs and numbers that a reader can redo. The policy itself is `scoring`."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from sync.domain.okr import Amount, KeyResult, Metric
from sync.domain.scoring import GIVEN, ZERO, Score, number_of, rounded, rounded_score, start_of


def working(
    key_result: KeyResult,
    score: Score,
    show: Callable[[Decimal], str],
    show_score: Callable[[Decimal], str] | None = None,
) -> str:
    """How the score came about, as arithmetic that a reader can redo: "(36 − 30) ÷ (50 − 30) = 0.30".

    `show` writes a number in the reader's language, `show_score` a score, where that is not written like the numbers
    that it is made of. Empty where there is no score to explain.
    """
    if score.value is None or score.stale:
        return ""
    show_score = show_score or show
    result = show_score(rounded_score(score.value, 2))
    if key_result.metric in (Metric.LINEAR, Metric.LINEAR_DOWN, Metric.STEPS):
        fraction = _fraction(key_result, show)
        if score.raw is not None and score.raw != score.value:
            return f"{fraction} = {show_score(rounded(score.raw, 2))} → {result}"
        return f"{fraction} = {result}"
    current = show(number_of(key_result.current))
    if key_result.metric in GIVEN:
        return f"{_as_typed(key_result.current) or current} → {result}"
    return f"{current} {_comparison(key_result, show)} {'✓' if score.value else '✗'} → {result}"


def mean_working(
    score: Score,
    show_score: Callable[[Decimal], str],
    show_weight: Callable[[Decimal], str],
    most: int | None = None,
) -> str:
    """How an objective's score came about: "(2 × 0.30 + 3 × 0.80) ÷ 5 = 0.60"; weights only where they differ.

    Of more than `most` parts, those before the last are "…". Empty where there is no score.
    """
    if score.value is None or not score.parts:
        return ""
    equal = len({weight for weight, _ in score.parts}) == 1
    terms = [
        show_score(value) if equal else f"{show_weight(weight)} × {show_score(value)}" for weight, value in score.parts
    ]
    whole = Decimal(len(terms)) if equal else sum((weight for weight, _ in score.parts), ZERO)
    if most is not None and len(terms) > most:
        terms = [*terms[: most - 2], "…", terms[-1]]
    return f"({' + '.join(terms)}) ÷ {show_weight(whole)} = {show_score(score.value)}"


def _fraction(key_result: KeyResult, show: Callable[[Decimal], str]) -> str:
    current, target, start = (
        show(number_of(key_result.current)),
        show(number_of(key_result.target)),
        start_of(key_result),
    )
    return f"({current} − {show(start)}) ÷ ({target} − {show(start)})" if start else f"{current} ÷ {target}"


def _as_typed(amount: Amount) -> str:
    """The words of a cell; empty where it held a plain number."""
    try:
        return "" if Decimal(amount.text.replace(",", ".")) == amount.number else amount.text
    except InvalidOperation:
        return amount.text


def _comparison(key_result: KeyResult, show: Callable[[Decimal], str]) -> str:
    target = show(number_of(key_result.target))
    if key_result.metric is Metric.BETWEEN:
        return f"∈ [{target}; {show(key_result.target.upper or ZERO)}]"
    mark = {(Metric.AT_MOST, False): "≤", (Metric.AT_MOST, True): "<", (Metric.AT_LEAST, False): "≥"}
    return f"{mark.get((key_result.metric, key_result.strict), '>')} {target}"
