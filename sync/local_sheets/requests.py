"""`:batchUpdate`: the kinds of request that this server carries out, and one batch applied to a copy.

The requests have passed `schema.checked`, so their shape is right. A batch that fails at any request raises, and
whoever holds the copy throws it away.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sync.local_sheets import cell_requests as cells
from sync.local_sheets import sheet_requests as around
from sync.local_sheets.edit import Edit
from sync.local_sheets.errors import ApiError, invalid

KINDS: dict[str, Callable[[Edit, dict[str, Any]], dict[str, Any] | None]] = {
    "updateCells": cells.update_cells,
    "repeatCell": cells.repeat_cell,
    "sortRange": cells.sort_range,
    "mergeCells": cells.merge_cells,
    "unmergeCells": cells.unmerge_cells,
    "updateSpreadsheetProperties": around.update_spreadsheet_properties,
    "updateSheetProperties": around.update_sheet_properties,
    "addSheet": around.add_sheet,
    "deleteSheet": around.delete_sheet,
    "insertDimension": around.insert_dimension,
    "deleteDimension": around.delete_dimension,
    "moveDimension": around.move_dimension,
    "appendDimension": around.append_dimension,
    "updateDimensionProperties": around.update_dimension_properties,
    "addProtectedRange": around.add_protected_range,
    "updateProtectedRange": around.update_protected_range,
    "deleteProtectedRange": around.delete_protected_range,
}


def apply_batch(edit: Edit, requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The reply of each request, `{}` where Google has nothing to say."""
    if not requests:
        raise invalid("Must specify at least one request.")
    for index, request in enumerate(requests):
        if len(request) != 1:
            raise invalid(f"Invalid requests[{index}]: exactly one kind of request must be set.")
    return [_reply(edit, index, *next(iter(request.items()))) for index, request in enumerate(requests)]


def _reply(edit: Edit, index: int, kind: str, request: dict[str, Any]) -> dict[str, Any]:
    try:
        return KINDS[kind](edit, request) or {}
    except ApiError as error:
        raise ApiError(error.code, f"Invalid requests[{index}].{kind}: {error.message}", error.details) from error
