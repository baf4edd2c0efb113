"""The review of a period: its figures, how they are read, what was learned, and the files that leave the page."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from sync.domain.cycle_records import CycleRecords, Review
from sync.domain.okr import CheckIn, Decision, Kind, Level, Status
from sync.domain.periods import PeriodState, before
from sync.domain.scoring import Score
from sync.records import HistoryPoint, Records
from tests.webapp.companies import ENGLISH, VIETNAMESE, cell, company, keep, key_result, objective, snapshot
from webapp.company.company import Company
from webapp.company.scope import KnownPeriod, in_periods, periods_of
from webapp.pages.review import NO_PAST, Earlier, Past, ReviewPage, review_page
from webapp.reader.languages import Words
from webapp.web.answers import EXTENSION

OCTOBER = date(2026, 10, 5)


def scored(**values: str) -> dict[str, Score]:
    return {key: Score(Decimal(value)) for key, value in values.items()}


@pytest.fixture
def third_quarter() -> Company:
    department = {"level": Level.DEPARTMENT, "period": "Q3/2026"}
    found = snapshot(
        [
            objective("p", 1, text="Giữ lời", period="Quý 3/2026", kind=Kind.COMMITTED, lesson="Hẹn sớm hơn"),
            objective("q", 2, text="Bay cao", period="Q3/2026", kind=Kind.ASPIRATIONAL, decision=Decision.CARRY_OVER),
            objective("r", 3, text="Bán hàng", unit="Kinh doanh", **department),
            objective("s", 4, text="Mua hàng", unit="Kho", status=Status.CLOSED, **department),
            objective("d", 5, text="Nháp", status=Status.DRAFT, **department),
            objective("o", 6, text="Kỳ trước", period="Q2/2026"),
        ],
        [key_result("k", "p", 1, text="Giao đúng hẹn"), key_result("l", "r", 3, text="Doanh thu")],
        scores=scored(p="0.9", q="0.95", r="0.5", s="1", d="0", o="0.4", k="0.9", l="0.5"),
        cycle=CycleRecords(
            reviews=(Review(about="Giao đúng hẹn", cell=cell(9), lesson="Kiểm kho hằng tuần", author="An"),)
        ),
    )
    return company(found, today=OCTOBER)


def page(found: Company, key: str = "2026-Q3", past: Past = NO_PAST, earlier: Earlier | None = None) -> ReviewPage:
    period = next(one for one in periods_of(found, {}) if one.period.key == key)
    return review_page(period, in_periods(found, {key}), earlier or Earlier(), past, ENGLISH)


def test_figures_count_what_was_closed_too_and_no_drafts(third_quarter: Company) -> None:
    found = page(third_quarter)
    assert [(one.name, one.percent, one.counted) for one in found.figures.levels] == [
        ("Company", "93%", "2 of 2 objectives have a score"),
        ("Department", "75%", "2 of 2 objectives have a score"),
    ]
    assert [(one.name, one.percent) for one in found.figures.units] == [("Kinh doanh", "50%"), ("Kho", "100%")]
    assert [(one.band, one.count) for one in found.bands] == [
        ("done", 1),
        ("on_track", 2),
        ("at_risk", 1),
        ("off_track", 0),
    ]


def test_what_was_promised_and_what_was_dared_are_read_each_by_its_own_measure(third_quarter: Company) -> None:
    assert [(one.kind, one.score, one.reading) for one in page(third_quarter).kinds] == [
        ("committed", "0.90", "1 promise was missed: what is to be learned from it?"),
        ("aspirational", "0.95", "Nearly all was reached: the goals may have been too safe."),
    ]


@pytest.mark.parametrize(
    ("score", "reading"),
    [
        ("0.39", "Little was reached: the goals may have been too far away."),
        ("0.4", "As it should be for goals that are set high."),
        ("0.85", "As it should be for goals that are set high."),
        ("0.86", "Nearly all was reached: the goals may have been too safe."),
    ],
)
def test_a_set_that_was_dared_is_too_safe_above_85_and_too_far_below_40(score: str, reading: str) -> None:
    dared = objective("a", period="Q3/2026", kind=Kind.ASPIRATIONAL)
    found = company(snapshot([dared], scores=scored(a=score)), today=OCTOBER)
    assert [one.reading for one in page(found).kinds] == [reading]


def test_lessons_stand_with_their_objective_from_its_own_row_and_from_reviews(third_quarter: Company) -> None:
    (first, second) = page(third_quarter).groups[0].objectives
    assert [(one.about, one.lesson, one.author) for one in first.learned] == [
        ("", "Hẹn sớm hơn", ""),
        ("Giao đúng hẹn", "Kiểm kho hằng tuần", "An"),
    ]
    assert [one.decision for one in second.learned] == ["carry over"]


def test_what_moved_most_and_what_never_moved_are_named(third_quarter: Company) -> None:
    past = Past({"k": Decimal("0.2"), "l": Decimal("0.5")}, {"k"})
    found = page(third_quarter, past=past)
    assert [(one.text, one.move) for one in found.movers] == [("Giao đúng hẹn", "+0.70")]
    assert [one.text for one in found.still] == ["Doanh thu"]


def test_who_never_checked_in_is_named_where_others_did(third_quarter: Company) -> None:
    assert page(third_quarter).silent == ()
    logged = replace(third_quarter, check_ins={"k": [CheckIn(key_result="k", cell=cell(8))]})
    assert [one.text for one in page(logged).silent] == ["Doanh thu"]


def test_each_objective_has_its_history_where_there_is_one(third_quarter: Company) -> None:
    """All are asked for at once, without those of drafts."""
    asked: list[Sequence[str]] = []

    def histories(keys: Sequence[str]) -> Mapping[str, Sequence[HistoryPoint]]:
        asked.append(keys)
        return {"p": [HistoryPoint(datetime(2026, 8, day, tzinfo=UTC), Decimal(day) / 20) for day in (2, 18)]}

    period = next(one for one in periods_of(third_quarter, {}) if one.period.key == "2026-Q3")
    here = in_periods(third_quarter, {"2026-Q3"})
    found = review_page(period, here, Earlier(), NO_PAST, ENGLISH, histories)
    plots = {one.objective.key: one.history for group in found.groups for one in group.objectives}
    assert [sorted(keys) for keys in asked] == [["p", "q", "r", "s"]]
    assert {key for key, plot in plots.items() if plot} == {"p"}
    assert plots["p"] is not None
    assert len(plots["p"].segments) == 3


def test_a_review_is_final_only_when_its_period_is_closed(third_quarter: Company) -> None:
    assert [page(third_quarter).is_final, page(third_quarter).is_early] == [False, False]
    december = replace(third_quarter, today=date(2026, 12, 1))
    assert page(december).is_final
    august = replace(third_quarter, today=date(2026, 8, 1))
    assert page(august).is_early


def test_it_is_compared_with_the_period_before_of_the_same_length(third_quarter: Company) -> None:
    periods = [one.period for one in periods_of(third_quarter, {})]
    earlier = before(next(one for one in periods if one.key == "2026-Q3"), periods)
    assert earlier is not None
    assert earlier.key == "2026-Q2"
    then = Earlier(earlier.name, in_periods(third_quarter, {"2026-Q2"}))
    found = page(third_quarter, earlier=then)
    assert (found.before, [(one.name, one.then, one.now) for one in found.compared]) == (
        "Q2/2026",
        [("Company", "0.40", "0.93"), ("Department", "", "0.75")],
    )


def test_a_quarter_is_not_compared_with_a_year() -> None:
    found = company(snapshot([objective("a", 1, period="2025"), objective("b", 2, period="Q1/2026")]))
    periods = [one.period for one in periods_of(found, {})]
    assert before(periods[1], periods) is None


HOSTILE = '=HYPERLINK("http://x","y")'


@pytest.fixture
def past_quarter(records: Records) -> None:
    keep(
        records,
        snapshot(
            [objective("a", 1, text=HOSTILE, period="Q1/2020", lesson="+1", level=Level.COMPANY)],
            [key_result("k", "a", 1, text="@KR")],
        ),
    )


@pytest.mark.usefixtures("past_quarter")
def test_a_review_has_an_address_by_key_and_is_listed(client: FlaskClient) -> None:
    assert 'href="/review/2020-Q1"' in client.get("/reviews").text
    answer = client.get("/review/2020-Q1")
    assert answer.status_code == 200
    assert "=HYPERLINK(&#34;http://x&#34;,&#34;y&#34;)" in answer.text
    assert client.get("/review/2031-Q1").status_code == 404


@pytest.mark.usefixtures("past_quarter")
def test_texts_in_the_files_are_never_formulas(client: FlaskClient) -> None:
    book = load_workbook(io.BytesIO(client.get("/review/2020-Q1.xlsx").data))
    sheet = book.worksheets[0]
    assert sheet.title == "Q1-2020"
    held = {str(found.value): found.data_type for row in sheet.iter_rows() for found in row if found.value is not None}
    assert (held[HOSTILE], held["@KR"], held["+1"]) == ("s", "s", "s")
    table = client.get("/review/2020-Q1.csv").text
    assert "'" + HOSTILE.replace('"', '""') in table
    assert client.get("/review/2020-Q1.csv").headers["Content-Disposition"] == "attachment; filename=review.csv"


@dataclass(frozen=True, slots=True)
class CountingWords(Words):
    """Words that note what they are asked for."""

    asked: list[str] = field(default_factory=list)

    def gettext(self, message: str, **values: object) -> str:
        self.asked.append(message)
        return Words.gettext(self, message, **values)


@pytest.mark.usefixtures("past_quarter")
@pytest.mark.parametrize(
    ("path", "heading"),
    [("/review/2020-Q1.csv", "Lesson"), ("/review/2020-Q1.xlsx", "Lesson"), ("/check-ins.csv", "Obstacle")],
)
def test_a_long_file_is_made_once_for_all_who_ask_for_it(
    app: Flask, client: FlaskClient, path: str, heading: str
) -> None:
    readers = app.extensions[EXTENSION].readers
    words = CountingWords("en", readers["en"].words.translations)
    readers["en"] = replace(readers["en"], words=words)
    first, second = (client.get(f"{path}?lang=en") for _ in range(2))
    assert first.data == second.data
    assert words.asked.count(heading) == 1


def test_before_anything_was_read_there_is_nothing_to_review(client: FlaskClient) -> None:
    assert client.get("/reviews").status_code == 503
    assert client.get("/review/2020-Q1").status_code in (404, 503)


def test_vietnamese_readers_get_their_own_words(third_quarter: Company) -> None:
    period = KnownPeriod(third_quarter.calendar.period("Q3/2026"), PeriodState.CLOSED)
    found = review_page(period, in_periods(third_quarter, {"2026-Q3"}), Earlier(), NO_PAST, VIETNAMESE)
    assert found.kinds[0].reading == "1 cam kết chưa đạt: rút ra được bài học gì?"
