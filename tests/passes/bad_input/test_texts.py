"""Texts and IDs as people have them: decomposed, invisible, endless, or twice."""

import unicodedata
from typing import Any

import pytest

from sync.domain.grid import Tab
from sync.domain.memory import PassResult
from sync.reading import read_book
from sync.translations.problems import message_of
from tests.support.grids import book, grid, mapping, read
from tests.support.installation import Installation
from tests.support.outcomes import only, problems
from tests.support.sheet_with_ids import CONFIG, DRAWN, FIELDS, HEADER, SHORT, SHORT_HEADER, put, rows

NFD_HEADER: list[object] = [unicodedata.normalize("NFD", str(text)) for text in HEADER]


def test_decomposed_headers_and_texts_are_the_same_words(installation: Installation) -> None:
    installation.spreadsheet("sales", {unicodedata.normalize("NFD", "OKR"): [NFD_HEADER, *rows(2)]})
    installation.configure(CONFIG)
    assert installation.sync().result is PassResult.OK
    assert installation.cells("sales", "OKR")["G2"] == 0.2


def test_conditions_and_patterns_see_through_decomposed_and_invisible_characters() -> None:
    total = unicodedata.normalize("NFD", "Hết\u00a0bảng\u200b này")
    tab = grid(f"{SHORT_HEADER}\no | a (trọng số\u00a030%) | 10 | 5\n{total} | b | 10 | 5")
    conditions = 'until = { header = "Mục tiêu", matches = "Hết bảng này" }'
    weight = "{ field = 'text', pattern = 'trọng số (\\d+%)' }"
    reading = read(tab, conditions + SHORT.replace('current = "Hiện tại"', f'current = "Hiện tại", weight = {weight}'))
    assert [(found.text, str(found.weight)) for found in reading.key_results] == [("a (trọng số\u00a030%)", "0.30")]


@pytest.mark.parametrize("mark", ["\u200b", "\u00a0", "\u200f", "\u202b", "\u2066", "\u00ad", "\ufeff"])
def test_invisible_characters_hide_nothing(mark: str) -> None:
    header = " | ".join(f"{mark}{text}{mark}" for text in DRAWN.split(" | "))
    reading = read(
        grid(f"{header}\n{mark}K1{mark} | o | a | '0{mark} | '{mark}10 | '5{mark} |\n | | {mark} | | | |"), FIELDS
    )
    [found] = reading.key_results
    assert (found.id, str(found.target.number), str(found.current.number)) == ("K1", "10", "5")
    assert reading.problems == []


def test_ids_are_compared_as_people_see_them() -> None:
    reading = read(grid(f"{DRAWN}\nK\u200b1 | o | a | 0 | 10 | 5 |\nｋ1 | o | b | 0 | 10 | 6 |"), FIELDS)
    only(reading.problems, "duplicate", "C3", "“ｋ1”")


@pytest.mark.parametrize("column", range(6))
@pytest.mark.parametrize("piece", ["ă", "9", "1.", "1 ", "1-", "≤", "(", "\n", "\u0301", "/1"])
def test_fifty_thousand_characters_in_a_cell_are_read_and_quoted_shortly(column: int, piece: str) -> None:
    cells: list[Any] = ["K1", "o", "a", 0, 10, 5, None]
    cells[column] = (piece * 50_000)[:50_000]
    reading = read(Tab(1, "OKR", [[str(text) for text in HEADER], cells]), FIELDS)
    for problem in reading.problems:
        assert len(message_of(problem, "vi")) < 400


def test_a_duplicate_id_is_told_with_both_places_and_both_rows_keep_their_scores(sales: Installation) -> None:
    put(sales, "A3", "K1")
    put(sales, "F2", 4)
    outcome = sales.sync()
    found = only(problems(outcome), "duplicate", "C3", "“K1”")
    assert "C2" in message_of(found, "en")
    cells = sales.cells("sales", "OKR")
    assert (cells["G2"], cells["G3"], cells["G4"]) == (0.4, 0.5, 0.8)


def test_one_id_of_two_different_objectives_is_told() -> None:
    reading = read(
        grid("Mã | Mục tiêu | KR\nO1 | Bán tốt hơn | a\nO1 | Tuyển tốt hơn | b"),
        'objective = { id = "Mã", text = "Mục tiêu" }\nkey_result = { text = "KR" }',
    )
    found = only(reading.problems, "duplicate", "B3", "“O1”")
    assert "B2" in message_of(found, "vi")


def test_an_id_typed_as_a_number_is_the_same_as_one_typed_as_text() -> None:
    tabs = [
        Tab(1, "O", [["Mã", "Mục tiêu"], [1, "một"], ["2", "hai"]]),
        Tab(2, "KR", [["Mã O", "KR"], ["1", "a"], [2.0, "b"]]),
    ]
    first = 'title = "O"\nobjective = { id = "Mã", text = "Mục tiêu" }'
    second = 'title = "KR"\nkey_result = { objective = "Mã O", text = "KR" }'
    reading = read_book(book(*tabs), [mapping(first), mapping(second)])
    names = {objective.key: objective.text for objective in reading.objectives}
    assert [names[found.objective] for found in reading.key_results] == ["một", "hai"]
    assert reading.problems == ()
