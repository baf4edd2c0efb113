"""Which objectives the map draws: all of a small company, the upper levels of a large one, and what a reader opens.

Pure; knows keys and order, nothing of how it looks. Closed objectives are not drawn unless the map begins at one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from sync.domain.alignment import Link
from sync.domain.okr import Level, Objective, Status
from webapp.company.company import Company

# What an address may say of the map.
NAMES = ("root", "columns", "open", "fold", "skip")

# A column is opened by itself as long as so many cards stay on the map; more than that nobody can take in.
MOST_BY_ITSELF = 40
# However much is asked for: what is drawn in a moment, and a phone still moves smoothly.
MOST_AT_ALL = 200
# Siblings beyond these stand on a map of their own.
MOST_SIBLINGS = 30
MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class MapQuery:
    """What an address asks for: the objective to begin at ("": the company), how many columns to open whole, cards
    opened and folded by hand, and how many of the first siblings to leave out."""

    root: str = ""
    columns: int = 0
    opened: frozenset[str] = frozenset()
    folded: frozenset[str] = frozenset()
    skip: int = 0

    @classmethod
    def of(cls, arguments: MultiDict[str, str], company: Company) -> "MapQuery":
        """What an address says. Objectives that are not there any more are passed over, but for the one to begin at."""
        known = company.alignment.objectives
        return cls(
            root=arguments.get("root", ""),
            columns=_number(arguments.get("columns", "")),
            opened=frozenset(key for key in arguments.getlist("open") if key in known),
            folded=frozenset(key for key in arguments.getlist("fold") if key in known),
            skip=_number(arguments.get("skip", "")),
        )

    def toggled(self, key: str, *, is_open: bool) -> "MapQuery":
        """The same with one card folded where it was open, opened where it was not."""
        if is_open:
            return replace(self, opened=self.opened - {key}, folded=self.folded | {key})
        return replace(self, opened=self.opened | {key}, folded=self.folded - {key})

    def arguments(self) -> dict[str, str | int | list[str]]:
        """For the query of an address; the same query always has the same one."""
        named: dict[str, str | int | list[str]] = {
            "root": self.root,
            "columns": self.columns,
            "open": sorted(self.opened),
            "fold": sorted(self.folded),
            "skip": self.skip,
        }
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class Selection:
    """`children` and `columns` have an entry for every drawn objective. `hidden` is how many hang under a folded one,
    `before` and `after` are how many siblings of the drawn ones are left out, `after` by the parent's key ("" for the
    top); `whole` is how many columns are open whole, `is_full` that no more can be opened. For what hangs under those
    `without_room` there is none on this map."""

    roots: tuple[str, ...]
    children: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, int]
    hidden: Mapping[str, int]
    before: int
    after: Mapping[str, int]
    whole: int
    is_full: bool
    without_room: frozenset[str]
    total: int


class Family:
    """Who hangs under whom, of those that can be drawn; children stand in the order of what they support."""

    def __init__(self, company: Company, root: str = "") -> None:
        objectives = company.alignment.objectives
        self._drawable = {key for key, found in objectives.items() if found.status is not Status.CLOSED or key == root}
        self._company = company
        self.children = {key: self._sorted(key) for key in company.children if key in self._drawable}
        self.tops = sorted(
            (key for key in objectives if key in self._drawable and not self.is_below(key)),
            key=lambda key: _level_order(objectives[key]),
        )

    @property
    def size(self) -> int:
        """How many can be drawn."""
        return len(self._drawable)

    def is_below(self, key: str) -> bool:
        """Whether it hangs under something that is drawn."""
        link = self._company.alignment.parents.get(key)
        return link is not None and link.objective in self._drawable

    def descendants(self, key: str) -> Iterator[str]:
        """Everything under an objective, itself first."""
        waiting = [key]
        while waiting:
            found = waiting.pop()
            yield found
            waiting.extend(self.children.get(found, ()))

    def _sorted(self, key: str) -> tuple[str, ...]:
        """Those that support the objective itself, then those of its first key result, and so on: no lines cross."""
        ports = {found.key: place for place, found in enumerate(self._company.key_results_of(key), start=1)}
        parents: Mapping[str, Link] = self._company.alignment.parents
        drawn = (child for child in self._company.children[key] if child in self._drawable)
        return tuple(sorted(drawn, key=lambda child: ports.get(parents[child].key_result, 0)))


def select(company: Company, query: MapQuery) -> Selection:
    """What is drawn for a query, whose `root` is an objective or ""."""
    family = Family(company, query.root)
    siblings = family.children.get(query.root, ()) if query.root else family.tops
    before = min(query.skip, max(len(siblings) - 1, 0))
    shown = tuple(siblings[before : before + MOST_SIBLINGS])
    opening = _Opening(company, family, query)
    opening.start(shown, len(siblings) - before - len(shown))
    opening.go_on()
    return Selection(
        roots=(query.root,) if query.root else shown,
        children=opening.children,
        columns=opening.columns,
        hidden={key: sum(1 for _ in family.descendants(key)) - 1 for key in opening.folded()},
        before=before,
        after=opening.after,
        whole=opening.whole,
        is_full=opening.is_full,
        without_room=frozenset(key for key in opening.folded() if not opening.has_room(key)),
        total=sum(1 for _ in family.descendants(query.root)) if query.root else family.size,
    )


class _Opening:
    """Opens column by column: all of a column as long as there is room, then only what is asked for."""

    def __init__(self, company: Company, family: Family, query: MapQuery) -> None:
        self._objectives, self._family, self._wish = company.alignment.objectives, family, query
        self._first = self._level(query.root) if query.root else 0
        self._waiting: dict[int, list[str]] = {}
        self.children: dict[str, tuple[str, ...]] = {}
        self.columns: dict[str, int] = {}
        self.after: dict[str, int] = {}
        self.whole = 0
        self.is_full = False

    def start(self, shown: tuple[str, ...], left_out: int) -> None:
        """With the first siblings, and what they hang under where that is drawn too."""
        root = self._wish.root
        if root:
            self._draw((root,), 0)
            self._waiting.clear()
            self.children[root] = shown
        self._draw(shown, 1 if root else 0)
        if left_out:
            self.after[root] = left_out

    def go_on(self) -> None:
        """From each column to the next, to the right, as long as something is opened."""
        is_whole = True
        while self._waiting:
            column = min(self._waiting)
            closed = [key for key in self._waiting.pop(column) if key in self._family.children]
            wanted = [key for key in closed if key not in self._wish.folded]
            cost = sum(min(len(self._family.children[key]), MOST_SIBLINGS) for key in wanted)
            is_whole = column < self._wish.columns or (is_whole and len(self.columns) + cost <= MOST_BY_ITSELF)
            if is_whole:
                self.whole = column + 1
            for key in wanted:
                if is_whole or key in self._wish.opened:
                    self._open(key)

    def folded(self) -> Iterator[str]:
        """Those drawn of which nothing that hangs under them is."""
        return (key for key, drawn in self.children.items() if not drawn and self._family.children.get(key))

    def has_room(self, key: str) -> bool:
        """Whether what hangs under a card can be drawn beside all that is drawn already."""
        return len(self.columns) + min(len(self._family.children[key]), MOST_SIBLINGS) <= MOST_AT_ALL

    def _open(self, key: str) -> None:
        if not self.has_room(key):
            self.is_full = True
            return
        found = self._family.children[key]
        shown = found[:MOST_SIBLINGS]
        self.children[key] = shown
        self._draw(shown, self.columns[key] + 1)
        if len(found) > len(shown):
            self.after[key] = len(found) - len(shown)

    def _draw(self, keys: Sequence[str], least: int) -> None:
        """Each in the column of its level, and always to the right of what it supports."""
        for key in keys:
            self.columns[key] = max(least, self._level(key) - self._first)
            self.children[key] = ()
            self._waiting.setdefault(self.columns[key], []).append(key)

    def _level(self, key: str) -> int:
        level = self._objectives[key].level
        return level.depth if level else 0


def _level_order(objective: Objective) -> int:
    return len(Level) if objective.level is None else objective.level.depth


def _number(text: str) -> int:
    """A number from an address; 0 for anything else."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0
