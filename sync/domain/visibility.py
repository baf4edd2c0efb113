"""Who may see what a team wrote down about people. Pure; the one place that decides it.

Who reads is a set of keys of people (`keys.person_key`, `people.People.keys_of`), empty for a reader who is not known.
"""

from collections.abc import Set
from dataclasses import dataclass

from sync.domain.cycle_records import (
    Coaching,
    CycleRecord,
    Feedback,
    Person,
    Recognition,
    Review,
    Visible,
)
from sync.domain.keys import person_key


@dataclass(frozen=True, slots=True)
class Audience:
    """Everyone, or the people with these keys; without any, nobody."""

    everyone: bool = False
    people: frozenset[str] = frozenset()

    def has(self, reader: Set[str]) -> bool:
        """Whether a reader is one of them."""
        return self.everyone or not self.people.isdisjoint(reader)


EVERYONE, NOBODY = Audience(everyone=True), Audience()


def audience(record: CycleRecord) -> Audience:
    """Who may see a record.

    A row that is for the people named in it, and does not name whom it is about, is for nobody: nobody knows whom it
    concerns. The list of people is not shown as such, for it holds their addresses.
    """
    if isinstance(record, Review):
        return EVERYONE
    if isinstance(record, Person):
        return NOBODY
    if record.visible is Visible.INVOLVED and all(subjects(record)):
        return Audience(people=frozenset(filter(None, map(person_key, named(record)))))
    return EVERYONE if record.visible is Visible.EVERYONE else NOBODY


def subjects(record: Recognition | Feedback | Coaching) -> tuple[str, ...]:
    """Whom a record is about, as written; one empty name where the row does not say."""
    found = (record.person,) if isinstance(record, Coaching) else record.receivers
    return found or ("",)


def named(record: Recognition | Feedback | Coaching) -> tuple[str, ...]:
    """Everybody who is named in a row, as written."""
    return (record.coach if isinstance(record, Coaching) else record.giver, *subjects(record))
