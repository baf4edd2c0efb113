"""How well a candidate mapping explains a sheet: the reading engine tries it, and what comes out is looked at.

Also says whether a tab speaks of OKRs at all; numbers and texts alone are a budget, a task list or a form.
"""

import re
from dataclasses import dataclass, replace
from math import log2

from sync.domain.grid import Book, Tab
from sync.domain.okr import Amount, KeyResult, Objective
from sync.inspect.binding import Binding
from sync.inspect.columns import SAMPLE
from sync.inspect.draft import Draft, DraftLine
from sync.inspect.heads import mentions
from sync.reading import BookReading, read_book
from sync.reading.header_words import LEAST, roles_of
from sync.reading.plain import plain

MARGIN = 150


@dataclass(frozen=True, slots=True)
class Verdict:
    """How good a candidate is, and what it reads in the sample."""

    worth: float
    draft: Draft
    objectives: int = 0
    key_results: int = 0


def sample_of(book: Book) -> Book:
    """The book with long tabs cut: enough to judge by, however long they are."""
    return replace(book, tabs=tuple(replace(tab, values=tab.values[: rows_read(tab)]) for tab in book.tabs))


def rows_read(tab: Tab) -> int:
    """How many rows of a tab are looked at."""
    return min(len(tab.values), SAMPLE + MARGIN)


def judge(book: Book, draft: Draft, *, speaks: bool = False) -> Verdict:
    """Read one tab by a candidate and weigh what comes out; 0 is not worth proposing.

    `speaks`: it is known otherwise that the tab speaks of OKRs.
    """
    reading = read_book(book, [draft.mapping()])
    tab = next((found for found in reading.tabs if found.tab.sheet_id == draft.binding.head.tab.sheet_id), None)
    if tab is None or tab.refused or not tab.objectives or not (speaks or speaks_of_okrs(draft)):
        return Verdict(0, draft)
    header = tab.tables[0].header
    if header is None or header.row != draft.binding.head.row:
        draft.table["header_row"] = DraftLine(draft.binding.head.row + 1, "header_row")
        reading = read_book(book, [draft.mapping()])
    return Verdict(_worth(draft, reading), draft, len(reading.objectives), len(reading.key_results))


def _worth(draft: Draft, reading: BookReading) -> float:
    key_results, objectives = reading.key_results, reading.objectives
    if not key_results:
        return 0.3 if _is_form(draft) else 0
    count = len(key_results)
    measured = sum(_has_number(found) for found in key_results) / count
    faults = sum(any(amount.fault for amount in _amounts(found)) for found in key_results) / count
    texts = [*(found.text for found in objectives), *(found.text for found in key_results)]
    odd = [text for text in texts if not re.search(r"[^\W\d_]{2}", text)]
    orphans = sum(not found.objective for found in key_results) / count
    per_objective = count / len(objectives)
    crowd = 0.3 if per_objective > 15 else 0.15 if per_objective <= 1 and count > 3 else 0
    lonely = 1 - len({found.objective for found in key_results}) / len(objectives)
    doubles = sum(found.code == "duplicate" for found in reading.problems) / count
    records: list[Objective | KeyResult] = [*objectives, *key_results]
    rows = len({found.cell.row for found in records})
    coverage = min(rows / max(len(draft.binding.head.rows()), 1), 1)
    fields = sum(len(lines) for lines in draft.records.values())
    return (
        2 + measured + coverage + 0.2 * log2(1 + count) + 0.03 * fields + 0.5 * _named_roles(draft.binding)
        - 1.5 * faults - 2 * len(odd) / (count + len(objectives)) - orphans - crowd - 0.7 * lonely - doubles
    )  # fmt: skip


def _has_number(key_result: KeyResult) -> bool:
    return any(amount.number is not None for amount in (key_result.target, key_result.current))


def _amounts(key_result: KeyResult) -> list[Amount]:
    return [amount for amount in (key_result.start, key_result.target, key_result.current) if amount.text]


def _named_roles(binding: Binding) -> float:
    found = [binding.get(role) for role in ("objective", "key_result")]
    return sum(min(bound.worth, 1) for bound in found if bound is not None) / 2


def _is_form(draft: Draft) -> bool:
    """An empty form: its header names a key result and how it is measured."""
    roles = ("key_result", "target", "weight", "score")
    return all((bound := draft.binding.get(role)) is not None and bound.worth >= LEAST for role in roles)


def speaks_of_okrs(draft: Draft) -> bool:
    """Whether headers, titles and markers speak of objectives and key results, not only of numbers."""
    binding, objective = draft.binding, draft.records["objective"]
    marked = objective.get("when")
    key_result = binding.get("key_result")
    if marked is not None and marked.why in ("marker", "empty_numbers", "by_colour", "by_formula"):
        return _marker_speaks(binding, marked)
    if "repeat" in draft.records["key_result"] and key_result is None:
        named = roles_of(re.sub(r"\d+", "", binding.repeat[0])).get("key_result", 0) >= LEAST
        return named or mentions(binding.head.tab, binding.head.row)
    if key_result is None or key_result.worth < LEAST:
        return False
    return marked is not None or objective["text"].why == "label" or _worth_of(binding, "objective") >= LEAST


def _marker_speaks(binding: Binding, marked: DraftLine) -> bool:
    names = plain(f"{marked.facts['objective']} / {marked.facts['key_result']}".replace("/", " "))
    says_so = bool(re.search(r"\b(kr|key result|ket qua then chot|kqtc|resultado)\b|关键结果|關鍵結果|成果", names))
    goal = _worth_of(binding, "target") >= LEAST
    value = max(_worth_of(binding, "current"), _worth_of(binding, "score")) >= LEAST
    if says_so:
        return goal or value
    return goal and value and mentions(binding.head.tab, binding.head.row)


def _worth_of(binding: Binding, role: str) -> float:
    bound = binding.get(role)
    return bound.worth if bound is not None else 0
