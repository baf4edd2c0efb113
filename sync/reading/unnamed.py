"""Numbers that stand beside no key result: its text was never typed, or they were typed a row too low.

A target and a current value say that something is measured in a row. Not told of a sum, of a row that is something
else, nor of what may be an objective's own progress.
"""

from sync.config.mapping import KeyResultFields
from sync.domain.problems import Problem, problem
from sync.reading.found import Row
from sync.reading.row_fields import RowFields
from sync.reading.words import is_total


class UnnamedNumbers:
    """Those of one table.

    Beside an objective that begins in the row they may be its own, as where sheets sum up above the key results. They
    are missing their key result only where most objectives begin beside one, which the last row tells.
    """

    def __init__(self) -> None:
        self._begun_beside_one = 0
        self._beside_objectives: list[Problem] = []

    def named(self, *, begins: bool) -> None:
        """A row has a key result. `begins` says that its objective does so in this row."""
        self._begun_beside_one += begins

    def look(self, fields: RowFields[KeyResultFields], row: Row, *, begins: bool) -> bool:
        """Whether a row that is no key result has the numbers of one, which is told."""
        if not _is_measured(fields, row):
            return False
        cell = fields.required_cell(row["text"], row)
        shown = {name: fields.amounts.shown(row[name]) for name in ("target", "current")}
        told = problem("numbers-unnamed", cell, **shown)
        (self._beside_objectives if begins else fields.table.problems).append(told)
        return True

    def told_in_the_end(self) -> list[Problem]:
        """What stands beside objectives, where it is not theirs."""
        return self._beside_objectives if self._begun_beside_one > len(self._beside_objectives) else []


def _is_measured(fields: RowFields[KeyResultFields], row: Row) -> bool:
    """Whether a row without a text says, in cells of its own and as numbers, what is to be reached and what was.

    A goal that is worked out is a sum, and nothing reached is what rows say that are prepared for later.
    """
    tab, text, target, current = fields.reader.tab, row["text"], row["target"], row["current"]
    is_unnamed = text.column is not None and text.row == row.number and not tab.text(row.number, text.column).strip()
    if not is_unnamed or any(found.row != row.number or found.text == "" for found in (target, current)):
        return False
    if (row.number, target.column) in tab.formulas or not fields.fits(row):
        return False
    if any(isinstance(value, str) and is_total(value) for value in tab.values[row.number]):
        return False
    steps = fields.amounts.steps(current)
    goal, reached = fields.amounts.read(target, "")[0].number, fields.amounts.read(current, "")[0].number
    return goal is not None and bool(steps[0] if steps else reached)
