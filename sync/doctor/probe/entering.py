"""Facts about texts and numbers: what becomes of a typed text goes by the sheet's locale, a number of ours does not."""

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol, get_group_symbol

from sync.doctor.probe.fact import Fact, Observation, compared, shown
from sync.doctor.probe.scratch import Scratch, rows_of
from sync.domain.grid import Scalar

_NUMBERS: list[Scalar] = [1.5, 1_200_000, 0.45]


def _own_notation(scratch: Scratch) -> Observation:
    decimal, group = _symbols(scratch.locale)
    return _entered(scratch, decimal, group, "USER_ENTERED", _NUMBERS)


def _other_notation(scratch: Scratch) -> Observation:
    """What a person from elsewhere types. Whatever it becomes, we must not count on the number that was meant."""
    decimal, group = (",", ".") if _symbols(scratch.locale)[0] == "." else (".", ",")
    seen = _entered(scratch, decimal, group, "USER_ENTERED", _NUMBERS)
    return Observation(seen.text, not seen.as_expected)


def _raw(scratch: Scratch) -> Observation:
    decimal, group = _symbols(scratch.locale)
    return _entered(scratch, decimal, group, "RAW", list(_typed(decimal, group)))


def _number_by_values(scratch: Scratch) -> Observation:
    scratch.lay()
    scratch.enter([_NUMBERS], "USER_ENTERED")
    return compared(rows_of(scratch.tab(), 1, len(_NUMBERS))[0], _NUMBERS)


def _entered(scratch: Scratch, decimal: str, group: str, option: str, wanted: list[Scalar]) -> Observation:
    texts = _typed(decimal, group)
    scratch.lay()
    scratch.enter([texts], option)
    [row] = rows_of(scratch.tab(), 1, len(texts))
    told = ", ".join(f"“{text}” → {shown(value)}" for text, value in zip(texts, row, strict=True))
    return Observation(f"{scratch.locale}: {told}", compared(row, wanted).as_expected)


def _typed(decimal: str, group: str) -> tuple[str, ...]:
    return f"1{decimal}5", f"1{group}200{group}000", "45%"


def _symbols(locale: str) -> tuple[str, str]:
    """The sheet's own decimal and group symbols. Raises ValueError."""
    try:
        parsed = Locale.parse(locale)
    except UnknownLocaleError as error:
        raise ValueError(str(error)) from None
    return get_decimal_symbol(parsed), get_group_symbol(parsed)


FACTS = (
    Fact("typed in the sheet's notation", "USER_ENTERED makes the number that was meant", _own_notation),
    Fact("typed in another notation", "USER_ENTERED does not make all the numbers that were meant", _other_notation),
    Fact("typed with RAW", "the text stays a text, to the character", _raw),
    Fact("numbers as JSON", "a number stays that number under USER_ENTERED too", _number_by_values),
)
