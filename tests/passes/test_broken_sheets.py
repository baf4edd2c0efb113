"""Tabs and columns that were renamed, emptied, deleted or cannot be read: what is believed of them, what is said, and
what is kept.
"""

import sqlite3

import pytest

from sync.domain.memory import PassResult
from sync.domain.snapshot import TabState
from sync.local_sheets import LocalSheets
from sync.translations.problems import hint_of, message_of
from tests.support.flat_sheet import FLAT, HEADER, change_current, key_results, rename_tab, scores
from tests.support.installation import Installation
from tests.support.outcomes import codes


def test_a_renamed_tab_is_followed_and_told(sales: Installation) -> None:
    sales.configure(FLAT.replace('"OKR*"', '"OKR"'))
    sales.sync()
    rename_tab(sales.server)
    change_current(sales.server, "sales", 0, row=1, value=10)
    outcome = sales.sync()
    assert scores(sales, "OKR quý IV")["KR 1"] == 1
    assert codes(outcome) == ["tab-renamed"]


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
