"""Key results of a tab: one or several on a row, or one on several rows.

A key result belongs to the objective of its row, or the nearest one above; one that names its objective is left
open here and joined in `reading.book`, because that objective may stand on another tab.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from msgspec import structs

from sync.config.mapping import KeyResultFields
from sync.domain.cells import CellRef
from sync.domain.keys import identity, key_of, person_key
from sync.domain.okr import Amount, KeyResult, Objective
from sync.reading.adding_up import faulty_one
from sync.reading.dates import newness
from sync.reading.days import read_day
from sync.reading.found import FoundValue, Row, plain
from sync.reading.learned import learned
from sync.reading.measures import Measures
from sync.reading.row_fields import RowFields
from sync.reading.word_places import WordCells


@dataclass(frozen=True, slots=True)
class MetKeyResults:
    """The key results met on a tab so far, by key: its tables share them.

    `rows` are the rows that each stands on, with their days, and `kinds` its mapping; `words` are the cells of these
    rows that take words of ours; `copies` counts equal ones by owner; `joins` holds, for those that name their
    objective, the reference as written.
    """

    rows: dict[str, list[tuple[str, KeyResult]]] = field(default_factory=dict)
    kinds: dict[str, KeyResultFields] = field(default_factory=dict)
    copies: dict[tuple[str, str], int] = field(default_factory=dict)
    joins: dict[str, str] = field(default_factory=dict)
    words: dict[str, list[WordCells]] = field(default_factory=dict)

    def word_cells(self) -> dict[str, WordCells]:
        """Where words of ours go, by key: of several rows, to the one whose numbers count, else to the first."""
        return {key: found[self._counting_row(key)] for key, found in self.words.items()}

    def _counting_row(self, key: str) -> int:
        return 0 if self.kinds[key].rows in ("sum", "mean") else _newest(self.rows[key])

    def all(self, covered: Mapping[tuple[int, int], int]) -> list[KeyResult]:
        """Each once, in the sheet's order. `covered` are the cells below merged ones, with the rows that show there."""
        return [
            rows[0][1] if len(rows) == 1 else _combined(self.kinds[key], rows, covered)
            for key, rows in self.rows.items()
        ]


class KeyResultRows:
    """Reads the key results of one kind in one table; of several side by side, those of one item of what repeats."""

    def __init__(
        self, kind: KeyResultFields, item: str, fields: RowFields[KeyResultFields], met: MetKeyResults
    ) -> None:
        self.kind, self.item, self.fields, self.met = kind, item, fields, met
        self.names_objective = fields.record.objective is not None
        self._measures = Measures(fields)
        self._place = fields.table.place("key_result")
        self._is_on_several_rows = kind.is_on_several_rows
        self._each = None if kind.each is None else re.compile(plain(kind.each), re.MULTILINE)

    def read(self, row: Row, current: Objective | None) -> None:
        """Read the key results of one row: one, or one for each line of its cell that `each` finds.

        `current` is the objective that the row belongs to.
        """
        if self.fields.is_unreadable(row, "text", "id", "objective"):
            return
        text = row["text"]
        is_below = text.row not in (None, row.number) and self.fields.record.text.cell is None
        if is_below and not self._is_on_several_rows:
            self._tell_numbers_below(row, text)
            return  # the lower rows of a text merged over several, beside its initiatives
        if self._each is None:
            self._keep(row, self._key_result(row, text, current))
            return
        matches = self._each.finditer(plain(text.text))
        texts = [(match[1] if match.re.groups else match[0]).strip() for match in matches]
        lines = self.fields.lines(row, texts)
        for line in lines[:1]:
            self._check_lines(line, len(lines))
        for line in lines:
            self._keep(line, self._key_result(line, replace(text, value=line["text"].value), current))

    def _tell_numbers_below(self, row: Row, text: FoundValue) -> None:
        """A target and a current value of its own make a lower row one more measure, which is not read."""
        target, current = row["target"], row["current"]
        if all(found.text and found.row == row.number for found in (target, current)):
            cell = self.fields.reader.told_at(target)
            numbers = {"target": self.fields.amounts.shown(target), "current": self.fields.amounts.shown(current)}
            self.fields.problem("numbers-below", cell, text=text.text, **numbers)

    def _check_lines(self, row: Row, count: int) -> None:
        """Tell of cells with another number of lines than there are key results: nobody can tell which is whose."""
        for name in self.fields.record.sources():
            if row[name].torn:
                cell = self.fields.reader.told_at(row[name])
                self.fields.problem("lines-differ", cell, count=count, field=self.fields.name(name))

    def _key_result(self, row: Row, text: FoundValue, current: Objective | None) -> KeyResult:
        id_ = self._own_id(row, text)
        shown = text.text
        objective = current.key if current and not self.names_objective else ""
        measured = self._measures.of(row)
        weight = self.fields.weight(row)
        cell = self.fields.reader.cell(text) or measured.current.cell or weight.cell
        due, said = read_day(self.fields, row, "due"), learned(self.fields, row)
        return KeyResult(
            key=self._key(id_, objective or row["objective"].text, shown),
            text=shown,
            cell=cell or self.fields.required_cell(text, row),
            id=id_,
            objective=objective,
            owner=row["owner"].text,
            metric=measured.metric,
            strict=measured.strict,
            start=measured.start,
            target=measured.target,
            current=measured.current,
            measure=row["measure"].text,
            weight=weight.number,
            weight_blank=weight.is_blank,
            weight_unit=weight.unit,
            weight_cell=weight.cell,
            confidence=row["confidence"].text,
            score_cells=self.fields.score_cells(row),
            due=due.text,
            due_cell=due.cell,
            lesson=said.lesson,
            decision=said.decision,
            decision_text=said.decision_text,
            final_comment=said.final_comment,
        )

    def _own_id(self, row: Row, text: FoundValue) -> str:
        """A key result's ID; none where it is merged with that of a row above, which has another text."""
        found, source = row["id"], self.fields.record.id
        above = found.row is not None and found.row < row.number and source is not None and not source.label
        if self._is_on_several_rows or not above or found.row == text.row or found.text == "":
            return found.text
        self.fields.problem("id-merged", self.fields.reader.told_at(found), text=found.text)
        return ""

    def _keep(self, row: Row, key_result: KeyResult) -> None:
        """Add a key result, or make one of the several rows that it stands on."""
        if not self._is_on_several_rows:
            key_result = self._told_apart(key_result)
        date = read_day(self.fields, row, "date").text
        self.met.kinds.setdefault(key_result.key, self.kind)
        self.met.rows.setdefault(key_result.key, []).append((newness(date), key_result))
        words = self.fields.word_cells(row)
        if words:
            self.met.words.setdefault(key_result.key, []).append(words)
        if self.names_objective:
            self.met.joins[key_result.key] = row["objective"].text

    def _key(self, id_: str, objective: str, text: str) -> str:
        if id_:
            return identity(*self._place, key_of(id_), self.item)
        return identity(*self._place, key_of(objective), key_of(text), self.item)

    def _told_apart(self, key_result: KeyResult) -> KeyResult:
        """Two key results never share a key; equal ones of one owner are reported as duplicates."""
        if key_result.key not in self.met.rows:
            return key_result
        _, known = self.met.rows[key_result.key][0]
        owner = key_of(key_result.owner)
        if key_result.id or person_key(known.owner) == person_key(key_result.owner):
            text = key_result.id or key_result.text
            self.fields.problem("duplicate", key_result.cell, text=text, other=known.cell.a1)
        number = self.met.copies.get((key_result.key, owner), 1) + 1
        self.met.copies[key_result.key, owner] = number
        return structs.replace(key_result, key=identity(key_result.key, owner, number))


def _combined(
    fields: KeyResultFields, rows: list[tuple[str, KeyResult]], covered: Mapping[tuple[int, int], int]
) -> KeyResult:
    """One key result out of the rows that it stands on, each with its day. `covered` are cells below merged ones."""
    found = [key_result for _, key_result in rows]
    newest = _newest(rows)
    # Progress is kept as the current value.
    rules: dict[str, str] = {_AMOUNTS.get(name, name): rule for name, rule in fields.taken_together.items()}
    if fields.rows in ("sum", "mean"):
        rules = {"current": fields.rows, **rules}
    if not rules:
        return found[newest]
    base = found[0] if fields.rows in ("sum", "mean") else found[newest]
    start, target, current = (
        _together([getattr(each, name) for each in found], rules[name]) if name in rules else getattr(base, name)
        for name in ("start", "target", "current")
    )
    cells = _of_all_rows(found, covered)
    return structs.replace(base, cell=found[0].cell, score_cells=cells, start=start, target=target, current=current)


def _newest(rows: Sequence[tuple[str, KeyResult]]) -> int:
    """Which of several rows has the newest day; of equal ones the lowest."""
    newest, _ = max(enumerate(rows), key=lambda row: (row[1][0], row[0]))
    return newest


_AMOUNTS = {"progress": "current"}


def _together(amounts: Sequence[Amount], rule: str) -> Amount:
    """The sum or the mean of what the rows hold; blanks are left out, and of what one row hides there is none."""
    faulty = faulty_one(amounts)
    if faulty is not None:
        return faulty
    numbers = [amount.number for amount in amounts if amount.number is not None]
    if not numbers:
        return amounts[0]
    total = sum(numbers, Decimal(0))
    number = total / len(numbers) if rule == "mean" else total
    return structs.replace(amounts[0], number=number, text=f"{number.normalize():f}")


def _of_all_rows(found: Sequence[KeyResult], covered: Mapping[tuple[int, int], int]) -> tuple[CellRef, ...]:
    """The score cell of every row; of one that is merged over several of them, its first row's."""
    cells = [cell for each in found for cell in each.score_cells]
    places = {cell.place for cell in cells}
    return tuple(cell for cell in cells if (covered.get(cell.place), cell.column) not in places)
