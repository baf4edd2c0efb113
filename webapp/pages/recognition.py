"""The wall: who was thanked for what, the newest first. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sync.domain.keys import person_key
from webapp.company.company import Company
from webapp.company.holders import unit_key
from webapp.company.notes import Thanks
from webapp.company.search import Query
from webapp.pages.filter_form import FilterForm, choice, form_of, names_to_pick
from webapp.pages.list_filters import ListFilters, names_meant
from webapp.parts.cards import Pages, page_of
from webapp.parts.recognition import RecognitionView, thanks_view
from webapp.reader.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionFilters(ListFilters):
    """`person` is who was thanked."""

    unit: str = ""
    person: str = ""

    def matching(self, company: Company) -> list[Thanks]:
        """Those of a company that are wanted, in their order."""
        tests = list(self._tests(company))
        return [one for one in company.wall if all(test(one) for test in tests)]

    def _tests(self, company: Company) -> Iterator[Callable[[Thanks], bool]]:
        """The cheap ones first."""
        if self.person:
            people = set(map(person_key, names_meant(self.person, _receivers(company.wall), person_key)))
            yield lambda one: not people.isdisjoint(one.people)
        if self.unit:
            meant = names_meant(self.unit, _units(company), unit_key)
            units = {unit_key(self.unit), *map(unit_key, meant)}
            yield lambda one: not units.isdisjoint(one.units)
        if self.q:
            query = Query(self.q)
            yield lambda one: query.finds(one.texts)


@dataclass(frozen=True, slots=True)
class RecognitionPage:
    """Everything that `recognition.html` prints. `is_kept`: there is some, whatever is wanted of it."""

    form: FilterForm
    filters: RecognitionFilters
    found: str
    is_kept: bool
    rows: tuple[RecognitionView, ...]
    pages: Pages


def recognition_page(filters: RecognitionFilters, number: int, company: Company, reader: Reader) -> RecognitionPage:
    """One page of the thanks that are wanted, of all periods: thanks have a day, and no period."""
    found = filters.matching(company)
    shown, pages = page_of(found, number)
    return RecognitionPage(
        form=_form(filters, company, reader),
        filters=filters,
        found=reader.words.ngettext("%(count)s recognition", "%(count)s recognitions", len(found)),
        is_kept=bool(company.wall),
        rows=tuple(thanks_view(one, company, reader) for one in shown),
        pages=pages,
    )


def _form(filters: RecognitionFilters, company: Company, reader: Reader) -> FilterForm:
    gettext = reader.words.gettext
    found = (
        choice("unit", gettext("Unit"), filters.unit, names_to_pick(sorted(_units(company)))),
        choice("person", gettext("Person"), filters.person, names_to_pick(sorted(_receivers(company.wall)))),
    )
    return form_of(filters, found)


def _receivers(wall: Iterable[Thanks]) -> set[str]:
    return {name for one in wall for name in one.recognition.receivers}


def _units(company: Company) -> set[str]:
    """The units that were thanked, as far as the company has them."""
    thanked = {key for one in company.wall for key in one.units}
    return {company.holders[key].name for key in thanked & company.holders.keys()}
