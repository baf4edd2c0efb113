"""What teams write down around their OKRs comes back from the database, and older views without it do too."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import structs

from sync.domain.cells import CellRef
from sync.domain.cycle_records import (
    Coaching,
    CoachingState,
    CycleRecords,
    Feedback,
    Person,
    Recognition,
    Review,
    Visible,
)
from sync.domain.okr import Amount, CheckIn, Decision, Initiative, InitiativeState
from sync.domain.snapshot import Snapshot
from sync.records import Records
from tests.support.databases import change
from tests.support.recorded import CELL, MEMORY, a_pass, snapshot


def full() -> Snapshot:
    plain = snapshot()
    cell = CellRef("sales", 9, "Ghi nhận", 4, 2)
    [objective], [key_result] = plain.objectives, plain.key_results
    said: dict[str, Any] = {
        "lesson": "Sớm hơn",
        "decision": Decision.CARRY_OVER,
        "decision_text": "Làm tiếp",
        "final_comment": "Ổn",
    }
    return replace(
        plain,
        objectives=(structs.replace(objective, **said),),
        key_results=(structs.replace(key_result, due="2026-12-31", due_cell=cell, **said),),
        check_ins=(
            CheckIn(
                key_result="KR 1",
                cell=cell,
                date="2026-11-20",
                date_cell=cell,
                before=Amount(Decimal("12.50"), "12,5", cell=cell),
                confidence="8/10",
                confidence_level=Decimal(8),
                obstacle="Thiếu người",
                next_step="Tuyển",
            ),
        ),
        initiatives=(
            Initiative(
                text="Gọi",
                cell=cell,
                status="Đang làm",
                state=InitiativeState.DOING,
                start="2026-10-01",
                start_cell=cell,
                due="2026-11-01",
                due_cell=cell,
                progress=Amount(Decimal("0.4"), "40%", "%", cell),
            ),
        ),
        cycle=CycleRecords(
            (Review(about="KR 1", cell=cell, decision=Decision.DROP, decision_text="Bỏ"),),
            (Recognition(text="Cảm ơn", cell=cell, giver="An", receivers=("Bình", "Chi")),),
            (Feedback(text="Tốt", cell=cell, visible=Visible.NOBODY, kind="Khen"),),
            (Coaching(cell=cell, coach="An", person="Bình", topic="Đàm phán", state=CoachingState.OPEN),),
            (Person(name="An", cell=CELL, email="an@example.com", unit="Bán hàng", manager="Bình"),),
        ),
    )


def test_everything_comes_back_as_it_was(records: Records) -> None:
    records.record(a_pass(), full(), MEMORY)
    assert records.snapshot("sales") == full()
    assert records.snapshots() == [full()]


def test_a_view_of_before_there_were_such_records_is_still_read(url: str, records: Records) -> None:
    records.record(a_pass(), snapshot(), MEMORY)
    old = msgspec.to_builtins(replace(snapshot(), problems=()))
    for holder in (old, *old["objectives"], *old["key_results"]):
        for name in ("cycle", "due", "due_cell", "lesson", "decision", "decision_text", "final_comment"):
            holder.pop(name, None)
    # With the digest of a version that said nothing of its text.
    change(url, "UPDATE spreadsheet SET snapshot = :view, digest = 'old'", view=json.dumps(old))
    assert records.snapshot("sales") == snapshot()
