"""Which objectives a reader wants to see, as it stands in the address: words to search for, and filters. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from sync.domain.keys import key_of, person_key
from sync.domain.okr import Kind, Level, Objective, Status
from sync.domain.scoring import Band
from webapp.company.company import Company
from webapp.company.forest import stands_at_the_top
from webapp.company.search import Query
from webapp.pages.list_filters import NONE, YES, Known, ListFilters, names_meant
from webapp.parts.items import troubles_of
from webapp.reader.reader import Reader

Test = Callable[[Objective], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters(ListFilters):
    """`level` and `band` may be "none"; `problem`, `moved` and `top` are "1" where only those are wanted that have a
    problem, that moved since last week, that support nothing.
    """

    KNOWN: ClassVar[Known] = {
        "level": (*Level, NONE),
        "band": (*Band, NONE),
        "kind": tuple(Kind),
        "status": tuple(Status),
        "problem": (YES,),
        "moved": (YES,),
        "top": (YES,),
    }

    level: str = ""
    unit: str = ""
    owner: str = ""
    band: str = ""
    kind: str = ""
    status: str = ""
    problem: str = ""
    moved: str = ""
    top: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.query

    def matching(self, company: Company, reader: Reader) -> list[Objective]:
        """The objectives that are wanted, in the order of the sheets."""
        tests = list(_tests(self, company, reader))
        return [found for found in company.alignment.objectives.values() if all(test(found) for test in tests)]


def _tests(filters: Filters, company: Company, reader: Reader) -> Iterator[Test]:
    """The cheap ones first."""
    if filters.level:
        yield lambda found: (found.level or NONE) == filters.level
    if filters.kind:
        yield lambda found: found.kind == filters.kind
    if filters.status:
        yield lambda found: found.status == filters.status
    if filters.band:
        yield lambda found: _band(found, company, reader) == filters.band
    if filters.top:
        yield lambda found: stands_at_the_top(found, company)
    if filters.moved:
        yield lambda found: found.key in company.moves
    if filters.problem:
        yield lambda found: bool(troubles_of(found, company))
    if filters.unit:
        units = names_meant(filters.unit, {found.unit for found in company.alignment.objectives.values()}, key_of)
        yield lambda found: found.unit in units
    if filters.owner:
        owners = names_meant(
            filters.owner, {found.owner for found in company.alignment.objectives.values()}, person_key
        )
        yield lambda found: found.owner in owners
    if filters.q:
        query = Query(filters.q)
        yield lambda found: query.finds(company.texts[found.key])


def _band(objective: Objective, company: Company, reader: Reader) -> str:
    value = company.score(objective.key).value
    return NONE if value is None else reader.bands.of(value)
