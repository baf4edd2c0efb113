"""What a sheet's own numbers say of its columns: progress that other columns make, and which ones make it.

Looks at numbers only. A column called "Base" is a start where (current - base) / (target - base) is what is shown.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

Numbers = Mapping[int, Mapping[int, float]]

_ROLES = ("score", "target", "current", "start")
# More than these cost much and tell little.
_COLUMNS, _ROWS = 9, 40
_FEWEST = 2
_SHARE = 0.7
# A score that is shown with two decimals, or as a whole percent.
CLOSE = 0.0051
_MOST = 1.5


@dataclass(frozen=True, slots=True)
class Relation:
    """Columns by role, in how many rows the numbers are what it says, and in how many that could be seen."""

    roles: Mapping[str, int]
    hits: int
    seen: int


def relation_in(
    numbers: Numbers, known: Mapping[str, int], likely: Mapping[str, int], made: Mapping[int, Collection[int]]
) -> Relation | None:
    """How a column of progress is made from others; `numbers` are by column and row.

    `known` are columns by role that cannot have another one, `likely` those that words hint at, `made` the columns that
    the formulas of a column are made from.
    """
    possible = (found for found in _relations(numbers, known) if not _is_turned(found, made))
    telling = [found for found in possible if _is_telling(found, _hinted(found, likely))]
    strengths = [_strength(found, _hinted(found, likely)) for found in telling]
    best = [found for found, strength in zip(telling, strengths, strict=True) if strength == max(strengths)]
    # 10 of 40 is 25 %, and 10 of 25 is 40 %.
    return best[0] if len(best) == 1 else None


def _is_turned(found: Relation, made: Mapping[int, Collection[int]]) -> bool:
    """Whether what would be put in is a formula's result, made from the others: 0.2 times 50 % is 0.1 points."""
    inputs = [column for role, column in found.roles.items() if role != "score"]
    return any(not set(made.get(column, ())).isdisjoint(found.roles.values()) for column in inputs)


def _hinted(found: Relation, likely: Mapping[str, int]) -> int:
    return sum(likely.get(role) == column for role, column in found.roles.items())


def _is_telling(found: Relation, hinted: int) -> bool:
    """Among many columns of numbers three fit by chance; what words hint at needs fewer rows."""
    if hinted >= 2:
        return found.seen >= _FEWEST and found.hits >= _SHARE * found.seen
    return found.seen > _FEWEST and found.hits == found.seen


def _strength(found: Relation, hinted: int) -> tuple[int, int, float, bool]:
    """More rows that agree, what words hint at, fewer rows that don't, no start where it makes no difference."""
    return found.hits, hinted, found.hits / max(found.seen, 1), "start" not in found.roles


def _relations(numbers: Numbers, known: Mapping[str, int]) -> Iterator[Relation]:
    columns = [column for column in numbers if len(numbers[column]) >= _FEWEST][:_COLUMNS]
    for count in (3, 4):
        if count == 3 and "start" in known:
            continue
        for chosen in permutations(columns, count):
            roles = dict(zip(_ROLES, chosen, strict=False))
            if all(roles.get(role, column) == column for role, column in known.items()) and _only_as_known(
                roles, known
            ):
                yield _tried(numbers, roles)


def _full(shown: Collection[float]) -> Sequence[int]:
    """What a full score may be; nothing for numbers that are no scores. With "30 of 40 is 0.75", 40 is 30 by 0.75 as
    well.
    """
    most = max(shown)
    if most <= _MOST:
        return (1,)
    return (10, 100) if most <= 10 else (100,) if most <= 100 * _MOST else ()


def _only_as_known(roles: Mapping[str, int], known: Mapping[str, int]) -> bool:
    named = {column: role for role, column in known.items()}
    return all(named.get(column, role) == role for role, column in roles.items())


def _tried(numbers: Numbers, roles: Mapping[str, int]) -> Relation:
    shown = numbers[roles["score"]]
    ratios: dict[int, float] = {}
    for row in _common(numbers, list(roles.values())):
        start = numbers[roles["start"]][row] if "start" in roles else 0.0
        target, current = numbers[roles["target"]][row], numbers[roles["current"]][row]
        # Nothing and all are what many formulas give.
        if target != start and (ratio := (current - start) / (target - start)) not in (0, 1):
            ratios[row] = ratio
    hits = max((_hits(shown, ratios, full) for full in _full(shown.values())), default=0)
    return Relation(roles, hits, len(ratios) if hits else 0)


def _hits(shown: Mapping[int, float], ratios: Mapping[int, float], full: int) -> int:
    """In how many rows a score is what others make of it."""
    return sum(
        any(abs(shown[row] / full - value) < CLOSE for value in (ratio, _within(ratio)))
        for row, ratio in ratios.items()
    )


def _common(numbers: Numbers, columns: Sequence[int]) -> list[int]:
    first, *others = columns
    return [row for row in numbers[first] if all(row in numbers[column] for column in others)][:_ROWS]


def _within(ratio: float) -> float:
    return min(max(ratio, 0.0), 1.0)


def weight_in(numbers: Numbers, groups: Sequence[Sequence[int]]) -> int | None:
    """The column whose numbers make a whole, 1 or 100, in every group of several rows; None where it is not one."""
    found = [column for column, held in numbers.items() if groups and _makes_wholes(held, groups)]
    return found[0] if len(found) == 1 else None


def _makes_wholes(held: Mapping[int, float], groups: Sequence[Sequence[int]]) -> bool:
    sums = [sum(held.get(row, 0.0) for row in group) for group in groups]
    alike = len({*held.values()} - {0.0}) <= 1  # 0 and 1 are marks
    return not alike and any(all(abs(each - whole) < CLOSE * whole for each in sums) for whole in (1, 100))
