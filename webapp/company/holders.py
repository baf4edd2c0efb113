"""Units and people: who has which objectives and key results. Pure.

In the order of the sheets, never of scores: OKR is a tool in people's hands, not a way to rate them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sync.domain.joining import joined
from sync.domain.keys import identity, key_of, person_key
from sync.domain.okr import KeyResult, Objective, Status


@dataclass(slots=True)
class Holder:
    """A unit or a person, by the name that the sheets write first.

    `key_results` are those that a person has under somebody else's objective; not those of a draft, which are nothing
    yet that anybody works on.
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
                holder = found.setdefault(key, Holder(key, key_result.owner, True))
                holder.key_results += [key_result] if objective.status is not Status.DRAFT else []
    return found


def joined_holders(parts: Iterable[Mapping[str, Holder]]) -> dict[str, Holder]:
    """Those of all spreadsheets together, in the order of the sheets."""
    found = joined({key: (holder,) for key, holder in part.items()} for part in parts)
    return {key: those[0] if len(those) == 1 else _one(those) for key, those in found.items()}


def _one(same: Sequence[Holder]) -> Holder:
    objectives = [objective for each in same for objective in each.objectives]
    key_results = [key_result for each in same for key_result in each.key_results]
    return replace(same[0], objectives=objectives, key_results=key_results)
