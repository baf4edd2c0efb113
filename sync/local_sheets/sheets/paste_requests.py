"""The kinds of request that copy, cut, paste and replace."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sync.local_sheets.book import shifts
from sync.local_sheets.book.areas import Area
from sync.local_sheets.book.book import EMPTY, Cell, Formula, Sheet
from sync.local_sheets.book.formats import formatted
from sync.local_sheets.book.formula_text import Reference
from sync.local_sheets.book.typed import typed
from sync.local_sheets.errors import invalid
from sync.local_sheets.sheets.cell_requests import check_text, copied, entered_formula, with_entered, with_extra
from sync.local_sheets.sheets.edit import Edit


def _values(old: Cell, new: Cell) -> Cell:
    return with_entered(old, new.value)


def _format(old: Cell, new: Cell) -> Cell:
    return old._replace(format=new.format)


def _formula(old: Cell, new: Cell) -> Cell:
    return with_entered(old, new.entered)


def _without_borders(old: Cell, new: Cell) -> Cell:
    kept = {name: part for name, part in (new.format or {}).items() if name != "borders"}
    own = (old.format or {}).get("borders")
    return new._replace(format={**kept, **({"borders": own} if own else {})} or None)


def _validation(old: Cell, new: Cell) -> Cell:
    return old._replace(extra=with_extra(old.extra, "dataValidation", (new.extra or {}).get("dataValidation")))


# What a cell becomes when another is pasted onto it.
_PASTES: dict[str, Callable[[Cell, Cell], Cell]] = {
    "PASTE_NORMAL": lambda old, new: new,
    "PASTE_VALUES": _values,
    "PASTE_FORMAT": _format,
    "PASTE_NO_BORDERS": _without_borders,
    "PASTE_FORMULA": _formula,
    "PASTE_DATA_VALIDATION": _validation,
    "PASTE_CONDITIONAL_FORMATTING": lambda old, new: old,  # there is none here
}


def copy_paste(edit: Edit, request: dict[str, Any]) -> None:
    """As often as the source fits whole into the destination, and once at least."""
    sheet, source = edit.grid(request.get("source", {}))
    target, destination = edit.grid(request.get("destination", {}))
    block = _block(sheet, source)
    turned = request.get("pasteOrientation") == "TRANSPOSE"
    block = [list(column) for column in zip(*block, strict=True)] if turned else block
    area = _repeated(block, destination, target)
    edit.guard(target, area)
    paste = _PASTES[request.get("pasteType", "PASTE_NORMAL")]
    for row in range(*area.row_span):
        down = (row - area.top) % len(block)
        cells = {}
        for column in range(*area.column_span):
            across = (column - area.left) % len(block[0])
            from_row, from_column = (across, down) if turned else (down, across)
            moved = copied(block[down][across], row - source.top - from_row, column - source.left - from_column)
            cells[column] = paste(target.cell(row, column), moved)
        target.put_cells(row, cells)


def _block(sheet: Sheet, area: Area) -> list[list[Cell]]:
    return [[sheet.cell(row, column) for column in range(*area.column_span)] for row in range(*area.row_span)]


def _repeated(block: list[list[Cell]], destination: Area, sheet: Sheet) -> Area:
    height, width = len(block), len(block[0])
    (top, bottom), (left, right) = destination.row_span, destination.column_span
    rows, columns = max((bottom - top) // height, 1) * height, max((right - left) // width, 1) * width
    return _fitting(sheet, Area(top, left, top + rows, left + columns))


def _fitting(sheet: Sheet, area: Area) -> Area:
    if area.row_span[1] > sheet.row_count or area.column_span[1] > sheet.column_count:
        raise invalid("Pasted data must fit on the sheet.")
    return area


def cut_paste(edit: Edit, request: dict[str, Any]) -> None:
    """What is cut keeps its formulas as they are, and formulas elsewhere follow it."""
    sheet, source = edit.grid(request.get("source", {}))
    at = request.get("destination", {})
    target = edit.sheet(at.get("sheetId", 0))
    down, right = at.get("rowIndex", 0) - source.top, at.get("columnIndex", 0) - source.left
    area = _moved(source, down, right)
    if area.top < 0 or area.left < 0:
        raise invalid("destination must not be negative.")
    edit.guard(sheet, source)
    edit.guard(target, _fitting(target, area))
    block = _block(sheet, source)
    kind = request.get("pasteType", "PASTE_NORMAL")
    for row in range(*source.row_span):
        left_behind = {c: _PASTES[kind](sheet.cell(row, c), EMPTY) for c in range(*source.column_span)}
        sheet.put_cells(row, left_behind)
    for row, cells in enumerate(block, start=area.top):
        pasted = {c: _PASTES[kind](target.cell(row, c), cell) for c, cell in enumerate(cells, start=area.left)}
        target.put_cells(row, pasted)
    if kind in ("PASTE_NORMAL", "PASTE_NO_BORDERS"):
        _follow(edit, sheet, source, target, (down, right))


def _moved(area: Area, down: int, right: int) -> Area:
    return Area(area.top + down, area.left + right, area.row_span[1] + down, area.column_span[1] + right)


def _follow(edit: Edit, sheet: Sheet, source: Area, target: Sheet, by: tuple[int, int]) -> None:
    def followed(reference: Reference) -> Reference:
        if not source.holds(reference.area):
            return reference
        title = reference.title if target is sheet else target.title
        return replace(reference, area=_moved(reference.area, *by), title=title)

    shifts.rewrite_references(edit.book, sheet, followed)


def paste_data(edit: Edit, request: dict[str, Any]) -> None:
    """Text with a delimiter, each part as if typed."""
    at = request.get("coordinate", {})
    sheet = edit.sheet(at.get("sheetId", 0))
    if request.get("html") or not request.get("delimiter"):
        raise invalid("The local Sheets server pastes text with a delimiter, and no HTML.")
    rows = [line.split(request["delimiter"]) for line in request.get("data", "").splitlines()] or [[""]]
    top, left = at.get("rowIndex", 0), at.get("columnIndex", 0)
    if top < 0 or left < 0:
        raise invalid("coordinate must not be negative.")
    edit.guard(sheet, _fitting(sheet, Area(top, left, top + len(rows), left + max(map(len, rows)))))
    paste = _PASTES[request.get("type", "PASTE_NORMAL")]
    for index, row in enumerate(rows, start=top):
        cells = {column: sheet.cell(index, column) for column in range(left, left + len(row))}
        pasted = zip(cells.items(), row, strict=True)
        sheet.put_cells(index, {c: paste(cell, _typed(edit, cell, text)) for (c, cell), text in pasted})


def _typed(edit: Edit, cell: Cell, text: str) -> Cell:
    check_text(text)
    understood = typed(text, edit.book.locale)
    entered = understood.entered
    if isinstance(entered, Formula):
        entered = entered_formula(entered.text, cell.entered)
    form = {**(cell.format or {})}
    if understood.number_format:
        form["numberFormat"] = understood.number_format
    return with_entered(cell, entered)._replace(format=form or None)


def find_replace(edit: Edit, request: dict[str, Any]) -> dict[str, Any]:
    """In what cells show, and in formulas where asked; what comes of it is as if typed."""
    pattern, replacement = _pattern(request), request.get("replacement", "")
    counts = {"sheets": 0, "rows": 0, "valuesChanged": 0, "formulasChanged": 0, "occurrencesChanged": 0}
    for sheet, area in _searched(edit, request):
        rows = 0
        for row in range(area.top, min(area.row_span[1], len(sheet.rows))):
            changed = {}
            for column, cell in sorted(sheet.row(row).items()):
                found = area.left <= column < area.column_span[1] and _searchable(edit, cell, request)
                new, times = pattern.subn(lambda match: _filled_in(match, replacement, request), found or "")
                if times:
                    edit.guard(sheet, Area(row, column, row + 1, column + 1))
                    changed[column] = _typed(edit, cell, new)
                    counts["formulasChanged" if isinstance(cell.entered, Formula) else "valuesChanged"] += 1
                    counts["occurrencesChanged"] += times
            rows += bool(changed)
            sheet.put_cells(row, changed)
        counts["rows"] += rows
        counts["sheets"] += bool(rows)
    names = {"sheets": "sheetsChanged", "rows": "rowsChanged"}
    return {"findReplace": {names.get(name, name): count for name, count in counts.items() if count}}


def _searchable(edit: Edit, cell: Cell, request: dict[str, Any]) -> str:
    if isinstance(cell.entered, Formula):
        return cell.entered.text if request.get("includeFormulas") else ""
    return formatted(cell.value, cell.format, edit.book.locale)


def _filled_in(match: re.Match[str], replacement: str, request: dict[str, Any]) -> str:
    """In a regular expression, $1 is its first group."""
    if not request.get("searchByRegex"):
        return replacement
    groups = (match[0], *match.groups(""))
    return re.sub(r"\$([0-9])", lambda at: groups[int(at[1])] if int(at[1]) < len(groups) else at[0], replacement)


def _pattern(request: dict[str, Any]) -> re.Pattern[str]:
    text = request.get("find", "")
    if not text:
        raise invalid("find must not be empty.")
    try:
        pattern = text if request.get("searchByRegex") else re.escape(text)
        whole = rf"\A(?:{pattern})\Z" if request.get("matchEntireCell") else pattern
        return re.compile(whole, 0 if request.get("matchCase") else re.IGNORECASE)
    except (re.error, OverflowError, RecursionError):
        raise invalid(f"find is no regular expression: {text:.100}") from None


def _searched(edit: Edit, request: dict[str, Any]) -> list[tuple[Sheet, Area]]:
    scopes = [name for name in ("range", "sheetId", "allSheets") if name in request]
    if len(scopes) != 1:
        raise invalid("Exactly one of range, sheetId and allSheets must be set.")
    if "range" in request:
        return [edit.grid(request["range"])]
    if "sheetId" in request:
        sheet = edit.sheet(request["sheetId"])
        return [(sheet, sheet.whole)]
    return [(sheet, sheet.whole) for sheet in edit.book.sheets]
