"""DataFilters: places named by A1 text, by indexes, or by the developer metadata that is attached to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sync.local_sheets.book import areas
from sync.local_sheets.book.a1 import format_range, grid_range_name
from sync.local_sheets.book.areas import Area
from sync.local_sheets.book.book import Metadata, Sheet, Spreadsheet
from sync.local_sheets.book.ranges import located
from sync.local_sheets.errors import ApiError, invalid, outside_grid


class Selected(NamedTuple):
    """Cells of one sheet; an area may be empty, where its end is its start."""

    sheet: Sheet
    area: Area

    @property
    def text(self) -> str:
        (top, bottom), (left, right) = self.area.row_span, self.area.column_span
        return "#REF!" if top == bottom or left == right else format_range(self.sheet.title, self.area)


def selections(book: Spreadsheet, filters: list[dict[str, Any]]) -> list[list[Selected]]:
    """What each filter of a `values` method selects; nothing, where metadata is asked for that nobody set."""
    if not filters:
        raise invalid("Must specify at least one dataFilter.")
    found = []
    for index, each in enumerate(filters):
        try:
            found.append(selected(book, each, "grid"))
        except ApiError as error:
            raise invalid(f"Invalid dataFilter[{index}]: {error.message}") from error
    return found


def selected(book: Spreadsheet, given: dict[str, Any], noun: str) -> list[Selected]:
    if "a1Range" in given:
        sheet, area, _ = located(book, given["a1Range"])
        return [Selected(sheet, area)]
    if "gridRange" in given:
        return [_of_grid_range(book, given["gridRange"], noun)]
    if "developerMetadataLookup" in given:
        matches = lookup(book, given["developerMetadataLookup"])
        return [place for known in book.metadata if matches(known) for place in _places(book, known)]
    raise invalid("dataFilter.filter must be specified.")


def echoed(given: dict[str, Any]) -> dict[str, Any]:
    """A filter as an answer repeats it: a `sheetId` of 0 is left out."""
    if given.get("gridRange", {}).get("sheetId") == 0:
        return {"gridRange": {name: value for name, value in given["gridRange"].items() if name != "sheetId"}}
    return given


def _of_grid_range(book: Spreadsheet, given: dict[str, Any], noun: str) -> Selected:
    sheet = book.sheet_by_id(given.get("sheetId", 0))
    if sheet is None:
        raise invalid(f"No {noun} with id: {given.get('sheetId', 0)}")
    if any(value < 0 for name, value in given.items() if name != "sheetId"):
        raise invalid("GridRange indexes must be >= 0")
    for axis in ("Row", "Column"):
        start, end = given.get(f"start{axis}Index"), given.get(f"end{axis}Index")
        if start is not None and end is not None and end < start:
            raise invalid(f"end{axis}Index[{end}] cannot be before start{axis}Index[{start}]")
    area = areas.from_grid_range(given)
    if area.top >= sheet.row_count or area.left >= sheet.column_count:
        raise outside_grid(grid_range_name(sheet.title, given), sheet.row_count, sheet.column_count)
    return Selected(sheet, area.within(sheet.row_count, sheet.column_count))


def _places(book: Spreadsheet, known: Metadata) -> list[Selected]:
    """The cells that developer metadata is attached to."""
    if known.sheet_id is None:
        return [Selected(sheet, sheet.whole) for sheet in book.sheets]
    sheet = book.sheet_by_id(known.sheet_id)
    assert sheet is not None
    strip = Area() if known.dimension is None else areas.strip(known.dimension, known.index, known.index + 1)
    return [Selected(sheet, strip.within(sheet.row_count, sheet.column_count))]


def location_type(known: Metadata) -> str:
    if known.sheet_id is None:
        return "SPREADSHEET"
    return {None: "SHEET", "ROWS": "ROW", "COLUMNS": "COLUMN"}[known.dimension]


def lookup(book: Spreadsheet, given: dict[str, Any]) -> Callable[[Metadata], bool]:
    """A DeveloperMetadataLookup as a test: what it names must all be so."""
    _check_lookup(book, given)
    tests: list[Callable[[Metadata], bool]] = []
    wanted = given.get("locationType", "DEVELOPER_METADATA_LOCATION_TYPE_UNSPECIFIED")
    if not wanted.endswith("UNSPECIFIED"):
        tests.append(lambda known: location_type(known) == wanted)
    if place := given.get("metadataLocation"):
        exact = given.get("locationMatchingStrategy") == "EXACT_LOCATION"
        tests.append(lambda known: _at_location(known, place, exact or "dimensionRange" in place))
    for name, part in (("metadataId", "metadata_id"), ("metadataKey", "key"), ("metadataValue", "value")):
        if name in given:
            tests.append(lambda known, name=name, part=part: getattr(known, part) == given[name])  # type: ignore[misc]
    visibility = given.get("visibility", "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED")
    if not visibility.endswith("UNSPECIFIED"):
        tests.append(lambda known: known.visibility == visibility)
    return lambda known: all(test(known) for test in tests)


def _at_location(known: Metadata, place: dict[str, Any], exact: bool) -> bool:
    """At that place itself; where not `exact`, also on a row or column of that sheet, or anywhere in the whole."""
    if "dimensionRange" in place:
        span = place["dimensionRange"]
        at = (span.get("sheetId", 0), span["dimension"], span["startIndex"])
        return (known.sheet_id, known.dimension, known.index) == at
    if "sheetId" in place:
        return known.sheet_id == place["sheetId"] and not (exact and known.dimension is not None)
    return known.sheet_id is None or not exact


def _check_lookup(book: Spreadsheet, given: dict[str, Any]) -> None:
    strategy = given.get("locationMatchingStrategy", "UNSPECIFIED")
    wanted = given.get("locationType", "UNSPECIFIED")
    place = given.get("metadataLocation") or {}
    member = next((name for name in ("spreadsheet", "sheetId", "dimensionRange") if name in place), None)
    if wanted == "SPREADSHEET" and member in ("sheetId", "dimensionRange"):
        raise invalid(f"Cannot limit by location type of SPREADSHEET for the location {member}")
    if strategy == "EXACT_LOCATION" and not wanted.endswith("UNSPECIFIED"):
        raise invalid(
            "The locationMatchingStrategy was specified as EXACT_LOCATION, but a locationType was also specified: "
            "lookups cannot limit by a location type when matching an exact location."
        )
    if not strategy.endswith("UNSPECIFIED") and member is None:
        raise invalid(
            "A locationMatchingStrategy was specified, but no metadataLocation was specified: "
            "lookups must always specify a metadataLocation when specifying a locationMatchingStrategy."
        )
    if strategy == "INTERSECTING_LOCATION" and place.get("spreadsheet"):
        raise invalid(
            "DeveloperMetadataLookup.spreadsheet is true, but locationMatchingStrategy was specified as INTERSECTING."
        )
    check_location(book, place)


def check_location(book: Spreadsheet, place: dict[str, Any]) -> None:
    """Refuses a DeveloperMetadataLocation that is nowhere in the spreadsheet."""
    if "sheetId" in place and book.sheet_by_id(place["sheetId"]) is None:
        raise invalid(f"No grid with id: {place['sheetId']}")
    if "dimensionRange" in place:
        _check_single(book, place["dimensionRange"])


def _check_single(book: Spreadsheet, span: dict[str, Any]) -> None:
    if "startIndex" not in span or "endIndex" not in span:
        raise invalid("DimensionRange must specify both a startIndex and an endIndex.")
    start, sheet_id = span["startIndex"], span.get("sheetId", 0)
    if span["endIndex"] - start != 1:
        raise invalid("DimensionRange must represent a single row or column.")
    if start < 0:
        raise invalid("DimensionRange indexes must be >= 0")
    sheet = book.sheet_by_id(sheet_id)
    if sheet is None:
        raise invalid(f"No grid with id: {sheet_id}")
    dimension = span.get("dimension", "DIMENSION_UNSPECIFIED")
    if dimension == "DIMENSION_UNSPECIFIED":
        raise invalid("No dimension specified")
    count = sheet.row_count if dimension == "ROWS" else sheet.column_count
    if start >= count:
        last = f"the last {dimension} index [{count - 1}] of the sheet [{sheet_id}]"
        raise invalid(f"DimensionRange startIndex [{start}] is after {last}.")
