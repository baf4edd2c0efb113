"""What is not sure, as plain questions: the readings of a line, and what a real row reads by each.

The mapping desk shows them as cards. Asks only where there is a second reading, of
which the first answer is the one proposed; decides nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from sync.config.sources import fits
from sync.domain.cells import cell_place, column_letters
from sync.domain.grid import Book
from sync.domain.keys import key_of
from sync.domain.scoring import rounded
from sync.inspect.columns import LEAST_LENGTH
from sync.inspect.counting import counted
from sync.inspect.draft import Draft, DraftLine
from sync.inspect.fields import varies
from sync.inspect.judging import sample_of
from sync.inspect.measuring import score_line
from sync.inspect.placing import is_numbers
from sync.inspect.previews import Place, Row, rows_by
from sync.inspect.unused import unused
from sync.reading.header_words import LEAST
from sync.reading.numbers import number_language

# New values of lines; None where the line is left out.
Lines = Mapping[Place, Any]

_AMOUNTS = ("start", "target", "current", "progress")
_NEEDED = ("text", "target", "current", "progress")
_ROLES = ("current", "target", "start")
# More than three are no plain question.
_MOST = 3
_LONGEST = 60
_ANY_SCORE = Decimal("0.7")


@dataclass(frozen=True, slots=True)
class Answer:
    """One reading: a sentence by its code and facts, the lines that it changes, and the row, None where it is not read.

    `drops`: the tab is left out. Neither that nor `lines` is the proposal as it is.
    """

    why: str
    facts: Mapping[str, object] = field(default_factory=dict)
    lines: Lines = field(default_factory=dict)
    drops: bool = False
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about one line of a tab's mapping; the line is not there yet where a column may be used or not."""

    tab: str
    record: str
    field: str
    why: str
    facts: Mapping[str, object]
    answers: tuple[Answer, ...]


def edited(draft: Draft, lines: Lines) -> Draft:
    """A draft with these values of lines, which an answer gave: they are sure."""
    table, records = dict(draft.table), {kind: dict(fields) for kind, fields in draft.records.items()}
    for (record, name), value in lines.items():
        fields = records.setdefault(record, {}) if record else table
        if value is None:
            fields.pop(name, None)
        else:
            fields[name] = DraftLine(value, "answered")
    return replace(draft, table=table, records=records)


def questions_of(book: Book, drafts: Sequence[Draft]) -> Iterator[Question]:
    """Every question about a proposal, from its first tab to its last."""
    sample = sample_of(book)
    for draft in drafts:
        if "key_result" in draft.records or "objective" in draft.records:
            for question in _about(draft):
                answered = _with_rows(sample, drafts, draft, question)
                if len(answered.answers) > 1:
                    yield answered


def _about(draft: Draft) -> Iterator[Question]:
    for record in ("objective", "key_result"):
        for name, line in draft.records.get(record, {}).items():
            if not line.sure:
                asked = _about_line(draft, record, name, line)
                yield from [asked] if asked is not None else []
    for left_out in unused(draft):
        if left_out.asks:
            yield _about_unused(draft, left_out.header, left_out.asks)


def _about_line(draft: Draft, record: str, name: str, line: DraftLine) -> Question | None:
    special = {
        "differs": _difference,
        "shows_alone": _difference,
        "on_several_rows": _several_rows,
        "on_two_tabs": _two_tabs,
        "objectives_apart": _objectives_apart,
    }
    if line.why in special:
        why, facts, answers = line.why, line.facts, special[line.why](draft, record, line)
    elif name == "progress_scale" or line.why == "score_blank":
        why, facts, answers = "ask_scale", {"header": _said(draft, line)}, _scales(record, name, line)
    elif name in (*_AMOUNTS, "score") or name == "text":
        why, facts, answers = "ask_column", {"role": role_of(record, name)}, _columns(draft, record, name, line)
    else:
        why, facts = "ask_use", {"header": _said(draft, line), "role": role_of(record, name)}
        answers = [Answer("answer_yes"), Answer("answer_no", lines={(record, name): None})]
    return Question(draft.title, record, name, why, facts, tuple(answers[:_MOST])) if len(answers) > 1 else None


def _difference(draft: Draft, record: str, line: DraftLine) -> list[Answer]:
    """Ours, or what the sheet shows: then that is the progress, and no score is written over it."""
    known = "ours" in line.facts
    ours = Answer("answer_ours", {"ours": line.facts["ours"]}) if known else Answer("answer_no_score")
    if record != "key_result" or not isinstance(line.value, str | dict):
        return [ours, Answer("answer_no_scores", lines={(record, "score"): None})]
    place = {"header": line.value} if isinstance(line.value, str) else dict(line.value)
    scale = place.pop("scale", 1)
    place.pop("decimals", None)
    lines: dict[Place, Any] = {(record, name): None for name in (*_AMOUNTS, "score", "metric", "direction")}
    lines |= {(record, "progress"): place, (record, "progress_scale"): None if scale == 1 else scale}
    return [ours, Answer("answer_shown", {"shown": line.facts["shown"]}, lines)]


def _several_rows(draft: Draft, record: str, line: DraftLine) -> list[Answer]:
    """Several, or one: of shares that add up, of shares in what is reached together, or of one after another."""
    amounts = {name: draft.records[record].get(name) for name in ("target", "current")}
    added = {(record, name): counted(line, "sum").value for name, line in amounts.items() if line is not None}
    once = {place: value for place, value in added.items() if place[1] == "target"}
    ways = [("answer_sum", added), ("answer_shared", once if line.facts.get("alike") else {})]
    ways.append(("answer_latest", {(record, "rows"): "latest"}))
    return [Answer("answer_several"), *(Answer(why, lines=lines) for why, lines in ways if lines)]


def _two_tabs(draft: Draft, record: str, line: DraftLine) -> list[Answer]:
    return [Answer("answer_both_tabs"), Answer("answer_leave_tab", {"title": draft.title}, drops=True)]


def _objectives_apart(draft: Draft, record: str, line: DraftLine) -> list[Answer]:
    header = str(line.facts["other"])
    if line is draft.records["objective"].get("unit"):
        return [Answer("answer_two", {"header": header}), Answer("answer_one", lines={("objective", "unit"): None})]
    column = next(i for i in draft.binding.head.columns if _name(draft, i) == header)
    reference = draft.binding.head.reference(column)
    return [Answer("answer_one"), Answer("answer_two", {"header": header}, {("objective", "unit"): reference})]


def _scales(record: str, name: str, line: DraftLine) -> list[Answer]:
    used: Any = line.value
    others: dict[Any, Any] = {}
    if name == "progress_scale":
        others = {scale: scale for scale in (1, 10, 100) if scale != used}
    else:
        place = {"header": line.value} if isinstance(line.value, str | list) else dict(line.value)
        used = place.get("scale", 1)
        others = {scale: {**place, "scale": scale} for scale in ("percent", 1, 100) if scale != used}
    answers = [Answer("answer_scale", {"scale": scale}, {(record, name): value}) for scale, value in others.items()]
    return [Answer("answer_scale", {"scale": used}), *answers]


def _columns(draft: Draft, record: str, name: str, line: DraftLine) -> list[Answer]:
    """The column that is proposed, others that may be meant, and none where the field may be missing."""
    place, proposed = (record, name), Answer("answer_column", {"header": _said(draft, line)})
    others = [
        Answer("answer_column", {"header": _name(draft, column)[:_LONGEST]}, {place: _value(draft, name, column)})
        for column in _others(draft, name, line)
    ]
    swapped = {"target": _swapped, "start": _swapped_with_start}[name](draft) if name in ("target", "start") else []
    none = [] if name in _NEEDED else [Answer("answer_none", lines={place: None})]
    return [proposed, *swapped, *others[: _MOST - 1 - len(swapped) - len(none)], *none]


def _swapped(draft: Draft) -> list[Answer]:
    """Target and current value the other way round, where neither is sure."""
    fields = draft.records["key_result"]
    target, current = fields.get("target"), fields.get("current")
    if target is None or current is None or current.sure or "field" in str(target.value):
        return []
    lines = {("key_result", "target"): current.value, ("key_result", "current"): target.value}
    facts = {"target": _said(draft, current), "current": _said(draft, target)}
    return [Answer("answer_swapped", facts, lines)]


def _swapped_with_start(draft: Draft) -> list[Answer]:
    """Start and target the other way round, where neither is sure."""
    fields = draft.records["key_result"]
    start, target = fields.get("start"), fields.get("target")
    if start is None or target is None or target.sure or "field" in str(target.value):
        return []
    lines = {("key_result", "start"): target.value, ("key_result", "target"): start.value}
    return [Answer("answer_begins", {"start": _said(draft, target), "target": _said(draft, start)}, lines)]


def _others(draft: Draft, name: str, line: DraftLine) -> list[int]:
    """Columns without a use that hold what the field takes, the nearest first."""
    own = next((i for i in draft.binding.head.columns if draft.binding.head.reference(i) == line.value), None)
    columns = [column for column in _unused(draft) if _may_be(draft, name, column)]
    return columns if own is None else sorted(columns, key=lambda column: abs(column - own))


def _unused(draft: Draft) -> list[int]:
    headers = {left_out.header for left_out in unused(draft)}
    return [column for column in draft.binding.head.columns if _name(draft, column) in headers]


def _may_be(draft: Draft, name: str, column: int) -> bool:
    held, worths = draft.binding.columns[column], draft.binding.worths.get(column, {})
    if name == "text":
        return held.is_text and held.length >= LEAST_LENGTH and held.emails < LEAST
    return is_numbers(held) and (worths.get("other", 0) < LEAST)


def _value(draft: Draft, name: str, column: int) -> Any:
    bound = draft.binding.bound(column)
    return score_line(draft.binding, bound).value if name == "score" else bound.source


def _about_unused(draft: Draft, header: str, asks: str) -> Question:
    """A column of numbers may be a measure that is missing, an empty one the place of scores."""
    column = next(i for i in draft.binding.head.columns if fits(key_of(_name(draft, i)), key_of(header)))
    record = "key_result" if "key_result" in draft.records else "objective"
    takes_scores = asks == "unknown_empty" or record == "objective"
    places = [(record, "score")] if takes_scores else _open_places(draft, column)
    taking = (({"role": role_of(*place)}, {place: _value(draft, place[1], column)}) for place in places)
    answers = [Answer("answer_none"), *(Answer("answer_role", facts, lines) for facts, lines in taking)]
    return Question(draft.title, record, "score" if takes_scores else "", asks, {"header": header}, tuple(answers))


def _open_places(draft: Draft, column: int) -> list[Place]:
    """What an unused column of numbers may be: a measure that is missing or not sure, or a weight where none is."""
    fields = draft.records["key_result"]
    measures = [role for role in _ROLES if "progress" in fields or role not in fields or not fields[role].sure]
    objective, rows = draft.binding.get("objective"), draft.binding.head.rows()
    bound = draft.binding.bound(column)
    # What is the same beside all key results of an objective tells those of it nothing.
    is_theirs = objective is not None and not varies(draft.binding.head.tab, rows, objective, bound)
    weight: Place = ("objective" if is_theirs else "key_result", "weight")
    free = [] if "weight" in draft.records.get(weight[0], {"weight": None}) else [weight]
    return [*(("key_result", role) for role in measures), *free]


def _name(draft: Draft, column: int) -> str:
    """A column's header, or its letter."""
    return " ".join(draft.binding.head.texts[column].split()) or column_letters(column)


def _said(draft: Draft, line: DraftLine) -> str:
    """Where a line takes its value from, as people name it."""
    value, tab = line.value, draft.binding.head.tab
    if isinstance(value, dict) and "cell" in value:
        value = tab.text(*cell_place(value["cell"]))
    elif isinstance(value, dict):
        places = (value.get(key) for key in ("header", "column", "label", "value"))
        value = next((place for place in places if place), tab.title if "tab_title" in value else "…")
    return (" / ".join(map(str, value)) if isinstance(value, list) else str(value))[:_LONGEST]


def role_of(record: str, name: str) -> str:
    """The code of the words for a field."""
    whose = "objective_" if (record, name) == ("objective", "weight") else ""
    return record if name == "text" else f"role_{whose}{name}"


def _with_rows(book: Book, drafts: Sequence[Draft], draft: Draft, question: Question) -> Question:
    """The question with what the row reads by each answer in which they differ most; without answers that cannot be."""
    asked = {(question.record, question.field), *(place for each in question.answers for place in each.lines)}
    others = [other for other in drafts if other is not draft]
    readings = [(answer, _rows(book, draft, others, answer, sorted(asked))) for answer in question.answers]
    possible = [(answer, rows) for answer, rows in readings if rows is not None]
    first = possible[0][1] if possible else {}
    telling = {row: [rows[row] for _, rows in possible if row in rows] for row in first}
    places = sorted(
        telling, key=lambda row: (-len({each.score for each in telling[row]}), -len(set(telling[row])), row)
    )
    place = places[0] if places else -1
    answers = (replace(answer, row=rows.get(place)) for answer, rows in possible)
    return replace(question, answers=tuple(_with_example(answer, book.locale) for answer in answers))


def _with_example(answer: Answer, locale: str) -> Answer:
    """A scale with what the row's score, or any, would be by it in its cell."""
    if answer.why != "answer_scale":
        return answer
    score = _ANY_SCORE if answer.row is None or answer.row.score is None else rounded(answer.row.score, 2)
    scale = answer.facts["scale"]
    sign = "%" if scale == "percent" else ""
    full = 100 if sign else int(str(scale))
    shown = number_language(locale).show(rounded(score * full, 2).normalize()) + sign
    facts = {"scale": f"{full}{sign}", "score": f"{rounded(score * 100, 0):f}%", "shown": shown}
    return replace(answer, facts={**answer.facts, **facts})


def _rows(
    book: Book, draft: Draft, others: Sequence[Draft], answer: Answer, asked: Sequence[Place]
) -> dict[int, Row] | None:
    """What each row reads by an answer."""
    return {} if answer.drops else rows_by(book, edited(draft, answer.lines), others, asked)
