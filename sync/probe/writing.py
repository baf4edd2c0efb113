"""Facts about what our writes do to cells, and what the answer to a write shows."""

from decimal import Decimal

from sync.grid import Area
from sync.probe.fact import Fact, Seen, compared, shown
from sync.probe.scratch import Json, Scratch, rows_of
from sync.sheets.shapes import ANSWER_FIELDS, range_of, update_requests

_NUMBERS = [0.1 + 0.2, 0.7333333333333333, 1e15, -1e-7, 1]


def _answer_after_write(scratch: Scratch) -> Seen:
    scratch.lay(["id", "score"], ["a", 0.1], ["b"])
    scores = [scratch.entry(1, 1, Decimal("0.7")), scratch.entry(2, 1, Decimal("0.3"))]
    found = scratch.write(scores, [Area(0, 0, 1, 2), Area(1, 0, 3, 1), Area(1, 1, 3, 2)])
    rows = [[found.get((row, column)) for column in range(2)] for row in range(3)]
    return compared(rows, [["id", "score"], ["a", 0.7], ["b", 0.3]])


def _answer_only_as_asked(scratch: Scratch) -> Seen:
    """The JSON of an answer: the blocks of cells by where they begin, and whether they hold a value."""
    scratch.lay(["a", "b", "c"], ["d", "e", "f"])
    areas = [Area(0, 0, 1, 1), Area(1, 1, 2, 2), Area(0, 5, 2, 6)]
    body = {
        "requests": update_requests([scratch.entry(1, 1, Decimal(1))]),
        "includeSpreadsheetInResponse": True,
        "responseIncludeGridData": True,
        "responseRanges": [range_of(scratch.title, area) for area in areas],
    }
    answer = scratch.ask("batchUpdate", ":batchUpdate", params={"fields": ANSWER_FIELDS}, body=body)
    sheets = answer["updatedSpreadsheet"]["sheets"]
    blocks = [
        [block.get("startRow", 0), block.get("startColumn", 0), _holds_value(block)]
        for sheet in sheets
        for block in sheet.get("data", [])
    ]
    return compared([len(sheets), blocks], [1, [[0, 0, True], [1, 1, True], [0, 5, False]]])


def _holds_value(block: Json) -> bool:
    return any("effectiveValue" in cell for row in block.get("rowData", []) for cell in row.get("values", []))


def _numbers_exact(scratch: Scratch) -> Seen:
    scratch.lay()
    scratch.change(*update_requests([scratch.entry(0, column, number) for column, number in enumerate(_NUMBERS)]))
    seen = compared([cell.get("effectiveValue", {}).get("numberValue") for cell in scratch.cells()], _NUMBERS)
    return Seen(f"{seen.text} in {scratch.locale}", seen.as_expected)


def _format_stays(scratch: Scratch) -> Seen:
    scratch.lay()
    scratch.enter([["45%"]], "USER_ENTERED")
    scratch.change(*update_requests([scratch.entry(0, 0, Decimal("0.7"))]))
    [cell] = scratch.cells()
    kind = cell.get("userEnteredFormat", {}).get("numberFormat", {}).get("type")
    return compared([cell.get("effectiveValue"), kind], [{"numberValue": 0.7}, "PERCENT"])


def _nothing_clears(scratch: Scratch) -> Seen:
    scratch.lay(["taken away", "stays"])
    scratch.change(*update_requests([scratch.entry(0, 0, None)]))
    return compared(rows_of(scratch.tab(), 1, 2), [[None, "stays"]])


def _null_skipped(scratch: Scratch) -> Seen:
    scratch.lay(["stays", "taken away", "replaced"])
    scratch.enter([[None, "", 1]], "RAW")
    return compared(rows_of(scratch.tab(), 1, 3), [["stays", None, 1]])


def _covered(scratch: Scratch) -> Seen:
    """We never write there; what is seen is told, whatever becomes of the covered cell."""
    scratch.lay(["shown"])
    with_merge = scratch.area(Area(0, 0, 1, 2))
    scratch.change({"mergeCells": {"range": with_merge, "mergeType": "MERGE_ALL"}})
    try:
        scratch.change(*update_requests([scratch.entry(0, 1, Decimal(7))]))
        [row] = rows_of(scratch.tab(), 1, 2)
        return Seen(shown(row), row[0] == "shown")
    finally:
        scratch.change({"unmergeCells": {"range": with_merge}})


FACTS = (
    Fact(
        "the answer to a write", "shows headers, identities and scores as they are right after it", _answer_after_write
    ),
    Fact(
        "only what was asked for",
        "one block for each asked range, in order; no value where it is empty",
        _answer_only_as_asked,
    ),
    Fact("numbers", "a number that we write is the same number, to the last bit, in any locale", _numbers_exact),
    Fact("formats", "writing a number leaves the cell's format as it is", _format_stays),
    Fact("nothing", "an empty userEnteredValue empties the cell, and no other", _nothing_clears),
    Fact("null", "values:batchUpdate skips null and empties at an empty text", _null_skipped),
    Fact("a covered cell", "writing to it leaves the merged cell's own value", _covered),
)
