"""What the page says of passes that fail: the trouble in words, and when the next try is."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine

from sync.config.settings import PageSettings
from sync.domain.failures import Trouble
from sync.domain.languages import Language
from sync.domain.memory import PassResult
from sync.domain.okr import Level
from sync.domain.problems import problem
from sync.domain.scoring import Bands
from sync.engine import Worker
from sync.local_sheets import Fault
from sync.passes.outcome import PassOutcome
from sync.records import Records
from tests.reliability.okrs import FULL_READ, LEAN_READ, configuration, spreadsheet
from tests.support.installation import Installation
from tests.support.nights import HOUR, night
from tests.webapp.companies import (
    ENGLISH,
    NOW,
    SHEET,
    VIETNAMESE,
    a_pass,
    cell,
    company,
    keep,
    key_result,
    objective,
    pass_status,
    snapshot,
)
from webapp.company.pass_status import PassStatus, pass_status_in
from webapp.parts.freshness import MOST_LISTED, MOST_TOLD, freshness_of
from webapp.reader.reader import Reader
from webapp.web.app import create_app

EVERY = 30
# The title of each spreadsheet in a list of them.
LISTED = re.compile(r"<li><a [^>]*><bdi>(Sheet s\d+)</bdi></a>\s*<span class=.facts.>")
UNRECORDED = {Trouble.LEASE_LOST, Trouble.RECORDS}


@pytest.fixture
def sales(installation: Installation) -> Installation:
    spreadsheet(installation, "sales")
    installation.configure(configuration("sales", every=f"{EVERY}s"))
    return installation


def test_the_next_try_is_told_as_the_worker_makes_it(sales: Installation) -> None:
    """Told right after each pass, against when the worker then made the next."""
    told: list[datetime] = []

    def ask(_: PassOutcome) -> None:
        told.append(pass_status_in(sales.records).due("sales", EVERY) or NOW)

    sales.sync()
    for method in (LEAN_READ, FULL_READ):
        sales.server.fault(Fault(kind="error", status=403, method=method))
    with night(3 * HOUR) as clock:
        worker = Worker(sales.config, sales.records, ask, clock)
        worker.start()
        assert clock.over.wait(60)
        worker.stop()
        made = [each.started_at for each in reversed(sales.records.recent_passes("sales", 100))][1:]
    assert len(made) == len(told) == 8
    late = [(at - said).total_seconds() for said, at in zip(told[:-1], made[1:], strict=True)]
    assert min(late) >= 0
    assert max(late) <= 2
    assert [each.result for each in sales.records.recent_passes("sales", 8)] == [PassResult.FAILED] * 8


def page(installation: Installation, language: Language, at: datetime) -> str:
    app = create_app(installation.records, installation.config.page, Bands(), {"sales": EVERY})
    with time_machine.travel(at, tick=False):
        return app.test_client().get(f"/?lang={language}").text


def test_the_page_says_what_is_wrong_what_to_do_and_when_the_next_try_is(sales: Installation) -> None:
    sales.sync()
    sales.server.fault(Fault(kind="error", status=403, method=LEAN_READ))
    for _ in range(4):
        sales.sync()
    next_try = (sales.clock.now() + timedelta(minutes=8)).isoformat(timespec="seconds")
    now = sales.clock.now() + timedelta(minutes=1)
    english, vietnamese = page(sales, "en", now), page(sales, "vi", now)
    assert "not shared with okr-sheets for editing. Share it as Editor with the address" in english
    assert f'The next try is at <time datetime="{next_try}">' in english
    assert "Hãy chia sẻ với quyền Người chỉnh sửa" in vietnamese
    assert f'Lần thử tới lúc <time datetime="{next_try}">' in vietnamese
    assert english.count(next_try) >= 2


def test_a_pass_that_should_have_ended_is_told(sales: Installation) -> None:
    sales.sync()
    assert "A pass was due" in page(sales, "en", sales.clock.now() + timedelta(minutes=4))
    assert "A pass was due" not in page(sales, "en", sales.clock.now() + timedelta(minutes=2))


@pytest.mark.parametrize("reader", [ENGLISH, VIETNAMESE], ids=["en", "vi"])
@pytest.mark.parametrize("trouble", sorted(set(Trouble) - UNRECORDED))
def test_every_trouble_that_a_pass_can_end_with_has_its_words(trouble: Trouble, reader: Reader) -> None:
    found = pass_status(snapshot([]), passes=[a_pass(PassResult.FAILED, message=trouble)])
    (sheet,) = freshness_of(company(snapshot([])), found, {SHEET: 300}, NOW, reader).sheets
    assert reader.failures[trouble]
    assert sheet.failure.endswith(reader.failures[trouble])


@pytest.mark.parametrize(
    ("reader", "said"), [(ENGLISH, "1 of 3 sheets read"), (VIETNAMESE, "Đã đọc 1 trong 3 bảng tính")], ids=["en", "vi"]
)
def test_until_every_spreadsheet_was_read_once_the_page_says_how_many_were(reader: Reader, said: str) -> None:
    intervals = {SHEET: 300, "second": 300, "third": 300}
    failed = pass_status(passes=[a_pass(PassResult.FAILED, spreadsheet=id_) for id_ in ("second", "third")])
    assert freshness_of(company(snapshot([])), failed, intervals, NOW, reader).read == said
    all_three = company(snapshot([]), snapshot([], spreadsheet="second"), snapshot([], spreadsheet="third"))
    assert freshness_of(all_three, pass_status(), intervals, NOW, reader).read == ""


def test_what_depends_on_a_spreadsheet_that_was_not_read_yet_is_no_problem_of_the_page(records: Records) -> None:
    app = create_app(records, PageSettings(), Bands(), {SHEET: 300, "company": 300})
    keep(records, snapshot([objective("o", parent="Lead", level=Level.DEPARTMENT)], [key_result("k", "o")]))
    with app.test_client() as client:
        early = client.get("/problems?lang=en").text
        assert "Reading the sheets, 1 of 2" in early
        assert "is called “Lead”" not in early
        keep(records, snapshot([objective("p", text="Leads")], [key_result("l", "p")], spreadsheet="company"))
        later = client.get("/problems?lang=en").text
    assert "No objective or key result is called “Lead”" in later
    assert "Reading the sheets" not in later


# How many problems there are in all.
TOTALS = re.compile(r'<p class="quiet">\s*(Problems in the sheets: <a[^>]*>)?\s*<span class="count error">')


@pytest.mark.parametrize("path", ["/", "/problems"])
def test_in_the_first_seconds_no_problems_are_counted(records: Records, path: str) -> None:
    app = create_app(records, PageSettings(), Bands(), {SHEET: 300, "company": 300})
    wrong = problem("not-a-number", cell(1), text="x", field="current", example="1")
    with app.test_client() as client:
        assert "Reading the sheets, 0 of 2" in client.get(f"{path}?lang=en").text
        keep(records, snapshot([objective("o")], [key_result("k", "o")], problems=(wrong,)))
        early = client.get(f"{path}?lang=en").text
        assert "Reading the sheets, 1 of 2" in early
        assert "Not read yet." not in early
        assert not TOTALS.search(early)
        assert "No problems" not in early
        failed = a_pass(PassResult.FAILED, spreadsheet="company", message=Trouble.NOT_FOUND)
        records.record(failed)
        later = client.get(f"{path}?lang=en").text
    assert "1 of 2 sheets read" in later
    assert TOTALS.search(later)


def test_where_the_next_pass_should_have_begun_none_is_announced() -> None:
    found = pass_status(snapshot([]), passes=[a_pass()])
    (sheet,) = freshness_of(company(snapshot([])), found, {SHEET: 300}, NOW + timedelta(seconds=301), ENGLISH).sheets
    assert (sheet.next_pass, sheet.doubts) == (None, ())


def test_before_the_first_pass_nobody_knows_when_the_next_is() -> None:
    assert PassStatus({}, {}).due(SHEET, 300) is None
    assert PassStatus({}, {}).last(SHEET) is None


def test_of_many_spreadsheets_every_page_lists_few_and_leads_to_all(records: Records) -> None:
    many = {f"s{number}": 365 * 24 * 3600 for number in range(60)}
    for id_ in many:
        keep(records, snapshot([objective(f"o-{id_}")], spreadsheet=id_, title=f"Sheet {id_}"))
    for id_ in [*many][-20:]:
        records.record(a_pass(PassResult.FAILED, spreadsheet=id_, message="permission"))
    client = create_app(records, PageSettings(), Bands(), many).test_client()
    page = client.get("/?lang=en").text
    assert len(LISTED.findall(page)) == MOST_LISTED
    assert page.count("The last pass, at") == MOST_TOLD
    assert "In all, something is wrong with 20 spreadsheets" in page
    assert '<a href="/sheets">All 60 spreadsheets</a>' in page
    everything = [client.get(f"/sheets?lang=en&page={number}").text.partition("<main")[2] for number in (1, 2)]
    titles = [title for text in everything for title in LISTED.findall(text)]
    assert sorted(titles) == sorted(f"Sheet {id_}" for id_ in many)
    assert titles[:20] == [f"Sheet {id_}" for id_ in [*many][-20:]]
    assert LISTED.findall(client.get("/sheets?q=s41").text.partition("<main")[2]) == ["Sheet s41"]
