"""Rules of a good OKR that look at objectives: how many, of how many key results, whose, and in what words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sync.domain.alignment import Alignment
from sync.domain.keys import key_of
from sync.domain.okr import Level, Objective, Status
from sync.domain.periods import Calendar
from sync.domain.problems import Problem, problem
from sync.domain.rules.subjects import open_objectives
from sync.domain.rules.wording import is_only_a_number
from sync.domain.scoring import Score

MOST_OBJECTIVES = 5
FEWEST_KEY_RESULTS, MOST_KEY_RESULTS = 2, 5


def unmeasured_objectives(
    objectives: Iterable[Objective], scores: Mapping[str, Score], whole: bool
) -> Iterator[Problem]:
    """An objective that nobody can measure: without a key result, or without what its level is to be rolled up from."""
    for objective in objectives:
        reason = scores[objective.key].problem
        if reason == "no-key-result":
            yield problem("no-key-result", objective.cell, text=objective.text)
        elif reason == "no-support" and whole:
            yield problem("no-support", objective.cell, text=objective.text)


def too_many_objectives(alignment: Alignment) -> Iterator[Problem]:
    """More than five objectives in one unit (or of one person) and one period.

    Active ones are counted without drafts; a draft as if all drafts were active beside them.
    """
    return too_many_of(groups_of(alignment))


def groups_of(alignment: Alignment) -> dict[tuple[str, ...], tuple[Objective, ...]]:
    """Open objectives by those who share the five."""
    groups: dict[tuple[str, ...], list[Objective]] = {}
    for objective in open_objectives(alignment):
        groups.setdefault(_group(objective, alignment.calendar), []).append(objective)
    return {group: tuple(found) for group, found in groups.items()}


def too_many_of(groups: Mapping[tuple[str, ...], Sequence[Objective]]) -> Iterator[Problem]:
    """What `too_many_objectives` says of these groups."""
    for found in groups.values():
        active = [objective for objective in found if objective.status is Status.ACTIVE]
        drafts = [objective for objective in found if objective.status is Status.DRAFT]
        if len(active) > MOST_OBJECTIVES:
            yield _too_many(active[MOST_OBJECTIVES], len(active))
        if drafts and len(found) > MOST_OBJECTIVES:
            yield _too_many(drafts[max(MOST_OBJECTIVES - len(active), 0)], len(found))


def _too_many(beyond: Objective, count: int) -> Problem:
    name = beyond.owner if beyond.level is Level.INDIVIDUAL else beyond.unit
    period = f" ({beyond.period})" if beyond.period else ""
    return problem("too-many-objectives", beyond.cell, unit=name or beyond.cell.tab, count=count, period=period)


def _group(objective: Objective, calendar: Calendar) -> tuple[str, ...]:
    """Those who share the five: a person on the individual level, else the unit; a tab where neither is named."""
    level = objective.level or ""
    person = key_of(objective.owner) if objective.level is Level.INDIVIDUAL else ""
    unit = key_of(objective.unit)
    place = "" if unit or person else f"{objective.cell.spreadsheet}/{objective.cell.sheet_id}"
    return (level, unit, person, place, calendar.period(objective.period).key)


def too_few_key_results(alignment: Alignment) -> Iterator[Problem]:
    """One key result alone: one number rarely says that an objective is reached. None at all is told as an error."""
    for objective in open_objectives(alignment):
        if 0 < len(alignment.key_results.get(objective.key, ())) < FEWEST_KEY_RESULTS:
            yield problem("too-few-key-results", objective.cell, text=objective.text)


def too_many_key_results(alignment: Alignment) -> Iterator[Problem]:
    """More than five key results under one objective."""
    for objective in open_objectives(alignment):
        count = len(alignment.key_results.get(objective.key, ()))
        if count > MOST_KEY_RESULTS:
            yield problem("too-many-key-results", objective.cell, text=objective.text, count=count)


def no_owner(alignment: Alignment) -> Iterator[Problem]:
    """An objective or a key result that nobody answers for, where the tab names owners of others of its kind and level.

    A key result belongs to its objective's owner where it names none; an objective whose key results all have owners
    is looked after.
    """
    objectives = list(open_objectives(alignment))
    key_results = {found.key: alignment.key_results.get(found.key, ()) for found in objectives}
    owned = {_kind(found) for found in objectives if found.owner}
    split = {_kind(found) for found in objectives if any(part.owner for part in key_results[found.key])}
    for objective in objectives:
        unowned = [found for found in key_results[objective.key] if not found.owner]
        if objective.owner or (key_results[objective.key] and not unowned):
            continue
        if _kind(objective) in owned:
            yield problem("no-owner", objective.cell, text=objective.text)
        elif _kind(objective) in split:
            yield from (problem("no-owner", found.cell, text=found.text) for found in unowned)


def _kind(objective: Objective) -> tuple[str, int, str]:
    return (objective.cell.spreadsheet, objective.cell.sheet_id, objective.level or "")


def number_as_objective(alignment: Alignment) -> Iterator[Problem]:
    """An objective that says how much, and not where to: "Tăng doanh thu 20%"."""
    for objective in open_objectives(alignment):
        if is_only_a_number(objective.text):
            yield problem("number-as-objective", objective.cell, text=objective.text)
