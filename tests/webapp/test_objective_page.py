"""The page of one objective as values: workings, links, notes, and histories on the period's time line."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import time_machine
from flask.testing import FlaskClient

from sync.domain.okr import Amount, CheckIn, Initiative, Level, Metric
from sync.domain.periods import CALENDAR_YEARS, Calendar, Span
from sync.domain.scoring import Score
from sync.records import HistoryPoint, Records
from tests.webapp.companies import (
    ENGLISH,
    NOW,
    VIETNAMESE,
    amount,
    cell,
    company,
    keep,
    key_result,
    objective,
    snapshot,
)
from webapp.company.company import Company
from webapp.pages.objective import MOST_BELOW, MOST_CHANGES, ObjectivePage, objective_page
from webapp.parts.history_plot import FINEST, FULL, TOP, Plot, history_plot
from webapp.reader.reader import Reader

# The same day wherever the tests run.
DAYTIME = NOW.replace(hour=10)
Q4 = Span(date(2026, 10, 1), date(2026, 12, 31))


def nothing(keys: Sequence[str]) -> Mapping[str, Sequence[HistoryPoint]]:
    return dict.fromkeys(keys, ())


def page_of(found: Company, key: str = "o", reader: Reader = VIETNAMESE) -> ObjectivePage:
    page = objective_page(key, found, nothing, NOW, reader)
    assert page is not None
    return page


def plotted(
    points: Sequence[HistoryPoint],
    period: Span | None = Q4,
    reader: Reader = VIETNAMESE,
    calendar: Calendar = CALENDAR_YEARS,
) -> Plot:
    plot = history_plot(points, period, NOW, calendar, reader)
    assert plot is not None
    return plot


def point(day: int, value: str | None) -> HistoryPoint:
    return HistoryPoint(DAYTIME.replace(day=day), None if value is None else Decimal(value))


def test_the_working_of_a_score_can_be_redone() -> None:
    parts = [
        key_result("a", "o", weight=Decimal(2)),
        key_result("b", "o", start=amount(0), current=amount(8), target=amount(10), weight=Decimal(3)),
    ]
    found = company(snapshot([objective("o")], parts))
    page = page_of(found)
    assert page.working == "(2 × 0,30 + 3 × 0,80) ÷ 5 = 0,60"
    assert [detail.working for detail in page.details] == [
        "(36 − 30) ÷ (50 − 30) = 0,30, trọng số 2/5",
        "8 ÷ 10 = 0,80, trọng số 3/5",
    ]
    assert page_of(found, reader=ENGLISH).details[0].working == "(36 − 30) ÷ (50 − 30) = 0.30, weight 2 of 5"


def test_the_working_counts_missing_ones_as_the_objective_does() -> None:
    parts = [key_result("a", "o"), key_result("b", "o", current=Amount())]
    found = company(snapshot([objective("o", missing="zero")], parts))
    assert page_of(found, reader=ENGLISH).working == "(0.30 + 0.00) ÷ 2 = 0.15"


def test_percentages_are_worked_out_as_percentages() -> None:
    shares: dict[str, Any] = {
        "start": amount("0.58", "%"),
        "current": amount("0.723", "%"),
        "target": amount("0.8", "%"),
    }
    parts = [
        key_result("a", "o", **shares),
        key_result("b", "o", metric=Metric.PROGRESS, current=amount("0.455", "%")),
        key_result("c", "o", metric=Metric.AT_MOST, target=amount("0.02", "%"), current=amount("0.015", "%")),
    ]
    page = page_of(company(snapshot([objective("o")], parts)))
    assert [detail.working for detail in page.details] == [
        "(72,3% − 58%) ÷ (80% − 58%) = 0,65",
        "45,5% → 0,46",
        "1,5% ≤ 2% ✓ → 1,00",
    ]


def test_an_objective_is_told_with_its_links_and_notes() -> None:
    found = company(
        snapshot(
            [objective("top", id="T"), objective("o", parent="T", id="O"), objective("sub", parent="O")],
            [key_result("k", "o", id="K", metric=Metric.DONE, current=Amount(Decimal(1), "Xong"))],
            check_ins=(
                CheckIn(key_result="K", cell=cell(9), date="2026-11-20", comment="Ổn"),
                CheckIn(key_result="K", cell=cell(10), date="tuần trước"),
            ),
            initiatives=(Initiative(text="Gọi", cell=cell(20), objective="O", due="2026-12-01"),),
        )
    )
    page = page_of(found)
    assert [link.key for link in page.above] == ["top"]
    assert [child.key for child in page.below] == ["sub"]
    assert page.details[0].working == "Xong → 1,00"
    assert [(check_in.date, check_in.comment) for check_in in page.details[0].check_ins] == [
        ("20/11/2026", "Ổn"),
        ("tuần trước", ""),
    ]
    assert [(initiative.text, initiative.due) for initiative in page.initiatives] == [("Gọi", "01/12/2026")]


def test_an_objective_that_is_not_there_has_no_page() -> None:
    assert objective_page("nobody", company(snapshot([objective("o")])), nothing, NOW, VIETNAMESE) is None


def test_of_many_that_support_it_the_first_are_told_and_the_others_counted() -> None:
    children = [objective(f"c{n}", parent="O", level=Level.DEPARTMENT) for n in range(MOST_BELOW + 3)]
    page = page_of(company(snapshot([objective("o", id="O"), *children])))
    assert ([child.key for child in page.below], page.more_below) == ([f"c{n}" for n in range(MOST_BELOW)], 3)


def test_the_histories_of_an_objective_and_its_key_results_are_asked_for_at_once() -> None:
    asked: list[Sequence[str]] = []

    def histories(keys: Sequence[str]) -> Mapping[str, Sequence[HistoryPoint]]:
        asked.append(keys)
        return {key: [point(1, "0.3"), point(2, None)] for key in keys}

    found = company(snapshot([objective("o")], [key_result("a", "o"), key_result("b", "o")]))
    page = objective_page("o", found, histories, NOW, VIETNAMESE)
    assert page is not None
    assert asked == [["o", "a", "b"]]
    assert [change.score for change in page.history.changes] == ["—", "0,30"]
    assert [detail.history.count for detail in page.details] == [2, 2]


def test_of_many_changes_the_newest_are_told_and_the_others_counted() -> None:
    points = [HistoryPoint(NOW + timedelta(minutes=n), Decimal(n) / 1000) for n in range(MOST_CHANGES + 5)]
    found = company(snapshot([objective("o")]))
    page = objective_page("o", found, lambda keys: dict.fromkeys(keys, points), NOW, ENGLISH)
    assert page is not None
    assert (len(page.history.changes), page.history.older) == (MOST_CHANGES, 5)
    assert page.history.changes[0].score == "0.03"


def test_a_score_is_drawn_level_as_long_as_it_stood_and_upright_where_it_changed() -> None:
    start, later = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 11, tzinfo=UTC)
    plot = plotted([HistoryPoint(start, Decimal(0)), HistoryPoint(later, Decimal("0.5"))], period=None)
    floor, middle = f"{TOP + FULL:.1f}", f"{TOP + FULL / 2:.1f}"
    assert [(line.x1, line.y1, line.x2, line.y2) for line in plot.segments] == [
        ("0.00%", floor, "49.69%", floor),
        ("49.69%", floor, "49.69%", middle),
        ("49.69%", middle, "100.00%", middle),
    ]


def test_nothing_is_drawn_while_there_was_no_score() -> None:
    plot = plotted([point(1, "0.2"), point(5, None), point(9, "0.4")])
    assert len(plot.segments) == 2
    assert plot.segments[0].x2 < plot.segments[1].x1
    assert history_plot([point(1, None)], Q4, NOW, CALENDAR_YEARS, VIETNAMESE) is None
    assert history_plot([], Q4, NOW, CALENDAR_YEARS, VIETNAMESE) is None


def test_days_are_those_of_the_company_wherever_the_server_stands() -> None:
    noon_in_greenwich = datetime(2026, 11, 1, 12, tzinfo=UTC)
    points = [HistoryPoint(noon_in_greenwich, Decimal("0.2")), point(9, "0.4")]
    ahead, behind = (plotted(points, calendar=Calendar(zone=zone)) for zone in ("Etc/GMT-14", "Etc/GMT+12"))
    assert "0,20 ngày 02/11/2026" in ahead.name
    assert "0,20 ngày 01/11/2026" in behind.name
    assert (ahead.first, ahead.last) == (behind.first, behind.last) == ("01/10/2026", "31/12/2026")


def test_the_time_line_is_that_of_the_period_with_today_on_it() -> None:
    plot = plotted([point(1, "0.2"), point(9, "0.4")])
    assert (plot.first, plot.last) == ("01/10/2026", "31/12/2026")
    assert plot.today == plot.segments[-1].x2 != ""
    english = plotted([point(1, "0.2")], reader=ENGLISH)
    assert (english.first, english.last) == ("1 Oct 2026", "31 Dec 2026")


def test_it_says_how_much_of_the_period_has_passed() -> None:
    year = Span(date(2026, 1, 1), date(2026, 12, 31))
    assert plotted([point(1, "0.2")], year).elapsed == "Đã qua 89% chu kỳ"
    assert plotted([point(1, "0.2")], year, ENGLISH).elapsed == "89% of the period has passed"


def test_the_day_that_runs_has_passed_as_it_has_for_the_pace() -> None:
    first_of_ten = Span(NOW.date(), NOW.date() + timedelta(days=9))
    assert plotted([point(1, "0.2")], first_of_ten, ENGLISH).elapsed == "10% of the period has passed"


def test_of_a_past_period_the_line_ends_with_it() -> None:
    plot = plotted(
        [HistoryPoint(datetime(2026, 8, 1, tzinfo=UTC), Decimal("0.4"))], Span(date(2026, 7, 1), date(2026, 9, 30))
    )
    assert (plot.segments[-1].x2, plot.today, plot.elapsed) == ("100.00%", "", "")


def test_what_was_recorded_outside_of_the_period_is_on_the_line_too() -> None:
    plot = plotted([HistoryPoint(datetime(2026, 9, 20, 10, tzinfo=UTC), Decimal("0.4"))])
    assert (plot.first, plot.segments[0].x1) == ("20/09/2026", "0.00%")


def test_the_picture_says_in_words_what_it_shows() -> None:
    assert plotted([point(1, "0.2"), point(9, "0.45")]).name == "Từ 0,20 ngày 01/11/2026 đến 0,45 ngày 09/11/2026"
    assert [guide.text for guide in plotted([point(1, "0.2")]).guides] == [
        "1,00 hoàn thành",
        "0,60 đúng hướng",
        "0,30 có rủi ro",
        "0,00 chệch hướng",
    ]


def test_a_score_that_changes_all_day_is_drawn_no_finer_than_one_can_see() -> None:
    points = [HistoryPoint(NOW - timedelta(minutes=5000 - n), Decimal(n % 7) / 10) for n in range(5000)]
    assert len(plotted(points, period=None).segments) <= 2 * (FINEST + 1)


@time_machine.travel(DAYTIME + timedelta(days=2), tick=False)
def test_the_page_tells_history_and_working_in_the_readers_language(client: FlaskClient, records: Records) -> None:
    for days, current in ((0, 36), (1, 40)):
        part = key_result("k", "o", current=amount(current))
        keep(records, snapshot([objective("o", period="Q4/2026")], [part], taken_at=DAYTIME + timedelta(days=days)))
    vietnamese, english = client.get("/objective/o").text, client.get("/objective/o?lang=en").text
    assert "(40 − 30) ÷ (50 − 30) = 0,50" in vietnamese
    assert "Từ 0,30 ngày 21/11/2026 đến 0,50 ngày 22/11/2026" in vietnamese
    assert "(40 − 30) ÷ (50 − 30) = 0.50" in english
    assert "From 0.30 on 21 Nov 2026 to 0.50 on 22 Nov 2026" in english


def test_a_score_without_a_number_is_explained_by_its_reason(client: FlaskClient, records: Records) -> None:
    keep(records, snapshot([objective("o")], [key_result("k", "o")], scores={"k": Score(problem="unit-mismatch")}))
    assert "units differ" in client.get("/objective/o?lang=en").text
