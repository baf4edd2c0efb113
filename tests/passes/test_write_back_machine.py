"""Any order of passes, people's edits at any moment between our requests, faults of Google, and restarts.

However it goes: no cell that is not ours stays changed by our hand, but for those that a problem names with what stood
in them; two passes after the last disturbance, and after people have typed what they were told of, every score is right
beside its key result; a pass that is called good left the sheet right; nobody makes two passes at once.

`make test` runs 100 examples, `make soak` 100,000.
"""

import math
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from sync.config.settings import SpreadsheetSettings, load_config
from sync.domain.cells import column_number
from sync.domain.grid import CellWrite, Formula, Scalar, text_of
from sync.domain.memory import PassResult
from sync.google import SheetsClient
from sync.local_sheets import Difference, Fault, LocalSheets
from sync.local_sheets.book.book import Sheet
from sync.passes.journal import unpacked
from sync.passes.locks import PassInProgressError, pass_lock
from sync.passes.outcome import PassOutcome
from sync.passes.repair import shown
from sync.passes.run import run_pass
from sync.records import Records
from tests.support.clocks import ManualClock
from tests.support.flat_sheet import FLAT, HEADER
from tests.support.installation import save_workbook

SERVED = 50
GOOD = (PassResult.OK, PassResult.UNCHANGED)
READ, LEAN_READ, WRITE = "spreadsheets.get", "spreadsheets.values.batchGet", "spreadsheets.batchUpdate"
TEXT, TARGET, CURRENT, SCORE = "Kết quả then chốt", "Chỉ tiêu", "Hiện tại", "Điểm"
NOTE = "Ghi chú"
ELSEWHERE = "Số liệu"
LEFT_TO_PEOPLE = ("put-back-by-hand", "columns-moved")
# Who moves things about need not know the columns by their headings.
MOVES = {"insert row", "delete row", "move row", "sort", "insert above", "insert column", "move column", "rename tab"}
MOVES |= {"insert row elsewhere", "rename elsewhere"}
TYPING = {"type current": CURRENT, "type score": SCORE, "write note": NOTE, "reword": TEXT}
# After what we read and before what we write. What is typed then into a cell that we write, nobody has ever seen.
UNSEEN = {("after", READ), ("after", LEAN_READ), ("before", WRITE)}
# A key result with another text is another one: what stood beside it is no longer known to be ours.
REWORDED = "!"

# Shrinking takes minutes: for who looks into a failure.
SHRINK = "MACHINE_SHRINK" in os.environ
EXAMPLES = int(os.environ.get("MACHINE_EXAMPLES", "100"))
# A hunt goes in shares, which the cores take in turn: each begins with small examples, and a failure ends it alone.
SHARES = math.ceil(EXAMPLES / 250) if EXAMPLES > 1000 else 1


# What people do: each is carried out on the sheet as it is at that moment

rows = st.integers(0, 9)
currents = st.sampled_from([0, 2, 5, 8, 10, None, "8", "tám"])
# No scores: people type what is in no write of ours that is on its way (`People.are_theirs`).
NUMBERS = [3.25, 42, 77]
numbers = st.sampled_from(NUMBERS)

moves = st.one_of(
    st.tuples(st.just("insert row"), rows),
    st.tuples(st.just("delete row"), rows),
    st.tuples(st.just("move row"), rows, rows),
    st.tuples(st.just("sort"), st.sampled_from(["ASCENDING", "DESCENDING"])),
    st.tuples(st.just("insert above"), st.integers(0, 2)),
    st.tuples(st.just("insert column"), st.integers(0, 6)),
    st.tuples(st.just("move column"), st.integers(0, 6), st.integers(0, 6)),
    st.tuples(st.just("rename tab"), st.sampled_from(["OKR", "OKR Q4", "OKR 'mới'"])),
    st.tuples(st.just("insert row elsewhere"), st.integers(0, 4)),
    st.tuples(st.just("rename elsewhere"), st.sampled_from([ELSEWHERE, "Nguồn 'cũ'"])),
)
# A part of a row goes, or a row that was changed: what looks like a move and is none, or the other way round.
parts = st.one_of(
    st.tuples(st.just("reword and move row"), rows, rows),
    st.tuples(st.just("swap texts"), rows, rows),
    st.tuples(st.just("delete cells"), rows),
)
typing = st.one_of(
    st.tuples(st.just("type current"), rows, currents),
    st.tuples(st.just("type score"), rows, numbers),
    st.tuples(st.just("write note"), rows, numbers),
    st.tuples(st.just("reword"), rows),
    st.tuples(st.just("add key result"), currents),
)

edits = st.one_of(moves, typing, parts)

methods = st.sampled_from([READ, LEAN_READ, WRITE])
times = st.sampled_from([1, 2, 5])
faults = st.one_of(
    st.builds(
        Fault,
        kind=st.sampled_from(["error", "html", "garbled", "truncated", "reset"]),
        applied=st.sampled_from(["never", "first"]),
        method=methods,
        skip=st.integers(0, 1),
        times=times,
    ),
    # What Google refuses it has not carried out.
    st.builds(Fault, kind=st.just("error"), status=st.sampled_from([429, 403, 401]), method=methods, times=times),
)

moments = st.tuples(
    st.sampled_from(["before", "after"]), st.sampled_from([WRITE, WRITE, READ, LEAN_READ]), st.sampled_from([0, 0, 1])
)


# What is typed after our read, into a cell that moves under our write in the same moment, nobody has ever seen either:
# so people do either while we write, not both.
meanwhile = st.one_of(
    *(st.lists(st.tuples(moments, change), min_size=1, max_size=2) for change in (moves, typing)),
    st.lists(st.tuples(moments, parts), min_size=1, max_size=1),
)


class Table:
    """The tab as it is: where its columns and rows are."""

    def __init__(self, server: LocalSheets, spreadsheet: str) -> None:
        self.server, self.spreadsheet = server, spreadsheet
        self.title, self.elsewhere = server.cells(spreadsheet)
        self.rows: list[list[Any]] = server.read(spreadsheet, "'" + self.title.replace("'", "''") + "'")
        self.header = next(number for number, row in enumerate(self.rows) if TEXT in row)
        self.column = {str(name): number for number, name in enumerate(self.rows[self.header]) if name}

    def is_headed(self) -> bool:
        """Whether no heading is covered by a number of ours, until the next pass puts it back."""
        return {TEXT, TARGET, CURRENT, SCORE, NOTE} <= {*self.column}

    def value(self, row: int, name: str) -> Scalar:
        cells, column = self.rows[row], self.column[name]
        return cells[column] if column < len(cells) and cells[column] != "" else None

    def key_results(self) -> list[int]:
        return [row for row in range(self.header + 1, len(self.rows)) if self.value(row, TEXT)]

    def is_score_cell(self, cell: str) -> bool:
        """Whether a cell such as "OKR!F6" is in the score column."""
        letters = cell.rsplit("!", 1)[1].rstrip("0123456789")
        return column_number(letters) == self.column[SCORE]

    def row(self, number: int) -> int:
        """One of the rows below the header, or the one after the last."""
        return self.header + 1 + number % max(len(self.rows) - self.header, 1)

    def write(self, row: int, name: str, value: object) -> None:
        entered = {} if value is None else {"userEnteredValue": {_kind(value): value}}
        start = {"sheetId": 0, "rowIndex": row, "columnIndex": self.column[name]}
        cells = {"start": start, "rows": [{"values": [entered]}], "fields": "userEnteredValue"}
        self.server.edit(self.spreadsheet, {"updateCells": cells})


def _kind(value: object) -> str:
    if isinstance(value, str):
        return "formulaValue" if value.startswith("=") else "stringValue"
    return "numberValue"


def span(start: int, dimension: str = "ROWS") -> dict[str, Any]:
    return {"sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": start + 1}


@dataclass
class People:
    """Several people at work on one spreadsheet; `on_its_way` tells what we write that was not seen to land."""

    server: LocalSheets
    spreadsheet: str
    on_its_way: Callable[[], Set[str]]
    elsewhere: int
    added: int = 0
    columns: int = 0
    labels: int = 0
    texts_moved: bool = False

    def do(self, edit: tuple[Any, ...]) -> None:
        table = Table(self.server, self.spreadsheet)
        if edit[0] in MOVES or table.is_headed():
            getattr(self, edit[0].replace(" ", "_"))(table, *edit[1:])

    def insert_row(self, table: Table, number: int) -> None:
        self.server.edit(self.spreadsheet, {"insertDimension": {"range": span(table.row(number))}})

    def insert_above(self, table: Table, number: int) -> None:
        """A row for a title, at the header or above it."""
        if table.header < 4:
            self.server.edit(self.spreadsheet, {"insertDimension": {"range": span(min(number, table.header))}})

    def delete_row(self, table: Table, number: int) -> None:
        if table.row(number) < len(table.rows):
            self.server.edit(self.spreadsheet, {"deleteDimension": {"range": span(table.row(number))}})

    def move_row(self, table: Table, number: int, to: int) -> None:
        source, target = table.row(number), table.row(to)
        if target not in (source, source + 1):
            move = {"source": span(source), "destinationIndex": target}
            self.server.edit(self.spreadsheet, {"moveDimension": move})

    def sort(self, table: Table, order: str) -> None:
        area = {"sheetId": 0, "startRowIndex": table.header + 1, "endRowIndex": len(table.rows)}
        specs = [{"dimensionIndex": table.column[TEXT], "sortOrder": order}]
        self.server.edit(self.spreadsheet, {"sortRange": {"range": area, "sortSpecs": specs}})

    def insert_column(self, table: Table, number: int) -> None:
        # More of them would push the texts by which people sort under our numbers.
        if self.columns < 3:
            self.columns += 1
            self.server.edit(self.spreadsheet, {"insertDimension": {"range": span(number, "COLUMNS")}})

    def rename_tab(self, table: Table, title: str) -> None:
        properties = {"properties": {"sheetId": 0, "title": title}, "fields": "title"}
        self.server.edit(self.spreadsheet, {"updateSheetProperties": properties})

    def move_column(self, table: Table, number: int, to: int) -> None:
        if to not in (number, number + 1):
            move = {"source": span(number, "COLUMNS"), "destinationIndex": to}
            self.server.edit(self.spreadsheet, {"moveDimension": move})

    def insert_row_elsewhere(self, table: Table, number: int) -> None:
        inserted = {**span(number), "sheetId": self.elsewhere}
        self.server.edit(self.spreadsheet, {"insertDimension": {"range": inserted}})

    def rename_elsewhere(self, table: Table, title: str) -> None:
        properties = {"properties": {"sheetId": self.elsewhere, "title": title}, "fields": "title"}
        self.server.edit(self.spreadsheet, {"updateSheetProperties": properties})

    def reword_and_move_row(self, table: Table, number: int, to: int) -> None:
        """All the words of it: a key result's text, or what names a row of people's own."""
        row = table.row(number)
        if row < len(table.rows):
            self.labels += 1
            table.write(row, TEXT if table.value(row, TEXT) else NOTE, f"viết lại {self.labels}{REWORDED}")
            self.move_row(table, number, to)

    def swap_texts(self, table: Table, number: int, other: int) -> None:
        """By pasting one over the other."""
        found = table.key_results()
        if found:
            one, two = found[number % len(found)], found[other % len(found)]
            texts = table.value(one, TEXT), table.value(two, TEXT)
            table.write(one, TEXT, texts[1])
            table.write(two, TEXT, texts[0])
            self.texts_moved = True

    def delete_cells(self, table: Table, number: int) -> None:
        """The texts of a row go, and those below it move up."""
        area = {"sheetId": 0, "startRowIndex": table.row(number), "endRowIndex": table.row(number) + 1}
        area |= {"startColumnIndex": table.column[TEXT], "endColumnIndex": table.column[TEXT] + 1}
        if table.row(number) < len(table.rows):
            self.server.edit(self.spreadsheet, {"deleteRange": {"range": area, "shiftDimension": "ROWS"}})
            self.texts_moved = True

    def are_theirs(self, *values: Scalar) -> bool:
        """Whether none is the same as what we may have put anywhere just now: nobody could tell whose it is."""
        return self.on_its_way().isdisjoint(map(text_of, values))

    def cover_ours(self, edit: tuple[Any, ...]) -> bool:
        """Whether this types over a number of ours in a wrong cell, where what it hit is about to be put back."""
        table = Table(self.server, self.spreadsheet)
        if edit[0] not in TYPING or not table.is_headed():
            return False
        row, name = table.row(edit[1]), TYPING[edit[0]]
        is_a_score = name == SCORE and row in table.key_results()
        return row < len(table.rows) and not is_a_score and not self.are_theirs(table.value(row, name))

    def type_current(self, table: Table, number: int, value: Scalar) -> None:
        if table.row(number) in table.key_results() and self.are_theirs(value):
            table.write(table.row(number), CURRENT, value)

    def count_up(self, table: Table, number: int) -> None:
        """Another current value for one of the key results."""
        found = table.key_results()
        if found:
            row = found[number % len(found)]
            before = table.value(row, CURRENT)
            value = before % 10 + 1 if isinstance(before, int | float) else 3
            if self.are_theirs(value):
                table.write(row, CURRENT, value)

    def type_score(self, table: Table, number: int, value: Scalar) -> None:
        """Over a score of ours; or elsewhere, with a word to it.

        What nothing else stands beside than what we overwrite cannot be told from an empty row.
        """
        row = table.row(number)
        entered = self.server.cells(self.spreadsheet)[table.title]
        if not _formula(entered, row, table.column[SCORE]) and self.are_theirs(value):
            table.write(row, SCORE, value)
            self.label(table, row)

    def label(self, table: Table, row: int) -> None:
        if row >= len(table.rows) or not (table.value(row, TEXT) or table.value(row, NOTE)):
            self.labels += 1
            table.write(row, NOTE, f"tổng {self.labels}")

    def score_by_formula(self, number: int) -> set[object]:
        """The key result that has it now, if any."""
        table = Table(self.server, self.spreadsheet)
        title = table.elsewhere.replace("'", "''")
        formula = f"='{title}'!B2/8"
        if not table.is_headed() or not self.are_theirs(formula):
            return set()
        row = table.row(number)
        table.write(row, SCORE, formula)
        self.label(table, row)
        return {table.value(row, TEXT)} if row in table.key_results() else set()

    def write_note(self, table: Table, number: int, value: Scalar) -> None:
        if self.are_theirs(value):
            table.write(table.row(number), NOTE, value)

    def reword(self, table: Table, number: int) -> None:
        if table.row(number) in table.key_results():
            table.write(table.row(number), TEXT, f"{table.value(table.row(number), TEXT)}{REWORDED}")

    def add_key_result(self, table: Table, current: Scalar) -> None:
        self.added += 1
        values: list[Scalar] = ["Bán tốt hơn", f"KR mới {self.added}", 0, 23, current]
        if self.are_theirs(*values):
            for name, value in zip(HEADER, values, strict=False):
                table.write(len(table.rows), str(name), value)


class World:
    """The server, the records and the lock folder that all examples share; each has a spreadsheet of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"sqlite:///{folder / 'state' / 'okr-sheets.db'}"
        self.workbooks = 0
        self.server = self.new_server()
        self.clock = ManualClock()
        self.records = Records.open(self.url)
        config = folder / "config.toml"
        config.write_text(FLAT, encoding="utf-8")
        self.settings = load_config(config, {}).spreadsheet[0]
        self.workbook = folder / "sales.xlsx"
        # Each has a target of its own, so that few of its scores could be another's.
        targets = [(2, 10), (4, 11), (6, 13), (8, 17), (10, 19)]
        table: list[list[object]] = [
            [*HEADER, NOTE],
            *(["Bán tốt hơn", f"KR {n}", 0, target, current] for n, (current, target) in enumerate(targets, 1)),
            [None, None, None, None, None, 77, "tổng"],
        ]
        save_workbook(self.workbook, {"OKR": table, ELSEWHERE: [[f"mục {n}", n] for n in range(1, 6)]})

    def new_server(self) -> LocalSheets:
        server = LocalSheets(self.folder / f"data-{self.workbooks}", locale="vi_VN")
        server.start()
        return server

    def spreadsheet(self) -> SpreadsheetSettings:
        """A fresh spreadsheet: five key results, and a person's number below them."""
        if self.workbooks % SERVED == SERVED - 1:
            # A server keeps a file open for each spreadsheet, and its watch looks at all of them.
            self.server.close()
            self.server = self.new_server()
        self.workbooks += 1
        path = self.workbook.with_stem(f"sales-{self.workbooks}")
        shutil.copy(self.workbook, path)
        id_ = self.server.import_workbook(path)
        path.unlink()
        return self.settings.model_copy(update={"id": id_})

    def start_again(self) -> None:
        """A new process knows nothing but what was recorded."""
        self.records.close()
        self.records = Records.open(self.url)

    def close(self) -> None:
        self.records.close()
        self.server.close()


@contextmanager
def worlds() -> Iterator[World]:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        try:
            yield world
        finally:
            world.close()


class WriteBack(RuleBasedStateMachine):
    """Our service, people and Google around one spreadsheet."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world, self.clock = world, world.clock
        self.disturbed = False
        self.at_work = True
        self.happened: list[str] = []
        self.failures: list[BaseException] = []
        self.passes = 0
        self.formulas: set[object] = set()

    @initialize()
    def begin(self) -> None:
        self.settings = self.world.spreadsheet()
        self.server = self.world.server
        self.open()
        [_, other] = self.client.read_book(self.settings.id).tabs
        self.people = People(self.server, self.settings.id, self.on_its_way, other.sheet_id)
        self.watch = self.server.watch(_is_ours)

    def open(self) -> None:
        self.client = SheetsClient(None, self.server.url, clock=self.clock)

    @property
    def records(self) -> Records:
        return self.world.records

    def on_its_way(self) -> Set[str]:
        entry = self.records.memory(self.settings.id).pending_write
        begun = unpacked(entry) if entry else None
        return {_entered(write) for write in begun.writes} if begun else set()

    # What happens

    @rule(edit=edits)
    def somebody_edits(self, edit: tuple[Any, ...]) -> None:
        self.people.do(edit)

    @rule(number=rows)
    def somebody_scores_by_formula(self, number: int) -> None:
        """Between two passes. In the instant between our read and our write nobody could see it: the last one wins."""
        self.formulas |= self.people.score_by_formula(number)

    @rule(number=rows, changes=meanwhile, fault=st.none() | faults)
    def a_pass_is_made_while_people_work(
        self, number: int, changes: list[tuple[tuple[str, str, int], tuple[Any, ...]]], fault: Fault | None
    ) -> None:
        """There is something to write, and just before or after one of our requests something is changed."""
        self.people.do(("count up", number))
        for moment, edit in changes:
            self.somebody_will_edit(moment, edit)
        if fault is not None:
            self.server.fault(fault)
        self.sync()

    def somebody_will_edit(self, moment: tuple[str, str, int], edit: tuple[Any, ...]) -> None:
        when, method, skip = moment

        def hurry() -> None:
            self.disturbed = True
            if (when, method) not in UNSEEN or not self.people.cover_ours(edit):
                self.people.do(edit)

        hang = self.server.before if when == "before" else self.server.after
        hang(method, self.hook(f"{when} {method}: {edit}", hurry), skip=skip)

    @rule(fault=faults)
    def google_fails(self, fault: Fault) -> None:
        self.server.fault(fault)

    @rule()
    def google_is_well_again(self) -> None:
        self.server.clear_faults()

    @rule(seconds=st.sampled_from([1, 300, 3600]))
    def time_passes(self, seconds: int) -> None:
        self.clock.advance(seconds)

    @rule()
    def we_start_again(self) -> None:
        self.client.close()
        self.world.start_again()
        self.open()

    @rule(method=st.sampled_from([READ, WRITE]))
    def a_second_worker_tries(self, method: str) -> None:
        def try_it() -> None:
            with pytest.raises(PassInProgressError), self.lock():
                pass

        self.server.before(method, self.hook("a second worker", try_it))

    @rule()
    def a_pass_is_made(self) -> None:
        self.disturbed = False
        outcome = self.sync()
        if outcome.result in GOOD and not self.disturbed:
            self.check_scores()

    @precondition(lambda self: self.at_work)
    @rule()
    def the_admin_accepts(self) -> None:
        self.people_put_back_what_they_are_told_of()
        self.sync(accept=True)

    def hook(self, what: str, act: Callable[[], None]) -> Callable[[LocalSheets], None]:
        """Something that happens during the next pass, in the server's thread, which can neither note nor fail here."""
        meant = self.passes

        def happen(_: LocalSheets) -> None:
            if self.at_work and self.passes == meant:
                self.happened.append(what)
                try:
                    act()
                except BaseException as error:
                    self.failures.append(error)

        return happen

    # How it ends

    def teardown(self) -> None:
        try:
            if hasattr(self, "client"):
                self.settle()
        finally:
            self.at_work = False
            if hasattr(self, "client"):
                self.server.clear_faults()
                self.client.close()

    def settle(self) -> None:
        """Nobody disturbs any more."""
        self.at_work = False
        self.server.clear_faults()
        first, second = self.sync(), self.sync()
        self.people_put_back_what_they_are_told_of()
        if second.result not in GOOD:
            # A brake that only the admin lets go.
            assert second.result in (PassResult.REFUSED, PassResult.PARTIAL), (first.result, second.result)
            second = self.sync(accept=True)
        assert second.result in GOOD
        self.check_scores()
        assert [each for each in self.watch.differences() if not self.is_a_score_left_behind(each)] == []

    def is_a_score_left_behind(self, difference: Difference) -> bool:
        """A score of ours that stood beside no key result any more, because people moved its text alone away, may go
        with a number of ours that hit its cell. It was never a person's: people type no scores.
        """
        expected = difference.expected
        is_a_score = isinstance(expected, int | float) and expected not in NUMBERS and 0 <= expected <= 1
        is_in_score_column = Table(self.server, self.settings.id).is_score_cell(difference.cell)
        return self.people.texts_moved and is_a_score and is_in_score_column and difference.found is None

    def people_put_back_what_they_are_told_of(self) -> None:
        """They know where it stood. Nothing but that is in need of them."""
        view = self.records.snapshot(self.settings.id)
        problems = [each for each in (view.problems if view else ()) if each.code in LEFT_TO_PEOPLE]
        told = {dict(each.facts)["lost"] for each in problems}
        for missing in self.watch.differences() if told else ():
            expected: Any = missing.expected
            text = text_of(expected) or "—"
            if text not in told and not text.startswith("="):
                continue
            note(f"by hand: {missing}")
            title, a1 = missing.cell.rsplit("!", 1)
            assert title == Table(self.server, self.settings.id).title
            [row, column] = [int(a1.lstrip("ABCDEFGHIJKLMNOP")) - 1, ord(a1[0]) - ord("A")]
            entered = {"userEnteredValue": {_kind(expected): expected}} if expected not in (None, "") else {}
            start = {"sheetId": 0, "rowIndex": row, "columnIndex": column}
            cells = {"start": start, "rows": [{"values": [entered]}], "fields": "userEnteredValue"}
            self.server.edit(self.settings.id, {"updateCells": cells})

    def sync(self, *, accept: bool = False) -> PassOutcome:
        with self.lock() as lease:
            outcome = run_pass(self.settings, self.client, self.records, self.clock, accept=accept, lease=lease)
        self.passes += 1
        cells = [str(write.cell) for write in outcome.writes]
        note(f"pass: {outcome.result} {outcome.error or ''} {cells}; meanwhile {self.happened}")
        self.happened.clear()
        assert self.failures == []
        return outcome

    @contextmanager
    def lock(self) -> Iterator[Any]:
        with pass_lock(self.world.folder / "state", self.settings.id, self.records, self.clock) as lease:
            yield lease

    def check_scores(self) -> None:
        table = Table(self.server, self.settings.id)
        entered = self.server.cells(self.settings.id)[table.title]
        note(str(entered))
        for row in table.key_results():
            target, current, shown = (table.value(row, name) for name in (TARGET, CURRENT, SCORE))
            if _formula(entered, row, table.column[SCORE]):
                continue
            assert self.people.texts_moved or table.value(row, TEXT) not in self.formulas, f"row {row + 1}"
            if self.people.texts_moved and target is None:
                # A text that came beside numbers of nobody's: what people typed there stays, and it has no score.
                assert shown in [None, *NUMBERS], f"row {row + 1}"
            elif isinstance(current, int | float) or current == "8":
                assert shown == _score(current, target), f"row {row + 1}"
            elif self.people.texts_moved:
                continue
            elif current is None and REWORDED not in str(table.value(row, TEXT)):
                assert shown in [None, *NUMBERS], f"row {row + 1}"
            else:
                # Its own score of before, or what a person typed there; never another's.
                own = [_score(each, target) for each in range(11)]
                assert shown in [None, *own, *NUMBERS], f"row {row + 1}"


def _is_ours(sheet: Sheet, row: int, column: int) -> bool:
    """The score cell of a key result."""
    header = next((each for each in range(len(sheet.rows)) if _has(sheet, each, TEXT)), None)
    if header is None or row <= header:
        return False
    names = {cell.value: index for index, cell in sheet.rows[header].items()}
    is_theirs = isinstance(sheet.cell(row, column).typed, str)
    return column == names.get(SCORE) and bool(sheet.cell(row, names[TEXT]).value) and not is_theirs


def _entered(write: CellWrite) -> str:
    return write.new.text if isinstance(write.new, Formula) else text_of(shown(write))


def _has(sheet: Sheet, row: int, text: str) -> bool:
    return any(cell.value == text for cell in sheet.rows[row].values())


def _formula(entered: dict[str, object], row: int, column: int) -> bool:
    return str(entered.get(f"{chr(ord('A') + column)}{row + 1}", "")).startswith("=")


def _score(current: object, target: object) -> float:
    share = min(max(Decimal(str(current)) / Decimal(str(target)), Decimal(0)), Decimal(1))
    return float(share.quantize(Decimal("0.01"), ROUND_HALF_UP))


@pytest.mark.timeout(0)
@pytest.mark.parametrize("share", range(SHARES))
def test_whatever_happens_the_sheet_comes_right_and_peoples_cells_are_theirs(share: int) -> None:
    with worlds() as world:
        run_state_machine_as_test(
            lambda: WriteBack(world),  # type: ignore[arg-type]
            settings=settings(
                max_examples=EXAMPLES // SHARES,
                stateful_step_count=8,
                deadline=None,
                # The same examples each time where a change is judged, other ones where faults are hunted.
                derandomize="MACHINE_EXAMPLES" not in os.environ,
                # What failed in one share is no matter of the others.
                database=None,
                suppress_health_check=list(HealthCheck),
                phases=[phase for phase in Phase if phase is not Phase.shrink or SHRINK],
            ),
        )
