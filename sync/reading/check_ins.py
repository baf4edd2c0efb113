"""Check-ins of a tab: one a row, each naming its key result."""

from decimal import Decimal

from sync.config.cycle_fields import CheckInFields
from sync.domain.keys import key_of
from sync.domain.okr import Amount, CheckIn
from sync.reading.cycle_words import CONFIDENCES
from sync.reading.days import read_day
from sync.reading.found import FoundValue, Row
from sync.reading.row_fields import RowFields

MOST_SURE = Decimal(10)


def read_check_in(fields: RowFields[CheckInFields], row: Row) -> CheckIn | None:
    """The check-in of a row; None where it shows an error instead of the key result's name."""
    if fields.is_unreadable(row, "key_result"):
        return None
    reference = row["key_result"]
    value, total = _reported(fields, row, "value")
    before, _ = _reported(fields, row, "before")
    day = read_day(fields, row, "date")
    return CheckIn(
        key_result=reference.text,
        cell=fields.required_cell(reference, row),
        date=day.text,
        date_cell=day.cell,
        value=value,
        total=total,
        before=before,
        confidence=row["confidence"].text,
        confidence_level=_level(fields, row["confidence"]),
        comment=row["comment"].text,
        obstacle=row["obstacle"].text,
        next_step=row["next_step"].text,
        author=row["author"].text,
    )


def _reported(fields: RowFields[CheckInFields], row: Row, field: str) -> tuple[Amount, Decimal | None]:
    """A checked-in value, with what steps are counted against: a number, steps, or yes or no."""
    found = row[field]
    cell = fields.reader.cell(found)
    answer = fields.amounts.yes_no(found)
    if answer is not None:
        return Amount(Decimal(int(answer)), found.text, cell=cell), None
    steps = fields.amounts.steps(found)
    if steps is not None:
        return Amount(steps[0], found.text, cell=cell), steps[1]
    value, problems = fields.amounts.read(found, fields.name(field))
    fields.table.problems.extend(problems)
    return value, None


def _level(fields: RowFields[CheckInFields], found: FoundValue) -> Decimal | None:
    """How sure somebody is, from 0 to 10; None where the cell does not say it so that it cannot be mistaken.

    A plain number below 1 may be a share or very little; words may be anything, and are shown as they are.
    """
    source, word = fields.record.confidence, key_of(found.text)
    if source is None or word == "":
        return None
    own = {key_of(text): Decimal(str(level)) for text, level in source.words.items()}
    if word in own or word in CONFIDENCES:
        return own.get(word, CONFIDENCES.get(word))
    steps = fields.amounts.steps(found)
    if steps is not None:
        return steps[0] / steps[1] * MOST_SURE if 0 <= steps[0] <= steps[1] != 0 else None
    amount, problems = fields.amounts.read(found, fields.name("confidence"))
    if problems or amount.number is None or amount.upper is not None:
        return None
    level = amount.number * MOST_SURE if amount.unit == "%" else amount.number
    is_plain = amount.unit == "%" or level == 0 or level >= 1
    return level if is_plain and 0 <= level <= MOST_SURE else None
