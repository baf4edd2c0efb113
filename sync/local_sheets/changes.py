"""Every way a spreadsheet changes, as plain JSON: what the journal keeps and replays.

A change is `{"method", "who", "at", ...}`. Applying it depends on nothing but the spreadsheet and the change: no
clock, no chance, so that a replay gives the same spreadsheet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sync.local_sheets import values
from sync.local_sheets.book import Spreadsheet
from sync.local_sheets.edit import Edit
from sync.local_sheets.errors import ApiError, invalid
from sync.local_sheets.formulas import recalculate
from sync.local_sheets.requests import apply_batch


def applied(book: Spreadsheet, change: dict[str, Any]) -> tuple[Spreadsheet, Any]:
    """The changed spreadsheet, and what the method has to say; `book` itself stays as it is."""
    changed = book.copy()
    result = _METHODS[change["method"]](Edit(changed, change["who"]), change)
    recalculate(changed)
    changed.version = book.version + 1
    changed.modified = change["at"]
    return changed, result


def batch_update(requests: list[dict[str, Any]]) -> dict[str, Any]:
    return {"method": "batchUpdate", "requests": requests}


def write_values(data: list[dict[str, Any]], option: str) -> dict[str, Any]:
    return {"method": "values", "data": data, "option": option}


def append_values(value_range: dict[str, Any], option: str, insert: bool) -> dict[str, Any]:
    return {"method": "append", "data": value_range, "option": option, "insert": insert}


def clear_values(ranges: list[str]) -> dict[str, Any]:
    return {"method": "clear", "ranges": ranges}


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


_METHODS: dict[str, Callable[[Edit, dict[str, Any]], Any]] = {
    "batchUpdate": lambda edit, change: apply_batch(edit, change["requests"]),
    "values": _write,
    "append": lambda edit, change: values.append(edit, change["data"], change["option"], change["insert"]),
    "clear": lambda edit, change: [values.clear(edit, text) for text in change["ranges"]],
}
