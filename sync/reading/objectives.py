"""Objectives of a tab: one for each text, however many rows repeat it."""

from decimal import Decimal
from typing import Any

from msgspec import structs

from sync.config.mapping import ObjectiveFields
from sync.domain.cells import CellRef
from sync.domain.keys import identity, key_of
from sync.domain.okr import Objective, Status
from sync.reading.found import Row, several
from sync.reading.learned import learned
from sync.reading.row_fields import RowFields
from sync.reading.word_places import WordCells, together
from sync.reading.words import KIND, LEVEL, STATUS

# What tells objectives of the same text apart.
_NAMED = ("id", "unit", "owner", "period")
_FACTS = ("level", "status", "kind", "weight", "parent", "related", "lesson", "decision", "final_comment")


class MetObjectives:
    """The objectives met on a tab so far, by key, with our cells in all their rows: its tables share them."""

    def __init__(self) -> None:
        self._objectives: dict[str, Objective] = {}
        self._score_cells: dict[str, dict[CellRef, None]] = {}
        self._words: dict[str, list[WordCells]] = {}

    def get(self, key: str) -> Objective | None:
        """The objective that was met first under a key."""
        return self._objectives.get(key)

    def add(self, objective: Objective) -> Objective:
        """Keep an objective that was not met before."""
        self._score_cells[objective.key] = {}
        self._objectives[objective.key] = objective
        return objective

    def add_cells(self, key: str, cells: tuple[CellRef, ...], words: WordCells) -> None:
        """Further places of an objective's score and of words of ours."""
        if cells:
            self._score_cells[key].update(dict.fromkeys(cells))
        if words:
            self._words.setdefault(key, []).append(words)

    def word_cells(self) -> dict[str, WordCells]:
        """Where words of ours go, by key."""
        return {key: together(found) for key, found in self._words.items()}

    def all(self) -> list[Objective]:
        """Each with its score cells, in the sheet's order."""
        return [self._complete(found) for found in self._objectives.values()]

    def _complete(self, found: Objective) -> Objective:
        cells = tuple(self._score_cells[found.key])
        return structs.replace(found, score_cells=cells) if cells else found


class ObjectiveRows:
    """Reads the objectives of one table."""

    def __init__(self, fields: RowFields[ObjectiveFields], met: MetObjectives) -> None:
        self.fields, self.met = fields, met
        self._place = fields.table.place("objective")
        self._says_more = any(getattr(fields.record, name) for name in _FACTS)
        # Where key results are read too, an objective is often repeated beside each of them.
        # What the row read last said and whose it was: the next one mostly says the same beside another key result.
        self._said: tuple[str, ...] = ()
        # What that row said beside its name, where all of it is understood; None where something is not.
        self._understood: tuple[str, ...] | None = None
        self._beside = [name for name in _FACTS if getattr(fields.record, name)]
        self._is_only_words = "weight" not in self._beside
        self._last: Objective | None = None
        self._may_repeat = bool(fields.table.mapping.key_result) and not fields.record.when

    def read(self, row: Row, current: Objective | None) -> Objective | None:
        """The objective that a row names; None where it shows an error instead of its name.

        `current` is that of the rows above: repeated rows often leave the rest blank.
        """
        known_by = ("id",) if row["id"].text else ("unit", "owner", "period")
        if self.fields.is_unreadable(row, self.fields.named_by, *known_by):
            return None
        text = row[self.fields.named_by].text
        said = (text, row["id"].text, row["unit"].text, row["owner"].text, row["period"].text)
        if current is not None and current is self._last and said == self._said:
            self._look_at_facts(row)
            self._met_again(row, current, text, row["id"].text or current.id)
        else:
            current = self._named_by(row, text, current)
        if self._takes_ours(row):
            self.met.add_cells(current.key, self.fields.score_cells(row), self.fields.word_cells(row))
        self._said, self._last = said, current
        return current

    def _named_by(self, row: Row, text: str, current: Objective | None) -> Objective:
        """The objective of that name, which is a new one where none was met before."""
        named, facts = self._named(row, text, current), self._facts(row)
        key = self._key(text, named)
        known = self.met.get(key)
        if known is None:
            return self.met.add(Objective(key=key, text=text, cell=self._cell(row), **named, **facts))
        self._met_again(row, known, text, named["id"])
        return known

    def _named(self, row: Row, text: str, current: Objective | None) -> dict[str, Any]:
        named = {field: row[field].text for field in _NAMED}
        if current is not None and not named["id"] and key_of(current.text) == key_of(text):
            return {field: value or getattr(current, field) for field, value in named.items()}
        return named

    def _key(self, text: str, named: dict[str, str]) -> str:
        if named["id"]:
            return identity(*self._place, key_of(named["id"]))
        return identity(*self._place, *map(key_of, (text, named["unit"], named["owner"], named["period"])))

    def _look_at_facts(self, row: Row) -> None:
        """Tell what cannot be understood; what the row before said to the letter, and was understood, need not be."""
        if self._understood is None or self._understood != self._texts(row):
            self._facts(row)

    def _texts(self, row: Row) -> tuple[str, ...]:
        return tuple([row[name].text for name in self._beside])

    def _facts(self, row: Row) -> dict[str, Any]:
        """What else a row says of its objective; every row that cannot be understood is told."""
        if not self._says_more:
            return {"missing": self.fields.record.missing}
        told = len(self.fields.table.problems)
        found = self._all_facts(row)
        is_understood = self._is_only_words and len(self.fields.table.problems) == told
        self._understood = self._texts(row) if is_understood else None
        return found

    def _all_facts(self, row: Row) -> dict[str, Any]:
        weight = self.fields.weight(row).number
        parent, related, said = row["parent"], row["related"], learned(self.fields, row)
        return {
            "level": self.fields.word(row, "level", LEVEL),
            "status": self.fields.word(row, "status", STATUS) or Status.ACTIVE,
            "kind": self.fields.word(row, "kind", KIND),
            "weight": weight if weight is not None else Decimal(0),
            "parent": self._named_in(parent.text),
            "parent_cell": self.fields.reader.cell(parent),
            "related": several(self._named_in(related.text), ";\n"),
            "related_cell": self.fields.reader.cell(related),
            "missing": self.fields.record.missing,
            "lesson": said.lesson,
            "decision": said.decision,
            "decision_text": said.decision_text,
            "final_comment": said.final_comment,
        }

    def _named_in(self, text: str) -> str:
        """A reference; a dash or another text that means nothing on the tab names nobody."""
        return "" if key_of(text) in self.fields.reader.nothing else text

    def _met_again(self, row: Row, known: Objective, text: str, id_: str) -> None:
        """The same objective on a further row: its text repeated beside each key result, or a duplicate."""
        reworded = key_of(known.text) != key_of(text)
        if reworded or not self._may_repeat:
            self.fields.problem("duplicate", self._cell(row), text=id_ if reworded else text, other=known.cell.a1)

    def _cell(self, row: Row) -> CellRef:
        return self.fields.required_cell(row[self.fields.named_by], row)

    def _takes_ours(self, row: Row) -> bool:
        """An objective's score stands wherever its text stands: a merged text in its first row only, one that holds for
        the whole table (a constant, a cell or label above it, the tab's title) in every row.
        """
        return row[self.fields.named_by].row in (None, row.number) or not self.fields.stands_in_rows
