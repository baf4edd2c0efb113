"""Every way a spreadsheet changes, as plain JSON: what the journal keeps and replays.

A change is `{"method", "who", "at", ...}`. Applying it depends on nothing but the spreadsheet and the change: no
clock, no chance, so that a replay gives the same spreadsheet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from sync.local_sheets.book.book import Permission, Sheet, Spreadsheet
from sync.local_sheets.book.formulas import recalculate
from sync.local_sheets.book.ranges import Located
from sync.local_sheets.errors import ApiError, invalid
from sync.local_sheets.sheets import values
from sync.local_sheets.sheets.data_filters import selections
from sync.local_sheets.sheets.edit import Edit
from sync.local_sheets.sheets.requests import apply_batch
from sync.local_sheets.sheets.sheet_requests import take_copy
from sync.local_sheets.store.snapshots import loaded_sheet, sheet_document


def applied(book: Spreadsheet, change: dict[str, Any]) -> tuple[Spreadsheet, Any]:
    """The changed spreadsheet, and what the method has to say; `book` itself stays as it is."""
    changed = book.copy()
    result = _METHODS[change["method"]](Edit(changed, change["who"]), change)
    recalculate(changed)
    changed.version = book.version + 1
    changed.modified, changed.modified_by = change["at"], change["who"]
    return changed, result


def batch_update(requests: list[dict[str, Any]]) -> dict[str, Any]:
    return {"method": "batchUpdate", "requests": requests}


def write_values(data: list[dict[str, Any]], option: str) -> dict[str, Any]:
    return {"method": "values", "data": data, "option": option}


def append_values(value_range: dict[str, Any], option: str, insert: bool) -> dict[str, Any]:
    return {"method": "append", "data": value_range, "option": option, "insert": insert}


def clear_values(ranges: list[str]) -> dict[str, Any]:
    return {"method": "clear", "ranges": ranges}


def take_sheet(sheet: Sheet) -> dict[str, Any]:
    """A copy of a sheet of another spreadsheet."""
    return {"method": "takeSheet", "sheet": sheet_document(sheet)}


def replace_sheets(sheets: list[Sheet]) -> dict[str, Any]:
    """New content in the place of all there is."""
    return {"method": "replaceSheets", "sheets": [sheet_document(sheet) for sheet in sheets]}


def describe(title: str, file: dict[str, Any]) -> dict[str, Any]:
    """What Drive keeps of a file."""
    return {"method": "describe", "title": title, "file": file}


def share(permissions: list[Permission]) -> dict[str, Any]:
    return {"method": "share", "permissions": [asdict(known) for known in permissions]}


def write_filtered(data: list[dict[str, Any]], option: str) -> dict[str, Any]:
    return {"method": "valuesByFilter", "data": data, "option": option}


def clear_filtered(filters: list[dict[str, Any]]) -> dict[str, Any]:
    return {"method": "clearByFilter", "filters": filters}


def _write(edit: Edit, change: dict[str, Any]) -> list[values.Written]:
    data = change["data"]
    written = []
    for index, value_range in enumerate(data):
        try:
            written.append(values.write(edit, value_range, change["option"]))
        except ApiError as error:
            if len(data) == 1:
                raise
            raise invalid(f"Invalid data[{index}]: {error.message}") from error
    return written


def _write_filtered(edit: Edit, change: dict[str, Any]) -> list[tuple[int, values.Written]]:
    """What each place that a filter selects became, with the number of its filter."""
    filters = [each.get("dataFilter", {}) for each in change["data"]]
    return [
        (index, values.write_at(edit, Located(*place, single=False), change["data"][index], change["option"]))
        for index, places in enumerate(selections(edit.book, filters))
        for place in places
    ]


def _clear_filtered(edit: Edit, change: dict[str, Any]) -> list[str]:
    found = [place for places in selections(edit.book, change["filters"]) for place in places]
    for sheet, area in found:
        values.clear_area(edit, sheet, area)
    return [place.text for place in found]


def _replace_sheets(edit: Edit, change: dict[str, Any]) -> None:
    book = edit.book
    for sheet in book.sheets:
        edit.guard(sheet, sheet.whole)
    book.sheets = [loaded_sheet(each) for each in change["sheets"]]
    book.named_ranges = []
    book.metadata = [known for known in book.metadata if known.sheet_id is None]


def _describe(edit: Edit, change: dict[str, Any]) -> None:
    edit.book.title, edit.book.file = change["title"], change["file"]


def _share(edit: Edit, change: dict[str, Any]) -> None:
    edit.book.permissions = [Permission(**known) for known in change["permissions"]]


_METHODS: dict[str, Callable[[Edit, dict[str, Any]], Any]] = {
    "batchUpdate": lambda edit, change: apply_batch(edit, change["requests"]),
    "values": _write,
    "append": lambda edit, change: values.append(edit, change["data"], change["option"], change["insert"]),
    "valuesByFilter": _write_filtered,
    "clearByFilter": _clear_filtered,
    "replaceSheets": _replace_sheets,
    "describe": _describe,
    "share": _share,
    "takeSheet": lambda edit, change: take_copy(edit, loaded_sheet(change["sheet"])),
    "clear": lambda edit, change: [values.clear(edit, text) for text in change["ranges"]],
}
