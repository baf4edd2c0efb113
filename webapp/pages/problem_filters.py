"""Which problems a reader wants to see, as it stands in the address, and the order in which they are told. Pure."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from sync.domain.catalogue import CATALOGUE, Severity
from sync.domain.languages import Language
from sync.domain.problems import Problem
from sync.translations.problems import hint_of, message_of
from webapp.company.company import Company
from webapp.company.problems import CompanyProblem
from webapp.company.search import Query, Texts, searched
from webapp.pages.list_filters import NONE, Known, ListFilters
from webapp.reader.reader import Reader

Test = Callable[[CompanyProblem], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemFilters(ListFilters):
    """`sheet` is a spreadsheet's ID or words of its title, "none" for what concerns no single one; `code` is the
    catalogue's.
    """

    KNOWN: ClassVar[Known] = {"severity": tuple(Severity), "code": tuple(CATALOGUE)}

    sheet: str = ""
    severity: str = ""
    code: str = ""

    def matching(self, problems: Iterable[CompanyProblem], company: Company, reader: Reader) -> list[CompanyProblem]:
        """Those of some problems of a company that are wanted, in the order in which they were found."""
        tests = list(_tests(self, company, reader))
        return [found for found in problems if all(test(found) for test in tests)]


def title_of(spreadsheet: str, company: Company) -> str:
    """The title of a spreadsheet; its ID before it was first read, "" for none."""
    snapshot = company.snapshots.get(spreadsheet)
    return snapshot.title if snapshot else spreadsheet


def tab_of(found: CompanyProblem) -> str:
    """The tab that a problem is on; "" where it concerns the spreadsheet as a whole."""
    return found.problem.cell.tab if found.problem.cell else ""


def in_order(problems: Sequence[CompanyProblem]) -> list[CompanyProblem]:
    """By spreadsheet and tab, of each tab the worst first, then as the rows stand."""
    places: dict[tuple[str, ...], int] = {}
    for found in problems:
        places.setdefault((found.spreadsheet,), len(places))
        places.setdefault((found.spreadsheet, tab_of(found)), len(places))
    severities = {severity: nth for nth, severity in enumerate(Severity)}

    def rank(found: CompanyProblem) -> tuple[int, ...]:
        cell, sheet = found.problem.cell, found.spreadsheet
        where = (cell.row, cell.column) if cell else (-1, -1)
        return (places[(sheet,)], places[(sheet, tab_of(found))], severities[found.problem.severity], *where)

    return sorted(problems, key=rank)


def _tests(filters: ProblemFilters, company: Company, reader: Reader) -> Iterator[Test]:
    """The cheap ones first."""
    if filters.sheet:
        sheets = _meant(filters.sheet, company)
        yield lambda found: (found.spreadsheet or NONE) in sheets
    if filters.code:
        yield lambda found: found.problem.code == filters.code
    if filters.severity:
        yield lambda found: found.problem.severity == filters.severity
    if filters.q:
        query = Query(filters.q)
        yield lambda found: query.finds(
            problem_texts(found.problem, title_of(found.spreadsheet, company), reader.language)
        )


def _meant(wanted_sheet: str, company: Company) -> Collection[str]:
    """The IDs that are meant; an ID that is known means itself alone."""
    ids = {found.spreadsheet or NONE for found in company.told} | company.snapshots.keys()
    query = Query(wanted_sheet)
    return {wanted_sheet} & ids or {id_ for id_ in ids if query.is_in(title_of(id_, company))}


@lru_cache(maxsize=2**15)
def problem_texts(problem: Problem, title: str, language: Language) -> Texts:
    """What is searched of one problem: what the page says of it, and where it is.

    Most problems are still there when the next one searches, and in the view after this one.
    """
    said = (message_of(problem, language), hint_of(problem, language))
    return searched((*said, str(problem.cell or ""), title))
