"""`:batchUpdate`: the kinds of request that this server carries out, and one batch applied to a copy.

The requests have passed `schema.checked`, so their shape is right. A batch that fails at any request raises, and
whoever holds the copy throws it away.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sync.local_sheets.errors import ApiError, invalid
from sync.local_sheets.sheets import (
    cell_requests,
    developer_metadata,
    dimension_requests,
    paste_requests,
    range_requests,
    sheet_requests,
)
from sync.local_sheets.sheets.edit import Edit

KINDS: dict[str, Callable[[Edit, dict[str, Any]], dict[str, Any] | None]] = {
    "updateCells": cell_requests.update_cells,
    "appendCells": cell_requests.append_cells,
    "repeatCell": cell_requests.repeat_cell,
    "setDataValidation": cell_requests.set_data_validation,
    "sortRange": cell_requests.sort_range,
    "mergeCells": cell_requests.merge_cells,
    "unmergeCells": cell_requests.unmerge_cells,
    "copyPaste": paste_requests.copy_paste,
    "cutPaste": paste_requests.cut_paste,
    "pasteData": paste_requests.paste_data,
    "findReplace": paste_requests.find_replace,
    "updateSpreadsheetProperties": sheet_requests.update_spreadsheet_properties,
    "updateSheetProperties": sheet_requests.update_sheet_properties,
    "addSheet": sheet_requests.add_sheet,
    "duplicateSheet": sheet_requests.duplicate_sheet,
    "deleteSheet": sheet_requests.delete_sheet,
    "insertDimension": dimension_requests.insert_dimension,
    "deleteDimension": dimension_requests.delete_dimension,
    "deleteRange": dimension_requests.delete_range,
    "moveDimension": dimension_requests.move_dimension,
    "appendDimension": dimension_requests.append_dimension,
    "updateDimensionProperties": dimension_requests.update_dimension_properties,
    "autoResizeDimensions": dimension_requests.auto_resize,
    "addDimensionGroup": dimension_requests.add_group,
    "deleteDimensionGroup": dimension_requests.delete_group,
    "updateDimensionGroup": dimension_requests.update_group,
    "addProtectedRange": range_requests.add_protected_range,
    "updateProtectedRange": range_requests.update_protected_range,
    "deleteProtectedRange": range_requests.delete_protected_range,
    "addNamedRange": range_requests.add_named_range,
    "updateNamedRange": range_requests.update_named_range,
    "deleteNamedRange": range_requests.delete_named_range,
    "setBasicFilter": range_requests.set_basic_filter,
    "clearBasicFilter": range_requests.clear_basic_filter,
    "createDeveloperMetadata": developer_metadata.create,
    "updateDeveloperMetadata": developer_metadata.update,
    "deleteDeveloperMetadata": developer_metadata.delete,
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
        if kind not in KINDS:
            raise invalid("The local Sheets server does not carry out this kind of request.")
        return KINDS[kind](edit, request) or {}
    except ApiError as error:
        raise ApiError(error.code, f"Invalid requests[{index}].{kind}: {error.message}", error.details) from error
