"""The one list of what a person must do now: what is late, what is due this week, what to mend. Pure."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from sync.domain.cycle_records import Coaching, CoachingState
from sync.domain.keys import person_key
from sync.domain.okr import KeyResult, Objective
from sync.domain.problems import Problem
from sync.domain.rhythm import day_of
from webapp.company.company import Company
from webapp.company.heard import Heard
from webapp.company.holders import Holder
from webapp.company.notes import Note
from webapp.company.undertakings import Undertaking, is_over
from webapp.parts.cells import CellLink, cell_link
from webapp.parts.items import counts_of, lacks_text, troubles_of
from webapp.parts.silence import silence_of
from webapp.reader.reader import Reader

# So much is told; the rest is counted.
MOST = 50


@dataclass(frozen=True, slots=True)
class ToDo:
    """`kind` is what it is, in a word; `when` is by when, since when, or how much. `objective` is the key of the
    objective on whose page it stands, "" where there is none; `key_result` that of the key result there. `cell` is
    where it is done.
    """

    kind: str
    text: str
    when: str
    is_late: bool = False
    objective: str = ""
    key_result: str = ""
    cell: CellLink | None = None


@dataclass(frozen=True, slots=True)
class _Task:
    """What a thing to do is sorted by, and how it is told: for the few that are shown."""

    day: date
    is_late: bool
    told: Callable[[], ToDo]


@dataclass(frozen=True, slots=True)
class Tasks:
    """The `first` of things to do as they are told, and how many there are."""

    first: tuple[_Task, ...]
    count: int


def tasks_of(
    holder: Holder | None,
    initiatives: Sequence[Undertaking],
    lessons: Iterable[Objective],
    company: Company,
    reader: Reader,
) -> Tasks:
    """What everybody may know that a person is to do. `initiatives` are theirs, `lessons` their objectives of which it
    is still to be said what was learned.
    """
    found = [*_check_ins(holder, company, reader), *_initiatives(initiatives, company, reader)]
    found += [*_sheets(holder, company, reader), *_lessons(lessons, company, reader)]
    return Tasks(tuple(heapq.nsmallest(MOST, found, key=_urgency)), len(found))


def to_do(known: Tasks, notes: Iterable[Note], company: Company, reader: Reader) -> tuple[tuple[ToDo, ...], int]:
    """What is late stands first, then what is due by its day, last what has no day; and how much more there is.

    `notes` are what the reader may see that they are to act on.
    """
    agreed = list(_agreed(notes, company, reader))
    in_order = sorted([*agreed, *known.first], key=_urgency)
    return tuple(task.told() for task in in_order[:MOST]), max(known.count + len(agreed) - MOST, 0)


def _urgency(task: _Task) -> tuple[bool, date]:
    return not task.is_late, task.day


def _own(holder: Holder, company: Company) -> Iterator[KeyResult]:
    """The key results that are theirs to move."""
    for objective in holder.objectives:
        parts = company.key_results_of(objective.key)
        yield from (part for part in parts if person_key(part.owner) in ("", holder.key))
    yield from holder.key_results


def _check_ins(holder: Holder | None, company: Company, reader: Reader) -> Iterator[_Task]:
    """Of key results under way: check-ins, and the key results that have a day of their own."""
    until = _end_of_week(company)
    for part in _own(holder, company) if holder else ():
        heard = company.heard.get(part.key)
        if heard and heard.due <= until:
            yield _Task(heard.due, heard.is_overdue, partial(_check_in, part, heard, company, reader))
        due = day_of(part.due) if heard else None
        if due and due <= until:
            yield _Task(due, due < company.today, partial(_key_result, part, due, company, reader))


def _check_in(part: KeyResult, heard: Heard, company: Company, reader: Reader) -> ToDo:
    when = ", ".join(silence_of(part.key, company, reader)) or _due(heard.due, reader)
    return _of(part, reader.words.gettext("Check-in"), when, company, is_late=heard.is_overdue)


def _key_result(part: KeyResult, due: date, company: Company, reader: Reader) -> ToDo:
    kind, when = reader.words.gettext("Key result"), _due(due, reader)
    return _of(part, kind, when, company, is_late=due < company.today)


def _of(part: KeyResult, kind: str, when: str, company: Company, *, is_late: bool) -> ToDo:
    cell = cell_link(part.current.cell or part.cell, company.snapshots)
    return ToDo(kind, part.text, when, is_late, part.objective, part.key, cell)


def _initiatives(found: Iterable[Undertaking], company: Company, reader: Reader) -> Iterator[_Task]:
    for one in found:
        if one.due and one.due <= _end_of_week(company) and not is_over(one.initiative):
            yield _Task(one.due, one.is_late, partial(_initiative, one, one.due, company, reader))


def _initiative(one: Undertaking, due: date, company: Company, reader: Reader) -> ToDo:
    return ToDo(
        kind=reader.words.gettext("Initiative"),
        text=one.initiative.text,
        when=_due(due, reader),
        is_late=one.is_late,
        objective=one.objectives[0].key if one.objectives else "",
        cell=cell_link(one.initiative.cell, company.snapshots),
    )


def _agreed(notes: Iterable[Note], company: Company, reader: Reader) -> Iterator[_Task]:
    """Next steps that a coach and the person agreed on; those without a day are for now."""
    for note in notes:
        if isinstance(note, Coaching) and note.next_step and note.state is not CoachingState.DONE:
            due = day_of(note.due)
            if due is None or due <= _end_of_week(company):
                is_late = due is not None and due < company.today
                yield _Task(due or date.max, is_late, partial(_next_step, note, due, company, reader, is_late=is_late))


def _next_step(note: Coaching, due: date | None, company: Company, reader: Reader, *, is_late: bool) -> ToDo:
    when, cell = _due(due, reader) if due else "", cell_link(note.cell, company.snapshots)
    return ToDo(reader.words.gettext("Coaching"), note.next_step, when, is_late, cell=cell)


def _lessons(objectives: Iterable[Objective], company: Company, reader: Reader) -> Iterator[_Task]:
    """To be written until the results of their period are final."""
    for objective in objectives:
        period = company.calendar.period(objective.period)
        if period.span:
            until = period.span.last + timedelta(days=period.grace)
            yield _Task(until, until < company.today, partial(_lesson, objective, until, company, reader))


def _lesson(objective: Objective, until: date, company: Company, reader: Reader) -> ToDo:
    told = _with(objective, reader.words.gettext("Lesson"), _due(until, reader), company)
    return replace(told, is_late=until < company.today)


def _sheets(holder: Holder | None, company: Company, reader: Reader) -> Iterator[_Task]:
    """What to mend in the sheets, and drafts that are not ready to go live."""
    for objective in holder.objectives if holder else ():
        if troubles := troubles_of(objective, company):
            yield _Task(date.max, False, partial(_mend, objective, troubles, company, reader))
        if lacks := lacks_text(objective, company, reader):
            yield _Task(date.max, False, partial(_with, objective, reader.words.gettext("Draft"), lacks, company))


def _mend(objective: Objective, troubles: Sequence[Problem], company: Company, reader: Reader) -> ToDo:
    said = ", ".join(count.text for count in counts_of(troubles, reader))
    return _with(objective, reader.words.gettext("Mend in the sheet"), said, company)


def _with(objective: Objective, kind: str, said: str, company: Company) -> ToDo:
    cell = cell_link(objective.cell, company.snapshots)
    return ToDo(kind, objective.text, said, objective=objective.key, cell=cell)


def _due(day: date, reader: Reader) -> str:
    return f"{reader.words.gettext('due')} {reader.formats.day(day)}"


def _end_of_week(company: Company) -> date:
    return company.today + timedelta(days=6 - company.today.weekday())
