"""Check-ins of a tab: one a row, each naming its key result."""

from decimal import Decimal

from sync.config.cycle_fields import CheckInFields, ConfidenceSource
from sync.domain.keys import key_of
from sync.domain.okr import Amount, CheckIn
from sync.reading.cycle_words import CONFIDENCES
from sync.reading.days import read_day
from sync.reading.row_fields import RowFields
from sync.reading.sources import FoundValue

MOST_SURE = Decimal(10)


def read_check_in(rows: RowFields, fields: CheckInFields, row: int) -> CheckIn | None:
    """The check-in of a row; None where it shows an error instead of the key result's name."""
    if rows.is_unreadable(fields, row, fields.key_result):
        return None
    reference = rows.find(fields, fields.key_result, row)
    value, total = _reported(rows, rows.find(fields, fields.value, row), rows.name(fields.value))
    before, _ = _reported(rows, rows.find(fields, fields.before, row), rows.name(fields.before))
    confidence = rows.find(fields, fields.confidence, row)
    day = read_day(rows, fields, fields.date, row)
    return CheckIn(
        key_result=reference.text,
        cell=rows.required_cell(reference, row),
        date=day.text,
        date_cell=day.cell,
        value=value,
        total=total,
        before=before,
        confidence=confidence.text,
        confidence_level=_level(rows, fields.confidence, confidence),
        comment=rows.text(fields, fields.comment, row),
        obstacle=rows.text(fields, fields.obstacle, row),
        next_step=rows.text(fields, fields.next_step, row),
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


def _level(rows: RowFields, source: ConfidenceSource | None, found: FoundValue) -> Decimal | None:
    """How sure somebody is, from 0 to 10; None where the cell does not say it so that it cannot be mistaken.

    A plain number below 1 may be a share or very little; words may be anything, and are shown as they are.
    """
    word = key_of(found.text)
    if source is None or word == "":
        return None
    own = {key_of(text): Decimal(str(level)) for text, level in source.words.items()}
    if word in own or word in CONFIDENCES:
        return own.get(word, CONFIDENCES.get(word))
    steps = rows.amounts.steps(found)
    if steps is not None:
        return steps[0] / steps[1] * MOST_SURE if 0 <= steps[0] <= steps[1] != 0 else None
    amount, problems = rows.amounts.read(found, rows.name(source))
    if problems or amount.number is None or amount.upper is not None:
        return None
    level = amount.number * MOST_SURE if amount.unit == "%" else amount.number
    is_plain = amount.unit == "%" or level == 0 or level >= 1
    return level if is_plain and 0 <= level <= MOST_SURE else None
