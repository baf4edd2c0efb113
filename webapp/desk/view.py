"""All that the page shows, in one reader's language, as plain values for JSON. Decides nothing."""

from collections.abc import Iterator, Sequence
from typing import Any

from sync.domain.catalogue import Severity
from sync.domain.cells import CellRef, cell_name, column_number
from sync.domain.grid import Tab
from sync.domain.okr import KeyResult, Objective
from sync.inspect.draft import Draft
from sync.inspect.proposing import NAMES_KEY_RESULTS, Refusal, is_template
from sync.inspect.render import row_texts, sentence
from sync.inspect.texts import say
from sync.inspect.unused import stands_again
from sync.reading import TabReading
from sync.translations.problems import hint_of, message_of, severity_word
from webapp.desk.desk import Desk
from webapp.desk.guide import steps
from webapp.desk.lacking import lacking
from webapp.desk.questions import Card, place_asked
from webapp.desk.roles import RECORD_NAMES
from webapp.desk.tab_view import marks
from webapp.desk.understanding import BEGINNING, Entry, Understanding, entries_of
from webapp.reader.languages import Words
from webapp.reader.numbers import Formats

MOST_UNDERSTOOD = 150
MOST_NUMBERS = 100
MOST_PROBLEMS = 100


def whole(desk: Desk, tab: Tab, words: Words, sight: range = range(0)) -> dict[str, Any]:
    """The page's state, with one tab as it is mapped, of which the rows in `sight` are looked at; of a long workbook
    as far as it is understood by now.
    """
    understanding = desk.at_first
    return {
        "title": desk.book.title,
        "isCopy": desk.is_copy,
        "path": str(desk.path),
        "tabs": [_tab(desk, understanding, each, words) for each in desk.book.tabs],
        "rowsRead": None if desk.is_whole(understanding) else BEGINNING,
        "tab": marks(understanding, understanding.book.tab(tab.sheet_id) or tab, words, sight),
        "questions": [_card(understanding, card, words) for card in desk.cards],
        "hints": list(_hints(desk, understanding, words)),
        "understood": _understood(understanding, words),
        "numbers": _numbers(understanding, Formats(words.language)),
        "problems": _problems(understanding, words),
        "text": desk.document.text,
        "faults": lacking(desk, words),
        "guide": [{"step": step, "done": done} for step, done in steps(desk, tab)],
        "canUndo": desk.can_undo,
        "canRedo": desk.can_redo,
        "isSaved": desk.is_saved,
        "isPractice": desk.is_practice,
        "address": desk.address,
        "mayWrite": desk.may_write,
    }


def _tab(desk: Desk, understanding: Understanding, tab: Tab, words: Words) -> dict[str, Any]:
    entries = list(entries_of(understanding, tab))
    read = [reading for _, reading in understanding.of_tab(tab)]
    part = _part(tab, entries)
    return {
        "sheetId": tab.sheet_id,
        "title": tab.title,
        "part": part,
        "reads": _counted(read, words) if part == "okr" else "",
        "why": "" if entries else _why_not(desk, tab, words),
        "refused": any(each.refused for each in read) or any(entry.mapping is None for entry in entries),
    }


def _part(tab: Tab, entries: Sequence[Entry]) -> str:
    """What a tab is there for: "okr", "log", "initiatives", "records", "template" or "none"."""
    kinds = {kind for entry in entries for kind in RECORD_NAMES if kind in entry.table}
    if not entries:
        return "template" if is_template(tab.title) else "none"
    if kinds and not kinds & {"objective", "key_result"}:
        return "log" if "check_in" in kinds else "initiatives" if "initiative" in kinds else "records"
    return "okr"


def _counted(read: Sequence[TabReading], words: Words) -> str:
    objectives, key_results = sum(len(each.objectives) for each in read), sum(len(each.key_results) for each in read)
    return words.gettext(
        "%(objectives)s objectives, %(key_results)s key results", objectives=objectives, key_results=key_results
    )


def _why_not(desk: Desk, tab: Tab, words: Words) -> str:
    refused = _refusal(desk, tab)
    return say(words.language, refused.why, **refused.facts) if refused else ""


def _refusal(desk: Desk, tab: Tab) -> Refusal | None:
    refusals = desk.proposal.refusals if desk.proposal else ()
    return next((refused for refused in refusals if refused.title == tab.title), None)


def _hints(desk: Desk, understanding: Understanding, words: Words) -> Iterator[dict[str, Any]]:
    """What takes no part and may well, a tab or a second table on one: where it is, what it holds, and what to do."""
    for tab in desk.book.tabs:
        refused, entries = _refusal(desk, tab), len([*entries_of(understanding, tab)])
        if refused and refused.why == NAMES_KEY_RESULTS and not entries:
            yield _hint(tab, (0, 0), _why_not(desk, tab, words))
        draft = _draft(desk, tab) if entries == 1 else None
        again = stands_again(draft) if draft else None
        if draft and again:
            place = (draft.binding.head.row, column_number(str(again["column"])))
            yield _hint(tab, place, say(words.language, "stands_again", **again))


def _hint(tab: Tab, place: tuple[int, int], text: str) -> dict[str, Any]:
    row, column = place
    return {"sheetId": tab.sheet_id, "title": tab.title, "row": row, "column": column, "text": text}


def _draft(desk: Desk, tab: Tab) -> Draft | None:
    drafts = desk.proposal.drafts if desk.proposal else ()
    return next((draft for draft in drafts if draft.title == tab.title), None)


def _card(understanding: Understanding, card: Card, words: Words) -> dict[str, Any]:
    is_previewed = any(answer.row for answer in card.question.answers)
    told, alike = row_texts(card.question, words.language) if is_previewed else ([""] * len(card.question.answers), "")
    place = place_asked(understanding, card)
    return {
        "id": card.number,
        "sheetId": card.tab.sheet_id,
        "name": f"{card.tab.title}!{cell_name(*place)}" if place else card.tab.title,
        "where": {
            "sheetId": card.tab.sheet_id,
            "row": place[0] if place else None,
            "column": place[1] if place else None,
        },
        "text": sentence(card.question, words.language),
        "answers": [
            {"id": number, "text": sentence(answer, words.language), "gives": gives}
            for number, (answer, gives) in enumerate(zip(card.question.answers, told, strict=True))
        ],
        "alike": alike,
    }


def _understood(understanding: Understanding, words: Words) -> dict[str, Any]:
    by_objective: dict[str, list[KeyResult]] = {}
    for found in understanding.reading.key_results:
        by_objective.setdefault(found.objective, []).append(found)
    objectives = understanding.reading.objectives
    # What is the same for all is told once, for the whole tab.
    several = ({each.unit for each in objectives}, {each.period for each in objectives})
    telling = {fact for facts in several if len(facts) > 1 for fact in facts if fact}
    shown = []
    room = MOST_UNDERSTOOD
    for objective in objectives:
        if room <= 0:
            break
        own = by_objective.get(objective.key, [])
        room -= 1 + len(own)
        facts = " · ".join(fact for fact in (objective.unit, objective.period) if fact in telling)
        key_results = [_record(understanding, each, words) for each in own]
        shown.append({**_record(understanding, objective, words), "facts": facts, "keyResults": key_results})
    stray = [_record(understanding, each, words) for each in by_objective.get("", [])[:MOST_UNDERSTOOD]]
    return {
        "objectives": shown,
        "stray": stray,
        "more": len(objectives) - len(shown),
        "count": words.gettext(
            "%(objectives)s objectives, %(key_results)s key results",
            objectives=len(objectives),
            key_results=len(understanding.reading.key_results),
        ),
    }


def _record(understanding: Understanding, found: Objective | KeyResult, words: Words) -> dict[str, Any]:
    score = understanding.scores[found.key]
    return {
        "text": found.text,
        "cell": found.cell.a1,
        **_where(found.cell),
        "score": None if score.value is None else Formats(words.language).score(score.value),
        "id": found.id,
    }


def _numbers(understanding: Understanding, formats: Formats) -> dict[str, Any]:
    found = understanding.comparisons
    return {
        "differing": sum(each.differs for each in found),
        "compared": len(found),
        "rows": [
            {
                "cell": str(each.cell),
                **_where(each.cell),
                "shown": formats.percentage(each.shown),
                "ours": formats.percentage(each.ours),
                "differs": each.differs,
            }
            for each in found[:MOST_NUMBERS]
        ],
    }


def _problems(understanding: Understanding, words: Words) -> dict[str, Any]:
    found = sorted(understanding.problems, key=lambda each: list(Severity).index(each.severity))
    return {
        "count": len(found),
        "rows": [
            {
                "severity": severity_word(each.severity, words.language),
                "kind": each.severity.value,
                "cell": str(each.cell) if each.cell else each.tab,
                **_where(each.cell),
                "message": message_of(each, words.language),
                "hint": hint_of(each, words.language),
            }
            for each in found[:MOST_PROBLEMS]
        ],
    }


def _where(cell: CellRef | None) -> dict[str, int | None]:
    """Where to look, for a link into the sheet; nowhere without a cell."""
    if cell is None:
        return {"sheetId": None, "row": None, "column": None}
    return {"sheetId": cell.sheet_id, "row": cell.row, "column": cell.column}
