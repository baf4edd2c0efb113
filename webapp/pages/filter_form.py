"""The search form as a reader sees it: what can be chosen, and what is. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sync.domain.keys import key_of
from sync.domain.okr import Kind, Level
from sync.domain.problems import quote
from webapp.company.company import Company
from webapp.company.faces import people_here
from webapp.pages.filters import Filters
from webapp.pages.list_filters import NONE, YES, ListFilters
from webapp.reader.name_order import name_order
from webapp.reader.reader import Reader
from webapp.security import LONGEST_VALUE

# More names than these are typed, not picked from a list.
MOST_TO_PICK_FROM = 60


@dataclass(frozen=True, slots=True)
class Option:
    """`value` stands in the address, `label` on the page."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One field of the form. Without options it is typed, and `value` is what was."""

    name: str
    label: str
    value: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class FilterForm:
    """`choices` are picked or typed, `switches` are ticked. `chosen` is how many of them are set."""

    q: str
    choices: tuple[Choice, ...]
    switches: tuple[Option, ...]
    chosen: int


def filter_form(filters: Filters, company: Company, reader: Reader) -> FilterForm:
    """The form for the objectives of a company."""
    gettext = reader.words.gettext
    switches = (
        Option("problem", gettext("with a problem"), filters.problem == YES),
        Option("moved", gettext("moved since last week"), filters.moved == YES),
        Option("top", gettext("supporting nothing"), filters.top == YES),
    )
    found = _names_to_choose(filters, company, reader) + _words_to_choose(filters, company, reader)
    return form_of(filters, found, switches)


def form_of(filters: ListFilters, found: Iterable[Choice | None], switches: tuple[Option, ...] = ()) -> FilterForm:
    """The form of a list: the fields between which there is something to choose."""
    choices = tuple(one for one in found if one is not None)
    return FilterForm(filters.q, choices, switches, chosen=len(filters.query.keys() - {"q"}))


def _names_to_choose(filters: Filters, company: Company, reader: Reader) -> list[Choice | None]:
    """What people have written into their sheets."""
    gettext = reader.words.gettext
    units = (holder.name for holder in company.holders.values() if not holder.is_person)
    return [
        choice("unit", gettext("Unit"), filters.unit, names_to_pick(units)),
        choice("owner", gettext("Owner"), filters.owner, names_to_pick(name for _, name in people_here(company))),
    ]


def _words_to_choose(filters: Filters, company: Company, reader: Reader) -> list[Choice | None]:
    """Our own words, as far as there is anything for them."""
    gettext, objectives = reader.words.gettext, company.alignment.objectives.values()
    levels = {level.value: reader.levels[level] for level in Level} | {NONE: reader.levels[None]}
    bands = {band.value: word for band, word in reader.band_words.items()} | {NONE: gettext("no score")}
    kinds = {kind.value: reader.kinds[kind] for kind in Kind}
    statuses = {status.value: word for status, word in reader.statuses.items()}
    return [
        choice("level", gettext("Level"), filters.level, _only(levels, {found.level or NONE for found in objectives})),
        choice("band", gettext("Band"), filters.band, bands),
        choice("kind", gettext("Kind"), filters.kind, _only(kinds, {found.kind for found in objectives})),
        choice("status", gettext("Status"), filters.status, _only(statuses, {found.status for found in objectives})),
    ]


def names_to_pick(found: Iterable[str]) -> dict[str, str]:
    """Each name once, as it was written first, where a reader looks for it: cut to what an address takes, and shorter
    still to be read.

    As soon as there are too many to pick from, the others are not looked at.
    """
    names: dict[str, str] = {}
    for name in found:
        if name:
            names.setdefault(key_of(name), name)
        if len(names) > MOST_TO_PICK_FROM:
            break
    return {name[:LONGEST_VALUE].strip(): quote(name) for name in sorted(names.values(), key=name_order)}


def _only(words: Mapping[str, str], present: Collection[str | None]) -> dict[str, str]:
    return {value: word for value, word in words.items() if value in present}


def choice(name: str, label: str, value: str, words: Mapping[str, str]) -> Choice | None:
    """A field with these words to pick from, by value; None where there is nothing to choose between."""
    if len(words) < 2 and not value:
        return None
    if len(words) > MOST_TO_PICK_FROM:
        return Choice(name, label, value)
    options = [Option(option, word, key_of(option) == key_of(value)) for option, word in words.items()]
    if value and not any(option.is_chosen for option in options):
        options.append(Option(value, value, True))
    return Choice(name, label, value, tuple(options))
