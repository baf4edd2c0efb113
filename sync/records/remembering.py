"""What the last pass left for the next, as it stands beside the view of its spreadsheet."""

from collections.abc import Sequence
from dataclasses import astuple, fields, replace
from typing import Any

from sqlalchemy import bindparam, select

from sync.domain.memory import KnownTab, Memory
from sync.records.tables import spreadsheet
from sync.records.times import naive

# The view stands in the same row, and is long.
HERE = select(
    *(spreadsheet.c.id, spreadsheet.c.digest, spreadsheet.c.fingerprint),
    *(spreadsheet.c.looked_at, spreadsheet.c.tabs, spreadsheet.c.periods),
).where(spreadsheet.c.id == bindparam("here"))


def known_tab(kept: Sequence[Any]) -> KnownTab:
    """What was kept before it was known whether a tab recalculates is taken to do so, until all is read again."""
    known = KnownTab(*kept)
    return known if len(kept) == len(fields(KnownTab)) else replace(known, recalculates=True)


def columns_of(memory: Memory) -> dict[str, object]:
    return {
        "fingerprint": memory.fingerprint,
        "looked_at": naive(memory.looked_at) if memory.looked_at else None,
        "tabs": [astuple(tab) for tab in memory.tabs],
        "periods": list(memory.periods),
    }
