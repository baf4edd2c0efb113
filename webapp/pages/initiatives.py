"""All initiatives, by due date: what is to be done for which key result, by whom, and what is late. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from sync.domain.keys import key_of, person_key
from sync.domain.okr import InitiativeState
from webapp.company.company import Company
from webapp.company.search import Query
from webapp.company.undertakings import Undertaking
from webapp.pages.filter_form import FilterForm, Option, choice, form_of, names_to_pick
from webapp.pages.list_filters import NONE, YES, Known, ListFilters, names_meant
from webapp.parts.cards import Pages, page_of
from webapp.parts.initiatives import InitiativeView, initiative_view
from webapp.parts.items import Reference, reference_to
from webapp.parts.timeline import Timeline, timeline
from webapp.reader.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeFilters(ListFilters):
    """`state` may be "none"; `late` is "1" where only late ones are wanted."""

    KNOWN: ClassVar[Known] = {"state": (*InitiativeState, NONE), "late": (YES,)}

    unit: str = ""
    owner: str = ""
    state: str = ""
    late: str = ""

    def matching(self, found: Iterable[Undertaking]) -> list[Undertaking]:
        """Those that are wanted, in their order."""
        found = list(found)
        tests = list(self._tests(found))
        return [one for one in found if all(test(one) for test in tests)]

    def _tests(self, known: Sequence[Undertaking]) -> Iterator[Callable[[Undertaking], bool]]:
        """The cheap ones first."""
        if self.late:
            yield lambda one: one.is_late
        if self.state:
            yield lambda one: (one.initiative.state or NONE) == self.state
        if self.owner:
            owners = names_meant(self.owner, {one.initiative.owner for one in known}, person_key)
            yield lambda one: one.initiative.owner in owners
        if self.unit:
            units = names_meant(self.unit, set(_units(known)), key_of)
            yield lambda one: any(objective.unit in units for objective in one.objectives)
        if self.q:
            query = Query(self.q)
            yield lambda one: query.is_in(one.initiative.text)


@dataclass(frozen=True, slots=True)
class Served:
    """An initiative with the objectives that it serves."""

    initiative: InitiativeView
    objectives: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class InitiativesPage:
    """Everything that `initiatives.html` prints. `late` says how many of those found are late."""

    form: FilterForm
    filters: InitiativeFilters
    found: str
    late: str
    timeline: Timeline | None
    rows: tuple[Served, ...]
    pages: Pages


def initiatives_page(filters: InitiativeFilters, number: int, company: Company, reader: Reader) -> InitiativesPage:
    """One page of the initiatives that are wanted."""
    known = company.undertakings
    found = filters.matching(known)
    shown, pages = page_of(found, number)
    return InitiativesPage(
        form=_form(filters, known, reader),
        filters=filters,
        found=count_text(found, reader),
        late=late_text(found, reader),
        timeline=timeline(shown, company, reader),
        rows=tuple(served_view(one, company, reader) for one in shown),
        pages=pages,
    )


def count_text(found: Sequence[Undertaking], reader: Reader) -> str:
    """How many initiatives these are."""
    return reader.words.ngettext("%(count)s initiative", "%(count)s initiatives", len(found))


def late_text(found: Sequence[Undertaking], reader: Reader) -> str:
    """How many of these are late: "3 of 12 are late"; "" where none is."""
    late = sum(one.is_late for one in found)
    if not late:
        return ""
    ngettext = reader.words.ngettext
    return ngettext("%(count)s of %(total)s is late", "%(count)s of %(total)s are late", late, total=len(found))


def served_view(one: Undertaking, company: Company, reader: Reader) -> Served:
    """An initiative with links to what it serves."""
    objectives = tuple(reference_to(objective.key, company, reader) for objective in one.objectives)
    return Served(initiative_view(one.initiative, company, reader), objectives)


def _form(filters: InitiativeFilters, known: Sequence[Undertaking], reader: Reader) -> FilterForm:
    gettext = reader.words.gettext
    states = {state.value: word for state, word in reader.initiative_states.items()} | {NONE: gettext("not told")}
    found = (
        choice("unit", gettext("Unit"), filters.unit, names_to_pick(_units(known))),
        choice("owner", gettext("Owner"), filters.owner, names_to_pick(one.initiative.owner for one in known)),
        choice("state", gettext("Status"), filters.state, states),
    )
    switches = (Option("late", gettext("late"), filters.late == YES),)
    return form_of(filters, found, switches)


def _units(known: Iterable[Undertaking]) -> Iterator[str]:
    return (objective.unit for one in known for objective in one.objectives)
