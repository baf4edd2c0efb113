"""Companies to draw maps of."""

from collections.abc import Iterable
from typing import Any

from sync.domain.okr import KeyResult, Level, Objective
from tests.webapp.companies import company, objective, snapshot
from webapp.company.company import Company


def department(key: str, **facts: Any) -> Objective:
    return objective(key, level=Level.DEPARTMENT, **facts)


def person(key: str, **facts: Any) -> Objective:
    return objective(key, level=Level.INDIVIDUAL, **facts)


def company_with(*objectives: Objective, key_results: Iterable[KeyResult] = ()) -> Company:
    return company(snapshot(objectives, tuple(key_results)))
