"""Key results of a tab: one or several on a row, or one on several rows.

A key result belongs to the objective of its row, or the nearest one above; one that names its objective is left
open here and joined in `reading.book`, because that objective may stand on another tab.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sync.config.mapping import KeyResultFields
from sync.config.sources import Source
from sync.domain.cells import CellRef
from sync.domain.keys import identity, key_of, person_key
from sync.domain.okr import Amount, KeyResult, Objective
from sync.reading.dates import newness
from sync.reading.days import read_day
from sync.reading.learned import learned
from sync.reading.measures import Measured, measure
from sync.reading.row_fields import RowFields
from sync.reading.sources import FoundValue, Line, plain


@dataclass(frozen=True, slots=True)
class MetKeyResults:
    """The key results met on a tab so far, by key: its tables share them.

    `rows` are the rows that each stands on, with their days, and `kinds` its mapping; `copies` counts equal ones by
    owner; `joins` holds, for those that name their objective, the reference as written.
    """

    rows: dict[str, list[tuple[str, KeyResult]]] = field(default_factory=dict)
    kinds: dict[str, KeyResultFields] = field(default_factory=dict)
    copies: dict[tuple[str, str], int] = field(default_factory=dict)
    joins: dict[str, str] = field(default_factory=dict)

    def all(self, covered: Mapping[tuple[int, int], int]) -> list[KeyResult]:
        """Each once, in the sheet's order. `covered` are the cells below merged ones, with the rows that show there."""
        return [_combined(self.kinds[key], rows, covered) for key, rows in self.rows.items()]


class KeyResultRows:
    """Reads the key results of one table."""

    def __init__(self, rows: RowFields, met: MetKeyResults) -> None:
        self.rows, self.met = rows, met

    def read(
        self, kind: KeyResultFields, fields: KeyResultFields, row: int, item: str, current: Objective | None
    ) -> None:
        """The key results of one row: one, or one for each line of its cell that `each` finds.

        `fields` are those of its `kind` for this `item` of what repeats.
        """
        if self.rows.is_unreadable(fields, row, fields.text, fields.id, fields.objective):
            return
        text = self.rows.find(fields, fields.text, row)
        if not fields.is_on_several_rows and text.row not in (None, row) and fields.text.cell is None:
            return  # the lower rows of a text merged over several, beside its initiatives
        if fields.each is None:
            self._keep(kind, fields, row, self._key_result(fields, text, row, item, current))
            return
        matches = list(re.finditer(plain(fields.each), plain(text.text), re.MULTILINE))
        for number, match in enumerate(matches):
            line = (match[1] if match.re.groups else match[0]).strip()
            of_line = fields.model_copy(update={"text": Source(value=line)})
            self.rows.know(of_line, Line(number, len(matches)))
            if number == 0:
                self._check_lines(of_line, row, len(matches))
            self._keep(kind, of_line, row, self._key_result(of_line, replace(text, value=line), row, item, current))
            self.rows.forget(of_line)

    def _check_lines(self, fields: KeyResultFields, row: int, count: int) -> None:
        """Tell of cells with another number of lines than there are key results: nobody can tell which is whose."""
        for source in fields.sources().values():
            found = self.rows.find(fields, source, row)
            if found.torn:
                cell = self.rows.reader.told_at(found)
                self.rows.problem("lines-differ", cell, count=count, field=self.rows.name(source))

    def _key_result(
        self, fields: KeyResultFields, text: FoundValue, row: int, item: str, current: Objective | None
    ) -> KeyResult:
        id_ = self._own_id(fields, text, row)
        owner = self.rows.text(fields, fields.owner, row)
        reference = self.rows.text(fields, fields.objective, row)
        objective = current.key if current and not fields.objective else ""
        measured = self._measured(fields, row)
        weight, weight_unit, weight_cell = self.rows.weight(fields, fields.weight, row)
        cell = self.rows.reader.cell(text) or measured.current.cell or weight_cell
        score_cell = self.rows.score_cell(fields.score, row)
        due = read_day(self.rows, fields, fields.due, row)
        said = learned(self.rows, fields, row)
        return KeyResult(
            key=self._key_result_key(id_, objective or reference, text.text, item),
            text=text.text,
            cell=cell or self.rows.required_cell(text, row),
            id=id_,
            objective=objective,
            owner=owner,
            metric=measured.metric,
            strict=measured.strict,
            start=measured.start,
            target=measured.target,
            current=measured.current,
            measure=self.rows.text(fields, fields.measure, row),
            weight=weight,
            weight_unit=weight_unit,
            weight_cell=weight_cell,
            confidence=self.rows.text(fields, fields.confidence, row),
            score_cells=() if score_cell is None else (score_cell,),
            due=due.text,
            due_cell=due.cell,
            lesson=said.lesson,
            decision=said.decision,
            decision_text=said.decision_text,
            final_comment=said.final_comment,
        )

    def _own_id(self, fields: KeyResultFields, text: FoundValue, row: int) -> str:
        """A key result's ID; none where it is merged with that of a row above, which has another text."""
        found = self.rows.find(fields, fields.id, row)
        above = found.row is not None and found.row < row and fields.id is not None and not fields.id.label
        if fields.is_on_several_rows or not above or found.row == text.row or found.text == "":
            return found.text
        self.rows.problem("id-merged", self.rows.reader.told_at(found), text=found.text)
        return ""

    def _keep(self, kind: KeyResultFields, fields: KeyResultFields, row: int, key_result: KeyResult) -> None:
        """Add a key result, or make one of the several rows that it stands on."""
        if not fields.is_on_several_rows:
            key_result = self._told_apart(key_result)
        date = read_day(self.rows, fields, fields.date, row).text
        self.met.kinds.setdefault(key_result.key, kind)
        self.met.rows.setdefault(key_result.key, []).append((newness(date), key_result))
        if fields.objective:
            self.met.joins[key_result.key] = self.rows.text(fields, fields.objective, row)

    def _measured(self, fields: KeyResultFields, row: int) -> Measured:
        rows = self.rows
        measured = measure(rows.amounts, rows.words, fields, lambda source: rows.find(fields, source, row), rows.name)
        self.rows.problems.extend(measured.problems)
        return measured

    def _key_result_key(self, id_: str, objective: str, text: str, item: str) -> str:
        place = self.rows.place("key_result")
        if id_:
            return identity(*place, key_of(id_), item)
        return identity(*place, key_of(objective), key_of(text), item)

    def _told_apart(self, key_result: KeyResult) -> KeyResult:
        """Two key results never share a key; equal ones of one owner are reported as duplicates."""
        if key_result.key not in self.met.rows:
            return key_result
        _, known = self.met.rows[key_result.key][0]
        owner = key_of(key_result.owner)
        if key_result.id or person_key(known.owner) == person_key(key_result.owner):
            text = key_result.id or key_result.text
            self.rows.problem("duplicate", key_result.cell, text=text, other=known.cell.a1)
        number = self.met.copies.get((key_result.key, owner), 1) + 1
        self.met.copies[key_result.key, owner] = number
        return replace(key_result, key=identity(key_result.key, owner, number))


def _combined(
    fields: KeyResultFields, rows: list[tuple[str, KeyResult]], covered: Mapping[tuple[int, int], int]
) -> KeyResult:
    """One key result out of the rows that it stands on, each with its day. `covered` are cells below merged ones."""
    if not fields.is_on_several_rows or len(rows) == 1:
        return rows[0][1]
    found = [key_result for _, key_result in rows]
    newest, _ = max(enumerate(rows), key=lambda row: (row[1][0], row[0]))
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
    return replace(base, cell=found[0].cell, score_cells=cells, start=start, target=target, current=current)


_AMOUNTS = {"progress": "current"}


def _together(amounts: Sequence[Amount], rule: str) -> Amount:
    """The sum or the mean of what the rows hold; blanks are left out."""
    numbers = [amount.number for amount in amounts if amount.number is not None]
    if not numbers:
        return amounts[0]
    total = sum(numbers, Decimal(0))
    number = total / len(numbers) if rule == "mean" else total
    return replace(amounts[0], number=number, text=f"{number.normalize():f}")


def _of_all_rows(found: Sequence[KeyResult], covered: Mapping[tuple[int, int], int]) -> tuple[CellRef, ...]:
    """The score cell of every row; of one that is merged over several of them, its first row's."""
    cells = [cell for each in found for cell in each.score_cells]
    places = {cell.place for cell in cells}
    return tuple(cell for cell in cells if (covered.get(cell.place), cell.column) not in places)
