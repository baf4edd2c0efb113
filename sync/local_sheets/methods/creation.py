"""A new spreadsheet from the message that describes it: empty sheets first, then what is on them as requests."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

from sync.local_sheets.book.book import Spreadsheet, shared_by
from sync.local_sheets.book.formulas import recalculate
from sync.local_sheets.errors import invalid
from sync.local_sheets.sheets.edit import Edit
from sync.local_sheets.sheets.requests import apply_batch
from sync.local_sheets.sheets.sheet_requests import checked_locale, new_sheet

# What a Spreadsheet or a Sheet can hold and this server does not keep.
_NOT_KEPT = (
    *("dataSources", "dataSourceSchedules", "conditionalFormats", "filterViews", "charts", "bandedRanges"),
    *("slicers", "tables", "comments"),
)

Request = dict[str, Any]


def new_spreadsheet(given: dict[str, Any], caller: str) -> Spreadsheet:
    properties = given.get("properties", {})
    book = Spreadsheet(
        secrets.token_urlsafe(33),
        properties.get("title") or "Untitled spreadsheet",
        checked_locale(properties.get("locale", "en_US")),
        properties.get("timeZone", "Etc/GMT"),
        permissions=shared_by(caller),
    )
    edit = Edit(book, caller)
    sheets = given.get("sheets") or [{"properties": {"title": "Sheet1"}}]
    for sheet in sheets:
        book.sheets.append(new_sheet(edit, sheet.get("properties", {})))
    if all(sheet.hidden for sheet in book.sheets):
        raise invalid("You can't hide all the sheets in a document.")
    book.check_size()
    requests = [request for each in (given, *sheets) for request in _of_the_whole(each)]
    for made, sheet in zip(book.sheets, sheets, strict=True):
        requests += _of_a_sheet(sheet, made.sheet_id)
    if requests:
        apply_batch(edit, requests)
        recalculate(book)
    return book


def _of_the_whole(given: dict[str, Any]) -> Iterator[Request]:
    for name in _NOT_KEPT:
        if given.get(name):
            raise invalid(f"The local Sheets server keeps no {name}.")
    for each in given.get("namedRanges", ()):
        yield {"addNamedRange": {"namedRange": each}}
    for each in given.get("developerMetadata", ()):
        yield {"createDeveloperMetadata": {"developerMetadata": each}}


def _of_a_sheet(given: dict[str, Any], sheet_id: int) -> Iterator[Request]:
    for block in given.get("data", ()):
        yield from _of_a_block(block, sheet_id)
    for area in given.get("merges", ()):
        yield {"mergeCells": {"range": {**area, "sheetId": sheet_id}, "mergeType": "MERGE_ALL"}}
    for each in given.get("protectedRanges", ()):
        yield {"addProtectedRange": {"protectedRange": each}}
    for name in ("rowGroups", "columnGroups"):
        for group in given.get(name, ()):
            yield {"addDimensionGroup": {"range": {**group.get("range", {}), "sheetId": sheet_id}}}
    if "basicFilter" in given:
        yield {"setBasicFilter": {"filter": given["basicFilter"]}}


def _of_a_block(block: dict[str, Any], sheet_id: int) -> Iterator[Request]:
    top, left = block.get("startRow", 0), block.get("startColumn", 0)
    if block.get("rowData"):
        start = {"sheetId": sheet_id, "rowIndex": top, "columnIndex": left}
        yield {"updateCells": {"start": start, "rows": block["rowData"], "fields": "*"}}
    for name, dimension, first in (("rowMetadata", "ROWS", top), ("columnMetadata", "COLUMNS", left)):
        for index, properties in enumerate(block.get(name, ()), start=first):
            span = {"sheetId": sheet_id, "dimension": dimension, "startIndex": index, "endIndex": index + 1}
            yield {"updateDimensionProperties": {"range": span, "properties": properties, "fields": "*"}}
