"""Builds companies for the tests: every value has a default, so that a test states only what it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sync.domain.cells import CellRef
from sync.domain.company import ALONE, CompanySettings
from sync.domain.memory import Memory, PassRecord, PassResult
from sync.domain.okr import Amount, KeyResult, Level, Objective
from sync.domain.scoring import Bands, Part, Score, score_key_result, score_objective
from sync.domain.snapshot import Snapshot, TabState, TabView
from sync.records import Records
from webapp.company.company import Company, company_of
from webapp.company.pass_status import PassStatus
from webapp.reader.languages import load_words
from webapp.reader.reader import Reader, reader_of

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
TODAY = NOW.date()
SHEET = "sheet-1"
URL = "https://docs.google.com/spreadsheets/d/sheet-1/edit"

VIETNAMESE: Reader = reader_of(load_words()["vi"], Bands())
ENGLISH: Reader = reader_of(load_words()["en"], Bands())


def cell(row: int, column: int = 0, *, spreadsheet: str = SHEET, tab: str = "OKR") -> CellRef:
    return CellRef(spreadsheet, 7, tab, row, column)


def amount(number: str | int | None, unit: str = "", text: str | None = None, at: CellRef | None = None) -> Amount:
    value = None if number is None else Decimal(number)
    return Amount(value, str(number) if text is None and number is not None else text or "", unit, at)


def objective(key: str, row: int = 1, **facts: Any) -> Objective:
    defaults: dict[str, Any] = {"text": f"Objective {key}", "cell": cell(row), "level": Level.COMPANY}
    return Objective(key=key, **(defaults | facts))


def key_result(key: str, of: str, row: int = 1, **facts: Any) -> KeyResult:
    defaults: dict[str, Any] = {
        "text": f"Key result {key}",
        "cell": cell(row, 1),
        "start": amount(30),
        "current": amount(36),
        "target": amount(50),
    }
    return KeyResult(key=key, objective=of, **(defaults | facts))


def snapshot(objectives: Sequence[Objective], key_results: Sequence[KeyResult] = (), **facts: Any) -> Snapshot:
    """Scored as a pass would score it; `scores` replaces some of them."""
    scores: dict[str, Score] = {found.key: score_key_result(found) for found in key_results}
    scores |= facts.pop("scores", {})
    parts: dict[str, list[Part]] = {}
    for part in key_results:
        parts.setdefault(part.objective, []).append((part.weight, scores[part.key]))
    for found in objectives:
        scores.setdefault(found.key, score_objective(parts.get(found.key, ()), found.missing))
    defaults: dict[str, Any] = {
        "spreadsheet": SHEET,
        "title": "OKR 2026",
        "url": URL,
        "taken_at": NOW,
        "tabs": (TabView(7, "OKR", TabState.GOOD, NOW),),
    }
    return Snapshot(objectives=tuple(objectives), key_results=tuple(key_results), scores=scores, **(defaults | facts))


def company(
    *snapshots: Snapshot,
    before: Mapping[str, Decimal | None] | None = None,
    settings: CompanySettings = ALONE,
    today: date = TODAY,
) -> Company:
    return company_of(snapshots, before or {}, settings, today, whole=True)


def pass_status(*snapshots: Snapshot, passes: Sequence[PassRecord] = ()) -> PassStatus:
    """Every snapshot seen when it was taken."""
    seen = {found.spreadsheet: found.taken_at for found in snapshots}
    return PassStatus(seen, {found.spreadsheet: [found] for found in passes})


def a_pass(result: PassResult = PassResult.OK, **facts: Any) -> PassRecord:
    defaults: dict[str, Any] = {"spreadsheet": SHEET, "started_at": NOW, "finished_at": NOW}
    return PassRecord(result=result, **(defaults | facts))


def keep(records: Records, found: Snapshot, **facts: Any) -> None:
    """Record a good pass that came to this snapshot."""
    at = found.taken_at
    record = a_pass(spreadsheet=found.spreadsheet, started_at=at, finished_at=at)
    records.record(replace(record, **facts), found, Memory())
