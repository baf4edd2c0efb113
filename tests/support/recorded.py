"""A pass, the view that it left and what the next one must know, as the records keep them."""

from datetime import UTC, datetime
from decimal import Decimal

from sync.domain.cells import CellRef
from sync.domain.memory import KnownTab, Memory, PassRecord, PassResult
from sync.domain.okr import KeyResult, Objective
from sync.domain.problems import problem, tab_problem
from sync.domain.scoring import Score
from sync.domain.snapshot import Snapshot, TabState, TabView

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CELL = CellRef("sales", 7, "OKR", 1, 0)


def a_pass(at: datetime = NOON, result: PassResult = PassResult.OK, spreadsheet: str = "sales") -> PassRecord:
    return PassRecord(spreadsheet=spreadsheet, started_at=at, finished_at=at, result=result)


def snapshot(score: str | None = "0.5", at: datetime = NOON) -> Snapshot:
    value = None if score is None else Decimal(score)
    return Snapshot(
        spreadsheet="sales",
        title="Kinh doanh",
        url="http://127.0.0.1/edit",
        taken_at=at,
        objectives=(Objective(key="o1", text="Bán tốt hơn", cell=CELL, score_cells=(CELL,)),),
        key_results=(KeyResult(key="k1", text="KR 1", cell=CELL, objective="o1", weight=Decimal("0.3")),),
        scores={"o1": Score(value, value, counted=1, total=1), "k1": Score(value, value)},
        problems=(problem("orphan", CELL, text="Bán tốt hơn"), tab_problem("tab-missing", "X", tabs="Y")),
        tabs=(TabView(7, "OKR", TabState.GOOD, at),),
    )


ENTRY = b"what is under way"

MEMORY = Memory("abc", NOON, (KnownTab(7, "OKR mới", "OKR"),), frozenset({(7, "điểm")}))
