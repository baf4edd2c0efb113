"""The alignment as JSON, for scripts. Pure; texts are as people wrote them, scores are numbers from 0 to 1.

`static/alignment.schema.json` says every field of it. `VERSION` grows only when something that is there changes its
meaning; fields may come at any time.
"""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from math import isfinite
from typing import Any

from sync.domain.alignment import Link
from sync.domain.cells import CellRef
from sync.domain.languages import LANGUAGES
from sync.domain.okr import Amount, CheckIn, Initiative, KeyResult, Objective
from sync.domain.pace import Projection
from sync.domain.problems import Problem
from sync.domain.scoring import Bands, Score, rounded_score
from sync.domain.standing import standing
from sync.translations.problems import hint_of, message_of
from webapp.company.company import Company
from webapp.company.pass_status import PassStatus
from webapp.company.problems import CompanyProblem
from webapp.company.scope import KnownPeriod
from webapp.company.trend import Histories, no_histories, projections

VERSION = 1
PENDING: dict[str, Any] = {"version": VERSION, "status": "pending"}


def state_json(
    company: Company,
    pass_status: PassStatus,
    stale: Collection[str],
    periods: Iterable[KnownPeriod],
    *,
    degraded: bool,
) -> dict[str, Any]:
    """How fresh everything is: what may change while the company stays the same."""
    return {
        "version": VERSION,
        "status": "degraded" if degraded else "ok",
        "spreadsheets": [
            {
                "id": snapshot.spreadsheet,
                "title": snapshot.title,
                "url": snapshot.url,
                "taken_at": pass_status.as_of(snapshot).isoformat(),
                "stale": snapshot.spreadsheet in stale,
            }
            for snapshot in company.snapshots.values()
        ],
        "periods": [_period(one) for one in periods if one.period.key],
    }


def _period(one: KnownPeriod) -> dict[str, Any]:
    span = one.period.span
    return {
        "key": one.period.key,
        "name": one.period.name,
        "first_day": span.first.isoformat() if span else None,
        "last_day": span.last.isoformat() if span else None,
        "state": one.state,
    }


def company_json(company: Company, bands: Bands, histories: Histories = no_histories) -> dict[str, Any]:
    """The company itself. All histories are asked for at once."""
    ends = projections(company, histories)
    return {
        "objectives": [_objective(found, company, bands, ends) for found in company.alignment.objectives.values()],
        "stray_key_results": [_key_result(found, company, bands, ends) for found in company.key_results_of("")],
        "problems": [_problem(found) for found in company.problems],
        "before_live": [_problem(found) for found in company.before_live],
    }


def _objective(objective: Objective, company: Company, bands: Bands, ends: Mapping[str, Projection]) -> dict[str, Any]:
    score = company.score(objective.key)
    parent = company.alignment.parents.get(objective.key)
    return {
        "key": objective.key,
        "id": objective.id,
        "text": objective.text,
        "cell": _cell(objective.cell),
        "level": objective.level,
        "unit": objective.unit,
        "owner": objective.owner,
        "period": objective.period,
        "period_key": company.calendar.period(objective.period).key,
        "status": objective.status,
        "kind": objective.kind,
        "weight": _number(objective.weight),
        "parent": _link(parent) if parent else None,
        "related": [_link(link) for link in company.related.get(objective.key, ())],
        **_score(score, bands),
        **_pace(objective.key, company),
        "projection": _projection(ends.get(objective.key)),
        "counted": score.counted,
        "total": score.total,
        "key_results": [_key_result(found, company, bands, ends) for found in company.key_results_of(objective.key)],
        "initiatives": [_initiative(found) for found in company.initiatives.get(objective.key, ())],
    }


def _key_result(
    key_result: KeyResult, company: Company, bands: Bands, ends: Mapping[str, Projection]
) -> dict[str, Any]:
    score = company.score(key_result.key)
    return {
        "key": key_result.key,
        "id": key_result.id,
        "text": key_result.text,
        "cell": _cell(key_result.cell),
        "owner": key_result.owner,
        "metric": key_result.metric,
        "start": _amount(key_result.start),
        "current": _amount(key_result.current),
        "target": _amount(key_result.target),
        "measure": key_result.measure,
        "weight": _number(key_result.weight),
        "confidence": key_result.confidence,
        **_score(score, bands),
        **_pace(key_result.key, company),
        "projection": _projection(ends.get(key_result.key)),
        "raw": _places(score.raw),
        "due": key_result.due,
        "initiatives": [_initiative(found) for found in company.initiatives.get(key_result.key, ())],
        "check_ins": [_check_in(found) for found in company.check_ins.get(key_result.key, ())],
    }


def _initiative(initiative: Initiative) -> dict[str, Any]:
    return {
        "id": initiative.id,
        "text": initiative.text,
        "cell": _cell(initiative.cell),
        "owner": initiative.owner,
        "start": initiative.start,
        "due": initiative.due,
        "status": initiative.status,
        "state": initiative.state,
        "progress": _places(initiative.progress.number),
    }


def _check_in(check_in: CheckIn) -> dict[str, Any]:
    return {
        "cell": _cell(check_in.cell),
        "date": check_in.date,
        "value": _amount(check_in.value),
        "before": _amount(check_in.before),
        "confidence": check_in.confidence,
        "confidence_level": _number(check_in.confidence_level),
        "comment": check_in.comment,
        "obstacle": check_in.obstacle,
        "next_step": check_in.next_step,
        "author": check_in.author,
    }


def _score(score: Score, bands: Bands) -> dict[str, Any]:
    return {
        "score": _places(score.value),
        "band": bands.of(score.value) if score.value is not None else None,
        "problem": score.problem,
        "stale": score.stale > 0,
    }


def _pace(key: str, company: Company) -> dict[str, Any]:
    found = standing(key, company)
    return {"pace": found.pace if found else None, "expected": _places(found.expected) if found else None}


def _projection(found: Projection | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "score": _places(found.value),
        "day": found.last.isoformat(),
        "since": found.first.isoformat(),
        "score_then": _places(found.start),
        "changes": found.changes,
    }


def _problem(found: CompanyProblem) -> dict[str, Any]:
    problem: Problem = found.problem
    return {
        "code": problem.code,
        "severity": problem.severity,
        "spreadsheet": found.spreadsheet,
        "cell": _cell(problem.cell),
        "message": {language: message_of(problem, language) for language in LANGUAGES},
        "hint": {language: hint_of(problem, language) for language in LANGUAGES},
    }


def _cell(cell: CellRef | None) -> dict[str, Any] | None:
    if cell is None:
        return None
    return {"spreadsheet": cell.spreadsheet, "sheet_id": cell.sheet_id, "tab": cell.tab, "a1": cell.a1}


def _link(link: Link) -> dict[str, str]:
    return {"objective": link.objective, "key_result": link.key_result}


def _amount(amount: Amount) -> dict[str, Any]:
    return {"number": _number(amount.number), "text": amount.text, "unit": amount.unit}


def _number(value: Decimal | None) -> float | None:
    """null as well for what no JSON number can hold."""
    return float(value) if value is not None and isfinite(float(value)) else None


def _places(value: Decimal | None) -> float | None:
    return None if value is None else float(rounded_score(value, 4))
