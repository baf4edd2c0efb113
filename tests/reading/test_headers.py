"""Finding tables: which row is the header, which column is which, where a table ends. Never a guess."""

from dataclasses import replace

import pytest

from sync.domain.cells import CellRef
from sync.domain.problems import Problem
from sync.reading import TabReading
from sync.translations.problems import hint_of
from tests.support.grids import at, codes, grid, read, read_all

KR = 'key_result = { text = "KR", target = "Chỉ tiêu", current = "Hiện tại" }\n'


def told(reading: TabReading) -> list[tuple[str, CellRef | None]]:
    return [(found.code, found.cell) for found in reading.problems]


def facts(found: Problem) -> dict[str, str]:
    return dict(found.facts)


def targets(reading: TabReading) -> list[tuple[str, str]]:
    return [(found.text, found.target.text) for found in reading.key_results]


def test_the_header_is_found_below_titles_and_empty_rows() -> None:
    reading = read(grid("OKR QUÝ 1\n|\nCông ty | ABC\nKR | Chỉ tiêu | Hiện tại\na | 10 | 5"), KR)
    assert targets(reading) == [("a", "10")]
    assert reading.header_rows == 4


@pytest.mark.parametrize("counted", ["(1) | (2) | (3)", "A | 1 | 2=1/3", "1 | 2 | 3"])
def test_a_row_that_numbers_the_columns_is_of_the_header(counted: str) -> None:
    reading = read(grid(f"KR | Chỉ tiêu | Hiện tại\n{counted}\na | 10 | 5"), KR)
    assert targets(reading) == [("a", "10")]
    assert (reading.header_rows, reading.header_height) == (2, 2)


@pytest.mark.parametrize("numbers", ["a | 2 | 3", "5 | 10 | 20", "1 | 3 | 2"])
def test_other_rows_below_a_header_are_read(numbers: str) -> None:
    assert len(read(grid(f"KR | Chỉ tiêu | Hiện tại\n{numbers}"), KR).key_results) == 1


def test_what_the_names_of_a_header_are_merged_over_is_of_the_header() -> None:
    table = "Mục tiêu | KR | Chỉ tiêu | Hiện tại\n^ | ^ | quý 4 | tuần 1\nTăng | a | 10 | 5"
    reading = read(grid(table), f'objective = {{ text = "Mục tiêu" }}\n{KR}')
    assert [found.text for found in reading.objectives] == ["Tăng"]
    assert targets(reading) == [("a", "10")]


def test_the_order_of_columns_and_their_neighbours_do_not_matter() -> None:
    reading = read(grid("x | Hiện tại | y | Chỉ tiêu | KR\n1 | 5 | 2 | 10 | a"), KR)
    assert targets(reading) == [("a", "10")]


@pytest.mark.parametrize("header", ["CHỈ  TIÊU", "Chi\u0309 tiêu", "chỉ\u200b tiêu", "Chỉ\u00a0tiêu"])
def test_a_header_is_compared_as_people_see_it(header: str) -> None:
    assert targets(read(grid(f"KR | {header} | Hiện tại\na | 10 | 5"), KR)) == [("a", "10")]


def test_several_accepted_texts_mean_one_column() -> None:
    by = 'key_result = { text = ["KR", "Kết quả then chốt"] }'
    assert read(grid("Kết quả then chốt\na"), by).key_results[0].text == "a"


def test_a_missing_header_is_told_with_the_nearest_and_nothing_is_read() -> None:
    reading = read(grid("KR | Chi tieu | Hiện tại\na | 10 | 5"), KR)
    assert told(reading) == [("header-missing", at("A1"))]
    assert facts(reading.problems[0])["nearest"] == "B1 “Chi tieu”"
    assert (reading.refused, reading.key_results) == (True, [])


@pytest.mark.parametrize(
    ("headers", "lost", "nearest", "instead", "unused"),
    [
        (
            "Mục tiêu | KR | Chỉ tiêu | Thực tế | Ghi chú",
            "Hiện tại",
            "D1 “Thực tế”",
            "D1 “Thực tế”",
            "D1 “Thực tế”, E1 “Ghi chú”",
        ),
        (
            "Mục tiêu | KR | Chỉ tiêu | Ghi chú | Thực tế",
            "Hiện tại",
            "E1 “Thực tế”",
            "D1 “Ghi chú”",
            "D1 “Ghi chú”, E1 “Thực tế”",
        ),
        ("Mục tiêu | KR | Hiện tại | Ghi chú", "Chỉ tiêu", "none", "none", "D1 “Ghi chú”"),
        ("Mục tiêu | KR | Hiện tại", "Chỉ tiêu", "none", "none", "none"),
        ("Mục tiêu | KR | Chỉ tiu | Hiện tại", "Chỉ tiêu", "C1 “Chỉ tiu”", "C1 “Chỉ tiu”", "C1 “Chỉ tiu”"),
        ("Mục tiêu | KR | Target | Hiện tại", "Chỉ tiêu", "C1 “Target”", "C1 “Target”", "C1 “Target”"),
        ("Mục tiêu | KR | Mức | Hiện tại", "Chỉ tiêu", "none", "C1 “Mức”", "C1 “Mức”"),
        ("Mục tiêu | KR | Mức | Ghi chú | Hiện tại", "Chỉ tiêu", "none", "none", "C1 “Mức”, D1 “Ghi chú”"),
        ("Mục đích | KR | Chỉ tiêu | Hiện tại", "Mục tiêu", "A1 “Mục đích”", "A1 “Mục đích”", "A1 “Mục đích”"),
    ],
)
def test_near_is_only_what_is_alike_or_means_the_same_and_what_stands_in_its_place_is_told_apart(
    headers: str, lost: str, nearest: str, instead: str, unused: str
) -> None:
    by = 'objective.text = "Mục tiêu"\nkey_result = { text = "KR", target = "Chỉ tiêu", current = "Hiện tại" }'
    reading = read(grid(f"{headers}\no | a | 1 | 2 | 3"), by)
    told = [facts(found) for found in reading.problems]
    assert told == [{"title": "OKR", "header": lost, "nearest": nearest, "instead": instead, "unused": unused}]


def test_where_no_column_is_left_to_be_meant_the_hint_says_so() -> None:
    by = 'key_result = { text = "KR", target = "Chỉ tiêu", current = { column = "B" } }'
    [found] = read(grid("KR | Target\na | 5"), by).problems
    assert hint_of(found, "en").startswith(
        "Nearest: none. Where it most likely stood: none. Columns that nothing is read from: none. "
    )
    assert hint_of(found, "vi").startswith(
        "Gần nhất: không có. Ở chỗ có lẽ của nó bây giờ: không có. Các cột chưa dùng: không có. "
    )


def test_of_many_unused_columns_those_are_named_that_stand_where_the_lost_one_stood() -> None:
    others = " | ".join(f"Ghi chú của phòng {number}" for number in range(1, 9))
    reading = read(grid(f"{others} | KR | Ngưỡng 2026 | Hiện tại\n" + " | " * 8 + "a | 10 | 5"), KR)
    found = facts(reading.problems[0])
    assert (found["header"], found["nearest"]) == ("Chỉ tiêu", "none")
    assert found["unused"].startswith("J1 “Ngưỡng 2026”, H1 “Ghi chú của phòng 8”, ")


@pytest.mark.parametrize("source", ['{ column = "AZ" }', '{ cell = "AZ2" }'])
def test_a_column_beyond_the_tab_is_told_once_and_nothing_is_read(source: str) -> None:
    tab = replace(grid("KR | Chỉ tiêu | Hiện tại\na | 10 | 5\nb | 20 | 5"), columns=26)
    reading = read(tab, f'key_result = {{ text = "KR", target = "Chỉ tiêu", current = {source} }}')
    assert told(reading) == [("column-outside", at("Z1"))]
    assert facts(reading.problems[0]) == {"title": "OKR", "column": "AZ", "last": "Z"}
    assert (reading.refused, reading.key_results) == (True, [])


def test_every_missing_header_is_told_at_once() -> None:
    reading = read(grid("KR | a | b\nx | 1 | 2"), KR)
    assert [facts(found)["header"] for found in reading.problems] == ["Chỉ tiêu", "Hiện tại"]


def test_a_header_that_stands_twice_is_ambiguous() -> None:
    reading = read(grid("KR | Chỉ tiêu | Hiện tại | Chỉ tiêu\na | 10 | 5 | 20"), KR)
    assert told(reading) == [("header-ambiguous", at("B1"))]
    assert facts(reading.problems[0])["cells"] == "B1, D1"


def test_nth_says_which_of_equal_headers() -> None:
    by = 'key_result = { text = "KR", target = { header = "Chỉ tiêu", nth = 2 } }'
    assert targets(read(grid("KR | Chỉ tiêu | Chỉ tiêu\na | 10 | 20"), by)) == [("a", "20")]
    missing = read(grid("KR | Chỉ tiêu\na | 10"), by)
    assert told(missing) == [("header-missing", at("A1"))]


def test_a_letter_says_which_column_whatever_its_header() -> None:
    by = 'key_result = { text = "KR", target = { column = "C" } }'
    assert targets(read(grid("KR | ? | ?\na | 10 | 20"), by)) == [("a", "20")]


def test_a_star_in_a_header_stands_for_any_text() -> None:
    by = 'key_result = { text = "KR", target = "* Target Value" }'
    assert targets(read(grid("KR | 2026 Target Value\na | 10"), by)) == [("a", "10")]
    both = read(grid("KR | 2025 Target Value | 2026 Target Value\na | 10 | 20"), by)
    assert told(both) == [("header-ambiguous", at("B1"))]


def test_an_exact_header_comes_before_one_with_a_star() -> None:
    by = 'key_result = { text = "KR", target = ["Target", "Target *"] }'
    assert targets(read(grid("KR | Target 2025 | Target\na | 10 | 20"), by)) == [("a", "20")]


TWO_ROWS = """
   |           | Quý 1    |          | Quý 2    |
KR | Ban đầu   | Chỉ tiêu | Hiện tại | Chỉ tiêu | Hiện tại
a  | 0         | 10       | 5        | 20       | 6
"""


@pytest.mark.parametrize(("quarter", "target"), [("Quý 1", "10"), ("Quý 2", "20"), ("* 2", "20")])
def test_under_names_the_group_above_the_header(quarter: str, target: str) -> None:
    by = f'key_result = {{ text = "KR", target = {{ header = "Chỉ tiêu", under = "{quarter}" }} }}'
    assert targets(read(grid(TWO_ROWS), by)) == [("a", target)]


def test_a_group_that_is_not_there_is_named_with_the_missing_header() -> None:
    reading = read(grid(TWO_ROWS), 'key_result = { text = "KR", target = { header = "Chỉ tiêu", under = "Quý 3" } }')
    assert facts(reading.problems[0])["header"] == "Quý 3 → Chỉ tiêu"


MERGED_HEADER = """
KR | Quý 1    |
^  | Chỉ tiêu | Hiện tại
a  | 10       | 5
"""


def test_a_header_merged_over_both_rows_holds_its_text_in_the_upper_one() -> None:
    assert targets(read(grid(MERGED_HEADER), "header_rows = 2\n" + KR)) == [("a", "10")]


def test_a_header_row_may_be_fixed() -> None:
    table = grid("KR | Chỉ tiêu | Hiện tại\na | 1 | 1\nKR | Chỉ tiêu | Hiện tại\nb | 2 | 2")
    assert targets(read(table, "header_row = 3\n" + KR)) == [("b", "2")]


@pytest.mark.parametrize("header_rows", [1, 2])
def test_a_fixed_header_row_below_the_sheet_is_a_missing_header(header_rows: int) -> None:
    reading = read(grid("KR | Chỉ tiêu | Hiện tại"), f"header_row = 50\nheader_rows = {header_rows}\n{KR}")
    assert {code for code, _ in told(reading)} == {"header-missing"}


BLOCKS = """
KR | Chỉ tiêu | Hiện tại
a  | 10       | 5
|
KR | Chỉ tiêu | Hiện tại
b  | 20       | 6
"""


def test_blocks_of_one_layout_are_all_read() -> None:
    assert targets(read(grid(BLOCKS), KR)) == [("a", "10"), ("b", "20")]


WIDER = "KR | Chỉ tiêu | Nay\na | 10 | 5\nKR | Đầu | Chỉ tiêu | Nay\nb | 4 | 20 | 8"
NARROWER = "KR | Đầu | Chỉ tiêu | Nay\nb | 4 | 20 | 8\nKR | Chỉ tiêu | Nay\na | 10 | 5"
STARTED = (
    'key_result = { text = "KR", start = { header = "Đầu", optional = %s }, target = "Chỉ tiêu", current = "Nay" }'
)


@pytest.mark.parametrize(("blocks", "row"), [(WIDER, "A1"), (NARROWER, "A3")])
def test_a_block_that_lacks_a_column_is_told_and_not_read_whether_it_is_above_or_below(blocks: str, row: str) -> None:
    reading = read(grid(blocks), STARTED % "false")
    assert targets(reading) == [("b", "20")]
    assert told(reading) == [("other-table", at(row))]


def test_what_is_read_in_one_block_may_take_scores_in_another() -> None:
    by = (
        'key_result = { text = "KR", start.header = "Đầu", start.optional = true, target = "Chỉ tiêu", score = "Điểm" }'
    )
    reading = read(grid("KR | Chỉ tiêu | Điểm\na | 10 |\nKR | Đầu | Chỉ tiêu | Điểm\nb | 4 | 20 |"), by)
    assert [cell.a1 for found in reading.key_results for cell in found.score_cells] == ["C2", "D4"]


@pytest.mark.parametrize("blocks", [WIDER, NARROWER])
def test_an_optional_column_may_be_missing_in_a_block(blocks: str) -> None:
    reading = read(grid(blocks), STARTED % "true")
    assert sorted((found.text, found.start.text, found.target.text) for found in reading.key_results) == [
        ("a", "", "10"),
        ("b", "4", "20"),
    ]
    assert told(reading) == []


def test_a_block_that_another_mapping_of_the_tab_reads_is_not_told() -> None:
    shorter = 'key_result = { when = { header = "KR", is = "a" }, text = "KR", target = "Chỉ tiêu" }'
    reading = read_all([grid(WIDER)], shorter, STARTED % "false")
    assert [found.text for found in reading.key_results] == ["a", "b"]
    assert "other-table" not in codes(reading)


def test_blocks_with_two_header_rows_are_all_read() -> None:
    blocks = """
       | Quý 1    |
    KR | Chỉ tiêu | Hiện tại
    a  | 10       | 5
       | Quý 1    |
    KR | Chỉ tiêu | Hiện tại
    b  | 20       | 6
    """
    by = 'key_result = { text = "KR", target = { header = "Chỉ tiêu", under = "Quý 1" } }'
    assert targets(read(grid(blocks), by)) == [("a", "10"), ("b", "20")]


def test_blocks_whose_first_header_is_merged_over_both_rows_are_all_read() -> None:
    assert targets(read(grid(MERGED_HEADER + MERGED_HEADER), "header_rows = 2\n" + KR)) == [("a", "10"), ("a", "10")]


def test_an_objective_of_one_block_does_not_reach_into_the_next() -> None:
    blocks = "O | KR\no | a\nO | KR\n | b"
    reading = read(grid(blocks), 'objective.text = "O"\nkey_result.text = "KR"')
    assert [bool(found.objective) for found in reading.key_results] == [True, False]


def test_without_any_header_columns_go_by_letter_from_the_first_row() -> None:
    by = 'key_result = { text = { column = "A" }, target = { column = "B" } }'
    assert targets(read(grid("a | 10\nb | 20"), by)) == [("a", "10"), ("b", "20")]
    assert targets(read(grid("a | 10\nb | 20"), "header_row = 1\n" + by)) == [("b", "20")]


def test_an_empty_tab_says_so() -> None:
    reading = read(grid("|\n|"), KR)
    assert told(reading) == [("tab-empty", at("A1"))]
    assert not reading.refused


def test_a_table_ends_before_the_row_that_until_names() -> None:
    table = grid("KR | Chỉ tiêu | Hiện tại\na | 10 | 5\nTổng | 10 | 5\nb | 20 | 6")
    assert targets(read(table, 'until = { header = "KR", matches = "Tổng" }\n' + KR)) == [("a", "10")]


def test_until_ends_one_block_and_not_the_next() -> None:
    table = grid("KR | Chỉ tiêu\na | 1\nTổng | 1\nx | 1\nKR | Chỉ tiêu\nb | 2")
    by = 'until = { header = "KR", is = "Tổng" }\nkey_result = { text = "KR", target = "Chỉ tiêu" }'
    assert targets(read(table, by)) == [("a", "1"), ("b", "2")]


@pytest.mark.parametrize(
    ("until", "ends"),
    [
        pytest.param("", [4, 6], id="before the next header, and after the last row"),
        pytest.param('until = { header = "KR", is = "Tổng chi" }', [2, 6], id="before the row that ends it"),
        pytest.param('until = { header = "KR", is = ["a", "b"] }', [1, 5], id="before its first row"),
    ],
)
def test_each_table_tells_before_which_row_it_ended(until: str, ends: list[int]) -> None:
    table = grid("KR | Chỉ tiêu\na | 1\nTổng chi | 1\nx | 1\nKR | Chỉ tiêu\nb | 2")
    by = until + '\nkey_result = { text = "KR", target = "Chỉ tiêu" }'
    reading = read(table, by)
    assert (len(reading.tables), reading.ends) == (2, ends)


def test_a_refused_tab_tells_too_where_its_tables_end() -> None:
    reading = read(
        grid("KR | Chỉ tiêu\na | 1\nb | 2"),
        'key_result = { text = "KR", target = "Chỉ tiêu", score = { column = "B" } }',
    )
    assert (reading.refused, len(reading.tables), reading.ends) == (True, 1, [3])


@pytest.mark.parametrize(
    "skip",
    [
        '{ header = "TT", is = "Hủy" }',
        '{ header = "TT", is = ["nháp", "HỦY"] }',
        '{ header = "TT", matches = "H" }',
        '{ header = "TT", blank = false }',
        '[{ header = "KR", is = "b" }, { header = "TT", is = "Hủy" }]',
    ],
)
def test_rows_that_a_skip_names_do_not_count(skip: str) -> None:
    table = grid("KR | TT\na |\nx | Hủy\nc |")
    reading = read(table, f'skip = {skip}\nkey_result.text = "KR"')
    assert [found.text for found in reading.key_results] == ["a", "c"]


def test_a_pattern_of_columns_leaves_out_those_that_are_named_for_something_else() -> None:
    tab = grid("""
        O    | KR | Chỉ tiêu | T1 | T2 | Tỷ lệ đạt
        Tăng | a  | 10       | 4  |    | 0.9
    """)
    reading = read(
        tab,
        """
        objective = { text = "O" }
        [key_result]
        text = "KR"
        target = "Chỉ tiêu"
        current = { header = "T*", pick = "last" }
        score = "Tỷ lệ đạt"
        """,
    )
    assert [found.current.number for found in reading.key_results] == [4]
    assert reading.problems == []
