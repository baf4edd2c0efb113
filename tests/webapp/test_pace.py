"""Pace and projection on the pages: beside the band, in running periods, of one thing and of many."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient

from sync.domain.company import CompanySettings
from sync.domain.okr import CheckIn, Kind, Level, Metric, Status
from sync.domain.pace import Pace, PacePolicy
from sync.domain.scoring import Score
from sync.domain.standing import standing, standing_of_all
from sync.records import HistoryPoint, Records
from tests.support.axe import faults
from tests.support.tabs import DESKTOP
from tests.webapp.companies import ENGLISH, NOW, TODAY, VIETNAMESE, amount, cell, company, keep, key_result, objective
from tests.webapp.companies import snapshot as snapshot_of
from tests.webapp.conftest import PHONE, Open
from webapp.company.company import Company, company_of
from webapp.company.holders import unit_key
from webapp.company.trend import history_of_all
from webapp.exports.alignment_json import company_json
from webapp.exports.csv import alignment_csv
from webapp.map.page import map_page
from webapp.map.selection import MapQuery
from webapp.pages.objective import objective_page
from webapp.pages.tree import tree_page
from webapp.pages.unit import unit_page

# On 21 November 52 of the 92 days of the fourth quarter have passed: 0.57 is expected.
PERIOD = "Q4/2026"


def scored(value: str, **facts: Any) -> Company:
    return company(
        snapshot_of([objective("o", **({"period": PERIOD} | facts))], scores={"o": Score(Decimal(value))}),
    )


def pace_of(found: Company, key: str = "o") -> Pace | None:
    there = standing(key, found)
    return there.pace if there else None


def week_by_week(*values: str) -> list[HistoryPoint]:
    first = NOW - timedelta(days=7 * (len(values) - 1))
    return [HistoryPoint(first + timedelta(days=7 * place), Decimal(value)) for place, value in enumerate(values)]


def told(**points: Sequence[HistoryPoint]) -> Any:
    def histories(keys: Sequence[str]) -> Mapping[str, Sequence[HistoryPoint]]:
        return {key: points.get(key, ()) for key in keys}

    return histories


@pytest.mark.parametrize(
    ("value", "pace"),
    [("0.7", Pace.AHEAD), ("0.5", Pace.ON_PACE), ("0.4", Pace.BEHIND), ("0.3", Pace.FAR_BEHIND)],
)
def test_a_score_is_compared_with_what_is_expected_by_today(value: str, pace: Pace) -> None:
    assert pace_of(scored(value)) is pace


def test_less_is_expected_of_an_aspirational_objective() -> None:
    assert pace_of(scored("0.5", kind=Kind.ASPIRATIONAL)) is Pace.AHEAD


@pytest.mark.parametrize(
    "facts",
    [{"period": "Q3/2026"}, {"period": "Q1/2027"}, {"period": "Mùa gặt"}, {"period": ""}, {"status": Status.DRAFT}],
)
def test_there_is_no_pace_where_no_known_days_run_or_nothing_counts(facts: dict[str, Any]) -> None:
    assert pace_of(scored("0.3", **facts)) is None


def test_thresholds_are_the_admins() -> None:
    strict = CompanySettings(pace=PacePolicy(behind=Decimal("0.01")))
    of_o = snapshot_of([objective("o", period=PERIOD)], scores={"o": Score(Decimal("0.5"))})
    assert pace_of(company(of_o, settings=strict)) is Pace.BEHIND


def test_a_yes_or_no_key_result_is_not_late_and_neither_is_an_objective_of_nothing_else() -> None:
    done: dict[str, Any] = {"metric": Metric.DONE, "current": amount(0)}
    only = company(snapshot_of([objective("o", period=PERIOD)], [key_result("k", "o", **done)]))
    assert (pace_of(only, "k"), pace_of(only)) == (None, None)
    both = company(
        snapshot_of([objective("o", period=PERIOD)], [key_result("k", "o", **done), key_result("l", "o", 2)])
    )
    assert (pace_of(both, "k"), pace_of(both, "l"), pace_of(both)) == (None, Pace.FAR_BEHIND, Pace.FAR_BEHIND)


def test_of_many_the_mean_of_their_goals_is_expected() -> None:
    objectives = [
        objective("a", 1, period=PERIOD, weight=Decimal(3), kind=Kind.ASPIRATIONAL),
        objective("b", 2, period=PERIOD),
        objective("c", 3, period=PERIOD),
    ]
    scores = {"a": Score(Decimal("0.4")), "b": Score(Decimal("0.4")), "c": Score(problem="no-data")}
    found = standing_of_all(objectives, company(snapshot_of(objectives, scores=scores)))
    assert found is not None
    assert found.goal == Decimal("3.1") / 4
    assert found.pace is Pace.ON_PACE


def test_the_history_of_many_is_their_weighted_mean_at_each_moment() -> None:
    objectives = [objective("a", weight=Decimal(3)), objective("b"), objective("c", weight=Decimal(0))]
    at = [datetime(2026, 11, day, tzinfo=UTC) for day in (1, 2, 3)]
    points = {
        "a": [HistoryPoint(at[0], Decimal("0.2")), HistoryPoint(at[2], None)],
        "b": [HistoryPoint(at[1], Decimal("0.6"))],
        "c": [HistoryPoint(at[1], Decimal(1))],
    }
    assert [point.value for point in history_of_all(objectives, points)] == [
        Decimal("0.2"),
        Decimal("0.3"),
        Decimal("0.6"),
    ]


def test_the_first_page_says_ahead_or_behind_and_where_it_will_end() -> None:
    page = tree_page(scored("0.4"), ENGLISH, told(o=week_by_week("0.1", "0.2", "0.3", "0.4")))
    (share,) = page.progress[0].levels
    assert share.score.pace is not None
    assert (share.score.word, share.score.pace.word) == ("at risk", "behind time")
    assert share.score.pace.expected == "expected by now: 0.57"
    assert share.projection is not None
    assert share.projection.text == "at this speed 0.97 by 31 Dec 2026"
    assert share.projection.rests_on == "from 0.10 on 31 Oct 2026 to 0.40 on 21 Nov 2026, changed on 3 days"
    assert share.plot is not None
    assert share.plot.expected is not None
    assert share.plot.projected is not None


def test_without_enough_history_nothing_is_said_of_the_end() -> None:
    page = tree_page(scored("0.4"), ENGLISH, told(o=week_by_week("0.1", "0.2", "0.4")))
    assert page.progress[0].levels[0].projection is None


def test_each_period_is_told_for_itself() -> None:
    objectives = [objective("q", 1, period=PERIOD), objective("y", 2, period="2026")]
    scores = {key: Score(Decimal("0.6")) for key in ("q", "y")}
    page = tree_page(company(snapshot_of(objectives, scores=scores)), VIETNAMESE)
    paces = {one.period: one.levels[0].score.pace for one in page.progress}
    assert {period: found.word if found else "" for period, found in paces.items()} == {
        "2026": "chậm nhiều",
        PERIOD: "đúng tiến độ",
    }


def test_check_ins_are_points_of_the_plot_and_what_has_no_day_is_none() -> None:
    log = [
        CheckIn(key_result="k", cell=cell(9), date=day, value=amount(40))
        for day in ("2026-11-02", "hôm qua", "2026-08-02")
    ]
    parts = [key_result("k", "o", id="k")]
    found = company(snapshot_of([objective("o", period=PERIOD)], parts, check_ins=tuple(log)))
    page = objective_page("o", found, told(k=week_by_week("0.1", "0.3")), NOW, ENGLISH)
    assert page is not None
    plot = page.details[0].history.plot
    assert plot is not None
    assert [dot.name for dot in plot.check_ins] == ["2 Nov 2026: 0.50"]


def test_a_unit_has_the_plot_of_its_figure_and_one_of_each_objective() -> None:
    facts = {"period": PERIOD, "unit": "Kho", "level": Level.DEPARTMENT}
    objectives = [objective("a", 1, **facts), objective("b", 2, **facts)]
    scores = {key: Score(Decimal("0.4")) for key in ("a", "b")}
    found = company(snapshot_of(objectives, scores=scores))
    points = told(a=week_by_week("0.1", "0.4"), b=week_by_week("0.2", "0.4"))
    page = unit_page(unit_key("Kho"), 1, found, ENGLISH, points)
    assert page is not None
    assert page.shares[0].shares[0].plot is not None
    assert [one.objective.key for one in page.histories] == ["a", "b"]


def test_the_map_says_the_pace_on_the_card_and_in_its_legend() -> None:
    page = map_page(scored("0.3"), MapQuery(), ENGLISH)
    assert page is not None
    assert "far behind time" in page.cards[0].content.name
    assert [(pace.shape, pace.word) for pace in page.paces] == [
        ("»", "ahead of time"),
        ("=", "on pace"),
        ("‹", "behind time"),
        ("«", "far behind time"),
    ]


def test_the_table_has_the_pace_of_objective_and_key_result() -> None:
    found = company(snapshot_of([objective("o", period=PERIOD)], [key_result("k", "o")]))
    (row,) = csv.DictReader(io.StringIO(alignment_csv(found, ENGLISH).lstrip("\ufeff")))
    assert (row["Pace"], row["Pace of the key result"]) == ("far behind time", "far behind time")


def test_json_and_table_say_where_it_will_end_of_objective_and_key_result() -> None:
    parts = [key_result("k", "o"), key_result("guess", "o", 2)]
    found = company(snapshot_of([objective("o", period=PERIOD)], parts, scores={"o": Score(Decimal("0.4"))}))
    points = told(
        o=week_by_week("0.1", "0.2", "0.3", "0.4"),
        k=week_by_week("0.1", "0.1", "0.15", "0.2", "0.25"),
        guess=week_by_week("0.1", "0.2"),
    )
    (twin,) = company_json(found, ENGLISH.bands, points)["objectives"]
    assert twin["projection"] == {
        "score": 0.9714,
        "day": "2026-12-31",
        "since": "2026-10-31",
        "score_then": 0.1,
        "changes": 3,
    }
    # From 0.10 to 0.25 in 28 days, and 40 more to come.
    assert [part["projection"] and part["projection"]["score"] for part in twin["key_results"]] == [0.4643, None]
    rows = csv.DictReader(io.StringIO(alignment_csv(found, ENGLISH, points).lstrip("\ufeff")))
    assert [(row["Projected score"], row["Projected score of the key result"]) for row in rows] == [
        ("0.9714", "0.4643"),
        ("0.9714", ""),
    ]


def test_of_a_draft_or_a_period_that_is_over_no_end_is_told_and_no_history_asked_for() -> None:
    asked: list[str] = []

    def histories(keys: Sequence[str]) -> Mapping[str, Sequence[HistoryPoint]]:
        asked.extend(keys)
        return {key: week_by_week("0.1", "0.2", "0.3", "0.4") for key in keys}

    over = scored("0.4", period="Q3/2026")
    draft = scored("0.4", status=Status.DRAFT)
    for found in (over, draft):
        assert company_json(found, ENGLISH.bands, histories)["objectives"][0]["projection"] is None
    assert asked == ["o"]


def test_pages_and_json_say_it(client: FlaskClient, records: Records) -> None:
    year = str(datetime.now(UTC).year)
    parts = [key_result("k", "o", current=amount(50))]
    for place in range(5):
        at = datetime.now(UTC) - timedelta(days=28 - 7 * place)
        part = key_result("k", "o", current=amount(31 + place))
        keep(records, snapshot_of([objective("o", period=year, unit="Kho")], [part], taken_at=at))
    keep(records, snapshot_of([objective("o", period=year, unit="Kho")], parts, taken_at=datetime.now(UTC)))
    for path in ("/", "/objective/o", f"/unit/{unit_key('Kho')}", "/map"):
        assert 'class="pace ' in client.get(f"{path}?lang=vi").text, path
    answer = client.get("/alignment.json").json
    assert answer is not None
    assert answer["objectives"][0]["pace"] in ("ahead", "on_pace")


def test_the_files_say_where_it_will_end_where_the_page_says_it(client: FlaskClient, records: Records) -> None:
    """Five weeks into a year there is enough to say it; before, neither says a word."""
    now = datetime.now(UTC)
    for place in range(5):
        part = key_result("k", "o", current=amount(31 + place))
        found = snapshot_of(
            [objective("o", period=str(now.year))], [part], taken_at=now - timedelta(days=28 - 7 * place)
        )
        keep(records, found)
    is_told = "at this speed" in client.get("/objective/o?lang=en").text
    assert is_told or now.timetuple().tm_yday < 36
    answer = client.get("/alignment.json").json
    assert answer is not None
    assert (answer["objectives"][0]["projection"] is not None) == is_told
    table = client.get("/alignment.csv?lang=en").text.removeprefix("\ufeff")
    assert [row["Projected score"] != "" for row in csv.DictReader(io.StringIO(table))] == [is_told]
    assert 0 < answer["objectives"][0]["key_results"][0]["expected"] <= 1


def test_a_period_that_was_closed_early_has_no_pace_and_asks_for_no_check_in() -> None:
    found = snapshot_of([objective("o", period=PERIOD)], [key_result("k", "o")], scores={"o": Score(Decimal("0.3"))})
    runs, closed = (
        company_of([found], {}, CompanySettings(), TODAY, whole=True, by_hand={"2026-Q4": is_closed})
        for is_closed in (False, True)
    )
    assert (pace_of(closed), [*closed.heard]) == (None, [])
    assert (pace_of(runs) is not None, [*runs.heard]) == (True, ["k"])


@pytest.mark.browser
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(browsing: Open, records: Records, address: str) -> None:
    year = str(datetime.now(UTC).year)
    for place in range(6):
        at = datetime.now(UTC) - timedelta(days=30 - 6 * place)
        part = key_result("k", "o", current=amount(31 + place))
        keep(records, snapshot_of([objective("o", period=year, unit="Kho")], [part], taken_at=at))
    page = browsing()
    for path in ("/", f"/unit/{unit_key('Kho')}", "/objective/o"):
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(found => found.open = true)")
        for size in (PHONE, DESKTOP):
            page.set_viewport_size({"width": size["width"], "height": size["height"]})
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        assert faults(page, "light", "dark") == "", path
