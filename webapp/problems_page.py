"""Everything that people should mend, by spreadsheet and tab. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from sync.problems import Severity
from webapp.cells import web_address
from webapp.company import Company, Found
from webapp.items import Count, ProblemView, counts_of, problem_view
from webapp.reader import Reader


@dataclass(frozen=True, slots=True)
class TabProblems:
    """`title` is empty for what concerns the spreadsheet as a whole."""

    title: str
    problems: tuple[ProblemView, ...]


@dataclass(frozen=True, slots=True)
class SheetProblems:
    """`title` is empty for what concerns no single spreadsheet."""

    title: str
    url: str
    tabs: tuple[TabProblems, ...]


@dataclass(frozen=True, slots=True)
class ProblemsPage:
    """Everything that `problems.html` prints."""

    counts: tuple[Count, ...]
    sheets: tuple[SheetProblems, ...]


def problems_page(company: Company, reader: Reader) -> ProblemsPage:
    """All problems, the worst of each tab first and else in the order of the sheet."""
    by_sheet: dict[str, list[Found]] = {}
    for found in company.problems:
        by_sheet.setdefault(found.spreadsheet, []).append(found)
    sheets = tuple(_sheet(spreadsheet, found, company, reader) for spreadsheet, found in by_sheet.items())
    return ProblemsPage(counts_of((found.problem for found in company.problems), reader), sheets)


def _sheet(spreadsheet: str, found: Sequence[Found], company: Company, reader: Reader) -> SheetProblems:
    snapshot = company.snapshots.get(spreadsheet)
    by_tab: dict[str, list[Found]] = {}
    for one in found:
        by_tab.setdefault(one.problem.cell.tab if one.problem.cell else "", []).append(one)
    return SheetProblems(
        title=snapshot.title if snapshot else spreadsheet,
        url=web_address(snapshot.url) if snapshot else "",
        tabs=tuple(
            TabProblems(tab, tuple(problem_view(one.problem, company, reader) for one in sorted(here, key=_urgency)))
            for tab, here in by_tab.items()
        ),
    )


def _urgency(found: Found) -> tuple[int, int, int]:
    cell = found.problem.cell
    severity = list(Severity).index(found.problem.severity)
    return (severity, cell.row, cell.column) if cell else (severity, -1, -1)
