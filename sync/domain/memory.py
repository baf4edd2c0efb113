"""What one pass leaves for the next, and what is kept of it: values, and no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

ScorePlace = tuple[int, str]

# A score or a day, words, or nothing where we emptied the cell.
Written = Decimal | str | None


@dataclass(frozen=True, slots=True)
class KnownTab:
    """A mapped tab: its title now, and the title under which the configuration means it.

    `rows` is how many rows of OKRs it held when it was last believed. `recalculates` says that formulas may change what
    it shows though nobody edits.
    """

    sheet_id: int
    title: str
    mapped_as: str
    rows: int = 0
    recalculates: bool = False


@dataclass(frozen=True, slots=True)
class Memory:
    """What the next pass needs to know of the last one.

    `fingerprint` is that of the sheet as it was left (empty: look again), `looked_at` is when all was last read,
    `owned_columns` the score columns that are ours (sheet id, name), `written` what we last wrote by slot and saw stand
    (None: we emptied the cell), `pending_write` the journal's entry of a write that was never seen to have landed.
    `periods` are the names of those that its objectives have.
    """

    fingerprint: str = ""
    looked_at: datetime | None = None
    tabs: tuple[KnownTab, ...] = ()
    owned_columns: frozenset[ScorePlace] = frozenset()
    written: Mapping[str, Written] = field(default_factory=dict)
    pending_write: bytes | None = None
    periods: tuple[str, ...] = ()


class PassResult(StrEnum):
    """How a pass ended. Only the first two are a success."""

    UNCHANGED = "unchanged"
    OK = "ok"
    PARTIAL = "partial"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassRecord:
    """One pass over one spreadsheet. `message` is the kind of trouble of a failed one, such as "permission".

    `seconds` is how long it took, whatever was done to the wall clock meanwhile; `statuses` counts Google's answers by
    HTTP status, 0 where there was none; `quota_left` is how many requests of each kind might still be sent in that
    minute.
    """

    spreadsheet: str
    started_at: datetime
    finished_at: datetime
    result: PassResult
    reads: int = 0
    writes: int = 0
    message: str = ""
    seconds: float = field(default=0.0, compare=False)
    statuses: Mapping[int, int] = field(default_factory=dict, compare=False)
    quota_left: Mapping[str, int] = field(default_factory=dict, compare=False)
