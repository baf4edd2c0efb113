"""Who may see what is written about people, held for every kind of record."""

import pytest

from sync.domain.cells import CellRef
from sync.domain.cycle_records import (
    Coaching,
    CycleRecord,
    Feedback,
    Person,
    Recognition,
    Review,
    Visible,
)
from sync.domain.keys import person_key
from sync.domain.visibility import EVERYONE, NOBODY, audience

CELL = CellRef("book", 1, "Ghi nhận", 1, 0)
AN, BINH, CHI = (frozenset({person_key(name)}) for name in ("An", "Bình", "Chi"))


def named(visible: Visible, receiver: str = "Bình") -> list[CycleRecord]:
    """Recognition, feedback and coaching from An to somebody."""
    receivers = (receiver,) if receiver else ()
    return [
        Recognition(text="a", cell=CELL, visible=visible, giver="An", receivers=receivers),
        Feedback(text="a", cell=CELL, visible=visible, giver="An", receivers=receivers),
        Coaching(cell=CELL, visible=visible, coach="An", person=receiver, topic="a"),
    ]


@pytest.mark.parametrize("record", named(Visible.INVOLVED), ids=lambda record: type(record).__name__)
def test_what_is_for_the_involved_is_seen_by_both_sides_and_by_nobody_else(record: CycleRecord) -> None:
    found = audience(record)
    assert found.has(AN)
    assert found.has(BINH)
    assert not found.has(CHI)
    assert not found.has(frozenset())


@pytest.mark.parametrize("record", named(Visible.INVOLVED, receiver=""), ids=lambda record: type(record).__name__)
def test_a_row_that_does_not_say_for_whom_it_is_is_seen_by_nobody(record: CycleRecord) -> None:
    assert audience(record) == NOBODY


@pytest.mark.parametrize("record", named(Visible.NOBODY), ids=lambda record: type(record).__name__)
def test_what_is_for_nobody_is_not_even_for_those_who_are_named(record: CycleRecord) -> None:
    assert audience(record) == NOBODY
    assert not audience(record).has(AN | BINH)


@pytest.mark.parametrize("record", named(Visible.EVERYONE), ids=lambda record: type(record).__name__)
def test_what_is_for_everyone_needs_no_sign_in(record: CycleRecord) -> None:
    assert audience(record).has(frozenset())


def test_unless_the_mapping_says_otherwise_recognition_is_for_everyone_and_all_else_about_people_is_not() -> None:
    assert audience(Recognition(text="a", cell=CELL)) == EVERYONE
    assert audience(Feedback(text="a", cell=CELL, giver="An", receivers=("Bình",))).people == AN | BINH
    assert audience(Coaching(cell=CELL, coach="An", person="Bình")).people == AN | BINH


def test_a_review_is_of_goals_and_for_everyone_and_the_list_of_people_is_not_shown() -> None:
    assert audience(Review(about="O1", cell=CELL)) == EVERYONE
    assert audience(Person(name="An", email="an@example.com")) == NOBODY


def test_feedback_without_a_giver_is_for_whom_it_is_for() -> None:
    assert audience(Feedback(text="a", cell=CELL, receivers=("Bình",))).people == BINH


def test_names_are_known_however_they_are_spelled() -> None:
    found = audience(Coaching(cell=CELL, coach="An", person="Lê Huỷ"))
    assert found.has(frozenset({person_key("LÊ HỦY")}))
