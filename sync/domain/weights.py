"""What key results weigh in their objective, where that is meant in percent: what they add up to, and which are blank.

Without a weight a key result counts 1. Beside percentages that would be all of it, which nobody means: it may be what
is left of 100, or nothing.
"""

from collections.abc import Sequence
from decimal import Decimal

from sync.domain.okr import KeyResult

# Above this, weights such as 30 / 30 / 40 are meant as percentages; below, as plain proportions.
MOST_PLAIN_WEIGHT = 10

ZERO = Decimal(0)


def look_like_percents(key_results: Sequence[KeyResult]) -> bool:
    """Whether those of one objective are weighed in percent. A bare number of a single one says nothing."""
    return _name_percents(key_results) or (
        len(key_results) > 1 and max(_typed(key_results), default=ZERO) >= MOST_PLAIN_WEIGHT
    )


def percents(key_results: Sequence[KeyResult]) -> Decimal:
    """What the weights of one objective's key results add up to, percentages as people write them."""
    return sum(_typed(key_results), ZERO) * (100 if _name_percents(key_results) else 1)


def blank_beside_percents(key_results: Sequence[KeyResult]) -> list[KeyResult]:
    """Those whose weight is missing beside percentages."""
    blank = [found for found in key_results if found.weight_blank]
    return blank if blank and look_like_percents(key_results) else []


def _typed(key_results: Sequence[KeyResult]) -> list[Decimal]:
    return [found.weight for found in key_results if found.weight is not None and not found.weight_blank]


def _name_percents(key_results: Sequence[KeyResult]) -> bool:
    return any(found.weight_unit == "%" for found in key_results)
