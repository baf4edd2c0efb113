"""The kinds of request that change rows and columns: their number, order, size and groups. And `deleteRange`, which
takes parts of them out."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Any

from sync.local_sheets.book import shifts
from sync.local_sheets.book.areas import strip
from sync.local_sheets.book.book import Group, Sheet
from sync.local_sheets.book.formats import formatted
from sync.local_sheets.errors import PROTECTED, invalid
from sync.local_sheets.protocol.fields import wants
from sync.local_sheets.sheets.edit import Edit, check_order, merged, request_mask
from sync.local_sheets.sheets.grid_data import ROW_PIXELS, groups_json

_MOST_GROUPS = 8
# Of a letter in the default font, on the average; real widths are the browser's to know.
_LETTER_PIXELS = 7
_PADDING_PIXELS = 7


def _dimension_range(edit: Edit, given: dict[str, Any]) -> tuple[Sheet, shifts.Dimension, int, int, int]:
    """The sheet, the dimension, the span, and how many there are."""
    sheet = edit.sheet(given.get("sheetId", 0))
    dimension = _dimension(given)
    count = sheet.row_count if dimension == "ROWS" else sheet.column_count
    bounds = {"startIndex": given.get("startIndex", 0), "endIndex": given.get("endIndex", count)}
    check_order(bounds, "startIndex", "endIndex")
    return sheet, dimension, bounds["startIndex"], bounds["endIndex"], count


def _dimension(given: dict[str, Any]) -> shifts.Dimension:
    dimension = given.get("dimension")
    if dimension not in ("ROWS", "COLUMNS"):
        raise invalid("dimension must be ROWS or COLUMNS.")
    return "ROWS" if dimension == "ROWS" else "COLUMNS"


def _noun(dimension: shifts.Dimension) -> str:
    return "row" if dimension == "ROWS" else "column"


def insert_dimension(edit: Edit, request: dict[str, Any]) -> None:
    sheet, dimension, start, end, count = _dimension_range(edit, request.get("range", {}))
    inherit_before = request.get("inheritFromBefore", False)
    if start > count:
        raise invalid(f"range.startIndex[{start}] is too large, sheet only has {count} {_noun(dimension)}s")
    if inherit_before and start == 0:
        raise invalid("inheritFromBefore cannot be true when inserting at index 0.")
    if 0 < start < count:
        _guard_inside(edit, sheet, dimension, start)
    edit.book.check_room(sheet, **{"rows" if dimension == "ROWS" else "columns": end - start})
    shifts.apply(edit.book, sheet, dimension, shifts.Insert(start, end - start))
    shifts.inherit_formats(sheet, dimension, (start, end), start - 1 if inherit_before else end)


def _guard_inside(edit: Edit, sheet: Sheet, dimension: shifts.Dimension, at: int) -> None:
    """Inserting between two protected rows changes the range; beside it, it does not."""
    before, after = strip(dimension, at - 1, at), strip(dimension, at, at + 1)
    for known in sheet.protections:
        if known.area.meets(before) and known.area.meets(after) and not edit.may_edit(known):
            raise invalid(PROTECTED)


def delete_dimension(edit: Edit, request: dict[str, Any]) -> None:
    sheet, dimension, start, end, count = _dimension_range(edit, request.get("range", {}))
    noun = _noun(dimension)
    if end > count:
        raise invalid(
            f"Cannot delete a {noun} that doesn't exist. "
            f"Tried to delete {noun} index {end - 1} but there are only {count} {noun}s."
        )
    if end - start == count:
        raise invalid(f"You can't delete all the {noun}s on the sheet.")
    edit.guard(sheet, strip(dimension, start, end))
    shifts.apply(edit.book, sheet, dimension, shifts.Delete(start, end))


def delete_range(edit: Edit, request: dict[str, Any]) -> None:
    sheet, area = edit.grid(request.get("range", {}))
    dimension = _dimension({"dimension": request.get("shiftDimension")})
    behind = replace(area, bottom=sheet.row_count) if dimension == "ROWS" else replace(area, right=sheet.column_count)
    edit.guard(sheet, behind)
    if any(known.meets(behind) and not behind.holds(known) for known in sheet.merges):
        raise invalid("The local Sheets server moves no cells of which some are merged with others that stay.")
    shifts.delete_cells(edit.book, sheet, dimension, area)


def move_dimension(edit: Edit, request: dict[str, Any]) -> None:
    sheet, dimension, start, end, count = _dimension_range(edit, request.get("source", {}))
    to = request.get("destinationIndex", 0)
    if end > count or not 0 <= to <= count or start < to < end:
        raise invalid(f"Cannot move {_noun(dimension)}s {start} to {end} before {to}: sheet has {count}.")
    edit.guard(sheet, strip(dimension, start, end))
    shifts.apply(edit.book, sheet, dimension, shifts.Move(start, end, to))


def append_dimension(edit: Edit, request: dict[str, Any]) -> None:
    sheet = edit.sheet(request.get("sheetId", 0))
    if request.get("tableId"):
        raise invalid("The local Sheets server keeps no tables.")
    length = request.get("length", 0)
    if length < 1:
        raise invalid("length must be greater than 0.")
    if _dimension(request) == "ROWS":
        sheet.row_count += length
    else:
        sheet.column_count += length
    edit.book.check_size()


def update_dimension_properties(edit: Edit, request: dict[str, Any]) -> None:
    mask = request_mask(request.get("fields"), "DimensionProperties")
    sheet, dimension, start, end, count = _dimension_range(edit, request.get("range", {}))
    metadata = _sizes(sheet, dimension)
    for index in range(start, min(end, count)):
        changed = merged(metadata.get(index, {}), request.get("properties", {}), mask)
        metadata[index] = {name: value for name, value in changed.items() if value}


def _sizes(sheet: Sheet, dimension: shifts.Dimension) -> dict[int, dict[str, Any]]:
    return sheet.row_metadata if dimension == "ROWS" else sheet.column_metadata


def auto_resize(edit: Edit, request: dict[str, Any]) -> None:
    """As wide or high as what is shown needs, near enough; an empty column stays as it is."""
    if "dataSourceSheetDimensions" in request:
        raise invalid("The local Sheets server has no data source sheets.")
    sheet, dimension, start, end, count = _dimension_range(edit, request.get("dimensions", {}))
    for index in range(start, min(end, count)):
        pixels = _needed_height(sheet, index) if dimension == "ROWS" else _needed_width(sheet, index, edit.book.locale)
        if pixels:
            sizes = _sizes(sheet, dimension)
            sizes[index] = {**sizes.get(index, {}), "pixelSize": pixels}


def _needed_width(sheet: Sheet, column: int, locale: str) -> int:
    cells = [row[column] for row in sheet.rows if column in row]
    lines = [line for cell in cells for line in formatted(cell.value, cell.format, locale).split("\n")]
    longest = max(map(len, lines), default=0)
    return longest * _LETTER_PIXELS + _PADDING_PIXELS if longest else 0


def _needed_height(sheet: Sheet, row: int) -> int:
    texts = [cell.value for cell in sheet.row(row).values() if isinstance(cell.value, str)]
    return ROW_PIXELS * max((text.count("\n") + 1 for text in texts), default=1)


def add_group(edit: Edit, request: dict[str, Any]) -> dict[str, Any]:
    sheet, dimension = _regroup(edit, request, +1)
    return {"addDimensionGroup": _groups_reply(sheet, dimension)}


def delete_group(edit: Edit, request: dict[str, Any]) -> dict[str, Any]:
    sheet, dimension = _regroup(edit, request, -1)
    return {"deleteDimensionGroup": _groups_reply(sheet, dimension)}


def _groups_reply(sheet: Sheet, dimension: shifts.Dimension) -> dict[str, Any]:
    shown = groups_json(sheet, dimension)
    return {"dimensionGroups": shown} if shown else {}


def _regroup(edit: Edit, request: dict[str, Any], by: int) -> tuple[Sheet, shifts.Dimension]:
    """Groups are runs of rows or columns of a depth, so one more or less is a depth more or less for its range."""
    sheet, dimension, start, end, count = _dimension_range(edit, request.get("range", {}))
    if end > count:
        raise invalid(f"range.endIndex[{end}] is too large, sheet only has {count} {_noun(dimension)}s")
    old = [known for known in sheet.groups if known.dimension == dimension]
    depths = [0] * count
    for known in old:
        for index in range(known.start, known.end):
            depths[index] = max(depths[index], known.depth)
    if by < 0 and not any(depths[start:end]):
        raise invalid(f"No {_noun(dimension)} of the range is in a group.")
    depths[start:end] = [max(depth + by, 0) for depth in depths[start:end]]
    if max(depths) > _MOST_GROUPS:
        raise invalid(f"Groups can be at most {_MOST_GROUPS} deep.")
    folded = {(known.start, known.end, known.depth) for known in old if known.collapsed}
    sheet.groups = [known for known in sheet.groups if known.dimension != dimension]
    sheet.groups += [Group(dimension, *run, collapsed=run in folded) for run in _runs(depths)]
    return sheet, dimension


def _runs(depths: list[int]) -> list[tuple[int, int, int]]:
    """Start, end and depth of each group."""
    found = []
    for depth in range(1, max(depths) + 1):
        for inside, run in groupby(range(len(depths)), key=lambda index: depths[index] >= depth):
            indexes = list(run)
            if inside:
                found.append((indexes[0], indexes[-1] + 1, depth))
    return found


def update_group(edit: Edit, request: dict[str, Any]) -> None:
    """Folds a group away or back."""
    mask = request_mask(request.get("fields"), "DimensionGroup")
    given = request.get("dimensionGroup", {})
    sheet, dimension, start, end, _ = _dimension_range(edit, given.get("range", {}))
    for index, known in enumerate(sheet.groups):
        named = (known.dimension, known.start, known.end, known.depth) == (dimension, start, end, given.get("depth", 1))
        if named and wants(mask, "collapsed"):
            folded = given.get("collapsed", False)
            sheet.groups[index] = replace(known, collapsed=folded)
            for at in range(start, end):
                rest = {n: value for n, value in _sizes(sheet, dimension).get(at, {}).items() if n != "hiddenByUser"}
                _sizes(sheet, dimension)[at] = {**rest, "hiddenByUser": True} if folded else rest
        if named:
            return
    raise invalid("There is no such group.")
