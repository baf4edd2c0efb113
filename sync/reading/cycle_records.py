"""What a row says of reviews, recognition, feedback, coaching and people.

What is not for everyone is never quoted in a problem: problems are for everyone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from sync.config.cycle_fields import (
    CoachingFields,
    CycleFields,
    FeedbackFields,
    PersonFields,
    RecognitionFields,
    ReviewFields,
)
from sync.config.record import Record
from sync.config.sources import Source, WordSource
from sync.domain.cells import CellRef
from sync.domain.cycle_records import Coaching, CycleRecord, Feedback, Person, Recognition, Review, Visible
from sync.domain.visibility import subjects
from sync.reading.cycle_words import COACHING_STATE
from sync.reading.days import UNQUOTED, read_day
from sync.reading.learned import learned
from sync.reading.row_fields import RowFields
from sync.reading.sources import several
from sync.reading.words import Vocabulary

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_BETWEEN_NAMES = ",;\n"

T = TypeVar("T")


def read_cycle_records(rows: RowFields, kinds: Sequence[CycleFields], row: int) -> Iterator[CycleRecord]:
    """The records of a row, one at most of each of these kinds."""
    for fields in kinds:
        known_by = _known_by(fields)
        if any(rows.exists(fields, source, row) for source in known_by) and not _unreadable(rows, fields, row):
            yield _read(rows, fields, row)


def _known_by(fields: CycleFields) -> tuple[Source, ...]:
    """One of these must hold something for a row to be such a record."""
    if isinstance(fields, ReviewFields):
        return (fields.about,)
    if isinstance(fields, PersonFields):
        return (fields.name,)
    if isinstance(fields, CoachingFields):
        return (fields.person,) if fields.topic is None else (fields.topic, fields.person)
    return (fields.text,)


def _unreadable(rows: RowFields, fields: CycleFields, row: int) -> bool:
    """Whether the row shows an error where it says what it is about, or for whom it is."""
    if isinstance(fields, RecognitionFields | FeedbackFields):
        return rows.is_unreadable(fields, row, fields.text, fields.receiver, fields.giver)
    if isinstance(fields, CoachingFields):
        return rows.is_unreadable(fields, row, fields.topic, fields.person, fields.coach)
    return rows.is_unreadable(fields, row, *_known_by(fields))


def _read(rows: RowFields, fields: CycleFields, row: int) -> CycleRecord:
    if isinstance(fields, ReviewFields):
        return _review(rows, fields, row)
    if isinstance(fields, PersonFields):
        return _person(rows, fields, row)
    if isinstance(fields, RecognitionFields):
        record: Recognition | Feedback | Coaching = _recognition(rows, fields, row)
    elif isinstance(fields, FeedbackFields):
        record = _feedback(rows, fields, row)
    else:
        record = _coaching(rows, fields, row)
    if not all(subjects(record)):
        source = fields.person if isinstance(fields, CoachingFields) else fields.receiver
        cell = rows.reader.cell(rows.find(fields, source, row)) or record.cell
        if record.visible is Visible.EVERYONE:
            rows.problem("nobody-named", cell, field=rows.name(source))
        else:
            rows.problem("nobody-sees", cell, field=rows.name(source))
    return record


def _review(rows: RowFields, fields: ReviewFields, row: int) -> Review:
    said = learned(rows, fields, row)
    return Review(
        about=rows.text(fields, fields.about, row),
        cell=_cell(rows, fields, fields.about, row),
        period=rows.text(fields, fields.period, row),
        author=rows.text(fields, fields.author, row),
        date=read_day(rows, fields, fields.date, row).text,
        lesson=said.lesson,
        decision=said.decision,
        decision_text=said.decision_text,
        final_comment=said.final_comment,
    )


def _recognition(rows: RowFields, fields: RecognitionFields, row: int) -> Recognition:
    return Recognition(
        text=rows.text(fields, fields.text, row),
        cell=_cell(rows, fields, fields.text, row),
        visible=fields.visible,
        giver=rows.text(fields, fields.giver, row),
        receivers=several(rows.text(fields, fields.receiver, row), _BETWEEN_NAMES),
        date=read_day(rows, fields, fields.date, row, quoted=_is_for_everyone(fields)).text,
        about=rows.text(fields, fields.about, row),
    )


def _feedback(rows: RowFields, fields: FeedbackFields, row: int) -> Feedback:
    return Feedback(
        text=rows.text(fields, fields.text, row),
        cell=_cell(rows, fields, fields.text, row),
        visible=fields.visible,
        giver=rows.text(fields, fields.giver, row),
        receivers=several(rows.text(fields, fields.receiver, row), _BETWEEN_NAMES),
        date=read_day(rows, fields, fields.date, row, quoted=_is_for_everyone(fields)).text,
        about=rows.text(fields, fields.about, row),
        kind=rows.text(fields, fields.kind, row),
    )


def _coaching(rows: RowFields, fields: CoachingFields, row: int) -> Coaching:
    quoted = _is_for_everyone(fields)
    topic = rows.find(fields, fields.topic, row)
    return Coaching(
        cell=_cell(rows, fields, fields.topic if topic.text else fields.person, row),
        visible=fields.visible,
        coach=rows.text(fields, fields.coach, row),
        person=rows.text(fields, fields.person, row),
        date=read_day(rows, fields, fields.date, row, quoted=quoted).text,
        topic=topic.text,
        next_step=rows.text(fields, fields.next_step, row),
        due=read_day(rows, fields, fields.due, row, quoted=quoted).text,
        status=rows.text(fields, fields.status, row),
        state=_word(rows, fields, fields.status, row, COACHING_STATE, quoted=quoted),
    )


def _person(rows: RowFields, fields: PersonFields, row: int) -> Person:
    email = rows.text(fields, fields.email, row)
    is_address = _ADDRESS.fullmatch(email) is not None
    if email and not is_address:
        found = rows.find(fields, fields.email, row)
        rows.problem("not-an-address", rows.reader.told_at(found), text=email, field=rows.name(fields.email))
    return Person(
        name=rows.text(fields, fields.name, row),
        cell=_cell(rows, fields, fields.name, row),
        email=email.casefold() if is_address else "",
        unit=rows.text(fields, fields.unit, row),
        manager=rows.text(fields, fields.manager, row),
    )


def _is_for_everyone(fields: RecognitionFields | FeedbackFields | CoachingFields) -> bool:
    return fields.visible is Visible.EVERYONE


def _cell(rows: RowFields, fields: Record, source: Source | None, row: int) -> CellRef:
    return rows.required_cell(rows.find(fields, source, row), row)


def _word(
    rows: RowFields, fields: Record, source: WordSource[str] | None, row: int, known: Vocabulary[T], *, quoted: bool
) -> T | None:
    """What a word means; one that is not understood is told, without the word where that is not to be `quoted`."""
    if source is None or quoted:
        return rows.word(fields, source, row, known)
    found = rows.find(fields, source, row)
    meant, problems = rows.words.read(found, source, known, rows.name(source))
    if problems:
        _, problems = rows.words.read(replace(found, value=UNQUOTED), source, known, rows.name(source))
    rows.problems.extend(problems)
    return meant
