"""From rows to OKRs: what belongs together, on whatever rows and tabs it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.grid import CellError, Scalar, Tab
from sync.domain.problems import Problem
from sync.domain.scoring import score_key_result
from sync.reading import BookReading, TabReading
from sync.translations.problems import message_of
from tests.support.grids import at, codes, grid, read, read_all


def tree(reading: BookReading | TabReading) -> list[tuple[str, str]]:
    texts = {objective.key: objective.text for objective in reading.objectives}
    return [(texts.get(found.objective, ""), found.text) for found in reading.key_results]


# What belongs together


@pytest.mark.parametrize(
    "table",
    [
        "O | KR\no | a\n  | b\np | c",
        "O | KR\no | a\no | b\np | c",
        "O | KR\no | a\n^ | b\np | c",
        "O | KR\no |\n | a\n | b\np |\n | c",
        "O | KR\no | a\n|\n | b\np | c",
    ],
    ids=["blank below", "repeated", "merged", "own row", "empty row between"],
)
def test_a_key_result_belongs_to_the_objective_beside_or_above(table: str) -> None:
    reading = read(grid(table), 'objective.text = "O"\nkey_result.text = "KR"')
    assert [found.text for found in reading.objectives] == ["o", "p"]
    assert tree(reading) == [("o", "a"), ("o", "b"), ("p", "c")]
    assert codes(reading) == []


def test_a_key_result_above_every_objective_is_stray() -> None:
    reading = read_all([grid("O | KR\n | a\no | b")], 'objective.text = "O"\nkey_result.text = "KR"')
    assert tree(reading) == [("", "a"), ("o", "b")]
    assert [(found.code, found.cell) for found in reading.problems] == [("no-objective", at("B2"))]


def test_rows_of_both_kinds_in_one_column_are_told_apart_by_a_rule() -> None:
    by = r"""
    [objective]
    text = "Tên"
    when = { header = "Mã", matches = 'O\d+$' }
    [key_result]
    text = "Tên"
    when = { header = "Mã", matches = 'O\d+\.KR' }
    """
    reading = read(grid("Mã | Tên\nO1 | o\nO1.KR1 | a\nO2 | p\nO2.KR1 | b\n | ghi chú"), by)
    assert tree(reading) == [("o", "a"), ("p", "b")]


def test_an_objective_row_met_twice_is_a_duplicate_where_rows_are_told_apart() -> None:
    by = 'objective = { text = "O", when = { header = "Loại", is = "O" } }\nkey_result = { text = "KR" }'
    reading = read(grid("Loại | O | KR\nO | o |\nO | o | "), by)
    assert codes(reading) == ["duplicate"]


def test_a_repeated_objective_takes_its_score_on_every_row_and_a_merged_one_once() -> None:
    by = 'objective = { text = "O", score = "Điểm" }\nkey_result.text = "KR"'
    repeated = read(grid("O | KR | Điểm\no | a |\no | b |"), by)
    assert repeated.objectives[0].score_cells == (at("C2"), at("C3"))
    one = read(grid("O | KR | Điểm\no | a |\n^ | b | ^"), by)
    assert one.objectives[0].score_cells == (at("C2"),)


def test_one_objective_text_of_two_owners_is_two_objectives() -> None:
    by = 'objective = { text = "O", owner = "Ai" }\nkey_result.text = "KR"'
    reading = read(grid("O | Ai | KR\no | An | a\no | Bình | b"), by)
    assert len({found.key for found in reading.objectives}) == 2
    assert len({found.objective for found in reading.key_results}) == 2


def test_a_repeated_objective_whose_other_cells_are_blank_is_the_same() -> None:
    by = 'objective = { text = "O", owner = "Ai" }\nkey_result.text = "KR"'
    reading = read(grid("O | Ai | KR\no | An | a\no | | b"), by)
    assert [found.owner for found in reading.objectives] == ["An"]


def test_key_results_side_by_side_are_one_each() -> None:
    by = """
    objective.text = "O"
    [key_result]
    repeat = ["1", "2"]
    text = "KR{}"
    target = "Đích {}"
    score = "Điểm {}"
    """
    reading = read(grid("O | KR1 | Đích 1 | Điểm 1 | KR2 | Đích 2 | Điểm 2\no | a | 10 | | b | 20 |\np | c | 30"), by)
    assert tree(reading) == [("o", "a"), ("o", "b"), ("p", "c")]
    assert [found.target.number for found in reading.key_results] == [10, 20, 30]
    assert [found.score_cells for found in reading.key_results] == [(at("D2"),), (at("G2"),), (at("D3"),)]
    assert reading.identity_columns == (0, 1, 4)


def test_equal_texts_side_by_side_are_different_key_results() -> None:
    by = 'objective.text = "O"\nkey_result = { repeat = ["1", "2"], text = "KR{}" }'
    reading = read(grid("O | KR1 | KR2\no | a | a"), by)
    assert len({found.key for found in reading.key_results}) == 2


TABS = (
    'title = "O"\nobjective = { id = "Mã", text = "Tên" }',
    'title = "KR"\nkey_result = { text = "Tên", objective = "Thuộc" }',
)


@pytest.mark.parametrize("reference", ["O1", "o1", "Tăng trưởng", "  TĂNG   trưởng "])
def test_key_results_on_another_tab_find_their_objective_by_id_or_text(reference: str) -> None:
    tabs = [grid("Mã | Tên\nO1 | Tăng trưởng", "O", 1), grid(f"Tên | Thuộc\na | {reference}", "KR", 2)]
    assert tree(read_all(tabs, *TABS)) == [("Tăng trưởng", "a")]


@pytest.mark.parametrize("reference", ["O9", ""])
def test_a_reference_that_names_nothing_is_told(reference: str) -> None:
    tabs = [grid("Mã | Tên\nO1 | o", "O", 1), grid(f"Tên | Thuộc\na | {reference}", "KR", 2)]
    reading = read_all(tabs, *TABS)
    assert [(found.code, found.cell) for found in reading.problems] == [("no-objective", at("A2", 2, "KR"))]


# Anything may stand in a sheet

cells: st.SearchStrategy[Scalar] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(["O", "KR", "≤ 5", "1-2", "3/0", "0/0", "100%", "1.234", "-", "có", "9" * 40 + "-1"]),
    st.sampled_from(["#REF!", "Loading…"]).map(CellError),
)


@given(st.lists(st.lists(cells, max_size=9), max_size=8))
def test_reading_and_scoring_never_raise_on_what_a_sheet_holds(rows: list[list[Scalar]]) -> None:
    header: list[Scalar] = ["O", "Cấp", "KR", "Đầu", "Đích", "Nay", "W", "Kiểu", "Hướng"]
    by = """
    objective = { text = "O", level = "Cấp", weight = "W" }
    [key_result]
    text = "KR"
    start = "Đầu"
    target = "Đích"
    current = "Nay"
    weight = "W"
    metric = "Kiểu"
    direction = "Hướng"
    [check_in]
    key_result = "KR"
    date = "Đầu"
    value = "Nay"
    """
    reading = read_all([Tab(1, "OKR", [header, *rows])], by)
    for found in reading.key_results:
        score = score_key_result(found)
        assert score.value is None or 0 <= score.value <= 1
    everything: list[Problem] = list(reading.problems)
    assert all(message_of(item, language) for item in everything for language in ("vi", "en"))


def test_key_results_below_an_objective_that_is_skipped_do_not_fall_to_the_one_above() -> None:
    tab = grid("""
        Loại | Nội dung | Trạng thái | Chỉ tiêu | Hiện tại
        O    | Tăng     |            |          |
        KR   | a        |            | 10       | 5
        O    | Hoãn lại | Huỷ        |          |
        KR   | b        |            | 10       | 0
        O    | Giữ      |            |          |
        KR   | c        |            | 10       | 8
    """)
    reading = read(
        tab,
        """
        skip = [{ header = "Trạng thái", is = "Huỷ" }]
        objective = { text = "Nội dung", when = { header = "Loại", is = "O" } }
        [key_result]
        text = "Nội dung"
        when = { header = "Loại", is = "KR" }
        target = "Chỉ tiêu"
        current = "Hiện tại"
        """,
    )
    assert [found.text for found in reading.objectives] == ["Tăng", "Giữ"]
    assert [found.text for found in reading.key_results] == ["a", "c"]


def test_a_key_result_merged_over_its_initiatives_counts_once() -> None:
    tab = grid("""
        Mục tiêu | KR | Chỉ tiêu | Hiện tại | Sáng kiến
        Tăng     | a  | 10       | 5        | gọi khách
        ^        | ^  | ^        | ^        | gửi thư
        ^        | b  | 10       | 8        | học thêm
    """)
    reading = read(
        tab,
        """
        objective = { text = "Mục tiêu" }
        key_result = { text = "KR", target = "Chỉ tiêu", current = "Hiện tại" }
        initiative = { text = "Sáng kiến", key_result = "KR" }
        """,
    )
    assert [found.text for found in reading.key_results] == ["a", "b"]
    assert [found.key_results for found in reading.initiatives] == [("a",), ("a",), ("b",)]
    assert reading.problems == []


@pytest.mark.parametrize("below", ["", "^"], ids=["blank below", "merged"])
def test_key_results_below_a_skipped_first_row_stay_with_their_own_objective(below: str) -> None:
    tab = grid(f"""
        Mục tiêu  | KR | Chỉ tiêu | Hiện tại | Tình trạng
        Bán tốt   | a  | 10       | 5        |
        Giữ người | b  | 10       | 9        | Huỷ
        {below}   | c  | 10       | 2        |
        {below}   | d  | 10       | 4        |
        Bỏ hẳn    | e  | 10       | 1        | Huỷ
        Học hỏi   | f  | 10       | 1        |
    """)
    reading = read(
        tab,
        """
        skip = { header = "Tình trạng", is = "Huỷ" }
        objective = { text = "Mục tiêu" }
        key_result = { text = "KR", target = "Chỉ tiêu", current = "Hiện tại" }
        """,
    )
    names = {found.key: found.text for found in reading.objectives}
    assert [(found.text, names[found.objective]) for found in reading.key_results] == [
        ("a", "Bán tốt"),
        ("c", "Giữ người"),
        ("d", "Giữ người"),
        ("f", "Học hỏi"),
    ]
    assert list(names.values()) == ["Bán tốt", "Giữ người", "Học hỏi"]


def test_repeat_fills_patterns_conditions_and_labels_too() -> None:
    by = r"""
    objective.text = "O"
    [key_result]
    repeat = ["1", "2+"]
    text = { header = "KRs", pattern = '{}: ([^;]+)' }
    owner = { label = "Phụ trách {}" }
    when = { header = "Bật", matches = '.*{}' }
    """
    table = "Phụ trách 1: An\nPhụ trách 2+: Bo\nO | KRs | Bật\no | 1: a; 2+: b | 1, 2+\np | 1: c; 2+: d | 1"
    reading = read(grid(table), by)
    found = [(each.text, each.owner) for each in reading.key_results]
    assert found == [("a", "An"), ("b", "Bo"), ("c", "An")]
