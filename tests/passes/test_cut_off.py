"""A pass that is cut off between its write and the check of it: the next one puts right what the write hit by mistake.

Rows move just before the write; then the answer is lost and Google stays away, so the pass ends knowing nothing. What
was overwritten is in the journal alone.
"""

import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from sync.domain.failures import Trouble
from sync.domain.memory import PassResult
from sync.domain.scoring import Score
from sync.google import SheetsClient
from sync.local_sheets import Fault, LocalSheets
from sync.local_sheets.store.watch import Watch, below_header
from sync.passes.outcome import PassOutcome
from tests.support.flat_sheet import (
    FLAT,
    HEADER,
    change_current,
    delete_row,
    insert_row,
    insert_row_in_the_middle,
    key_results,
    move_row,
    rows,
    scores,
    sort_rows,
)
from tests.support.installation import Installation
from tests.support.left_to_people import told, type_what_is_told
from tests.support.lost_answers import READ, WRITE, lose_the_answer

EDITS = [insert_row, insert_row_in_the_middle, delete_row, move_row, sort_rows]


@pytest.fixture
def sales(installation: Installation) -> Installation:
    """Three key results, and below them a person's note and number in the score column."""
    rows: list[list[object]] = [
        HEADER,
        *key_results(2, 5, 8),
        ["", "", "", "", "", 77],
        ["", "", "", "", "", "=2*21"],
    ]
    installation.spreadsheet("sales", {"OKR": rows})
    installation.configure(FLAT)
    return installation


def insert_column(server: LocalSheets) -> None:
    server.edit("sales", {"insertDimension": {"range": rows(3, 4, "COLUMNS")}})


def last_scores(outcome: PassOutcome) -> list[Score]:
    assert outcome.snapshot is not None
    return [outcome.snapshot.scores[found.key] for found in outcome.snapshot.key_results]


def watched(sales: Installation) -> Watch:
    """Whatever is not the score of a key result is not ours."""
    owned = below_header("Điểm")
    return sales.server.watch(lambda sheet, row, column: owned(sheet, row, column) and bool(sheet.cell(row, 1).value))


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_the_next_pass_puts_right_what_a_write_without_an_answer_hit(
    sales: Installation, edit: Callable[[LocalSheets], None]
) -> None:
    watch = watched(sales)
    sales.server.before(WRITE, edit)
    lose_the_answer(sales.server)
    assert sales.sync().result is PassResult.FAILED
    sales.server.clear_faults()
    assert sales.sync().result is PassResult.OK
    texts = {"KR 1": 0.2, "KR 2": 0.5, "KR 3": 0.8}
    if edit is delete_row:
        del texts["KR 1"]
    assert scores(sales) == texts
    assert watch.differences() == []
    assert sales.records.memory("sales").pending_write is None


def test_it_does_so_in_a_new_process_too(sales: Installation) -> None:
    watch = watched(sales)
    sales.server.before(WRITE, insert_row)
    lose_the_answer(sales.server)
    sales.sync()
    sales.server.clear_faults()
    sales.client.close()
    sales.client = SheetsClient(None, sales.server.url, clock=sales.clock)
    sales.sync()
    assert watch.differences() == []


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_rows_that_move_again_before_the_next_pass_are_found(
    sales: Installation, edit: Callable[[LocalSheets], None]
) -> None:
    watch = watched(sales)
    sales.server.before(WRITE, insert_row)
    lose_the_answer(sales.server)
    sales.sync()
    sales.server.clear_faults()
    edit(sales.server)
    sales.sync()
    assert watch.differences() == []


def test_a_repair_that_was_lost_on_the_way_is_made_by_the_next_pass(sales: Installation) -> None:
    watch = watched(sales)
    sales.server.before(WRITE, insert_row)
    sales.server.fault(Fault(kind="reset", applied="never", method=WRITE, skip=1))
    sales.server.fault(Fault(kind="error", status=503, method=READ, skip=2))
    assert sales.sync().result is PassResult.FAILED
    sales.server.clear_faults()
    assert watch.differences() != []
    sales.sync()
    assert watch.differences() == []


def test_a_repair_that_google_refused_is_made_when_it_may(sales: Installation) -> None:
    watch = watched(sales)
    sales.server.before(WRITE, insert_row)
    sales.server.fault(Fault(kind="error", status=403, method=WRITE, skip=1))
    assert sales.sync().result is PassResult.PARTIAL
    assert watch.differences() != []
    sales.server.clear_faults()
    sales.sync()
    assert watch.differences() == []


def test_a_write_that_never_arrived_is_sent_again_and_touches_nothing_else(sales: Installation) -> None:
    watch = watched(sales)
    sales.server.fault(Fault(kind="reset", applied="never", method=WRITE))
    sales.server.fault(Fault(kind="error", status=503, method=READ, skip=1))
    assert sales.sync().result is PassResult.FAILED
    sales.server.clear_faults()
    change_current(sales.server, "sales", 0, row=1, value=9)
    assert sales.sync().result is PassResult.OK
    assert scores(sales) == {"KR 1": 0.9, "KR 2": 0.5, "KR 3": 0.8}
    assert watch.trespasses == []


def test_what_was_seen_to_have_hit_nothing_is_not_looked_after_again(sales: Installation) -> None:
    """By then a person may have typed the same number somewhere else."""
    sales.server.fault(Fault(kind="garbled", method=WRITE, times=1))
    sales.server.fault(Fault(kind="error", status=403, method=WRITE))
    assert sales.sync().result is PassResult.PARTIAL
    assert sales.records.memory("sales").pending_write is None


def test_what_people_typed_into_a_wrong_cell_meanwhile_stays(sales: Installation) -> None:
    sales.server.before(WRITE, insert_row)
    lose_the_answer(sales.server)
    sales.sync()
    sales.server.clear_faults()
    typed: dict[str, Any] = {"userEnteredValue": {"stringValue": "đã sửa tay"}}
    start = {"sheetId": 0, "rowIndex": 1, "columnIndex": 5}
    sales.server.edit(
        "sales", {"updateCells": {"start": start, "rows": [{"values": [typed]}], "fields": "userEnteredValue"}}
    )
    sales.sync()
    assert sales.cells("sales", "OKR")["F2"] == "đã sửa tay"


def test_a_dry_run_after_it_mends_nothing(sales: Installation) -> None:
    sales.server.before(WRITE, insert_row)
    lose_the_answer(sales.server)
    sales.sync()
    sales.server.clear_faults()
    before = sales.server.cells("sales")
    sales.sync(dry_run=True)
    assert sales.server.cells("sales") == before
    assert sales.records.memory("sales").pending_write is not None


def test_a_lost_answer_is_looked_into_within_the_pass(sales: Installation) -> None:
    watch = watched(sales)
    sales.server.before(WRITE, insert_row)
    sales.server.fault(Fault(kind="reset", applied="first", method=WRITE, times=1))
    assert sales.sync().result is PassResult.OK
    assert watch.differences() == []


def test_writes_that_are_never_answered_are_told_as_that_and_not_as_moved_rows(sales: Installation) -> None:
    sales.server.fault(Fault(kind="reset", method=WRITE))
    outcome = sales.sync()
    assert outcome.result is PassResult.FAILED
    assert outcome.error is not None
    assert outcome.error.trouble is Trouble.NETWORK
    sales.server.clear_faults()
    assert sales.sync().result is PassResult.OK
    assert scores(sales) == {"KR 1": 0.2, "KR 2": 0.5, "KR 3": 0.8}


def test_a_pass_that_must_stop_still_looks_after_its_write(sales: Installation) -> None:
    watch = watched(sales)
    stopping = threading.Event()
    sales.client.stop_with(stopping)

    def insert_and_stop(server: LocalSheets) -> None:
        insert_row(server)
        stopping.set()

    sales.server.before(WRITE, insert_and_stop)
    sales.sync()
    assert watch.differences() == []


def test_a_repair_of_a_wrong_column_that_never_arrived_is_made_by_the_next_pass(sales: Installation) -> None:
    """Our numbers stand in the column of the current values, which the next plan must not believe."""
    watch = watched(sales)
    sales.server.after(READ, insert_column)
    sales.server.fault(Fault(kind="garbled", applied="never", method=WRITE, skip=1))
    assert sales.sync().result is PassResult.FAILED
    sales.server.clear_faults()
    assert sales.sync().result is PassResult.OK
    assert watch.differences() == []
    assert scores(sales) == {"KR 1": 0.2, "KR 2": 0.5, "KR 3": 0.8}


def test_a_number_like_one_that_is_to_be_put_back_stays_a_persons_where_its_row_was_not_hit(
    sales: Installation,
) -> None:
    """The score and the current value of KR 1 were sent together: where that score does not stand, neither was hit."""
    sales.sync()
    change_current(sales.server, "sales", 0, row=1, value=3)
    sales.server.after(READ, insert_column)
    sales.server.fault(Fault(kind="garbled", applied="never", method=WRITE, skip=1))
    assert sales.sync().result is PassResult.FAILED
    sales.server.clear_faults()
    change_current(sales.server, "sales", 0, row=3, value=3, column=5)
    assert sales.sync().result is PassResult.OK
    assert [sales.cells("sales", "OKR")[cell] for cell in ("F2", "F3", "F4")] == [3, 5, 3]
    assert scores(sales) == {"KR 1": 0.3, "KR 2": 0.5, "KR 3": 0.3}


def test_a_tab_whose_columns_moved_under_a_write_without_an_answer_waits_until_its_cells_are_mended(
    sales: Installation,
) -> None:
    """A column is inserted before the score is written, and nobody knows whether it was."""
    sales.sync()
    change_current(sales.server, "sales", 0, row=1, value=3)
    watch = watched(sales)
    sales.server.before(WRITE, insert_column)
    sales.server.fault(Fault(kind="reset", applied="first", method=WRITE, times=1))
    for _ in range(2):
        outcome = sales.sync()
        assert (outcome.result, told(outcome)) == (PassResult.REFUSED, [("columns-moved", "F2", "3")])
    assert [each.value for each in last_scores(outcome)] == [Decimal("0.2"), Decimal("0.5"), Decimal("0.8")]
    type_what_is_told(sales, outcome)
    assert watch.differences() == []
    assert sales.sync().result is PassResult.OK
    assert watch.differences() == []
    assert scores(sales) == {"KR 1": 0.3, "KR 2": 0.5, "KR 3": 0.8}


def test_what_is_to_be_put_back_is_not_forgotten_where_the_plan_has_another_number_for_that_cell(
    sales: Installation,
) -> None:
    """The score of KR 3 hits the row of KR 1, whose current value is then erased, so that it is to have no score."""
    sales.sync()
    change_current(sales.server, "sales", 0, row=3, value=9)
    sales.server.before(WRITE, sort_rows)
    sales.server.fault(Fault(kind="reset", applied="never", method=WRITE, skip=1))
    assert sales.sync().result is PassResult.FAILED
    change_current(sales.server, "sales", 0, row=3, value=None)
    assert sales.sync().result is PassResult.FAILED
    sales.server.clear_faults()
    assert sales.sync().result is PassResult.OK
    assert scores(sales) == {"KR 1": None, "KR 2": 0.5, "KR 3": 0.9}


def test_an_empty_row_that_was_deleted_is_not_taken_for_the_one_that_was_hit(installation: Installation) -> None:
    """Neither has a name; the note stood below the key results, the empty row above them."""
    empty: list[object] = ["", "", "", "", "", ""]
    table: list[list[object]] = [
        HEADER,
        empty,
        *key_results(2, 5, 8),
        ["", "", "", "", "", "ghi chú"],
        ["", "", "", "", "", 77],
    ]
    installation.spreadsheet("sales", {"OKR": table})
    installation.configure(FLAT)
    watch = watched(installation)
    installation.server.before(WRITE, delete_row)
    lose_the_answer(installation.server)
    installation.sync()
    installation.server.clear_faults()
    assert installation.sync().result is PassResult.OK
    assert watch.differences() == []


def add_key_result(server: LocalSheets) -> None:
    texts = [{"userEnteredValue": {"stringValue": text}} for text in ("Bán tốt hơn", "KR 4")]
    numbers = [{"userEnteredValue": {"numberValue": number}} for number in (0, 10, 4)]
    start = {"sheetId": 0, "rowIndex": 6, "columnIndex": 0}
    cells = {"start": start, "rows": [{"values": [*texts, *numbers]}], "fields": "userEnteredValue"}
    server.edit("sales", {"updateCells": cells})


@pytest.mark.parametrize("status", [403, 429])
def test_a_column_is_ours_once_a_write_into_it_may_have_landed_though_the_next_one_is_refused(
    sales: Installation, status: int
) -> None:
    sales.server.before(WRITE, add_key_result)
    sales.server.fault(Fault(kind="reset", applied="first", method=WRITE, times=1))
    sales.server.fault(Fault(kind="error", method=WRITE, status=status))
    assert sales.sync().result in (PassResult.PARTIAL, PassResult.FAILED)
    sales.server.clear_faults()
    change_current(sales.server, "sales", 0, row=1, value=9)
    assert sales.sync().result is PassResult.OK
    assert scores(sales) == {"KR 1": 0.9, "KR 2": 0.5, "KR 3": 0.8, "KR 4": 0.4}


def test_a_tab_whose_write_was_seen_to_land_is_not_looked_after_again_when_another_tabs_is_refused(
    installation: Installation,
) -> None:
    """Its row is deleted, and a person types the same number below the table: that is theirs."""
    tabs: dict[str, list[list[object]]] = {
        "OKR A": [HEADER, *key_results(2, 5, 8)],
        "OKR B": [HEADER, *key_results(1, 4)],
    }
    installation.spreadsheet("sales", tabs)
    installation.configure(FLAT)
    server, sheet_id = installation.server, installation.sheet_id("sales", "OKR A")
    protected = {"error": {"code": 400, "message": "You are trying to edit a protected cell or object."}}
    server.fault(Fault(kind="error", method=WRITE, status=400, body=protected, times=1))
    server.fault(Fault(kind="error", method=WRITE, status=429, skip=1))
    assert installation.sync().result is PassResult.FAILED
    server.clear_faults()
    server.edit("sales", {"deleteDimension": {"range": {**rows(1, 2), "sheetId": sheet_id}}})
    start = {"sheetId": sheet_id, "rowIndex": 6, "columnIndex": 5}
    typed = {"values": [{"userEnteredValue": {"numberValue": 0.2}}]}
    server.edit("sales", {"updateCells": {"start": start, "rows": [typed], "fields": "userEnteredValue"}})
    assert installation.sync().result is PassResult.OK
    assert installation.cells("sales", "OKR A")["F7"] == 0.2
