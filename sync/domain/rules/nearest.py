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
# Of those that share so much of all their letters, the best are looked at for what stands within the other one.
PERHAPS, MOST_PERHAPS = 45, 20
# A name that stands whole within the other one is less near than one that is spelt like it; a short one stands in many
# by chance.
WITHIN = 0.85
LEAST_WITHIN = 8

# A courtesy must not cost seconds: so many names are looked at in all, about half a second's worth. Where a whole tab
# of parents is gone, the same few names are asked for again and again, and each is looked for once.
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
        return [names[0] for score, names in scored if score == best >= ALIKE]

    def _near(self, wanted: str) -> list[str]:
        """The names that may be near, in the order of the sheets."""
        names = list(self._bearers)
        alike = process.extract(wanted, names, scorer=fuzz.ratio, score_cutoff=PERHAPS, limit=MOST_PERHAPS)
        places = {place for _, _, place in alike} | {n for n, name in enumerate(names) if _within(wanted, name)}
        return [names[place] for place in sorted(places)]

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
    alike: float = fuzz.ratio(one, other)
    if min(len(one), len(other)) < LEAST_WITHIN:
        return alike
    return max(alike, WITHIN * fuzz.partial_ratio(one, other))


def _within(one: str, other: str) -> bool:
    return (one in other or other in one) and min(len(one), len(other)) >= LEAST_WITHIN
