"""The few objectives that moved most since last week, as a reader sees them. Pure."""

from dataclasses import dataclass

from webapp.company import Company
from webapp.items import Move, ScoreView, move_view, score_of
from webapp.moves import moved_objectives
from webapp.reader import Reader

MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Moved:
    """An objective that moved."""

    key: str
    text: str
    unit: str
    move: Move
    score: ScoreView


@dataclass(frozen=True, slots=True)
class Moves:
    """Those named, and how many went up and down in all. `is_known`: there are scores of a week ago to compare with."""

    named: tuple[Moved, ...]
    up: int
    down: int
    is_known: bool

    @property
    def left_out(self) -> int:
        return self.up + self.down - len(self.named)


def moves_view(company: Company, reader: Reader) -> Moves:
    """What moved in the whole company."""
    found = moved_objectives(company)
    named = []
    for objective, by in found[:MOST_NAMED]:
        move = move_view(by, reader)
        if move:
            score = score_of(objective.key, company, reader)
            named.append(Moved(objective.key, objective.text, objective.unit, move, score))
    up = sum(by > 0 for _, by in found)
    return Moves(tuple(named), up, len(found) - up, bool(company.before))
