"""Every spreadsheet with how old its data is, those in doubt first: where there are too many for the head of each page.
Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.company.search import Query
from webapp.pages.filter_form import FilterForm
from webapp.parts.cards import Pages, page_of
from webapp.parts.freshness import Freshness
from webapp.reader.reader import Reader


@dataclass(frozen=True, slots=True)
class SheetsPage:
    """Everything that `sheets.html` prints."""

    form: FilterForm
    found: str
    rows: tuple[Freshness, ...]
    pages: Pages


def sheets_page(typed: str, number: int, sheets: Sequence[Freshness], reader: Reader) -> SheetsPage:
    """One page of the spreadsheets whose title has what was typed."""
    query = Query(typed)
    found = sorted((sheet for sheet in sheets if query.is_in(sheet.title)), key=lambda sheet: not sheet.doubts)
    shown, pages = page_of(found, number)
    said = reader.words.ngettext("%(count)s spreadsheet", "%(count)s spreadsheets", len(found))
    return SheetsPage(FilterForm(typed, (), (), chosen=0), said, tuple(shown), pages)
