"""Headers and tabs that people renamed, moved, doubled or deleted: they are followed where that is sure, else named."""

import pytest

from sync.domain.memory import PassResult
from sync.translations.problems import hint_of, message_of
from tests.support.grids import grid, read
from tests.support.installation import Installation
from tests.support.outcomes import only, problems, texts
from tests.support.sheet_with_ids import HEADER, SHORT, SHORT_HEADER, put, rows


def insert_column(installation: Installation, column: int) -> None:
    area = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": column, "endIndex": column + 1}
    installation.server.edit("sales", {"insertDimension": {"range": area}})


# Headers


def test_a_renamed_header_is_named_with_the_nearest_one_and_the_view_is_kept(sales: Installation) -> None:
    put(sales, "F1", "Hiện tại T10")
    before = sales.server.cells("sales")
    outcome = sales.sync()
    assert outcome.result is PassResult.REFUSED
    found = only(problems(outcome), "header-missing", "A1", "“Hiện tại”")
    assert "“Hiện tại T10”" in hint_of(found, "vi")
    assert texts(outcome) == ["Kết quả 1", "Kết quả 2", "Kết quả 3"]
    assert sales.server.cells("sales") == before


@pytest.mark.parametrize("column", range(7))
def test_headers_are_found_wherever_a_new_column_moves_them(sales: Installation, column: int) -> None:
    insert_column(sales, column)

    def moved(index: int) -> str:
        return "ABCDEFGH"[index + (index >= column)]

    put(sales, f"{moved(5)}2", 10)
    outcome = sales.sync()
    assert outcome.result is PassResult.OK
    assert sales.cells("sales", "OKR")[f"{moved(6)}2"] == 1


def test_a_header_that_stands_twice_is_told_with_both_cells(sales: Installation) -> None:
    put(sales, "H1", "Hiện tại")
    found = only(problems(sales.sync()), "header-ambiguous", "F1", "“Hiện tại”")
    assert "F1, H1" in message_of(found, "vi")
    assert "nth" in hint_of(found, "en")


def test_a_header_split_in_two_is_missing_and_both_halves_are_not_guessed_at(sales: Installation) -> None:
    insert_column(sales, 6)
    put(sales, "F1", "Hiện tại (số)")
    put(sales, "G1", "Hiện tại (chữ)")
    outcome = sales.sync()
    assert outcome.result is PassResult.REFUSED
    only(problems(outcome), "header-missing", "A1", "“Hiện tại”")


def test_letters_that_mean_other_columns_after_an_insertion_are_not_believed(installation: Installation) -> None:
    by_letter = """
[[spreadsheet]]
id = "sales"
[[spreadsheet.tab]]
title = "OKR"
header_row = 1
objective = { text = { column = "B" } }
key_result.text = { column = "C" }
key_result.target = { column = "E" }
key_result.current = { column = "F" }
key_result.score = { column = "G" }
"""
    installation.spreadsheet("sales", {"OKR": [HEADER, *rows(2, 5, 8, 9)]})
    installation.configure(by_letter)
    installation.sync()
    insert_column(installation, 2)
    outcome = installation.sync()
    assert outcome.result is PassResult.REFUSED
    assert len(texts(outcome)) == 4


def test_empty_header_cells_between_the_others_do_not_matter() -> None:
    reading = read(
        grid("Mục tiêu | | Kết quả then chốt | '\u200b | Chỉ tiêu | Hiện tại\no | x | k | y | 10 | 5"), SHORT
    )
    assert [(found.text, str(found.current.number)) for found in reading.key_results] == [("k", "5")]
    assert reading.problems == []


def test_a_header_row_repeated_in_the_middle_is_no_row() -> None:
    reading = read(grid(f"{SHORT_HEADER}\no | a | 10 | 5\n{SHORT_HEADER}\n| b | 10 | 6\np | c | 10 | 7"), SHORT)
    assert [found.text for found in reading.objectives] == ["o", "p"]
    assert [found.text for found in reading.key_results] == ["a", "b", "c"]


def test_a_second_block_may_have_its_columns_in_another_order() -> None:
    reading = read(
        grid(
            f"""
            {SHORT_HEADER}
            o | a | 10 | 5
            |
            Kết quả then chốt | Mục tiêu | Hiện tại | Chỉ tiêu
            b | p | 1 | 20
            """
        ),
        SHORT,
    )
    assert [(found.text, str(found.target.number), str(found.current.number)) for found in reading.key_results] == [
        ("a", "10", "5"),
        ("b", "20", "1"),
    ]


# Tabs


def test_a_renamed_tab_is_followed_and_the_old_title_quoted(sales: Installation) -> None:
    properties = {"sheetId": 0, "title": "OKR quý 4"}
    sales.server.edit("sales", {"updateSheetProperties": {"properties": properties, "fields": "title"}})
    put(sales, "F2", 10)
    outcome = sales.sync()
    only(problems(outcome), "tab-renamed", "A1", "“OKR quý 4”")
    assert sales.cells("sales", "OKR quý 4")["G2"] == 1


def test_a_deleted_tab_is_refused_and_those_that_are_there_are_listed(sales: Installation) -> None:
    sales.server.edit("sales", {"deleteSheet": {"sheetId": 0}})
    outcome = sales.sync()
    assert outcome.result is PassResult.REFUSED
    [problem] = problems(outcome)
    assert (problem.code, problem.cell) == ("tab-missing", None)
    assert "“Ghi chú”" in hint_of(problem, "en")
    assert texts(outcome) == ["Kết quả 1", "Kết quả 2", "Kết quả 3"]
