"""What a reader wants to see of a long list, as it stands in the address. Pure; what each list can be asked for is said
where that list is.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, fields
from typing import ClassVar, Self

from webapp.company.search import Query

YES = "1"
NONE = "none"

# The values that make sense, by the name of a field.
Known = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFilters:
    """Every field is empty where anything will do. The names are those in the address; `q` are words to search for.
    Where only some values make sense, KNOWN has them by the field's name.
    """

    KNOWN: ClassVar[Known] = {}

    q: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Self:
        """The filters of an address; what makes no sense is no filter."""
        found = {name: asked.get(name, "").strip() for name in cls.names()}
        return cls(**{name: value for name, value in found.items() if value in cls.KNOWN.get(name, (value,))})

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """What an address may say of the list."""
        return tuple(field.name for field in fields(cls))

    @property
    def query(self) -> dict[str, str]:
        """What stands in the address."""
        return {name: value for name, value in asdict(self).items() if value}


def names_meant(wanted: str, names: Collection[str], key: Callable[[str], str]) -> Collection[str]:
    """The names that are the one that is wanted, as `key` compares them; where none is, those that contain what was
    typed.
    """
    same = {name for name in names if key(name) == key(wanted)}
    query = Query(wanted)
    return same or {name for name in names if query.is_in(name)}
