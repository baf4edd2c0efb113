"""Facts about what our writes do to cells, and what the answer to a write shows."""

from decimal import Decimal

from sync.doctor.probe.fact import Fact, Observation, compared, shown
from sync.doctor.probe.scratch import Scratch, rows_of
from sync.domain.cells import Area
from sync.domain.grid import Formula
from sync.google.shapes import update_requests

_NUMBERS = [0.1 + 0.2, 0.7333333333333333, 1e15, -1e-7, 1]


def _answer_after_write(scratch: Scratch) -> Observation:
    scratch.lay(["id", "score"], ["a", 0.1], ["b"], ["mean", Formula("=SUM(B2:B3)")])
    answers = scratch.write([scratch.entry(1, 1, Decimal("0.75")), scratch.entry(2, 1, Decimal("0.25"))])
    seen = [[tab.sheet_id == scratch.sheet_id, rows_of(tab, 4, 2), dict(tab.formulas)] for tab in answers]
    rows = [["id", "score"], ["a", 0.75], ["b", 0.25], ["mean", 1]]
    return compared(seen, [[True, rows, {(3, 1): "=SUM(B2:B3)"}]])


def _numbers_exact(scratch: Scratch) -> Observation:
    scratch.lay()
    scratch.change(*update_requests([scratch.entry(0, column, number) for column, number in enumerate(_NUMBERS)]))
    seen = compared([cell.get("effectiveValue", {}).get("numberValue") for cell in scratch.cells()], _NUMBERS)
    return Observation(f"{seen.text} in {scratch.locale}", seen.as_expected)


def _format_stays(scratch: Scratch) -> Observation:
    scratch.lay()
    scratch.enter([["45%"]], "USER_ENTERED")
    scratch.change(*update_requests([scratch.entry(0, 0, Decimal("0.7"))]))
    [cell] = scratch.cells()
    kind = cell.get("userEnteredFormat", {}).get("numberFormat", {}).get("type")
    return compared([cell.get("effectiveValue"), kind], [{"numberValue": 0.7}, "PERCENT"])


def _nothing_clears(scratch: Scratch) -> Observation:
    scratch.lay(["taken away", "stays"])
    scratch.change(*update_requests([scratch.entry(0, 0, None)]))
    return compared(rows_of(scratch.tab(), 1, 2), [[None, "stays"]])


def _null_skipped(scratch: Scratch) -> Observation:
    scratch.lay(["stays", "taken away", "replaced"])
    scratch.enter([[None, "", 1]], "RAW")
    return compared(rows_of(scratch.tab(), 1, 3), [["stays", None, 1]])


def _covered(scratch: Scratch) -> Observation:
    """We never write there; what is seen is told, whatever becomes of the covered cell."""
    scratch.lay(["shown"])
    with_merge = scratch.area(Area(0, 0, 1, 2))
    scratch.change({"mergeCells": {"range": with_merge, "mergeType": "MERGE_ALL"}})
    try:
        scratch.change(*update_requests([scratch.entry(0, 1, Decimal(7))]))
        [row] = rows_of(scratch.tab(), 1, 2)
        return Observation(shown(row), row[0] == "shown")
    finally:
        scratch.change({"unmergeCells": {"range": with_merge}})


FACTS = (
    Fact(
        "the answer to a write",
        "shows the tab, and no other, as it is right after it, with what formulas come to",
        _answer_after_write,
    ),
    Fact("numbers", "a number that we write is the same number, to the last bit, in any locale", _numbers_exact),
    Fact("formats", "writing a number leaves the cell's format as it is", _format_stays),
    Fact("nothing", "an empty userEnteredValue empties the cell, and no other", _nothing_clears),
    Fact("null", "values:batchUpdate skips null and empties at an empty text", _null_skipped),
    Fact("a covered cell", "writing to it leaves the merged cell's own value", _covered),
)
