"""How objectives link: parent references and cross-links resolved over the whole company.

Pure and without judgement: what cannot be resolved is kept as such, and `rules` says what is wrong with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sync.domain.keys import key_of
from sync.domain.naming import Bearers, Item, bearers_of, in_order, objective_key
from sync.domain.okr import KeyResult, Objective
from sync.domain.periods import CALENDAR_YEARS, Calendar


@dataclass(frozen=True, slots=True)
class Link:
    """An objective supports, or is related to, another objective, perhaps one key result of it.

    `objective` and `key_result` are keys; `key_result` is empty where the objective itself is meant.
    """

    child: str
    objective: str
    key_result: str = ""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A reference that names nothing, or more than one thing (`candidates`)."""

    child: str
    reference: str
    candidates: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Alignment:
    """All links of the company. Parents that would close a circle are in `circles` and not in `parents`."""

    objectives: dict[str, Objective]
    key_results: dict[str, tuple[KeyResult, ...]]
    parents: dict[str, Link] = field(default_factory=dict)
    related: tuple[Link, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    circles: tuple[tuple[str, ...], ...] = ()
    calendar: Calendar = CALENDAR_YEARS

    def children(self) -> dict[str, list[str]]:
        """Keys of the supporting objectives by the key of the supported one, in the sheets' order."""
        found: dict[str, list[str]] = {}
        for link in self.parents.values():
            found.setdefault(link.objective, []).append(link.child)
        return found


@dataclass(frozen=True, slots=True)
class Links:
    """What the references of some objectives lead to, before circles are looked for; `parents` by the child's key."""

    parents: dict[str, Link]
    related: tuple[Link, ...]
    unresolved: tuple[Unresolved, ...]


def align(
    objectives: Sequence[Objective], key_results: Sequence[KeyResult], calendar: Calendar = CALENDAR_YEARS
) -> Alignment:
    """Resolve every reference: by ID first, then by text; an objective never supports itself.

    Where several bear a name, those of its own period are meant, else those of a longer one around it, else those of
    its own spreadsheet.
    """
    bearers = bearers_of([*objectives, *key_results])
    links = links_of(objectives, Index(bearers, calendar))
    return aligned(bearers.objectives, by_objective(key_results), [links], calendar)


def aligned(
    objectives: Mapping[str, Objective],
    key_results: Mapping[str, tuple[KeyResult, ...]],
    links: Iterable[Links],
    calendar: Calendar,
) -> Alignment:
    """The company of these objectives by key, their key results by objective, and all of their links."""
    links = list(links)
    parents = {child: link for each in links for child, link in each.parents.items()}
    circles = _circles(parents)
    for circle in circles:
        for key in circle:
            del parents[key]
    related = tuple(link for each in links for link in each.related)
    unresolved = tuple(found for each in links for found in each.unresolved)
    return Alignment(dict(objectives), dict(key_results), parents, related, unresolved, circles, calendar)


def by_objective(key_results: Iterable[KeyResult]) -> dict[str, tuple[KeyResult, ...]]:
    """Key results by the key of their objective, "" for those without one, in the sheets' order."""
    found: dict[str, list[KeyResult]] = {}
    for key_result in key_results:
        found.setdefault(key_result.objective, []).append(key_result)
    return {key: tuple(those) for key, those in found.items()}


def links_of(objectives: Iterable[Objective], index: "Index") -> Links:
    """Every reference of these objectives, resolved among all that bear names."""
    parents: dict[str, Link] = {}
    related: list[Link] = []
    unresolved: list[Unresolved] = []
    for objective in objectives:
        if objective.parent:
            candidates = index.candidates(objective.parent, objective)
            if len(candidates) == 1:
                parents[objective.key] = _link(objective, candidates[0])
            else:
                unresolved.append(Unresolved(objective.key, objective.parent, tuple(candidates)))
        for reference in filter(None, objective.related):
            candidates = index.candidates(reference, objective)
            if len(candidates) == 1:
                related.append(_link(objective, candidates[0]))
            else:
                unresolved.append(Unresolved(objective.key, reference, tuple(candidates)))
    return Links(parents, tuple(related), tuple(unresolved))


class Index:
    """What a reference to an objective or a key result can mean.

    A company's spreadsheets often call their objectives alike, so what one reference can mean for all children of a
    period is looked up once.
    """

    def __init__(self, bearers: Bearers, calendar: Calendar) -> None:
        self._bearers, self._calendar = bearers, calendar
        self._known: dict[tuple[str, str], _Meant] = {}

    def candidates(self, reference: str, child: Objective) -> list[Item]:
        """What a reference can mean, narrowed by what the child itself tells where that leaves one.

        A reference may be an ID, a text, or an ID followed by the text ("O1: Grow"); any of them may be followed by
        its period ("O1 (Q4/2026)").
        """
        meant = self._meant(reference, child.period)
        if len(meant.narrowed) == 1 and objective_key(meant.narrowed[0]) != child.key:
            return meant.narrowed
        here = _others(meant.by_spreadsheet.get(child.cell.spreadsheet, []), child)
        return here or _others(meant.narrowed, child) or self._but_itself(meant.found, child)

    def _meant(self, reference: str, period: str) -> "_Meant":
        meant = self._known.get((reference, period))
        if meant is None:
            found = self._named(key_of(reference)) or self._named_in_period(reference)
            meant = self._known[reference, period] = self._narrowed(found, period)
        return meant

    def _but_itself(self, found: list[Item], child: Objective) -> list[Item]:
        """Where the child alone has the period that is meant."""
        meant = self._narrowed(_others(found, child), child.period)
        return meant.by_spreadsheet.get(child.cell.spreadsheet, meant.narrowed)

    def _narrowed(self, found: list[Item], period: str) -> "_Meant":
        same = [item for item in found if self._period_key(item) == self._calendar.period(period).key]
        near = same or found
        around = [item for item in near if self._calendar.supports(period, self._period(item))]
        narrowed = found if len(found) < 2 else around or near
        by_spreadsheet: dict[str, list[Item]] = {}
        for item in narrowed:
            by_spreadsheet.setdefault(item.cell.spreadsheet, []).append(item)
        return _Meant(found, narrowed, by_spreadsheet)

    def _named(self, wanted: str) -> list[Item]:
        by_id, by_text = self._bearers.by_id, self._bearers.by_text
        tried = (by_id.get(wanted), by_text.get(wanted), by_id.get(_leading_id(wanted)))
        joined = (in_order(item for item in those or () if objective_key(item)) for those in tried)
        return next(filter(None, joined), [])

    def _named_in_period(self, reference: str) -> list[Item]:
        """A name that is followed by its period in brackets."""
        name, bracket, period = reference.strip().removesuffix(")").rpartition("(")
        meant = self._calendar.period(period).key
        return [item for item in self._named(key_of(name)) if self._period_key(item) == meant] if bracket else []

    def _period(self, item: Item) -> str:
        objective = self._bearers.objectives.get(objective_key(item))
        return objective.period if objective else ""

    def _period_key(self, item: Item) -> str:
        return self._calendar.period(self._period(item)).key


@dataclass(frozen=True, slots=True)
class _Meant:
    """All that bear a name, those of them whom children of one period mean by it, and these by spreadsheet."""

    found: list[Item]
    narrowed: list[Item]
    by_spreadsheet: dict[str, list[Item]]


def _others(items: list[Item], child: Objective) -> list[Item]:
    """Without the child itself and its key results."""
    return [item for item in items if objective_key(item) != child.key]


def _leading_id(reference: str) -> str:
    for mark in (":", " - ", " – ", " — ", ". "):
        head, found, _ = reference.partition(mark)
        if found:
            return head.strip()
    return ""


def _link(child: Objective, item: Item) -> Link:
    if isinstance(item, KeyResult):
        return Link(child.key, item.objective, item.key)
    return Link(child.key, item.key)


def _circles(parents: dict[str, Link]) -> tuple[tuple[str, ...], ...]:
    """Each circle of parents once, found by walking upwards; every objective is walked at most once."""
    done: set[str] = set()
    circles = []
    for start in parents:
        path: list[str] = []
        position: dict[str, int] = {}
        key = start
        while key in parents and key not in done and key not in position:
            position[key] = len(path)
            path.append(key)
            key = parents[key].objective
        if key in position:
            circles.append(tuple(path[position[key] :]))
        done.update(path)
    return tuple(circles)
