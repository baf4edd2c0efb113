"""What a row says of reviews, recognition, feedback, coaching and people.

What is not for everyone is never quoted in a problem: problems are for everyone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from sync.config.cycle_fields import (
    CoachingFields,
    CycleFields,
    FeedbackFields,
    PersonFields,
    RecognitionFields,
    ReviewFields,
)
from sync.config.sources import WordSource
from sync.domain.cycle_records import (
    Coaching,
    CoachingState,
    CycleRecord,
    Feedback,
    Person,
    Recognition,
    Review,
    Visible,
)
from sync.domain.visibility import subjects
from sync.reading.cycle_words import COACHING_STATE
from sync.reading.days import UNQUOTED, read_day
from sync.reading.found import Row, several
from sync.reading.learned import learned
from sync.reading.row_fields import RowFields

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_BETWEEN_NAMES = ",;\n"


def read_cycle_records(kinds: Sequence[RowFields[CycleFields]], number: int) -> Iterator[CycleRecord]:
    """The records of a row, one at most of each of these kinds."""
    for fields in kinds:
        row = fields.row(number)
        known_by = _known_by(fields.record)
        if any(fields.exists(row, name) for name in known_by) and not _unreadable(fields, row):
            yield _read(fields, row)


def _known_by(record: CycleFields) -> tuple[str, ...]:
    """One of these fields must hold something for a row to be such a record."""
    if isinstance(record, ReviewFields):
        return ("about",)
    if isinstance(record, PersonFields):
        return ("name",)
    if isinstance(record, CoachingFields):
        return ("person",) if record.topic is None else ("topic", "person")
    return ("text",)


def _unreadable(fields: RowFields[CycleFields], row: Row) -> bool:
    """Whether the row shows an error where it says what it is about, or for whom it is."""
    if isinstance(fields.record, RecognitionFields | FeedbackFields):
        return fields.is_unreadable(row, "text", "receiver", "giver")
    if isinstance(fields.record, CoachingFields):
        return fields.is_unreadable(row, "topic", "person", "coach")
    return fields.is_unreadable(row, *_known_by(fields.record))


def _read(fields: RowFields[CycleFields], row: Row) -> CycleRecord:
    said = fields.record
    if isinstance(said, ReviewFields):
        return _review(cast(RowFields[ReviewFields], fields), row)
    if isinstance(said, PersonFields):
        return _person(fields, row)
    if isinstance(said, RecognitionFields):
        record: Recognition | Feedback | Coaching = _recognition(fields, row, said.visible)
    elif isinstance(said, FeedbackFields):
        record = _feedback(fields, row, said.visible)
    else:
        record = _coaching(fields, row, said)
    if not all(subjects(record)):
        name = "person" if isinstance(said, CoachingFields) else "receiver"
        cell = fields.reader.cell(row[name]) or record.cell
        if record.visible is Visible.EVERYONE:
            fields.problem("nobody-named", cell, field=fields.name(name))
        else:
            fields.problem("nobody-sees", cell, field=fields.name(name))
    return record


def _review(fields: RowFields[ReviewFields], row: Row) -> Review:
    said = learned(fields, row)
    return Review(
        about=row["about"].text,
        cell=fields.required_cell(row["about"], row),
        period=row["period"].text,
        author=row["author"].text,
        date=read_day(fields, row, "date").text,
        lesson=said.lesson,
        decision=said.decision,
        decision_text=said.decision_text,
        final_comment=said.final_comment,
    )


def _recognition(fields: RowFields[CycleFields], row: Row, visible: Visible) -> Recognition:
    return Recognition(
        text=row["text"].text,
        cell=fields.required_cell(row["text"], row),
        visible=visible,
        giver=row["giver"].text,
        receivers=several(row["receiver"].text, _BETWEEN_NAMES),
        date=read_day(fields, row, "date", quoted=visible is Visible.EVERYONE).text,
        about=row["about"].text,
    )


def _feedback(fields: RowFields[CycleFields], row: Row, visible: Visible) -> Feedback:
    return Feedback(
        text=row["text"].text,
        cell=fields.required_cell(row["text"], row),
        visible=visible,
        giver=row["giver"].text,
        receivers=several(row["receiver"].text, _BETWEEN_NAMES),
        date=read_day(fields, row, "date", quoted=visible is Visible.EVERYONE).text,
        about=row["about"].text,
        kind=row["kind"].text,
    )


def _coaching(fields: RowFields[CycleFields], row: Row, record: CoachingFields) -> Coaching:
    quoted = record.visible is Visible.EVERYONE
    topic = row["topic"]
    return Coaching(
        cell=fields.required_cell(topic if topic.text else row["person"], row),
        visible=record.visible,
        coach=row["coach"].text,
        person=row["person"].text,
        date=read_day(fields, row, "date", quoted=quoted).text,
        topic=topic.text,
        next_step=row["next_step"].text,
        due=read_day(fields, row, "due", quoted=quoted).text,
        status=row["status"].text,
        state=_state(fields, row, record.status, quoted=quoted),
    )


def _person(fields: RowFields[CycleFields], row: Row) -> Person:
    email = row["email"].text
    is_address = _ADDRESS.fullmatch(email) is not None
    if email and not is_address:
        found = row["email"]
        fields.problem("not-an-address", fields.reader.told_at(found), text=email, field=fields.name("email"))
    return Person(
        name=row["name"].text,
        cell=fields.required_cell(row["name"], row),
        email=email.casefold() if is_address else "",
        unit=row["unit"].text,
        manager=row["manager"].text,
    )


def _state(
    fields: RowFields[CycleFields], row: Row, source: WordSource[str] | None, *, quoted: bool
) -> CoachingState | None:
    """What the status means; one that is not understood is told, without the word where that is not to be `quoted`."""
    if source is None or quoted:
        return fields.word(row, "status", COACHING_STATE)
    words, found, called = fields.table.words, row["status"], fields.name("status")
    meant, problems = words.read(found, source, COACHING_STATE, called)
    if problems:
        _, problems = words.read(replace(found, value=UNQUOTED), source, COACHING_STATE, called)
    fields.table.problems.extend(problems)
    return meant
