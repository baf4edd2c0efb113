"""Rows like a row."""

from collections.abc import Sequence
from typing import Any

import pytest

from sync.config.mapping import TabMapping
from sync.domain.grid import Scalar, Tab
from sync.reading.headers import find_tables
from sync.reading.row_fields import all_sources
from tests.support.grids import book
from webapp.desk.alike import Alike, alike, ends

Values = Sequence[Sequence[Scalar]]

ROWS: Values = [
    ["Mã", "Nội dung", "Chỉ tiêu"],
    ["O1", "Tăng trưởng", None],
    ["KR1.1", "Doanh thu", 200],
    ["KR1.2", "Khách hàng", 40],
    ["O2", "Vận hành", None],
    ["KR2.1", "Yêu cầu hỗ trợ", 90],
    ["", "Tổng cộng", 330],
    ["Ghi chú", "Số liệu của quý trước", None],
]


def offered(row: int, rows: Values = ROWS) -> list[Alike]:
    tab = Tab(1, "OKR", rows)
    whole = book(tab)
    mapping = TabMapping.model_validate({"title": "OKR", "key_result": {"text": "Nội dung", "target": "Chỉ tiêu"}})
    tables, _ = find_tables(whole, tab, mapping, list(all_sources(mapping)))
    return alike(whole, tab, tables[0], row)


def rows_by(condition: dict[str, Any], row: int) -> tuple[int, ...]:
    return next(each.rows for each in offered(row) if dict(each.condition) == condition)


@pytest.mark.parametrize(
    ("row", "rows"), [(1, (1, 4)), (2, (2, 3, 5)), (3, (2, 3, 5))], ids=["an objective", "a key result", "another"]
)
def test_a_number_stands_for_any_number(row: int, rows: tuple[int, ...]) -> None:
    assert rows in [each.rows for each in offered(row) if "matches" in each.condition]


def test_what_is_missing_in_a_row_tells_it_from_others() -> None:
    assert rows_by({"header": "Chỉ tiêu", "blank": True}, 1) == (1, 4, 7)


def test_a_text_stands_for_itself() -> None:
    assert rows_by({"header": "Nội dung", "is": "Tổng cộng"}, 6) == (6,)


@pytest.mark.parametrize("row", range(1, 8))
def test_every_offer_holds_for_the_row_and_none_for_all_rows(row: int) -> None:
    found = offered(row)
    assert found
    assert all(row in each.rows and len(each.rows) < 7 for each in found)


def test_no_two_offers_of_a_column_take_the_same_rows() -> None:
    found = [(each.condition.get("header"), each.rows) for each in offered(2)]
    assert len(set(found)) == len(found)


def test_words_where_other_rows_have_numbers_come_first() -> None:
    rows: Values = [["Nội dung", "Chỉ tiêu"], ["a", "12 tỷ"], ["b", "40 khách"], ["c", "theo mốc"], ["d", "8 %"]]
    assert dict(offered(3, rows)[0].condition) == {"header": "Chỉ tiêu", "is": "theo mốc"}


def test_a_table_ends_only_before_the_first_row_that_a_condition_takes() -> None:
    assert all(each.rows[0] == 7 for each in ends(offered(7), 7))
    assert ends(offered(7), 7)
    assert ends(offered(4), 4) == [each for each in offered(4) if each.rows[0] == 4]


def test_a_column_without_a_header_of_its_own_goes_by_its_letter() -> None:
    rows: Values = [["Nội dung", "", "Chỉ tiêu"], ["a", "x", 1], ["b", "x", 2], ["c", "", 3]]
    conditions = [dict(each.condition) for each in offered(1, rows)]
    assert {"column": "B", "is": "x"} in conditions
