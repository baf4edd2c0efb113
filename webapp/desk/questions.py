"""What inspect is not sure of, asked as cards; an answer changes the lines that it is about, and none but them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sync.domain.cells import CellRef
from sync.domain.grid import Tab
from sync.domain.languages import N_
from sync.inspect.questions import Answer, Question
from webapp.desk.document import Document
from webapp.desk.edits import EditError
from webapp.desk.heading import head_of
from webapp.desk.marks import columns_of, roles_by_cell
from webapp.desk.roles import kinds_in, path_of
from webapp.desk.understanding import Entry, Understanding, entries_of

ASKED_NO_MORE = N_("This question is answered already.")


@dataclass(frozen=True, slots=True)
class Card:
    """An open question: its number in the session, the tab, the entry that its line is in, and the cell that it is
    about where that is one.
    """

    number: int
    question: Question
    tab: Tab
    entry: Entry
    cell: CellRef | None = None


def open_cards(understanding: Understanding, questions: Sequence[Question], answered: frozenset[int]) -> list[Card]:
    """The questions that nobody answered and whose line still stands as it was proposed."""
    tabs = {tab.title: tab for tab in understanding.book.tabs}
    found = []
    for number, question in enumerate(questions):
        entry = next(entries_of(understanding, tabs[question.tab]), None)
        if number not in answered and entry is not None and _stands(entry, question):
            found.append(Card(number, question, tabs[question.tab], entry))
    return found


def place_asked(understanding: Understanding, card: Card) -> tuple[int, int] | None:
    """Where to look for what a question is about, as row and column: what its line takes its value from, or the column
    that it names; in the row that its answers are shown by.
    """
    question, tab, entry = card.question, card.tab, card.entry
    cell = next((answer.row.cell for answer in question.answers if answer.row), card.cell)
    head = head_of(understanding, tab, entry)
    row = cell.row if cell else head.row if head else 0
    asked, header = (question.record, question.field), question.facts.get("header")
    for place, held in roles_by_cell(entry).items():
        if any((role.record, role.field) == asked for role in held):
            return place
    for role, _, columns in columns_of(understanding, tab, entry):
        if (role.record, role.field) == asked:
            return row, columns[0]
    named = [at for at in head.columns if " ".join(head.texts[at].split()) == header] if head and header else []
    return (row, named[0]) if named else (cell.row, cell.column) if cell else None


def _stands(entry: Entry, question: Question) -> bool:
    """Whether no other answer's line stands there already, put by hand."""
    lines = [lines for answer in question.answers if (lines := answer.lines)]
    return not any(all(_line(entry, place) == value for place, value in each.items()) for each in lines)


def _line(entry: Entry, place: tuple[str, str]) -> Any:
    record, name = place
    fields = next(iter(kinds_in(entry.table, record)), {}) if record else entry.table
    return fields.get(name)


def _path(entry: Entry, record: str, name: str) -> tuple[str | int, ...]:
    return (*path_of(entry.table, record), name) if record else (name,)


def answer(document: Document, card: Card, chosen: Answer) -> Document:
    """The document with an answer to a card. Neither lines nor a tab to drop: it is as proposed."""
    if chosen.drops:
        return document.remove_tab(card.entry.number)
    for (record, name), value in chosen.lines.items():
        number, path = card.entry.number, _path(card.entry, record, name)
        document = document.drop(number, path) if value is None else document.put(number, path, value)
    question = card.question
    if not chosen.lines and question.field:
        document = document.confirm(card.entry.number, _path(card.entry, question.record, question.field))
    return document


def chosen_of(cards: Sequence[Card], number: int, at: int) -> tuple[Card, Answer]:
    """A card and one of its answers. Raises EditError where it is not asked any more."""
    card = next((card for card in cards if card.number == number), None)
    if card is None or not 0 <= at < len(card.question.answers):
        raise EditError(ASKED_NO_MORE)
    return card, card.question.answers[at]
