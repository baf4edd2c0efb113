"""Which periods a reader looks at: what runs now is shown first, another is asked for in the address.

Nothing of one period is mixed into a figure of another.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from sync.domain.keys import person_key
from sync.domain.okr import Level
from sync.domain.periods import PeriodState
from sync.domain.problems import problem
from sync.domain.scoring import Score
from sync.records import Records
from tests.webapp.companies import ENGLISH, VIETNAMESE, cell, company, keep, key_result, objective, snapshot
from webapp.company.company import Company
from webapp.company.holders import unit_key
from webapp.company.scope import in_periods, periods_of, running, scope_of
from webapp.pages.unit import unit_page
from webapp.parts.items import objective_view
from webapp.parts.period_switch import period_switch
from webapp.parts.progress import progress_of

NOVEMBER, JANUARY, MAY = date(2026, 11, 20), date(2027, 1, 5), date(2027, 5, 1)


@pytest.fixture
def two_quarters() -> Company:
    """A year, two of its quarters and one of the next, each with an objective of the same unit."""
    department = {"level": Level.DEPARTMENT, "unit": "Kinh doanh"}
    return company(
        snapshot(
            [
                objective("y", 1, id="Y", text="Dẫn đầu", period="Năm 2026"),
                objective("a", 2, text="Bán thêm", period="Q3/2026", parent="Y", **department),
                objective("b", 3, text="Bán mạnh", period="Quý 4/2026", parent="Y", **department),
                objective("c", 4, text="Bán nữa", period="Q4-2026", **department),
                objective("d", 5, text="Mở rộng", period="Q1/2027", **department),
            ],
            [key_result("k", "a", 2), key_result("l", "b", 3)],
            scores={
                key: Score(Decimal(value)) for key, value in zip("yabcd", ("0.5", "1", "0.4", "0.6", "0"), strict=True)
            },
            problems=(problem("orphan", cell(2), text="Bán thêm"), problem("tab-empty", cell(0), title="OKR")),
        )
    )


def shown(found: Company, today: date, asked: str = "") -> str:
    found = replace(found, today=today)
    scope = scope_of(asked, found, periods_of(found, {}))
    return "".join(in_periods(found, scope.keys).alignment.objectives)


@pytest.mark.parametrize(("today", "keys"), [(NOVEMBER, "ybc"), (JANUARY, "d"), (date(2026, 8, 1), "ya")])
def test_what_runs_on_a_day_is_shown_first(two_quarters: Company, today: date, keys: str) -> None:
    assert shown(two_quarters, today) == keys


def test_where_nothing_runs_what_was_last_is_shown_and_before_it_what_comes_next() -> None:
    found = company(snapshot([objective("a", 1, period="Q3/2026"), objective("b", 2, period="Q4/2026")]))
    assert shown(found, JANUARY) == "b"
    assert shown(found, MAY) == "b"
    assert shown(found, date(2026, 1, 1)) == "a"


def test_an_objective_without_a_period_or_of_one_without_days_always_runs() -> None:
    found = company(snapshot([objective("a", 1), objective("b", 2, period="Quý 4"), objective("c", 3, period="2025")]))
    assert shown(found, MAY) == "ab"


@pytest.mark.parametrize(
    ("asked", "keys"),
    [("Q3/2026", "a"), ("quý III năm 2026", "a"), ("2026-Q4", "bc"), ("2026", "y"), ("quý 4", "bc"), ("Q2/2031", "")],
)
def test_an_address_names_a_period_in_any_way_that_people_write_it(
    two_quarters: Company, asked: str, keys: str
) -> None:
    assert shown(two_quarters, NOVEMBER, asked) == keys


def test_a_state_that_people_have_set_comes_before_what_the_days_say(two_quarters: Company) -> None:
    periods = periods_of(two_quarters, {"2026-Q4": True, "2026-Q3": False})
    assert {one.period.key: one.state for one in periods} == {
        "2026": PeriodState.RUNNING,
        "2026-Q3": PeriodState.CLOSING,
        "2026-Q4": PeriodState.CLOSED,
        "2027-Q1": PeriodState.PLANNED,
    }
    assert running(periods) == {"2026"}


def test_figures_are_told_for_each_period_by_itself(two_quarters: Company) -> None:
    now = in_periods(two_quarters, {"2026", "2026-Q4"})
    told = [
        (one.period, [(share.name, share.percent) for share in (*one.levels, *one.units)])
        for one in progress_of(now, VIETNAMESE)
    ]
    assert told == [
        ("Năm 2026", [("Công ty", "50%")]),
        ("Quý 4/2026", [("Phòng ban", "50%"), ("Kinh doanh", "50%")]),
    ]


def test_a_unit_shows_what_it_has_in_the_period_alone(two_quarters: Company) -> None:
    page = unit_page(unit_key("Kinh doanh"), 1, in_periods(two_quarters, {"2026-Q3"}), VIETNAMESE)
    assert page is not None
    assert [[card.objective.key for card in group.cards] for group in page.groups] == [["a"]]
    assert [(one.period, [share.percent for share in one.shares]) for one in page.shares] == [("", ["100%"])]


def test_a_parent_of_a_longer_period_is_named_with_it_and_stands_above_where_both_run(two_quarters: Company) -> None:
    quarter, both = in_periods(two_quarters, {"2026-Q4"}), in_periods(two_quarters, {"2026", "2026-Q4"})
    supports = objective_view(quarter.alignment.objectives["b"], quarter, VIETNAMESE).supports
    assert supports is not None
    assert (supports.text, supports.note) == ("Dẫn đầu", "Năm 2026")
    assert both.children == {"y": ["b"]}
    assert quarter.children == {}


def test_problems_of_other_periods_are_left_out_and_those_of_a_whole_tab_stay(two_quarters: Company) -> None:
    codes = {key: [p.problem.code for p in in_periods(two_quarters, {key}).problems] for key in ("2026-Q3", "2026-Q4")}
    assert "orphan" in codes["2026-Q3"]
    assert codes["2026-Q4"].count("orphan") == 1  # that of "c"
    assert all("tab-empty" in found for found in codes.values())


def test_the_periods_to_switch_between_say_their_state_and_days(two_quarters: Company) -> None:
    periods = periods_of(two_quarters, {})
    links = period_switch(periods, scope_of("Q3/2026", two_quarters, periods), ENGLISH)
    assert [(one.name, one.asked, one.state, one.is_shown) for one in links] == [
        ("What runs now", "", "", False),
        ("Năm 2026", "2026", "running", False),
        ("Q3/2026", "2026-Q3", "closed", True),
        ("Quý 4/2026", "2026-Q4", "running", False),
        ("Q1/2027", "2027-Q1", "planned", False),
    ]
    assert links[2].days == "1 Jul 2026 – 30 Sep 2026"


def test_with_one_period_there_is_nothing_to_switch() -> None:
    found = company(snapshot([objective("a", 1, period="Q4/2026")]))
    periods = periods_of(found, {})
    assert period_switch(periods, scope_of("", found, periods), ENGLISH) == ()


def quarters(records: Records) -> None:
    """One that is long over and one that is far away."""
    long_ago = objective("a", 1, text="Năm xưa", period="Q1/2020", level=Level.DEPARTMENT, unit="Kho")
    far = objective("b", 2, text="Mai sau", period="Q1/2090", level=Level.DEPARTMENT, unit="Kho")
    keep(records, snapshot([long_ago, far], [key_result("k", "a", 1), key_result("l", "b", 2)]))


@pytest.mark.parametrize("path", ["/", "/map", "/map.svg", f"/unit/{unit_key('Kho')}", "/?q=a", "/problems"])
def test_every_view_shows_the_period_that_is_asked_for(client: FlaskClient, records: Records, path: str) -> None:
    quarters(records)
    joint = "&" if "?" in path else "?"
    first, second = (client.get(f"{path}{joint}period={asked}").text for asked in ("Q1/2020", "2090-Q1"))
    assert ("Năm xưa" in first, "Mai sau" in first) == (True, False)
    assert ("Năm xưa" in second, "Mai sau" in second) == (False, True)
    assert client.get(path).text.count("Mai sau") == 0


def test_files_hold_all_periods_unless_one_is_asked_for(client: FlaskClient, records: Records) -> None:
    quarters(records)
    whole, one = client.get("/alignment.json").json, client.get("/alignment.json?period=Q1/2090").json
    assert whole is not None
    assert one is not None
    assert [found["key"] for found in whole["objectives"]] == ["a", "b"]
    assert [found["key"] for found in one["objectives"]] == ["b"]
    assert [(found["key"], found["state"]) for found in whole["periods"]] == [
        ("2020-Q1", "closed"),
        ("2090-Q1", "planned"),
    ]
    assert "Năm xưa" in client.get("/alignment.csv").text
    assert "Năm xưa" not in client.get("/alignment.csv?period=2090-Q1").text


def test_links_on_a_page_stay_in_the_period_and_the_search_does_too(client: FlaskClient, records: Records) -> None:
    quarters(records)
    page = client.get("/?period=Q1%2F2090").text
    assert f'href="/unit/{unit_key("Kho")}?period=2090-Q1"' in page
    assert 'href="/map?period=2090-Q1"' in page
    assert '<input type="hidden" name="period" value="2090-Q1">' in page
    assert f'href="/unit/{unit_key("Kho")}"' in client.get("/").text


def test_an_objective_of_another_period_has_its_own_page_and_branch(client: FlaskClient, records: Records) -> None:
    quarters(records)
    assert "Mai sau" in client.get("/objective/b").text
    assert "Mai sau" in client.get("/branch/b").text
    assert client.get("/map?root=b").status_code == 200


def test_links_from_the_branch_of_another_period_stay_in_it(client: FlaskClient, records: Records) -> None:
    quarters(records)
    branch = client.get("/branch/b").text
    assert f'href="/unit/{unit_key("Kho")}?period=2090-Q1"' in branch
    assert f'href="/unit/{unit_key("Kho")}"' not in branch
    assert "period=2090-Q1" in client.get("/map?root=b").text
    now = client.get("/branch/a").text
    assert "period=" not in now.replace('name="period"', "")


def test_whatever_is_asked_for_as_a_period_is_answered(client: FlaskClient, records: Records) -> None:
    quarters(records)
    for asked in ("<script>", "'; drop", "x" * 150, "%00", "..", "Q9/2026"):
        answer = client.get("/", query_string={"period": asked})
        assert answer.status_code == 200
        assert "<script>" not in answer.text.replace("<script src", "")


def test_a_unit_that_has_nothing_now_is_shown_with_nothing(client: FlaskClient, records: Records) -> None:
    keep(
        records,
        snapshot(
            [
                objective("a", 1, period="Q1/2020", level=Level.DEPARTMENT, unit="Kho"),
                objective("n", 2, period="Kỳ này", level=Level.DEPARTMENT, unit="Bếp"),
            ]
        ),
    )
    for path in ("unit", "check-in"):
        answer = client.get(f"/{path}/{unit_key('Kho')}")
        assert (answer.status_code, "<bdi>Kho</bdi>" in answer.text) == (200, True)
        assert client.get(f"/{path}/{unit_key('Xưởng')}").status_code == 404


def test_an_objective_of_another_period_leads_to_its_unit_in_that_period(client: FlaskClient, records: Records) -> None:
    long_ago = objective("a", 1, period="Q1/2020", level=Level.DEPARTMENT, unit="Kho", owner="An")
    keep(records, snapshot([long_ago, objective("n", 2, period="Kỳ này", unit="Bếp")]))
    there, here = client.get("/objective/a").text, client.get("/objective/n").text
    assert f'href="/unit/{unit_key("Kho")}?period=2020-Q1"' in there
    assert f'href="/person/{person_key("An")}?period=2020-Q1"' in there
    assert f'href="/unit/{unit_key("Bếp")}"' in here
    assert f'href="/unit/{unit_key("Kho")}?period=2020-Q1"' in client.get("/review/2020-Q1").text
