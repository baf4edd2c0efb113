"""What a team wrote at the end of a period, beside its objectives and key results or on a tab of its own."""

from dataclasses import dataclass

from sync.config.cycle_fields import ReviewFields
from sync.config.mapping import KeyResultFields, ObjectiveFields
from sync.domain.okr import Decision
from sync.reading.cycle_words import DECISION
from sync.reading.row_fields import RowFields


@dataclass(frozen=True, slots=True)
class Learned:
    """A lesson, a decision with its words as written, and a comment."""

    lesson: str
    decision: Decision | None
    decision_text: str
    final_comment: str


def learned(rows: RowFields, fields: ObjectiveFields | KeyResultFields | ReviewFields, row: int) -> Learned:
    """What a row says of that."""
    return Learned(
        rows.text(fields, fields.lesson, row),
        rows.word(fields, fields.decision, row, DECISION),
        rows.text(fields, fields.decision, row),
        rows.text(fields, fields.final_comment, row),
    )
