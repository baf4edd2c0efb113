"""Links to the pages of people and units, by their names. Pure."""

from dataclasses import dataclass

from sync.domain.keys import person_key


@dataclass(frozen=True, slots=True)
class PersonLink:
    """Somebody, or a unit, and the key of their page; "" without one."""

    key: str
    name: str
    is_unit: bool = False


def person_link(name: str) -> PersonLink:
    """A name that stands where everyone may read it."""
    return PersonLink(person_key(name), name)
