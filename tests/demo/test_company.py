"""What the sample company shows: its people, its scores, and exactly the problems that were planned."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from sync.cli.report import company_problems
from sync.demo.demo import CONFIG
from sync.domain.alignment import Alignment, align
from sync.domain.company import ALONE
from sync.domain.keys import key_of
from sync.domain.memory import PassResult
from sync.domain.okr import Kind, Level, Metric, Objective, Status
from sync.domain.periods import CALENDAR_YEARS, PeriodState
from sync.domain.problems import Problem
from sync.domain.scoring import Band, Bands
from tests.demo.conftest import TODAY, Sample

PLANNED = {
    ("kinh-doanh", "unknown-parent", "OKR cá nhân", "C7"),
    ("san-pham", "duplicate", "Key Results", "C8"),
    ("cham-soc-khach-hang", "not-a-number", "OKR phòng", "I12"),
    ("cham-soc-khach-hang", "score-differs", "OKR phòng", "L10"),
    ("cong-ty", "task-as-key-result", "OKR công ty", "H14"),
    ("kinh-doanh", "task-as-key-result", "OKR Q4", "E8"),
    ("san-pham", "task-as-key-result", "Key Results", "C14"),
    ("nhan-su", "target-equals-start", "OKR phòng Nhân sự", "G7"),
    ("nhan-su", "wrong-way", "OKR phòng Nhân sự", "H8"),
    ("nhan-su", "weights-not-100", "OKR phòng Nhân sự", "I8"),
    ("nhan-su", "target-missing", "OKR phòng Nhân sự", "G13"),
    ("nhan-su", "skipped-level", "OKR – Dương Mỹ Linh", "B3"),
}


def alignment(sample: Sample) -> Alignment:
    return align(
        [objective for snapshot in sample.snapshots for objective in snapshot.objectives],
        [key_result for snapshot in sample.snapshots for key_result in snapshot.key_results],
    )


def of_now(sample: Sample) -> list[Objective]:
    """Those of the quarter that runs."""
    known = alignment(sample).objectives.values()
    return [found for found in known if CALENDAR_YEARS.period(found.period).state(TODAY) is PeriodState.RUNNING]


def of_level(sample: Sample, level: Level) -> list[Objective]:
    return [objective for objective in of_now(sample) if objective.level is level]


def test_every_workbook_is_mapped(sample: Sample) -> None:
    assert {workbook.path.stem for workbook in sample.workbooks} == {found.id for found in sample.config.spreadsheet}
    assert {found.every for found in sample.config.spreadsheet} == {2}


def test_names_nothing_that_belongs_to_one_machine() -> None:
    text = CONFIG.read_text(encoding="utf-8")

    assert "[google]" not in text
    assert "state =" not in text
    assert "port =" not in text


def test_the_first_pass_is_good_and_takes_two_requests(sample: Sample) -> None:
    assert {outcome.result for outcome in sample.first.values()} == {PassResult.OK}
    assert {(outcome.reads, outcome.write_requests) for outcome in sample.first.values()} == {(1, 1)}


def test_what_is_to_be_mended_stands_beside_the_very_row_in_vietnamese(sample: Sample) -> None:
    care = sample.sheets.cells("cham-soc-khach-hang")["OKR phòng"]
    told = {a1: str(text) for a1, text in care.items() if a1.startswith("M") and text != "Cần sửa"}
    assert sorted(told) == ["M10", "M12"]
    assert told["M10"].startswith("L: Ô điểm đang hiện")
    assert told["M12"].startswith("I: “khoảng 30” không phải là số (Hiện tại). Hãy nhập")


def test_the_second_pass_finds_nothing_to_do(sample: Sample) -> None:
    again = sample.passes()

    assert {(found.result, found.reads, found.write_requests) for found in again.values()} == {
        (PassResult.UNCHANGED, 1, 0)
    }


def places(problems: Mapping[str, Sequence[Problem]]) -> list[tuple[str, str, str, str]]:
    return [
        (spreadsheet, found.code, found.cell.tab if found.cell else "", found.cell.a1 if found.cell else "")
        for spreadsheet, those in problems.items()
        for found in those
    ]


def test_the_problems_are_exactly_the_planned_ones(sample: Sample) -> None:
    """Whatever day it is: halfway through a quarter, what has no initiative is told too."""
    found = company_problems(sample.snapshots, ALONE, date.max, whole=True)

    assert sorted(places(found.problems)) == sorted(PLANNED)
    assert places(found.before_live) == [("cong-ty", "task-as-key-result", "OKR công ty quý sau", "H8")]


def test_every_parent_resolves_but_the_planned_one(sample: Sample) -> None:
    links = alignment(sample)
    below = [objective for objective in links.objectives.values() if objective.level is not Level.COMPANY]

    assert [unresolved.reference for unresolved in links.unresolved] == ["Mở rộng kênh đại lý miền Trung"]
    assert len(links.parents) == len(below) - 1
    assert sum(1 for link in links.parents.values() if link.key_result) >= 3
    assert len(links.related) >= 4
    assert not links.circles


def test_parents_are_named_by_id_and_by_text(sample: Sample) -> None:
    links = alignment(sample)
    ids = {key_of(found.id) for snapshot in sample.snapshots for found in snapshot.objectives if found.id}
    ids |= {key_of(found.id) for snapshot in sample.snapshots for found in snapshot.key_results if found.id}
    by_id = [key for key in links.parents if key_of(links.objectives[key].parent) in ids]

    assert 0 < len(by_id) < len(links.parents)


def test_three_levels_four_departments_a_dozen_people(sample: Sample) -> None:
    departments = {objective.unit for objective in of_level(sample, Level.DEPARTMENT)}
    people = {objective.owner for objective in alignment(sample).objectives.values()}
    people |= {found.owner for snapshot in sample.snapshots for found in snapshot.key_results if found.owner}

    assert len([found for found in of_level(sample, Level.COMPANY) if found.status is Status.ACTIVE]) == 4
    assert len(departments) == 4
    assert {objective.unit for objective in of_level(sample, Level.INDIVIDUAL)} == departments
    assert len(people) >= 12
    assert "" not in people
    assert {objective.level for objective in alignment(sample).objectives.values()} == set(Level)


def test_all_but_what_was_and_what_comes_is_in_the_current_quarter(sample: Sample) -> None:
    others = [found.period for found in alignment(sample).objectives.values() if found not in of_now(sample)]

    assert {found.period for found in of_now(sample)} == {"Quý 4/2026", "Q4 2026"}
    assert sorted(others) == ["Quý 1/2027", *["Quý 3/2026"] * 3]


def test_every_objective_of_last_quarter_has_a_lesson_and_a_decision(sample: Sample) -> None:
    reviews = {found.about: found for snapshot in sample.snapshots for found in snapshot.cycle.reviews}
    last = [found.text for found in alignment(sample).objectives.values() if found.period == "Quý 3/2026"]

    assert sorted(reviews) == sorted(last)
    assert all(found.lesson and found.decision for found in reviews.values())


def test_counts_are_those_of_okr(sample: Sample) -> None:
    links = alignment(sample)

    assert all(2 <= len(found) <= 4 for found in links.key_results.values())
    assert set(links.key_results) == set(links.objectives)


def test_scores_spread_over_all_bands_and_the_company_is_on_track(sample: Sample) -> None:
    scores = {key: score for snapshot in sample.snapshots for key, score in snapshot.scores.items()}
    objectives = of_now(sample)
    values = [value for objective in objectives if (value := scores[objective.key].value) is not None]
    company = [value for found in of_level(sample, Level.COMPANY) if (value := scores[found.key].value) is not None]

    assert {Bands().of(value) for value in values} == set(Band)
    assert Decimal("0.6") <= sum(company) / len(company) < Decimal("0.7")


def test_shows_most_of_what_the_mapping_can_say(sample: Sample) -> None:
    objectives = alignment(sample).objectives.values()
    key_results = [found for snapshot in sample.snapshots for found in snapshot.key_results]

    assert {Metric.LINEAR, Metric.LINEAR_DOWN, Metric.AT_MOST, Metric.DONE, Metric.STEPS} == {
        found.metric for found in key_results
    }
    assert {objective.kind for objective in objectives} == {*Kind, None}
    assert [objective.id for objective in objectives if objective.status is Status.DRAFT] == ["CT-O5"]
    assert {"Rất tốt", "Ổn", "Không ổn lắm"} <= {found.confidence for found in key_results}
    assert {found.start.text for found in key_results} >= {"8.000", "0,4 tỷ", "12.000 USD", "$0.042"}
    assert sum(len(snapshot.check_ins) for snapshot in sample.snapshots) >= 10
    assert sum(len(snapshot.initiatives) for snapshot in sample.snapshots) >= 4


def test_check_ins_and_initiatives_name_known_key_results(sample: Sample) -> None:
    known = {name for snapshot in sample.snapshots for found in snapshot.key_results for name in (found.id, found.text)}

    for snapshot in sample.snapshots:
        assert {check_in.key_result for check_in in snapshot.check_ins} <= known
        assert {name for initiative in snapshot.initiatives for name in initiative.key_results} <= known
        assert not [found for found in snapshot.check_ins if found.value.fault]


def test_scores_are_written_as_json_numbers_on_each_columns_scale(sample: Sample) -> None:
    written = {
        (spreadsheet, write.cell.tab, write.cell.a1): sample.sheets.cells(spreadsheet)[write.cell.tab][write.cell.a1]
        for spreadsheet, outcome in sample.first.items()
        for write in outcome.writes
        if write.field == "score"
    }

    assert len(written) > 50
    assert {type(value) for value in written.values()} <= {int, float}
    assert written["cong-ty", "OKR công ty", "F6"] == 0.64
    assert written["kinh-doanh", "OKR Q4", "J3"] == 0.63
    assert written["kinh-doanh", "OKR cá nhân", "H6"] == 70
    assert written["san-pham", "Objectives", "H5"] == 67
    assert written["cham-soc-khach-hang", "OKR phòng", "L5"] == 0.6
    assert written["nhan-su", "OKR – La Đức Thịnh", "G3"] == 7


def test_right_numbers_and_the_formula_are_left_alone(sample: Sample) -> None:
    touched = {write.cell.a1 for write in sample.first["cong-ty"].writes if write.cell.tab == "OKR công ty"}

    assert not {"O11", "O14"} & touched
    assert sample.sheets.cells("cong-ty")["OKR công ty"]["O11"] == 0.75
    assert sample.sheets.cells("cham-soc-khach-hang")["OKR phòng"]["L10"] == "=I10/H10"
