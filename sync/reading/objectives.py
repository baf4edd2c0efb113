"""Objectives of a tab: one for each text, however many rows repeat it."""

from dataclasses import replace
from decimal import Decimal

from sync.config.mapping import ObjectiveFields
from sync.domain.cells import CellRef
from sync.domain.keys import identity, key_of
from sync.domain.okr import Objective, Status
from sync.reading.learned import learned
from sync.reading.row_fields import RowFields
from sync.reading.sources import several
from sync.reading.words import KIND, LEVEL, STATUS


class MetObjectives:
    """The objectives met on a tab so far, by key, with the score cells of all their rows: its tables share them."""

    def __init__(self) -> None:
        self._objectives: dict[str, Objective] = {}
        self._score_cells: dict[str, dict[CellRef, None]] = {}

    def add(self, objective: Objective) -> Objective:
        """The objective under its key: this one, or the one that was met first."""
        self._score_cells.setdefault(objective.key, {}).update(dict.fromkeys(objective.score_cells))
        return self._objectives.setdefault(objective.key, objective)

    def all(self) -> list[Objective]:
        """Each with its score cells, in the sheet's order."""
        return [replace(found, score_cells=tuple(self._score_cells[key])) for key, found in self._objectives.items()]


class ObjectiveRows:
    """Reads the objectives of one table."""

    def __init__(self, rows: RowFields, met: MetObjectives) -> None:
        self.rows, self.met = rows, met

    def read(self, fields: ObjectiveFields, row: int, current: Objective | None) -> Objective | None:
        """The objective that a row names; None where it shows an error instead of its name.

        `current` is that of the rows above: repeated rows often leave the rest blank.
        """
        known_by = (
            (fields.id,) if self.rows.text(fields, fields.id, row) else (fields.unit, fields.owner, fields.period)
        )
        if self.rows.is_unreadable(fields, row, fields.named_by, *known_by):
            return None
        objective = self._read_objective(fields, row, current)
        known = self.met.add(objective)
        if known is not objective:
            self._met_again(fields, known, objective)
        return known

    def _met_again(self, fields: ObjectiveFields, known: Objective, again: Objective) -> None:
        """The same objective on a further row: its text repeated beside each key result, or a duplicate."""
        reworded = key_of(known.text) != key_of(again.text)
        if reworded or fields.when or not self.rows.mapping.key_result:
            text = again.id if reworded else again.text
            self.rows.problem("duplicate", again.cell, text=text, other=known.cell.a1)

    def _read_objective(self, fields: ObjectiveFields, row: int, current: Objective | None) -> Objective:
        text = self.rows.find(fields, fields.named_by, row)
        cell = self.rows.required_cell(text, row)
        named = {name: self.rows.text(fields, getattr(fields, name), row) for name in ("id", "unit", "owner", "period")}
        if current is not None and key_of(current.text) == key_of(text.text) and not named["id"]:
            named = {name: value or getattr(current, name) for name, value in named.items()}
        parent = self.rows.find(fields, fields.parent, row)
        related = self.rows.find(fields, fields.related, row)
        weight, _, _ = self.rows.weight(fields, fields.weight, row)
        said = learned(self.rows, fields, row)
        return Objective(
            key=self._objective_key(named, text.text),
            text=text.text,
            cell=cell,
            **named,
            level=self.rows.word(fields, fields.level, row, LEVEL),
            status=self.rows.word(fields, fields.status, row, STATUS) or Status.ACTIVE,
            kind=self.rows.word(fields, fields.kind, row, KIND),
            weight=weight if weight is not None else Decimal(0),
            parent=parent.text,
            parent_cell=self.rows.reader.cell(parent),
            related=several(related.text, ";\n"),
            related_cell=self.rows.reader.cell(related),
            missing=fields.missing,
            score_cells=self._own_score_cells(fields, row, cell),
            lesson=said.lesson,
            decision=said.decision,
            decision_text=said.decision_text,
            final_comment=said.final_comment,
        )

    def _objective_key(self, named: dict[str, str], text: str) -> str:
        place = self.rows.place("objective")
        if named["id"]:
            return identity(*place, key_of(named["id"]))
        return identity(*place, *(key_of(part) for part in (text, named["unit"], named["owner"], named["period"])))

    def _own_score_cells(self, fields: ObjectiveFields, row: int, cell: CellRef) -> tuple[CellRef, ...]:
        """An objective's score stands wherever its text stands: a merged text in its first row only, one that holds for
        the whole table (a constant, a cell or label above it, the tab's title) in every row.
        """
        found = self.rows.score_cell(fields.score, row)
        stands_here = cell.row == row or not self.rows.is_in_row(fields, fields.named_by)
        return (found,) if found is not None and stands_here else ()
