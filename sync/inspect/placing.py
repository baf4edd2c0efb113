"""Columns that no word names, placed by what is in them and where they stand.

Sentences that repeat, or stand once above several rows, are objectives; those that differ from row to row, to the right
of them, key results. A few words and addresses say by themselves what a column is. Never sure.
"""

from collections.abc import Iterator, Mapping, Sequence

from sync.domain.keys import key_of
from sync.inspect.columns import LEAST_LENGTH, Column
from sync.inspect.ordering import ordered
from sync.inspect.relations import Numbers
from sync.inspect.status_words import SAID_OF_ROWS
from sync.reading.header_words import period_in
from sync.reading.plain import plain
from sync.reading.words import DIRECTIONS, METRICS

_MOST_NAMES = 30
_LONGEST_PERIOD = 20
_MOSTLY = 0.8


def told_by_values(columns: Sequence[Column]) -> Iterator[tuple[str, int]]:
    """Columns whose few words are enough: directions, metrics, statuses, periods, dates, addresses of people."""
    for column in columns:
        role = _told(column)
        if role:
            yield role, column.index


def _told(column: Column) -> str:
    if not column.filled:
        return ""
    if column.emails >= _MOSTLY:
        return "person"
    for role, known in (("direction", DIRECTIONS), ("metric", METRICS)):
        if _share(key_of(value) in known for value in column.values) >= _MOSTLY:
            return role
    if column.dates >= _MOSTLY:
        return "date"
    if _share(plain(value) in SAID_OF_ROWS for value in column.values) >= _MOSTLY:
        return "status"
    periods = _share(len(value) <= _LONGEST_PERIOD and bool(period_in(value)) for value in column.values)
    return "period" if periods == 1 and column.filled == column.rows else ""


def _share(hits: Iterator[bool]) -> float:
    found = list(hits)
    return sum(found) / max(len(found), 1)


def texts_placed(columns: Sequence[Column], roles: Mapping[str, int], *, certain: bool) -> dict[str, int]:
    """Columns for the objective and the key result, as far as they have none; `columns` are those without a role.

    `certain`: a header says without a doubt that it is one of the two.
    """
    sentences = [column for column in columns if _is_sentences(column)]
    key_result, objective = roles.get("key_result"), roles.get("objective")
    # Only measures tell OKRs from any other list, and where neither is named, "Title" may be both.
    named = objective is not None or key_result is not None
    if not named and "text" in roles:
        return {}
    found: dict[str, int] = {}
    measures = len({"target", "current", "start"} & roles.keys())
    if certain and ("score" in roles or sum(map(is_numbers, columns)) > 1):
        measures = max(measures, 1)
    if key_result is None:
        right = [column for column in sentences if objective is None or column.index > objective]
        best = max(right, key=_own_text, default=None)
        measures = max(measures, 2) if best is not None and _is_list(best) else measures
        if best is not None and best.distinct >= 0.6 and measures:
            found["key_result"] = key_result = best.index
    if objective is None and key_result is not None and measures:
        left = [column for column in sentences if column.index < key_result and column.opens]
        best = max(left, key=_shared_text, default=None)
        if best is not None and (named or measures > 1 or _spread(best) <= 0.8):
            found["objective"] = best.index
    return found if named or len(found) == 2 else {}


def _spread(column: Column) -> float:
    """How many different texts there are for each row."""
    return column.distinct * column.filled / max(column.rows, 1)


def _is_list(column: Column) -> bool:
    """Several lines in most cells, with numbers: what is to be reached, each on its line."""
    return column.lines >= 0.5 and all(any(char.isdigit() for char in value) for value in column.values)


def _is_sentences(column: Column) -> bool:
    named = column.emails >= 0.5 or column.dates >= 0.5 or column.marks >= 0.5
    return column.is_text and column.length >= LEAST_LENGTH and not named


def _own_text(column: Column) -> float:
    """A key result has words of its own, and many."""
    return column.distinct * min(column.length, _MOST_NAMES) * column.filled


def _shared_text(column: Column) -> float:
    """An objective stands beside several key results: repeated, or once above blanks; it is longer than a name."""
    return min(column.length, _MOST_NAMES) * (1.5 - _spread(column))


def numbers_placed(
    columns: Sequence[Column], roles: Mapping[str, int], numbers: Numbers, *, has_series: bool = False
) -> dict[str, int]:
    """Columns for start, target and current, as far as they have none, from numbers right of the key result.

    `has_series`: the current values stand in a column for each month or week.
    """
    left = max(roles.get(role, -1) for role in ("key_result", "objective", "text"))
    free = [column for column in columns if column.index > left and is_numbers(column)]
    found = {}
    if "weight" not in roles and len(weights := [column for column in free if _is_weight(column)]) == 1:
        found["weight"] = weights[0].index
        free.remove(weights[0])
    if has_series and len(free) == 1 and not {"target", "current", "score"} & roles.keys():
        return {**found, "target": free[0].index}
    if "score" not in roles and not {"target", "current"} & roles.keys() and len(free) == 1 and is_share(free[0]):
        return {**found, "score": free[0].index}
    return found | ordered([column.index for column in free], roles, numbers)


def is_share(column: Column) -> bool:
    """Numbers from nothing to all of it, which are mostly neither."""
    return all(0 <= number <= 1 for number in column.numbers) and any(number % 1 for number in column.numbers)


def _is_weight(column: Column) -> bool:
    """Some count twice or thrice, most once."""
    numbers = list(column.numbers)
    small = len(numbers) == column.filled == column.rows and set(numbers) <= {1, 2, 3, 4, 5}
    return small and len(set(numbers)) > 1 and numbers.count(1) * 2 >= len(numbers)


def is_numbers(column: Column) -> bool:
    """Whether a column holds amounts, and no dates or counting."""
    return column.filled > 0 and column.numeric >= 0.6 and column.dates < 0.5 and not is_numbering(column)


def is_numbering(column: Column) -> bool:
    """1, 2, 3 … beside each row counts them."""
    numbers = list(column.numbers)
    return len(numbers) > 2 and numbers == [numbers[0] + step for step in range(len(numbers))] and numbers[0] in (0, 1)
