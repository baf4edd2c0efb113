"""Why a key result or an objective has no score, or a surprising one, where a person can mend it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sync.domain.okr import Amount, KeyResult, Objective
from sync.domain.problems import Problem, problem
from sync.domain.scoring import Score
from sync.domain.units import units_disagree
from sync.domain.weights import blank_beside_percents


def check_scores(
    key_results: Sequence[KeyResult], objectives: Sequence[Objective], scores: Mapping[str, Score]
) -> list[Problem]:
    """Why something has no score, or a surprising one, where a person can mend it."""
    found = [_score_problem(key_result, scores[key_result.key]) for key_result in key_results]
    found += [
        problem("no-weight", objective.cell, text=objective.text)
        for objective in objectives
        if scores[objective.key].problem == "no-weight"
    ]
    found += _missing_weights(key_results, objectives, scores)
    return [item for item in found if item is not None]


def _missing_weights(
    key_results: Sequence[KeyResult], objectives: Sequence[Objective], scores: Mapping[str, Score]
) -> list[Problem]:
    """Blank weights that keep objectives from a score."""
    texts = {found.key: found.text for found in objectives if scores[found.key].problem == "weight-missing"}
    beside: dict[str, list[KeyResult]] = {key: [] for key in texts}
    for found in key_results if texts else ():
        if found.objective in texts:
            beside[found.objective].append(found)
    return [
        problem("weight-missing", found.weight_cell or found.cell, text=found.text, objective=texts[key])
        for key, these in beside.items()
        for found in blank_beside_percents(these)
    ]


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
        _in_percent(amount.number, amount.text) if amount.number is not None and not amount.unit else amount.text
        for amount in amounts
    ]


def _in_percent(number: Decimal, text: str) -> str:
    """A bare fraction as a percentage, with the decimal sign of its text."""
    shown = f"{(number * 100).normalize():f}%"
    return shown.replace(".", ",") if "," in text else shown


def _disagreeing(key_result: KeyResult) -> tuple[Amount, Amount]:
    pairs = [(key_result.target, key_result.current), (key_result.start, key_result.current)]
    return next((pair for pair in pairs if units_disagree(pair)), (key_result.start, key_result.target))
