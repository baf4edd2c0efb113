"""What the teams learned: lessons, decisions and last words about an objective and its key results. Pure."""

from dataclasses import dataclass

from sync.domain.cycle_records import Review
from sync.domain.okr import KeyResult, Objective
from webapp.company.company import Company
from webapp.parts.cells import CellLink, cell_link
from webapp.reader.reader import Reader


@dataclass(frozen=True, slots=True)
class Learned:
    """What a team wrote about an objective or a key result. `about` is the key result's text, "" for the objective."""

    about: str
    lesson: str
    decision: str
    comment: str
    author: str
    cell: CellLink | None


def learned_of(objective: Objective, company: Company, reader: Reader) -> tuple[Learned, ...]:
    """What was written about an objective and its key results: in their own rows, then in reviews of their own."""
    found: list[Learned] = []
    items: list[Objective | KeyResult] = [objective, *company.key_results_of(objective.key)]
    for item in items:
        about = "" if isinstance(item, Objective) else item.text
        cell = cell_link(item.cell, company.snapshots)
        own = Learned(about, item.lesson, _decision(item, reader), item.final_comment, "", cell)
        found += [own] if own.lesson or own.decision or own.comment else []
        found += [_of_review(about, review, company, reader) for review in company.reviews.get(item.key, ())]
    return tuple(found)


def is_learned(objective: Objective, company: Company) -> bool:
    """Whether anything was written about it or one of its key results."""
    items: list[Objective | KeyResult] = [objective, *company.key_results_of(objective.key)]
    return any(_has_own(item) or company.reviews.get(item.key) for item in items)


def _has_own(item: Objective | KeyResult) -> bool:
    return bool(item.lesson or item.decision or item.decision_text or item.final_comment)


def _of_review(about: str, review: Review, company: Company, reader: Reader) -> Learned:
    cell = cell_link(review.cell, company.snapshots)
    return Learned(about, review.lesson, _decision(review, reader), review.final_comment, review.author, cell)


def _decision(found: Objective | KeyResult | Review, reader: Reader) -> str:
    """What becomes of it, in the reader's words; as it was written where that is not understood."""
    return reader.decisions[found.decision] if found.decision else found.decision_text
