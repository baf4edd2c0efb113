"""What stands around and between the rows: merged cells, other tables, lines of totals, and rows by the thousand."""

import pytest

from sync.domain.memory import PassResult
from sync.domain.scoring import score_okrs
from sync.passes.plan import make_plan
from sync.passes.targets import score_places
from sync.reading import read_book
from tests.support.grids import book, codes, grid, mapping, read
from tests.support.installation import Installation
from tests.support.outcomes import only
from tests.support.sheet_with_ids import CONFIG, DRAWN, FIELDS, HEADER, SHORT, SHORT_HEADER, rows

# Merged cells


def test_a_row_below_a_merged_key_result_with_numbers_of_its_own_is_told() -> None:
    tab = grid("""
        KR  | Chỉ số   | Chỉ tiêu | Hiện tại
        Gắn bó | eNPS     | 40       | 20
        ^   | Nghỉ việc | 10       | 8
        Lộ trình | Vị trí   | 20       | 15
        ^   | Việc thêm |          |
    """)
    reading = read(tab, 'key_result = { text = "KR", target = "Chỉ tiêu", current = "Hiện tại" }')
    only(reading.problems, "numbers-below", "C3", "“Gắn bó”")


@pytest.mark.parametrize("row", ["| | 40 | 20", "Gắn bó | | 40 | 20", "| | 40 | 2/4", "Mới | | 40 | 20"])
def test_numbers_beside_an_empty_key_result_are_told(row: str) -> None:
    reading = read(grid(f"{SHORT_HEADER}\nGắn bó | a | 10 | 5\n{row}\nBán tốt | b | 10 | 5"), SHORT)
    only(reading.problems, "numbers-unnamed", "B3", row.rpartition(" ")[2])


NO_KEY_RESULTS = [
    pytest.param("| | 40 |", id="a goal alone"),
    pytest.param("| | 40 | 0", id="prepared for later"),
    pytest.param("| | Chỉ tiêu | Hiện tại", id="words"),
    pytest.param("| | =C2+C4 → 20 | 10", id="a sum"),
    pytest.param("| | 20 | 10 | Tổng cộng", id="a sum by its name"),
    pytest.param("Mới | | 20 | 10\nMới hơn | | 20 | 10", id="an objective's own progress"),
]


@pytest.mark.parametrize("row", NO_KEY_RESULTS)
def test_what_is_not_surely_a_key_result_without_its_text_is_left_alone(row: str) -> None:
    reading = read(grid(f"{SHORT_HEADER}\nGắn bó | a | 10 | 5\n{row}\nBán tốt | b | 10 | 5"), SHORT)
    assert codes(reading) == []


def test_an_id_merged_over_two_key_results_is_the_first_ones_only() -> None:
    reading = read(grid(f"{DRAWN}\nK1 | o | a | 0 | 10 | 5 |\n^ | o | b | 0 | 10 | 6 |"), FIELDS)
    assert [(found.id, found.text) for found in reading.key_results] == [("K1", "a"), ("", "b")]
    only(reading.problems, "id-merged", "A2", "“K1”")


def test_a_score_merged_over_two_rows_is_written_for_the_first_and_told_for_the_second() -> None:
    tab = grid(f"{DRAWN}\nK1 | o | a | 0 | 10 | 5 |\nK2 | o | b | 0 | 10 | 6 | ^")
    reading = read_book(book(tab), [mapping(FIELDS)])
    scores = score_okrs(reading.objectives, reading.key_results, {})
    plan = make_plan(book(tab), reading, scores, ours={}, owned_columns=score_places(reading.tabs[0]))
    assert [write.cell.a1 for write in plan.writes] == ["G2"]
    only(list(plan.problems), "score-merged", "G3", "“b”")


# Other tables and lines of totals below

BELOW = [
    pytest.param("Nhân viên | Phòng | Ngày công | Phụ cấp | Thưởng | Tổng lương", id="words where numbers should be"),
    pytest.param("Ghi chú | Mục tiêu | Việc cần làm | Hạn", id="one of our headers among others"),
]


@pytest.mark.parametrize("header", BELOW)
def test_another_table_below_is_not_taken_for_okrs(header: str) -> None:
    drawn = f"{DRAWN}\nK1 | o | a | 0 | 10 | 5 |\n|\n{header}\nAn | Kho | x | 1 | 2 | 3 | 4\nHà | Kho | y | 1 | 2 | 3"
    reading = read(grid(drawn), FIELDS)
    assert [found.text for found in reading.key_results] == ["a"]
    only(reading.problems, "other-table", "A4", header.split(" | ", maxsplit=1)[0])


def test_key_results_in_words_are_no_other_table() -> None:
    reading = read(grid(f"{SHORT_HEADER}\no | a | 10 | 5\n|\np | Ra mắt | Đã ra mắt | Đang thử\n| c | 10 | 7"), SHORT)
    assert [found.text for found in reading.key_results] == ["a", "Ra mắt", "c"]
    assert codes(reading) == ["not-a-number", "not-a-number"]


def test_nothing_is_written_beside_another_table(installation: Installation) -> None:
    below: list[list[object]] = [[], ["Tên", "Phòng", "Việc", "Giờ đầu", "Giờ cuối", "Công"], ["An", "B", "C", 0, 4, 2]]
    installation.spreadsheet("sales", {"OKR": [HEADER, *rows(2), *below]})
    installation.configure(CONFIG)
    before = installation.cells("sales", "OKR")
    installation.sync()
    assert installation.cells("sales", "OKR") == {**before, "G2": 0.2}


@pytest.mark.parametrize("word", ["Tổng cộng", "TỔNG:", "Total", "合計"])
@pytest.mark.parametrize("line", ["| {} | | | 20 | 7 |", "| | {} | 0 | 20 | 7 |"])
def test_a_line_of_totals_is_no_okr(word: str, line: str) -> None:
    reading = read(grid(f"{DRAWN}\nK1 | o | a | 0 | 10 | 5 |\n{line.format(word)}"), FIELDS)
    assert ([found.text for found in reading.objectives], len(reading.key_results)) == (["o"], 1)
    only(reading.problems, "total-row", "B3" if line.startswith("| {}") else "C3", word)


# Size


def test_a_tab_of_thousands_of_rows_goes_through_a_whole_pass(installation: Installation) -> None:
    table: list[list[object]] = [[f"K{n}", f"Mục tiêu {n // 4}", f"Kết quả {n}", 0, 100, n % 100] for n in range(4_000)]
    installation.spreadsheet("sales", {"OKR": [HEADER, *table]})
    installation.configure(CONFIG)
    outcome = installation.sync()
    assert outcome.result is PassResult.OK
    assert len(outcome.writes) == 4_000
    assert installation.counted(installation.sync) == (1, 0)
