"""Brakes on reading: a tab that lost its header, or most of its rows at once, is not believed."""

from datetime import UTC, datetime

import pytest

from sync.domain.cells import CellRef
from sync.domain.snapshot import Snapshot
from sync.passes.brakes import unbelievable
from sync.reading import BookReading
from tests.support.grids import at, book, grid, read_all
from tests.support.plans import told

Refusal = tuple[frozenset[int], list[tuple[str, CellRef | None]]]

FLAT = 'objective.text = "O"\nkey_result.text = "KR"'


def known(reading: BookReading) -> Snapshot:
    return Snapshot(
        spreadsheet="book",
        title="OKR 2026",
        url="",
        taken_at=datetime(2026, 3, 1, tzinfo=UTC),
        objectives=reading.objectives,
        key_results=reading.key_results,
        check_ins=reading.check_ins,
        initiatives=reading.initiatives,
        cycle=reading.cycle,
    )


def braked(before: str, after: str, *, accept: bool = False) -> Refusal:
    last = known(read_all([grid(f"O | KR\n{before}")], FLAT))
    refused, problems = unbelievable(book(grid(after)), read_all([grid(after)], FLAT), last, {}, accept)
    return refused, told(problems)


FOUR = "o | a\n | b\n | c"


@pytest.mark.parametrize("after", ["|", "O | KR", "O | KR\n|"])
def test_an_emptied_tab_is_not_believed(after: str) -> None:
    emptied: Refusal = (frozenset({1}), [("tab-emptied", at("A1"))])
    assert braked(FOUR, after) == emptied
    assert braked(FOUR, after, accept=True) == (frozenset(), [])


@pytest.mark.parametrize(
    ("after", "refused"),
    [
        ("O | KR\no | a", False),
        ("O | KR\no |", True),
        ("O | KR\n | b", True),
        ("O | KR\nneu | x\n | y\n | z", True),
        ("O | KR\nneu | a\n | b\n | x", False),
        ("O | KR\n | c\n | b\no | a", False),
    ],
    ids=["half", "more than half", "one left", "all others", "reworded objective", "sorted"],
)
def test_more_than_half_of_the_rows_gone_is_not_believed(after: str, refused: bool) -> None:
    expected: Refusal = (frozenset({1}), [("rows-gone", at("A1"))]) if refused else (frozenset(), [])
    assert braked(FOUR, after) == expected


def test_a_few_rows_may_go_as_they_like() -> None:
    assert braked("o | a\n | b", "O | KR\no |") == (frozenset(), [])


def test_a_broken_header_is_not_believed_even_with_leave() -> None:
    broken: Refusal = (frozenset({1}), [])
    assert braked(FOUR, "O | Kết quả\no | a", accept=True) == broken


def test_the_first_look_is_believed() -> None:
    tab = grid("O | KR\no | a")
    assert unbelievable(book(tab), read_all([tab], FLAT), None, {}, False) == (frozenset(), [])


def test_tabs_that_belong_together_are_believed_together() -> None:
    by = (
        'title = "O"\nobjective.text = "Tên"',
        'title = "KR"\nkey_result = { text = "Tên", objective = "Thuộc" }',
        FLAT,
    )
    others = [grid("Tên | Thuộc\na | o", "KR", 2), grid("O | KR\nx | y", "OKR", 3)]
    tabs = [grid("Tem\no", "O", 1), *others]
    refused, problems = unbelievable(book(*tabs), read_all(tabs, *by), None, {}, False)
    assert refused == {1, 2}
    assert told(problems) == [("tab-joined", at("A2", 2, "KR"))]


def test_two_blocks_of_one_tab_with_a_mapping_each_do_not_miss_each_others_rows() -> None:
    table = grid("O | KR | A | B\no | a | 1 |\n | b | 1 |\n | c | | 1\n | d | | 1\n | e | | 1\n | f | | 1")
    by = [f'key_result = {{ text = "KR", when = {{ header = "{mark}", is = "1" }} }}' for mark in "AB"]
    reading = read_all([table], *by)
    assert unbelievable(book(table), reading, known(reading), {}, False) == (frozenset(), [])


LOGS = {
    "initiative": ('initiative.text = "A"', "tab-emptied"),
    "review": ('review.about = "A"', "tab-emptied"),
    "recognition": ('recognition = { text = "A", receiver = "B" }', "tab-emptied"),
    "feedback": ('feedback = { text = "A", receiver = "B" }', "private-rows-gone"),
    "coaching": ('coaching = { topic = "A", person = "B" }', "private-rows-gone"),
    "person": ('person.name = "A"', "tab-emptied"),
}


@pytest.mark.parametrize(("by", "code"), LOGS.values(), ids=LOGS)
def test_a_tab_that_holds_only_such_records_is_not_believed_when_emptied(by: str, code: str) -> None:
    before, after = grid("A | B\na | An\nb | Bình"), grid("A | B\n|")
    last = known(read_all([before], by))
    refused, problems = unbelievable(book(after), read_all([after], by), last, {}, False)
    assert (refused, told(problems)) == (frozenset({1}), [(code, at("A1"))])
    assert not any(fact.isdigit() for found in problems for _, fact in found.facts if code.startswith("private"))


@pytest.mark.parametrize("by", [by for by, _ in LOGS.values()], ids=LOGS)
def test_rows_of_such_records_are_known_again_wherever_they_stand(by: str) -> None:
    before, after = grid("A | B\na | An\nb | Bình\nc | Chi\nd | An"), grid("A | B\nd | An\nx | Chi\na | An\nb | Bình")
    last = known(read_all([before], by))
    assert unbelievable(book(after), read_all([after], by), last, {}, False) == (frozenset(), [])
