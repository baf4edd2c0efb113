"""The OKR rules: what is wrong with a company's OKRs as OKRs. One small function a rule, one line in RULES.

`check` looks at the whole company; `check_scores` says why a key result of one spreadsheet has no score.

Says nothing of structure and values (`reading` does) nor of cells (`writing` does). A rule never raises.
"""

import difflib
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from sync.domain.alignment import Alignment, Names
from sync.domain.cells import CellRef
from sync.domain.keys import key_of
from sync.domain.okr import Amount, CheckIn, Initiative, KeyResult, Level, Objective, Status
from sync.domain.periods import Calendar
from sync.domain.problems import Problem, listed, problem, quote
from sync.domain.scoring import Score, units_disagree

MOST_OBJECTIVES = 5

# The nearest name of a broken link is a courtesy; it must not cost seconds in a large company.
MOST_SEARCHED_NAMES = 2000
# Texts that share less of their letters are not near.
ALIKE = 0.6

# Above this, weights such as 30 / 30 / 40 are meant as percentages; below, as plain proportions.
MOST_PLAIN_WEIGHT = 10

Rule = Callable[[Alignment], Iterator[Problem]]


def check(alignment: Alignment, scores: Mapping[str, Score], *, whole: bool) -> list[Problem]:
    """Every rule over the company; `scores` by key.

    Unless the company is `whole`, a configured spreadsheet was never read. What may be right as soon as it is, such as
    a parent that is not known yet, is not told.
    """
    found = list(unmeasured_objectives(alignment.objectives.values(), scores, whole))
    found += [problem for rule in RULES if whole or rule not in RULES_OF_THE_WHOLE for problem in rule(alignment)]
    return found


def unmeasured_objectives(
    objectives: Iterable[Objective], scores: Mapping[str, Score], whole: bool
) -> Iterator[Problem]:
    """An objective that nobody can measure: without a key result, or without what its level is to be rolled up from."""
    for objective in objectives:
        reason = "" if objective.status is Status.DRAFT else scores[objective.key].problem
        if reason == "no-key-result":
            yield problem("no-key-result", objective.cell, text=objective.text)
        elif reason == "no-support" and whole:
            yield problem("no-support", objective.cell, text=objective.text)


def too_many_objectives(alignment: Alignment) -> Iterator[Problem]:
    """More than five objectives in one unit (or of one person) and one period."""
    groups: dict[tuple[str, ...], list[Objective]] = {}
    for objective in alignment.objectives.values():
        if objective.status is Status.ACTIVE:
            groups.setdefault(_group(objective, alignment.calendar), []).append(objective)
    for found in groups.values():
        if len(found) > MOST_OBJECTIVES:
            sixth = found[MOST_OBJECTIVES]
            name = sixth.owner if sixth.level is Level.INDIVIDUAL else sixth.unit
            period = f" ({sixth.period})" if sixth.period else ""
            yield problem(
                "too-many-objectives", sixth.cell, unit=name or sixth.cell.tab, count=len(found), period=period
            )


def _group(objective: Objective, calendar: Calendar) -> tuple[str, ...]:
    """Those who share the five: a person on the individual level, else the unit; a tab where neither is named."""
    level = objective.level or ""
    person = key_of(objective.owner) if objective.level is Level.INDIVIDUAL else ""
    unit = key_of(objective.unit)
    place = "" if unit or person else f"{objective.cell.spreadsheet}/{objective.cell.sheet_id}"
    return (level, unit, person, place, calendar.period(objective.period).key)


def unresolved_reference(alignment: Alignment) -> Iterator[Problem]:
    """A parent or cross-link that names nothing, or more than one thing."""
    names = {key_of(objective.text): objective.text for objective in alignment.objectives.values()}
    names |= {key_of(objective.id): objective.id for objective in alignment.objectives.values() if objective.id}
    for unresolved in alignment.unresolved:
        child = alignment.objectives[unresolved.child]
        cell = (child.parent_cell if unresolved.reference == child.parent else child.related_cell) or child.cell
        if unresolved.candidates:
            cells = listed(str(item.cell) for item in unresolved.candidates)
            count = len(unresolved.candidates)
            yield problem("ambiguous-parent", cell, parent=unresolved.reference, count=count, cells=cells)
        else:
            own = (key_of(child.text), key_of(child.id))
            others = (name for name in names if name not in own)
            searched = list(itertools.islice(others, MOST_SEARCHED_NAMES))
            close = difflib.get_close_matches(key_of(unresolved.reference), searched, n=1, cutoff=ALIKE)
            nearest = f"“{quote(names[close[0]])}”" if close else "none"
            yield problem("unknown-parent", cell, parent=unresolved.reference, nearest=nearest)


def unmatched_references(
    names: Names, check_ins: Iterable[CheckIn], initiatives: Iterable[Initiative]
) -> Iterator[Problem]:
    """A check-in or an initiative that names no key result, or one of several: it would be dropped without a word.

    To be asked of a whole company only.
    """
    named = [(found.cell, found.key_result) for found in check_ins]
    named += [(found.cell, name) for found in initiatives for name in found.key_results or (found.objective,) if name]
    for cell, reference in named:
        meant = names.meant(reference, cell.spreadsheet)
        if not meant:
            yield problem("unknown-key-result", cell, text=reference)
        elif len(meant) > 1:
            cells = listed(str(item.cell) for item in meant)
            yield problem("ambiguous-key-result", cell, text=reference, count=len(meant), cells=cells)


def circular_parents(alignment: Alignment) -> Iterator[Problem]:
    """Objectives that support each other in a circle; told at each of them."""
    for circle in alignment.circles:
        texts = [quote(alignment.objectives[key].text)[:30] for key in circle]
        path = " → ".join([*texts, texts[0]])
        for key in circle:
            objective = alignment.objectives[key]
            yield problem("circular-parent", objective.parent_cell or objective.cell, path=path)


def skipped_level(alignment: Alignment) -> Iterator[Problem]:
    """A person's objective that hangs directly on the company's."""
    for link in alignment.parents.values():
        child, parent = alignment.objectives[link.child], alignment.objectives[link.objective]
        if child.level and parent.level and child.level.depth - parent.level.depth > 1:
            yield problem(
                "skipped-level",
                child.parent_cell or child.cell,
                text=child.text,
                level=child.level.value,
                parent=parent.text,
                parent_level=parent.level.value,
            )


def orphan(alignment: Alignment) -> Iterator[Problem]:
    """An objective below the company's level that supports nothing. One with a broken link is told of that instead."""
    for objective in alignment.objectives.values():
        below = objective.level in (Level.DEPARTMENT, Level.INDIVIDUAL)
        if below and objective.status is Status.ACTIVE and not objective.parent:
            yield problem("orphan", objective.cell, text=objective.text)


def weights_of_100(alignment: Alignment) -> Iterator[Problem]:
    """Weights that look like percentages and do not add up to 100."""
    for key, key_results in alignment.key_results.items():
        weights = [found.weight for found in key_results if found.weight is not None]
        percent = any(found.weight_unit == "%" for found in key_results)
        total = sum(weights, Decimal(0)) * (100 if percent else 1)
        looks_like_percent = percent or (len(weights) > 1 and max(weights) >= MOST_PLAIN_WEIGHT)
        if key in alignment.objectives and looks_like_percent and total not in (0, 100):
            text = alignment.objectives[key].text
            yield problem("weights-not-100", _weight_cell(key_results), text=text, sum=f"{total.normalize():f}")


def _weight_cell(key_results: tuple[KeyResult, ...]) -> CellRef:
    return next((found.weight_cell for found in key_results if found.weight_cell), key_results[0].cell)


def check_scores(
    key_results: Iterable[KeyResult], objectives: Iterable[Objective], scores: Mapping[str, Score]
) -> list[Problem]:
    """Why something has no score, or a surprising one, where a person can mend it."""
    found = [_score_problem(key_result, scores[key_result.key]) for key_result in key_results]
    found += [
        problem("no-weight", objective.cell, text=objective.text)
        for objective in objectives
        if scores[objective.key].problem == "no-weight"
    ]
    return [item for item in found if item is not None]


def _score_problem(key_result: KeyResult, score: Score) -> Problem | None:
    text, start, target, current = key_result.text, key_result.start, key_result.target, key_result.current
    if score.wrong_way and not score.stale:
        began, now, goal = _on_one_scale(start, current, target)
        facts = {"text": text, "start": began or "0", "current": now, "target": goal}
        return problem("wrong-way", current.cell or key_result.cell, **facts)
    if score.problem == "target-missing":
        return problem("target-missing", target.cell or key_result.cell, text=text, current=current.text)
    if score.problem == "target-equals-start":
        return problem("target-equals-start", target.cell or key_result.cell, text=text, target=target.text)
    if score.problem == "start-missing":
        return problem("start-missing", start.cell or key_result.cell, text=text, target=target.text)
    if score.problem == "unit-mismatch":
        one, other = _disagreeing(key_result)
        return problem("unit-mismatch", other.cell or key_result.cell, one=one.text, other=other.text)
    return None


def _on_one_scale(*amounts: Amount) -> list[str]:
    """Amounts as they were written; a bare fraction beside a percentage as a percentage too."""
    if not any(amount.unit == "%" for amount in amounts):
        return [amount.text for amount in amounts]
    return [
        f"{(amount.number * 100).normalize():f}%" if amount.number is not None and not amount.unit else amount.text
        for amount in amounts
    ]


def _disagreeing(key_result: KeyResult) -> tuple[Amount, Amount]:
    pairs = [(key_result.target, key_result.current), (key_result.start, key_result.current)]
    return next((pair for pair in pairs if units_disagree(pair)), (key_result.start, key_result.target))


RULES: tuple[Rule, ...] = (
    too_many_objectives,
    unresolved_reference,
    circular_parents,
    skipped_level,
    orphan,
    weights_of_100,
)

# Those whose answer another spreadsheet can change.
RULES_OF_THE_WHOLE = frozenset({unresolved_reference, circular_parents, skipped_level})
