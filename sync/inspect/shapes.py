"""Candidate mappings of one tab: the ways in which people lay out objectives and their key results.

Proposes a few; `judging` lets the reading engine try each.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sync.domain.cells import column_letters
from sync.domain.grid import Tab
from sync.inspect.binding import Binding, Bound
from sync.inspect.columns import is_amount, is_filled
from sync.inspect.draft import Draft, DraftLine, behind, by_header, is_sure
from sync.inspect.fields import key_result_lines, labels, objective_lines, weight_in_text
from sync.inspect.limits import ending, has_marks, skips
from sync.inspect.lines import bullet_of, line_by_line
from sync.inspect.markers import Marker, markers, section_form
from sync.inspect.measuring import measures, score_line
from sync.inspect.outlines import outlines
from sync.inspect.roles import CERTAIN, NUMBERS
from sync.inspect.scales import language_of
from sync.reading.plain import plain


def candidates(binding: Binding, locale: str) -> Iterator[Draft]:
    """Every layout that the columns allow."""
    for draft in (*_flat(binding), *_sections(binding), *_mixed(binding), *_persons(binding), *_under_label(binding)):
        yield finished(draft, locale)


def finished(draft: Draft, locale: str) -> Draft:
    """With what belongs to the tab as a whole: rows left out, the end, the language of numbers."""
    binding = draft.binding
    texts = _text_columns(draft)
    conditions = skips(binding, texts)
    if "when" in draft.records.get("objective", {}):
        # Where objectives have rows of their own, one stands above each block.
        conditions = [(condition, code) for condition, code in conditions if code != "block_titles"]
    if conditions:
        code = ", ".join(dict.fromkeys(code for _, code in conditions))
        draft.table["skip"] = DraftLine([condition for condition, _ in conditions], code, {}, not has_marks(binding))
    _identify(draft)
    until = ending(binding)
    if until is not None:
        draft.table["until"] = until
    if binding.head.meets_another():
        for fields in (draft.table, *draft.records.values()):
            fields |= {name: replace(line, sure=False) for name, line in fields.items()}
    roles = [binding.get(role) for role in ("start", "target", "current", "score", "value", "weight")]
    language = language_of((bound.column for bound in roles if bound is not None), locale)
    if language:
        draft.table["numbers"] = DraftLine(language, "numbers_language", {"locale": locale})
    return draft


def _identify(draft: Draft) -> None:
    """An ID names what the row is, and is as sure as that."""
    for fields in draft.records.values():
        if "id" in fields and "text" in fields and not fields["text"].sure:
            fields["id"] = replace(fields["id"], sure=False)


def _text_columns(draft: Draft) -> list[int]:
    roles = (draft.binding.get("objective"), draft.binding.get("key_result"))
    found = {bound.column.index for bound in roles if bound is not None}
    tab, rows = draft.binding.head.tab, draft.binding.head.rows()
    first = [min((c for c in range(len(tab.values[r])) if is_filled(tab.value(r, c))), default=0) for r in rows]
    return sorted(found | ({first[-1]} if first else set()))


def _flat(binding: Binding) -> Iterator[Draft]:
    """An objective beside its key result: repeated on each row, merged, or blank below the first."""
    objective, key_result = binding.get("objective"), binding.get("key_result")
    if objective is None:
        text = binding.get("text")
        objective = text if binding.repeat and text is not None else None
    if objective is None or key_result is None or not objective.column.is_text:
        return
    rows = binding.head.rows()
    about = objective_lines(binding, objective, rows, mixed=False)
    draft = Draft(binding)
    lines = _key_result(binding, about, key_result)
    if "each" in lines and "score" in lines:
        # One cell beside several key results can only be their objective's.
        about.setdefault("score", lines.pop("score"))
    draft.records["objective"] = {"text": by_header(objective, binding), **about}
    draft.records["key_result"] = {"text": by_header(key_result, binding), **lines}
    yield draft


def _key_result(binding: Binding, about: dict[str, DraftLine], text: Bound) -> dict[str, DraftLine]:
    lines: dict[str, DraftLine] = {}
    lines_in_cell = text.column.lines > 0.4 and (bullet := bullet_of(text.column.values))
    if lines_in_cell:
        # Beside one target, several lines may as well be one long text.
        alone = all(binding.get(role) is None for role in ("target", "current", "start"))
        lines["each"] = DraftLine(bullet, "lines", {}, alone)
    if binding.repeat:
        lines["repeat"] = DraftLine(list(binding.repeat), "repeat", {"count": len(binding.repeat)})
    in_text = any(re.search(r"\d", value) for value in text.column.values)
    lines |= measures(binding, in_text)
    if lines_in_cell:
        lines |= line_by_line(binding, text, lines)
    return lines | key_result_lines(binding, about.get("id"), mixed=False)


def _mixed(binding: Binding) -> Iterator[Draft]:
    """Objective rows and key result rows in one column, told apart by a marker."""
    tab, rows = binding.head.tab, binding.head.rows()
    first = max((column for column in binding.head.columns if binding.columns[column].is_text), default=0)
    numbers = {bound.column.index for role, bound in binding.roles.items() if role in NUMBERS}
    places = [column for column in binding.head.columns if column <= max(first, 3) and column not in numbers]
    for marker in markers(tab, rows, places[:12]):
        if marker.same_cell:
            yield from _marked(binding, marker, marker.column, marker.column)
            continue
        texts = _marked_texts(binding, marker)
        if texts is not None:
            yield from _marked(binding, marker, *texts)
    yield from _outlined(binding)


def _outlined(binding: Binding) -> Iterator[Draft]:
    """Objectives and key results in one column, without a mark of their own."""
    objective, key_result = binding.get("objective"), binding.get("key_result")
    text = binding.get("text") or (None if objective and key_result else objective or key_result)
    if text is None or not text.column.is_text:
        return
    for outline in outlines(binding, text):
        for draft in _marked(binding, outline.marker, text.column.index, text.column.index):
            for kind in ("objective", "key_result"):
                line = draft.records[kind]["when"]
                facts = {**line.facts, **outline.facts}
                draft.records[kind]["when"] = replace(line, why=outline.why, facts=facts, sure=outline.sure)
            if outline.unit is not None and "unit" not in draft.records["objective"]:
                _take_unit(draft, *outline.unit)
            yield draft


def _take_unit(draft: Draft, source: dict[str, Any], other: dict[str, Any]) -> None:
    """The team stands in a line above its objectives, which is none of them."""
    fields = draft.records["objective"]
    fields["when"] = replace(fields["when"], value=[fields["when"].value, other])
    fields["unit"] = DraftLine(source, "line_above", {}, sure=False)


def _marked_texts(binding: Binding, marker: Marker) -> tuple[int, int] | None:
    """The columns with the texts of marked rows: one for both, or one for each."""
    objective, key_result, text = (binding.get(role) for role in ("objective", "key_result", "text"))
    if objective and key_result and objective.column.is_text and key_result.column.is_text:
        rows = _matching(binding, marker, marker.key_result)
        lengths = [_length(binding, rows, found.column.index) for found in (objective, key_result)]
        # Who answers for a key result is shorter than the key result, which may stand below its objective.
        both = lengths[0] > (1 if key_result.worth < CERTAIN else 2) * lengths[1]
        return objective.column.index, (objective if both else key_result).column.index
    named = [found for found in (text, key_result, objective) if found and found.column.index != marker.column]
    named = [found for found in named if found.column.is_text and found.column.length >= 4]
    if named:
        best = max(named, key=lambda found: found.column.filled)
        return best.column.index, best.column.index
    others = [
        column for i, column in binding.columns.items()
        if i != marker.column and column.is_text and abs(i - marker.column) <= 3
    ]  # fmt: skip
    best_column = max(others, key=lambda column: column.length, default=None)
    return (best_column.index, best_column.index) if best_column and best_column.length >= 8 else None


def _length(binding: Binding, rows: Sequence[int], column: int) -> float:
    return sum(len(binding.head.tab.text(row, column)) for row in rows) / max(len(rows), 1)


def _marked(binding: Binding, marker: Marker, objective: int, key_result: int) -> Iterator[Draft]:
    lines = measures(binding, in_text=False)
    if not lines:
        return
    about = objective_lines(binding, binding.bound(objective), binding.head.rows(), mixed=True)
    about.pop("kind", None)
    facts = {"column": column_letters(marker.column), "objective": marker.example[0], "key_result": marker.example[1]}
    draft = Draft(binding)
    draft.records["objective"] = {
        "when": DraftLine(marker.objective, "marker", facts, not marker.text),
        "text": by_header(binding.bound(objective), binding),
        **about,
    }
    draft.records["key_result"] = {
        "when": DraftLine(marker.key_result, "marker", facts, not marker.text),
        "text": behind(by_header(binding.bound(key_result), binding), marker.text),
        **lines,
        **key_result_lines(binding, None, mixed=True),
    }
    _score_of_objective_rows(draft, lines, _matching(binding, marker, marker.objective))
    yield draft


def _matching(binding: Binding, marker: Marker, when: Mapping[str, Any]) -> list[int]:
    """The rows of one of the two kinds."""
    tab, pattern = binding.head.tab, when.get("matches")
    texts = {row: tab.text(row, marker.column).strip() for row in binding.head.rows()}
    if "blank" in when:
        return [row for row, text in texts.items() if bool(text) is not when["blank"]]
    if "fill" in when:
        return [row for row in texts if tab.fills.get((row, marker.column), "none") == when["fill"]]
    if pattern is None:
        return [row for row, text in texts.items() if text in when["is"]]
    return [row for row, text in texts.items() if re.match(pattern, text)]


def _score_of_objective_rows(draft: Draft, lines: dict[str, DraftLine], rows: Sequence[int]) -> None:
    """An objective's score stands in its own row: in the score column, or where its row shows a number."""
    binding = draft.binding
    if "score" in draft.records["objective"]:
        return
    score = binding.get("score")
    if "score" in lines and score is not None:
        draft.records["objective"]["score"] = lines["score"]
        return
    tab, target = binding.head.tab, binding.get("target")
    # A value beside a target of its own is no score.
    measured = target is not None and any(is_filled(tab.value(row, target.column.index)) for row in rows)
    for role in ("points", "score") if measured else ("points", "score", "current"):
        bound = binding.get(role)
        if bound is None:
            continue
        column = bound.column.index
        held = [(row, tab.value(row, column)) for row in rows]
        # A sentence there is a judgement of people's, and no place for a score.
        if any((row, column) in tab.formulas or (is_filled(value) and is_amount(value)) for row, value in held):
            draft.records["objective"]["score"] = score_line(binding, bound)
            return


def _sections(binding: Binding) -> Iterator[Draft]:
    """Section lines as objectives, in another column than the key results below them."""
    key_result, tab, rows = binding.get("key_result"), binding.head.tab, binding.head.rows()
    if key_result is None or not (key_result.column.may_be_text or not key_result.column.filled):
        return
    if any(role == "objective" for role, _ in labels(binding)):
        return
    place = key_result.column.index
    for column in range(place):
        alone = [row for row in rows if is_filled(tab.value(row, column)) and not is_filled(tab.value(row, place))]
        texts = [tab.text(row, column).strip() for row in alone]
        sections = [text for text in texts if len(text) >= 8]
        form = section_form(sections)
        if not sections or (form is None and len(sections) < len(texts)):
            continue
        when = (
            {"column": column_letters(column), "matches": form}
            if form
            else {"column": column_letters(place), "blank": True}
        )
        lines = measures(binding, in_text=False)
        about = objective_lines(binding, binding.bound(column), rows, mixed=True)
        weight = weight_in_text(sections)
        draft = Draft(binding)
        draft.records["objective"] = {
            "when": DraftLine(when, "section", {"example": sections[0][:40]}, form is not None),
            "text": DraftLine(
                {"column": column_letters(column)},
                "content",
                {"count": len(sections), "rows": len(rows)},
                form is not None,
            ),
            **about,
            **({"weight": weight} if weight else {}),
        }
        draft.records["key_result"] = {
            "text": by_header(key_result, binding),
            **lines,
            **key_result_lines(binding, None, mixed=True),
        }
        _score_of_objective_rows(draft, lines, [row for row in alone if len(tab.text(row, column)) >= 8])
        yield draft


def _persons(binding: Binding) -> Iterator[Draft]:
    """One row per person, who stands for the objective; the key results beside each other, named by their group."""
    person = binding.get("person") or binding.get("owner") or binding.get("text")
    if not binding.repeat or person is None or binding.get("objective") is not None:
        return
    lines = measures(binding, in_text=False)
    weight = binding.get("weight")
    key = weight or binding.get("target") or binding.get("current") or binding.get("score")
    if not lines or key is None or binding.get("key_result") is not None or not isinstance(key.source, dict):
        return
    about = objective_lines(binding, person, binding.head.rows(), mixed=False)
    total = binding.get("total")
    if total is not None and "{}" not in str(total.source):
        about["score"] = score_line(binding, total)
    draft = Draft(binding)
    draft.records["objective"] = {"text": by_header(person, binding), **about}
    draft.records["key_result"] = {
        "repeat": DraftLine(list(binding.repeat), "repeat", {"count": len(binding.repeat)}, is_sure(key)),
        "when": DraftLine({**key.source, "blank": False}, "filled_group", {}, is_sure(key)),
        "text": DraftLine({"value": "{}"}, "group_name", {}, is_sure(key)),
        **lines,
        **({"weight": by_header(weight, binding)} if weight else {}),
    }
    yield draft


def _same_labels(binding: Binding, label: str) -> str | list[str]:
    """The labels of further blocks: "Mục tiêu 2" where the first is "Mục tiêu 1"."""
    stem, tab = re.sub(r"\d+", "", plain(label)).strip(), binding.head.tab
    texts = [value for row in tab.values for value in row if isinstance(value, str)]
    heads = [" ".join(text.partition(":")[0].split()) for text in texts]
    found = [head for head in heads if re.sub(r"\d+", "", plain(head)).strip() == stem]
    distinct = list(dict.fromkeys([label, *found]))
    return label if len(distinct) == 1 else distinct


def _stands_beside_one(tab: Tab, labels: str | list[str]) -> bool:
    """Whether a label stands beside its own text alone; in rows of several cells it is a mark in another table."""
    known = [labels] if isinstance(labels, str) else labels
    named = [row for row in tab.values if any(" ".join(str(cell).partition(":")[0].split()) in known for cell in row)]
    return any(sum(map(is_filled, row)) <= 2 for row in named)


def _under_label(binding: Binding) -> Iterator[Draft]:
    """Key results in a table, their one objective in a labelled cell above it."""
    key_result = binding.get("key_result")
    label = next((label for role, label in labels(binding) if role == "objective"), None)
    if key_result is None or label is None or not key_result.column.may_be_text or binding.get("target") is None:
        return
    source = {"label": _same_labels(binding, label)}
    about = objective_lines(binding, None, binding.head.rows(), mixed=False)
    draft = Draft(binding)
    alone = _stands_beside_one(binding.head.tab, source["label"])
    draft.records["objective"] = {"text": DraftLine(source, "label", {"label": label}, alone), **about}
    draft.records["key_result"] = {"text": by_header(key_result, binding), **_key_result(binding, about, key_result)}
    yield draft
