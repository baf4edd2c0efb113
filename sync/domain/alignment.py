"""How objectives link: parent references and cross-links resolved over the whole company.

Pure and without judgement: what cannot be resolved is kept as such, and `rules` says what is wrong with it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sync.domain.keys import key_of
from sync.domain.okr import KeyResult, Objective
from sync.domain.periods import CALENDAR_YEARS, NO_PERIOD, Calendar, Period
from sync.domain.rhythm import day_of


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
    candidates: tuple[Objective | KeyResult, ...] = ()


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


def align(
    objectives: Sequence[Objective], key_results: Sequence[KeyResult], calendar: Calendar = CALENDAR_YEARS
) -> Alignment:
    """Resolve every reference: by ID first, then by text; an objective never supports itself.

    Where several bear a name, those of its own period are meant, else those of a longer one around it, else those of
    its own spreadsheet.
    """
    index = _Index(objectives, key_results, calendar)
    parents: dict[str, Link] = {}
    related: list[Link] = []
    unresolved: list[Unresolved] = []
    for objective in objectives:
        for reference, is_parent in [(objective.parent, True), *((text, False) for text in objective.related)]:
            if not reference:
                continue
            candidates = index.candidates(reference, objective)
            if len(candidates) != 1:
                unresolved.append(Unresolved(objective.key, reference, tuple(candidates)))
            elif is_parent:
                parents[objective.key] = _link(objective, candidates[0])
            else:
                related.append(_link(objective, candidates[0]))
    circles = _circles(parents)
    for circle in circles:
        for key in circle:
            del parents[key]
    by_objective: dict[str, list[KeyResult]] = {}
    for key_result in key_results:
        by_objective.setdefault(key_result.objective, []).append(key_result)
    return Alignment(
        {objective.key: objective for objective in objectives},
        {key: tuple(found) for key, found in by_objective.items()},
        parents,
        tuple(related),
        tuple(unresolved),
        circles,
        calendar,
    )


class _Index:
    def __init__(self, objectives: Iterable[Objective], key_results: Iterable[KeyResult], calendar: Calendar) -> None:
        self.calendar = calendar
        self.periods = {objective.key: objective.period for objective in objectives}
        self.by_id: dict[str, list[Objective | KeyResult]] = {}
        self.by_text: dict[str, list[Objective | KeyResult]] = {}
        joined = (found for found in key_results if found.objective)
        items: list[Objective | KeyResult] = [*objectives, *joined]
        for item in items:
            if item.id:
                self.by_id.setdefault(key_of(item.id), []).append(item)
            self.by_text.setdefault(key_of(item.text), []).append(item)

    def candidates(self, reference: str, child: Objective) -> list[Objective | KeyResult]:
        """What a reference can mean, narrowed by what the child itself tells where that leaves one.

        A reference may be an ID, a text, or an ID followed by the text ("O1: Grow"); any of them may be followed by
        its period ("O1 (Q4/2026)").
        """
        found = self._named(key_of(reference)) or self._named_in_period(reference)
        others = [item for item in found if child.key not in (item.key, _objective_key(item))]
        for test in (self._same_period, self._around_it, _same_spreadsheet):
            others = _narrowed(others, child, test)
        return others

    def _named(self, wanted: str) -> list[Objective | KeyResult]:
        return self.by_id.get(wanted) or self.by_text.get(wanted) or self.by_id.get(_leading_id(wanted)) or []

    def _named_in_period(self, reference: str) -> list[Objective | KeyResult]:
        name, bracket, period = reference.strip().removesuffix(")").rpartition("(")
        meant = self.calendar.period(period).key
        return [item for item in self._named(key_of(name)) if self._period_key(item) == meant] if bracket else []

    def _period(self, item: Objective | KeyResult) -> str:
        return self.periods.get(_objective_key(item), "")

    def _period_key(self, item: Objective | KeyResult) -> str:
        return self.calendar.period(self._period(item)).key

    def _same_period(self, item: Objective | KeyResult, child: Objective) -> bool:
        return self._period_key(item) == self.calendar.period(child.period).key

    def _around_it(self, item: Objective | KeyResult, child: Objective) -> bool:
        return self.calendar.supports(child.period, self._period(item))


def _narrowed(
    found: list[Objective | KeyResult], child: Objective, test: Callable[[Objective | KeyResult, Objective], bool]
) -> list[Objective | KeyResult]:
    """Those that pass the test, where that tells some of several apart."""
    narrowed = [item for item in found if test(item, child)] if len(found) > 1 else []
    return narrowed or found


class Names:
    """What check-ins and initiatives name, by ID or text: in their own spreadsheet first, then anywhere."""

    def __init__(self, items: Sequence[Objective | KeyResult], calendar: Calendar = CALENDAR_YEARS) -> None:
        self.items = items
        objectives = (item for item in items if isinstance(item, Objective))
        self._periods = {found.key: calendar.period(found.period) for found in objectives}
        self._by_name: dict[str, list[Objective | KeyResult]] = {}
        for item in items:
            for name in {key_of(item.id), key_of(item.text)} - {""}:
                self._by_name.setdefault(name, []).append(item)

    def meant(self, reference: str, spreadsheet: str, day: str = "") -> list[Objective | KeyResult]:
        """Everything that a name can mean; a name that several things bear is not guessed at by anybody.

        On a `day`, ISO or as written, those are meant whose period holds it, where there are such ones.
        """
        candidates = self._by_name.get(key_of(reference), [])
        found = [item for item in candidates if item.cell.spreadsheet == spreadsheet] or candidates
        on = day_of(day) if len(found) > 1 else None
        return [item for item in found if self._is_in_period(item, on)] or found if on else found

    def period(self, item: Objective | KeyResult) -> Period:
        """The period of an objective, or of the one that a key result belongs to."""
        return self._periods.get(_objective_key(item), NO_PERIOD)

    def _is_in_period(self, item: Objective | KeyResult, day: date) -> bool:
        span = self.period(item).span
        return span is not None and span.first <= day <= span.last


def _leading_id(reference: str) -> str:
    for mark in (":", " - ", " – ", " — ", ". "):
        head, found, _ = reference.partition(mark)
        if found:
            return head.strip()
    return ""


def _same_spreadsheet(item: Objective | KeyResult, child: Objective) -> bool:
    return item.cell.spreadsheet == child.cell.spreadsheet


def _objective_key(item: Objective | KeyResult) -> str:
    return item.objective if isinstance(item, KeyResult) else item.key


def _link(child: Objective, item: Objective | KeyResult) -> Link:
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
