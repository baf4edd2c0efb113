"""The kinds of request that name, protect and filter ranges."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from sync.local_sheets.book import areas
from sync.local_sheets.book.a1 import parse_area
from sync.local_sheets.book.areas import Area
from sync.local_sheets.book.book import NamedRange, Protection, Sheet
from sync.local_sheets.errors import PROTECTED, invalid
from sync.local_sheets.protocol.fields import EVERYTHING, Mask, wants
from sync.local_sheets.sheets.cell_requests import sort_range
from sync.local_sheets.sheets.edit import Edit, request_mask
from sync.local_sheets.sheets.grid_data import named_range_json, protection_json
from sync.local_sheets.sheets.protection import can_edit


def add_protected_range(edit: Edit, request: dict[str, Any]) -> dict[str, Any]:
    given = request.get("protectedRange", {})
    protection_id = given.get("protectedRangeId") or edit.book.new_id()
    if any(known.protection_id == protection_id for each in edit.book.sheets for known in each.protections):
        raise invalid(f"A protected range with id {protection_id} already exists.")
    sheet, area = _protected_area(edit, given)
    known = Protection(protection_id, area, **_protection_parts(edit, given, EVERYTHING))
    if not known.warning_only and edit.caller not in known.users:
        known = replace(known, users=(edit.caller, *known.users))
    sheet.protections.append(known)
    return {"addProtectedRange": {"protectedRange": protection_json(sheet.sheet_id, known, edit.caller)}}


def update_protected_range(edit: Edit, request: dict[str, Any]) -> None:
    mask = request_mask(request.get("fields"), "ProtectedRange")
    given = request.get("protectedRange", {})
    sheet, known = _protection(edit, given.get("protectedRangeId", 0))
    changed = replace(known, **_protection_parts(edit, given, mask))
    target = sheet
    if wants(mask, "range") or wants(mask, "namedRangeId"):
        target, area = _protected_area(edit, given)
        changed = replace(changed, area=area)
    sheet.protections = [each for each in sheet.protections if each is not known]
    target.protections.append(changed)


def _protected_area(edit: Edit, given: dict[str, Any]) -> tuple[Sheet, Area]:
    if given.get("tableId"):
        raise invalid("The local Sheets server keeps no tables.")
    if given.get("namedRangeId"):
        named = _named_range(edit, given["namedRangeId"])
        return edit.sheet(named.sheet_id), named.area
    sheet_id, area = _place(edit, given.get("range", {}))
    return edit.sheet(sheet_id), area


def _protection_parts(edit: Edit, given: dict[str, Any], mask: Mask) -> dict[str, Any]:
    """What the mask names of a protection, its place left out."""
    editors = given.get("editors", {})
    parts: dict[str, Any] = {}
    if wants(mask, "editors"):
        parts = {"users": tuple(editors.get("users", ())), "groups": tuple(editors.get("groups", ()))}
    if wants(mask, "description"):
        parts["description"] = given.get("description", "")
    if wants(mask, "warningOnly"):
        parts["warning_only"] = given.get("warningOnly", False)
    if wants(mask, "unprotectedRanges"):
        parts["unprotected"] = tuple(_place(edit, each)[1] for each in given.get("unprotectedRanges", ()))
    return parts


def delete_protected_range(edit: Edit, request: dict[str, Any]) -> None:
    sheet, known = _protection(edit, request.get("protectedRangeId", 0))
    sheet.protections = [each for each in sheet.protections if each is not known]


def _protection(edit: Edit, protection_id: int) -> tuple[Sheet, Protection]:
    for sheet in edit.book.sheets:
        for known in sheet.protections:
            if known.protection_id == protection_id:
                if not can_edit(known, edit.caller):
                    raise invalid(PROTECTED)
                return sheet, known
    raise invalid(f"No protected range with id: {protection_id}")


_NAME = re.compile(r"[A-Za-z_\u00c0-\U0010ffff][A-Za-z0-9_\u00c0-\U0010ffff]{0,249}")


def add_named_range(edit: Edit, request: dict[str, Any]) -> dict[str, Any]:
    given = request.get("namedRange", {})
    known_ids = [known.named_range_id for known in edit.book.named_ranges]
    named_range_id = given.get("namedRangeId") or str(edit.book.new_id())
    if named_range_id in known_ids:
        raise invalid(f"A named range with id {named_range_id} already exists.")
    made = NamedRange(named_range_id, _free_name(edit, given.get("name", "")), *_place(edit, given.get("range", {})))
    edit.book.named_ranges.append(made)
    return {"addNamedRange": {"namedRange": named_range_json(made)}}


def update_named_range(edit: Edit, request: dict[str, Any]) -> None:
    mask = request_mask(request.get("fields"), "NamedRange")
    given = request.get("namedRange", {})
    old = _named_range(edit, given.get("namedRangeId", ""))
    edit.book.named_ranges.remove(old)
    name = _free_name(edit, given.get("name", "")) if wants(mask, "name") else old.name
    place = _place(edit, given.get("range", {})) if wants(mask, "range") else (old.sheet_id, old.area)
    edit.book.named_ranges.append(NamedRange(old.named_range_id, name, *place))


def delete_named_range(edit: Edit, request: dict[str, Any]) -> None:
    edit.book.named_ranges.remove(_named_range(edit, request.get("namedRangeId", "")))


def _named_range(edit: Edit, named_range_id: str) -> NamedRange:
    for known in edit.book.named_ranges:
        if known.named_range_id == named_range_id:
            return known
    raise invalid(f"No named range with id: {named_range_id}")


def _place(edit: Edit, grid_range: dict[str, Any]) -> tuple[int, Area]:
    """As it was given, so that a range of a whole column goes on being one."""
    sheet, _ = edit.grid(grid_range)
    return sheet.sheet_id, areas.from_grid_range(grid_range)


def _free_name(edit: Edit, name: str) -> str:
    if not _NAME.fullmatch(name) or parse_area(name) is not None or name.upper() in ("TRUE", "FALSE"):
        raise invalid(f"The name of the range is invalid: {name}")
    if any(known.name.casefold() == name.casefold() for known in edit.book.named_ranges):
        raise invalid(f"A named range with the name {name} already exists.")
    return name


def set_basic_filter(edit: Edit, request: dict[str, Any]) -> None:
    """Keeps where it is and sorts what is below its first row; what a filter would hide, it does not hide."""
    given = request.get("filter", {})
    if given.get("criteria") or given.get("filterSpecs") or given.get("tableId"):
        raise invalid("The local Sheets server keeps a basic filter's range and sort order, and applies no criteria.")
    sheet, area = edit.grid(given.get("range", {}))
    edit.guard(sheet, area)
    specs = given.get("sortSpecs", [])
    if specs and area.row_span[1] > area.top + 1:
        below = areas.to_grid_range(sheet.sheet_id, replace(area, top=area.top + 1))
        sort_range(edit, {"range": below, "sortSpecs": specs})
    sheet.filtered, sheet.filter = area, {"sortSpecs": specs} if specs else {}


def clear_basic_filter(edit: Edit, request: dict[str, Any]) -> None:
    sheet = edit.sheet(request.get("sheetId", 0))
    sheet.filtered, sheet.filter = None, {}
