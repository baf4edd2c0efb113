"""The problems as plain text, to be pasted into a chat message: where, what is wrong, what to do, and the link. Pure.

As long as one page of the problems and no longer; the address of the page stands at the end for the rest.
"""

from collections.abc import Iterable, Iterator

from webapp.company.company import Company
from webapp.pages.problem_filters import ProblemFilters
from webapp.pages.problems import DraftProblems, SheetProblems, problems_page
from webapp.parts.items import ProblemView
from webapp.reader.reader import Reader
from webapp.security import visible


def problems_text(
    filters: ProblemFilters, number: int, address: str, company: Company, reader: Reader, reading: str = ""
) -> str:
    """The text of one page; `address` is where that page is. `reading` is said where nothing was found
    before all sheets were read."""
    gettext = reader.words.gettext
    page = problems_page(filters, number, company, reader)
    counts = ", ".join(count.text for count in page.counts) or reading or gettext("No problems in the sheets.")
    heading, place = gettext("Problems in the sheets"), gettext("On the page")
    lines = [f"{heading}: {counts}", ""]
    for sheet in page.sheets:
        lines += [*_sheet_lines(sheet, reader), ""]
    if page.before_live:
        lines += [*_draft_lines(page.before_live, reader), ""]
    if page.pages.count > 1:
        lines.append(gettext("Page %(number)s of %(count)s", number=page.pages.number, count=page.pages.count))
    return "\n".join([*lines, f"{place}: {address}", ""])


def _sheet_lines(sheet: SheetProblems, reader: Reader) -> Iterator[str]:
    yield _line(sheet.title) or reader.words.gettext("Whole company")
    for tab in sheet.tabs:
        for problem in tab.problems:
            yield from _problem_lines(problem, reader)


def _draft_lines(drafts: Iterable[DraftProblems], reader: Reader) -> Iterator[str]:
    yield f"{reader.words.gettext('Before it goes live')}:"
    for found in drafts:
        yield _line(found.draft.text)
        for problem in found.problems:
            yield from _problem_lines(problem, reader)


def _problem_lines(problem: ProblemView, reader: Reader) -> Iterator[str]:
    place = problem.cell.label if problem.cell else reader.words.gettext("Whole spreadsheet")
    yield f"• {_line(place)} – {problem.word}: {_line(problem.message)}"
    yield f"  {_line(problem.hint)}"
    if problem.cell and problem.cell.url:
        yield f"  {_line(problem.cell.url)}"


def _line(text: str) -> str:
    """On one line, without marks that would turn the text around it."""
    return " ".join(str(visible(text)).split())
