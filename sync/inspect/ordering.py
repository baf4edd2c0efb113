"""Which of several columns of numbers are start, target and current value, where words don't say so.

By the order in which people write them, and by the numbers: what was reached mostly lies between where it began and
where it is to go. Never sure.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from sync.inspect.relations import CLOSE, Numbers

_ROLES = ("start", "target", "current")
# More columns of numbers than these are people or months side by side.
_MOST = 4
_ENOUGH = 0.7
# A little more than was wanted is still what was reached.
_BEYOND = 1.3
_FAR = 0.2
# Fewer rows than these, or less than this of a target, are no value of it: a time stamp is no target.
_UNLIKELY, _LEAST = 0.3, 0.001


def ordered(free: Sequence[int], known: Mapping[str, int], numbers: Numbers) -> dict[str, int]:
    """The roles of free columns beside those of known ones; `numbers` by column and row."""
    missing = [role for role in _ROLES if role not in known]
    if not known.keys() & {"target", "current"}:
        if len(free) == 1 and known.get("start", free[0]) < free[0]:
            return {"target": free[0]}
        if not 2 <= len(free) <= _MOST or _is_told_by_score(free, known, numbers):
            return {}
    if missing == ["start"]:
        return _start(free, known, numbers)
    candidates = list(_candidates(free, known, missing))
    strengths = [_strength({**known, **found}, numbers) for found in candidates]
    strengths = [max(strength, 0) for strength in strengths]
    best = max(strengths, default=0.0)
    return candidates[strengths.index(best)] if best > 0 else {}


def _candidates(free: Sequence[int], known: Mapping[str, int], missing: Sequence[str]) -> Iterator[dict[str, int]]:
    """Every way to give target and current a column, with a start or without."""
    needed = [role for role in missing if role != "start"]
    for chosen in permutations(free, len(needed)):
        found = dict(zip(needed, chosen, strict=True))
        yield found
        if "start" not in known:
            last = max({**known, **found}[role] for role in ("target", "current"))
            yield from ({"start": column, **found} for column in free if column not in chosen and column < last)


def _strength(roles: Mapping[str, int], numbers: Numbers) -> float:
    start, target, current = roles.get("start"), roles["target"], roles["current"]
    held = [numbers.get(column, {}) for column in (start, target, current) if column is not None]
    places = sorted(column for column in (start, target, current) if column is not None)
    fitting = _between(*held) if start is not None else _within(*held)
    order = 0.8 if target < current else 0.3
    if start is not None:
        order = 1.2 if start < target < current else 0.9 if start < current < target else 0.1
    if fitting < _UNLIKELY:
        return 0
    return order + fitting - _FAR * (places[-1] - places[0] + 1 - len(places))


def _between(start: Mapping[int, float], target: Mapping[int, float], current: Mapping[int, float]) -> float:
    """In what share of rows the current value is between the two others."""
    rows = [row for row in current if row in start and row in target and start[row] != target[row]]
    inside = [row for row in rows if min(start[row], target[row]) <= current[row] <= max(start[row], target[row])]
    return len(inside) / len(rows) if rows else 0.5


def _within(target: Mapping[int, float], current: Mapping[int, float]) -> float:
    rows = [row for row in current if target.get(row)]
    ratios = [current[row] / target[row] for row in rows]
    return sum(ratio == 0 or _LEAST <= ratio <= _BEYOND for ratio in ratios) / len(rows) if rows else 0.5


def _is_told_by_score(free: Sequence[int], known: Mapping[str, int], numbers: Numbers) -> bool:
    """Whether there is a progress for most rows already, which the two columns do not make."""
    shown = numbers.get(known.get("score", -1), {})
    if len(shown) * 2 < max(len(numbers.get(column, {})) for column in free):
        return False
    full = 100 if max(shown.values()) > _BEYOND else 1
    target, current = (numbers.get(column, {}) for column in free[:2])
    rows = [row for row in shown if target.get(row) and row in current]
    made = [row for row in rows if abs(min(current[row] / target[row], 1) - shown[row] / full) < CLOSE]
    return len(free) != 2 or len(made) * 2 < max(len(rows), 1)


def _start(free: Sequence[int], known: Mapping[str, int], numbers: Numbers) -> dict[str, int]:
    """A start beside a target and a current value, where values fall from it to the target: else it may be anything."""
    target, current = known["target"], known["current"]
    for column in reversed([column for column in free if column < max(target, current)]):
        held = (numbers.get(column, {}), numbers.get(target, {}), numbers.get(current, {}))
        falling = [row for row in held[2] if held[1].get(row, held[2][row]) < held[2][row] <= held[0].get(row, 0)]
        if falling and _between(*held) >= _ENOUGH:
            return {"start": column}
    return {}
