"""A pass from reading to verified writing, over HTTP against the local Sheets server."""

import sqlite3
import threading
from collections.abc import Callable
from typing import Any

import pytest

from sync.doctor.remedies import remedy
from sync.domain.failures import Trouble
from sync.domain.memory import PassResult
from sync.domain.snapshot import TabState
from sync.local_sheets import Fault, LocalSheets
from sync.translations.problems import hint_of, message_of
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


@pytest.fixture
def sales(installation: Installation) -> Installation:
    """A flat tab with three key results at 2, 5 and 8 of 10."""
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5, 8)]})
    installation.configure(FLAT)
    return installation


def test_scores_are_written_beside_their_key_results_as_numbers(sales: Installation) -> None:
    outcome = sales.sync()
    assert outcome.result is PassResult.OK
    assert scores(sales) == {"KR 1": 0.2, "KR 2": 0.5, "KR 3": 0.8}


def test_a_pass_touches_no_cell_but_the_score_cells(sales: Installation) -> None:
    before = sales.cells("sales", "OKR")
    sales.sync()
    after = sales.cells("sales", "OKR")
    assert {a1: value for a1, value in after.items() if a1 not in ("F2", "F3", "F4")} == before


def test_an_idle_pass_is_one_read_and_nothing_else(sales: Installation) -> None:
    sales.sync()
    assert sales.counted(sales.sync) == (1, 0)


def test_a_changed_pass_over_five_tabs_is_two_reads_and_one_write(installation: Installation) -> None:
    installation.spreadsheet("sales", {f"OKR {n}": [HEADER, *key_results(2, 5)] for n in range(5)})
    installation.configure(FLAT)
    installation.sync()
    for tab in range(5):
        change_current(installation.server, "sales", installation.sheet_id("sales", f"OKR {tab}"), row=1, value=9)
    assert installation.counted(installation.sync) == (2, 1)
    assert [scores(installation, f"OKR {n}")["KR 1"] for n in range(5)] == [0.9] * 5


def test_a_look_at_everything_now_and_then_costs_no_further_read(sales: Installation) -> None:
    sales.sync()
    sales.later(3600)
    assert sales.counted(sales.sync) == (1, 0)


def test_a_dry_run_says_what_it_would_write_and_writes_nothing(sales: Installation) -> None:
    before = sales.server.cells("sales")
    outcome = sales.sync(dry_run=True)
    assert [(write.cell.a1, str(write.new)) for write in outcome.writes] == [
        ("F2", "0.20"),
        ("F3", "0.50"),
        ("F4", "0.80"),
    ]
    assert sales.server.cells("sales") == before
    assert sales.records.snapshots() == []


# People at work between our read and our write


def empty_current(server: LocalSheets) -> None:
    """Of the first key result."""
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 4, "endColumnIndex": 5}
    server.edit("sales", {"updateCells": {"range": area, "fields": "userEnteredValue"}})


def move_row_up(server: LocalSheets) -> None:
    """The total below the table, in front of the last of the rows that it adds up."""
    server.edit("sales", {"moveDimension": {"source": rows(7, 8), "destinationIndex": 3}})


def insert_column(server: LocalSheets) -> None:
    server.edit("sales", {"insertDimension": {"range": rows(3, 4, "COLUMNS")}})


def insert_first_column(server: LocalSheets) -> None:
    server.edit("sales", {"insertDimension": {"range": rows(0, 1, "COLUMNS")}})


def rename_tab(server: LocalSheets) -> None:
    properties = {"sheetId": 0, "title": "OKR quý IV"}
    server.edit("sales", {"updateSheetProperties": {"properties": properties, "fields": "title"}})


MOVES = [
    insert_row,
    insert_row_in_the_middle,
    delete_row,
    move_row,
    move_row_up,
    sort_rows,
    insert_column,
    insert_first_column,
]


@pytest.fixture
def busy(installation: Installation) -> Installation:
    """Scored key results among score cells that are people's: a formula, a text, a number without a score."""
    table: list[list[object]] = [
        HEADER,
        *key_results(2, 5, 8),
        ["Bán tốt hơn", "KR công thức", 0, 10, 4, "=E5/D5"],
        ["Bán tốt hơn", "KR chữ", 0, 10, 6, "xem sau"],
        ["Bán tốt hơn", "KR chưa đo", 0, 10, None, 0.9],
        ["", "Tổng cộng", None, None, None, "=SUM(F2:F4)"],
    ]
    installation.spreadsheet("sales", {"OKR": table})
    installation.configure(FLAT.replace('id = "sales"', 'id = "sales"\naccept_existing_scores = true'))
    return installation


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.__name__)
def test_what_people_do_between_read_and_write_costs_nobody_a_cell(
    busy: Installation, move: Callable[[LocalSheets], None]
) -> None:
    busy.server.before("spreadsheets.batchUpdate", move)
    busy.sync()
    after = beside_texts(busy)
    expected = {"KR 1": 0.2, "KR 2": 0.5, "KR 3": 0.8, "KR chữ": "xem sau", "KR chưa đo": 0.9}
    if move is delete_row:
        del expected["KR 1"]
    assert {text: after.get(text) for text in expected} == expected
    assert str(after["KR công thức"]).startswith("=")
    assert str(after["Tổng cộng"]).startswith("=SUM")
    assert len(after) == len(expected) + 2


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.__name__)
def test_no_cell_but_the_score_cells_differs_from_the_same_move_without_us(
    busy: Installation, move: Callable[[LocalSheets], None]
) -> None:
    busy.spreadsheet("twin", {"OKR": table_of(busy)})
    busy.server.before("spreadsheets.batchUpdate", move)
    busy.sync()
    before = busy.server.cells("twin")
    move(_Twin(busy.server))  # type: ignore[arg-type]
    alone = busy.server.cells("twin")
    assert before != alone
    after = busy.cells("sales", "OKR")
    assert without_scores(after) == without_scores(alone["OKR"])
    # People's formulas in the score column, put back where they were hit, still point at their own rows.
    assert formulas_of(after) == formulas_of(alone["OKR"])


def test_a_formula_with_a_bracket_too_many_is_put_back_as_it_is(installation: Installation) -> None:
    total = [*[None] * 5, "=SUM(F2:F4))", "tổng"]
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5, 8), total]})
    installation.configure(FLAT)
    installation.server.before("spreadsheets.batchUpdate", drag_total_above_the_last_key_result)
    assert installation.sync().result is PassResult.OK
    cells = installation.cells("sales", "OKR")
    assert (cells["F4"], cells["G4"]) == ("=SUM(F2:F4))", "tổng")
    assert scores(installation) == {"KR 1": 0.2, "KR 2": 0.5, "KR 3": 0.8}


def drag_total_above_the_last_key_result(server: LocalSheets) -> None:
    server.edit("sales", {"moveDimension": {"source": rows(4, 5), "destinationIndex": 3}})


class _Twin:
    """Sends an edit of "sales" to its twin instead."""

    def __init__(self, server: LocalSheets) -> None:
        self._server = server

    def edit(self, _spreadsheet: str, *requests: dict[str, Any]) -> dict[str, Any]:
        return self._server.edit("twin", *requests)


def table_of(installation: Installation) -> list[list[object]]:
    cells = installation.cells("sales", "OKR")
    return [[cells.get(f"{column}{row}") for column in "ABCDEF"] for row in range(1, 9)]


def formulas_of(cells: dict[str, Any]) -> dict[str, Any]:
    return {a1: value for a1, value in cells.items() if str(value).startswith("=")}


def without_scores(cells: dict[str, Any]) -> dict[str, Any]:
    """All cells outside the score column, wherever that is now."""
    column = next(a1.rstrip("0123456789") for a1, value in cells.items() if value == "Điểm")
    return {a1: value for a1, value in cells.items() if a1.rstrip("0123456789") != column}


def beside_texts(installation: Installation) -> dict[str, object]:
    """What stands in the score column beside each text of the key result column."""
    cells = installation.cells("sales", "OKR")
    columns = {value: a1.rstrip("0123456789") for a1, value in cells.items() if value in ("Kết quả then chốt", "Điểm")}
    text_column, score_column = columns["Kết quả then chốt"], columns["Điểm"]
    texts = {a1: value for a1, value in cells.items() if a1.rstrip("0123456789") == text_column}
    rows_of = {a1[len(text_column) :]: value for a1, value in texts.items() if value != "Kết quả then chốt"}
    return {str(text): cells.get(score_column + row) for row, text in rows_of.items()}


def test_a_tab_renamed_between_read_and_write_is_written_all_the_same(sales: Installation) -> None:
    sales.server.before("spreadsheets.batchUpdate", rename_tab)
    assert sales.sync().result is PassResult.OK
    assert scores(sales, "OKR quý IV") == {"KR 1": 0.2, "KR 2": 0.5, "KR 3": 0.8}


def test_rows_that_never_stand_still_end_as_partial_and_heal_in_the_next_pass(sales: Installation) -> None:
    for _ in range(3):
        sales.server.before("spreadsheets.batchUpdate", insert_row)
    for skip in (1, 2):
        sales.server.before("spreadsheets.batchUpdate", insert_row, skip=skip)
    sales.sync()
    sales.sync()
    assert scores(sales) == {"KR 1": 0.2, "KR 2": 0.5, "KR 3": 0.8}


def test_a_key_result_that_is_computed_from_other_scores_has_its_own_in_the_same_pass(
    installation: Installation,
) -> None:
    rows = [HEADER, *key_results(2, 5, 8, "=10*AVERAGE(F2:F4)")]
    installation.spreadsheet("sales", {"OKR": rows})
    installation.configure(FLAT)
    assert installation.sync().result is PassResult.OK
    assert scores(installation) == {"KR 1": 0.2, "KR 2": 0.5, "KR 3": 0.8, "KR 4": 0.5}


def test_a_score_that_is_computed_from_itself_never_passes_for_good(installation: Installation) -> None:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, "=10-10*F3")]})
    installation.configure(FLAT)
    outcome = installation.sync()
    assert (outcome.result, codes(outcome)) == (PassResult.PARTIAL, ["rows-moved"])
    assert outcome.write_requests == 3
    assert scores(installation)["KR 1"] == 0.2


def test_what_is_typed_right_before_our_write_is_scored_in_the_same_pass(sales: Installation) -> None:
    sales.server.before("spreadsheets.batchUpdate", lambda server: change_current(server, "sales", 0, row=1, value=9))
    assert sales.sync().result is PassResult.OK
    assert scores(sales) == {"KR 1": 0.9, "KR 2": 0.5, "KR 3": 0.8}


# Renamed, emptied, broken


def test_a_renamed_tab_is_followed_and_told(sales: Installation) -> None:
    sales.configure(FLAT.replace('"OKR*"', '"OKR"'))
    sales.sync()
    rename_tab(sales.server)
    change_current(sales.server, "sales", 0, row=1, value=10)
    outcome = sales.sync()
    assert scores(sales, "OKR quý IV")["KR 1"] == 1
    assert codes(outcome) == ["tab-renamed"]


def codes(outcome: Any) -> list[str]:
    return [problem.code for problem in outcome.snapshot.problems]


def clear(server: LocalSheets, first_row: int) -> None:
    area = {"sheetId": 0, "startRowIndex": first_row, "endRowIndex": 20}
    server.edit("sales", {"updateCells": {"range": area, "fields": "userEnteredValue"}})


def test_an_emptied_tab_is_not_believed_and_the_last_good_view_stays(sales: Installation) -> None:
    sales.sync()
    clear(sales.server, first_row=1)
    outcome = sales.sync()
    assert outcome.result is PassResult.REFUSED
    assert codes(outcome) == ["tab-emptied"]
    assert outcome.snapshot is not None
    assert [key_result.text for key_result in outcome.snapshot.key_results] == ["KR 1", "KR 2", "KR 3"]
    assert [tab.state for tab in outcome.snapshot.tabs] == [TabState.REFUSED]


def test_accept_lets_an_emptied_tab_through_once(sales: Installation) -> None:
    sales.sync()
    clear(sales.server, first_row=1)
    outcome = sales.sync(accept=True)
    assert outcome.result is PassResult.OK
    assert outcome.snapshot is not None
    assert outcome.snapshot.key_results == ()


def forget_the_view(installation: Installation) -> None:
    """As after an upgrade whose views have another shape."""
    with sqlite3.connect(installation.folder / "state" / "okr-sheets.db") as connection:
        connection.execute("""UPDATE spreadsheet SET digest = '', snapshot = '{"shape": "another"}'""")
    connection.close()


def test_where_the_last_view_is_of_another_version_the_next_pass_makes_it_anew(sales: Installation) -> None:
    sales.sync()
    forget_the_view(sales)
    assert sales.records.snapshot("sales") is None
    assert sales.sync().result is PassResult.OK
    assert sales.records.snapshot("sales") is not None
    assert sales.sync().result is PassResult.UNCHANGED


def test_an_emptied_tab_is_not_believed_even_where_the_last_view_is_of_another_version(sales: Installation) -> None:
    sales.sync()
    forget_the_view(sales)
    clear(sales.server, first_row=1)
    for _ in range(2):
        outcome = sales.sync()
        assert (outcome.result, codes(outcome)) == (PassResult.REFUSED, ["tab-emptied"])
    assert sales.sync(accept=True).result is PassResult.OK
    assert sales.sync().result is PassResult.UNCHANGED


def test_rows_that_are_gone_are_missed_even_where_the_last_view_is_of_another_version(
    installation: Installation,
) -> None:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5, 8, 1, 3)]})
    installation.configure(FLAT)
    installation.sync()
    forget_the_view(installation)
    clear(installation.server, first_row=2)
    outcome = installation.sync()
    assert (outcome.result, codes(outcome)) == (PassResult.REFUSED, ["rows-gone"])


def test_a_lost_header_is_named_and_nothing_is_written(sales: Installation) -> None:
    sales.sync()
    cell = {"userEnteredValue": {"stringValue": "Kết quả hiện tại"}}
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 4}
    sales.server.edit(
        "sales", {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}}
    )
    before = sales.server.cells("sales")
    outcome = sales.sync()
    assert outcome.result is PassResult.REFUSED
    assert outcome.snapshot is not None
    [problem] = outcome.snapshot.problems
    assert message_of(problem, "en") == "No column on “OKR” has the header “Hiện tại”."
    assert "“Kết quả hiện tại”" in hint_of(problem, "en")
    assert sales.server.cells("sales") == before


def test_a_deleted_tab_keeps_its_last_good_view(installation: Installation) -> None:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2)], "Khác": [["x"]]})
    installation.configure(FLAT.replace('"OKR*"', '"OKR"'))
    installation.sync()
    installation.server.edit("sales", {"deleteSheet": {"sheetId": installation.sheet_id("sales", "OKR")}})
    outcome = installation.sync()
    assert outcome.result is PassResult.REFUSED
    assert codes(outcome) == ["tab-missing"]
    assert outcome.snapshot is not None
    assert len(outcome.snapshot.key_results) == 1


# Score cells that are not ours yet, or not ours at all


@pytest.fixture
def typed(installation: Installation) -> Installation:
    """A score column in which somebody has typed other numbers."""
    table: list[list[object]] = [[*row, 0.99] for row in key_results(2, 5)]
    installation.spreadsheet("sales", {"OKR": [HEADER, *table]})
    installation.configure(FLAT)
    return installation


def test_the_first_contact_with_other_numbers_waits_for_accept(typed: Installation) -> None:
    outcome = typed.sync()
    assert outcome.result is PassResult.REFUSED
    assert codes(outcome) == ["first-contact"]
    assert scores(typed) == {"KR 1": 0.99, "KR 2": 0.99}
    typed.sync(accept=True)
    assert scores(typed) == {"KR 1": 0.2, "KR 2": 0.5}


def test_a_number_beside_a_key_result_that_is_not_measured_yet_waits_for_accept_too(installation: Installation) -> None:
    unmeasured: list[object] = ["Bán tốt hơn", "KR 2", 0, 10, None, 0.9]
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2), unmeasured]})
    installation.configure(FLAT)
    assert codes(installation.sync()) == ["first-contact"]
    change_current(installation.server, "sales", 0, row=2, value=5)
    assert codes(installation.sync()) == ["first-contact"]
    assert scores(installation) == {"KR 1": None, "KR 2": 0.9}
    installation.sync(accept=True)
    assert scores(installation) == {"KR 1": 0.2, "KR 2": 0.5}


def test_a_score_column_is_ours_once_it_was_accepted_though_there_was_nothing_to_write(
    installation: Installation,
) -> None:
    installation.spreadsheet("sales", {"OKR": [HEADER, ["Bán tốt hơn", "KR 1", 0, 10, None, 0.9]]})
    installation.configure(FLAT)
    assert installation.sync().result is PassResult.REFUSED
    assert installation.sync(accept=True).result is PassResult.OK
    assert scores(installation) == {"KR 1": 0.9}
    change_current(installation.server, "sales", 0, row=1, value=5)
    assert installation.sync().result is PassResult.OK
    assert scores(installation) == {"KR 1": 0.5}


def test_a_score_column_beside_another_mappings_numbers_of_people_makes_neither_ours(
    installation: Installation,
) -> None:
    table = [[*HEADER, "Kết quả 2", "Điểm 2"], ["Bán tốt hơn", "KR 1", 0, 10, 2, 0.99, "Việc 1", None]]
    installation.spreadsheet("sales", {"OKR": table})
    other = FLAT[FLAT.index("[[spreadsheet.tab]]") :].replace("Kết quả then chốt", "Kết quả 2")
    installation.configure(FLAT + other.replace('"Điểm"', '"Điểm 2"'))
    for _ in range(2):
        assert codes(installation.sync()) == ["first-contact"]
        assert installation.cells("sales", "OKR")["F2"] == 0.99


def test_the_configuration_can_accept_existing_scores(typed: Installation) -> None:
    typed.configure(FLAT.replace('id = "sales"', 'id = "sales"\naccept_existing_scores = true'))
    assert typed.sync().result is PassResult.OK
    assert scores(typed) == {"KR 1": 0.2, "KR 2": 0.5}


def test_a_score_that_was_ours_and_is_overtyped_is_put_right_without_asking(sales: Installation) -> None:
    sales.sync()
    cell = {"userEnteredValue": {"numberValue": 0.99}}
    start = {"sheetId": 0, "rowIndex": 1, "columnIndex": 5}
    sales.server.edit(
        "sales", {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}}
    )
    sales.sync()
    assert scores(sales)["KR 1"] == 0.2


def test_a_score_of_ours_is_taken_back_when_there_is_none_any_more(sales: Installation) -> None:
    sales.sync()
    empty_current(sales.server)
    sales.sync()
    assert scores(sales) == {"KR 1": None, "KR 2": 0.5, "KR 3": 0.8}


@pytest.mark.parametrize("fault", [None, Fault(kind="reset", applied="first", method="spreadsheets.batchUpdate")])
def test_it_is_taken_back_also_where_its_row_moved_under_the_write(sales: Installation, fault: Fault | None) -> None:
    sales.sync()
    empty_current(sales.server)
    sales.server.before("spreadsheets.batchUpdate", sort_rows)
    if fault:
        sales.server.fault(fault.model_copy(update={"times": 1}))
    assert sales.sync().result is PassResult.OK
    assert scores(sales) == {"KR 1": None, "KR 2": 0.5, "KR 3": 0.8}


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


def test_an_unreadable_cell_keeps_the_last_good_score_for_three_passes(installation: Installation) -> None:
    installation.spreadsheet("sales", {"OKR": [[*HEADER, "", 7], ["Bán tốt hơn", "KR 1", 0, 10, "=H1"]]})
    installation.configure(FLAT)
    installation.sync()
    assert scores(installation) == {"KR 1": 0.7}
    cell = {"userEnteredValue": {"formulaValue": "=1/0"}}
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 7}
    edit = {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}}
    installation.server.edit("sales", edit)
    seen = []
    for _ in range(4):
        outcome = installation.sync()
        assert outcome.snapshot is not None
        [score] = [outcome.snapshot.scores[found.key].value for found in outcome.snapshot.key_results]
        seen.append(score is not None)
    assert seen == [True, True, True, False]


def test_a_score_column_named_later_is_a_first_contact_of_its_own(typed: Installation) -> None:
    typed.configure(FLAT.replace('score = "Điểm"\n', ""))
    assert typed.sync().result is PassResult.OK
    typed.configure(FLAT)
    assert codes(typed.sync()) == ["first-contact"]
    assert scores(typed) == {"KR 1": 0.99, "KR 2": 0.99}


def protect_scores(sheet_id: int) -> Callable[[LocalSheets], None]:
    """Somebody protects the score column of a tab, for themselves alone."""
    area = {"sheetId": sheet_id, "startColumnIndex": 5, "endColumnIndex": 6}
    protected = {"range": area, "editors": {"users": ["person@local.invalid"]}}

    def protect(server: LocalSheets) -> None:
        server.edit("sales", {"addProtectedRange": {"protectedRange": protected}})

    return protect


def test_a_score_that_needed_no_change_comes_back_where_a_moved_row_was_hit(sales: Installation) -> None:
    sales.sync()
    change_current(sales.server, "sales", 0, row=1, value=9)
    change_current(sales.server, "sales", 0, row=3, value=1)
    sales.server.before("spreadsheets.batchUpdate", insert_row)
    assert sales.sync().result is PassResult.OK
    assert scores(sales) == {"KR 1": 0.9, "KR 2": 0.5, "KR 3": 0.1}


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


# More scores that change at once than people change in a pass


def test_when_most_scores_change_at_once_nothing_is_written_until_it_is_accepted(installation: Installation) -> None:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(*[5] * 20)]})
    installation.configure(FLAT)
    installation.sync()
    before = scores(installation)
    filled_down = [{"values": [{"userEnteredValue": {"numberValue": 1000}}]} for _ in range(20)]
    target = {"sheetId": 0, "rowIndex": 1, "columnIndex": 3}
    installation.server.edit(
        "sales", {"updateCells": {"start": target, "rows": filled_down, "fields": "userEnteredValue"}}
    )
    outcome = installation.sync()
    assert (outcome.result, codes(outcome)) == (PassResult.REFUSED, ["scores-leap"])
    assert scores(installation) == before
    assert outcome.snapshot is not None
    assert {str(score.value) for score in outcome.snapshot.scores.values()} == {"0.5"}
    assert codes(installation.sync()) == ["scores-leap"]
    assert installation.sync(accept=True).result is PassResult.OK
    assert set(scores(installation).values()) == {0.01}


def test_a_weekly_check_in_of_three_quarters_of_the_scores_is_written(installation: Installation) -> None:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(*[5] * 20)]})
    installation.configure(FLAT)
    installation.sync()
    for row in range(1, 16):
        change_current(installation.server, "sales", 0, row, value=6)
    assert installation.sync().result is PassResult.OK
    assert list(scores(installation).values()) == [0.6] * 15 + [0.5] * 5


def test_the_share_of_scores_that_may_change_is_the_admins_to_set(installation: Installation) -> None:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(*[5] * 20)]})
    installation.configure(FLAT.replace('id = "sales"', 'id = "sales"\nmost_changes = 1'))
    installation.sync()
    for row in range(1, 21):
        change_current(installation.server, "sales", 0, row, value=6)
    assert installation.sync().result is PassResult.OK


JOINED = """
[[spreadsheet]]
id = "sales"

[[spreadsheet.tab]]
title = "O"
objective = { id = "Mã", text = "Mục tiêu", score = "Điểm" }

[[spreadsheet.tab]]
title = "KR"
key_result = { text = "Kết quả then chốt", objective = "Mã", target = "Chỉ tiêu", current = CURRENT }

[[spreadsheet.tab]]
title = "Log"
check_in = { key_result = "Kết quả", date = "Ngày", value = "Giá trị" }
"""


@pytest.fixture
def joined(installation: Installation) -> Installation:
    """Objectives, key results and a check-in log on three tabs; the objective's score is 0.5."""
    tabs: dict[str, list[list[object]]] = {
        "O": [["Mã", "Mục tiêu", "Điểm"], ["O1", "Bán tốt hơn"]],
        "KR": [["Mã", "Kết quả then chốt", "Chỉ tiêu", "Hiện tại"], ["O1", "KR 1", 10, 5]],
        "Log": [["Kết quả", "Ngày", "Giá trị"], ["KR 1", "2026-11-02", 5]],
    }
    installation.spreadsheet("sales", tabs)
    return installation


@pytest.mark.parametrize(("current", "lost"), [('"Hiện tại"', "KR"), ("{ check_in = true }", "Log")])
@pytest.mark.parametrize("how", ["deleted", "emptied"])
def test_a_tab_that_others_need_takes_no_score_with_it(joined: Installation, current: str, lost: str, how: str) -> None:
    joined.configure(JOINED.replace("CURRENT", current))
    joined.sync()
    assert joined.cells("sales", "O")["C2"] == 0.5
    sheet_id = joined.sheet_id("sales", lost)
    gone = {"sheetId": sheet_id, "startRowIndex": 1, "endRowIndex": 9}
    deleted = {"deleteSheet": {"sheetId": sheet_id}}
    emptied = {"updateCells": {"range": gone, "fields": "userEnteredValue"}}
    joined.server.edit("sales", deleted if how == "deleted" else emptied)
    outcome = joined.sync()
    assert outcome.result in (PassResult.PARTIAL, PassResult.REFUSED)
    assert joined.cells("sales", "O")["C2"] == 0.5
    assert outcome.snapshot is not None
    assert [found.text for found in outcome.snapshot.key_results] == ["KR 1"]


def test_a_column_that_is_read_never_takes_scores_however_it_is_named(sales: Installation) -> None:
    sales.configure(FLAT.replace('score = "Điểm"', 'score = { column = "E" }'))
    before = sales.server.cells("sales")
    assert codes(sales.sync(accept=True)) == ["score-is-source"]
    assert sales.server.cells("sales") == before


# Trouble with Google


def test_an_unknown_spreadsheet_is_a_failed_pass_and_no_exception(sales: Installation) -> None:
    sales.configure(FLAT.replace('"sales"', '"nowhere"'))
    outcome = sales.sync()
    assert outcome.result is PassResult.FAILED
    assert outcome.error is not None
    assert outcome.error.trouble == "not-found"
    assert sales.records.last_passes()["nowhere"].result is PassResult.FAILED


def test_a_failed_pass_keeps_the_last_good_view(sales: Installation) -> None:
    sales.sync()
    sales.server.close()
    sales.client.stop_with(stopped())
    outcome = sales.sync()
    assert outcome.result is PassResult.FAILED
    assert len(sales.records.snapshots()[0].key_results) == 3


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


def stopped() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


def test_history_has_a_row_only_where_a_score_changed(sales: Installation) -> None:
    sales.sync()
    sales.later(60)
    change_current(sales.server, "sales", 0, row=1, value=4)
    sales.sync()
    sales.later(60)
    sales.sync()
    [snapshot] = sales.records.snapshots()
    values = {
        found.text: [str(point.value) for point in sales.records.histories([found.key])[found.key]]
        for found in snapshot.key_results
    }
    assert values == {"KR 1": ["0.200000", "0.400000"], "KR 2": ["0.500000"], "KR 3": ["0.800000"]}


# Scores that come from other spreadsheets

COMPANY = """
[[spreadsheet]]
id = "company"
roll_up = { company = "both" }

[[spreadsheet.tab]]
title = "OKR"

[spreadsheet.tab.objective]
id = "Mã"
text = "Mục tiêu"
level = { value = "Công ty" }
score = "Điểm O"

[spreadsheet.tab.key_result]
text = "Kết quả then chốt"
target = "Chỉ tiêu"
current = "Hiện tại"
"""


def test_a_company_objective_can_take_in_the_scores_of_those_that_support_it(installation: Installation) -> None:
    header = ["Mã", "Mục tiêu", "Điểm O", "Kết quả then chốt", "Chỉ tiêu", "Hiện tại"]
    installation.spreadsheet("company", {"OKR": [header, ["C1", "Dẫn đầu", None, "Doanh thu", 10, 2]]})
    installation.spreadsheet(
        "sales", {"OKR": [[*HEADER, "OKR cấp trên"], ["Bán tốt hơn", "KR 1", 0, 10, 8, None, "C1"]]}
    )
    parent = 'text = "Mục tiêu"\nparent = "OKR cấp trên"\n\n[spreadsheet.tab.key_result]'
    installation.configure(COMPANY + FLAT.replace('text = "Mục tiêu"\n\n[spreadsheet.tab.key_result]', parent))
    first = installation.sync(0).snapshot
    assert first is not None
    assert first.scores[first.objectives[0].key].problem == "sheets-unread"
    assert installation.cells("company", "OKR").get("C2") is None
    installation.sync(1)
    installation.sync(0)
    assert installation.cells("company", "OKR")["C2"] == 0.5
    assert installation.counted(lambda: installation.sync(0)) == (1, 0)


def test_a_score_column_beyond_the_sheet_is_told_before_writing_and_the_rest_is_written(
    installation: Installation,
) -> None:
    installation.spreadsheet("sales", {"OKR": [["Mục tiêu", "KR", "Đích", "Nay", "Điểm"], ["o", "a", 10, 5]]})
    installation.configure("""
        [[spreadsheet]]
        id = "sales"
        [[spreadsheet.tab]]
        title = "OKR"
        objective = { text = "Mục tiêu", score = { column = "AZ" } }
        key_result = { text = "KR", target = "Đích", current = "Nay", score = "Điểm" }
    """)
    outcome = installation.sync()
    assert outcome.snapshot is not None
    told = [(found.code, str(found.cell)) for found in outcome.snapshot.problems]
    assert (outcome.result, told) == (PassResult.OK, [("score-outside", "OKR!AZ2")])
    assert installation.cells("sales", "OKR")["E2"] == 0.5
    assert message_of(outcome.snapshot.problems[0], "en").endswith(
        "but the tab ends at column Z; none is written there."
    )
    assert installation.sync(dry_run=True).snapshot.problems == outcome.snapshot.problems  # type: ignore[union-attr]


def test_a_range_that_google_refuses_again_and_again_is_told_as_that(sales: Installation) -> None:
    body = {"error": {"code": 400, "message": "Invalid requests[0].updateCells: Range (OKR!AZ2) exceeds grid limits."}}
    sales.server.fault(Fault(kind="error", status=400, method="spreadsheets.batchUpdate", body=body))
    outcome = sales.sync()
    assert outcome.result is PassResult.FAILED
    assert outcome.error is not None
    assert outcome.error.trouble is Trouble.RANGE
    assert "Range (OKR!AZ2) exceeds grid limits" in remedy(outcome.error, "sales", "", "en")


def test_a_column_that_is_deleted_takes_no_score_back_and_counts_again_once_it_is_there(
    installation: Installation,
) -> None:
    rows: list[list[object]] = [
        ["Mục tiêu", "KR", "Đích", "Điểm", *[None] * 21, "Nay"],
        ["o", "a", 10, None, *[None] * 21, 5],
    ]
    installation.spreadsheet("sales", {"OKR": rows})
    installation.configure("""
        [[spreadsheet]]
        id = "sales"
        [[spreadsheet.tab]]
        title = "OKR"
        objective = { text = "Mục tiêu" }
        key_result = { text = "KR", target = "Đích", current = { column = "Z" }, score = "Điểm" }
    """)
    installation.sync()
    assert installation.cells("sales", "OKR")["D2"] == 0.5
    here = {"sheetId": installation.sheet_id("sales", "OKR"), "dimension": "COLUMNS"}
    unused = here | {"startIndex": 10, "endIndex": 11}
    installation.server.edit("sales", {"deleteDimension": {"range": unused}})
    outcome = installation.sync()
    assert outcome.snapshot is not None
    assert [(found.code, str(found.cell)) for found in outcome.snapshot.problems] == [("column-outside", "OKR!Y1")]
    assert installation.cells("sales", "OKR")["D2"] == 0.5
    installation.server.edit("sales", {"insertDimension": {"range": unused}})
    assert installation.sync().snapshot.problems == ()  # type: ignore[union-attr]
