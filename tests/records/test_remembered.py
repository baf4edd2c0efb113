"""What is asked of everybody's history at each view: looked up once, then kept in step, and never another answer."""

import tempfile
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.domain.scoring import Score
from sync.records import Records
from tests.support.questions import questions
from tests.support.recorded import MEMORY, NOON, a_pass, snapshot


class Change(NamedTuple):
    """A pass over a spreadsheet that came to a score, some hours after noon."""

    spreadsheet: str
    key: str
    value: Decimal | None
    hours: int


CHANGES = st.builds(
    Change,
    st.sampled_from(["sales", "people"]),
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from([None, Decimal("0.1"), Decimal("0.7")]),
    st.integers(0, 6),
)


def note(records: Records, change: Change) -> None:
    at = NOON + timedelta(hours=change.hours)
    scores = {f"{change.spreadsheet}-{change.key}": Score(change.value)}
    found = replace(snapshot(at=at), spreadsheet=change.spreadsheet, scores=scores)
    records.record(replace(a_pass(at), spreadsheet=change.spreadsheet), found, MEMORY)


@settings(max_examples=12, deadline=None)
@given(changes=st.lists(CHANGES, max_size=12), ours=st.lists(st.booleans(), min_size=12, max_size=12))
def test_answers_that_are_kept_in_step_are_those_of_somebody_who_looks_for_the_first_time(
    changes: list[Change], ours: list[bool]
) -> None:
    moments = [NOON + timedelta(hours=hours) for hours in (0, 2, 4, 6, 8)]
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/okr-sheets.db"
        with Records.open(url) as records, Records.open(url) as another:
            for change, is_ours in zip(changes, ours, strict=False):
                note(records if is_ours else another, change)
                with Records.open(url) as fresh:
                    for moment in moments:
                        assert records.scores_as_of(moment) == fresh.scores_as_of(moment)


def test_an_answer_looks_at_the_whole_history_once(records: Records) -> None:
    def ask() -> str:
        with questions() as asked:
            records.scores_as_of(NOON)
        return "\n".join(asked)

    note(records, Change("sales", "a", Decimal("0.1"), 1))
    assert "score.id <= " in ask()
    note(records, Change("sales", "a", Decimal("0.7"), 2))
    assert all("score.id > " in each for each in ask().splitlines() if "WHERE" in each)


def test_who_is_given_an_answer_may_do_with_it_what_he_likes(records: Records) -> None:
    note(records, Change("sales", "a", Decimal("0.1"), 0))
    records.scores_as_of(NOON).clear()
    assert list(records.scores_as_of(NOON)) == ["sales-a"]
