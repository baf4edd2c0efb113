"""Sheets, played: a write goes to positions, whatever stands there by then, and people are at work in rounds before and
after it.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pytest

from sync.config.mapping import TabMapping
from sync.domain.cells import CellRef
from sync.domain.grid import CellWrite, Formula, Scalar, Tab, text_of
from sync.domain.scoring import score_okrs
from sync.passes.plan import Plan, make_plan
from sync.passes.repair import Baseline, Lost, baselines, is_verified, merged, repairs, shown
from sync.passes.targets import score_places
from sync.reading import BookReading, read_book
from tests.support.grids import book


@dataclass(frozen=True)
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
                    self.sheet[row][each.cell.column] = told

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
    return [[*row] for row in sheet]


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
