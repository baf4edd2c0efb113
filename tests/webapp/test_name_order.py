"""Names in the order in which Vietnamese readers look for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.reader.name_order import name_order


@pytest.mark.parametrize(
    "ordered",
    [
        ["An", "Ăn", "Ân", "Bình"],
        ["Dung", "Dũng", "Đạt", "Em"],
        ["Hà", "Hả", "Hạ", "Hải"],
        ["Nguyễn An", "Nguyễn Văn An", "Nguyễn Văn Bình"],
        ["Ô", "Ơ", "Phòng Kinh doanh", "Ủy ban", "Ưng"],
        ["Kho", "Ω"],
    ],
)
def test_letters_go_before_tones(ordered: list[str]) -> None:
    found = ordered[::-1]
    found.sort(key=name_order)
    assert found == ordered


def test_case_and_composition_do_not_matter_before_the_letters_do() -> None:
    assert sorted(["bình", "An", "ANH"], key=name_order) == ["An", "ANH", "bình"]
    assert name_order("Đa\u0323t")[:2] == name_order("Đạt")[:2]


@given(st.lists(st.text(max_size=8)))
def test_any_texts_have_an_order(texts: list[str]) -> None:
    other_way = texts[::-1]
    other_way.sort(key=name_order)
    assert other_way == sorted(texts, key=name_order)
