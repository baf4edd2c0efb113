"""A company is renewed for what changed: equal to one from scratch, and with the work of one spreadsheet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.domain.company import ALONE
from sync.domain.cycle_records import CycleRecords, Person, Recognition, Review
from sync.domain.okr import CheckIn, Initiative, KeyResult, Level, Objective, Status
from sync.domain.problems import problem
from sync.domain.snapshot import Snapshot
from tests.support.steps import steps
from tests.webapp.companies import TODAY, cell, key_result, objective, snapshot
from webapp.company.company import Company, company_of
from webapp.company.kept import Kept


@dataclass(frozen=True)
class Line:
    """An objective with two key results, and what is said of them."""

    text: str = "Tăng doanh thu"
    id: str = "O1"
    parent: str = ""
    owner: str = "Lan"
    period: str = "Q4/2026"
    status: Status = Status.ACTIVE
    level: Level = Level.DEPARTMENT
    says: str = ""
    day: str = "2026-11-02"


# Few names, so that spreadsheets name each other's, and several bear one.
NAMES = st.sampled_from(["O1", "O2", "O2 (Q4/2026)", "Tăng doanh thu", "Khách hàng", "O1k", "nobody", ""])
LINES = st.builds(
    Line,
    text=st.sampled_from(["Tăng doanh thu", "Khách hàng", "Triển khai CRM 20%"]),
    id=st.sampled_from(["O1", "O2", ""]),
    parent=NAMES,
    owner=st.sampled_from(["", "Lan", "Minh"]),
    period=st.sampled_from(["Q4/2026", "2026", "Q3/2026", "Q4", ""]),
    status=st.sampled_from([Status.ACTIVE, Status.ACTIVE, Status.DRAFT]),
    level=st.sampled_from(list(Level)),
    says=NAMES,
    day=st.sampled_from(["2026-11-02", "2026-08-01", "2027-01-01", "soon"]),
)
SHEETS = st.none() | st.lists(LINES, max_size=4)


def sheet(name: str, lines: list[Line]) -> Snapshot:
    """One spreadsheet of these lines; what is said stands beside, in its own rows."""
    objectives: list[Objective] = []
    parts: list[KeyResult] = []
    for number, line in enumerate(lines):
        key, row = f"{name}-{number}", number * 4 + 1
        at = cell(row, spreadsheet=name)
        facts = {name: getattr(line, name) for name in ("text", "id", "parent", "owner", "period", "status", "level")}
        objectives.append(objective(key, cell=at, **facts))
        parts += [
            key_result(f"{key}-{nth}", key, text=line.text, id=f"{line.id}k", cell=cell(row, nth, spreadsheet=name))
            for nth in (1, 2)
        ]
    rows = [(cell(number + 100, spreadsheet=name), line) for number, line in enumerate(lines) if line.says]
    return replace(
        snapshot(objectives, parts, spreadsheet=name),
        check_ins=tuple(CheckIn(cell=at, key_result=line.says, date=line.day, author="Lan") for at, line in rows),
        initiatives=tuple(Initiative(text="CRM", cell=at, key_results=(line.says,)) for at, line in rows[:1]),
        cycle=CycleRecords(
            reviews=tuple(Review(cell=at, about=line.says, author="Minh") for at, line in rows[1:2]),
            recognitions=tuple(
                Recognition(cell=at, about=line.says, giver="Minh", receivers=("Lan",), text="x")
                for at, line in rows[2:3]
            ),
            people=tuple(Person(cell=at, name="Lan") for at, _ in rows[3:]),
        ),
        problems=tuple(problem("no-owner", found.cell, text=found.text) for found in objectives if not found.owner),
    )


def company(sheets: Mapping[str, Snapshot], kept: Kept | None, *, whole: bool = True) -> Company:
    changes = {key: datetime(2026, 11, 3, tzinfo=UTC) for each in sheets.values() for key in each.scores}
    gone = [each for name, each in sheets.items() if name == "gone"]
    read = [each for name, each in sheets.items() if name != "gone"]
    return company_of(read, {}, ALONE, TODAY, whole=whole, gone=gone, changes=changes, kept=kept)


@settings(max_examples=60, deadline=None)
@given(edits=st.lists(st.tuples(st.sampled_from(["a", "b", "c", "gone"]), SHEETS, st.booleans()), max_size=6))
def test_a_company_renewed_after_any_edits_is_the_one_from_scratch(
    edits: list[tuple[str, list[Line] | None, bool]],
) -> None:
    kept = Kept()
    sheets: dict[str, Snapshot] = {}
    for name, lines, whole in edits:
        sheets.pop(name, None)
        if lines is not None:
            sheets[name] = sheet(name, lines)
        renewed, from_scratch = company(sheets, kept, whole=whole), company(sheets, None, whole=whole)
        assert renewed == from_scratch
        assert list(renewed.holders) == list(from_scratch.holders)
        assert list(renewed.alignment.parents) == list(from_scratch.alignment.parents)


def test_problems_by_what_they_are_about_are_those_of_the_list() -> None:
    kept = Kept()
    sheets = {"a": sheet("a", [Line(owner="")] * 6)}
    company(sheets, kept)
    found = company(sheets, kept)
    listed = {id(each.problem) for each in found.problems}
    assert found.concerning
    assert all(id(about) in listed for those in found.concerning.values() for about in those)


def many(count: int) -> dict[str, Snapshot]:
    """Departments that support the first spreadsheet's objectives; each with a log, and named alike or not."""
    lines = [Line(text=f"Tăng {number}", id=f"O{number}", says=f"O{number}k", parent="") for number in range(5)]
    departments = {
        f"s{number}": sheet(
            f"s{number}",
            [replace(line, parent=f"O{nth}", id=f"D{number}.{nth}") for nth, line in enumerate(lines)],
        )
        for number in range(1, count)
    }
    return {"s0": sheet("s0", lines)} | departments


@pytest.mark.parametrize(
    "room",
    [
        "sync.domain.check_in_rules",
        "sync.domain.concerning",
        "sync.domain.rhythm",
        "sync.domain.rules.key_results",
        "sync.domain.rules.wording",
        "webapp.company.heard",
        "webapp.company.own",
        "webapp.company.referred",
        "webapp.company.search",
    ],
)
def test_only_the_spreadsheet_that_changed_is_gone_through_again(room: str) -> None:
    sheets = many(40)
    kept = Kept()
    first = steps(room, lambda: company(sheets, kept))
    sheets["s7"] = sheet("s7", [Line(text="Khách hàng", id=f"D7.{nth}", owner="", says="O1k") for nth in range(5)])
    sheets["s8"] = replace(sheets["s8"], title="Renamed")
    assert 0 < steps(room, lambda: company(sheets, kept)) * 10 < first


def test_spreadsheets_that_call_everything_alike_cost_no_more_than_others() -> None:
    alike = {name: sheet(name, [Line(id=f"O{nth}", parent="O0") for nth in range(5)]) for name in map(str, range(40))}
    apart = {
        name: sheet(name, [Line(text=name, id=f"{name}.{nth}", parent=f"{name}.0") for nth in range(5)])
        for name in alike
    }
    of_apart = steps("sync.domain.alignment", lambda: company(apart, None))
    assert steps("sync.domain.alignment", lambda: company(alike, None)) < 2 * of_apart
