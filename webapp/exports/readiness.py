"""What `/readyz` answers: is there something to show, and what of it may not be relied on, and why.

    {"status": "ok", "in_doubt": []}
    {"status": "degraded", "why": ["last-pass-failed", "stale"],
     "in_doubt": [{"id": "…", "title": "…", "why": ["last-pass-failed", "stale"]}]}

`why` are the words of `webapp.parts.freshness.Doubt`, and those below. Where the configuration file was
changed and is not in force, `configuration` has its faults ("configuration-refused") or the keys that wait for a
restart ("restart-needed"). Whoever may not see names gets neither of these.
"""

import logging
from datetime import datetime
from typing import Any

from sync.config.standing import Standing
from sync.records import Records, RecordsError
from webapp.parts.freshness import FreshnessBar

NOT_WRITABLE = "database-not-writable"
REFUSED, WAITING = "configuration-refused", "restart-needed"

log = logging.getLogger(__name__)


def readiness(bar: FreshnessBar, writable: bool, standing: Standing, *, named: bool) -> dict[str, Any]:
    """The answer where there is something to show."""
    why = {doubt.value for sheet in bar.doubtful for doubt in sheet.doubts}
    besides = {NOT_WRITABLE: not writable, REFUSED: bool(standing.refused), WAITING: bool(standing.waiting)}
    why |= {word for word, is_so in besides.items() if is_so}
    sheets = [{"id": sheet.id, "title": sheet.title, "why": [*sheet.doubts]} for sheet in bar.doubtful]
    answer: dict[str, Any] = {"status": "degraded", "why": sorted(why)} if why else {"status": "ok"}
    if not named:
        return answer
    lines = [*standing.refused.get("en", standing.waiting)]
    return {**answer, "in_doubt": sheets} | ({"configuration": lines} if lines else {})


def unavailable(error: RecordsError) -> dict[str, Any]:
    """The answer where the database cannot even be read."""
    log.error("the database cannot be read: %s", error)
    return {"status": "unavailable"}


def can_write(records: Records, now: datetime) -> bool:
    """Whether a pass could be recorded: without that, none is made."""
    try:
        records.try_writing(now)
    except RecordsError as error:
        log.warning("the database cannot be written: %s", error)
        return False
    return True
