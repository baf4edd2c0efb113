"""A spreadsheet as one JSON document, and back. Where it is kept is for `store`."""

from __future__ import annotations

import json
from typing import Any

from sync.local_sheets.areas import Area
from sync.local_sheets.book import Cell, ErrorValue, Format, Formula, Protection, Row, Sheet, Spreadsheet, Value

_BOOK_FIELDS = ("spreadsheet_id", "title", "locale", "time_zone", "version", "modified", "ids_given")
_SHEET_FIELDS = (
    *("sheet_id", "title", "row_count", "column_count", "hidden"),
    *("frozen_rows", "frozen_columns", "has_formulas"),
)


def dumped(book: Spreadsheet) -> str:
    formats = _Formats()
    document = {name: getattr(book, name) for name in _BOOK_FIELDS}
    document["sheets"] = [_sheet_json(sheet, formats) for sheet in book.sheets]
    document["formats"] = formats.known
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def loaded(text: str) -> Spreadsheet:
    document = json.loads(text)
    sheets = [_sheet(each, document["formats"]) for each in document["sheets"]]
    return Spreadsheet(**{name: document[name] for name in _BOOK_FIELDS}, sheets=sheets)


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
        **{name: getattr(sheet, name) for name in _SHEET_FIELDS},
        "rows": [{column: _cell_json(cell, formats) for column, cell in row.items()} for row in sheet.rows],
        "merges": [_area_json(area) for area in sheet.merges],
        "protections": [_protection_json(known) for known in sheet.protections],
        "row_metadata": sheet.row_metadata,
        "column_metadata": sheet.column_metadata,
    }


def _sheet(document: dict[str, Any], formats: list[Format]) -> Sheet:
    return Sheet(
        **{name: document[name] for name in _SHEET_FIELDS},
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
    entered, form, note = cell
    plain = not isinstance(entered, Formula | ErrorValue)
    if plain and form is None and note is None:
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
    return shown


def _cell(shown: Any, formats: list[Format]) -> Cell:
    if not isinstance(shown, dict):
        return Cell(shown)
    value = _value(shown.get("value"))
    entered = Formula(shown["formula"], value) if "formula" in shown else value
    form = formats[shown["format"]] if "format" in shown else None
    return Cell(entered, form, shown.get("note"))


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
            "unprotected": tuple(Area(*area) for area in document["unprotected"]),
        }
    )
