"""Check-ins: silence is marked wherever a band is shown, the meeting begins with it, and the company counts it."""

from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient

from sync.domain.company import CompanySettings
from sync.domain.keys import person_key
from sync.domain.okr import CheckIn, Initiative, Level, Status
from sync.domain.rhythm import Rhythm
from sync.domain.scoring import Score
from sync.domain.snapshot import Snapshot
from sync.records import Records
from tests.webapp.companies import ENGLISH, SHEET, amount, cell, company, keep, key_result, objective, snapshot
from webapp.company.company import Company, company_of
from webapp.company.holders import unit_key
from webapp.pages.check_in import CheckInPage, check_in_page
from webapp.pages.check_ins import check_ins_page
from webapp.parts.items import objective_view

TODAY = date(2026, 11, 20)
QUARTER = "Q4/2026"


def checked(row: int, key: str, day: str, value: int = 5, **facts: object) -> CheckIn:
    return CheckIn(key_result=key, cell=cell(row, 9), date=day, value=amount(value), **facts)  # type: ignore[arg-type]


def sales(**facts: object) -> Snapshot:
    """One key result heard of in time, one not since October, one never, one done, and what has no rhythm to keep."""
    unit = {"level": Level.DEPARTMENT, "unit": "Kinh doanh", "owner": "An"}
    return snapshot(
        [
            objective("o", 1, period=QUARTER, **unit),
            objective("p", 2, period="Q3/2026", **unit),
            objective("d", 3, period=QUARTER, status=Status.DRAFT, **unit),
            objective("u", 4, period="Kỳ này", **unit),
        ],
        [
            key_result("fresh", "o", 1, id="F"),
            key_result("old", "o", 5, id="O", owner="Bình"),
            key_result("never", "o", 6, id="N"),
            key_result("done", "o", 7, id="D"),
            *(key_result(f"of-{key}", key, row) for key, row in (("p", 2), ("d", 3), ("u", 4))),
        ],
        scores={"done": Score(amount(1).number)},
        check_ins=(
            checked(20, "F", "2026-11-10", 30, confidence="8"),
            checked(21, "F", "2026-11-17", 36, confidence="6", obstacle="Thiếu xe", next_step="Gọi kho"),
            checked(22, "O", "2026-10-20"),
            checked(23, "O", "2026-12-24"),
        ),
        **facts,
    )


@pytest.fixture
def shown() -> Company:
    return company(sales(), today=TODAY)


def test_only_what_is_under_way_has_a_rhythm_to_keep(shown: Company) -> None:
    assert {key: heard.is_overdue for key, heard in shown.heard.items()} == {
        "fresh": False,
        "old": True,
        "never": True,
    }


def test_silence_is_marked_beside_the_band_of_the_key_result_and_counted_at_its_objective(shown: Company) -> None:
    view = objective_view(shown.alignment.objectives["o"], shown, ENGLISH)
    assert [part.score.marks for part in view.key_results] == [
        (),
        ("no check-in since 20 Oct 2026",),
        ("no check-in in this period",),
        (),
    ]
    assert view.score.marks == ("2 key results without a check-in",)


@pytest.mark.parametrize(("day", "overdue"), [(11, False), (10, True)])
def test_without_a_log_the_last_change_of_the_score_counts(day: int, overdue: bool) -> None:
    found = snapshot([objective("o", 1, period=QUARTER, level=Level.DEPARTMENT)], [key_result("k", "o", 1)])
    changes = {"k": datetime(2026, 11, day, 12, tzinfo=UTC)}
    there = company_of([found], {}, CompanySettings(), TODAY, whole=True, changes=changes)
    assert there.heard["k"].is_overdue is overdue


def test_a_spreadsheet_may_have_its_own_rhythm() -> None:
    slow = Rhythm(dict.fromkeys((*Level, None), 60))
    there = company(sales(), today=TODAY, settings=CompanySettings(rhythms={SHEET: slow}))
    assert not any(heard.is_overdue for heard in there.heard.values())


def page(found: Company, key: str = unit_key("Kinh doanh"), owner: str = "") -> CheckInPage:
    there = check_in_page(key, owner, found, ENGLISH)
    assert there is not None
    return there


def test_the_meeting_begins_with_what_is_overdue_and_tells_what_moved(shown: Company) -> None:
    there = page(shown)
    assert [(row.key_result.key, row.is_overdue) for row in there.rows][:3] == [
        ("old", True),
        ("never", True),
        ("fresh", False),
    ]
    fresh = there.rows[2]
    assert (fresh.before, fresh.trend) == ("30", ("8", "6"))
    assert fresh.newest is not None
    assert (fresh.newest.value, fresh.newest.obstacle, fresh.newest.next_step) == ("36", "Thiếu xe", "Gọi kho")
    assert there.counted == "1 of 3 checked in on time"


def test_a_meeting_can_be_about_one_owner_and_a_person_has_a_page_too(shown: Company) -> None:
    assert page(shown).owners == ("An", "Bình")
    assert [row.key_result.key for row in page(shown, owner="bình").rows] == ["old"]
    assert [row.key_result.key for row in page(shown, person_key("Bình")).rows] == ["old"]
    assert check_in_page("nobody", "", shown, ENGLISH) is None


def test_late_initiatives_are_talked_about_with_their_key_result() -> None:
    late = Initiative(text="Gọi khách cũ", cell=cell(30), key_results=("F",), due="2026-11-01")
    there = page(company(sales(initiatives=(late,)), today=TODAY))
    assert [[one.text for one in row.late] for row in there.rows if row.key_result.key == "fresh"] == [["Gọi khách cũ"]]


def test_the_company_counts_by_unit_in_the_order_of_names(shown: Company) -> None:
    there = check_ins_page(1, shown, ENGLISH)
    assert there.counted == "1 of 3 checked in on time"
    assert [(unit.name, unit.counted) for unit in there.units] == [("Kinh doanh", "1 of 3 checked in on time")]
    assert [one.key_result.key for one in there.silent] == ["old", "never"]


def test_the_pages_answer_with_hostile_texts_as_texts(client: FlaskClient, records: Records) -> None:
    hostile = "<script>1</script>"
    found = snapshot(
        [objective("o", 1, unit=hostile, level=Level.DEPARTMENT)],
        [key_result("k", "o", 1, id="K", owner=hostile)],
        check_ins=(checked(9, "K", "2026-11-17", comment=hostile, obstacle=hostile),),
    )
    keep(records, found)
    for path in ("/check-ins", f"/check-in/{unit_key(hostile)}", f"/check-in/{unit_key(hostile)}?owner={hostile}"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert hostile not in answer.text
    assert client.get("/check-in/nobody").status_code == 404
