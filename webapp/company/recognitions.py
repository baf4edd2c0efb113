"""Recognition that is for everyone, by what it is about and by whom it is for. Pure.

What is for those who are named alone is not here: this is for pages that anybody reads, and prints.
"""

from collections.abc import Set
from datetime import date

from sync.domain.cells import CellRef
from sync.domain.cycle_records import Recognition
from sync.domain.keys import person_key
from sync.domain.rhythm import day_of
from webapp.company.company import Company


def given_since(since: date, about: Set[str], receivers: Set[str], company: Company) -> list[Recognition]:
    """Those from a day on, about one of the items or for one of the people (all by key); newest first."""
    found: dict[CellRef, tuple[date, Recognition]] = {}
    for key, given in company.recognitions.items():
        for one in given:
            day = day_of(one.date)
            if day and since <= day <= company.today and (key in about or _is_for(one, receivers)):
                found[one.cell] = day, one
    return [one for _, one in sorted(found.values(), key=lambda each: each[0], reverse=True)]


def _is_for(recognition: Recognition, receivers: Set[str]) -> bool:
    return any(person_key(name) in receivers for name in recognition.receivers if name)
