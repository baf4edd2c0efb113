"""Initiatives of a tab: one a row, each naming what it serves."""

from dataclasses import replace
from decimal import Decimal

from sync.config.cycle_fields import InitiativeFields
from sync.domain.okr import Amount, Initiative, InitiativeState
from sync.domain.problems import problem
from sync.reading.cycle_words import INITIATIVE_STATE
from sync.reading.days import read_day
from sync.reading.row_fields import RowFields
from sync.reading.sources import several


def read_initiative(rows: RowFields, fields: InitiativeFields, row: int) -> Initiative:
    """The initiative of a row."""
    text = rows.find(fields, fields.text, row)
    start, due = read_day(rows, fields, fields.start, row), read_day(rows, fields, fields.due, row)
    return Initiative(
        text=text.text,
        cell=rows.required_cell(text, row),
        id=rows.text(fields, fields.id, row),
        key_results=several(rows.text(fields, fields.key_result, row), ",;\n"),
        objective=rows.text(fields, fields.objective, row),
        owner=rows.text(fields, fields.owner, row),
        start=start.text,
        start_cell=start.cell,
        due=due.text,
        due_cell=due.cell,
        status=rows.text(fields, fields.status, row),
        state=_state(rows, fields, row),
        progress=_progress(rows, fields, row),
    )


def _state(rows: RowFields, fields: InitiativeFields, row: int) -> InitiativeState | None:
    """What the status means. A tick that is not set says that it is not done, and not whether anybody works on it."""
    if rows.find(fields, fields.status, row).value is False:
        return None
    return rows.word(fields, fields.status, row, INITIATIVE_STATE)


def _progress(rows: RowFields, fields: InitiativeFields, row: int) -> Amount:
    """The share that is done: a percentage, a number on the scale of the mapping, steps ("2/4"), or a tick."""
    found = rows.find(fields, fields.progress, row)
    cell = rows.reader.cell(found)
    answer = rows.amounts.yes_no(found)
    if answer is not None:
        return Amount(Decimal(int(answer)), found.text, cell=cell)
    steps = rows.amounts.steps(found)
    if steps is not None:
        share = Amount(steps[0] / steps[1] if steps[1] else None, found.text, cell=cell)
    else:
        share, problems = rows.amounts.read(found, rows.name(fields.progress))
        rows.problems.extend(problems)
        if share.number is not None and share.unit != "%" and fields.progress_scale != "percent":
            share = replace(share, number=share.number / fields.progress_scale)
    if share.fault or (found.text == "" or (share.number is not None and 0 <= share.number <= 1)):
        return share
    if share.is_blank and steps is None:
        return share
    rows.problems.append(
        problem("not-a-share", rows.reader.told_at(found), text=found.text, field=rows.name(fields.progress))
    )
    return replace(share, number=None, fault="not-a-number")
