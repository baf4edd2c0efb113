"""What a reader wants to see of the company, as it stands in the address: words to search for, and filters. Pure."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields

from sync.domain.keys import key_of, person_key
from sync.domain.okr import Kind, Level, Objective, Status
from sync.domain.scoring import Band
from webapp.company.company import Company
from webapp.company.forest import stands_at_the_top
from webapp.company.search import Query
from webapp.parts.items import troubles_of
from webapp.reader.reader import Reader

LONGEST = 200
YES = "1"
NONE = "none"

Test = Callable[[Objective], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Every field is empty where anything will do. The names are those in the address.

    `level` and `band` may be "none"; `problem`, `moved` and `top` are "1" where only those are wanted that have a
    problem, that moved since last week, that support nothing.
    """

    q: str = ""
    level: str = ""
    unit: str = ""
    owner: str = ""
    band: str = ""
    kind: str = ""
    status: str = ""
    problem: str = ""
    moved: str = ""
    top: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Filters":
        """The filters of an address; what makes no sense is no filter."""
        return cls(**wanted(asked, NAMES, _KNOWN))

    @property
    def is_empty(self) -> bool:
        return not self.query

    @property
    def query(self) -> dict[str, str]:
        """What stands in the address."""
        return {name: value for name, value in asdict(self).items() if value}

    def matching(self, company: Company, reader: Reader) -> list[Objective]:
        """The objectives that are wanted, in the order of the sheets."""
        tests = list(_tests(self, company, reader))
        return [found for found in company.alignment.objectives.values() if all(test(found) for test in tests)]


def wanted(asked: Mapping[str, str], names: Iterable[str], known: Mapping[str, Collection[str]]) -> dict[str, str]:
    """What an address says under these names; where only some values are `known`, no others."""
    found = {name: asked.get(name, "").strip()[:LONGEST] for name in names}
    return {name: value for name, value in found.items() if value in known.get(name, (value,))}


NAMES = tuple(field.name for field in fields(Filters))

_KNOWN: dict[str, tuple[str, ...]] = {
    "level": (*Level, NONE),
    "band": (*Band, NONE),
    "kind": tuple(Kind),
    "status": tuple(Status),
    "problem": (YES,),
    "moved": (YES,),
    "top": (YES,),
}


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


def names_meant(wanted: str, names: Collection[str], key: Callable[[str], str]) -> Collection[str]:
    """The names that are the one that is wanted, as `key` compares them; where none is, those that contain what was
    typed.
    """
    same = {name for name in names if key(name) == key(wanted)}
    query = Query(wanted)
    return same or {name for name in names if query.is_in(name)}


def _band(objective: Objective, company: Company, reader: Reader) -> str:
    value = company.score(objective.key).value
    return NONE if value is None else reader.bands.of(value)
