"""What is not sure is a question with its readings on a real row, and an answer is an edit of lines."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sync.domain.grid import Book
from sync.inspect import Question, propose
from sync.inspect.questions import edited
from sync.inspect.render import as_toml, row_texts
from sync.reading import read_book
from tests.inspect.sheets import TODAY, sheet
from tests.support.grids import grid


def asked(table: str, about: str) -> tuple[Book, Question]:
    """The one question about a field, or about a column without one."""
    book = sheet(grid(table), locale="en_US")
    (question,) = [each for each in propose(book, TODAY).questions if about in (each.field, each.facts.get("header"))]
    return book, question


def readings(question: Question) -> list[tuple[str, str, Decimal | None]]:
    """What the named row reads by each answer: target, current value, score."""
    return [(each.row.target, each.row.current, each.row.score) for each in question.answers if each.row is not None]


UNKNOWN = """
Objective | Key Result | Aa | Bb
Clean air | Trees planted | 40 | 10
Clean air | Buses replaced | 80 | 60
"""


def test_columns_placed_by_their_order_may_be_the_other_way_round() -> None:
    _, question = asked(UNKNOWN, "target")
    assert [answer.why for answer in question.answers] == ["answer_column", "answer_swapped"]
    assert readings(question) == [("40", "10", Decimal("0.25")), ("10", "40", Decimal(1))]


def test_the_first_answer_is_the_proposal_and_changes_nothing() -> None:
    book = sheet(grid(UNKNOWN), locale="en_US")
    assert all(each.answers[0].lines == {} for each in propose(book, TODAY).questions)


def test_an_answer_is_an_edit_of_lines_and_is_sure() -> None:
    book, question = asked(UNKNOWN, "target")
    (draft,) = propose(book, TODAY).drafts
    answered = edited(draft, question.answers[1].lines)
    assert answered.records["key_result"]["target"].value == "Bb"
    assert answered.records["key_result"]["target"].sure
    reading = read_book(book, [answered.mapping()])
    assert [each.target.text for each in reading.key_results] == ["10", "60"]
    assert draft.records["key_result"]["target"].value == "Aa"


def test_where_the_sheet_shows_other_scores_both_are_offered() -> None:
    _, question = asked(
        """
        Objective | Key Result | Target | Current | Score
        Clean air | Trees planted | 40 | 10 | 0.25
        Clean air | Buses replaced | 80 | 40 | 0.75
        """,
        "score",
    )
    assert [answer.facts for answer in question.answers] == [{"ours": "50%"}, {"shown": "75%"}]
    assert [row[2] for row in readings(question)] == [Decimal("0.5"), Decimal("0.75")]


def test_a_key_result_on_several_rows_may_be_one() -> None:
    _, question = asked(
        """
        Objective | Key Result | Owner | Target | Current
        Clean air | Trees planted | Lan | 40 | 10
        Clean air | Trees planted | Minh | 60 | 10
        Clean air | Buses replaced | Lan | 80 | 60
        """,
        "text",
    )
    assert [answer.why for answer in question.answers] == ["answer_several", "answer_sum", "answer_shared"]
    assert readings(question) == [
        ("40", "10", Decimal("0.25")),
        ("100", "20", Decimal("0.2")),
        ("100", "10", Decimal("0.1")),
    ]


@pytest.mark.parametrize(
    ("weights", "role"), [("3 2", "role_weight"), ("3 3", "role_objective_weight")], ids=["of its own", "of all"]
)
def test_numbers_that_are_not_used_may_be_a_start_or_a_weight(weights: str, role: str) -> None:
    first, second = weights.split()
    _, question = asked(
        f"""
        Objective | Key Result | Hardness | Target | Current | Score
        Clean air | Trees planted | {first} | 40 | 10 |
        Clean air | Buses replaced | {second} | 80 | 40 |
        Clear water | Wells opened | 4 | 8 | 2 |
        """,
        "Hardness",
    )
    assert [answer.facts.get("role") for answer in question.answers] == [None, "role_start", role]


def test_answers_are_told_apart_by_what_the_question_is_about() -> None:
    _, question = asked(
        """
        Department | Team | Objective | Key Result | Target | Current
        Sales | North | Clean air | Trees planted | 40 | 10
        Sales | South | Clear water | Wells opened | 8 | 6
        """,
        "unit",
    )
    told, alike = row_texts(question, "en")
    assert (told, alike) == (["D2 “Trees planted”: the team: Sales", "D2 “Trees planted”: the team: –"], "")


def test_a_scale_is_shown_by_a_score_as_it_would_stand_there() -> None:
    _, question = asked(
        """
        Objective | Key Result | Target | Current | Score
        Clean air | Trees planted | 40 | 10 |
        """,
        "score",
    )
    assert row_texts(question, "en")[0] == [
        f"a score of 25% stands there as {shown}" for shown in ("0.25", "25%", "25")
    ]


def test_what_reads_the_same_by_every_answer_is_told_once() -> None:
    _, question = asked(UNKNOWN, "target")
    same = replace(question, answers=(question.answers[0], question.answers[0]))
    told, alike = row_texts(same, "en")
    assert (told, alike) == (
        ["", ""],
        "the same by every answer: B2 “Trees planted”: from – to 40, now 10, score 25%",
    )


def test_a_tab_that_repeats_another_may_be_left_out() -> None:
    table = """
    Objective | Key Result | Target | Current
    Clean air | Trees planted | 40 | 10
    Clean air | Buses replaced | 80 | 60
    """
    book = sheet(grid(table, "Plan", 1), grid(table, "Copy of it", 2), locale="en_US")
    questions = [each for each in propose(book, TODAY).questions if each.why == "on_two_tabs"]
    assert [(each.tab, each.answers[1].drops) for each in questions] == [("Plan", True), ("Copy of it", True)]


def test_questions_are_printed_with_what_a_row_reads() -> None:
    toml = as_toml(propose(sheet(grid(UNKNOWN), locale="en_US"), TODAY), "en")
    assert "# ? “OKR”: Which column holds what is to be reached?" in toml
    assert "# - “Aa” (B2 “Trees planted”: from – to 40, now 10, score 25%)" in toml


def test_a_sheet_that_is_clear_asks_nothing() -> None:
    table = """
    Objective | Key Result | Target | Current | Score
    Clean air | Trees planted | 40 | 10 | 0.25
    Clean air | Buses replaced | 80 | 60 | 0.75
    """
    assert propose(sheet(grid(table), locale="en_US"), TODAY).questions == ()


def test_a_target_to_commit_to_and_one_to_stretch_for_are_two_readings() -> None:
    _, question = asked(
        """
        Objective | Key Result | Committed | Stretch | Actual
        Clean air | Trees planted | 40 | 80 | 20
        Clean air | Buses replaced | 60 | 90 | 30
        """,
        "target",
    )
    assert {("40", "20", Decimal("0.5")), ("80", "20", Decimal("0.25"))} <= set(readings(question))


def test_progress_that_stands_where_there_is_no_target_is_asked_about() -> None:
    _, question = asked(
        """
        Objective | Key Result | Target | Current | Score
        Clean air | Trees planted | 40 | 10 | 25%%
        Clean air | A plan for buses | | | 70%%
        """,
        "score",
    )
    assert question.why == "shows_alone"
    assert [answer.why for answer in question.answers] == ["answer_no_score", "answer_shown"]
    assert [answer.row.score for answer in question.answers if answer.row] == [None, Decimal("0.7")]
