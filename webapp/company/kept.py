"""What was made once and holds until what it was made from is something else. Knows nothing of what it keeps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import is_
from typing import Generic, TypeVar

from sync.domain.problems import Problem

Made = TypeVar("Made")
Sources = tuple[object, ...]

# Equal ones of these are alike in all that they say; of others, such as 1 and 1.0, that is not sure.
_ALIKE_IF_EQUAL = (str, date, frozenset, bool, Problem)


@dataclass(frozen=True, slots=True)
class _Entry(Generic[Made]):
    sources: Sources
    made: Made


class Kept:
    """What was made in the last round, by what it is and whose. For one thread at a time.

    Of an unchanged spreadsheet the records give the very same objectives and key results again, so that seldom more
    need be compared than whether these are the ones of before.
    """

    def __init__(self) -> None:
        self._all_from: object = None
        self._last: dict[tuple[str, str], _Entry[object]] = {}
        self._now: dict[tuple[str, str], _Entry[object]] = {}

    def begin(self, all_from: object) -> None:
        """A new round. What the last one did not ask for is forgotten; all of it, where `all_from` is not equal."""
        self._last = self._now if self._all_from == all_from else {}
        self._all_from, self._now = all_from, {}

    def get(self, what: str, whose: str, sources: Sources, make: Callable[[], Made]) -> Made:
        """What `make` gives, or gave when it was made from the same `sources`: all that it looks at."""
        entry = self._last.get((what, whose))
        if entry is None or not _is_same(entry.sources, sources):
            entry = _Entry(sources, make())
        self._now[what, whose] = entry
        return entry.made  # type: ignore[return-value]


def _is_same(one: object, other: object) -> bool:
    if one is other:
        return True
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and (all(map(is_, one, other)) or all(map(_is_same, one, other)))
    return isinstance(one, _ALIKE_IF_EQUAL) and type(one) is type(other) and one == other
