"""What the last pass left for the next, as it stands beside the view of its spreadsheet."""

from collections.abc import Sequence
from dataclasses import astuple, fields, replace
from typing import Any

from sync.domain.memory import KnownTab, Memory
from sync.records.times import naive


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
