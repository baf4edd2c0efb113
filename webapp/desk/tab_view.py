"""One tab as it is mapped, and what may be clicked on it, in one reader's language. Decides nothing."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from sync.domain.grid import Tab, text_of
from webapp.desk.alike import Alike, alike, ends
from webapp.desk.desk import Desk
from webapp.desk.marks import constants, kinds_of_rows, roles_by_cell, roles_by_column, scores, standing
from webapp.desk.roles import FIELD_NAMES, RECORD_NAMES, Role, roles
from webapp.desk.understanding import Entry, Understanding, entries_of
from webapp.reader.languages import Words


def choices(words: Words) -> list[dict[str, Any]]:
    """Every role that a column may have, by kind of record."""
    found: dict[str, dict[str, Any]] = {}
    for role in roles():
        group = found.setdefault(
            role.record, {"record": role.record, "name": words.gettext(RECORD_NAMES[role.record]), "fields": []}
        )
        group["fields"].append({"field": role.field, "name": words.gettext(FIELD_NAMES[role.field])})
    return list(found.values())


def role_name(role: Role, words: Words) -> str:
    """A role in words: "Key result: target"; the record alone for its own text."""
    record = words.gettext(RECORD_NAMES[role.record])
    return record if role.field == "text" else f"{record}: {words.gettext(FIELD_NAMES[role.field])}"


def like(desk: Desk, tab: Tab, row: int, words: Words) -> dict[str, Any]:
    """What may be meant by rows like this one, for leaving out, for a table's end, and for a kind of record."""
    understanding = desk.understanding
    found: list[Alike] = []
    for entry in entries_of(understanding, tab):
        for table in understanding.tables_of(tab, entry):
            if table.first <= row < table.last:
                found = alike(desk.book, tab, table, row)
    return {
        "row": row,
        "alike": [_alike(tab, each, words) for each in found],
        "ends": [_alike(tab, each, words) for each in ends(found, row)],
    }


def _alike(tab: Tab, found: Alike, words: Words) -> dict[str, Any]:
    examples = [_first_text(tab, row) for row in found.rows[:3]]
    return {
        "condition": dict(found.condition),
        "said": _condition(found.condition, words),
        "count": len(found.rows),
        "rows": list(found.rows[:500]),
        "examples": examples,
    }


def _first_text(tab: Tab, row: int) -> str:
    texts = (tab.text(row, column).strip() for column in range(tab.width))
    return next((text[:60] for text in texts if text), "")


def _condition(condition: Mapping[str, Any], words: Words) -> str:
    place = condition.get("header") or condition.get("column") or ""
    if "is" in condition:
        return words.gettext("“%(place)s” is “%(text)s”", place=place, text=condition["is"])
    if "matches" in condition:
        return words.gettext("“%(place)s” begins like %(text)s", place=place, text=condition["matches"])
    if "fill" in condition:
        return words.gettext("“%(place)s” is filled with %(text)s", place=place, text=condition["fill"])
    if condition.get("blank"):
        return words.gettext("“%(place)s” is empty", place=place)
    return words.gettext("“%(place)s” is not empty", place=place)


def marks(understanding: Understanding, tab: Tab, words: Words) -> dict[str, Any]:
    entries = list(entries_of(understanding, tab))
    columns: dict[int, list[dict[str, Any]]] = {}
    cells: dict[str, list[str]] = {}
    for entry in entries:
        for column, of_column in roles_by_column(understanding, tab, entry).items():
            columns.setdefault(column, []).extend(_role(role, entry, words) for role in of_column)
        for (row, column), of_cell in roles_by_cell(entry).items():
            cells[f"{row},{column}"] = [role_name(role, words) for role in of_cell]
    taken = standing(understanding, tab)
    return {
        "sheetId": tab.sheet_id,
        "title": tab.title,
        "entries": [entry.number for entry in entries],
        "columns": columns,
        "cells": cells,
        "rows": kinds_of_rows(understanding, tab),
        "scores": {f"{row},{column}": _number(new) for (row, column), new in scores(understanding, tab).items()},
        "places": [f"{row},{column}" for row, column in sorted(taken)],
        "constants": [said for entry in entries for said in _constants(entry, words)],
        "conditions": [said for entry in entries for said in _conditions(entry, words)],
        "settings": [said for entry in entries for said in _settings(entry, words)],
    }


def _role(role: Role, entry: Entry, words: Words) -> dict[str, Any]:
    short = words.gettext(RECORD_NAMES[role.record] if role.field == "text" else FIELD_NAMES[role.field])
    return {
        "record": role.record,
        "field": role.field,
        "entry": entry.number,
        "name": role_name(role, words),
        "short": short,
        "score": role.is_score,
    }


def _constants(entry: Entry, words: Words) -> Iterator[dict[str, Any]]:
    for role, source in constants(entry):
        value = source.get("value") or source.get("label") or source.get("field") or ""
        shown = value if isinstance(value, str) else " / ".join(value)
        yield {
            "entry": entry.number,
            "record": role.record,
            "field": role.field,
            "name": role_name(role, words),
            "value": shown or words.gettext("the tab's title"),
        }


def _conditions(entry: Entry, words: Words) -> Iterator[dict[str, Any]]:
    names = {
        ("skip",): words.gettext("does not count"),
        ("until",): words.gettext("the table ends"),
        ("objective", "when"): words.gettext("is an objective"),
        ("key_result", "when"): words.gettext("is a key result"),
    }
    for path, name in names.items():
        held: Any = entry.table
        for key in path:
            held = held.get(key, []) if isinstance(held, Mapping) else []
        for number, condition in enumerate(held if isinstance(held, list) else [held]):
            if isinstance(condition, Mapping):
                said = _condition(condition, words)
                yield {"entry": entry.number, "path": list(path), "number": number, "name": name, "said": said}


def _settings(entry: Entry, words: Words) -> Iterator[dict[str, Any]]:
    """Choices that belong to a field and not to a place: a score's scale, and how several rows are counted."""
    scales = {
        "objective": words.gettext("a full score of an objective is"),
        "key_result": words.gettext("a full score of a key result is"),
    }
    for record, name in scales.items():
        fields = entry.table.get(record)
        score = fields.get("score") if isinstance(fields, Mapping) else None
        if score is not None:
            value = score.get("scale", 1) if isinstance(score, Mapping) else 1
            full: list[Any] = [[1, "1"], [10, "10"], [100, "100"], ["percent", "100 %"]]
            yield _setting(entry, [record, "score", "scale"], name, value, full)
    fields = entry.table.get("key_result")
    if isinstance(fields, Mapping):
        options: list[Any] = [
            ["separate", words.gettext("several key results")],
            ["latest", words.gettext("one, of which the newest value counts")],
            ["mean", words.gettext("one, of which the mean counts")],
            ["sum", words.gettext("one, of which the sum counts")],
        ]
        name = words.gettext("the same key result on several rows is")
        yield _setting(entry, ["key_result", "rows"], name, fields.get("rows", "separate"), options)


def _setting(entry: Entry, path: list[str], name: str, value: Any, options: list[Any]) -> dict[str, Any]:
    return {"entry": entry.number, "path": path, "name": name, "value": value, "options": options}


def _number(new: Any) -> str:
    if new is None:
        return ""
    return f"{new:f}" if isinstance(new, Decimal) else text_of(new)
