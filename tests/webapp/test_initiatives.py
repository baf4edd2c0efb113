"""Initiatives: when one is late, in what order they stand, what filters leave, and where they are told."""

import csv
import io
from datetime import date

import pytest
from flask.testing import FlaskClient
from msgspec import structs

from sync.domain.keys import person_key
from sync.domain.okr import Amount, Initiative, InitiativeState, Level, Status
from sync.records import Records
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
from webapp.company.holders import unit_key
from webapp.company.scope import in_periods
from webapp.company.undertakings import is_late
from webapp.pages.initiatives import InitiativeFilters, initiatives_page
from webapp.pages.objective import objective_page
from webapp.pages.person import person_page
from webapp.pages.unit import unit_page
from webapp.parts.timeline import ROW, timeline

TODAY = date(2026, 11, 20)


def initiative(text: str, row: int, due: str = "", state: InitiativeState | None = None, **facts: object) -> Initiative:
    return Initiative(text=text, cell=cell(row, 5), due=due, state=state, **facts)  # type: ignore[arg-type]


@pytest.fixture
def sales() -> Company:
    department = {"level": Level.DEPARTMENT, "period": "Q4/2026"}
    return company(
        snapshot(
            [
                objective("a", 1, id="A", unit="Kinh doanh", **department),
                objective("b", 2, id="B", unit="Kho", **department),
                objective("z", 3, id="Z", unit="Kho", level=Level.DEPARTMENT, period="Q3/2026"),
            ],
            [key_result("k", "a", 1, id="K"), key_result("l", "b", 2, id="L")],
            initiatives=(
                initiative("Gọi khách cũ", 11, "2026-11-30", InitiativeState.DOING, key_results=("K",), owner="An"),
                initiative("Mở gian hàng", 12, "2026-11-19", key_results=("K", "L"), owner="Bình", start="2026-10-31"),
                initiative("Sơn lại kho", 13, "", InitiativeState.PLANNED, objective="B", owner="An"),
                initiative("Dọn kho", 14, "2026-10-15", InitiativeState.DONE, objective="B", progress=amount(1)),
                initiative("Chuyện quý trước", 15, "2026-09-01", objective="Z"),
            ),
        ),
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("due", "state", "late"),
    [
        ("2026-11-19", None, True),
        ("2026-11-20", None, False),
        ("2026-11-19", InitiativeState.DOING, True),
        ("2026-11-19", InitiativeState.PLANNED, True),
        ("2026-11-19", InitiativeState.DONE, False),
        ("2026-11-19", InitiativeState.DROPPED, False),
        ("cuối năm", None, False),
        ("", None, False),
    ],
)
def test_late_is_due_before_today_and_neither_done_nor_dropped(
    due: str, state: InitiativeState | None, late: bool
) -> None:
    assert is_late(initiative("x", 1, due, state), TODAY) is late


def test_each_stands_once_with_all_that_it_serves_late_ones_first_then_by_due_date_and_undated_last(
    sales: Company,
) -> None:
    found = in_periods(sales, {"2026-Q4"}).undertakings
    assert [(one.initiative.text, [served.key for served in one.objectives]) for one in found] == [
        ("Mở gian hàng", ["a", "b"]),
        ("Dọn kho", ["b"]),
        ("Gọi khách cũ", ["a"]),
        ("Sơn lại kho", ["b"]),
    ]


def test_what_serves_a_draft_alone_counts_nowhere() -> None:
    of_draft, of_both = initiative("x", 9, objective="D"), initiative("y", 10, key_results=("D", "A"))
    objectives = [objective("d", 1, id="D", status=Status.DRAFT), objective("a", 2, id="A")]
    found = company(snapshot(objectives, initiatives=(of_draft, of_both))).undertakings
    assert [(one.initiative.text, [served.key for served in one.objectives]) for one in found] == [("y", ["a"])]


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ({"unit": "kinh doanh"}, ["Mở gian hàng", "Gọi khách cũ"]),
        ({"unit": "doanh"}, ["Mở gian hàng", "Gọi khách cũ"]),
        ({"owner": "AN"}, ["Gọi khách cũ", "Sơn lại kho"]),
        ({"owner": "inh"}, ["Mở gian hàng"]),
        ({"owner": "Không ai"}, []),
        ({"state": "done"}, ["Dọn kho"]),
        ({"state": "none"}, ["Chuyện quý trước", "Mở gian hàng"]),
        ({"late": "1"}, ["Chuyện quý trước", "Mở gian hàng"]),
        ({"late": "1", "unit": "Kinh doanh"}, ["Mở gian hàng"]),
        ({"q": "kho don"}, ["Dọn kho"]),
        (
            {"state": "nonsense", "late": "2"},
            ["Chuyện quý trước", "Mở gian hàng", "Dọn kho", "Gọi khách cũ", "Sơn lại kho"],
        ),
    ],
)
def test_each_filter_leaves_what_it_says(sales: Company, asked: dict[str, str], texts: list[str]) -> None:
    page = initiatives_page(InitiativeFilters.of(asked), 1, sales, VIETNAMESE)
    assert [row.initiative.text for row in page.rows] == texts


def test_the_page_counts_what_is_late_and_tells_each_in_the_readers_words(sales: Company) -> None:
    page = initiatives_page(InitiativeFilters(), 1, in_periods(sales, {"2026-Q4"}), ENGLISH)
    assert (page.found, page.late) == ("4 initiatives", "1 of 4 is late")
    told = [(row.initiative.state, row.initiative.due, row.initiative.is_late) for row in page.rows]
    assert told[:3] == [
        ("", "19 Nov 2026", True),
        ("completed", "15 Oct 2026", False),
        ("under way", "30 Nov 2026", False),
    ]
    assert page.rows[1].initiative.progress == "100%"


def test_the_timeline_shows_them_over_the_period_with_today(sales: Company) -> None:
    quarter = in_periods(sales, {"2026-Q4"})
    picture = timeline(quarter.undertakings, quarter, ENGLISH)
    assert picture is not None
    assert [(bar.x, bar.width, bar.style) for bar in picture.bars] == [
        ("32.61%", "20.65%", "late"),
        ("0.00%", "15.22%", "done"),
        ("0.00%", "65.22%", "doing"),
    ]
    assert [(bar.label, bar.noted) for bar in picture.bars] == [
        ("Mở gian hàng", "late"),
        ("Dọn kho", "100%"),
        ("Gọi khách cũ", ""),
    ]
    assert [bar.reached for bar in picture.bars] == ["", "15.22%", ""]
    assert [bar.y // ROW for bar in picture.bars] == [0, 1, 2]
    assert (picture.today, picture.first, picture.last) == ("54.35%", "1 Oct 2026", "31 Dec 2026")


@pytest.mark.parametrize(
    ("progress", "reached"), [("0.25", "10.87%"), ("0", "0.00%"), ("1.5", "43.48%"), ("-1", "0.00%")]
)
def test_progress_is_drawn_as_its_share_of_the_bar(progress: str, reached: str) -> None:
    """From 1 November, a third of the quarter in, to 11 December: 40 of 92 days."""
    one = initiative("x", 9, "2026-12-11", objective="A", start="2026-11-01", progress=amount(progress))
    found = company(snapshot([objective("a", 1, id="A", period="Q4/2026")], initiatives=(one,)), today=TODAY)
    picture = timeline(found.undertakings, found, ENGLISH)
    assert picture is not None
    assert [(bar.width, bar.reached) for bar in picture.bars] == [("43.48%", reached)]


@pytest.mark.parametrize(
    ("facts", "shown_in"),
    [
        ({"due": "2026-11-30"}, {"2026-Q4"}),
        ({"due": "2026-09-30", "start": "2026-10-01"}, {"2026-Q3"}),
        ({"start": "2026-08-01"}, {"2026-Q3"}),
        ({"due": "2030-01-01"}, {"2026-Q3"}),
        ({"due": "cuối quý"}, {"2026-Q3"}),
        ({"due": "2026-11-30", "tab": 8}, {"2026-Q4"}),
        ({"tab": 8}, {"2026-Q3", "2026-Q4"}),
    ],
)
def test_what_names_nothing_known_is_of_the_period_of_its_days_or_of_its_tab(
    facts: dict[str, object], shown_in: set[str], client: FlaskClient, records: Records
) -> None:
    where = structs.replace(cell(9, 5), sheet_id=int(str(facts.pop("tab", 7))))
    lost = Initiative(text="Việc lạc", cell=where, objective="XYZ", **facts)  # type: ignore[arg-type]
    objectives = [
        objective("a", 1, period="Q3/2026"),
        structs.replace(objective("b", 2, period="Q4/2026"), cell=structs.replace(cell(2), sheet_id=9)),
    ]
    found = company(snapshot(objectives, initiatives=(lost,)), today=TODAY)
    assert [one.initiative for one in found.undertakings] == [lost]
    periods = ("2026-Q3", "2026-Q4")
    assert {key for key in periods if in_periods(found, {key}).undertakings} == shown_in
    keep(records, snapshot(objectives, initiatives=(lost,)))
    tables = {key: client.get(f"/initiatives.csv?period={key}").text for key in periods}
    assert {key for key, table in tables.items() if "Việc lạc" in table} == shown_in


def test_the_table_holds_what_the_filters_of_the_page_leave(client: FlaskClient, records: Records) -> None:
    keep(
        records,
        snapshot(
            [objective("a", 1, id="A", period="Q1/2020", unit="Kho"), objective("d", 2, id="D", status=Status.DRAFT)],
            initiatives=(
                initiative("Gọi khách", 9, "2020-02-01", objective="A", owner="An"),
                initiative("Sơn kho", 10, "2020-02-01", InitiativeState.DONE, objective="A", owner="Bình"),
                initiative("Bàn thêm", 11, objective="D", owner="An"),
            ),
        ),
    )

    def told(query: str) -> list[str]:
        text = client.get(f"/initiatives.csv?lang=en&{query}").text.removeprefix("\ufeff")
        return [row["Initiative"] for row in csv.DictReader(io.StringIO(text))]

    assert told("") == ["Gọi khách", "Sơn kho", "Bàn thêm"]
    assert told("owner=an") == ["Gọi khách"]
    assert told("late=1&unit=kho") == ["Gọi khách"]
    assert told("state=done&period=Q1/2020") == ["Sơn kho"]
    assert told("q=nothing+like+it") == []
    page = client.get("/initiatives?period=2020-Q1&owner=an&lang=en").text
    assert 'href="/initiatives.csv?owner=an&amp;period=2020-Q1"' in page


def test_on_the_page_of_a_person_or_a_unit_are_its_own_initiatives_and_none_of_a_longer_name() -> None:
    there = {"level": Level.DEPARTMENT, "period": "Q4/2026"}
    objectives = [
        objective("a", 1, id="A", owner="An", unit="Kho", **there),
        objective("b", 2, id="B", owner="Anh", unit="Kho Bắc", **there),
    ]
    of_the_longer = initiative("Gọi khách", 9, "2026-11-30", objective="B", owner="Anh")
    found = company(snapshot(objectives, initiatives=(of_the_longer,)), today=TODAY)
    people = [person_page(person_key(name), 1, found, found, ENGLISH) for name in ("An", "Anh")]
    assert [page.initiative_count for page in people if page] == [0, 1]
    units = [unit_page(unit_key(name), 1, found, ENGLISH) for name in ("Kho", "Kho Bắc")]
    assert [page.initiatives for page in units if page] == ["", "1 initiative"]


def test_who_has_initiatives_alone_is_found_once_by_owner_and_by_words(client: FlaskClient, records: Records) -> None:
    spelt = [
        initiative("Gọi khách", 9 + row, objective="A", owner=owner) for row, owner in enumerate(("Lê Huỷ", "Lê Hủy"))
    ]
    keep(records, snapshot([objective("a", 1, id="A", period="Q1/2020", owner="An")], initiatives=tuple(spelt)))
    link = f'<a href="/person/{person_key("Lê Huỷ")}"><bdi>'
    assert '<option value="Lê Huỷ">' in client.get("/?q=x").text
    for asked in ("owner=lê+hủy", "q=le+huy"):
        assert client.get(f"/?{asked}").text.count(link) == 1, asked


def test_what_has_no_day_or_no_known_period_is_not_drawn() -> None:
    undated = company(snapshot([objective("a", 1, id="A", period="Kỳ này")]))
    assert timeline(undated.undertakings, undated, ENGLISH) is None


def test_what_is_late_is_marked_at_its_key_result_and_counted_on_the_units_page(sales: Company) -> None:
    page = objective_page("a", sales, lambda keys: {}, NOW, ENGLISH)
    assert page is not None
    assert [one.is_late for one in page.details[0].initiatives] == [False, True]
    unit = unit_page(unit_key("Kho"), 1, in_periods(sales, {"2026-Q4"}), ENGLISH)
    assert unit is not None
    assert (unit.initiatives, unit.late) == ("3 initiatives", "1 of 3 is late")


def test_the_score_is_what_it_is_without_initiatives(sales: Company) -> None:
    assert sales.score("k") == company(snapshot([objective("a", 1)], [key_result("k", "a", 1)])).score("k")


def test_page_and_table_answer_for_a_period_with_hostile_texts_as_texts(client: FlaskClient, records: Records) -> None:
    hostile = initiative("=1+1<script>", 9, "2020-02-01", objective="A", progress=Amount())
    keep(records, snapshot([objective("a", 1, id="A", period="Q1/2020")], initiatives=(hostile,)))
    page = client.get("/initiatives?period=2020-Q1&lang=en").text
    assert "=1+1&lt;script&gt;" in page
    assert 'class="late"' in page
    rows = list(csv.DictReader(io.StringIO(client.get("/initiatives.csv?lang=en").text.removeprefix("\ufeff"))))
    assert (rows[0]["Initiative"], rows[0]["Late"]) == ("'=1+1<script>", "late")


def test_the_owner_of_an_initiative_leads_to_their_page_and_the_table_and_the_late_ones_are_linked(
    client: FlaskClient, records: Records
) -> None:
    found = initiative("Gọi khách", 9, "2020-02-01", objective="A", owner="Tạ Thu Ngân")
    keep(records, snapshot([objective("a", 1, id="A", period="Q1/2020")], initiatives=(found,)))
    page = client.get("/initiatives?period=2020-Q1").text
    assert f'<a href="/person/{person_key("Tạ Thu Ngân")}?period=2020-Q1"><bdi>Tạ Thu Ngân</bdi></a>' in page
    assert client.get(f"/person/{person_key('Tạ Thu Ngân')}").status_code == 200
    assert 'class="late" href="/initiatives?late=1&amp;period=2020-Q1"' in page
    assert 'class="late" href' not in client.get("/initiatives?period=2020-Q1&late=1").text
    for table in ("initiatives", "check-ins"):
        assert f'href="/{table}.csv?period=2020-Q1"' in page
