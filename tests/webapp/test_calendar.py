"""/calendar.ics: what stands in it, whose it is, and that a cell's text stays text."""

from datetime import date, timedelta

import icalendar
from flask.testing import FlaskClient

from sync.domain.okr import CheckIn, Initiative, InitiativeState, Level
from sync.records import Records
from tests.support.hostile import HOSTILE
from tests.webapp.companies import (
    ENGLISH,
    TODAY,
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
from webapp.company.holders import Holder, unit_key
from webapp.company.scope import periods_of
from webapp.exports.calendar import calendar_ics
from webapp.reader.reader import Reader

SALES = objective("o1", unit="Kinh doanh", owner="Mai", period="Q4/2026", level=Level.DEPARTMENT)
CARE = objective("o2", row=5, unit="Chăm sóc", owner="An", period="Q4/2026", level=Level.DEPARTMENT)
KEY_RESULTS = [key_result("k1", "o1", owner="Bình"), key_result("k2", "o2", row=5)]


def initiative(text: str, serves: str, due: str, **facts: object) -> Initiative:
    return Initiative(text=text, key_results=(serves,), due=due, cell=cell(20, sum(map(ord, text))), **facts)  # type: ignore[arg-type]


def entries(found: Company, of: str = "", reader: Reader = ENGLISH) -> list[tuple[date, str]]:
    holder: Holder | None = found.holders[of] if of else None
    text = calendar_ics(found, periods_of(found, {}), holder, lambda key: f"https://okr.example/{key}", reader)
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    return [(event.decoded("dtstart"), str(event["summary"])) for event in events]


def lived(*initiatives: Initiative, check_ins: tuple[CheckIn, ...] = ()) -> Company:
    return company(snapshot([SALES, CARE], KEY_RESULTS, initiatives=initiatives, check_ins=check_ins))


def test_a_period_that_runs_stands_on_its_last_day() -> None:
    assert (date(2026, 12, 31), "Q4/2026 ends") in entries(lived())
    assert (date(2026, 12, 31), "Q4/2026 kết thúc") in entries(lived(), reader=VIETNAMESE)


def test_an_initiative_stands_on_its_due_day_until_it_is_done_or_dropped() -> None:
    found = entries(
        lived(
            initiative("Call everybody", "Key result k1", "2026-12-01"),
            initiative("Print leaflets", "Key result k1", "2026-12-02", state=InitiativeState.DONE),
            initiative("Buy a van, or two", "Key result k1", "2026-12-03", state=InitiativeState.DROPPED),
            initiative("Some day", "Key result k1", ""),
        )
    )
    assert [(day, text) for day, text in found if text.startswith("Due")] == [
        (date(2026, 12, 1), "Due: Call everybody")
    ]


def test_a_check_in_stands_on_the_day_when_it_is_due_and_an_overdue_one_on_today() -> None:
    said = CheckIn(key_result="Key result k1", date="2026-11-19", value=amount(36), cell=cell(40))
    found = entries(lived(check_ins=(said,)))
    assert (date(2026, 11, 26), "Check-in: Kinh doanh") in found
    assert (TODAY, "Check-in: Chăm sóc") in found


def test_a_unit_and_a_person_have_their_own() -> None:
    found = lived(
        initiative("Call everybody", "Key result k1", "2026-12-01", owner="Bình"),
        initiative("Answer at once", "Key result k2", "2026-12-02", owner="An"),
    )
    by_unit = [text for _, text in entries(found, unit_key("Chăm sóc"))]
    assert by_unit == ["Check-in", "Due: Answer at once", "Q4/2026 ends"]
    [binh] = [key for key, holder in found.holders.items() if holder.name == "Bình"]
    assert [text for _, text in entries(found, binh)] == ["Check-in", "Due: Call everybody", "Q4/2026 ends"]


def test_an_event_that_moves_stays_the_same_event() -> None:
    def uid(due: str) -> str:
        found = lived(initiative("Call everybody", "Key result k1", due))
        text = calendar_ics(found, (), None, str, ENGLISH)
        [event] = [
            one for one in icalendar.Calendar.from_ical(text).walk("VEVENT") if str(one["summary"]).startswith("Due")
        ]
        return str(event["uid"])

    assert uid("2026-12-01") == uid("2026-12-09")


def test_the_page_hands_it_out(client: FlaskClient, records: Records) -> None:
    keep(records, snapshot([SALES, CARE], KEY_RESULTS))
    answer = client.get("/calendar.ics?lang=en")
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    assert "SUMMARY:Q4/2026 ends" in answer.text
    assert client.get(f"/calendar.ics?of={unit_key('Kinh doanh')}").status_code == 200
    assert client.get("/calendar.ics?of=nobody").status_code == 404


def test_its_links_lead_to_where_it_was_asked_for(client: FlaskClient, records: Records) -> None:
    due = initiative("Call everybody", "Key result k1", str(TODAY))
    keep(records, snapshot([SALES], KEY_RESULTS[:1], initiatives=(due,)))
    for root in ("http://localhost:8080/", "http://localhost/", "http://localhost:8080/"):
        assert f"URL:{root}objective/o1" in client.get("/calendar.ics", base_url=root).text


def test_a_text_of_a_cell_adds_no_line_of_its_own() -> None:
    texts = [*HOSTILE, "a\r\nEND:VEVENT\r\nBEGIN:VEVENT", "x" * 4000]
    rows = [
        Initiative(text=text, key_results=("Key result k1",), due=str(TODAY + timedelta(days=1)), cell=cell(number))
        for number, text in enumerate(texts, 50)
    ]
    found = [text for _, text in entries(lived(*rows)) if text.startswith("Due: ")]
    assert len(found) == len(texts)
