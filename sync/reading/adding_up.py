"""Several amounts as one: what the columns of months or the rows of a log add up to.

A sum of which one part cannot be read, or is in another unit, is none: no number is better than a wrong one.
"""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import structs

from sync.domain.okr import NO_AMOUNT, Amount


def sum_of(amounts: Sequence[Amount]) -> Amount:
    """What some amounts add up to, at the place of the last; blanks are left out."""
    faulty = faulty_one(amounts)
    if faulty is not None:
        return faulty
    numbers = [amount for amount in amounts if amount.number is not None]
    if not numbers:
        return amounts[-1] if amounts else NO_AMOUNT
    if odd_one(numbers) is not None:
        return structs.replace(numbers[-1], number=None, fault="not-a-number")
    total = sum((amount.number or Decimal(0) for amount in numbers), Decimal(0))
    return structs.replace(numbers[-1], number=total, text=f"{total.normalize():f}", size=0)


def faulty_one(amounts: Sequence[Amount]) -> Amount | None:
    """The first that cannot be read: with it there is neither a sum nor a mean."""
    return next((amount for amount in amounts if amount.fault), None)


def odd_one(amounts: Sequence[Amount]) -> tuple[Amount, Amount] | None:
    """Two amounts that cannot be added up: of other units, one with a word of size and one without, or a range."""
    numbers = [amount for amount in amounts if amount.number]
    for other in numbers[1:]:
        one = numbers[0]
        is_range = one.upper is not None or other.upper is not None
        if is_range or one.unit != other.unit or (one.size == 0) != (other.size == 0):
            return one, other
    return None
