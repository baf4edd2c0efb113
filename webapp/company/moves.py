"""What moved since last week. Pure."""

from collections.abc import Mapping
from decimal import Decimal

from sync.domain.scoring import Score, rounded_score

SHOWN_DECIMALS = 2


def moves_of(scores: Mapping[str, Score], before: Mapping[str, Decimal | None]) -> dict[str, Decimal]:
    """How far each score has moved that has, by key: the difference of the two numbers as they are shown.

    A score that was not there a week ago, or is not there now, has not moved.
    """
    found: dict[str, Decimal] = {}
    for key, score in scores.items():
        past = before.get(key)
        if score.value is not None and past is not None and score.value != past:
            move = rounded_score(score.value, SHOWN_DECIMALS) - rounded_score(past, SHOWN_DECIMALS)
            if move:
                found[key] = move
    return found
