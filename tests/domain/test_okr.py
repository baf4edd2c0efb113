"""The domain: which texts are the same to a reader, and how columns are called."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.cells import CellRef, column_letters, column_number
from sync.domain.grid import CellError, Scalar, fingerprint, text_of
from sync.domain.keys import distinct, identity, key_of
from sync.domain.okr import Level
from tests.support.grids import grid

INVISIBLE = ["\u200b", "\u200c", "\u200d", "\ufeff", "\u00ad", "\u200e", "\u2060"]


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert key_of(key_of(text)) == key_of(text)


@given(st.text())
def test_composed_and_decomposed_texts_have_one_key(text: str) -> None:
    assert key_of(unicodedata.normalize("NFD", text)) == key_of(unicodedata.normalize("NFC", text)) == key_of(text)


@given(st.text(), st.text(), st.sampled_from(INVISIBLE))
def test_characters_that_nobody_sees_do_not_count(before: str, after: str, invisible: str) -> None:
    assert key_of(before + invisible + after) == key_of(before + after)


@given(st.text(), st.sampled_from([" ", "\t", "\n", "\u00a0", "\u3000"]))
def test_white_space_around_and_between_does_not_count(text: str, space: str) -> None:
    assert key_of(f"{space}{text} {space}") == key_of(text)
    assert key_of(f"a{space}{space}b") == "a b"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mục tiêu", "MỤC  TIÊU"),
        ("Chỉ tiêu", "Chi\u0309 tiêu"),
        ("ＫＲ１", "kr1"),
        ("Điểm\n(0–1)", "điểm (0–1)"),
        ("Ba\u200bn đầu", "Ban đầu"),
        ("Straße", "STRASSE"),
    ],
)
def test_texts_that_look_alike_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(("one", "other"), [("Mục tiêu", "Muc tieu"), ("KR1", "KR 1"), ("ma", "má"), ("đ", "d")])
def test_marks_and_letters_tell_texts_apart(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


@given(st.lists(st.text(alphabet="ab12 ", max_size=4), max_size=4), st.lists(st.text(alphabet="ab12 "), max_size=4))
def test_different_parts_have_different_identities(one: list[str], other: list[str]) -> None:
    assert (identity(*one) == identity(*other)) == ("\x1f".join(one) == "\x1f".join(other))


@given(st.integers(0, 18_277))
def test_column_letters_are_read_back(column: int) -> None:
    assert column_number(column_letters(column)) == column


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_carry_over_as_in_sheets(column: int, letters: str) -> None:
    assert column_letters(column) == letters
    assert column_number(letters.lower()) == column


@pytest.mark.parametrize("letters", ["", "1", "A1", "Đ", "AAAA", "-"])
def test_what_is_no_column_is_refused(letters: str) -> None:
    with pytest.raises(ValueError, match="is not a column"):
        column_number(letters)


def test_the_levels_stand_in_order_company_first() -> None:
    assert [level.depth for level in (Level.COMPANY, Level.DEPARTMENT, Level.INDIVIDUAL)] == [0, 1, 2]


def test_a_cell_is_named_as_people_name_it() -> None:
    assert str(CellRef("book", 7, "OKR Q1", 11, 27)) == "OKR Q1!AB12"


def test_repeats_are_dropped_and_the_order_kept() -> None:
    assert distinct(["b", "a", "b", "c", "a"]) == ("b", "a", "c")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (5.0, "5"),
        (0.7, "0.7"),
        (-3, "-3"),
        (True, "TRUE"),
        (CellError("#REF!"), "#REF!"),
        (1e300, "1e+300"),
        (float("inf"), "inf"),
        (float("nan"), "nan"),
        (12345678901234567890, "12345678901234567890"),
    ],
)
def test_every_value_has_a_text(value: float | bool | CellError | None, text: str) -> None:
    assert text_of(value) == text


def test_a_lean_and_a_full_read_have_one_fingerprint() -> None:
    full: list[list[Scalar]] = [["a", 1, CellError("#N/A"), None, ""], [], ["", None], [2.5, True]]
    lean: list[list[Scalar]] = [["a", 1.0, "#N/A"], [], [""], [2.5, True], []]
    assert fingerprint([("OKR", full)]) == fingerprint([("OKR", lean)])


@pytest.mark.parametrize(
    "other", [[["a", "1"]], [["a", 2]], [["a"], [1]], [[], ["a", 1]], [["a", True]], [["", "a", 1]]]
)
def test_another_sheet_has_another_fingerprint(other: list[list[str | int]]) -> None:
    assert fingerprint([("OKR", other)]) != fingerprint([("OKR", [["a", 1]])])


def test_a_tab_answers_for_cells_outside_of_it() -> None:
    tab = grid("a | b\n| ")
    assert tab.value(99, 99) is None
    assert tab.text(0, 1) == "b"
    assert not tab.is_empty
    assert grid("|\n|").is_empty
