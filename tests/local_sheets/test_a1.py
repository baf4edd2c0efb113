"""A1 text and areas are two ways to write the same thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.local_sheets.book.a1 import Reading, column_index, format_range, letters, readings
from sync.local_sheets.book.areas import Area
from sync.local_sheets.book.formula_text import parse_reference, rewritten

rows = st.tuples(st.integers(0, 10_000), st.integers(1, 500)).map(lambda pair: (pair[0], sum(pair)))
columns = st.tuples(st.integers(0, 17_000), st.integers(1, 500)).map(lambda pair: (pair[0], sum(pair)))
bounded = st.builds(lambda r, c: Area(r[0], c[0], r[1], c[1]), rows, columns)
open_rows = st.builds(lambda top, c: Area(top, c[0], None, c[1]), st.integers(0, 10_000), columns)
open_columns = st.builds(lambda r, left: Area(r[0], left, r[1], None), rows, st.integers(0, 18_000))


@given(st.text(min_size=1).filter(lambda title: not title.startswith("'")), st.one_of(bounded, open_rows, open_columns))
def test_what_is_written_is_read_back(title: str, area: Area) -> None:
    assert readings(format_range(title, area))[0] == Reading(title, area)


@given(st.integers(0, 18_277))
def test_columns_have_letters(column: int) -> None:
    assert column_index(letters(column)) == column


@pytest.mark.parametrize(
    ("column", "text"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (18_277, "ZZZ")]
)
def test_letters_carry_over(column: int, text: str) -> None:
    assert letters(column) == text


@pytest.mark.parametrize(
    "text", ["A1", "$A$1", "A$1:$B2", "A:C", "$A:$C", "1:3", "$2:$2", "'Kế hoạch'!A1", "'it''s'!A1:B2", "Data!A:A"]
)
def test_a_reference_is_written_as_it_was_read(text: str) -> None:
    assert str(parse_reference(text)) == text


def test_only_references_of_a_formula_are_rewritten() -> None:
    formula = '=LOG10(A1)+"A1"&FOO(B$2:C3, Data!A1)+A1B'
    assert rewritten(formula, lambda reference: reference.moved(1, 1)) == '=LOG10(B2)+"A1"&FOO(C$2:D4, Data!B2)+A1B'
