"""Initiatives of a tab: one a row, each naming what it serves."""

from decimal import Decimal

from msgspec import structs

from sync.config.cycle_fields import InitiativeFields
from sync.domain.okr import Amount, Initiative, InitiativeState
from sync.reading.cycle_words import INITIATIVE_STATE
from sync.reading.days import read_day
from sync.reading.found import Row, several
from sync.reading.row_fields import RowFields


def read_initiative(fields: RowFields[InitiativeFields], row: Row) -> Initiative:
    """The initiative of a row."""
    text = row["text"]
    start, due = read_day(fields, row, "start"), read_day(fields, row, "due")
    return Initiative(
        text=text.text,
        cell=fields.required_cell(text, row),
        id=row["id"].text,
        key_results=several(row["key_result"].text, ",;\n"),
        objective=row["objective"].text,
        owner=row["owner"].text,
        start=start.text,
        start_cell=start.cell,
        due=due.text,
        due_cell=due.cell,
        status=row["status"].text,
        state=_state(fields, row),
        progress=_progress(fields, row),
    )


def _state(fields: RowFields[InitiativeFields], row: Row) -> InitiativeState | None:
    """What the status means. A tick that is not set says that it is not done, and not whether anybody works on it."""
    if row["status"].value is False:
        return None
    return fields.word(row, "status", INITIATIVE_STATE)


def _progress(fields: RowFields[InitiativeFields], row: Row) -> Amount:
    """The share that is done: a percentage, a number on the scale of the mapping, steps ("2/4"), or a tick."""
    found = row["progress"]
    cell = fields.reader.cell(found)
    answer = fields.amounts.yes_no(found)
    if answer is not None:
        return Amount(Decimal(int(answer)), found.text, cell=cell)
    steps = fields.amounts.steps(found)
    if steps is not None:
        share = Amount(steps[0] / steps[1] if steps[1] else None, found.text, cell=cell)
    else:
        share, problems = fields.amounts.read(found, fields.name("progress"))
        fields.table.problems.extend(problems)
        if share.number is not None and share.unit != "%" and fields.record.progress_scale != "percent":
            share = structs.replace(share, number=share.number / fields.record.progress_scale)
    if share.fault or (found.text == "" or (share.number is not None and 0 <= share.number <= 1)):
        return share
    if share.is_blank and steps is None:
        return share
    fields.problem("not-a-share", fields.reader.told_at(found), text=share.text, field=fields.name("progress"))
    return structs.replace(share, number=None, fault="not-a-number")
