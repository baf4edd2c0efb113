"""Rows that are read as objectives but look like totals or remarks, asked about in every mapping, whoever made it."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from sync.domain.grid import Scalar, Tab
from sync.domain.okr import Objective
from sync.inspect.limits import TOTALS
from sync.inspect.questions import Answer, Question
from webapp.desk.heading import head_of
from webapp.desk.questions import Card
from webapp.desk.roles import kinds_in
from webapp.desk.understanding import Entry, Understanding

# Card numbers of doubts are below those of inspect's questions, and tell the row.
_ROWS = 1_000_000
_TOTAL_WORD = re.compile(r"(?i)\s*(grand total|total|tổng|cộng|trung bình|bình quân|average|sum)\b")
_MOST = 10


def doubts(understanding: Understanding, answered: frozenset[int]) -> list[Card]:
    """A card for each row of doubt that nobody answered, a few at most."""
    return list(islice(_doubts(understanding, answered), _MOST))


def _doubts(understanding: Understanding, answered: frozenset[int]) -> Iterator[Card]:
    with_own = {each.objective for each in understanding.reading.key_results}
    for at, tab in enumerate(understanding.book.tabs):
        for entry, reading in understanding.of_tab(tab):
            last = max((each.cell.row for each in reading.key_results), default=None)
            for objective in reading.objectives:
                number = -1 - at * _ROWS - objective.cell.row
                alone = objective.key not in with_own and objective.cell.tab == tab.title
                if alone and last is not None and number not in answered and _is_odd(tab, objective, last):
                    question = _question(understanding, tab, entry, objective)
                    yield Card(number, question, tab, entry, objective.cell)


def _is_odd(tab: Tab, objective: Objective, last: int) -> bool:
    """Called a total, or below all key results with a number beside it."""
    text, row = objective.text, objective.cell.row
    if _TOTAL_WORD.match(text) or re.match(TOTALS, text):
        return True
    return row > last and any(_is_number(value) for value in _values(tab, row))


def _values(tab: Tab, row: int) -> Sequence[Scalar]:
    return tab.values[row] if row < len(tab.values) else ()


def _is_number(value: Scalar) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _question(understanding: Understanding, tab: Tab, entry: Entry, objective: Objective) -> Question:
    skipped = entry.table.get("skip", [])
    known = list(skipped) if isinstance(skipped, list) else [skipped]
    condition = {**_place(understanding, tab, entry, objective.cell.column), "is": objective.text}
    facts = {"cell": objective.cell.a1, "text": objective.text[:60]}
    leaves_out = Answer("answer_total", lines={("", "skip"): [*known, condition]})
    return Question(tab.title, "", "", "ask_total", facts, (leaves_out, Answer("answer_objective")))


def _place(understanding: Understanding, tab: Tab, entry: Entry, column: int) -> dict[str, object]:
    """The column as the mapping itself names it, where it does; so a condition stays with it."""
    head = head_of(understanding, tab, entry)
    texts = [fields.get("text") for fields in kinds_in(entry.table, "objective")]
    reference = head.reference(column) if head and column in head.columns else (texts or [""])[0]
    return {"header": reference} if isinstance(reference, str) else dict(reference or {})
