"""What objectives and key results are called, and what a check-in or an initiative means by a name. Pure.

Names are compared by `key_of`. Those of one spreadsheet are looked through once, and those of a company joined of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sync.domain.cycle_records import Feedback, Recognition, Review
from sync.domain.joining import joined, united
from sync.domain.keys import key_of
from sync.domain.okr import KeyResult, Objective
from sync.domain.periods import CALENDAR_YEARS, NO_PERIOD, Calendar, Period
from sync.domain.rhythm import day_of

Item = Objective | KeyResult


@dataclass(frozen=True, slots=True)
class Bearers:
    """Objectives by key, and every item by its ID and by its text."""

    objectives: Mapping[str, Objective]
    by_id: Mapping[str, tuple[Item, ...]]
    by_text: Mapping[str, tuple[Item, ...]]


def bearers_of(items: Iterable[Item]) -> Bearers:
    """Of one spreadsheet, or of a few."""
    objectives: dict[str, Objective] = {}
    by_id: dict[str, list[Item]] = {}
    by_text: dict[str, list[Item]] = {}
    for item in items:
        if isinstance(item, Objective):
            objectives[item.key] = item
        if item.id:
            by_id.setdefault(key_of(item.id), []).append(item)
        if item.text:
            by_text.setdefault(key_of(item.text), []).append(item)
    return Bearers(objectives, _fixed(by_id), _fixed(by_text))


def joined_bearers(parts: Sequence[Bearers]) -> Bearers:
    """Of all spreadsheets together."""
    return Bearers(
        united(part.objectives for part in parts),
        joined(part.by_id for part in parts),
        joined(part.by_text for part in parts),
    )


def in_order(items: Iterable[Item]) -> list[Item]:
    """Objectives first, each kind in the order of the sheets."""
    return sorted(items, key=_is_key_result)


def objective_key(item: Item) -> str:
    """The key of the objective that an item is, or belongs to."""
    return item.objective if isinstance(item, KeyResult) else item.key


class Names:
    """What check-ins and initiatives name, by ID or text: in their own spreadsheet first, then anywhere."""

    def __init__(self, bearers: Bearers, calendar: Calendar = CALENDAR_YEARS) -> None:
        self._bearers, self._calendar = bearers, calendar
        # By name: all that bear it, and the same by spreadsheet.
        self._places: dict[str, tuple[list[Item], dict[str, list[Item]]]] = {}

    @property
    def items(self) -> Iterator[Item]:
        """Everything that has a name, each once."""
        named = (
            item for those in (self._bearers.by_text, self._bearers.by_id) for items in those.values() for item in items
        )
        yield from in_order({id(item): item for item in named}.values())

    def meant(self, reference: str, spreadsheet: str, *days: str, period: str = "") -> list[Item]:
        """Everything that a name can mean; a name that several things bear is not guessed at by anybody.

        Those of a `period` are meant, else those whose period holds all the `days`, ISO or as written, where there are
        such ones.
        """
        found = self._nearby(key_of(reference), spreadsheet)
        if len(found) < 2:
            return found
        if period:
            key = self._calendar.period(period).key
            return [item for item in found if self.period(item).key == key] or found
        on = [day for day in map(day_of, days) if day]
        return [item for item in found if self._are_in_period(item, on)] or found if on else found

    def about(self, record: Review | Recognition | Feedback) -> list[Item]:
        """Everything that a record can be about. A review is of the period that it names, and not of the day on which
        it was written, which may be in the next one.
        """
        if isinstance(record, Review):
            return self.meant(record.about, record.cell.spreadsheet, period=record.period)
        return self.meant(record.about, record.cell.spreadsheet, record.date)

    def period(self, item: Item) -> Period:
        """The period of an objective, or of the one that a key result belongs to."""
        objective = self._bearers.objectives.get(objective_key(item))
        return self._calendar.period(objective.period) if objective else NO_PERIOD

    def seen(self, names: Iterable[str], spreadsheet: str) -> tuple[object, ...]:
        """Everything that `meant` and `period` look at for these names: the same, and so are the answers."""
        found: list[object] = []
        for name in names:
            items = self._nearby(name, spreadsheet)
            found += [name, *items, *(self._bearers.objectives.get(objective_key(item)) for item in items)]
        return tuple(found)

    def _nearby(self, name: str, spreadsheet: str) -> list[Item]:
        if name not in self._places:
            by_id, by_text = self._bearers.by_id.get(name, ()), self._bearers.by_text.get(name, ())
            candidates = in_order({id(item): item for item in (*by_id, *by_text)}.values())
            places: dict[str, list[Item]] = {}
            for item in candidates:
                places.setdefault(item.cell.spreadsheet, []).append(item)
            self._places[name] = candidates, places
        candidates, places = self._places[name]
        return places.get(spreadsheet, candidates)

    def _are_in_period(self, item: Item, days: Iterable[date]) -> bool:
        span = self.period(item).span
        return span is not None and all(span.first <= day <= span.last for day in days)


def _is_key_result(item: Item) -> bool:
    return isinstance(item, KeyResult)


def _fixed(found: Mapping[str, list[Item]]) -> dict[str, tuple[Item, ...]]:
    return {key: tuple(items) for key, items in found.items() if key}
