"""Everything that people should mend, by spreadsheet and tab, a page at a time. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from webapp.company.company import Company
from webapp.company.problems import CompanyProblem
from webapp.pages.filter_form import FilterForm
from webapp.pages.list_filters import NONE
from webapp.pages.problem_filters import ProblemFilters, in_order, tab_of, title_of
from webapp.pages.problems_form import problems_form
from webapp.parts.cards import Pages, page_of
from webapp.parts.cells import web_address
from webapp.parts.items import Count, ProblemView, Reference, counts_of, problem_view, reference_to
from webapp.reader.reader import Reader

# So many problems a page has, and a text for a chat message.
PAGE = 100


@dataclass(frozen=True, slots=True)
class TabProblems:
    """`title` is empty for what concerns the spreadsheet as a whole."""

    title: str
    problems: tuple[ProblemView, ...]


@dataclass(frozen=True, slots=True)
class SheetProblems:
    """Those of one spreadsheet that are on this page. `title` is empty for what concerns no single spreadsheet.

    `counts` are of all that were asked for, on whichever page; `only` are the filters that show nothing else.
    """

    title: str
    url: str
    counts: tuple[Count, ...]
    only: Mapping[str, str]
    tabs: tuple[TabProblems, ...]


@dataclass(frozen=True, slots=True)
class DraftProblems:
    """What one draft still lacks."""

    draft: Reference
    problems: tuple[ProblemView, ...]


@dataclass(frozen=True, slots=True)
class ProblemsPage:
    """Everything that `problems.html` prints. `found` is empty where all were asked for.

    `reading` stands in the place of `counts` as long as not all sheets were read.

    `before_live` are those of drafts, which stand last and are in no count. `others` are the spreadsheets that have
    problems and none of them on this page, without these.
    """

    form: FilterForm
    filters: ProblemFilters
    found: str
    counts: tuple[Count, ...]
    reading: str
    sheets: tuple[SheetProblems, ...]
    others: tuple[SheetProblems, ...]
    before_live: tuple[DraftProblems, ...]
    pages: Pages


def problems_page(
    filters: ProblemFilters, number: int, company: Company, reader: Reader, reading: str = ""
) -> ProblemsPage:
    """One page of what was asked for."""
    found = in_order(filters.matching(company.problems, company, reader))
    before_live = in_order(filters.matching(company.before_live, company, reader))
    on_page, pages = page_of([*found, *before_live], number, PAGE)
    shown = on_page[: max(len(found) - (number - 1) * PAGE, 0)]
    said = reader.words.ngettext("%(count)s problem found", "%(count)s problems found", len(found))
    by_sheet = _by_sheet(found)
    here = {id_: _by_tab(those, company, reader) for id_, those in _by_sheet(shown).items()}
    sheets = {id_: _sheet(id_, those, filters, company, reader) for id_, those in by_sheet.items()}
    return ProblemsPage(
        form=problems_form(filters, company, reader),
        filters=filters,
        found=said if filters.query else "",
        counts=_counts(found, reader),
        reading=reading,
        sheets=tuple(replace(sheets[id_], tabs=tabs) for id_, tabs in here.items()),
        others=tuple(sheet for id_, sheet in sheets.items() if id_ not in here),
        before_live=_by_draft(on_page[len(shown) :], company, reader),
        pages=pages,
    )


def _by_draft(problems: Sequence[CompanyProblem], company: Company, reader: Reader) -> tuple[DraftProblems, ...]:
    drafts: dict[str, list[ProblemView]] = {}
    for found in problems:
        drafts.setdefault(found.draft, []).append(problem_view(found.problem, company, reader))
    return tuple(DraftProblems(reference_to(key, company, reader), tuple(those)) for key, those in drafts.items())


def _by_sheet(problems: Iterable[CompanyProblem]) -> dict[str, list[CompanyProblem]]:
    return {id_: list(those) for id_, those in groupby(problems, lambda found: found.spreadsheet)}


def _sheet(
    id_: str, problems: Sequence[CompanyProblem], filters: ProblemFilters, company: Company, reader: Reader
) -> SheetProblems:
    snapshot = company.snapshots.get(id_)
    return SheetProblems(
        title=title_of(id_, company),
        url=web_address(snapshot.url) if snapshot else "",
        counts=_counts(problems, reader),
        only=replace(filters, sheet=id_ or NONE).query,
        tabs=(),
    )


def _by_tab(problems: Sequence[CompanyProblem], company: Company, reader: Reader) -> tuple[TabProblems, ...]:
    def views(those: Iterable[CompanyProblem]) -> Iterator[ProblemView]:
        return (problem_view(found.problem, company, reader) for found in those)

    return tuple(TabProblems(title, tuple(views(those))) for title, those in groupby(problems, tab_of))


def _counts(problems: Iterable[CompanyProblem], reader: Reader) -> tuple[Count, ...]:
    return counts_of((found.problem for found in problems), reader)
