"""A pass, made or only tried, for the page: each cell as the sheet will show it, with the working of its score."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sync.domain.grid import Book, CellWrite, Formula, text_of
from sync.domain.okr import KeyResult
from sync.domain.scoring import rounded_score
from sync.domain.working import mean_working, working
from sync.passes.plan import MOST_PARTS_TOLD
from sync.translations.problems import message_of
from webapp.desk.desk import Desk, TriedOut
from webapp.desk.shown import language_of, shown
from webapp.reader.languages import Words


def told(desk: Desk, found: TriedOut, words: Words) -> dict[str, Any]:
    """What became of each cell, in a reader's words; numbers are written as in the sheet."""
    snapshot = found.snapshot
    key_results = {each.key: each for each in snapshot.key_results} if snapshot else {}
    cells = [_cell(desk.book, write, _why(desk.book, write, found, key_results)) for write in found.writes]
    problems = [each for each in (snapshot.problems if snapshot else ()) if each.cell]
    return {
        "spreadsheet": desk.book.title,
        "tabs": list(dict.fromkeys(write.cell.tab for write in found.writes)),
        "isCopy": desk.is_copy,
        "cells": cells,
        "problems": [f"{each.cell}: {message_of(each, words.language)}" for each in problems],
        "failure": found.failure,
        "mustAccept": any(each.code == "first-contact" for each in problems),
    }


def _cell(book: Book, write: CellWrite, why: str) -> dict[str, str]:
    """`exact` is the number itself where the cell shows it otherwise, as 75% for 0,75."""
    cell, new = write.cell, None if isinstance(write.new, Formula) else write.new
    now = shown(book, cell.sheet_id, cell.place, new)
    exact = language_of(book).show(new) if isinstance(new, Decimal) else now
    return {
        "tab": cell.tab,
        "cell": cell.a1,
        "old": shown(book, cell.sheet_id, cell.place, write.old),
        "new": text_of(write.new.text) if isinstance(write.new, Formula) else now,
        "exact": "" if exact == now else exact,
        "why": why,
    }


def _why(book: Book, write: CellWrite, found: TriedOut, key_results: Mapping[str, KeyResult]) -> str:
    """The working in the sheet's numbers; what the pass itself told where there is none."""
    score = found.snapshot.scores.get(write.key) if found.snapshot else None
    if score is None:
        return write.why
    show = language_of(book).show
    if write.key in key_results:
        return working(key_results[write.key], score, show) or write.why
    return mean_working(score, lambda value: show(rounded_score(value, 2)), show, MOST_PARTS_TOLD) or write.why
