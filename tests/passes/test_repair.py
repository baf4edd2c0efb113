"""After a write that met moved rows, everything is as if the write had met none.

The simulation here plays Sheets: a write goes to positions, whatever stands there by then.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.config.mapping import TabMapping
from sync.domain.cells import CellRef
from sync.domain.grid import CellWrite, Formula, Scalar, Tab, text_of
from sync.domain.scoring import score_okrs
from sync.passes.plan import Plan, make_plan, score_places
from sync.passes.repair import Baseline, Lost, baselines, is_verified, merged, repairs, shown
from sync.reading import BookReading, read_book
from tests.support.examples import examples
from tests.support.grids import book, mapping

# Sheets, played


@dataclass
class Cell:
    value: Scalar = None
    formula: str | None = None


Sheet = list[list[Cell]]

FLAT = """
[objective]
text = "Mục tiêu"
score = "Điểm O"
[key_result]
text = "KR"
target = "Chỉ tiêu"
current = "Hiện tại"
score = "Điểm"
"""

WITH_IDS = """
[objective]
text = "Mục tiêu"
score = "Điểm O"
[key_result]
id = "Mã"
text = "KR"
target = "Chỉ tiêu"
current = "Hiện tại"
score = { header = "Điểm", scale = 100 }
"""

NO_OBJECTIVE_SCORE = """
[objective]
text = "Mục tiêu"
[key_result]
text = "KR"
target = "Chỉ tiêu"
current = "Hiện tại"
score = { header = "Điểm", scale = "percent" }
"""

SIDE_BY_SIDE = """
[objective]
text = "Mục tiêu"
[key_result]
repeat = ["1", "2"]
text = "KR{}"
target = { value = "10" }
current = "Hiện tại{}"
score = "Điểm{}"
"""

ONLY_KEY_RESULTS_SIDE_BY_SIDE = SIDE_BY_SIDE.replace('[objective]\ntext = "Mục tiêu"\n', "")

HEADER = ["Mã", "Mục tiêu", "KR", "Chỉ tiêu", "Hiện tại", "Điểm", "Điểm O", "Ghi chú"]
SCORES = (5, 6)
WIDE_HEADER = ["Mục tiêu", "KR1", "Hiện tại1", "Điểm1", "KR2", "Hiện tại2", "Điểm2", "Ghi chú"]
WIDE_SCORES = (3, 6)


def sheet_tab(sheet: Sheet) -> Tab:
    """The sheet as it is read: without the empty rows at its end."""
    filled = max(row for row, cells in enumerate(sheet) if any(cell.value is not None for cell in cells)) + 1
    formulas = {
        (row, column): cell.formula
        for row, cells in enumerate(sheet)
        for column, cell in enumerate(cells)
        if cell.formula is not None
    }
    return Tab(1, "OKR", [[cell.value for cell in row] for row in sheet[:filled]], formulas)


@dataclass
class World:
    """One tab that people and we change, and what we would know of it between two looks."""

    sheet: Sheet
    by: TabMapping
    earlier: tuple[Baseline, ...] = ()
    owned: frozenset[CellRef] = frozenset()

    def read(self) -> BookReading:
        return read_book(book(sheet_tab(self.sheet)), [self.by])

    def baselines(self, reading: BookReading, writes: Sequence[CellWrite]) -> tuple[Baseline, ...]:
        tabs = book(*(tab.tab for tab in reading.tabs))
        self.earlier = baselines(tabs, reading, writes, self.owned, self.earlier)
        return self.earlier

    def plan(self, reading: BookReading) -> Plan:
        scores = score_okrs(reading.objectives, reading.key_results, {})
        tab = sheet_tab(self.sheet)
        plan = make_plan(book(tab), reading, scores, ours={}, owned_columns=score_places(reading.tabs[0]))
        self.owned = plan.owned
        return plan

    def type_by_hand(self, lost: Sequence[Lost], ideal: Sheet) -> None:
        """People type what they are told of: where a tab is stopped into that cell, else where they know it was."""
        for each in lost:
            held = each.held
            told = Cell(42, held.text) if isinstance(held, Formula) else Cell(held)  # type: ignore[arg-type]
            [text] = contents([[told]])
            rows = [each.cell.row] if each.stops_tab else range(len(ideal))
            for row in rows:
                if each.stops_tab or contents([[ideal[row][each.cell.column]]]) == [text]:
                    self.sheet[row][each.cell.column] = replace(told)

    def apply(self, writes: Sequence[CellWrite]) -> None:
        """By position, as Sheets does; each cell at most once."""
        assert len({write.cell for write in writes}) == len(writes)
        for write in writes:
            row, column = write.cell.row, write.cell.column
            if isinstance(write.new, Formula):
                self.sheet[row][column] = Cell(42, write.new.text)
            else:
                self.sheet[row][column] = Cell(shown(write))


Edit = tuple[str, int, int]


# A grid goes on below what stands in it; people are at work in the upper part.
GRID, AT_WORK = 40, 10


def laid(header: Sequence[str], rows: Sequence[list[Cell]]) -> Sheet:
    return [[Cell(text) for text in header], *rows, *([Cell() for _ in header] for _ in range(GRID - len(rows)))]


def edited(sheet: Sheet, edits: Sequence[Edit], new_row: "NewRow") -> Sheet:
    """What a person does to the rows below the header, and to columns; and new rows above it."""
    above, header, rows = _parts(sheet)
    for what, where, more in edits:
        if what == "insert":
            rows.insert(where, new_row(more) + [Cell() for _ in range(len(header) - len(HEADER))])
        elif what == "insert empty":
            rows.insert(where, [Cell() for _ in header])
        elif what == "delete":
            del rows[where]
        elif what == "sort":
            rows[:AT_WORK] = random.Random(more).sample(rows[:AT_WORK], AT_WORK)
        elif what == "move":
            rows.insert(more, rows.pop(where))
        elif what == "insert above":
            above = [*above, [Cell() for _ in header]]
        elif what == "insert column":
            wider = [[*row[:where], Cell(), *row[where:]] for row in [*above, header, *rows]]
            above, header, rows = wider[: len(above)], wider[len(above)], wider[len(above) + 1 :]
    return [*above, header, *rows]


def _parts(sheet: Sheet) -> tuple[Sheet, list[Cell], Sheet]:
    """What stands above the header, the header, and what stands below it."""
    top = next(row for row, cells in enumerate(sheet) if any(cell.value == HEADER[-1] for cell in cells))
    return sheet[:top], sheet[top], sheet[top + 1 :]


def copied(sheet: Sheet) -> Sheet:
    return [[replace(cell) for cell in row] for row in sheet]


def in_score_cell(kind: int) -> Cell:
    """What people have in score cells: nothing, an old number, a typed one, a text, a formula."""
    return [Cell(), Cell(3.3), Cell(7.77), Cell("theo sếp"), Cell(42, "=40+2"), Cell(True)][kind]


def word(number: int) -> str:
    """Texts that no two rows have much of in common."""
    return chr(ord("A") + number % 26) * (4 + number // 26)


def kr_row(number: int, current: int | None, kinds: tuple[int, int]) -> list[Cell]:
    held = [in_score_cell(kind) for kind in kinds]
    texts: list[Scalar] = [f"K{number}", f"{word(number)} o", f"{word(number)} kr", 10, current]
    return [*(Cell(value) for value in texts), *held, Cell(f"ghi chú {number}")]


def wide_row(number: int, current: int | None, kinds: tuple[int, int]) -> list[Cell]:
    held = [in_score_cell(kind) for kind in kinds]
    first, second = [Cell(word(number)), Cell(current)], [Cell(f"{word(number)} b"), Cell(current)]
    return [Cell(f"{word(number)} o"), *first, held[0], *second, held[1], Cell(f"ghi chú {number}")]


def total_row(number: int, kinds: tuple[int, int]) -> list[Cell]:
    """A row of people's own: no name, something in score cells, and a word to it."""
    row = [Cell() for _ in HEADER]
    row[5], row[6], row[7] = in_score_cell(kinds[0]), in_score_cell(kinds[1]), Cell(f"tổng {number}")
    return row


def empty_row() -> list[Cell]:
    return [Cell() for _ in HEADER]


currents = st.one_of(st.none(), st.integers(0, 10))
kinds = st.tuples(st.integers(0, 5), st.integers(0, 5))
drawn_rows = st.lists(st.tuples(currents, kinds), min_size=1, max_size=7)
layouts = st.sampled_from([FLAT, WITH_IDS, NO_OBJECTIVE_SCORE])


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Key results, with rows that have no name between and below them."""
    rows = [kr_row(number, *row) for number, row in enumerate(draw(drawn_rows))]
    for number, held in enumerate(draw(st.lists(st.none() | kinds, max_size=4))):
        row = empty_row() if held is None else total_row(number, held)
        rows.insert(draw(st.integers(0, len(rows))), row)
    return laid(HEADER, rows)


def edits_of(*what: str, most: int = 3) -> st.SearchStrategy[list[Edit]]:
    where = st.integers(0, AT_WORK - 1)
    return st.lists(st.tuples(st.sampled_from(what), where, where), max_size=most)


row_edits = edits_of("insert", "insert empty", "delete", "sort", "move")
# What is typed into a new row while columns move under our write in the same moment nobody has ever seen.
column_edits = edits_of("insert empty", "delete", "sort", "move", "insert column", most=2)
# Of two rounds without an answer, rows that hold nothing but what we hit cannot all be told apart.
new_and_deleted = edits_of("insert", "delete", most=2)
new_column = edits_of("insert column", most=1)


@dataclass(frozen=True)
class Round:
    """One write: what people do before it and after it, and whether we see it answered. None: it was never applied."""

    before_write: Sequence[Edit] = ()
    before_look: Sequence[Edit] = ()
    answered: bool | None = True


def settled(world: World) -> Sheet:
    """The sheet when a plan is made and applied and nobody disturbs."""
    calm = World(copied(world.sheet), world.by)
    calm.apply(calm.plan(calm.read()).writes)
    return calm.sheet


def contents(sheet: Sheet) -> list[list[str]]:
    """Every cell as a person sees it, or its formula."""
    return [[cell.formula or text_of(cell.value) for cell in row] for row in sheet]


def disturbed(world: World, rounds: Sequence[Round], new_row: "NewRow") -> Sheet:
    """The rounds of a pass, and the next pass in calm. Returns what passes make of the sheet that nobody disturbs.

    Where a tab is stopped, or a row may be one that was deleted, people type what they are told of.
    """
    reading = world.read()
    writes: list[CellWrite] = list(world.plan(reading).writes)
    ideal = World(copied(world.sheet), world.by)
    fresh: Iterator[int] = iter(range(10, 1000))
    deleted = any(what == "delete" for each in rounds for what, *_ in (*each.before_write, *each.before_look))
    for round_ in [*rounds, Round(), Round()]:
        people_alone(world, ideal, round_.before_write, new_row, fresh)
        if round_.answered is not None:
            world.apply(writes)
        answers = [sheet_tab(world.sheet)] if round_.answered else None
        people_alone(world, ideal, round_.before_look, new_row, fresh)
        before = world.baselines(reading, writes)
        if answers is not None and is_verified(before, writes, answers):
            break
        found = repairs(before, writes, answers, book(sheet_tab(world.sheet)))
        assert deleted or are_stopped(found.lost)
        world.type_by_hand(found.lost, ideal.sheet)
        after = world.read()
        mended = World(copied(world.sheet), world.by)
        mended.apply(found.put_back)
        reading, writes = after, merged(mended.plan(mended.read()).writes, found.put_back)
        world.owned = mended.owned
        if not writes:
            break
    else:
        pytest.fail("a calm round must land")
    world.apply(world.plan(world.read()).writes)  # The next pass: rows that came too late for this one.
    return settled(ideal)


def are_stopped(lost: Sequence[Lost]) -> bool:
    return all(each.stops_tab for each in lost)


NewRow = Callable[[int], list[Cell]]


def people_alone(world: World, ideal: World, edits: Sequence[Edit], new_row: NewRow, fresh: Iterator[int]) -> None:
    """The same changes on the sheet that we write into and on the one that we do not."""
    rows = [new_row(next(fresh)) for _ in edits]
    for each in (ideal, world):
        waiting = iter(copied(rows))
        each.sheet = edited(each.sheet, edits, lambda _, waiting=waiting: next(waiting))  # type: ignore[misc]


def new_kr(number: int) -> list[Cell]:
    return kr_row(number, number % 10, (0, 0))


def new_wide(number: int) -> list[Cell]:
    return wide_row(number, number % 10, (0, 0))


slow = settings(max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_a_write_that_the_sheet_does_not_show_has_not_landed() -> None:
    world = World(laid(HEADER, [kr_row(0, 5, (0, 0))]), mapping(FLAT))
    reading = world.read()
    writes = world.plan(reading).writes
    before = world.baselines(reading, writes)
    assert writes
    assert not is_verified(before, writes, [sheet_tab(world.sheet)])
    world.apply(writes)
    assert is_verified(before, writes, [sheet_tab(world.sheet)])


@slow
@given(layouts, sheets(), row_edits, row_edits)
def test_rows_moved_before_and_after_a_write_leave_no_trace(
    toml: str, sheet: Sheet, people: list[Edit], again: list[Edit]
) -> None:
    world = World(sheet, mapping(toml))
    expected = disturbed(world, [Round(people, again)], new_kr)
    assert contents(world.sheet) == contents(expected)


@slow
@given(layouts, sheets(), row_edits, row_edits)
def test_rows_moved_in_two_rounds_leave_no_trace(
    toml: str, sheet: Sheet, people: list[Edit], again: list[Edit]
) -> None:
    world = World(sheet, mapping(toml))
    expected = disturbed(world, [Round(people), Round(again)], new_kr)
    assert contents(world.sheet) == contents(expected)


@slow
@given(layouts, sheets(), column_edits, column_edits)
def test_columns_that_moved_leave_no_trace(toml: str, sheet: Sheet, people: list[Edit], again: list[Edit]) -> None:
    world = World(sheet, mapping(toml))
    expected = disturbed(world, [Round(people, again)], new_kr)
    assert contents(world.sheet) == contents(expected)


@slow
@given(layouts, sheets(), row_edits, row_edits, st.sampled_from([False, None]))
def test_a_write_that_nobody_saw_land_or_fail_leaves_no_trace(
    toml: str, sheet: Sheet, people: list[Edit], again: list[Edit], answered: bool | None
) -> None:
    world = World(sheet, mapping(toml))
    expected = disturbed(world, [Round(people, again, answered)], new_kr)
    assert contents(world.sheet) == contents(expected)


@slow
@given(layouts, sheets(), column_edits, column_edits, st.sampled_from([False, None]))
def test_a_write_that_nobody_saw_leaves_no_trace_in_columns_that_moved(
    toml: str, sheet: Sheet, people: list[Edit], again: list[Edit], answered: bool | None
) -> None:
    world = World(sheet, mapping(toml))
    expected = disturbed(world, [Round(people, again, answered)], new_kr)
    assert contents(world.sheet) == contents(expected)


def test_a_number_that_two_rows_were_sent_is_found_where_only_one_of_them_can_have_hit() -> None:
    """The score of the second is sent together with its objective's, which does not stand in the new row."""
    rows = [kr_row(0, 1, (1, 4)), kr_row(1, 1, (0, 0))]
    world = World(laid(HEADER, rows), mapping(FLAT))
    insert: Edit = ("insert", 0, 0)
    expected = disturbed(world, [Round([insert], answered=False)], lambda number: kr_row(number, None, (0, 0)))
    assert contents(world.sheet) == contents(expected)


@slow
@given(layouts, drawn_rows, new_and_deleted, new_and_deleted, st.booleans(), st.sampled_from([False, None]))
def test_a_repair_that_nobody_saw_land_or_fail_leaves_no_trace(
    toml: str,
    rows: list[tuple[int | None, tuple[int, int]]],
    people: list[Edit],
    again: list[Edit],
    seen: bool,
    answered: bool | None,
) -> None:
    world = World(laid(HEADER, [kr_row(number, *row) for number, row in enumerate(rows)]), mapping(toml))
    expected = disturbed(world, [Round(people, answered=seen), Round(again, answered=answered)], new_kr)
    assert contents(world.sheet) == contents(expected)


@slow
@given(layouts, sheets(), new_column, new_column, st.booleans(), st.sampled_from([False, None]))
def test_a_repair_that_nobody_saw_leaves_no_trace_in_columns_that_moved(
    toml: str, sheet: Sheet, people: list[Edit], again: list[Edit], seen: bool, answered: bool | None
) -> None:
    world = World(sheet, mapping(toml))
    expected = disturbed(world, [Round(people, answered=seen), Round(again, answered=answered)], new_kr)
    assert contents(world.sheet) == contents(expected)


ABOVE: Edit = ("insert above", 0, 0)


@pytest.mark.parametrize("answered", [False, None])
@pytest.mark.parametrize("column", range(len(HEADER) + 1))
def test_a_header_that_we_hit_and_put_back_into_a_new_column_comes_home(column: int, answered: bool | None) -> None:
    """The first write is seen to hit it. Of the two repairs that follow, nobody sees anything."""
    rows = [kr_row(number, 2 * number + 1, (0, 1)) for number in range(3)]
    world = World(laid(HEADER, [*rows, total_row(0, (2, 4))]), mapping(FLAT))
    rounds = [Round([ABOVE]), Round([("insert column", column, 0)], answered=False), Round(answered=answered)]
    assert contents(disturbed(world, rounds, new_kr)) == contents(world.sheet)


@slow
@given(layouts, sheets(), st.integers(0, 4), st.booleans(), *[st.sampled_from([False, None])] * 2)
def test_a_repair_of_the_header_that_nobody_saw_leaves_no_trace(
    toml: str, sheet: Sheet, column: int, seen: bool, answered: bool | None, again: bool | None
) -> None:
    """Columns may come in left of the scores: one among them that shows nothing but our numbers may be any."""
    world = World(sheet, mapping(toml))
    insert: Edit = ("insert column", column, 0)
    expected = disturbed(
        world, [Round([ABOVE], answered=seen), Round([insert], (), answered), Round((), (), again)], new_kr
    )
    assert contents(world.sheet) == contents(expected)


@slow
@given(st.sampled_from([SIDE_BY_SIDE, ONLY_KEY_RESULTS_SIDE_BY_SIDE]), drawn_rows, edits_of("insert", "delete", "sort"))
def test_key_results_side_by_side_leave_no_trace_either(
    toml: str, rows: list[tuple[int | None, tuple[int, int]]], people: list[Edit]
) -> None:
    world = World(laid(WIDE_HEADER, [wide_row(number, *row) for number, row in enumerate(rows)]), mapping(toml))
    expected = disturbed(world, [Round(people)], new_wide)
    assert contents(world.sheet) == contents(expected)
