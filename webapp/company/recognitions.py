"""Recognition that is for everyone, by what it is about and by whom it is for. Pure.

What is for those who are named alone is not here: this is for pages that anybody reads, and prints.
"""

from collections.abc import Set
from datetime import date

from sync.domain.cycle_records import Recognition
from sync.domain.rhythm import day_of
from webapp.company.company import Company


def given_since(since: date, about: Set[str], receivers: Set[str], company: Company) -> list[Recognition]:
    """Those from a day on, about one of the items or for one of the people (all by key); newest first."""
    found: list[Recognition] = []
    for thanks in company.wall:
        day = day_of(thanks.recognition.date)
        if day is None or day < since:
            break
        if day <= company.today and (thanks.about in about or not receivers.isdisjoint(thanks.people)):
            found.append(thanks.recognition)
    return found
