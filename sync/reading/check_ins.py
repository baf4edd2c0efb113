"""Check-ins and initiatives of a tab: one a row, each naming what it belongs to."""

from decimal import Decimal

from sync.config.mapping import CheckInFields, InitiativeFields
from sync.domain.okr import Amount, CheckIn, Initiative
from sync.reading.row_fields import RowFields
from sync.reading.sources import FoundValue, several


def read_check_in(rows: RowFields, fields: CheckInFields, row: int) -> CheckIn | None:
    """The check-in of a row; None where it shows an error instead of the key result's name."""
    if rows.is_unreadable(fields, row, fields.key_result):
        return None
    reference = rows.find(fields, fields.key_result, row)
    value, total = _reported(rows, rows.find(fields, fields.value, row), rows.name(fields.value))
    return CheckIn(
        key_result=reference.text,
        cell=rows.required_cell(reference, row),
        date=rows.deciding_day(fields, fields.date, row),
        value=value,
        total=total,
        confidence=rows.text(fields, fields.confidence, row),
        comment=rows.text(fields, fields.comment, row),
        author=rows.text(fields, fields.author, row),
    )


def _reported(rows: RowFields, found: FoundValue, column: str) -> tuple[Amount, Decimal | None]:
    """A checked-in value, with what steps are counted against: a number, steps, or yes or no."""
    cell = rows.reader.cell(found)
    answer = rows.amounts.yes_no(found)
    if answer is not None:
        return Amount(Decimal(int(answer)), found.text, cell=cell), None
    steps = rows.amounts.steps(found)
    if steps is not None:
        return Amount(steps[0], found.text, cell=cell), steps[1]
    value, problems = rows.amounts.read(found, column)
    rows.problems.extend(problems)
    return value, None


def read_initiative(rows: RowFields, fields: InitiativeFields, row: int) -> Initiative:
    """The initiative of a row."""
    text = rows.find(fields, fields.text, row)
    return Initiative(
        text=text.text,
        cell=rows.required_cell(text, row),
        id=rows.text(fields, fields.id, row),
        key_results=several(rows.text(fields, fields.key_result, row), ",;\n"),
        objective=rows.text(fields, fields.objective, row),
        owner=rows.text(fields, fields.owner, row),
        due=rows.day(rows.find(fields, fields.due, row)),
        status=rows.text(fields, fields.status, row),
    )
