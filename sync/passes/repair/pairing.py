"""Which line is which: two looks at the rows, or the columns, of a sheet that people changed in between.

What a line is called tells most, then all that it says, then where it stands among those that are known already.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import product

Texts = tuple[str | None, ...]

# More possible pairs than these are not weighed against each other.
MOST_WEIGHED = 10_000
MOST_WEIGHED_ALIKE = 400


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column at one moment.

    `name` is what it is called and `said` all else that it says. `unsure` counts, through both, the cells that a number
    of ours may have covered; what is surely covered is None. `becomes` is what it says with our writes in it, where
    those may have landed. `cells` are all texts of a line whose cells change places, but for `hidden` ones that
    may be ours.
    """

    name: Texts
    said: Texts = ()
    unsure: frozenset[int] = frozenset()
    becomes: Texts | None = None
    cells: Counter[str] = field(default_factory=Counter)
    hidden: int = 0

    @property
    def texts(self) -> Texts:
        """All that it says."""
        return self.name + self.said

    def is_named(self) -> bool:
        """Whether it is called something."""
        return any(text for place, text in enumerate(self.name) if place not in self.unsure)


Renamed = Callable[[Line, Line], bool]


def much_the_same(one: Line, other: Line) -> bool:
    """Whether a line may be another one reworded, and not a line in its place."""
    shared = any(text and text == again for text, again in zip(one.name, other.name, strict=True))
    return shared or SequenceMatcher(None, _joined(one.name), _joined(other.name)).ratio() > 0.6


def _joined(texts: Texts) -> str:
    return "".join(text or "" for text in texts)


def paired(
    before: Sequence[Line],
    after: Sequence[Line],
    known: Mapping[int, int] | None = None,
    renamed: Renamed = much_the_same,
) -> dict[int, int]:
    """Which line of `before` each line of `after` was; new ones are left out.

    `known` are pairs that are given. `renamed` tells whether a line may be another one by another name, which stands
    where that stood.
    """
    pairing = _Pairing(before, after, dict(known or {}), renamed)
    pairing.by_names_of_their_own()
    pairing.by_all_that_they_say()
    pairing.by_name()
    pairing.by_likeness()
    return pairing.pairs


class _Pairing:
    """Pairs found so far, by the later line, from what is sure to what is likely."""

    def __init__(self, before: Sequence[Line], after: Sequence[Line], known: dict[int, int], renamed: Renamed) -> None:
        self.before, self.after, self.pairs, self.renamed = before, after, known, renamed
        self.matched = set(known.values())

    def by_names_of_their_own(self) -> None:
        """Lines that share their name with no other, where it was not we who wrote it."""
        for olds, news in self._groups(_names, _names):
            if len(olds) == len(news) == 1:
                self._pair(olds[0], news[0])

    def by_all_that_they_say(self) -> None:
        """Lines that are the same to the letter, as they were or with ours; those in their places first."""
        for in_place in (True, False):
            for said in (_all, _with_ours):
                self._pair_groups(said, _all, in_place=in_place)

    def by_name(self) -> None:
        """Lines that share a name: the nearest."""
        self._pair_groups(_names, _names)

    def by_likeness(self) -> None:
        """What is left: reworded where they stand, or known by what is not covered in them. An empty line yields."""
        standing = self._standing()
        weighed = []
        for old, new in self._possible(standing):
            strangeness = standing.strangeness(old, new)
            can_be = _can_be(self.before[old], self.after[new])
            likeness = self._likeness(old, new, in_place=strangeness == (False, 0), can_be=can_be)
            if likeness is not None:
                weighed.append((-likeness, not can_be, *strangeness, self._is_empty(old), old, new))
        for *_, old, new in sorted(weighed):
            self._pair(old, new)

    def _possible(self, standing: "_Standing") -> Iterable[tuple[int, int]]:
        """Pairs of what is left; of empty lines, which are known by their place alone, and of too many the nearest."""
        olds, news = self._free_before(), self._free_after()
        free = {*news}
        speaking = [old for old in olds if not self._is_empty(old)]
        if len(speaking) * len(news) <= MOST_WEIGHED:
            yield from product(speaking, news)
            olds = [old for old in olds if self._is_empty(old)]
        for old in olds:
            yield from ((old, new) for new in {*standing.expected(old)} if new in free)

    def _is_empty(self, old: int) -> bool:
        return not any(self.before[old].texts)

    def _likeness(self, old: int, new: int, *, in_place: bool, can_be: bool) -> int | None:
        """How much two lines have in common; None where they are not the same."""
        one, other = self.before[old], self.after[new]
        agreements = [_agreement(one, other, place) for place in range(len(one.texts))]
        if can_be and other.hidden and other.cells:
            agreements.append(1)
        likeness = sum(agreements)
        if one.is_named() and other.is_named():
            return likeness if in_place and self.renamed(one, other) else None
        if likeness > 0 or not any(agreements):
            return likeness
        # Somebody wrote something else there.
        written_over = not one.is_named() and not other.is_named() and any(_visible(other))
        return likeness if in_place and written_over else None

    def _pair(self, old: int, new: int) -> None:
        if new not in self.pairs and old not in self.matched:
            self.pairs[new] = old
            self.matched.add(old)

    def _pair_groups(self, of_before: "Key", of_after: "Key", *, in_place: bool = False) -> None:
        standing = self._standing()
        for olds, news in self._groups(of_before, of_after):
            self._pair_in_place(olds, news, standing)
            if not in_place:
                self._pair_nearest(olds, news, standing)

    def _pair_in_place(self, olds: Sequence[int], news: Sequence[int], standing: "_Standing") -> None:
        wanted = {*news}
        for side in (0, 1):
            for old in olds:
                new = standing.expected(old)[side]
                if new in wanted and standing.strangeness(old, new) == (False, 0):
                    self._pair(old, new)

    def _pair_nearest(self, olds: Sequence[int], news: Sequence[int], standing: "_Standing") -> None:
        """Lines that could all be each other."""
        olds = [old for old in olds if old not in self.matched]
        news = [new for new in news if new not in self.pairs]
        if len(olds) * len(news) > MOST_WEIGHED_ALIKE:
            for old, new in zip(olds, news, strict=False):
                self._pair(old, new)
            return
        for *_, old, new in sorted((*standing.strangeness(old, new), old, new) for old in olds for new in news):
            self._pair(old, new)

    def _groups(self, of_before: "Key", of_after: "Key") -> Iterable[tuple[list[int], list[int]]]:
        """Free lines that have something in common."""
        found: dict[Texts, tuple[list[int], list[int]]] = {}
        for side, lines, free, key in (
            (0, self.before, self._free_before(), of_before),
            (1, self.after, self._free_after(), of_after),
        ):
            for line in free:
                texts = key(lines[line])
                if texts is not None:
                    found.setdefault(texts, ([], []))[side].append(line)
        return [group for group in found.values() if all(group)]

    def _free_before(self) -> list[int]:
        return [line for line in range(len(self.before)) if line not in self.matched]

    def _free_after(self) -> list[int]:
        return [line for line in range(len(self.after)) if line not in self.pairs]

    def _standing(self) -> "_Standing":
        return _Standing(self.pairs, len(self.before), len(self.after))


Key = Callable[[Line], Texts | None]


def _names(line: Line) -> Texts | None:
    """What may be ours names nothing."""
    is_known = None not in line.name and not any(place in line.unsure for place in range(len(line.name)))
    return line.name if is_known and any(line.name) else None


def _all(line: Line) -> Texts | None:
    """Empty lines, and such as show nothing but what may be ours, are no more each other than any two."""
    shows_nothing = line.hidden and not line.cells
    return line.texts if None not in line.texts and any(line.texts) and not shows_nothing else None


def _with_ours(line: Line) -> Texts | None:
    return line.becomes if line.becomes and any(line.becomes) else None


def _agreement(one: Line, other: Line, place: int) -> int:
    """1 where two lines say the same, -1 where not; 0 where nothing is said, or a number of ours may stand."""
    if place in other.unsure:
        return 0
    texts = {one.texts[place], *(one.becomes[place : place + 1] if one.becomes else ())}
    if other.texts[place] in texts:
        return 1 if other.texts[place] else 0
    return -1


def _can_be(one: Line, other: Line) -> bool:
    """Whether nothing but what may be ours hides one line in the other."""
    return not other.hidden or (not other.cells - one.cells and (one.cells - other.cells).total() <= other.hidden)


def _visible(line: Line) -> Iterable[str | None]:
    return (text for place, text in enumerate(line.texts) if place not in line.unsure)


class _Standing:
    """Where lines stand among those that are known to be the same."""

    def __init__(self, pairs: Mapping[int, int], before: int, after: int) -> None:
        ends = [(-1, -1), *sorted((old, new) for new, old in pairs.items()), (before, after)]
        self.olds, self.news = [old for old, _ in ends], [new for _, new in ends]

    def expected(self, old: int) -> tuple[int, int]:
        """Where a line is if it stayed right below the one above it, or right above the one below it."""
        below = bisect_left(self.olds, old)
        above = below - 1
        return self.news[above] + old - self.olds[above], self.news[below] + old - self.olds[below]

    def strangeness(self, old: int, new: int) -> tuple[bool, int]:
        """Whether a line would have left its neighbours, and how far it would be from where it is expected."""
        below = bisect_left(self.olds, old)
        stayed = self.news[below - 1] < new < self.news[below]
        return not stayed, min(abs(new - expected) for expected in self.expected(old))
