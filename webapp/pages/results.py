"""The objectives that a reader asked for by words and filters, by level. Pure."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from sync.domain.keys import person_key
from sync.domain.okr import Objective
from webapp.company.company import Company
from webapp.company.faces import people_here
from webapp.company.forest import by_level
from webapp.company.holders import unit_key
from webapp.company.search import Query
from webapp.pages.filter_form import FilterForm, filter_form
from webapp.pages.filters import Filters
from webapp.parts.cards import Group, Pages, listed, page_of
from webapp.parts.people import PersonLink
from webapp.reader.reader import Reader

# More of one name are found by more words.
MOST_HOLDERS = 10


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Everything that `results.html` prints. `filters` is what the address says; `holders` are units and people whose
    names it says.
    """

    form: FilterForm
    filters: Filters
    found: str
    holders: tuple[PersonLink, ...]
    groups: tuple[Group, ...]
    pages: Pages


def results_page(filters: Filters, number: int, company: Company, reader: Reader) -> ResultsPage:
    """One page of what was found."""
    found = filters.matching(company, reader)
    in_order = [objective for those in by_level(found).values() for objective in those]
    shown, pages = page_of(in_order, number)
    query = Query(filters.q) if filters.q else None
    return ResultsPage(
        form=filter_form(filters, company, reader),
        filters=filters,
        found=reader.words.ngettext("%(count)s objective found", "%(count)s objectives found", len(found)),
        holders=tuple(itertools.islice(_holders(filters, query, company), MOST_HOLDERS)),
        groups=listed(shown, company, reader, partial(_hits, query=query, company=company)),
        pages=pages,
    )


def _holders(filters: Filters, query: Query | None, company: Company) -> Iterator[PersonLink]:
    """Whoever looks for a name may want their page."""
    chosen = {person_key(filters.owner), unit_key(filters.unit)}
    units = {key: holder.name for key, holder in company.holders.items() if not holder.is_person}
    for key, name in itertools.chain(units.items(), people_here(company)):
        if key in chosen or (query and query.is_in(name)):
            yield PersonLink(key, name, is_unit=key in units)


def _hits(objective: Objective, query: Query | None, company: Company) -> list[str]:
    """The key results that it was found for, where its own text does not tell."""
    if query is None or query.is_in(objective.text):
        return []
    return [part.text for part in company.key_results_of(objective.key) if query.is_in(part.text)]
