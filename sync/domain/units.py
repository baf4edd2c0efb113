"""Whether amounts can be set beside each other: what they are counted in, and in what size."""

from collections.abc import Collection
from decimal import Context, Decimal

from sync.domain.okr import Amount

# How many powers of ten lie between amounts that are hardly counted in the same size.
_FAR = 3

# Wide enough for any number that `reading` lets through.
_EXACT = Context(prec=120)


def units_disagree(amounts: Collection[Amount]) -> bool:
    """Whether two amounts name different units.

    An unnamed unit agrees with every other, except that a bare number above 1 is no fraction to set beside a
    percentage: 30 beside "65%" is thirty times too much or too little, and nobody can tell which. Nor can anybody
    whether 1.2 beside "2 tỷ" is all that there is, or 1.2 tỷ.
    """
    named = {amount.unit for amount in amounts if amount.unit and amount.number is not None}
    if len(named) > 1:
        return True
    bare = [abs(amount.number) for amount in amounts if amount.number and not amount.unit and not amount.size]
    if named == {"%"}:
        return any(number > 1 for number in bare)
    sized = [(abs(amount.number), amount.size) for amount in amounts if amount.number and amount.size]
    return any(_may_be_sized(number, *other) for number in bare for other in sized)


def _may_be_sized(number: Decimal, other: Decimal, size: int) -> bool:
    """Whether a bare number is so small beside "2 tỷ" that the words of size may go without saying."""
    return number < other.scaleb(-_FAR, _EXACT) and number < Decimal(10) ** max(size - _FAR, _FAR)
