"""What `/readyz` answers: is there something to show, and what of it may not be relied on, and why.

    {"status": "ok", "in_doubt": []}
    {"status": "degraded", "why": ["last-pass-failed", "stale"],
     "in_doubt": [{"id": "…", "title": "…", "why": ["last-pass-failed", "stale"]}]}

`why` are the words of `webapp.parts.freshness.Doubt`, and those below. Where the configuration file was
changed and is not in force, `configuration` has its faults ("configuration-refused") or the keys that wait for a
restart ("restart-needed"). Where a room did not take a message ("notices-failing"), `failing_rooms` names those.
Whoever may not see names gets none of these.
"""

import logging
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sync.config.standing import Standing
from sync.records import Records, RecordsError
from webapp.parts.freshness import FreshnessBar

NOT_WRITABLE = "database-not-writable"
REFUSED, WAITING = "configuration-refused", "restart-needed"
NOTICES_FAILING = "notices-failing"

log = logging.getLogger(__name__)


def readiness(
    bar: FreshnessBar, writable: bool, standing: Standing, failing_rooms: Collection[str], *, named: bool
) -> dict[str, Any]:
    """The answer where there is something to show."""
    why = {doubt.value for sheet in bar.doubtful for doubt in sheet.doubts}
    besides = {
        NOT_WRITABLE: not writable,
        REFUSED: bool(standing.refused),
        WAITING: bool(standing.waiting),
        NOTICES_FAILING: bool(failing_rooms),
    }
    why |= {word for word, is_so in besides.items() if is_so}
    sheets = [{"id": sheet.id, "title": sheet.title, "why": [*sheet.doubts]} for sheet in bar.doubtful]
    answer: dict[str, Any] = {"status": "degraded", "why": sorted(why)} if why else {"status": "ok"}
    if not named:
        return answer
    lines = [*standing.refused.get("en", standing.waiting)]
    more = {"configuration": lines, "failing_rooms": sorted(failing_rooms)}
    return {**answer, "in_doubt": sheets, **{name: told for name, told in more.items() if told}}


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
