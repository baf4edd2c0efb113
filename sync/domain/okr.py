"""The domain: objectives, key results and what surrounds them, as frozen values.

Knows no sheet layout, no scoring and no storage. Texts are kept as people wrote them; whenever two texts are compared,
`key_of` is what is compared. What a record does not say is not stored either, so that the default of a field must never
become another one: what was closed long ago would say something else.
"""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from sync.domain.cells import CellRef


class Level(StrEnum):
    """Where an objective stands in the company; the order of the members is the order of the levels."""

    COMPANY = "company"
    DEPARTMENT = "department"
    INDIVIDUAL = "individual"

    @property
    def depth(self) -> int:
        return list(Level).index(self)


class Metric(StrEnum):
    """How a key result is measured; `scoring` gives each its formula.

    UNKNOWN: the sheet says how, in a word that is not understood. It has no formula and no score.
    """

    LINEAR = "linear"
    LINEAR_DOWN = "linear_down"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    BETWEEN = "between"
    DONE = "done"
    STEPS = "steps"
    WORDS = "words"
    PROGRESS = "progress"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Where an objective stands in its life. Drafts and closed ones are shown apart."""

    DRAFT = "draft"
    ACTIVE = "active"
    CLOSED = "closed"


class Kind(StrEnum):
    """Promised in full, or set above what one is sure to reach."""

    COMMITTED = "committed"
    ASPIRATIONAL = "aspirational"


class Decision(StrEnum):
    """What becomes of an objective or a key result after its period."""

    CARRY_OVER = "carry_over"
    CHANGE = "change"
    DROP = "drop"
    DONE = "done"


class InitiativeState(StrEnum):
    """How far an initiative is."""

    PLANNED = "planned"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"


class Amount(Struct, frozen=True, gc=False, omit_defaults=True):
    """A number as a sheet gives it, with the text it was taken from.

    A percentage is a fraction: "45,5%" and a cell formatted as 45.5% are both 0.455 with the unit "%".
    `upper` is set where the text names a range ("4–5"); `limit` is the mark before the number (≤ < ≥ >).
    `size` is the power of ten that words behind the number stand for: 9 in "1,2 tỷ".
    `fault` is "not-a-number", "ambiguous-number" or "cell-error" where the cell holds something unreadable.
    """

    number: Decimal | None = None
    text: str = ""
    unit: str = ""
    cell: CellRef | None = None
    upper: Decimal | None = None
    limit: str = ""
    fault: str = ""
    size: int = 0

    @property
    def is_blank(self) -> bool:
        """Nothing was measured: an empty cell, or a token such as N/A."""
        return self.number is None and not self.fault


NO_AMOUNT = Amount()


class Objective(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """Where we want to go. `key` is stable across passes and unique in the company.

    `parent` and `related` are references as written in the sheet; `alignment` resolves them.
    `score_cells` are the cells that take its score, usually one or none. `decision` is None where none was made, or
    where its words (`decision_text`) are not understood.
    """

    key: str
    text: str
    cell: CellRef
    id: str = ""
    level: Level | None = None
    unit: str = ""
    owner: str = ""
    period: str = ""
    status: Status = Status.ACTIVE
    kind: Kind | None = None
    weight: Decimal = Decimal(1)
    parent: str = ""
    parent_cell: CellRef | None = None
    related: tuple[str, ...] = ()
    related_cell: CellRef | None = None
    missing: str = "leave_out"
    score_cells: tuple[CellRef, ...] = ()
    lesson: str = ""
    decision: Decision | None = None
    decision_text: str = ""
    final_comment: str = ""


class KeyResult(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """How we know that we get there. `objective` is the key of its objective, empty for a stray one.

    `weight` is None where the sheet holds a weight that cannot be used, and 1 where its cell is empty (`weight_blank`).
    `score_cells` take its score: one or none, or one for each of the rows that it stands on. `due` is ISO, or as
    written; `decision` is as an objective's.
    """

    key: str
    text: str
    cell: CellRef
    id: str = ""
    objective: str = ""
    owner: str = ""
    metric: Metric = Metric.LINEAR
    strict: bool = False
    start: Amount = NO_AMOUNT
    target: Amount = NO_AMOUNT
    current: Amount = NO_AMOUNT
    measure: str = ""
    weight: Decimal | None = Decimal(1)
    weight_blank: bool = False
    weight_unit: str = ""
    weight_cell: CellRef | None = None
    confidence: str = ""
    score_cells: tuple[CellRef, ...] = ()
    due: str = ""
    due_cell: CellRef | None = None
    lesson: str = ""
    decision: Decision | None = None
    decision_text: str = ""
    final_comment: str = ""


class CheckIn(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One line of a check-in log. `key_result` is the reference as written; `date` is ISO, or as written.

    `total` is what steps were counted against: 4 where "2/4" was checked in. `before` is the value before it, where the
    log says it. `confidence_level` is the confidence as a number from 0 to 10, None for words that are no such number.
    """

    key_result: str
    cell: CellRef
    date: str = ""
    value: Amount = Amount()
    total: Decimal | None = None
    confidence: str = ""
    comment: str = ""
    author: str = ""
    date_cell: CellRef | None = None
    before: Amount = Amount()
    confidence_level: Decimal | None = None
    obstacle: str = ""
    next_step: str = ""


class Initiative(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """Work that is meant to move a key result. References are as written; `start` and `due` are ISO, or as written.

    `progress` is a share from 0 to 1, and `state` what `status` means, None where that is not known.
    """

    text: str
    cell: CellRef
    id: str = ""
    key_results: tuple[str, ...] = ()
    objective: str = ""
    owner: str = ""
    due: str = ""
    status: str = ""
    state: InitiativeState | None = None
    start: str = ""
    start_cell: CellRef | None = None
    due_cell: CellRef | None = None
    progress: Amount = Amount()

    @property
    def days(self) -> tuple[str, str]:
        """What tells its period where a name does not: both ends of it."""
        return self.start, self.due
