"""The search form of the problems as a reader sees it: what can be chosen, and what is. Pure."""

from collections import defaultdict
from collections.abc import Mapping

from sync.domain.catalogue import CATALOGUE, Severity
from sync.domain.languages import Language
from sync.domain.problems import quote
from sync.translations import gettext
from webapp.company.company import Company
from webapp.pages.filter_form import FilterForm, choice, form_of
from webapp.pages.list_filters import NONE
from webapp.pages.problem_filters import ProblemFilters, title_of
from webapp.reader.reader import Reader


def problems_form(filters: ProblemFilters, company: Company, reader: Reader) -> FilterForm:
    """The form for a company; what nobody could choose between is left out."""
    gettext = reader.words.gettext
    severities = {severity.value: reader.severities[severity] for severity in _severities(company)}
    found = (
        choice("sheet", gettext("Spreadsheet"), filters.sheet, _sheets(company, reader)),
        choice("severity", gettext("Severity"), filters.severity, severities),
        choice("code", gettext("What is wrong"), filters.code, _codes(company, reader.language)),
    )
    return form_of(filters, found)


def _sheets(company: Company, reader: Reader) -> Mapping[str, str]:
    ids = dict.fromkeys(found.spreadsheet for found in company.told)
    whole = reader.words.gettext("Whole company")
    return {id_ or NONE: quote(title_of(id_, company)) or whole for id_ in ids}


def _severities(company: Company) -> list[Severity]:
    present = {found.problem.severity for found in company.told}
    return [severity for severity in Severity if severity in present]


def _codes(company: Company, language: Language) -> Mapping[str, str]:
    """Every code that occurs, by what the catalogue says of it: with dots for what it would quote."""
    present = {found.problem.code for found in company.told}
    dots: Mapping[str, str] = defaultdict(lambda: "…")
    said = {code: gettext(CATALOGUE[code].message, language) for code in CATALOGUE if code in present}
    return {code: quote(message.format_map(dots)) for code, message in said.items()}
