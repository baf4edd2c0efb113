"""Sources made of sources: texts that are joined, the nearest one above, and the line beside a key result of several in
one cell.
"""

from decimal import Decimal

import pytest

from sync.domain.grid import Scalar, Tab
from sync.reading import BookReading, TabReading
from sync.translations.problems import message_of
from tests.support.grids import at, codes, grid, read, read_all


def periods(reading: BookReading) -> list[tuple[str, str]]:
    return [(found.text, found.period) for found in reading.objectives]


# Joined


BY_YEAR_AND_QUARTER = 'objective = { text = "O", period = { join = ["Quý", "Năm"], separator = "/" } }'


def test_a_period_may_be_joined_of_year_and_quarter() -> None:
    reading = read_all([grid("Năm | Quý | O\n2026 | Q3 | a\n^ | Q4 | a")], BY_YEAR_AND_QUARTER)
    assert periods(reading) == [("a", "Q3/2026"), ("a", "Q4/2026")]
    assert reading.problems == ()


def test_of_what_is_joined_a_blank_is_left_out() -> None:
    reading = read_all([grid("Năm | Quý | O\n2026 | | a\n | Q4 | b\n | | c")], BY_YEAR_AND_QUARTER)
    assert periods(reading) == [("a", "2026"), ("b", "Q4"), ("c", "")]


def test_a_constant_before_a_blank_is_blank_and_constants_alone_are_a_text() -> None:
    by = """
    [objective]
    text = "O"
    id.join = [{ value = "CT" }, { value = "1" }]
    parent = { join = [{ value = "CT" }, "Thuộc số"], separator = "" }
    """
    [linked] = read(grid("Thuộc số | O\n2 | a"), by).objectives
    [alone] = read(grid("Thuộc số | O\n | a"), by).objectives
    assert [(found.id, found.parent) for found in (linked, alone)] == [("CT 1", "CT2"), ("CT 1", "")]


def test_any_kind_of_source_may_be_joined_and_the_whole_be_narrowed() -> None:
    by = r"""
    title = "OKR *"
    [objective]
    text = "O"
    period.join = [{ header = "Quý", pattern = '\d' }, { value = "of" }, { tab_title = true }]
    period.pattern = '^(.*) OKR'
    """
    assert periods(read_all([grid("Quý | O\nQuý 4 | a", "OKR 2026")], by)) == [("a", "4 of")]


def test_tabs_are_joined_by_an_id_of_several_columns() -> None:
    objectives = 'objective = { text = "O", id = { join = ["Phòng", "Mã"], separator = "-" } }'
    key_results = """
    title = "KR"
    [key_result]
    text = "KR"
    id = { join = ["Phòng", "Số"] }
    objective = { join = ["Phòng", "Mã O"], separator = "-" }
    """
    tabs = [
        grid("Phòng | Mã | O\nKD | 1 | bán\nKho | 1 | giao"),
        grid("Phòng | Mã O | Số | KR\nKho | 1 | 1 | a\nKD | 1 | 1 | b\n^ | 1 | 2 | c", "KR", 2),
    ]
    reading = read_all(tabs, objectives, key_results)
    texts = {found.key: found.text for found in reading.objectives}
    assert [(found.id, texts[found.objective]) for found in reading.key_results] == [
        ("Kho 1", "giao"),
        ("KD 1", "bán"),
        ("KD 2", "bán"),
    ]
    assert reading.problems == ()


def test_columns_that_are_joined_tell_rows_apart_and_must_be_there() -> None:
    by = 'objective = { text = "O", period = { join = ["Năm", "Quý"] } }'
    assert read(grid("O | Năm | Quý\na | 2026 | Q4"), by).identity_columns == (0, 1, 2)
    reading = read(grid("O | Năm\na | 2026"), by)
    assert (codes(reading), reading.refused) == (["header-missing"], True)


# The nearest above


def test_the_nearest_row_above_that_matches_says_the_section() -> None:
    by = r"""
    skip = { header = "KR", matches = '[IV]+\. ' }
    [objective]
    text = "O"
    unit = { header = "KR", above = true, pattern = '^[IV]+\. (.+)' }
    [key_result]
    text = "KR"
    """
    reading = read(grid("O | KR\n | I. Bán hàng\no | a\n | b\n | II. Kho\np | c"), by)
    assert [(found.text, found.unit) for found in reading.objectives] == [("o", "Bán hàng"), ("p", "Kho")]


def test_a_section_may_stand_above_the_header_of_its_block() -> None:
    by = r"""
    [objective]
    text = { column = "A", above = true, pattern = '^Objective \d+: (.+)' }
    [key_result]
    text = "KR"
    """
    reading = read_all([grid("Objective 1: Fast\nKR | Target\na | 1\nObjective 2: Safe\nKR | Target\nb | 2")], by)
    texts = {found.key: (found.text, found.cell) for found in reading.objectives}
    told = [(texts[found.objective], found.text) for found in reading.key_results if found.text in "ab"]
    assert told == [(("Fast", at("A1")), "a"), (("Safe", at("A4")), "b")]


def test_a_header_is_no_section() -> None:
    by = """objective = { text = "O", unit = { header = "Nhóm", above = true, pattern = '.+' } }"""
    assert [found.unit for found in read(grid("Phòng ban | \nNhóm | O\n | a\nKho | b"), by).objectives] == [
        "Phòng ban",
        "Kho",
    ]


def test_without_a_pattern_a_blank_is_filled_from_above_within_the_table() -> None:
    by = 'objective = { text = "O", owner = { header = "Ai", above = true } }'
    reading = read(grid("Công ty | OKR\nAi | O\n | a\nAn | b\n | c\nBình | d"), by)
    assert [found.owner for found in reading.objectives] == ["", "An", "An", "Bình"]


def test_a_condition_may_ask_for_the_section_that_a_row_is_in() -> None:
    by = r"""
    [key_result]
    text = "KR"
    when = { header = "KR", above = true, pattern = '^\[(.+)\]', is = "KPI" }
    """
    reading = read(grid("KR | Đích\n[KPI] | \na | 1\n[Việc] | \nb | 2\n[KPI] | \nc | 3"), by)
    assert [found.text for found in reading.key_results if not found.text.startswith("[")] == ["a", "c"]


def test_the_nearest_above_is_looked_for_once_for_a_column_however_long_it_is() -> None:
    rows: list[list[Scalar]] = [["O", "Mục"], ["o0", "I. Kho"]]
    rows += [[f"o{number}", None] for number in range(1, 20_000)]
    by = r"""objective = { text = "O", unit = { header = "Mục", above = true, pattern = '^I\. (.+)' } }"""
    assert {found.unit for found in read(Tab(1, "OKR", rows), by).objectives} == {"Kho"}


# The line beside a key result


BY_LINE = """
objective.text = "O"
[key_result]
text = "KR"
each = '^- (.+)$'
target = { header = "Đích", line = true }
current = { header = "Nay", line = true, pattern = '(\\d+)' }
owner = { header = "Ai", line = true }
weight = { header = "Trọng số", line = true }
"""


def lined(reading: TabReading) -> list[tuple[str, Decimal | None, Decimal | None, str, Decimal | None]]:
    return [
        (found.text, found.target.number, found.current.number, found.owner, found.weight)
        for found in reading.key_results
    ]


def sheet(*cells: Scalar) -> Tab:
    return Tab(1, "OKR", [["O", "KR", "Đích", "Nay", "Ai", "Trọng số"], ["o", "- a\n- b", *cells]])


def test_the_nth_line_of_a_cell_belongs_to_the_nth_key_result_of_the_cell_beside() -> None:
    reading = read(sheet("10\n1,5 tỷ", "có 4\ncó 7", "An\nBình", "70%\n30%"), BY_LINE)
    assert lined(reading) == [
        ("a", Decimal(10), Decimal(4), "An", Decimal("0.7")),
        ("b", Decimal(1_500_000_000), Decimal(7), "Bình", Decimal("0.3")),
    ]
    assert reading.problems == []


@pytest.mark.parametrize("cell", ["10\n-", "10\r\n-\r\n", "\n10\n-"])
def test_a_dash_holds_the_place_of_a_key_result_that_has_nothing(cell: str) -> None:
    reading = read(sheet(cell, None, None, None), BY_LINE)
    assert [(found.target.number, found.target.fault) for found in reading.key_results] == [
        (Decimal(10), ""),
        (None, ""),
    ]
    assert reading.problems == []


def test_so_does_an_empty_line_between_others() -> None:
    by = 'key_result = { text = "KR", each = "^- (.+)$", target = { header = "Đích", line = true } }'
    reading = read(Tab(1, "OKR", [["KR", "Đích"], ["- a\n- b\n- c", "10\n\n30"]]), by)
    assert [found.target.number for found in reading.key_results] == [10, None, 30]


@pytest.mark.parametrize("cell", ["10\n20\n30", "10", "10\n", 10, "10 200"])
def test_another_number_of_lines_is_told_and_nobodys(cell: Scalar) -> None:
    reading = read(sheet(cell, None, None, None), BY_LINE)
    assert [(found.target.number, found.target.fault) for found in reading.key_results] == [(None, "not-a-number")] * 2
    [problem] = reading.problems
    assert (problem.code, problem.cell) == ("lines-differ", at("C2"))
    assert message_of(problem, "en").endswith("than there are key results beside it, 2 (Đích).")


def test_a_weight_among_another_number_of_lines_does_not_count_and_an_owner_is_nobody() -> None:
    reading = read(sheet("1\n2", "1\n2", "An", "70%"), BY_LINE)
    assert [(found.owner, found.weight) for found in reading.key_results] == [("", None)] * 2
    assert codes(reading) == ["lines-differ", "lines-differ"]


def test_a_single_key_result_takes_the_whole_cell_as_it_is() -> None:
    reading = read(Tab(1, "OKR", [["O", "KR", "Đích", "Nay", "Ai", "Trọng số"], ["o", "- a", 10, 4, "An", 2]]), BY_LINE)
    assert lined(reading) == [("a", Decimal(10), Decimal(4), "An", Decimal(2))]


def test_a_line_may_be_a_part_of_what_is_joined() -> None:
    by = """
    [key_result]
    text = "KR"
    each = '^- (.+)$'
    owner = { join = ["Phòng", { header = "Ai", line = true }], separator = " / " }
    """
    reading = read(Tab(1, "OKR", [["KR", "Phòng", "Ai"], ["- a\n- b", "Kho", "An\nBình"]]), by)
    assert [found.owner for found in reading.key_results] == ["Kho / An", "Kho / Bình"]


def test_a_field_in_the_place_of_another_takes_the_line_of_that_one() -> None:
    by = """
    [key_result]
    text = "KR"
    each = '^- (.+)$'
    target = { header = "Đích", line = true, pattern = '^([0-9]+)' }
    owner = { header = "Đích", line = true, pattern = '[(](.+)[)]' }
    measure = { field = "owner", pattern = '^([A-Z])' }
    """
    reading = read(Tab(1, "OKR", [["KR", "Đích"], ["- a\n- b", "10 (An)\n20 (Bình)"]]), by)
    assert [(found.target.number, found.owner, found.measure) for found in reading.key_results] == [
        (Decimal(10), "An", "A"),
        (Decimal(20), "Bình", "B"),
    ]
