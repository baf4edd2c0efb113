"""When each key result was last heard of, and which are overdue for a check-in. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sync.domain.company import CompanySettings
from sync.domain.okr import CheckIn, KeyResult, Objective
from sync.domain.periods import Span
from sync.domain.rhythm import day_of, newest
from sync.domain.scoring import ONE, Score
from sync.domain.standing import running_span


@dataclass(frozen=True, slots=True)
class Heard:
    """`last` is the day of the newest check-in, or on which its current value was seen to change where nobody keeps a
    log; None where its period has seen neither. `due` is the day of the next one; from one to the next it is `every` so
    many days.
    """

    last: date | None
    due: date
    is_overdue: bool
    every: int


@dataclass(frozen=True, slots=True)
class Sources:
    """What tells when something was heard of: check-ins by key result, spreadsheets that keep a log, and the moments at
    which current values changed last, by key.
    """

    check_ins: Mapping[str, Sequence[CheckIn]]
    with_log: frozenset[str]
    changes: Mapping[str, datetime]


def heard_of(
    objectives: Iterable[Objective],
    key_results: Mapping[str, Sequence[KeyResult]],
    scores: Mapping[str, Score],
    sources: Sources,
    settings: CompanySettings,
    running: Mapping[str, Span],
    today: date,
) -> dict[str, Heard]:
    """By key, every key result that is under way: of an active objective in a period that runs, whose days are in
    `running` by its name. One that is done is left out.
    """
    found: dict[str, Heard] = {}
    for objective in objectives:
        span = running_span(objective, running)
        if span is not None:
            for part in key_results.get(objective.key, ()):
                value = scores[part.key].value if part.key in scores else None
                if value is None or value < ONE:
                    found[part.key] = _heard(part, objective, span, sources, settings, today)
    return found


def _heard(
    part: KeyResult, objective: Objective, span: Span, sources: Sources, settings: CompanySettings, today: date
) -> Heard:
    last = _last(part, span, sources, settings, today)
    rhythm = settings.rhythms.get(part.cell.spreadsheet, settings.rhythm)
    since = last or span.first
    level = objective.level
    return Heard(last, rhythm.due(level, since), rhythm.is_overdue(level, since, today), rhythm.every[level])


def _last(part: KeyResult, span: Span, sources: Sources, settings: CompanySettings, today: date) -> date | None:
    if part.key in sources.check_ins or part.cell.spreadsheet in sources.with_log:
        found = newest(sources.check_ins.get(part.key, ()), span.first, today)
        return day_of(found.date) if found else None
    changed = sources.changes.get(part.key)
    day = settings.calendar.today(changed) if changed else None
    return day if day and day >= span.first else None
