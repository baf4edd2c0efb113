"""A pass over a few rows leaves just what a pass over everything would leave, and costs no more requests."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sync.domain.grid import Book, Tab
from sync.domain.memory import PassResult
from sync.domain.snapshot import Snapshot
from sync.google import Quota, SheetsClient
from sync.passes.narrow.kept import Index, LastPasses
from tests.support.edits import Edit, deleted, inserted, moved, typed
from tests.support.flat_sheet import FLAT, HEADER, change_current, key_results, scores
from tests.support.installation import Installation
from tests.support.sheet_layouts import LAYOUTS, OBJECTIVE_ROWS

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
WHOLE, ROWS = "all of it", "a few rows"


@pytest.fixture
def sales(installation: Installation) -> Installation:
    """Three key results at 2, 5 and 8 of 10, after a first pass whose end the next one remembers."""
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5, 8)]})
    installation.configure(FLAT)
    installation.kept = LastPasses()
    installation.sync()
    return installation


def timeless(view: Snapshot | None) -> Snapshot | None:
    return view and replace(view, taken_at=NEVER, tabs=tuple(replace(tab, seen_at=None) for tab in view.tabs))


class Reader(SheetsClient):
    """Notes how much it reads."""

    def read_book(self, spreadsheet: str, *, fills: bool = False) -> Book:
        self.asked.append(WHOLE)
        return super().read_book(spreadsheet, fills=fills)

    def read_rows(self, spreadsheet: str, rows: Mapping[str, Sequence[range]]) -> Book:
        self.asked.append(ROWS)
        return super().read_rows(spreadsheet, rows)

    def write(self, *args: Any, **kwargs: Any) -> list[Tab]:
        self.shown.append(WHOLE if kwargs.get("rows") is None else ROWS)
        return super().write(*args, **kwargs)

    asked: ClassVar[list[str]] = []
    shown: ClassVar[list[str]] = []


def read(installation: Installation, *, expecting: bool = False) -> list[str]:
    """What a pass reads of formulas and formats, which may have been told that something changed."""
    Reader.asked.clear()
    Reader.shown.clear()
    installation.client.close()
    quota = Quota(installation.clock, reads=100_000, writes=100_000)
    installation.client = Reader(None, installation.server.url, clock=installation.clock, quota=quota)
    installation.sync(expecting=expecting)
    return list(Reader.asked)


def index_of(installation: Installation) -> Index:
    """Of where everything stands: a pass over a few rows takes over the one of before."""
    left = installation.kept and installation.kept.of("sales")
    assert left
    return left.index


def edited(installation: Installation, edit: Edit) -> Installation:
    edit(installation.server)
    return installation


def test_a_value_that_changed_is_scored_from_its_row_alone(sales: Installation) -> None:
    change_current(sales.server, "sales", 0, row=1, value=9)
    assert read(sales) == [ROWS]
    assert scores(sales) == {"KR 1": 0.9, "KR 2": 0.5, "KR 3": 0.8}


def test_a_pass_over_a_few_rows_is_two_reads_and_one_write(sales: Installation) -> None:
    change_current(sales.server, "sales", 0, row=1, value=9)
    assert sales.counted(sales.sync) == (2, 1)
    assert sales.counted(sales.sync) == (1, 0)


def test_after_a_hook_everything_is_read_at_once_and_the_value_that_changed_is_scored_from_its_row(
    sales: Installation,
) -> None:
    index = index_of(sales)
    change_current(sales.server, "sales", 0, row=1, value=9)
    assert sales.counted(lambda: read(sales, expecting=True)) == (1, 1)
    assert (Reader.asked, Reader.shown) == ([WHOLE], [ROWS])
    assert scores(sales) == {"KR 1": 0.9, "KR 2": 0.5, "KR 3": 0.8}
    assert index_of(sales) is index


def test_after_a_hook_a_name_that_changed_is_read_with_everything(sales: Installation) -> None:
    change_current(sales.server, "sales", 0, row=2, value=9)
    index = index_of(sales)
    assert read(edited(sales, typed(1, 1, "KR một")), expecting=True) == [WHOLE]
    assert scores(sales) == {"KR một": 0.2, "KR 2": 0.9, "KR 3": 0.8}
    assert index_of(sales) is not index


def test_few_scores_after_a_look_at_everything_are_verified_by_their_rows_and_many_by_the_whole_tab(
    installation: Installation,
) -> None:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(*range(12))]})
    installation.configure(FLAT)
    assert read(installation) == [WHOLE]
    assert Reader.shown == [WHOLE]
    change_current(installation.server, "sales", 0, row=1, value=9)
    assert read(installation) == [WHOLE]
    assert Reader.shown == [ROWS]


def test_where_formulas_may_show_something_else_for_our_numbers_the_whole_tab_is_seen_after_a_write(
    installation: Installation,
) -> None:
    table = [[*HEADER, "Gấp đôi"], *([*row, None, "=F2*2"] for row in key_results(2))]
    installation.spreadsheet("sales", {"OKR": table})
    installation.configure(FLAT)
    assert read(installation) == [WHOLE]
    assert (Reader.shown, scores(installation)) == ([WHOLE], {"KR 1": 0.2})


def test_a_score_that_somebody_typed_over_comes_back(sales: Installation) -> None:
    assert read(edited(sales, typed(2, 5, 0.1))) == [ROWS]
    assert scores(sales)["KR 2"] == 0.5


def test_a_score_of_an_objective_on_a_row_of_its_own_comes_back(installation: Installation) -> None:
    installation.spreadsheet("sales", {"OKR": OBJECTIVE_ROWS.table[:6]})
    installation.configure(OBJECTIVE_ROWS.mapping)
    installation.kept = LastPasses()
    installation.sync()
    before = installation.cells("sales", "OKR")
    assert read(edited(installation, typed(1, 3, 0.99))) == [ROWS]
    assert installation.cells("sales", "OKR") == before


@pytest.mark.parametrize(
    "edit",
    [
        typed(1, 1, "KR một"),
        typed(1, 0, "Mục tiêu khác"),
        typed(0, 6, "Ghi chú"),
        typed(1, 4, "Hiện tại"),
        inserted(1),
        deleted(2),
        moved(1, 3),
        typed(4, 1, "KR 4"),
    ],
    ids=["a name", "an objective", "a header", "a word of a header", "a new row", "a lost row", "a move", "one more"],
)
def test_anything_but_a_value_reads_everything(sales: Installation, edit: Edit) -> None:
    assert WHOLE in read(edited(sales, edit))


def test_everything_is_read_once_nobody_looked_at_it_for_a_while(sales: Installation) -> None:
    sales.later(3600)
    change_current(sales.server, "sales", 0, row=1, value=9)
    assert read(sales) == [WHOLE]


def test_a_pass_of_somebody_else_in_between_is_noticed(sales: Installation) -> None:
    mine, sales.kept = sales.kept, None
    change_current(sales.server, "sales", 0, row=1, value=9)
    sales.sync()
    sales.kept = mine
    change_current(sales.server, "sales", 0, row=1, value=7)
    assert read(sales) == [WHOLE]
    assert scores(sales)["KR 1"] == 0.7


@pytest.mark.parametrize("method", ["spreadsheets.get", "spreadsheets.batchUpdate"])
def test_a_row_that_comes_in_between_two_requests_moves_no_score(sales: Installation, method: str) -> None:
    sales.server.before(method, inserted(1))
    change_current(sales.server, "sales", 0, row=1, value=9)
    assert sales.sync().result is PassResult.OK
    assert scores(sales) == {"KR 1": 0.9, "KR 2": 0.5, "KR 3": 0.8}


def test_only_what_changed_is_stored_anew(sales: Installation) -> None:
    before = sales.records.snapshot("sales")
    change_current(sales.server, "sales", 0, row=1, value=9)
    sales.sync()
    after = sales.records.snapshot("sales")
    assert before
    assert after
    assert [found.current.text for found in after.key_results] == ["9", "5", "8"]
    assert after.key_results[1:] == before.key_results[1:]
    assert str(after.scores[after.key_results[0].key].value) == "0.9"
    assert [len(points) for points in sales.records.histories([each.key for each in after.key_results]).values()] == [
        2,
        1,
        1,
    ]


# Any edits

_numbers = count()
rows, columns = st.integers(0, 9), st.integers(0, 6)
value_columns = st.integers(2, 3)
numbers = st.one_of(st.integers(0, 10), st.sampled_from([-3, 2.5, 1e9]))
texts = st.sampled_from(["", "7", "45%", "≥ 5", "n/a", "3/4", "abc", "Hiện tại", "KR", "gamma", "alpha", "x", "tổng"])
edits = st.one_of(
    st.builds(typed, rows, value_columns, numbers),
    st.builds(typed, rows, columns, numbers | texts),
    st.builds(inserted, rows),
    st.builds(deleted, st.integers(3, 8)),
)


@contextmanager
def installed(folder: Path) -> Iterator[Installation]:
    with Installation(folder) as installation:
        installation.kept = LastPasses()
        yield installation


@pytest.mark.parametrize("name", [*LAYOUTS])
def test_any_edits_come_to_what_a_look_at_everything_comes_to(name: str, tmp_path: Path) -> None:
    layout = LAYOUTS[name]
    narrow: list[str] = []
    with installed(tmp_path) as installation:

        @settings(max_examples=12, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
        @given(st.lists(st.tuples(st.lists(edits, min_size=1, max_size=2), st.booleans()), min_size=1, max_size=5))
        @example([([typed(1, 3, 0.99)], False)])
        def any_edits(passes: list[tuple[list[Edit], bool]]) -> None:
            id_ = f"sales-{next(_numbers)}"
            installation.spreadsheet(id_, {"OKR": layout.table}, {"OKR": layout.merges})
            installation.configure(layout.mapping.replace('"sales"', f'"{id_}"'))
            installation.sync()
            here = Elsewhere(installation, id_)
            for changes, expecting in passes:
                for change in changes:
                    change(here)  # type: ignore[arg-type]
                narrow.extend(read(installation, expecting=expecting))
                assert installation.kept
                if installation.kept.of(id_) is not None:
                    again = installation.sync(dry_run=True)
                    assert again.writes == ()
                    assert timeless(again.snapshot) == timeless(installation.records.snapshot(id_))

        any_edits()
    if layout is OBJECTIVE_ROWS:
        assert ROWS in narrow


class Elsewhere:
    """The server, to edits of the spreadsheet "sales" that are to be made in another one."""

    def __init__(self, installation: Installation, spreadsheet: str) -> None:
        self._server, self._spreadsheet = installation.server, spreadsheet

    def edit(self, _: str, change: dict[str, object]) -> object:
        return self._server.edit(self._spreadsheet, change)
