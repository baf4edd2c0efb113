"""One tab as it is mapped, and what may be clicked on it, in one reader's language. Decides nothing."""

from collections.abc import Collection, Iterator
from typing import Any

from sync.domain.grid import Tab
from sync.inspect.heads import Head
from webapp.desk.alike import KINDS, Alike, alike, ends
from webapp.desk.desk import Desk
from webapp.desk.examples import texts_in
from webapp.desk.heading import head_of
from webapp.desk.likely import likely
from webapp.desk.marks import RECORDED, kinds_of_rows, roles_by_cell, roles_by_column, scores, standing
from webapp.desk.roles import RECORD_NAMES, RECORDS, Role, field_name, kinds_in, roles
from webapp.desk.rules_view import rules_of
from webapp.desk.saying import condition_text, full_role_name, record_name, role_name, short_name
from webapp.desk.shown import shown
from webapp.desk.understanding import Entry, Understanding, entries_of
from webapp.reader.languages import Words

_LONGEST_HEADER = 60
# Of these the score cells are told always.
FIRST_ROWS = 300


def choices(words: Words) -> list[dict[str, Any]]:
    """Every role that a column may have, by kind of record."""
    found: dict[str, dict[str, Any]] = {}
    for role in roles():
        group = found.setdefault(
            role.record, {"record": role.record, "name": words.gettext(RECORD_NAMES[role.record]), "fields": []}
        )
        group["fields"].append({"field": role.field, "name": words.gettext(field_name(role))})
    return list(found.values())


def likely_roles(desk: Desk, tab: Tab, column: int, words: Words) -> dict[str, Any]:
    """A column's header, and what it most likely is but for what it is already."""
    understanding = desk.at_first
    entry = next(entries_of(understanding, tab), None)
    by_column = roles_by_column(understanding, tab, entry) if entry else {}
    own = by_column.get(column, [])
    placed = {Role(role.record, role.field) for of_column in by_column.values() for role in of_column}
    head = head_of(understanding, tab, entry)
    found = likely(head, column, placed) if head else []
    offered = [role for role in found if role.field not in {each.field for each in own if each.record == role.record}]
    header = " ".join(head.texts[column].split()) if head and column in head.columns else ""
    told = [{"record": role.record, "field": role.field, "name": full_role_name(role, words)} for role in offered]
    return {"header": header[:_LONGEST_HEADER], "likely": told}


def like(desk: Desk, tab: Tab, row: int, words: Words) -> dict[str, Any]:
    """What may be meant by rows like this one, for leaving out, for a table's end, and for a kind of record.

    For leaving out, what takes rows along that count stands last.
    """
    understanding = desk.understanding
    found: list[Alike] = []
    for entry in entries_of(understanding, tab):
        for table in understanding.tables_of(tab, entry):
            if table.first <= row < table.last:
                found = alike(desk.book, tab, table, row)
    kinds = kinds_of_rows(understanding, tab)
    counted = {at for at, kind in enumerate(kinds) if kind in RECORDED and at != row}
    head = head_of(understanding, tab, next(entries_of(understanding, tab), None))
    told = [_alike(tab, head, each, counted, words) for each in found]
    return {
        "row": row,
        "alike": told,
        "leaves": sorted(told, key=lambda each: bool(each["counted"])),
        "ends": [_alike(tab, head, each, counted, words) for each in ends(found, row)],
    }


def _alike(tab: Tab, head: Head | None, found: Alike, counted: Collection[int], words: Words) -> dict[str, Any]:
    """`counted` is how many rows it holds for besides the one that was asked about that yield something now."""
    examples = [_first_text(tab, row) for row in found.rows[:3]]
    return {
        "condition": dict(found.condition),
        "kind": next(kind for kind in KINDS if kind in found.condition),
        "said": condition_text(found.condition, words, texts_in(tab, found.condition, head, found.rows)),
        "count": len(found.rows),
        "counted": sum(row in counted for row in found.rows),
        "rows": list(found.rows[:500]),
        "examples": examples,
    }


def _first_text(tab: Tab, row: int) -> str:
    texts = (tab.text(row, column).strip() for column in range(tab.width))
    return next((text[:60] for text in texts if text), "")


def marks(understanding: Understanding, tab: Tab, words: Words, sight: range = range(0)) -> dict[str, Any]:
    """What a tab wears; its score cells in the first rows and those in `sight` only."""
    entries = list(entries_of(understanding, tab))
    columns: dict[int, list[dict[str, Any]]] = {}
    cells: dict[str, list[dict[str, str]]] = {}
    for entry in entries:
        for column, of_column in roles_by_column(understanding, tab, entry).items():
            columns.setdefault(column, []).extend(_role(role, entry, words) for role in of_column)
        for (row, column), of_cell in roles_by_cell(entry).items():
            cells.setdefault(f"{row},{column}", []).extend(
                {"name": role_name(role, words), "short": short_name(role, words)} for role in of_cell
            )
    return {
        "sheetId": tab.sheet_id,
        "title": tab.title,
        "entries": [entry.number for entry in entries],
        "columns": columns,
        "cells": cells,
        "rows": kinds_of_rows(understanding, tab),
        **score_places(understanding, tab, sight),
        "groups": [group for entry in entries[:1] for group in _groups(entry, words)],
        "rules": rules_of(understanding, tab, entries, words),
    }


def score_places(understanding: Understanding, tab: Tab, sight: range) -> dict[str, Any]:
    """What the score cells take in the first rows, which may be frozen, and in those in sight; of long tabs, what is
    told about all would be most of an answer.
    """
    told = scores(understanding, tab)
    return {
        "takesScores": bool(told),
        "firstRows": FIRST_ROWS,
        "sight": [sight.start, sight.stop],
        "scores": {
            f"{row},{column}": shown(understanding.book, tab.sheet_id, (row, column), new)
            for (row, column), new in told.items()
            if row < FIRST_ROWS or row in sight
        },
        "places": [
            f"{row},{column}"
            for row, column in sorted(standing(understanding, tab))
            if row < FIRST_ROWS or row in sight
        ],
    }


def _groups(entry: Entry, words: Words) -> Iterator[dict[str, Any]]:
    """The kinds of records that a column may belong to, and the fields of each that are somewhere already."""
    for record in RECORDS:
        kinds = kinds_in(entry.table, record)
        for kind, fields in enumerate(kinds or [{}]):
            name = record_name(record, kind, len(kinds), words)
            yield {"record": record, "kind": kind, "name": name, "placed": sorted(fields)}


def _role(role: Role, entry: Entry, words: Words) -> dict[str, Any]:
    return {
        "record": role.record,
        "field": role.field,
        "kind": role.kind,
        "entry": entry.number,
        "name": role_name(role, words),
        "short": short_name(role, words),
        "score": role.is_score,
    }
