"""Writes that Google refuses, for a protection or because we may only view: the tab is named, the rest is written, and
the view is shown all the same.
"""

from collections.abc import Callable
from typing import Any

import pytest

from sync.doctor.remedies import remedy
from sync.domain.failures import Trouble
from sync.domain.memory import PassResult
from sync.domain.snapshot import TabState
from sync.local_sheets import Fault, LocalSheets
from sync.translations.problems import hint_of, message_of
from tests.support.flat_sheet import FLAT, HEADER, key_results, rows, scores
from tests.support.installation import Installation
from tests.support.outcomes import codes


def test_a_protected_score_column_is_named_before_anything_is_written(sales: Installation) -> None:
    protect = {
        "range": {"sheetId": 0, "startColumnIndex": 5, "endColumnIndex": 6},
        "editors": {"users": ["person@local.invalid"]},
    }
    sales.server.edit("sales", {"addProtectedRange": {"protectedRange": protect}})
    outcome = sales.sync()
    assert outcome.result is PassResult.REFUSED
    assert outcome.snapshot is not None
    [found] = outcome.snapshot.problems
    assert message_of(found, "en") == "Score cells on “OKR” are protected and okr-sheets may not edit them: F:F."
    assert hint_of(found, "vi").endswith("hãy cho phép tài khoản của okr-sheets chỉnh sửa F:F.")
    assert scores(sales) == {"KR 1": None, "KR 2": None, "KR 3": None}


def protect_scores(sheet_id: int) -> Callable[[LocalSheets], None]:
    """Somebody protects the score column of a tab, for themselves alone."""
    area = {"sheetId": sheet_id, "startColumnIndex": 5, "endColumnIndex": 6}
    protected = {"range": area, "editors": {"users": ["person@local.invalid"]}}

    def protect(server: LocalSheets) -> None:
        server.edit("sales", {"addProtectedRange": {"protectedRange": protected}})

    return protect


def test_a_write_that_google_refused_leaves_no_claim_and_the_page_its_view(sales: Installation) -> None:
    sales.server.before("spreadsheets.batchUpdate", protect_scores(0))
    outcome = sales.sync()
    assert outcome.result is PassResult.PARTIAL
    assert codes(outcome) == ["tab-protected"]
    assert len(sales.records.snapshots()[0].key_results) == 3
    memory = sales.records.memory("sales")
    assert (memory.owned_columns, memory.written, memory.pending_write) == (frozenset(), {}, None)


def test_a_range_protected_while_we_worked_leaves_its_tab_and_the_rest_is_written(installation: Installation) -> None:
    installation.spreadsheet("sales", {"OKR 1": [HEADER, *key_results(2)], "OKR 2": [HEADER, *key_results(5)]})
    installation.configure(FLAT)
    first = installation.sheet_id("sales", "OKR 1")
    installation.server.before("spreadsheets.batchUpdate", protect_scores(first))
    outcome = installation.sync()
    assert (outcome.result, outcome.write_requests) == (PassResult.PARTIAL, 2)
    assert outcome.snapshot is not None
    assert [str(found.cell) for found in outcome.snapshot.problems] == ["OKR 1!F2"]
    assert scores(installation, "OKR 1") == {"KR 1": None}
    assert scores(installation, "OKR 2") == {"KR 1": 0.5}
    assert codes(installation.sync()) == ["tab-protected"]


def refuse_writes(installation: Installation, request: str, times: int) -> None:
    """Google refuses that many writes for a protection that it shows to nobody."""
    said = f"{request}You are trying to edit a protected cell or object. Please contact the spreadsheet owner."
    body = {"error": {"code": 400, "status": "INVALID_ARGUMENT", "message": said}}
    fault = Fault(kind="error", status=400, method="spreadsheets.batchUpdate", body=body, times=times)
    installation.server.fault(fault)


@pytest.fixture
def four(installation: Installation) -> Installation:
    """Four tabs with a key result each, at 2, 4, 6 and 8 of 10."""
    installation.spreadsheet("sales", {f"OKR {n}": [HEADER, *key_results(2 * n)] for n in range(1, 5)})
    installation.configure(FLAT)
    return installation


def told(outcome: Any) -> list[tuple[str, str]]:
    return [(found.code, str(found.cell)) for found in outcome.snapshot.problems]


def all_scores(installation: Installation) -> list[object]:
    return [scores(installation, f"OKR {n}")["KR 1"] for n in range(1, 5)]


def test_tabs_that_are_left_out_one_after_the_other_keep_none_of_the_rest_waiting(four: Installation) -> None:
    refuse_writes(four, "Invalid requests[0].updateCells: ", times=3)
    outcome = four.sync()
    assert (outcome.result, outcome.write_requests) == (PassResult.PARTIAL, 4)
    assert told(outcome) == [("write-refused", f"OKR {n}!F2") for n in (1, 2, 3)]
    assert all_scores(four) == [None, None, None, 0.8]


def test_rows_that_move_among_tabs_that_are_left_out_still_have_their_three_rounds(four: Installation) -> None:
    refuse_writes(four, "Invalid requests[0].updateCells: ", times=2)
    third = four.sheet_id("sales", "OKR 3")
    insert = {"insertDimension": {"range": {**rows(1, 2), "sheetId": third}}}
    four.server.before("spreadsheets.batchUpdate", lambda server: server.edit("sales", insert))
    outcome = four.sync()
    assert outcome.write_requests == 4
    assert [code for code, _ in told(outcome)] == ["write-refused", "write-refused"]
    assert all_scores(four) == [None, None, 0.6, 0.8]


def test_where_google_does_not_say_which_tab_is_protected_each_is_tried_once_by_itself(four: Installation) -> None:
    refuse_writes(four, "", times=2)
    outcome = four.sync()
    assert (outcome.result, outcome.write_requests) == (PassResult.PARTIAL, 5)
    assert told(outcome) == [("write-refused", "OKR 1!F2")]
    assert all_scores(four) == [None, 0.4, 0.6, 0.8]
    assert four.sync().result is PassResult.OK


def test_where_we_may_write_nothing_every_tab_is_named_and_one_request_is_enough(four: Installation) -> None:
    four.server.fault(Fault(kind="error", status=403, method="spreadsheets.batchUpdate"))
    outcome = four.sync()
    assert (outcome.result, outcome.write_requests) == (PassResult.PARTIAL, 1)
    assert told(outcome) == [("write-refused", f"OKR {n}!F2") for n in (1, 2, 3, 4)]


def test_a_hole_in_a_protected_range_may_be_written(sales: Installation) -> None:
    column = {"sheetId": 0, "startColumnIndex": 5, "endColumnIndex": 6}
    hole = {**column, "startRowIndex": 1, "endRowIndex": 4}
    protected = {"range": column, "unprotectedRanges": [hole], "editors": {"users": ["person@local.invalid"]}}
    sales.server.edit("sales", {"addProtectedRange": {"protectedRange": protected}})
    assert sales.sync().result is PassResult.OK
    assert scores(sales) == {"KR 1": 0.2, "KR 2": 0.5, "KR 3": 0.8}


def answer_writes_with(status: int, installation: Installation) -> None:
    """Whatever we write, the smallest edit too."""
    for method in ("spreadsheets.batchUpdate", "spreadsheets.values.batchUpdate"):
        installation.server.fault(Fault(kind="error", status=status, method=method))


def test_an_account_that_may_only_view_and_gets_500_for_it_shows_its_view_and_is_told_so(sales: Installation) -> None:
    answer_writes_with(500, sales)
    outcome = sales.sync()
    assert (outcome.result, codes(outcome)) == (PassResult.PARTIAL, ["write-refused"])
    assert outcome.error is not None
    assert outcome.error.trouble == "permission"
    [view] = sales.records.snapshots()
    assert [str(view.scores[found.key].value) for found in view.key_results] == ["0.2", "0.5", "0.8"]
    sales.server.clear_faults()
    assert sales.sync().result is PassResult.OK
    assert sales.records.memory("sales").pending_write is None


@pytest.mark.parametrize("status", [403, 500])
def test_a_dry_run_says_that_we_may_only_view(sales: Installation, status: int) -> None:
    answer_writes_with(status, sales)
    outcome = sales.sync(dry_run=True)
    assert (outcome.result, codes(outcome)) == (PassResult.PARTIAL, ["write-refused"])
    assert len(outcome.writes) == 3
    sales.server.clear_faults()
    assert sales.sync(dry_run=True).result is PassResult.OK


def test_what_was_read_is_shown_though_the_write_fails_and_is_made_up_for(sales: Installation) -> None:
    sales.server.fault(Fault(kind="error", status=503, method="spreadsheets.batchUpdate"))
    outcome = sales.sync()
    assert (outcome.result, codes(outcome)) == (PassResult.FAILED, ["write-unseen"])
    [view] = sales.records.snapshots()
    assert [tab.state for tab in view.tabs] == [TabState.UNWRITTEN]
    assert len(view.key_results) == 3
    sales.server.clear_faults()
    assert sales.sync().result is PassResult.OK
    assert scores(sales) == {"KR 1": 0.2, "KR 2": 0.5, "KR 3": 0.8}
    assert sales.records.memory("sales").pending_write is None


def test_a_range_that_google_refuses_again_and_again_is_told_as_that(sales: Installation) -> None:
    body = {"error": {"code": 400, "message": "Invalid requests[0].updateCells: Range (OKR!AZ2) exceeds grid limits."}}
    sales.server.fault(Fault(kind="error", status=400, method="spreadsheets.batchUpdate", body=body))
    outcome = sales.sync()
    assert outcome.result is PassResult.FAILED
    assert outcome.error is not None
    assert outcome.error.trouble is Trouble.RANGE
    assert "Range (OKR!AZ2) exceeds grid limits" in remedy(outcome.error, "sales", "", "en")
