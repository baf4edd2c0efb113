"""People by name and address: the lists of all tabs and of the configuration together. Pure.

Two spellings of one name are one person. One person with two addresses has none: nobody knows which is meant, and what
is private must not reach somebody else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sync.domain.cycle_records import Person
from sync.domain.keys import person_key
from sync.domain.problems import Problem, problem


@dataclass(frozen=True, slots=True)
class People:
    """Who works here, by key of the name. `keys` are those of each address: several for somebody with several names."""

    by_key: Mapping[str, Person]
    keys: Mapping[str, frozenset[str]]

    def person(self, name: str) -> Person | None:
        """Who bears a name or an address; None for nobody who is listed."""
        key = person_key(name)
        by_address = self.keys.get(name.strip().casefold(), frozenset())
        return self.by_key.get(key) or next((self.by_key[found] for found in sorted(by_address)), None)

    def keys_of(self, address: str) -> frozenset[str]:
        """The keys by which records may name who signed in with an address: their names', and the address's own."""
        return self.keys.get(address.casefold(), frozenset()) | frozenset(filter(None, [person_key(address)]))


def people_of(listed: Sequence[Person]) -> People:
    """All lists together: what one leaves blank, another may say; what is said first counts, but for addresses."""
    by_key: dict[str, Person] = {}
    for person in listed:
        key = person_key(person.name)
        known = by_key.get(key, person)
        by_key[key] = replace(
            known,
            email=known.email or person.email,
            unit=known.unit or person.unit,
            manager=known.manager or person.manager,
        )
    doubtful = {person_key(person.name) for person, _ in _contradictions(listed)}
    by_key = {key: replace(person, email="") if key in doubtful else person for key, person in by_key.items()}
    keys: dict[str, frozenset[str]] = {}
    for key, person in by_key.items():
        if person.email:
            keys[person.email] = keys.get(person.email, frozenset()) | {key}
    return People(by_key, keys)


def two_addresses(listed: Sequence[Person]) -> Iterator[Problem]:
    """People whom two lists, or two rows of one, give different addresses; told where the later one stands."""
    for person, first in _contradictions(listed):
        if person.cell is not None:
            yield problem("two-addresses", person.cell, text=person.name, other=first.cell or "[people]")


def _contradictions(listed: Sequence[Person]) -> Iterator[tuple[Person, Person]]:
    """Each person with an address that is not the one said first, and who said that."""
    first: dict[str, Person] = {}
    for person in listed:
        if person.email and first.setdefault(person_key(person.name), person).email != person.email:
            yield person, first[person_key(person.name)]
