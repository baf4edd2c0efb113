"""An objective that is repeated beside each of its key results: told of every cell, read once."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sync.domain.grid import Tab
from sync.reading import read_book
from tests.support.grids import book, mapping
from tests.support.steps import steps

HEADER: list[Any] = ["Mục tiêu", "Cấp", "Trạng thái", "Kết quả then chốt", "Chỉ tiêu"]
FIELDS = mapping(
    'objective = { text = "Mục tiêu", level = "Cấp", status = "Trạng thái" }\n'
    'key_result = { text = "Kết quả then chốt", target = "Chỉ tiêu" }'
)
LEVELS = ["công ty", "phòng ban", "cá nhân", "", "sao hoả"]
STATUSES = ["nháp", "đang chạy", "", "hôm qua"]
UNKNOWN = {"sao hoả", "hôm qua"}

ROWS = st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(LEVELS), st.sampled_from(STATUSES)), max_size=12)


def tab(rows: list[tuple[str, str, str]]) -> Tab:
    table: list[list[Any]] = [[*row, f"Kết quả {number}", 5] for number, row in enumerate(rows)]
    return Tab(1, "OKR", [HEADER, *table])


@given(rows=ROWS)
def test_every_cell_with_a_word_that_is_not_understood_is_told_once(rows: list[tuple[str, str, str]]) -> None:
    told = [found.cell for found in read_book(book(tab(rows)), [FIELDS]).problems if found.code == "unknown-word"]
    expected = [
        (number, column)
        for number, row in enumerate(rows, 1)
        for column, text in enumerate(row)
        if column and text in UNKNOWN
    ]
    assert [cell.place for cell in told if cell] == expected


@given(rows=ROWS)
def test_an_objective_is_what_its_first_row_says(rows: list[tuple[str, str, str]]) -> None:
    first = {row[0]: number for number, row in reversed(list(enumerate(rows, 1)))}
    for objective in read_book(book(tab(rows)), [FIELDS]).objectives:
        alone = read_book(book(tab([rows[first[objective.text] - 1]])), [FIELDS]).objectives[0]
        assert (objective.level, objective.status) == (alone.level, alone.status)
        assert objective.cell.row == first[objective.text]


def test_what_is_repeated_to_the_letter_is_not_looked_at_again() -> None:
    few, many = (tab([("A", "công ty", "nháp")] * count) for count in (2, 200))
    words = "sync.reading.word_cells"
    assert steps(words, lambda: read_book(book(many), [FIELDS])) == steps(words, lambda: read_book(book(few), [FIELDS]))
