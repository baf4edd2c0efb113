"""What is sure of the moves on a tab: of all pairs of lines, those that no other reading of the sheet could explain.

Pairing finds what is likely, which is enough to look for our own numbers. Where something of people's goes, only what
is sure counts: a change in a part of a row is no move of the row.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from itertools import pairwise

from sync.domain.grid import Tab
from sync.passes.repair.line_map import LineMap, Place, said

# What tells a line from all others; None where nothing does.
Key = tuple[str, ...] | None


def sure(before: Tab, header: range, now: Tab, line_map: LineMap, hit: Set[Place]) -> LineMap:
    """Those of `line_map` that are sure. `hit` are the cells of the tab as it is that a number of ours may cover."""
    return _Certainty(before, header, now, line_map, hit).line_map()


class _Certainty:
    def __init__(self, before: Tab, header: range, now: Tab, line_map: LineMap, hit: Set[Place]) -> None:
        self.before, self.header, self.now, self.guess, self.hit = before, header, now, line_map, hit
        self.columns = self._columns()
        # What stands in columns that we hit tells nothing of a row: it may be gone in one and not in another.
        covered = {column for _, column in hit}
        self.telling = sorted((then, now) for now, then in self.columns.items() if now not in covered)

    def line_map(self) -> LineMap:
        return LineMap(self._rows(), self.columns, self.guess.header)

    def _columns(self) -> dict[int, int]:
        keys_before = [
            _column_key(self.before, self.header, column, frozenset()) for column in range(self.before.width)
        ]
        keys_now = [_column_key(self.now, self.guess.header, column, self.hit) for column in range(self.now.width)]
        found = _of_their_own(keys_before, keys_now)

        def fits(then: int, now: int) -> bool:
            texts = zip(self.header, self.guess.header, strict=True)
            return not any(_clash(*self._texts((one, then), (other, now))) for one, other in texts)

        return self._between(found, self.guess.origin_column, len(keys_before), len(keys_now), fits)

    def _rows(self) -> dict[int, int]:
        before, now = len(self.before.values), len(self.now.values)
        keys_before = [_key(said(self.before, (row, column)) for column, _ in self.telling) for row in range(before)]
        keys_now = [_key(said(self.now, (row, column)) for _, column in self.telling) for row in range(now)]
        found = self._between(_of_their_own(keys_before, keys_now), self.guess.origin_row, before, now, self._row_fits)
        for row in {row for row, _ in self.hit} - found.keys():
            then = self.guess.origin_row.get(row)
            if then is not None and self._is_like_no_other(keys_before, keys_now, then, row):
                found[row] = then
        return found

    def _between(
        self,
        anchors: Mapping[int, int],
        guess: Mapping[int, int],
        before: int,
        now: int,
        fits: Callable[[int, int], bool],
    ) -> dict[int, int]:
        """With the lines that stand in unbroken runs between those that are sure, or an end."""
        found = dict(anchors)
        ends = [(-1, -1), *sorted(anchors.items()), (now, before)]
        for (first, first_then), (last, last_then) in pairwise(ends):
            run = [(each, first_then + each - first) for each in range(first + 1, last)]
            is_unbroken = last - first == last_then - first_then
            if is_unbroken and all(guess.get(each) == then and fits(then, each) for each, then in run):
                found.update(run)
        return found

    def _row_fits(self, then: int, now: int) -> bool:
        pairs = [self._texts((then, one), (now, other)) for other, one in self.columns.items()]
        return any(one and one == other for one, other in pairs) or not any(_clash(*pair) for pair in pairs)

    def _texts(self, then: Place, now: Place) -> tuple[str, str]:
        """What a cell said and says; nothing where a number of ours may cover it."""
        return ("", "") if now in self.hit else (said(self.before, then), said(self.now, now))

    def _is_like_no_other(self, keys_before: Sequence[Key], keys_now: Sequence[Key], then: int, now: int) -> bool:
        """Whether two rows have more in common than either has with any third."""
        agreement = _agreement(keys_before[then], keys_now[now])
        others_before = (_agreement(key, keys_now[now]) for row, key in enumerate(keys_before) if row != then)
        others_now = (_agreement(keys_before[then], key) for row, key in enumerate(keys_now) if row != now)
        return agreement > max((0, *others_before, *others_now))


def _column_key(tab: Tab, header: range, column: int, hit: Set[Place]) -> Key:
    """A column is known by its header; one without, by all that stands in it."""
    places = [(row, column) for row in header]
    if any(place in hit for place in places):
        return None
    texts = [said(tab, place) for place in places]
    below = sorted(said(tab, (row, column)) for row in range(len(tab.values))) if not header else []
    return _key([*texts, *filter(None, below)])


def _key(texts: Iterable[str]) -> Key:
    found = tuple(texts)
    return found if any(found) else None


def _of_their_own(before: Sequence[Key], now: Sequence[Key]) -> dict[int, int]:
    """Lines that say the same to the letter, and share that with no other line."""
    lines = {key: line for line, key in enumerate(before) if key}
    once = {key for keys in (before, now) for key, count in Counter(keys).items() if count > 1}
    return {line: lines[key] for line, key in enumerate(now) if key in lines and key not in once}


def _agreement(one: Key, other: Key) -> int:
    return sum(1 for text, again in zip(one or (), other or (), strict=False) if text and text == again)


def _clash(one: str, other: str) -> bool:
    """Whether one cell cannot have become the other by somebody typing a number."""
    return bool(one and other) and one != other and not (_is_number(one) and _is_number(other))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
