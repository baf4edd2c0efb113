"""Developer metadata: keys and values that programs attach to a spreadsheet, its sheets, rows and columns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sync.local_sheets.book import areas
from sync.local_sheets.book.areas import Area
from sync.local_sheets.book.book import Metadata, Spreadsheet
from sync.local_sheets.errors import ApiError, invalid
from sync.local_sheets.protocol.fields import wants
from sync.local_sheets.sheets.data_filters import check_location, echoed, location_type, lookup, selected
from sync.local_sheets.sheets.edit import Edit, request_mask

# Of the whole spreadsheet, keys and values together.
_MAX_CHARACTERS = 30_000
_NO_VISIBILITY = "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED"


def metadata_json(known: Metadata) -> dict[str, Any]:
    location: dict[str, Any] = {"locationType": location_type(known)}
    if known.sheet_id is None:
        location["spreadsheet"] = True
    elif known.dimension is None:
        location["sheetId"] = known.sheet_id
    else:
        sheet_id = {"sheetId": known.sheet_id} if known.sheet_id else {}
        span = {"dimension": known.dimension, "startIndex": known.index, "endIndex": known.index + 1}
        location["dimensionRange"] = {**sheet_id, **span}
    value = {"metadataValue": known.value} if known.value else {}
    visibility = {"location": location, "visibility": known.visibility}
    return {"metadataId": known.metadata_id, "metadataKey": known.key, **value, **visibility}


def by_id(book: Spreadsheet, metadata_id: int) -> dict[str, Any]:
    for known in book.metadata:
        if known.metadata_id == metadata_id:
            return metadata_json(known)
    raise ApiError(404, f"No developer metadata with ID: {metadata_id}")


def search(book: Spreadsheet, filters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each metadata that a filter matches, once, with the filters that match it."""
    if not filters:
        raise invalid("Must specify at least one dataFilter.")
    tests = [(echoed(each), _matched(book, each)) for each in filters]
    found = []
    for known in book.metadata:
        matching = [shown for shown, ids in tests if known.metadata_id in ids]
        if matching:
            found.append({"developerMetadata": metadata_json(known), "dataFilters": matching})
    return found


def _matched(book: Spreadsheet, given: dict[str, Any]) -> set[int]:
    if "developerMetadataLookup" in given:
        matches = lookup(book, given["developerMetadataLookup"])
        return {known.metadata_id for known in book.metadata if matches(known)}
    places = selected(book, given, "grid")
    return {known.metadata_id for known in book.metadata for place in places if _inside(known, *place)}


def _inside(known: Metadata, sheet: Any, area: Area) -> bool:
    """Of a row or column that the area meets, or of the sheet, where the area is all of it."""
    if known.sheet_id != sheet.sheet_id:
        return False
    if known.dimension is None:
        return bool(area == sheet.whole)
    return areas.strip(known.dimension, known.index, known.index + 1).meets(area)


def create(edit: Edit, request: dict[str, Any]) -> dict[str, Any]:
    given = request.get("developerMetadata", {})
    metadata_id = given.get("metadataId")
    if metadata_id is None:
        metadata_id = edit.book.new_id()
    if any(known.metadata_id == metadata_id for known in edit.book.metadata):
        raise invalid(f"Developer metadata with ID {metadata_id} already exists.")
    if not given.get("metadataKey"):
        raise invalid("developerMetadata.metadataKey must be specified.")
    made = Metadata(
        metadata_id,
        given["metadataKey"],
        given.get("metadataValue", ""),
        _visibility(given),
        **_place(edit.book, given.get("location")),
    )
    edit.book.metadata.append(made)
    _check_size(edit.book)
    return {"createDeveloperMetadata": {"developerMetadata": metadata_json(made)}}


def update(edit: Edit, request: dict[str, Any]) -> dict[str, Any]:
    mask = request_mask(request.get("fields"), "DeveloperMetadata")
    given = request.get("developerMetadata", {})
    changes: dict[str, Any] = {}
    if wants(mask, "metadataKey"):
        changes["key"] = given.get("metadataKey", "")
    if wants(mask, "metadataValue"):
        changes["value"] = given.get("metadataValue", "")
    if wants(mask, "visibility"):
        changes["visibility"] = _visibility(given)
    if wants(mask, "location"):
        changes |= _place(edit.book, given.get("location"))
    if changes.get("key") == "":
        raise invalid("developerMetadata.metadataKey must be specified.")
    ids = _selected_ids(edit.book, request)
    edit.book.metadata = [
        replace(known, **changes) if known.metadata_id in ids else known for known in edit.book.metadata
    ]
    _check_size(edit.book)
    return {"updateDeveloperMetadata": _shown(edit.book, ids)}


def delete(edit: Edit, request: dict[str, Any]) -> dict[str, Any]:
    ids = _selected_ids(edit.book, {"dataFilters": [request["dataFilter"]] if "dataFilter" in request else []})
    shown = _shown(edit.book, ids).get("developerMetadata", [])
    edit.book.metadata = [known for known in edit.book.metadata if known.metadata_id not in ids]
    return {"deleteDeveloperMetadata": {"deletedDeveloperMetadata": shown} if shown else {}}


def _selected_ids(book: Spreadsheet, request: dict[str, Any]) -> set[int]:
    if not request.get("dataFilters"):
        raise invalid("Must specify at least one dataFilter.")
    return {metadata_id for each in request["dataFilters"] for metadata_id in _matched(book, each)}


def _shown(book: Spreadsheet, ids: set[int]) -> dict[str, Any]:
    shown = [metadata_json(known) for known in book.metadata if known.metadata_id in ids]
    return {"developerMetadata": shown} if shown else {}


def _visibility(given: dict[str, Any]) -> str:
    visibility: str = given.get("visibility", _NO_VISIBILITY)
    if visibility == _NO_VISIBILITY:
        raise invalid("developerMetadata.visibility must be specified.")
    return visibility


def _place(book: Spreadsheet, location: dict[str, Any] | None) -> dict[str, Any]:
    """A DeveloperMetadataLocation as fields of Metadata."""
    if not location or not {"spreadsheet", "sheetId", "dimensionRange"} & location.keys():
        raise invalid("developerMetadata.location must be specified.")
    check_location(book, location)
    if "dimensionRange" in location:
        span = location["dimensionRange"]
        return {"sheet_id": span.get("sheetId", 0), "dimension": span["dimension"], "index": span["startIndex"]}
    return {"sheet_id": location.get("sheetId"), "dimension": None, "index": 0}


def _check_size(book: Spreadsheet) -> None:
    if sum(len(known.key) + len(known.value) for known in book.metadata) > _MAX_CHARACTERS:
        raise invalid(f"Developer metadata of a spreadsheet must not exceed {_MAX_CHARACTERS} characters.")
