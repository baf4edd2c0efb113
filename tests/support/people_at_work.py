"""People at work on a sheet of key results: what they do, drawn by Hypothesis, and carried out on the sheet as it is at
that moment.
"""

from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from sync.domain.cells import column_number
from sync.domain.grid import Scalar, text_of
from sync.local_sheets import LocalSheets
from tests.support.flat_sheet import HEADER
from tests.support.worded_sheet import WORDS

TEXT, TARGET, CURRENT, SCORE = "Kết quả then chốt", "Chỉ tiêu", "Hiện tại", "Điểm"
NOTE = "Ghi chú"
ELSEWHERE = "Số liệu"

# Who moves things about need not know the columns by their headings.
MOVES = {"insert row", "delete row", "move row", "sort", "insert above", "insert column", "move column", "rename tab"}
MOVES |= {"insert row elsewhere", "rename elsewhere"}
WRITE_WORDS = "write where words go"
TYPING = {"type current": CURRENT, "type score": SCORE, "write note": NOTE, "reword": TEXT, WRITE_WORDS: ""}

# A key result with another text is another one: what stood beside it is no longer known to be ours.
REWORDED = "!"

rows = st.integers(0, 9)
currents = st.sampled_from([0, 2, 5, 8, 10, None, "8", "tám"])
# No scores: people type what is in no write of ours that is on its way (`People.are_theirs`).
NUMBERS = [3.25, 42, 77]
numbers = st.sampled_from(NUMBERS)
# What people write where our words go; each begins so, that it can be told from ours. None: they empty the cell.
THEIRS = "người viết"
remarks = st.sampled_from([THEIRS, f"{THEIRS} =1+1", *NUMBERS, None])

moves = st.one_of(
    st.tuples(st.just("insert row"), rows),
    st.tuples(st.just("delete row"), rows),
    st.tuples(st.just("move row"), rows, rows),
    st.tuples(st.just("sort"), st.sampled_from(["ASCENDING", "DESCENDING"])),
    st.tuples(st.just("insert above"), st.integers(0, 2)),
    st.tuples(st.just("insert column"), st.integers(0, 10)),
    st.tuples(st.just("move column"), st.integers(0, 10), st.integers(0, 10)),
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
    st.tuples(st.just(WRITE_WORDS), rows, st.sampled_from([*WORDS.values()]), remarks),
    st.tuples(st.just("reword"), rows),
    st.tuples(st.just("add key result"), currents),
)

edits = st.one_of(moves, typing, parts)


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
        return {TEXT, TARGET, CURRENT, SCORE, NOTE, *WORDS.values()} <= {*self.column}

    def value(self, row: int, name: str) -> Scalar:
        cells, column = self.rows[row], self.column[name]
        return cells[column] if column < len(cells) and cells[column] != "" else None

    def key_results(self) -> list[int]:
        return [row for row in range(self.header + 1, len(self.rows)) if self.value(row, TEXT)]

    def is_score_cell(self, cell: str) -> bool:
        """Whether a cell such as "OKR!F6" is in the score column."""
        return self._column_of(cell) == self.column[SCORE]

    def is_for_words(self, cell: str) -> bool:
        """Whether a cell such as "OKR!G6" is in a column for words."""
        return self._column_of(cell) in {self.column[name] for name in WORDS.values()}

    def _column_of(self, cell: str) -> int:
        return column_number(cell.rsplit("!", 1)[1].rstrip("0123456789"))

    def row(self, number: int) -> int:
        """One of the rows below the header, or the one after the last."""
        return self.header + 1 + number % max(len(self.rows) - self.header, 1)

    def write(self, row: int, name: str, value: object) -> None:
        entered = {} if value is None else {"userEnteredValue": {kind_of(value): value}}
        start = {"sheetId": 0, "rowIndex": row, "columnIndex": self.column[name]}
        cells = {"start": start, "rows": [{"values": [entered]}], "fields": "userEnteredValue"}
        self.server.edit(self.spreadsheet, {"updateCells": cells})


def kind_of(value: object) -> str:
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
        """Whether this types over something of ours in a wrong cell, where what it hit is about to be put back, or
        where words of ours may be on their way.
        """
        table = Table(self.server, self.spreadsheet)
        if edit[0] not in TYPING or not table.is_headed():
            return False
        row, name = table.row(edit[1]), TYPING[edit[0]] or edit[2]
        is_ours = row in table.key_results()
        if edit[0] == WRITE_WORDS and is_ours:
            return True
        is_a_score = name == SCORE and is_ours
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
        if not is_formula(entered, row, table.column[SCORE]) and self.are_theirs(value):
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

    def write_where_words_go(self, table: Table, number: int, name: str, value: Scalar) -> None:
        row = table.row(number)
        if self.are_theirs(value):
            table.write(row, name, value)
            self.label(table, row)

    def reword(self, table: Table, number: int) -> None:
        if table.row(number) in table.key_results():
            table.write(table.row(number), TEXT, f"{table.value(table.row(number), TEXT)}{REWORDED}")

    def add_key_result(self, table: Table, current: Scalar) -> None:
        self.added += 1
        values: list[Scalar] = ["Bán tốt hơn", f"KR mới {self.added}", 0, 23, current]
        if self.are_theirs(*values):
            for name, value in zip(HEADER, values, strict=False):
                table.write(len(table.rows), str(name), value)


def is_formula(entered: dict[str, object], row: int, column: int) -> bool:
    return str(entered.get(f"{chr(ord('A') + column)}{row + 1}", "")).startswith("=")
