"""Columns that no word names, placed by what is in them and where they stand.

Sentences that repeat, or stand once above several rows, are objectives; those that differ from row to row, to the right
of them, key results; numbers right of these are start, target and current, in that order. Never sure.
"""

from collections.abc import Iterator, Mapping, Sequence

from sync.inspect.columns import Column

_LEAST_LENGTH = 8
_MOST_NAMES = 30
# More columns of numbers than these are people or months side by side.
_MOST_NUMBERS = 4


def texts_placed(columns: Sequence[Column], roles: Mapping[str, int], *, is_certain: bool) -> dict[str, int]:
    """Columns for the objective and the key result, as far as they have none; `columns` are those without a role.

    `is_certain`: a header says without a doubt that it is one of the two.
    """
    sentences = [column for column in columns if _is_sentences(column)]
    key_result, objective = roles.get("key_result"), roles.get("objective")
    # Only measures tell OKRs from any other list, and where neither is named, "Title" may be both.
    named = objective is not None or key_result is not None
    measures = len({"target", "current"} & roles.keys())
    if is_certain and sum(map(_is_numbers, columns)) > 1:
        measures = max(measures, 1)
    if measures < (1 if named else 2) or (not named and "text" in roles):
        return {}
    found: dict[str, int] = {}
    if key_result is None:
        right = [column for column in sentences if objective is None or column.index > objective]
        best = max(right, key=_own_text, default=None)
        if best is not None and best.distinct >= 0.6:
            found["key_result"] = key_result = best.index
    if objective is None and key_result is not None:
        left = [column for column in sentences if column.index < key_result]
        if left:
            found["objective"] = max(left, key=_shared_text).index
    return found


def _is_sentences(column: Column) -> bool:
    return column.is_text and column.length >= _LEAST_LENGTH and column.emails < 0.5 and column.dates < 0.5


def _own_text(column: Column) -> float:
    """A key result has words of its own, and many."""
    return column.distinct * min(column.length, _MOST_NAMES) * column.filled


def _shared_text(column: Column) -> float:
    """An objective stands beside several key results: repeated, or once above blanks; it is longer than a name."""
    shared = 1 - column.distinct * column.filled / max(column.rows, 1)
    return min(column.length, _MOST_NAMES) * (0.5 + shared)


def numbers_placed(columns: Sequence[Column], roles: Mapping[str, int]) -> dict[str, int]:
    """Columns for start, target and current, as far as they have none, from numbers right of the key result."""
    left = roles.get("key_result", -1)
    free = [column for column in columns if column.index > left and _is_numbers(column)]
    return dict(_ordered([column.index for column in free], roles))


def _is_numbers(column: Column) -> bool:
    return column.filled > 0 and column.numeric >= 0.6 and column.dates < 0.5 and not _is_numbering(column)


def _is_numbering(column: Column) -> bool:
    """1, 2, 3 … beside each row counts them."""
    numbers = list(column.numbers)
    return len(numbers) > 2 and numbers == [numbers[0] + step for step in range(len(numbers))] and numbers[0] in (0, 1)


def _ordered(free: Sequence[int], known: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    target, current = known.get("target"), known.get("current")
    if target is None and current is not None:
        before = [column for column in free if column < current]
        names: tuple[str, ...] = ("target",) if "start" in known else ("target", "start")
        yield from zip(names, reversed(before or free), strict=False)
    elif target is not None and current is None:
        after = [column for column in free if column > target]
        yield from zip(("current",), after, strict=False)
    elif target is None and "score" not in known and 1 < len(free) <= _MOST_NUMBERS:
        names = ("target", "current") if "start" in known or len(free) == 2 else ("start", "target", "current")
        yield from zip(names, free, strict=False)
