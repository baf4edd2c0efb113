"""Facts about what our two reads show: types, dates, empty cells, merges, spilled formulas, hidden rows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sync.doctor.probe.fact import Fact, Observation, compared
from sync.doctor.probe.scratch import Scratch, rows_of
from sync.domain.cells import Area
from sync.domain.grid import Entered, Formula, fingerprint

_TYPES: list[Entered] = [1.5, "1,5", True, Formula("=1/0"), Formula("=A1*2")]
_EPOCH = date(1899, 12, 30)
# Composed and decomposed letters, a space that does not break, one without width, and an emoji.
_TEXT = "Tiếng Việt " + "e\u0302\u0301" + "\u00a0|\u200b|🎯 "


def _typed_cells(scratch: Scratch) -> Observation:
    scratch.lay(_TYPES)
    cells = scratch.cells()
    return compared([_effective(cell) for cell in cells], [1.5, "1,5", True, {"errorValue": "DIVIDE_BY_ZERO"}, 3])


def _formulas_beside_results(scratch: Scratch) -> Observation:
    scratch.lay(_TYPES)
    entered = [cell.get("userEnteredValue", {}) for cell in scratch.cells()]
    wanted = [{"numberValue": 1.5}, {"stringValue": "1,5"}, {"boolValue": True}]
    return compared(entered, [*wanted, *({"formulaValue": formula} for formula in ("=1/0", "=A1*2"))])


def _dates_and_percents(scratch: Scratch) -> Observation:
    scratch.lay()
    scratch.enter([["2026-11-21", "45%"]], "USER_ENTERED")
    found = [[_effective(cell), _format(cell)] for cell in scratch.cells()]
    return compared(found, [[(date(2026, 11, 21) - _EPOCH).days, "DATE"], [0.45, "PERCENT"]])


def _both_reads_agree(scratch: Scratch) -> Observation:
    scratch.lay(_TYPES, [], ["below an empty row", None, 0])
    tab = scratch.tab()
    [lean] = scratch.client.read_values(scratch.spreadsheet, [scratch.title])
    same = fingerprint([("", tab.values)]) == fingerprint([("", lean)])
    return Observation(f"{'the same' if same else 'not the same'}: {rows_of(tab, 1, len(_TYPES))[0]}", same)


def _empty_ends(scratch: Scratch) -> Observation:
    scratch.lay(["a", None, "b"], [], ["c"])
    [found] = scratch.values("A1:H20")
    return compared(found.get("values"), [["a", "", "b"], [], ["c"]])


def _nothing_there(scratch: Scratch) -> Observation:
    scratch.lay(["a"])
    filled, empty = scratch.values("A1", "C3:D4")
    return compared(
        [sorted(filled), sorted(empty)], [["majorDimension", "range", "values"], ["majorDimension", "range"]]
    )


def _merged(scratch: Scratch) -> Observation:
    scratch.lay(["shown", "covered"])
    with_merge = scratch.area(Area(0, 0, 1, 2))
    scratch.change({"mergeCells": {"range": with_merge, "mergeType": "MERGE_ALL"}})
    try:
        sheet = scratch.sheet()
        cells = scratch.cells()
        return compared([[_effective(cell) for cell in cells if cell], len(sheet.get("merges", []))], [["shown"], 1])
    finally:
        scratch.change({"unmergeCells": {"range": with_merge}})


def _spilled(scratch: Scratch) -> Observation:
    scratch.lay([Formula("=ARRAYFORMULA(C1:C3*2)"), None, 1], [None, None, 2], [None, None, 3])
    data = scratch.sheet()["data"][0].get("rowData", [])
    first = [row["values"][0] for row in data[:3]]
    found = [[_effective(cell), "userEnteredValue" in cell] for cell in first]
    if found and found[0] == [None, True]:
        return Observation("could not be tried: ARRAYFORMULA is not computed here", None)
    return compared(found, [[2, True], [4, False], [6, False]])


def _hidden(scratch: Scratch) -> Observation:
    scratch.lay(["above"], ["hidden"], ["below"])
    _hide(scratch, True)
    try:
        [found] = scratch.values("A1:A3")
        return compared(found.get("values"), [["above"], ["hidden"], ["below"]])
    finally:
        _hide(scratch, False)


def _hide(scratch: Scratch, hidden: bool) -> None:
    row = {"range": scratch.strip("ROWS", 1, 2), "properties": {"hiddenByUser": hidden}, "fields": "hiddenByUser"}
    scratch.change({"updateDimensionProperties": row})


def _text_kept(scratch: Scratch) -> Observation:
    scratch.lay([_TEXT])
    return compared(_effective(scratch.cells()[0]), _TEXT)


def _effective(cell: Mapping[str, Any]) -> object:
    """What a cell shows; an error by its type."""
    value = cell.get("effectiveValue", {})
    if "errorValue" in value:
        return {"errorValue": value["errorValue"].get("type")}
    return next(iter(value.values()), None)


def _format(cell: Mapping[str, Any]) -> object:
    return cell.get("userEnteredFormat", {}).get("numberFormat", {}).get("type")


FACTS = (
    Fact("typed reads", "numbers, texts, booleans and errors each in their own field", _typed_cells),
    Fact("formulas", "the full read shows what was entered beside what it comes to", _formulas_beside_results),
    Fact(
        "dates and percents", "a date is its serial number, 45% is 0.45, and the format tells them", _dates_and_percents
    ),
    Fact("lean read and full read", "values:batchGet and spreadsheets.get show the same", _both_reads_agree),
    Fact("empty ends", "empty cells and rows at the end are left out, those between are kept", _empty_ends),
    Fact("nothing there", "an empty range has no `values`", _nothing_there),
    Fact("merged cells", "only the top left one holds the value, and the merge is told", _merged),
    Fact("spilled cells", "they show a value and have no userEnteredValue", _spilled),
    Fact("hidden rows", "they are read like all others", _hidden),
    Fact("texts", "they come back to the character, in the form in which they were written", _text_kept),
)
