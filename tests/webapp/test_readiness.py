"""`/readyz` and `/healthz`: each thing that may go wrong, made to go wrong."""

import signal
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient

from sync.config.standing import IN_FORCE
from sync.domain.memory import PassResult
from sync.domain.notices import Notice, NoticeState
from sync.domain.scoring import Bands
from sync.local_sheets import Fault
from tests.reliability.okrs import FULL_READ, LEAN_READ, TAB, WRITE, configuration, spreadsheet, type_current
from tests.support.commands import DEADLINE
from tests.support.cut_off import DOCUMENT, cut_off_in_a_write
from tests.support.installation import Installation
from tests.support.workers import a_worker, until_a_good_pass
from tests.webapp.companies import ENGLISH, NOW, company, pass_status, snapshot
from webapp.exports.readiness import NOT_WRITABLE, NOTICES_FAILING, readiness
from webapp.parts.freshness import LONGEST_PASS, Doubt, freshness_of
from webapp.web.app import create_app

EVERY = 300
FAILED, OVERDUE, STALE, REFUSED = "last-pass-failed", "pass-overdue", "stale", "tab-refused"
UNWRITTEN, UNDER_WAY = "tab-unwritten", "write-under-way"


@pytest.fixture
def sales(installation: Installation) -> Installation:
    spreadsheet(installation, "sales")
    installation.configure(configuration("sales"))
    return installation


def page(installation: Installation) -> FlaskClient:
    intervals = {settings.id: settings.every for settings in installation.config.spreadsheet}
    return create_app(installation.records, installation.config.page, Bands(), intervals).test_client()


def ready(installation: Installation, at: datetime | None = None) -> tuple[int, dict[str, Any]]:
    """Status and answer at a moment, or at the installation's time."""
    with time_machine.travel(at or installation.clock.now(), tick=False):
        answer = page(installation).get("/readyz")
    assert answer.json is not None
    return answer.status_code, answer.json


def degraded(*why: str) -> tuple[int, dict[str, Any]]:
    return 200, {
        "status": "degraded",
        "why": sorted(why),
        "in_doubt": [{"id": "sales", "title": "sales", "why": [*why]}],
    }


OK = (200, {"status": "ok", "in_doubt": []})


def test_before_the_first_view_it_is_pending_whatever_passes_came_to(sales: Installation) -> None:
    assert ready(sales) == (503, {"status": "pending"})
    sales.server.fault(Fault(kind="error", status=403, method=FULL_READ, times=1))
    assert sales.sync().result is PassResult.FAILED
    assert ready(sales) == (503, {"status": "pending"})
    sales.sync()
    assert ready(sales) == OK


def test_a_failed_pass_counts_until_one_gets_through(sales: Installation) -> None:
    sales.sync()
    sales.server.fault(Fault(kind="error", status=403, method=LEAN_READ, times=1))
    sales.sync()
    assert ready(sales) == degraded(FAILED)
    sales.sync()
    assert ready(sales) == OK


def test_a_view_is_stale_when_no_pass_was_good_for_three_intervals(sales: Installation) -> None:
    sales.sync()
    sales.server.fault(Fault(kind="error", status=503))
    for _ in range(4):
        sales.later(EVERY)
        sales.sync()
    assert ready(sales) == degraded(FAILED, STALE)


def test_a_tab_that_is_not_believed_counts_until_it_is_back(sales: Installation) -> None:
    sales.sync()
    whole_tab = {"range": {"sheetId": 0}, "fields": "userEnteredValue"}
    before = sales.server.read("sales", TAB)
    sales.server.edit("sales", {"updateCells": whole_tab})
    sales.sync()
    assert ready(sales) == degraded(REFUSED)
    rows = [{"values": [{"userEnteredValue": entered(value)} for value in row]} for row in before]
    sales.server.edit("sales", {"updateCells": {"range": {"sheetId": 0}, "rows": rows, "fields": "userEnteredValue"}})
    sales.sync()
    assert ready(sales) == OK


def test_a_tab_that_is_not_believed_for_hours_makes_the_view_stale(sales: Installation) -> None:
    sales.sync()
    good = sales.clock.now()
    sales.server.edit("sales", {"updateCells": {"range": {"sheetId": 0}, "fields": "userEnteredValue"}})
    for _ in range(36):
        sales.later(EVERY)
        assert sales.sync().result is PassResult.REFUSED
    assert ready(sales) == degraded(STALE, REFUSED)
    with time_machine.travel(sales.clock.now(), tick=False):
        client = page(sales).get
        assert 'okr_sheets_staleness_seconds{spreadsheet="sales"} 10800.0' in client("/metrics").text
        assert 'okr_sheets_tabs_left_out{spreadsheet="sales"} 1.0' in client("/metrics").text
        said = client("/?lang=en").text
        [told] = (client("/alignment.json").json or {})["spreadsheets"]
    assert f'Data as of <time datetime="{good.isoformat(timespec="seconds")}">' in said
    assert (told["stale"], told["taken_at"]) == (True, good.isoformat())


@pytest.mark.parametrize("protected", [False, True])
def test_scores_that_cannot_be_written_count_though_what_is_shown_is_fresh(
    sales: Installation, protected: bool
) -> None:
    sales.sync()
    if protected:
        area = {"range": {"sheetId": 0}, "editors": {"users": ["person@local.invalid"]}}
        sales.server.edit("sales", {"addProtectedRange": {"protectedRange": area}})
    else:
        sales.server.fault(Fault(kind="error", status=403, method=WRITE))
    type_current(sales.server, "sales", 1, 9)
    for _ in range(20):
        sales.later(EVERY)
        sales.sync()
    assert ready(sales) == degraded(UNWRITTEN)
    with time_machine.travel(sales.clock.now(), tick=False):
        client = page(sales).get
        figures, english, vietnamese = (client(each).text for each in ("/metrics", "/?lang=en", "/?lang=vi"))
    assert 'okr_sheets_staleness_seconds{spreadsheet="sales"} 0.0' in figures
    assert 'okr_sheets_tabs_left_out{spreadsheet="sales"} 1.0' in figures
    assert "Not all scores are written into the tab “OKR”; they are on this page only." in english
    assert ("The next try is at" in english) is not protected
    assert "Chưa ghi hết điểm vào trang tính “OKR”" in vietnamese
    sales.server.clear_faults()


def test_a_tab_that_is_configured_and_not_there_counts(sales: Installation) -> None:
    sales.configure(configuration("sales").replace('title = "OKR*"', 'title = ["OKR", "Quý IV"]'))
    assert sales.sync().result is PassResult.PARTIAL
    assert ready(sales) == degraded("tab-missing")


def entered(value: object) -> dict[str, object]:
    return {"numberValue": value} if isinstance(value, int | float) else {"stringValue": str(value)}


def test_a_write_that_is_not_seen_to_have_landed_counts_after_three_intervals(sales: Installation) -> None:
    sales.sync()
    type_current(sales.server, "sales", 1, 9)
    sales.later(EVERY)
    cut_off_in_a_write(sales)
    assert ready(sales) == degraded(FAILED, UNWRITTEN)
    for _ in range(4):
        sales.later(EVERY)
        sales.sync()
    assert ready(sales) == degraded(FAILED, STALE, UNWRITTEN, UNDER_WAY)
    sales.server.clear_faults()
    sales.sync()
    assert ready(sales) == OK


def test_a_worker_that_died_shows_before_the_view_is_stale(sales: Installation) -> None:
    with a_worker(sales) as worker:
        until_a_good_pass(sales, worker)
        worker.send_signal(signal.SIGKILL)
        assert worker.wait(DEADLINE) == -signal.SIGKILL
    ended = sales.records.last_passes()["sales"].finished_at
    due = ended + timedelta(seconds=EVERY)
    assert ready(sales, due + LONGEST_PASS)[1]["status"] == "ok"
    assert ready(sales, due + LONGEST_PASS + timedelta(seconds=1)) == degraded(OVERDUE)


def test_a_pass_that_is_put_off_until_a_person_helps_is_not_overdue(sales: Installation) -> None:
    sales.sync()
    sales.server.fault(Fault(kind="error", status=404, method=LEAN_READ))
    for _ in range(8):
        sales.sync()
    assert ready(sales, sales.clock.now() + timedelta(minutes=60)) == degraded(FAILED, STALE)
    assert ready(sales, sales.clock.now() + timedelta(minutes=63)) == degraded(FAILED, OVERDUE, STALE)


def test_a_spreadsheet_that_was_never_read_is_named_by_its_id(sales: Installation) -> None:
    sales.sync()
    sales.configure(configuration("sales") + configuration("people"))
    status, answer = ready(sales)
    assert (status, answer["in_doubt"]) == (200, [{"id": "people", "title": "people", "why": ["not-read"]}])


# The database


def database(installation: Installation) -> "closing[sqlite3.Connection]":
    return closing(sqlite3.connect(installation.folder / "state" / "okr-sheets.db", isolation_level=None))


def test_a_database_that_cannot_be_written_counts_though_all_can_be_read(sales: Installation) -> None:
    sales.sync()
    with database(sales) as other:
        other.execute("begin immediate")
        assert ready(sales) == (200, {"status": "degraded", "why": ["database-not-writable"], "in_doubt": []})
        other.execute("rollback")
    assert ready(sales) == OK


def test_a_database_that_cannot_be_read_is_no_traceback(sales: Installation) -> None:
    sales.sync()
    with database(sales) as other:
        other.execute("drop table pass")
    assert ready(sales) == (503, {"status": "unavailable"})
    for path in ("/?lang=en", "/metrics"):
        answer = page(sales).get(path)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


@pytest.mark.parametrize("trouble", ["alter table spreadsheet rename to gone", "begin exclusive"])
def test_healthz_touches_nothing(sales: Installation, trouble: str) -> None:
    with database(sales) as other:
        other.execute(trouble)
        answer = page(sales).get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_asking_changes_nothing_that_is_shown(sales: Installation) -> None:
    sales.sync()
    before = (sales.records.version(), sales.records.snapshots(), sales.records.last_passes())
    ready(sales)
    assert (sales.records.version(), sales.records.snapshots(), sales.records.last_passes()) == before


# Notices


def test_a_room_that_does_not_take_its_messages_is_named(sales: Installation) -> None:
    sales.sync()
    due = sales.clock.now() - timedelta(minutes=5)
    failing = Notice("room.url", "", "digest 1", NoticeState.FAILING, due, due)
    sales.records.keep_notice(failing)
    status, answer = ready(sales)
    assert (status, answer["why"], answer["failing_rooms"]) == (200, ["notices-failing"], ["room.url"])
    with time_machine.travel(sales.clock.now(), tick=False):
        figures = page(sales).get("/metrics").text
    assert 'okr_sheets_notices_waiting_seconds{room="room.url"} 300.0' in figures
    assert 'okr_sheets_notices_total{result="failing"} 1.0' in figures
    sales.records.keep_notice(replace(failing, state=NoticeState.SENT))
    assert ready(sales) == OK


# Names


def test_who_may_not_see_names_is_told_why_and_not_where() -> None:
    held = snapshot([])
    bar = freshness_of(company(held), pass_status(held), {held.spreadsheet: 300, "new": 60}, NOW, ENGLISH)
    told = readiness(bar, writable=False, standing=IN_FORCE, failing_rooms=["chat"], named=False)
    assert told == {"status": "degraded", "why": ["database-not-writable", "not-read", "notices-failing"]}


def test_the_document_explains_every_doubt() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert [why for why in (*Doubt, NOT_WRITABLE, NOTICES_FAILING) if f"| `{why}` |" not in text] == []
