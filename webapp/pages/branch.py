"""A part of the tree: one objective, opened, with those that support it. Pure."""

from dataclasses import dataclass

from webapp.company.company import Company
from webapp.company.forest import supporters
from webapp.parts.cards import Card, Pages, open_card, page_of
from webapp.parts.items import Reference, path_to
from webapp.reader.reader import Reader


@dataclass(frozen=True, slots=True)
class BranchPage:
    """Everything that `branch.html` prints. `above` leads from the top of the tree to the parent."""

    above: tuple[Reference, ...]
    card: Card
    pages: Pages


def branch_page(key: str, number: int, company: Company, reader: Reader) -> BranchPage | None:
    """The branch of one objective, with one page of its supporters; None where there is no such objective."""
    objective = company.alignment.objectives.get(key)
    if objective is None:
        return None
    shown, pages = page_of(supporters(objective, company), number)
    return BranchPage(path_to(objective, company, reader), open_card(objective, shown, company, reader), pages)
