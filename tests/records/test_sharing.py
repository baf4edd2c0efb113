"""Views share what is alike in them, and stay what they were."""

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sync.domain.cells import CellRef
from sync.domain.okr import Amount, KeyResult, Objective
from sync.domain.scoring import Score
from sync.domain.snapshot import Snapshot
from sync.records.sharing import shared

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CELL = CellRef("sales", 7, "OKR", 1, 0)

written = st.sampled_from(["0", "0.0", "1", "1.00", "100", "1E+2", "0.25"])
numbers = written.map(Decimal)
amounts = st.builds(Amount, number=st.none() | numbers, upper=st.none() | numbers, text=written)
key_results = st.builds(
    KeyResult,
    key=st.sampled_from("abcd"),
    text=st.just("KR"),
    cell=st.just(CELL),
    start=amounts,
    target=amounts,
    current=amounts,
    weight=st.none() | numbers,
)
objectives = st.builds(Objective, key=st.just("o"), text=st.just("O"), cell=st.just(CELL), weight=numbers)
scores = st.builds(
    Score,
    value=st.none() | numbers,
    raw=st.none() | numbers,
    parts=st.lists(st.tuples(numbers, numbers), max_size=3).map(tuple),
)
snapshots = st.builds(
    Snapshot,
    spreadsheet=st.just("sales"),
    title=st.just("Kinh doanh"),
    url=st.just("http://127.0.0.1/edit"),
    taken_at=st.just(NOON),
    objectives=st.lists(objectives, max_size=2).map(tuple),
    key_results=st.lists(key_results, max_size=4).map(tuple),
    scores=st.dictionaries(st.sampled_from("abcdo"), scores),
)


@given(snapshots)
def test_a_view_that_shares_says_exactly_what_it_said(snapshot: Snapshot) -> None:
    # Its text tells 1 from 1.00, which are equal.
    assert repr(shared(snapshot)) == repr(snapshot)


def test_numbers_that_are_written_alike_are_one_object() -> None:
    def amount() -> Amount:
        return Amount(Decimal("12.50"), "12,5")

    key_result = KeyResult(key="k", text="KR", cell=CELL, target=amount(), current=amount(), weight=Decimal("12.50"))
    view = shared(
        Snapshot(spreadsheet="s", title="", url="", taken_at=NOON, key_results=(key_result,), scores={"k": Score()})
    )
    (found,) = view.key_results
    assert found.target.number is found.current.number is found.weight
