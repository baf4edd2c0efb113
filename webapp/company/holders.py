"""Units and people: who has which objectives and key results. Pure.

In the order of the sheets, never of scores: OKR is a tool in people's hands, not a way to rate them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sync.domain.keys import identity, key_of, person_key
from sync.domain.okr import KeyResult, Objective


@dataclass(slots=True)
class Holder:
    """A unit or a person, by the name that the sheets write first.

    `key_results` are those that a person has under somebody else's objective.
    """

    key: str
    name: str
    is_person: bool
    objectives: list[Objective] = field(default_factory=list)
    key_results: list[KeyResult] = field(default_factory=list)


def unit_key(name: str) -> str:
    """The key of a unit; "" without a name."""
    return identity("unit", key_of(name)) if key_of(name) else ""


def holders_of(objectives: Iterable[Objective], key_results: Mapping[str, Sequence[KeyResult]]) -> Mapping[str, Holder]:
    """Every unit and person that the sheets name, by key."""
    found: dict[str, Holder] = {}
    for objective in objectives:
        for key, name, is_person in (
            (unit_key(objective.unit), objective.unit, False),
            (person_key(objective.owner), objective.owner, True),
        ):
            if key:
                found.setdefault(key, Holder(key, name, is_person)).objectives.append(objective)
        for key_result in key_results.get(objective.key, ()):
            key = person_key(key_result.owner)
            if key not in ("", person_key(objective.owner)):
                found.setdefault(key, Holder(key, key_result.owner, True)).key_results.append(key_result)
    return found
