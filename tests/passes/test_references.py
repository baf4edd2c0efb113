"""A formula that is put back refers to the cells that it meant, wherever they are now."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.local_sheets.book.shifts import Delete, Insert, Move
from sync.local_sheets.book.shifts import Shift as LocalShift
from sync.passes.repair.line_map import LineMap
from sync.passes.repair.references import Shift, followed

COLUMNS = {column: column for column in range(6)}


def line_map(*rows: int | None) -> LineMap:
    """For each row as it is now, which it was before; None for a new one."""
    return LineMap({now: then for now, then in enumerate(rows) if then is not None}, COLUMNS, range(1))


def after_moves(formula: str, title: str, moved: LineMap) -> str:
    """Where its own tab's rows moved, and nothing else."""
    found = followed(formula, title, lambda named: Shift(named, moved if named == title else line_map(*range(200))))
    assert found is not None
    return found


INSERTED = line_map(0, 1, None, 2, 3, 4)
DELETED = line_map(0, 2, 3, 4)
SORTED = line_map(0, 3, 2, 1, 4)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=E3/D3", "=E4/D4"),
        ("=E2/$H$1", "=E2/$H$1"),
        ("=SUM(F2:F4)", "=SUM(F2:F5)"),
        ("=SUM(F2:F)", "=SUM(F2:F)"),
        ("=SUM(F100:F)", "=SUM(F101:F)"),
        ("=SUM(F$2:F$100)", "=SUM(F$2:F$101)"),
        ("=SUM(3:4)", "=SUM(4:5)"),
        ("=SUM(E:E)", "=SUM(E:E)"),
        ("='OKR Q4'!E3+Khác!E3", "='OKR Q4'!E4+Khác!E3"),
        ('=IF(E3>5;"E3";doanh_thu)', '=IF(E4>5;"E3";doanh_thu)'),
        ("=SUM({E3\\F3})", "=SUM({E4\\F4})"),
        ("=E3\n+ E4", "=E4\n+ E5"),
        ("=2*21", "=2*21"),
    ],
)
def test_references_below_an_inserted_row_go_down_with_their_cells(formula: str, expected: str) -> None:
    assert after_moves(formula, "OKR Q4", INSERTED) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=AVERAGE(F2:F4)", "=AVERAGE(F2:F3)"),
        ("=E2+E4", "=#REF!+E3"),
        ("=OKR!E2", "=#REF!"),
        ("=E4/D1", "=E3/D1"),
    ],
)
def test_a_range_that_lost_a_row_is_shorter_and_a_lost_cell_is_an_error(formula: str, expected: str) -> None:
    assert after_moves(formula, "OKR", DELETED) == expected


def test_a_range_over_sorted_rows_stays_what_it_was() -> None:
    assert after_moves("=SUM(F2:F4)", "OKR", SORTED) == "=SUM(F2:F4)"


@pytest.mark.parametrize("formula", ['=E3&"', "=SUM(E3:E4))", "={1;2}}+E3", "=SUM(E3}", "=#SAI+E3", "=[E3"])
def test_a_formula_that_cannot_be_taken_apart_stays_as_it_is(formula: str) -> None:
    assert after_moves(formula, "OKR", INSERTED) == formula


def test_a_range_that_is_torn_apart_stays_and_goes_along_with_what_is_new_above_it() -> None:
    # A new row above; then the row below the range was dragged before its last, or its first to behind the row below.
    assert after_moves("=SUM(F2:F4)", "OKR", line_map(0, None, 1, 2, 4, 3)) == "=SUM(F3:F5)"
    assert after_moves("=SUM(F2:F4)", "OKR", line_map(0, None, 2, 3, 4, 1)) == "=SUM(F3:F5)"


ROWS = 8
places = st.integers(0, ROWS - 1)


@st.composite
def shifts(draw: st.DrawFn) -> LocalShift:
    """One thing that people do to the rows of a tab; the last row stays, so that its end is known."""
    start = draw(places)
    end = draw(st.integers(start + 1, ROWS))
    targets = [to for to in range(ROWS + 1) if not start <= to <= end]
    kinds: list[st.SearchStrategy[LocalShift]] = [st.builds(Insert, st.just(start), st.integers(1, 3))]
    if end < ROWS:
        kinds.append(st.just(Delete(start, end)))
    if targets:
        kinds.append(st.sampled_from([Move(start, end, to) for to in targets]))
    return draw(st.one_of(kinds))


@given(shifts(), st.lists(st.integers(0, ROWS + 1), min_size=2, max_size=2).map(sorted))
def test_a_range_follows_whatever_is_done_to_the_rows_as_on_the_local_server(
    shift: LocalShift, ends: list[int]
) -> None:
    span = shift.span(ends[0], ends[1] + 1)
    expected = f"=SUM(F{span[0] + 1}:F{span[1]})" if span else "=SUM(#REF!)"
    formula = f"=SUM(F{ends[0] + 1}:F{ends[1] + 1})"
    assert after_moves(formula, "OKR", line_map(*shift.order(ROWS))) == expected


# Formulas, in pieces: what stands between the references, and the references

blanks = st.sampled_from(["", "", " ", "  ", "\n", "\n  ", "\t", "\r\n"])
REFERENCES = ["E3", "e3", "$F$2:F9", "F2:F", "F:F", "2:5", "'OKR Q4'!E3", "OKR!$E4", "KHÁC!E3:E5"]
OTHERS = ['"E3"', '"x\n E3 ""F2"""', "doanh_thu", "2.5", "1E+3", "TRUE", "#N/A", "{1;2\\3}"]
operators = st.sampled_from(["+", "-", "*", "&", "<>", ">=", "=", "%+"])


@st.composite
def joined(draw: st.DrawFn, parts: st.SearchStrategy[list[str]]) -> list[str]:
    """Some parts one after another: arguments, a sum in brackets, or what an operator joins."""
    opening, between, closing = draw(
        st.sampled_from([("SUM(", ",", ")"), ("IF(", ";", ")"), ("(", "", ")"), ("-", "", "")])
    )
    first, *more = draw(st.lists(parts, min_size=1, max_size=3))
    pieces = [opening, draw(blanks), *first, draw(blanks)]
    for part in more:
        pieces += [between or draw(operators), draw(blanks), *part, draw(blanks)]
    return [*pieces, closing]


formulas = st.recursive(st.sampled_from([*REFERENCES, *OTHERS]).map(lambda piece: [piece]), joined, max_leaves=8)


@given(formulas)
def test_where_nothing_moved_a_formula_stays_character_by_character(pieces: list[str]) -> None:
    formula = "=" + "".join(pieces)
    assert after_moves(formula, "OKR", line_map(0, 1, 2, 3, 4)) == formula


@given(formulas, st.sampled_from([INSERTED, DELETED, SORTED]))
def test_where_rows_moved_all_but_the_references_stays(pieces: list[str], moved: LineMap) -> None:
    expected = [after_moves(f"={piece}", "OKR", moved)[1:] if piece in REFERENCES else piece for piece in pieces]
    assert after_moves("=" + "".join(pieces), "OKR", moved) == "=" + "".join(expected)
