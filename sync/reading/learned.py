"""What a team wrote at the end of a period, beside its objectives and key results or on a tab of its own."""

from dataclasses import dataclass

from sync.config.cycle_fields import ReviewFields
from sync.config.mapping import KeyResultFields, ObjectiveFields
from sync.domain.okr import Decision
from sync.reading.cycle_words import DECISION
from sync.reading.found import NOTHING, Row
from sync.reading.row_fields import RowFields


@dataclass(frozen=True, slots=True)
class Learned:
    """A lesson, a decision with its words as written, and a comment."""

    lesson: str
    decision: Decision | None
    decision_text: str
    final_comment: str


NOTHING_LEARNED = Learned("", None, "", "")


def learned(fields: RowFields[ObjectiveFields | KeyResultFields | ReviewFields], row: Row) -> Learned:
    """What a row says of that."""
    lesson, decision, comment = row["lesson"], row["decision"], row["final_comment"]
    if lesson is NOTHING and decision is NOTHING and comment is NOTHING:
        return NOTHING_LEARNED
    return Learned(lesson.text, fields.word(row, "decision", DECISION), decision.text, comment.text)
