"""Did you mean: the name that is most like one that nobody bears, over the ids and texts of the whole company."""

from collections.abc import Iterable
from functools import cached_property

from rapidfuzz import fuzz, process

from sync.domain.keys import key_of
from sync.domain.languages import N_
from sync.domain.okr import KeyResult, Objective
from sync.domain.problems import quote

# From 0 to 100; names that share less of their letters are not near.
ALIKE = 60
# A name that stands whole within the other one is as near as this; a shorter one stands in many by chance.
WITHIN = 85
LEAST_WITHIN = 8

# A courtesy must not cost seconds: so many names are looked at in all, half a second's worth. Where a whole tab of
# parents is gone, the same few names are asked for again and again, and each is looked for once.
MOST_LOOKED_AT = 1_000_000

NONE = N_("none")
NOT_SEARCHED = N_("not searched, because too many names are unknown")

Item = Objective | KeyResult


class Nearest:
    """The names of these items, to be asked for the one that is nearest to another; read when first asked."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = items
        self._left = MOST_LOOKED_AT
        self._found: dict[str, list[str]] = {}

    def told(self, reference: str, but: str = "") -> str:
        """The nearest name in quotation marks, both where two are equally near; else NONE or NOT_SEARCHED.

        Names of the objective `but` and of its key results are not meant.
        """
        wanted = key_of(reference)
        if wanted not in self._found:
            if self._left < len(self._bearers):
                return NOT_SEARCHED
            self._left -= len(self._bearers)
            self._found[wanted] = self._near(wanted)
        return _said(self._nearest(wanted, but))

    def _nearest(self, wanted: str, but: str) -> list[str]:
        scored = [(_likeness(wanted, key), names) for key in self._found[wanted] if (names := self._names(key, but))]
        best = max((score for score, _ in scored), default=0)
        return [names[0] for score, names in scored if score == best]

    def _near(self, wanted: str) -> list[str]:
        alike = process.extract_iter(wanted, self._bearers.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        return list(dict.fromkeys([*(key for key, _, _ in alike), *(k for k in self._bearers if _within(wanted, k))]))

    def _names(self, key: str, but: str) -> list[str]:
        """How a name is written by those who bear it."""
        return [text for text, objective in self._bearers[key] if not but or objective != but]

    @cached_property
    def _bearers(self) -> dict[str, list[tuple[str, str]]]:
        """By the form that is compared: each text as written, with the key of the objective that it belongs to."""
        found: dict[str, list[tuple[str, str]]] = {}
        for item in self._items:
            objective = item.objective if isinstance(item, KeyResult) else item.key
            for text in (item.id, item.text):
                if key := key_of(text):
                    found.setdefault(key, []).append((text, objective))
        return found


def _said(names: list[str]) -> str:
    return " / ".join(f"“{quote(name)}”" for name in names) if 1 <= len(names) <= 2 else NONE


def _likeness(one: str, other: str) -> float:
    return max(fuzz.ratio(one, other), WITHIN if _within(one, other) else 0)


def _within(one: str, other: str) -> bool:
    return (one in other or other in one) and min(len(one), len(other)) >= LEAST_WITHIN
