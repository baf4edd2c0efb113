"""Check-ins: silence is marked wherever a band is shown, the meeting begins with it, and the company counts it."""

import re
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient

from sync.cli.report import company_problems
from sync.domain.closing import closed
from sync.domain.company import CompanySettings
from sync.domain.cycle_records import CycleRecords, Recognition, Visible
from sync.domain.keys import person_key
from sync.domain.okr import CheckIn, Initiative, Level, Status
from sync.domain.periods import CALENDAR_YEARS
from sync.domain.rhythm import Rhythm
from sync.domain.scoring import Score
from sync.domain.snapshot import Snapshot
from sync.records import Records
from tests.webapp.companies import (
    ENGLISH,
    SHEET,
    VIETNAMESE,
    amount,
    cell,
    company,
    keep,
    key_result,
    objective,
    snapshot,
)
from webapp.company.company import Company, company_of
from webapp.company.holders import unit_key
from webapp.pages.check_in import MOST_LATE, MOST_THANKS, CheckInPage, check_in_page
from webapp.pages.check_ins import check_ins_page
from webapp.pages.filter_form import Choice
from webapp.parts.cards import PAGE
from webapp.parts.items import objective_view
from webapp.reader.reader import Reader

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
def test_without_a_log_the_last_change_of_the_value_counts(day: int, overdue: bool) -> None:
    found = snapshot([objective("o", 1, period=QUARTER, level=Level.DEPARTMENT)], [key_result("k", "o", 1)])
    changes = {"k": datetime(2026, 11, day, 12, tzinfo=UTC)}
    there = company_of([found], {}, CompanySettings(), TODAY, whole=True, changes=changes)
    assert there.heard["k"].is_overdue is overdue


def test_a_spreadsheet_may_have_its_own_rhythm() -> None:
    slow = Rhythm(dict.fromkeys((*Level, None), 60))
    there = company(sales(), today=TODAY, settings=CompanySettings(rhythms={SHEET: slow}))
    assert not any(heard.is_overdue for heard in there.heard.values())


def page(found: Company, key: str = unit_key("Kinh doanh"), owner: str = "", number: int = 1) -> CheckInPage:
    there = check_in_page(key, owner, number, found, ENGLISH)
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
    assert names(page(shown).owners) == ["An", "Bình"]
    assert [row.key_result.key for row in page(shown, owner="bình").rows] == ["old"]
    assert [row.key_result.key for row in page(shown, owner="binh").rows] == ["old"]
    assert [row.key_result.key for row in page(shown, person_key("Bình")).rows] == ["old"]
    assert check_in_page("nobody", "", 1, shown, ENGLISH) is None


def names(field: Choice | None) -> list[str]:
    return [option.label for option in field.options] if field else []


def warehouse() -> Company:
    """More key results, thanks and late initiatives than a page tells; of the key results every second is overdue."""
    many = range(2 * PAGE + 1)
    return company(
        snapshot(
            [objective("o", 1, period=QUARTER, level=Level.DEPARTMENT, unit="Kho", owner="An")],
            [key_result(f"k{n}", "o", n + 1, id=f"K{n}", owner=f"Người {n}") for n in many],
            check_ins=tuple(checked(200 + n, f"K{n}", "2026-11-18") for n in many[::2]),
            initiatives=tuple(
                Initiative(text=f"Việc {n}", cell=cell(n, 20), objective="Objective o", due="2026-11-01") for n in many
            ),
            cycle=CycleRecords.of(tuple(thanks(n, "2026-11-18", about="K0") for n in many)),
        ),
        today=TODAY,
    )


def test_a_long_meeting_goes_on_on_the_next_page_after_what_is_overdue() -> None:
    found = warehouse()
    first, second, third, beyond = (page(found, unit_key("Kho"), number=number) for number in (1, 2, 3, 4))
    assert [len(there.rows) for there in (first, second, third, beyond)] == [PAGE, PAGE, 1, 0]
    assert [row.is_overdue for row in (*first.rows, *second.rows)] == [True] * PAGE + [False] * PAGE
    keys = [row.key_result.key for there in (first, second, third) for row in there.rows]
    assert len(set(keys)) == 2 * PAGE + 1
    assert {there.counted for there in (first, second, third)} == {f"{PAGE + 1} of {2 * PAGE + 1} checked in on time"}
    assert (second.pages.earlier, second.pages.later, third.pages.later) == (1, 3, 0)


def test_beside_a_long_meeting_stand_a_few_late_initiatives_and_thanks_and_how_many_more_there_are() -> None:
    there = page(warehouse(), unit_key("Kho"))
    assert (len(there.late), there.more_late) == (MOST_LATE, 2 * PAGE + 1 - MOST_LATE)
    assert (len(there.recognitions), there.more_recognitions) == (MOST_THANKS, 2 * PAGE + 1 - MOST_THANKS)


def test_more_owners_than_one_picks_from_a_list_are_typed() -> None:
    field = page(warehouse(), unit_key("Kho"), owner="người 7").owners
    assert field is not None
    assert (field.options, field.value) == ((), "người 7")


def test_the_next_page_of_a_meeting_is_of_the_same_owner_and_period(client: FlaskClient, records: Records) -> None:
    many = [key_result(f"k{n}", "o", n + 1, id=f"K{n}") for n in range(PAGE + 1)]
    keep(records, snapshot([objective("o", 1, period=QUARTER, unit="Kho", owner="An")], many))
    first = client.get(f"/check-in/{unit_key('Kho')}?owner=An&period={QUARTER}&lang=en").text
    [address] = re.findall(r'rel="next" href="([^"]+)"', first)
    following = client.get(address.replace("&amp;", "&")).text
    assert (first.count("<article"), following.count("<article")) == (PAGE, 1)
    assert "owner=An" in address
    assert "period=2026-Q4" in address


def test_whoever_chooses_an_owner_stays_in_the_period(client: FlaskClient, records: Records) -> None:
    keep(records, sales())
    asked = client.get(f"/check-in/{unit_key('Kinh doanh')}?period={QUARTER}").text
    assert '<input type="hidden" name="period" value="2026-Q4">' in asked


def test_late_initiatives_are_talked_about_with_their_key_result() -> None:
    late = Initiative(text="Gọi khách cũ", cell=cell(30), key_results=("F",), due="2026-11-01")
    there = page(company(sales(initiatives=(late,)), today=TODAY))
    assert [[one.text for one in row.late] for row in there.rows if row.key_result.key == "fresh"] == [["Gọi khách cũ"]]


def test_a_late_initiative_of_an_objective_as_a_whole_is_talked_about_too() -> None:
    late = Initiative(text="Mở kho mới", cell=cell(31), objective="Objective o", due="2026-11-01")
    there = page(company(sales(initiatives=(late,)), today=TODAY))
    assert [one.text for one in there.late] == ["Mở kho mới"]
    assert [row.late for row in there.rows if row.late] == []


def test_what_is_a_draft_is_in_nobodys_meeting(shown: Company) -> None:
    draft = objective("x", 8, period=QUARTER, status=Status.DRAFT, owner="An", unit="Kinh doanh")
    found = company(snapshot([draft], [key_result("of-x", "x", 8, owner="Bình")]), today=TODAY)
    assert page(found, person_key("Bình")).rows == ()
    assert page(found).rows == ()


def test_the_company_counts_by_unit_in_the_order_of_names(shown: Company) -> None:
    there = check_ins_page(1, shown, ENGLISH)
    assert there.counted == "1 of 3 this week"
    assert [(unit.name, unit.counted) for unit in there.units] == [("Kinh doanh", "1 of 3 this week")]
    assert [[part.key for part in one.key_results] for one in there.silent] == [["old", "never"]]


@pytest.mark.parametrize(
    ("today", "counted"),
    [
        (date(2026, 11, 15), "2 of 2 this week"),  # A Sunday: its week began on the 9th.
        (date(2026, 11, 16), "0 of 2 this week"),  # A new one has begun, and nobody is late yet.
        (date(2026, 11, 13), "1 of 2 this week"),
    ],
)
def test_a_week_begins_on_monday(today: date, counted: str) -> None:
    log = (checked(9, "M", "2026-11-09"), checked(10, "S", "2026-11-14"))
    objectives = [objective("o", 1, period=QUARTER, level=Level.DEPARTMENT)]
    parts = [key_result("m", "o", 1, id="M"), key_result("s", "o", 2, id="S")]
    there = company(snapshot(objectives, parts, check_ins=log), today=today)
    assert check_ins_page(1, there, ENGLISH).counted == counted


def test_each_rhythm_is_counted_for_itself_the_most_frequent_first() -> None:
    """On 20 November; 22 October is the first of thirty days, and the first of two is yesterday."""
    days = {"c": "2026-10-22", "e": "2026-10-21", "d": "2026-11-16", "p": "2026-11-19", "q": "2026-11-18"}
    levels = {"C": Level.COMPANY, "D": Level.DEPARTMENT, "I": Level.INDIVIDUAL}
    objectives = [objective(key, 1, period=QUARTER, level=level) for key, level in levels.items()]
    parts = [key_result(key, "CCDII"[row], row, id=key) for row, key in enumerate(days)]
    log = tuple(checked(20 + row, key, day) for row, (key, day) in enumerate(days.items()))
    found = snapshot(objectives, parts, check_ins=log)

    def counted(personal: int, reader: Reader = ENGLISH) -> str:
        rhythm = Rhythm({Level.COMPANY: 30, Level.DEPARTMENT: 7, Level.INDIVIDUAL: personal, None: 7})
        there = company(found, today=date(2026, 11, 20), settings=CompanySettings(rhythm=rhythm))
        return check_ins_page(1, there, reader).counted

    assert counted(2) == "1 of 2 in 2 days · 1 of 1 this week · 1 of 2 in 30 days"
    assert counted(1).startswith("0 of 2 today · ")
    assert counted(2, VIETNAMESE) == "1/2 trong 2 ngày qua · 1/1 trong tuần này · 1/2 trong 30 ngày qua"


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


def test_a_day_to_come_is_told_at_its_cell_and_its_row_is_not_the_newest(shown: Company) -> None:
    assert [
        (each.problem.code, str(each.problem.cell)) for each in shown.problems if "check-in" in each.problem.code
    ] == [("check-in-ahead", "OKR!J24")]
    newest = next(row.newest for row in page(shown).rows if row.key_result.key == "old")
    assert newest is not None
    assert newest.date == "20 Oct 2026"


def test_of_two_check_ins_on_one_day_the_row_that_comes_last_is_the_newest() -> None:
    found = snapshot(
        [objective("o", 1, period=QUARTER, unit="Kho")],
        [key_result("k", "o", 1, id="K")],
        check_ins=(checked(20, "K", "2026-11-17", 30), checked(21, "K", "2026-11-17", 36)),
    )
    row = page(company(found, today=TODAY), unit_key("Kho")).rows[0]
    assert row.newest is not None
    assert (row.before, row.newest.value) == ("30", "36")


def test_the_value_before_is_what_the_row_itself_says_of_it() -> None:
    found = snapshot(
        [objective("o", 1, period=QUARTER, unit="Kho")],
        [key_result("k", "o", 1, id="K")],
        check_ins=(checked(20, "K", "2026-11-10", 30), checked(21, "K", "2026-11-17", 36, before=amount(33))),
    )
    assert page(company(found, today=TODAY), unit_key("Kho")).rows[0].before == "33"


def test_a_log_may_stand_in_another_spreadsheet_than_the_key_result() -> None:
    okrs = snapshot([objective("o", 1, period=QUARTER)], [key_result("k", "o", 1, id="K")])
    log = CheckIn(key_result="K", cell=cell(3, 0, spreadsheet="log"), date="2026-11-18", value=amount(40))
    there = company(okrs, snapshot([], spreadsheet="log", check_ins=(log,)), today=TODAY)
    assert there.heard["k"].last == date(2026, 11, 18)


def test_an_id_that_two_periods_use_is_of_the_one_that_holds_the_day() -> None:
    found = snapshot(
        [objective("a", 1, period="Q3/2026"), objective("b", 2, period=QUARTER)],
        [key_result("third", "a", 1, id="K"), key_result("fourth", "b", 2, id="K")],
        check_ins=(checked(20, "K", "2026-09-28"), checked(21, "K", "2026-11-18"), checked(22, "K", "")),
    )
    there = company(found, today=TODAY)
    assert {key: [one.date for one in those] for key, those in there.check_ins.items()} == {
        "third": ["2026-09-28"],
        "fourth": ["2026-11-18"],
        "": [""],
    }
    assert [str(each.problem.cell) for each in there.problems if each.problem.code == "ambiguous-key-result"] == [
        "OKR!J23"
    ]


def thanks(row: int, day: str, **facts: object) -> Recognition:
    return Recognition(text=f"Cảm ơn {row}", cell=cell(row, 12), date=day, **facts)  # type: ignore[arg-type]


def test_thanks_since_last_time_are_those_for_everyone_about_these_goals_or_for_these_people() -> None:
    rows = (
        thanks(1, "2026-11-13", about="F"),
        thanks(2, "2026-11-18", receivers=("bình",), giver="An"),
        thanks(3, "2026-11-12", about="F"),
        thanks(4, "2026-11-18", receivers=("Chi",)),
        thanks(5, "2026-11-18", receivers=("An",), visible=Visible.INVOLVED),
        thanks(6, "2026-12-01", about="F"),
    )
    there = page(company(sales(cycle=CycleRecords.of(rows)), today=TODAY))
    assert there.since == "13 Nov 2026"
    assert [one.text for one in there.recognitions] == ["Cảm ơn 2", "Cảm ơn 1"]


def test_last_time_is_the_last_check_in_where_that_is_more_than_a_week_ago() -> None:
    found = snapshot(
        [objective("o", 1, period=QUARTER, unit="Kho")],
        [key_result("k", "o", 1, id="K")],
        check_ins=(checked(20, "K", "2026-11-03"),),
    )
    assert page(company(found, today=TODAY), unit_key("Kho")).since == "3 Nov 2026"


def test_what_is_kept_of_a_closed_period_are_the_check_ins_of_its_days() -> None:
    found = snapshot(
        [objective("a", 1, period="Q3/2026"), objective("b", 2, period=QUARTER)],
        [key_result("third", "a", 1, id="K"), key_result("fourth", "b", 2, id="K")],
        check_ins=(checked(20, "K", "2026-09-28"), checked(21, "K", "2026-11-18")),
    )
    kept = closed(found, CALENDAR_YEARS.period("Q3/2026"), CALENDAR_YEARS, datetime(2026, 11, 20, tzinfo=UTC))
    assert [one.date for one in kept.results.check_ins] == ["2026-09-28"]


def test_check_tells_of_the_same_days_as_the_page() -> None:
    (told,) = company_problems([sales()], CompanySettings(), TODAY, whole=True).problems.values()
    assert [str(each.cell) for each in told if each.code == "check-in-ahead"] == ["OKR!J24"]


def test_the_meeting_of_one_person_says_that_nobody_is_rated_by_it(client: FlaskClient, records: Records) -> None:
    keep(records, sales())
    rated = "not used to rate"
    assert rated in client.get(f"/check-in/{person_key('An')}?lang=en&period={QUARTER}").text
    assert rated not in client.get(f"/check-in/{unit_key('Kinh doanh')}?lang=en&period={QUARTER}").text


def test_the_owner_of_a_key_result_stands_there_once(client: FlaskClient, records: Records) -> None:
    keep(records, sales())
    page = client.get(f"/check-in/{unit_key('Kinh doanh')}?lang=en&period={QUARTER}").text
    [meeting] = [part for part in page.split("<article")[1:] if '<bdi class="id">O<' in part]
    assert meeting.count("<bdi>Bình</bdi>") == 1
