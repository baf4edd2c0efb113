"""Score cells that are not ours yet, or not ours at all: nothing in them is replaced before the admin accepts it.

What is ours is put right, and taken back, without asking.
"""

import pytest

from sync.domain.memory import PassResult
from sync.local_sheets import Fault, LocalSheets
from tests.support.flat_sheet import FLAT, HEADER, change_current, key_results, scores, sort_rows
from tests.support.installation import Installation
from tests.support.outcomes import codes


def empty_current(server: LocalSheets) -> None:
    """Of the first key result."""
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 4, "endColumnIndex": 5}
    server.edit("sales", {"updateCells": {"range": area, "fields": "userEnteredValue"}})


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


def test_a_score_column_named_later_is_a_first_contact_of_its_own(typed: Installation) -> None:
    typed.configure(FLAT.replace('score = "Điểm"\n', ""))
    assert typed.sync().result is PassResult.OK
    typed.configure(FLAT)
    assert codes(typed.sync()) == ["first-contact"]
    assert scores(typed) == {"KR 1": 0.99, "KR 2": 0.99}


def test_a_column_that_is_read_never_takes_scores_however_it_is_named(sales: Installation) -> None:
    sales.configure(FLAT.replace('score = "Điểm"', 'score = { column = "E" }'))
    before = sales.server.cells("sales")
    assert codes(sales.sync(accept=True)) == ["score-is-source"]
    assert sales.server.cells("sales") == before
