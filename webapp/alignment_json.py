"""The alignment as JSON, for scripts. Pure; texts are as people wrote them, scores are numbers from 0 to 1.

    {"version": 1,                      of this format: grows only when something here changes its meaning
     "status": "ok" | "degraded",       degraded: something is stale, refused, failed or not read yet
     "spreadsheets": [{"id", "title", "url", "taken_at" (ISO 8601), "stale"}],
     "objectives":   [{"key", "id", "text", "cell", "level", "unit", "owner", "period", "status", "kind", "weight",
                       "parent": {"objective", "key_result"} | null, "related": [{"objective", "key_result"}],
                       "score" (4 decimals, or null), "counted", "total", "band", "problem", "stale",
                       "key_results": [{"key", "id", "text", "cell", "owner", "metric", "start", "current", "target",
                                        "measure", "weight", "confidence", "score", "raw", "band", "problem",
                                        "stale"}]}],
     "stray_key_results": [as above],   those that belong to no objective
     "problems":     [{"code", "severity", "spreadsheet", "cell", "message": {"vi", "en"}, "hint": {"vi", "en"}}]}

`cell` is {"spreadsheet", "sheet_id", "tab", "a1"} or null; `start`, `current` and `target` are
{"number", "text", "unit"}, a percentage being a fraction. `problem` is the code for which there is no score.
Before the first pass: {"version": 1, "status": "pending"} with status 503.
"""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from sync.alignment import Link
from sync.okr import Amount, CellRef, KeyResult, Objective
from sync.problems import LANGUAGES, Problem
from sync.scoring import Bands, Score, rounded
from webapp.company import Company, Found

VERSION = 1
PENDING: dict[str, Any] = {"version": VERSION, "status": "pending"}


def alignment_json(company: Company, bands: Bands, stale: Collection[str], *, degraded: bool) -> dict[str, Any]:
    """The whole company."""
    return {
        "version": VERSION,
        "status": "degraded" if degraded else "ok",
        "spreadsheets": [
            {
                "id": snapshot.spreadsheet,
                "title": snapshot.title,
                "url": snapshot.url,
                "taken_at": snapshot.taken_at.isoformat(),
                "stale": snapshot.spreadsheet in stale,
            }
            for snapshot in company.snapshots.values()
        ],
        "objectives": [_objective(found, company, bands) for found in company.alignment.objectives.values()],
        "stray_key_results": [_key_result(found, company, bands) for found in company.key_results_of("")],
        "problems": [_problem(found) for found in company.problems],
    }


def _objective(objective: Objective, company: Company, bands: Bands) -> dict[str, Any]:
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
        "status": objective.status,
        "kind": objective.kind,
        "weight": _number(objective.weight),
        "parent": _link(parent) if parent else None,
        "related": [_link(link) for link in company.related.get(objective.key, ())],
        **_score(score, bands),
        "counted": score.counted,
        "total": score.total,
        "key_results": [_key_result(found, company, bands) for found in company.key_results_of(objective.key)],
    }


def _key_result(key_result: KeyResult, company: Company, bands: Bands) -> dict[str, Any]:
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
        "raw": _places(score.raw),
    }


def _score(score: Score, bands: Bands) -> dict[str, Any]:
    return {
        "score": _places(score.value),
        "band": bands.of(score.value) if score.value is not None else None,
        "problem": score.problem,
        "stale": score.stale > 0,
    }


def _problem(found: Found) -> dict[str, Any]:
    problem: Problem = found.problem
    return {
        "code": problem.code,
        "severity": problem.severity,
        "spreadsheet": found.spreadsheet,
        "cell": _cell(problem.cell),
        "message": {language: problem.message(language) for language in LANGUAGES},
        "hint": {language: problem.hint(language) for language in LANGUAGES},
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
    return None if value is None else float(value)


def _places(value: Decimal | None) -> float | None:
    return None if value is None else float(rounded(value, 4))
