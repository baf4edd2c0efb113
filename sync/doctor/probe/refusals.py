"""Facts about what Google refuses: that nothing of a refused batch is applied, and the words that we go by."""

from collections.abc import Callable
from decimal import Decimal

from sync.doctor.probe.fact import Fact, Observation
from sync.doctor.probe.scratch import COLUMNS, ROWS, Json, Scratch, rows_of
from sync.domain.cells import Area
from sync.domain.failures import Trouble
from sync.google import SheetsError
from sync.google.shapes import update_requests

# A tab of this name is the owner's consent to try a protected cell there.
PROTECTED_TAB = "okr-sheets protected"


def _all_or_nothing(scratch: Scratch) -> Observation:
    scratch.lay(["before"])
    good = update_requests([scratch.entry(0, 0, "after")])
    bad = {"updateCells": {**good[0]["updateCells"], "range": {"sheetId": scratch.nowhere, "endRowIndex": 1}}}
    refusal = _refusal(lambda: scratch.change(*good, bad))
    return _refused(scratch, refusal, "Invalid requests[1]")


def _no_such_tab(scratch: Scratch) -> Observation:
    cell = scratch.entry(0, 0, Decimal(1))
    [request] = update_requests([cell])
    request["updateCells"]["range"]["sheetId"] = scratch.nowhere
    return _out_of_date(lambda: scratch.change(request))


def _beyond_the_grid(scratch: Scratch) -> Observation:
    return _out_of_date(lambda: scratch.change(*update_requests([scratch.entry(ROWS + 500, COLUMNS, Decimal(1))])))


def _no_such_title(scratch: Scratch) -> Observation:
    return _out_of_date(lambda: scratch.client.read_values(scratch.spreadsheet, [f"{scratch.title} nowhere"]))


def _own_protection(scratch: Scratch) -> Observation:
    """Who protects a range stays its editor, so the other side of it needs the owner: see `_protected_by_owner`."""
    scratch.lay(["before"])
    protected = {"range": scratch.area(Area(0, 0, 1, 1)), "description": "okr-sheets probe"}
    answer = scratch.change({"addProtectedRange": {"protectedRange": protected}})
    id_ = answer["replies"][0]["addProtectedRange"]["protectedRange"]["protectedRangeId"]
    try:
        told = [each.get("requestingUserCanEdit", False) for each in scratch.sheet().get("protectedRanges", [])]
        scratch.change(*update_requests([scratch.entry(0, 0, "after")]))
        [[now]] = rows_of(scratch.tab(), 1, 1)
        return Observation(f"requestingUserCanEdit {told}, the cell says “{now}”", told == [True] and now == "after")
    finally:
        scratch.change({"deleteProtectedRange": {"protectedRangeId": id_}})


def _protected_by_owner(scratch: Scratch) -> Observation:
    barred = _barred_tab(scratch)
    if barred is None:
        return Observation(
            f"could not be tried: who protects a range may always edit it. Let the owner add a tab “{PROTECTED_TAB}”, "
            "protect the whole of it without this account, and run the probe again",
            None,
        )
    scratch.lay(["before"])
    good = update_requests([scratch.entry(0, 0, "after")])
    bad = {"updateCells": {**good[0]["updateCells"], "range": {**good[0]["updateCells"]["range"], "sheetId": barred}}}
    refusal = _refusal(lambda: scratch.change(*good, bad))
    seen = _refused(scratch, refusal, "Invalid requests[1]")
    return Observation(
        seen.text, bool(seen.as_expected) and refusal is not None and refusal.trouble is Trouble.PROTECTED
    )


def _barred_tab(scratch: Scratch) -> int | None:
    """The sheet ID of the owner's tab, where all of it is protected against us."""
    fields = "sheets(properties(sheetId,title),protectedRanges(range,warningOnly,requestingUserCanEdit))"
    for sheet in scratch.ask("spreadsheets.get without cells", "", params={"fields": fields}).get("sheets", []):
        if sheet["properties"]["title"] == PROTECTED_TAB and any(map(_bars_all, sheet.get("protectedRanges", []))):
            return int(sheet["properties"].get("sheetId", 0))
    return None


def _bars_all(protection: Json) -> bool:
    open_to_us = protection.get("requestingUserCanEdit") or protection.get("warningOnly")
    return not open_to_us and set(protection.get("range", {})) <= {"sheetId"}


def _out_of_date(request: Callable[[], object]) -> Observation:
    refusal = _refusal(request)
    if refusal is None:
        return Observation("not refused", False)
    return Observation(f"{refusal.status} {refusal.detail}", refusal.trouble is Trouble.RANGE)


def _refused(scratch: Scratch, refusal: SheetsError | None, named: str) -> Observation:
    """Refused for the request that is `named`, and the good one before it left undone."""
    [[held]] = rows_of(scratch.tab(), 1, 1)
    if refusal is None:
        return Observation(f"not refused; the cell says “{held}”", False)
    text = f"{refusal.status} {refusal.detail}; the other cell says “{held}”"
    return Observation(text, refusal.status == 400 and named in refusal.detail and held == "before")


def _refusal(request: Callable[[], object]) -> SheetsError | None:
    try:
        request()
    except SheetsError as error:
        return error
    return None


FACTS = (
    Fact(
        "all or nothing",
        "400 for the whole batch, naming `Invalid requests[1]`; the first is not applied",
        _all_or_nothing,
    ),
    Fact("a tab that is gone", "400 with words that we take for “look again”", _no_such_tab),
    Fact("a row that is gone", "400 with words that we take for “look again”", _beyond_the_grid),
    Fact("a title that is gone", "400 with words that we take for “look again”", _no_such_title),
    Fact("a protection of our own", "requestingUserCanEdit is told, and it does not stop us", _own_protection),
    Fact(
        *(
            "a protection against us",
            "400 for the whole batch, “protected cell or object”, naming `Invalid requests[1]`",
        ),
        _protected_by_owner,
    ),
)
