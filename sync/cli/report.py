"""What `sync --json` and `check --json` say: a public contract that scripts rely on. Shapes only, no printing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sync.domain.cells import CellRef
from sync.domain.company import CompanySettings
from sync.domain.grid import CellError, CellWrite, Entered, Formula, Scalar
from sync.domain.languages import Language
from sync.domain.okr import Amount, KeyResult, Objective
from sync.domain.problems import Problem, in_need
from sync.domain.scoring import Score, rounded_score
from sync.domain.snapshot import Snapshot
from sync.passes.outcome import PassOutcome
from sync.translations.problems import hint_of, message_of
from webapp.company.company import Company, company_of
from webapp.company.problems import CompanyProblem

SCORE_PLACES = 4


@dataclass(frozen=True, slots=True)
class CompanyProblems:
    """Problems by spreadsheet: of what counts, and what would be wrong with drafts as active OKRs."""

    problems: Mapping[str, Sequence[Problem]]
    before_live: Mapping[str, Sequence[Problem]]

    def in_need(self) -> bool:
        """Whether there is something that somebody should act on; a draft may be as it is."""
        return any(in_need(found) for found in self.problems.values())


def company_problems(
    snapshots: Iterable[Snapshot], settings: CompanySettings, today: date, *, whole: bool
) -> CompanyProblems:
    """Every problem as the page shows it: those of each spreadsheet's own pass, and those of the company together.

    Unless it is `whole`, a configured spreadsheet was never read, and what depends on the others is not told.
    """
    company = company_of(list(snapshots), {}, settings, today, whole=whole)
    return CompanyProblems(_by_spreadsheet(company.problems, company), _by_spreadsheet(company.before_live, company))


def _by_spreadsheet(told: Iterable[CompanyProblem], company: Company) -> Mapping[str, Sequence[Problem]]:
    found: dict[str, list[Problem]] = {spreadsheet: [] for spreadsheet in company.snapshots}
    for each in told:
        if each.spreadsheet:
            found[each.spreadsheet].append(each.problem)
    return found


def as_json(
    outcomes: Sequence[PassOutcome], problems: CompanyProblems, language: Language, *, with_writes: bool
) -> dict[str, Any]:
    """The report of a run: one entry for each spreadsheet, in the order of the configuration."""
    return {"spreadsheets": [_spreadsheet(outcome, problems, language, with_writes) for outcome in outcomes]}


def _spreadsheet(outcome: PassOutcome, told: CompanyProblems, language: Language, with_writes: bool) -> dict[str, Any]:
    snapshot = outcome.snapshot
    entry: dict[str, Any] = {
        "id": outcome.spreadsheet,
        "title": snapshot.title if snapshot else "",
        "result": outcome.result.value,
        "read_requests": outcome.reads,
        "write_requests": outcome.write_requests,
    }
    if with_writes:
        entry["writes"] = [_write(write) for write in outcome.writes]
    entry["problems"] = [_problem(found, language) for found in told.problems.get(outcome.spreadsheet, ())]
    entry["before_live"] = [_problem(found, language) for found in told.before_live.get(outcome.spreadsheet, ())]
    entry["okrs"] = _okrs(snapshot) if snapshot else []
    return entry


def _write(write: CellWrite) -> dict[str, Any]:
    return {
        "tab": write.cell.tab,
        "cell": write.cell.a1,
        "kind": write.kind,
        "field": write.field,
        "key": write.key,
        "old": _plain(write.old),
        "new": _plain(write.new),
    }


def _problem(found: Problem, language: Language) -> dict[str, Any]:
    return {
        "code": found.code,
        "severity": found.severity.value,
        "tab": found.tab or None,
        "cell": found.cell.a1 if found.cell else None,
        "message": message_of(found, language),
        "hint": hint_of(found, language),
    }


def _okrs(snapshot: Snapshot) -> list[dict[str, Any]]:
    objectives = {objective.key: objective for objective in snapshot.objectives}
    entries = [_objective(objective, snapshot.scores[objective.key]) for objective in snapshot.objectives]
    entries += [
        _key_result(found, objectives.get(found.objective), snapshot.scores[found.key])
        for found in snapshot.key_results
    ]
    return entries


def _objective(objective: Objective, score: Score) -> dict[str, Any]:
    return {
        **_common("objective", objective.cell, objective.text, objective),
        "owner": objective.owner,
        "parent": objective.parent or None,
        "metric": None,
        "start": None,
        "target": None,
        "current": None,
        "weight": float(objective.weight),
        **_score(score),
    }


def _key_result(found: KeyResult, objective: Objective | None, score: Score) -> dict[str, Any]:
    return {
        **_common("key_result", found.cell, found.text, objective),
        "owner": found.owner or (objective.owner if objective else ""),
        "parent": (objective.id or objective.text) if objective else None,
        "metric": found.metric.value,
        "start": _number(found.start),
        "target": _number(found.target),
        "current": _number(found.current),
        "weight": None if found.weight is None else float(found.weight),
        **_score(score),
    }


def _common(kind: str, cell: CellRef, text: str, objective: Objective | None) -> dict[str, Any]:
    return {
        "kind": kind,
        "tab": cell.tab,
        "cell": cell.a1,
        "text": text,
        "level": objective.level.value if objective and objective.level else None,
        "unit": objective.unit if objective else "",
        "period": objective.period if objective else "",
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "score": None if score.value is None else float(rounded_score(score.value, SCORE_PLACES)),
        "raw": None if score.raw is None else float(rounded_score(score.raw, SCORE_PLACES)),
        "problem": score.problem or None,
    }


def _number(amount: Amount) -> float | None:
    return None if amount.number is None else float(amount.number)


def _plain(value: Scalar | Entered) -> str | float | int | bool | None:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Formula):
        return value.text
    return value.code if isinstance(value, CellError) else value
