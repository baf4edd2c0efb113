"""The few objectives that moved most since last week, as a reader sees them. Pure."""

from dataclasses import dataclass

from sync.domain.okr import Objective, Status
from webapp.company.company import Company
from webapp.parts.items import ScoreView, score_of
from webapp.reader.reader import Reader

MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Moved:
    """An objective that moved, as its score tells."""

    key: str
    text: str
    unit: str
    score: ScoreView


@dataclass(frozen=True, slots=True)
class Movers:
    """Those named, and how many went up and down in all. `is_known`: there are scores of a week ago to compare with."""

    named: tuple[Moved, ...]
    up: int
    down: int
    is_known: bool

    @property
    def left_out(self) -> int:
        return self.up + self.down - len(self.named)


def moves_view(company: Company, reader: Reader) -> Movers:
    """What moved in the whole company."""
    found = _moved(company)
    named = tuple(
        Moved(objective.key, objective.text, objective.unit, score_of(objective.key, company, reader))
        for objective in found[:MOST_NAMED]
    )
    up = sum(company.moves[objective.key] > 0 for objective in found)
    return Movers(named, up, len(found) - up, company.has_past)


def _moved(company: Company) -> list[Objective]:
    """The active objectives that moved, the widest move first, else in the order of the sheets."""
    objectives = company.alignment.objectives.values()
    moved = [found for found in objectives if found.status is Status.ACTIVE and found.key in company.moves]
    return sorted(moved, key=lambda found: -abs(company.moves[found.key]))
