"""The kinds of request that change cells: writing, repeating, sorting, merging."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sync.local_sheets.book.areas import Area
from sync.local_sheets.book.book import EMPTY, Cell, ErrorValue, Format, Formula, Sheet, Value
from sync.local_sheets.book.formula_text import Reference, rewritten
from sync.local_sheets.errors import invalid
from sync.local_sheets.protocol.fields import Mask, below, wants
from sync.local_sheets.protocol.messages import MAX_TEXT
from sync.local_sheets.sheets.edit import Edit, merged, request_mask
from sync.local_sheets.sheets.styles import paired

_NOT_KEPT = ("pivotTable", "dataSourceTable", "dataSourceFormula", "chipRuns")
# Parts of a cell that are only kept and shown.
_EXTRAS = ("dataValidation", "textFormatRuns")


def update_cells(edit: Edit, request: dict[str, Any]) -> None:
    mask = request_mask(request.get("fields"), "CellData")
    rows = request.get("rows", [])
    if "range" in request:
        sheet, area = edit.grid(request["range"])
        _refuse_beyond(rows, area)
    elif "start" in request:
        sheet, area = _started(edit, request["start"], rows)
    else:
        raise invalid("One of range or start must be set.")
    ragged = "range" not in request
    for index in range(*area.row_span):
        given = rows[index - area.top].get("values", []) if index - area.top < len(rows) else []
        right = area.left + len(given) if ragged else area.right
        assert right is not None
        if right > area.left:
            edit.guard(sheet, Area(index, area.left, index + 1, right))
            written = {
                column: _written(sheet.cell(index, column), _at(given, column - area.left), mask)
                for column in range(area.left, right)
            }
            sheet.put_cells(index, written)


def _at(given: list[dict[str, Any]], index: int) -> dict[str, Any]:
    return given[index] if index < len(given) else {}


def _started(edit: Edit, start: dict[str, Any], rows: list[dict[str, Any]]) -> tuple[Sheet, Area]:
    sheet = edit.sheet(start.get("sheetId", 0))
    top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
    if top < 0 or left < 0:
        raise invalid("start must not be negative")
    right = left + max((len(row.get("values", [])) for row in rows), default=0)
    if top + len(rows) > sheet.row_count:
        raise invalid(_beyond("row", sheet.row_count))
    if right > sheet.column_count:
        raise invalid(_beyond("column", sheet.column_count))
    return sheet, Area(top, left, top + len(rows), right)


def _refuse_beyond(rows: list[dict[str, Any]], area: Area) -> None:
    assert area.bottom is not None
    assert area.right is not None
    if len(rows) > area.bottom - area.top:
        raise invalid(_beyond("row", area.bottom))
    if any(len(row.get("values", [])) > area.right - area.left for row in rows):
        raise invalid(_beyond("column", area.right))


def _beyond(noun: str, limit: int) -> str:
    return f"Attempting to write {noun}: {limit}, beyond the last requested {noun} of: {limit - 1}"


def _written(cell: Cell, given: dict[str, Any], mask: Mask) -> Cell:
    for name in _NOT_KEPT:
        if name in given and wants(mask, name):
            raise invalid(f"The local Sheets server keeps no {name} in a cell.")
    if wants(mask, "userEnteredValue"):
        cell = with_entered(cell, _entered(given.get("userEnteredValue", {}), cell.entered))
    entered, form, note, extra = cell
    if wants(mask, "userEnteredFormat"):
        old = dict(form or {})
        form = paired(merged(old, given.get("userEnteredFormat", {}), below(mask, "userEnteredFormat")), old) or None
    if wants(mask, "note"):
        note = given.get("note") or None
    for name in _EXTRAS:
        if wants(mask, name):
            extra = with_extra(extra, name, given.get(name))
    return Cell(entered, form, note, extra)


def with_entered(cell: Cell, entered: Value | Formula) -> Cell:
    """Google erases the runs of what a cell held before."""
    return cell._replace(entered=entered, extra=with_extra(cell.extra, "textFormatRuns", None))


def with_extra(extra: Format | None, name: str, value: Any) -> Format | None:
    rest = {known: kept for known, kept in (extra or {}).items() if known != name}
    return {**rest, name: value} if value else rest or None


def set_data_validation(edit: Edit, request: dict[str, Any]) -> None:
    """Kept and shown; Google too lets the API write what a rule forbids. Without a rule, none is left."""
    sheet, area = edit.grid(request.get("range", {}))
    edit.guard(sheet, area)
    rule = {name: value for name, value in request.get("rule", {}).items() if value}
    if rule and "condition" not in rule:
        raise invalid("rule.condition must be set.")
    for row in range(*area.row_span):
        cells = ((column, sheet.cell(row, column)) for column in range(*area.column_span))
        sheet.put_cells(
            row, {at: cell._replace(extra=with_extra(cell.extra, "dataValidation", rule)) for at, cell in cells}
        )


def append_cells(edit: Edit, request: dict[str, Any]) -> None:
    """Below the last row that holds anything; the sheet grows as it must."""
    mask = request_mask(request.get("fields"), "CellData")
    sheet = edit.sheet(request.get("sheetId", 0))
    if request.get("tableId"):
        raise invalid("The local Sheets server keeps no tables.")
    rows = request.get("rows", [])
    top = next((index + 1 for index in range(len(sheet.rows) - 1, -1, -1) if sheet.rows[index]), 0)
    widest = max((len(row.get("values", [])) for row in rows), default=0)
    sheet.row_count = max(sheet.row_count, top + len(rows))
    sheet.column_count = max(sheet.column_count, widest)
    edit.book.check_size()
    edit.guard(sheet, Area(top, 0, top + len(rows), widest))
    for index, row in enumerate(rows, start=top):
        sheet.put_cells(index, {at: _written(EMPTY, cell, mask) for at, cell in enumerate(row.get("values", []))})


def _entered(value: dict[str, Any], old: Value | Formula) -> Value | Formula:
    if len(value) > 1:
        raise invalid("More than one kind of value is set on a cell.")
    if "formulaValue" in value:
        return entered_formula(value["formulaValue"], old)
    if "errorValue" in value:
        raise invalid("Error values cannot be entered.")
    text = value.get("stringValue")
    if text is not None:
        check_text(text)
        return text or None
    plain: Value = value.get("numberValue", value.get("boolValue"))
    return plain


def entered_formula(text: str, old: Value | Formula) -> Formula:
    """A new formula shows what its cell showed until it is computed, and for good when it cannot be."""
    if not text.startswith("="):
        raise invalid("A formula must begin with '='.")
    check_text(text)
    shown = old.value if isinstance(old, Formula) else old
    return Formula(text, shown)


def check_text(text: str) -> None:
    if len(text) > MAX_TEXT:
        raise invalid(f"Your input contains more than the maximum of {MAX_TEXT} characters in a single cell.")


def repeat_cell(edit: Edit, request: dict[str, Any]) -> None:
    """The same cell all over the range; a formula's relative references follow, as when it is filled down."""
    mask = request_mask(request.get("fields"), "CellData")
    sheet, area = edit.grid(request.get("range", {}))
    edit.guard(sheet, area)
    given = request.get("cell", {})
    for row in range(*area.row_span):
        written = {}
        for column in range(*area.column_span):
            cell = _written(sheet.cell(row, column), given, mask)
            written[column] = copied(cell, row - area.top, column - area.left) if given else cell
        sheet.put_cells(row, written)


def copied(cell: Cell, rows: int, columns: int) -> Cell:
    if not isinstance(cell.entered, Formula):
        return cell
    text = rewritten(cell.entered.text, lambda reference: reference.moved(rows, columns))
    return cell._replace(entered=Formula(text, cell.entered.value))


def sort_range(edit: Edit, request: dict[str, Any]) -> None:
    sheet, area = edit.grid(request.get("range", {}))
    edit.guard(sheet, area)
    if any(merge.meets(area) for merge in sheet.merges):
        raise invalid("You can't sort a range that contains merged cells.")
    order = list(range(*area.row_span))
    for spec in reversed(request.get("sortSpecs", [])):
        order = _sorted(sheet, area, order, spec)
    columns = range(*area.column_span)
    taken = [{column: sheet.cell(row, column) for column in columns} for row in order]
    for target, (source, cells) in enumerate(zip(order, taken, strict=True), start=area.top):
        if source != target:
            sheet.put_cells(target, {c: _on_row(cell, source, target) for c, cell in cells.items()})


def _sorted(sheet: Sheet, area: Area, order: list[int], spec: dict[str, Any]) -> list[int]:
    """Stable, blanks last whichever way it goes."""
    column = spec.get("dimensionIndex", 0)
    if not area.left <= column < area.column_span[1]:
        raise invalid(f"sortSpecs.dimensionIndex[{column}] must be inside the sorted range.")
    blank = [row for row in order if sheet.cell(row, column).value is None]
    filled = [row for row in order if sheet.cell(row, column).value is not None]
    descending = spec.get("sortOrder") == "DESCENDING"
    filled.sort(key=lambda row: _sort_key(sheet.cell(row, column).value), reverse=descending)
    return filled + blank


def _sort_key(value: Value) -> tuple[int, float, str]:
    """Numbers, then texts, then booleans, then errors."""
    if isinstance(value, bool):
        return 2, value, ""
    if isinstance(value, str):
        return 1, 0, value.casefold()
    return (3, 0, "") if isinstance(value, ErrorValue) or value is None else (0, value, "")


def _on_row(cell: Cell, source: int, target: int) -> Cell:
    """References to the row that the cell leaves follow it; all others stay."""

    def followed(reference: Reference) -> Reference:
        area, (top_fixed, _, bottom_fixed, _) = reference.area, reference.fixed
        own_row = reference.title is None and area.top == source and area.bottom == source + 1
        if not own_row or top_fixed or bottom_fixed:
            return reference
        return replace(reference, area=replace(area, top=target, bottom=target + 1))

    if not isinstance(cell.entered, Formula):
        return cell
    return cell._replace(entered=Formula(rewritten(cell.entered.text, followed), cell.entered.value))


def merge_cells(edit: Edit, request: dict[str, Any]) -> None:
    sheet, area = edit.grid(request.get("range", {}))
    edit.guard(sheet, area)
    _refuse_torn_merges(sheet, area)
    sheet.merges = [merge for merge in sheet.merges if not area.meets(merge)]
    for part in _merge_parts(area, request.get("mergeType", "MERGE_ALL")):
        assert part.bottom is not None
        assert part.right is not None
        if (part.bottom - part.top) * (part.right - part.left) > 1:
            _keep_first_value(sheet, part)
            sheet.merges.append(part)


def _merge_parts(area: Area, kind: str) -> list[Area]:
    if kind == "MERGE_COLUMNS":
        return [replace(area, left=column, right=column + 1) for column in range(*area.column_span)]
    if kind == "MERGE_ROWS":
        return [replace(area, top=row, bottom=row + 1) for row in range(*area.row_span)]
    return [area]


def _keep_first_value(sheet: Sheet, area: Area) -> None:
    for row in range(area.top, min(area.row_span[1], len(sheet.rows))):
        covered = {
            column: cell._replace(entered=None)
            for column, cell in sheet.row(row).items()
            if area.left <= column < area.column_span[1] and (row, column) != (area.top, area.left)
        }
        if covered:
            sheet.put_cells(row, covered)


def unmerge_cells(edit: Edit, request: dict[str, Any]) -> None:
    sheet, area = edit.grid(request.get("range", {}))
    edit.guard(sheet, area)
    _refuse_torn_merges(sheet, area)
    sheet.merges = [merge for merge in sheet.merges if not area.meets(merge)]


def _refuse_torn_merges(sheet: Sheet, area: Area) -> None:
    if any(merge.meets(area) and not area.holds(merge) for merge in sheet.merges):
        raise invalid("You must select all cells in a merged range to merge or unmerge them.")
