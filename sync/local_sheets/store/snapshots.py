"""A spreadsheet as one JSON document, and back. Where it is kept is for `store`."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from sync.local_sheets.book.areas import Area
from sync.local_sheets.book.book import (
    Cell,
    ErrorValue,
    Format,
    Formula,
    Group,
    Metadata,
    NamedRange,
    Permission,
    Protection,
    Row,
    Sheet,
    Spreadsheet,
    Value,
)

_BOOK_FIELDS = ("spreadsheet_id", "title", "locale", "time_zone", "version", "modified", "ids_given")
# Absent in files of an earlier version.
_LATER_BOOK_FIELDS = ("created", "file", "properties", "modified_by")
_SHEET_FIELDS = (
    *("sheet_id", "title", "row_count", "column_count", "hidden"),
    *("frozen_rows", "frozen_columns", "has_formulas"),
)
_LATER_SHEET_FIELDS = ("filter", "looks")


def dumped(book: Spreadsheet) -> str:
    formats = _Formats()
    document = {name: getattr(book, name) for name in (*_BOOK_FIELDS, *_LATER_BOOK_FIELDS)}
    document["sheets"] = [_sheet_json(sheet, formats) for sheet in book.sheets]
    document["formats"] = formats.known
    document["named_ranges"] = [{**_fields(known), "area": _area_json(known.area)} for known in book.named_ranges]
    document["metadata"] = [_fields(known) for known in book.metadata]
    document["permissions"] = [_fields(known) for known in book.permissions]
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def loaded(text: str) -> Spreadsheet:
    document = json.loads(text)
    sheets = [_sheet(each, document["formats"]) for each in document["sheets"]]
    later = {name: document[name] for name in _LATER_BOOK_FIELDS if name in document}
    book = Spreadsheet(**{name: document[name] for name in _BOOK_FIELDS}, **later, sheets=sheets)
    if "permissions" in document:
        book.permissions = [Permission(**known) for known in document["permissions"]]
        book.metadata = [Metadata(**known) for known in document["metadata"]]
        book.named_ranges = [
            NamedRange(**{**known, "area": Area(*known["area"])}) for known in document["named_ranges"]
        ]
    return book


def sheet_document(sheet: Sheet) -> dict[str, Any]:
    """One sheet alone, as JSON."""
    formats = _Formats()
    return {"sheet": _sheet_json(sheet, formats), "formats": formats.known}


def loaded_sheet(document: dict[str, Any]) -> Sheet:
    return _sheet(json.loads(json.dumps(document["sheet"])), document["formats"])


def _fields(known: Any) -> dict[str, Any]:
    return {each.name: getattr(known, each.name) for each in fields(known)}


class _Formats:
    """Each distinct format once: most cells of a column share theirs."""

    def __init__(self) -> None:
        self.known: list[Format] = []
        self._index: dict[str, int] = {}

    def number_of(self, form: Format) -> int:
        key = json.dumps(form, sort_keys=True)
        if key not in self._index:
            self._index[key] = len(self.known)
            self.known.append(form)
        return self._index[key]


def _sheet_json(sheet: Sheet, formats: _Formats) -> dict[str, Any]:
    return {
        **{name: getattr(sheet, name) for name in (*_SHEET_FIELDS, *_LATER_SHEET_FIELDS)},
        "rows": [{column: _cell_json(cell, formats) for column, cell in row.items()} for row in sheet.rows],
        "merges": [_area_json(area) for area in sheet.merges],
        "protections": [_protection_json(known) for known in sheet.protections],
        "groups": [_fields(known) for known in sheet.groups],
        "filtered": None if sheet.filtered is None else _area_json(sheet.filtered),
        "row_metadata": sheet.row_metadata,
        "column_metadata": sheet.column_metadata,
    }


def _sheet(document: dict[str, Any], formats: list[Format]) -> Sheet:
    filtered = document.get("filtered")
    return Sheet(
        **{name: document[name] for name in _SHEET_FIELDS},
        **{name: document[name] for name in _LATER_SHEET_FIELDS if name in document},
        groups=[Group(**known) for known in document.get("groups", ())],
        filtered=None if filtered is None else Area(*filtered),
        rows=[_row(row, formats) for row in document["rows"]],
        merges=[Area(*area) for area in document["merges"]],
        protections=[_protection(known) for known in document["protections"]],
        row_metadata={int(index): each for index, each in document["row_metadata"].items()},
        column_metadata={int(index): each for index, each in document["column_metadata"].items()},
    )


def _row(row: dict[str, Any], formats: list[Format]) -> Row:
    return {int(column): _cell(cell, formats) for column, cell in row.items()}


def _cell_json(cell: Cell, formats: _Formats) -> Any:
    """A plain value alone stands for itself."""
    entered, form, note, extra = cell
    plain = not isinstance(entered, Formula | ErrorValue)
    if plain and form is None and note is None and extra is None:
        return entered
    shown: dict[str, Any] = {}
    if isinstance(entered, Formula):
        shown = {"formula": entered.text, "value": _value_json(entered.value)}
    elif entered is not None:
        shown = {"value": _value_json(entered)}
    if form is not None:
        shown["format"] = formats.number_of(form)
    if note is not None:
        shown["note"] = note
    if extra is not None:
        shown["extra"] = formats.number_of(extra)
    return shown


def _cell(shown: Any, formats: list[Format]) -> Cell:
    if not isinstance(shown, dict):
        return Cell(shown)
    value = _value(shown.get("value"))
    entered = Formula(shown["formula"], value) if "formula" in shown else value
    form = formats[shown["format"]] if "format" in shown else None
    extra = formats[shown["extra"]] if "extra" in shown else None
    return Cell(entered, form, shown.get("note"), extra)


def _value_json(value: Value) -> Any:
    return {"error": value.type, "message": value.message} if isinstance(value, ErrorValue) else value


def _value(shown: Any) -> Value:
    if isinstance(shown, dict):
        return ErrorValue(shown["error"], shown["message"])
    value: Value = shown
    return value


def _area_json(area: Area) -> list[int | None]:
    return [area.top, area.left, area.bottom, area.right]


def _protection_json(known: Protection) -> dict[str, Any]:
    return {
        "protection_id": known.protection_id,
        "area": _area_json(known.area),
        "users": known.users,
        "groups": known.groups,
        "description": known.description,
        "warning_only": known.warning_only,
        "unprotected": [_area_json(area) for area in known.unprotected],
    }


def _protection(document: dict[str, Any]) -> Protection:
    return Protection(
        **{
            **document,
            "area": Area(*document["area"]),
            "users": tuple(document["users"]),
            "groups": tuple(document.get("groups", ())),
            "unprotected": tuple(Area(*area) for area in document["unprotected"]),
        }
    )
