"""People as the configuration names them: addresses, units and managers that no tab holds."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from sync.config.access import EMail
from sync.config.faults import Fault
from sync.config.sources import Strict
from sync.domain.cycle_records import Person
from sync.domain.keys import person_key


class PersonSettings(Strict):
    """One person, under the name that the sheets write."""

    email: EMail | None = Field(None, description="The address with which they sign in.")
    unit: str = Field("", description="Team or department.")
    manager: str = Field("", description="Name of whom they report to.")


def _different(table: dict[str, PersonSettings]) -> dict[str, PersonSettings]:
    met: dict[str, tuple[str, str]] = {}
    for name, person in table.items():
        if person.email is None:
            continue
        other, email = met.setdefault(person_key(name), (name, person.email))
        if email != person.email:
            raise Fault("person-twice", names=f"{other}, {name}")
    return table


PeopleTable = Annotated[dict[Annotated[str, Field(min_length=1)], PersonSettings], AfterValidator(_different)]


def listed(table: Mapping[str, PersonSettings]) -> tuple[Person, ...]:
    """The people of the table."""
    return tuple(
        Person(name=name, email=found.email or "", unit=found.unit, manager=found.manager)
        for name, found in table.items()
    )
