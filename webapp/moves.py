"""What moved since last week. Pure."""

from collections.abc import Iterable
from decimal import Decimal

from sync.okr import Objective, Status
from sync.scoring import ZERO, rounded
from webapp.company import Company

SHOWN_DECIMALS = 2


def move_of(key: str, company: Company) -> Decimal:
    """How far a score has moved in a week, as the two numbers are shown; 0 where one of them is not known."""
    now, before = company.score(key).value, company.before.get(key)
    if now is None or before is None:
        return ZERO
    return rounded(now, SHOWN_DECIMALS) - rounded(before, SHOWN_DECIMALS)


def moved_objectives(company: Company) -> list[tuple[Objective, Decimal]]:
    """The active objectives that moved, the widest move first, else in the order of the sheets."""
    active = (found for found in company.alignment.objectives.values() if found.status is Status.ACTIVE)
    return sorted(_moved(active, company), key=lambda found: -abs(found[1]))


def _moved(objectives: Iterable[Objective], company: Company) -> Iterable[tuple[Objective, Decimal]]:
    for objective in objectives:
        move = move_of(objective.key, company)
        if move:
            yield objective, move
