"""What rows read by one answer to a question, so that a person chooses by what comes out. Decides nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pydantic import ValidationError

from sync.domain.cells import CellRef
from sync.domain.grid import Book
from sync.domain.okr import KeyResult, Objective
from sync.domain.scoring import score_okrs
from sync.inspect.draft import Draft
from sync.reading import read_book

# The record ("" for the tab's own lines) and the field.
Place = tuple[str, str]
# What is told of a row beside its numbers, where a question is about that.
_FACTS = ("weight", "owner", "unit", "period", "level", "parent", "kind", "measure", "confidence", "id")
_OBJECTIVE = ("objective", "text")


@dataclass(frozen=True, slots=True)
class Row:
    """What a row reads: its cell, its text, its amounts as the sheet has them, and the score from 0 to 1.

    `facts` are what else the question is about: the record and the field, and what stands there.
    """

    cell: CellRef
    text: str
    start: str
    target: str
    current: str
    score: Decimal | None
    facts: tuple[tuple[Place, str], ...] = ()


def rows_by(book: Book, draft: Draft, others: Sequence[Draft], asked: Iterable[Place]) -> dict[int, Row] | None:
    """What each row of the tab reads by a draft that an answer gave; None where the mapping would be none.

    `asked` are the places that the answers to the question differ in.
    """
    alone = {"objective", "key_result"} <= draft.records.keys()
    beside = [] if alone else others
    try:
        mappings = [each.mapping() for each in [draft, *beside]]
    except ValidationError:
        return None
    titles = {draft.title, *(other.title for other in beside)}
    reading = read_book(replace(book, tabs=tuple(tab for tab in book.tabs if tab.title in titles)), mappings)
    scores = score_okrs(reading.objectives, reading.key_results, {})
    owners = {objective.key: objective for objective in reading.objectives}
    told = [(record, name) for record, name in asked if name in _FACTS or (record, name) == _OBJECTIVE]
    of_tab = [each for each in reading.key_results if alone or "key_result" not in draft.records or _is_on(each, draft)]
    return {each.cell.row: _row(each, owners, scores[each.key].value, told) for each in reversed(of_tab)}


def _is_on(found: KeyResult, draft: Draft) -> bool:
    return found.cell.tab == draft.title


def _row(found: KeyResult, owners: Mapping[str, Objective], score: Decimal | None, told: Iterable[Place]) -> Row:
    objective = owners.get(found.objective)
    amounts = (found.start.text, found.target.text, found.current.text)
    facts = tuple((place, _fact(objective if place[0] == "objective" else found, place[1])) for place in told)
    return Row(found.cell, found.text, *amounts, score, facts)


def _fact(record: Objective | KeyResult | None, name: str) -> str:
    held = getattr(record, name, None)
    return "" if held is None else f"{held.normalize():f}" if isinstance(held, Decimal) else str(held)
