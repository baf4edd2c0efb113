"""A pass from reading to verified writing, over HTTP against the local Sheets server."""

import threading

from sync.domain.memory import PassResult
from tests.support.flat_sheet import FLAT, HEADER, change_current, key_results, scores
from tests.support.installation import Installation
from tests.support.questions import questions


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


def test_an_idle_pass_loads_nothing_of_what_was_written(sales: Installation) -> None:
    sales.sync()
    with questions() as idle:
        sales.sync()
    change_current(sales.server, "sales", sales.sheet_id("sales", "OKR"), row=1, value=9)
    with questions() as changed:
        sales.sync()
    assert not any("FROM written" in each for each in idle)
    assert any("FROM written" in each for each in changed)


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


def company_and_sales(installation: Installation, parent: str = "C1") -> None:
    """The company's spreadsheet (0), and one whose objective supports its own (1)."""
    header = ["Mã", "Mục tiêu", "Điểm O", "Kết quả then chốt", "Chỉ tiêu", "Hiện tại"]
    installation.spreadsheet("company", {"OKR": [header, ["C1", "Dẫn đầu", None, "Doanh thu", 10, 2]]})
    installation.spreadsheet(
        "sales", {"OKR": [[*HEADER, "OKR cấp trên"], ["Bán tốt hơn", "KR 1", 0, 10, 8, None, parent]]}
    )
    texts = 'text = "Mục tiêu"\nparent = "OKR cấp trên"\n\n[spreadsheet.tab.key_result]'
    installation.configure(COMPANY + FLAT.replace('text = "Mục tiêu"\n\n[spreadsheet.tab.key_result]', texts))


def test_a_company_objective_can_take_in_the_scores_of_those_that_support_it(installation: Installation) -> None:
    company_and_sales(installation)
    first = installation.sync(0).snapshot
    assert first is not None
    assert first.scores[first.objectives[0].key].problem == "sheets-unread"
    assert installation.cells("company", "OKR").get("C2") is None
    installation.sync(1)
    installation.sync(0)
    assert installation.cells("company", "OKR")["C2"] == 0.5
    assert installation.counted(lambda: installation.sync(0)) == (1, 0)


def unpacked(asked: list[str]) -> int:
    """How many views."""
    return sum("spreadsheet.snapshot" in each for each in asked)


def test_an_idle_pass_that_rolls_up_unpacks_no_view_of_another_spreadsheet(installation: Installation) -> None:
    company_and_sales(installation)
    installation.sync(1)
    installation.sync(0)
    with questions() as idle:
        assert installation.sync(0).result is PassResult.UNCHANGED
    with questions() as own:
        assert installation.sync(1).result is PassResult.UNCHANGED
    assert unpacked(idle) == unpacked(own)


def test_what_begins_to_support_an_objective_is_taken_in_by_the_next_pass(installation: Installation) -> None:
    company_and_sales(installation, parent="")
    for spreadsheet in (1, 0):
        installation.sync(spreadsheet)
    assert installation.cells("company", "OKR")["C2"] == 0.2
    start = {"sheetId": installation.sheet_id("sales", "OKR"), "rowIndex": 1, "columnIndex": 6}
    named = {"start": start, "rows": [{"values": [{"userEnteredValue": {"stringValue": "C1"}}]}]}
    installation.server.edit("sales", {"updateCells": {**named, "fields": "userEnteredValue"}})
    for spreadsheet in (1, 0):
        installation.sync(spreadsheet)
    assert installation.cells("company", "OKR")["C2"] == 0.5
