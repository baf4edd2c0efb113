"""The plan of a pass over one drawn tab."""

from collections.abc import Mapping
from decimal import Decimal

from sync.domain.cells import CellRef
from sync.domain.grid import Tab
from sync.domain.memory import ScorePlace
from sync.domain.problems import Problem
from sync.domain.scoring import Score, score_okrs
from sync.passes.plan import Plan, make_plan
from sync.passes.targets import score_places
from sync.reading import read_book
from tests.support.grids import book, grid, mapping

BY = """
[objective]
text = "O"
score = "Điểm O"
[key_result]
text = "KR"
weight = "W"
target = "Đích"
current = "Nay"
score = {score}
"""
ONE_OF_TWO = """
objective.text = "O"
[key_result]
text = "?"
target = { value = "1" }
current = "? nay"
score = "? điểm"
"""
COLUMNS = "O | KR | Đích | Nay | W | Điểm | Điểm O"


def planned(
    tab: Tab,
    score: str = '"Điểm"',
    *,
    owned_columns: bool | frozenset[ScorePlace] = True,
    accept: bool = False,
    ours: str | None = None,
    last: Mapping[str, Score] | None = None,
) -> Plan:
    """The plan for one tab. `ours` is what we last wrote for every key; all, none or some score columns are ours."""
    sheet = book(tab)
    reading = read_book(sheet, [mapping(BY.replace("{score}", score))])
    scores = score_okrs(reading.objectives, reading.key_results, last or {})
    if isinstance(owned_columns, bool):
        owned_columns = score_places(reading.tabs[0]) if owned_columns else frozenset()
    return make_plan(
        sheet,
        reading,
        scores,
        ours=dict.fromkeys(scores, Decimal(ours)) if ours is not None else {},
        owned_columns=owned_columns,
        accept=accept,
    )


def one(target: str, current: str, held: str, score: str = '"Điểm"', ours: str | None = None) -> Plan:
    """The plan for the score cell F2 of one key result, whose objective has no score cell."""
    table = grid(f"{COLUMNS}\n | a | {target} | {current} | | {held} | ")
    return planned(table, score, ours=ours)


def written(plan: Plan) -> dict[CellRef, object]:
    return {write.cell: write.new for write in plan.writes}


def told(problems: tuple[Problem, ...] | list[Problem]) -> list[tuple[str, CellRef | None]]:
    return [(found.code, found.cell) for found in problems]
