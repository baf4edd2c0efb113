"""The figures for Prometheus, out of real runs against a local Sheets server that fares badly."""

import re
from collections.abc import Mapping
from datetime import timedelta

import pytest
import requests
import time_machine
from prometheus_client.parser import text_string_to_metric_families

from sync.domain.scoring import Bands
from sync.local_sheets import Fault
from tests.reliability.okrs import FULL_READ, LEAN_READ, configuration, spreadsheet
from tests.support.commands import running, until
from tests.support.cut_off import DOCUMENT, cut_off_in_a_write
from tests.support.flat_sheet import FLAT
from tests.support.installation import Installation
from webapp.exports.metrics import CONTENT_TYPE
from webapp.web.app import create_app

# A pattern of tabs would be looked for in full from time to time.
ONE_TAB = FLAT.replace("OKR*", "OKR")

MINUTE = 60

Figures = Mapping[str, Mapping[str, float]]


@pytest.fixture
def sales(installation: Installation) -> Installation:
    spreadsheet(installation, "sales")
    installation.configure(configuration("sales", every="1m"))
    return installation


def parsed(page: str) -> Figures:
    """By name of the figure and value of its label, "" where it has none."""
    families = text_string_to_metric_families(page)
    samples = [sample for family in families for sample in family.samples]
    found: dict[str, dict[str, float]] = {}
    for sample in samples:
        found.setdefault(sample.name.removeprefix("okr_sheets_"), {})["".join(sample.labels.values())] = sample.value
    return found


def figures(installation: Installation) -> Figures:
    """What a scraper is told at the installation's time."""
    intervals = {settings.id: settings.every for settings in installation.config.spreadsheet}
    page = create_app(installation.records, installation.config.page, Bands(), intervals).test_client()
    with time_machine.travel(installation.clock.now(), tick=False):
        answer = page.get("/metrics")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, CONTENT_TYPE)
    return parsed(answer.text)


def test_worker_and_page_together_tell_how_a_run_with_faults_goes(installation: Installation) -> None:
    spreadsheet(installation, "sales")
    pages = "[page]\nport = 0\n"
    installation.configure(pages + configuration("sales", every="1s") + configuration("nowhere", every="1s"))
    installation.server.fault(Fault(kind="error", status=503, method=FULL_READ, spreadsheet_id="sales", times=1))
    with running(installation, "run") as process:
        address = re.search(r"http://\S+", process.stdout.readline())
        assert address is not None

        def now() -> Figures:
            return parsed(requests.get(f"{address[0]}metrics", timeout=60).text)

        until(lambda: {"ok", "unchanged", "failed"} <= set(now().get("passes_total", {})))
        found = now()
    assert found["passes_total"]["ok"] >= 1
    assert found["pass_seconds_total"][""] > 0
    assert {"200", "404", "503"} == set(found["google_requests_total"])
    assert found["google_requests_total"]["503"] == 1
    assert 0 <= found["quota_tokens"]["read"] < 48
    assert found["problems"] == {"error": 0, "warning": 0, "notice": 0}
    assert found["interval_seconds"] == {"sales": 1, "nowhere": 1}
    assert set(found["last_pass_timestamp_seconds"]) == {"sales", "nowhere"}
    assert set(found["staleness_seconds"]) == {"sales"}
    assert found["pause_seconds"]["sales"] == 0
    assert 0 < found["pause_seconds"]["nowhere"] <= MINUTE
    assert found["write_under_way_seconds"] == {"sales": 0, "nowhere": 0}


def test_passes_and_requests_are_counted_as_the_server_saw_them(sales: Installation) -> None:
    sales.sync()
    sales.sync()
    sales.server.fault(Fault(kind="error", status=403, method=LEAN_READ, times=1))
    sales.sync()
    sales.server.fault(Fault(kind="reset", method=LEAN_READ, times=1))
    sales.sync()
    found = figures(sales)
    assert found["passes_total"] == {"failed": 1, "ok": 1, "unchanged": 2}
    answered = [request.status for request in sales.server.requests if request.kind in ("read", "write")]
    assert found["google_requests_total"]["200"] == answered.count(200) == 4
    assert found["google_requests_total"]["403"] == answered.count(403) == 1
    assert found["google_requests_total"]["0"] == 1


def test_staleness_grows_from_the_last_good_pass_on_and_the_heartbeat_with_every_pass(sales: Installation) -> None:
    sales.configure(ONE_TAB)
    sales.sync()
    good = sales.clock.now().timestamp()
    sales.server.fault(Fault(kind="error", status=403, method=LEAN_READ))
    sales.later(10 * MINUTE)
    sales.sync()
    failed = figures(sales)
    assert failed["last_pass_timestamp_seconds"]["sales"] == good + 10 * MINUTE
    assert failed["staleness_seconds"]["sales"] == 10 * MINUTE
    sales.server.clear_faults()
    sales.sync()
    assert figures(sales)["staleness_seconds"]["sales"] == 0


def test_a_pause_counts_down_and_ends_with_a_success(sales: Installation) -> None:
    sales.server.fault(Fault(kind="error", status=404, method=FULL_READ))
    sales.sync()
    sales.later(MINUTE)
    sales.sync()
    assert figures(sales)["pause_seconds"]["sales"] == 2 * MINUTE
    sales.later(90)
    assert figures(sales)["pause_seconds"]["sales"] == 30
    sales.later(90)
    assert figures(sales)["pause_seconds"]["sales"] == 0
    sales.server.clear_faults()
    sales.sync()
    assert figures(sales)["pause_seconds"]["sales"] == 0


def test_a_write_under_way_is_told_from_its_beginning_until_it_is_seen_to_have_landed(sales: Installation) -> None:
    cut_off_in_a_write(sales)
    begun = figures(sales)["write_under_way_seconds"]["sales"]
    for _ in range(3):
        sales.later(MINUTE)
        sales.sync()
    assert figures(sales)["write_under_way_seconds"]["sales"] == begun + 3 * MINUTE
    sales.server.clear_faults()
    sales.sync()
    assert figures(sales)["write_under_way_seconds"]["sales"] == 0


def test_problems_are_counted_by_severity(sales: Installation) -> None:
    sales.sync()
    clean = figures(sales)["problems"]
    start = {"sheetId": 0, "rowIndex": 1, "columnIndex": 4}
    cell = {"userEnteredValue": {"stringValue": "nhiều"}}
    sales.server.edit(
        "sales", {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}}
    )
    sales.sync()
    assert figures(sales)["problems"] == {**clean, "error": clean["error"] + 1}


def test_nothing_from_a_sheet_is_told(sales: Installation) -> None:
    sales.sync()
    told = str(figures(sales))
    assert "sales" in told
    assert [text for text in ("KR 1", "Bán tốt hơn", "OKR") if text in told] == []


# Told only where there is a feed that answered once, and where rooms hear of something.
NOT_EVERYWHERE = {"feed_age_seconds", "notices_total", "notices_waiting_seconds"}


def test_the_document_names_every_figure_and_no_other(sales: Installation) -> None:
    sales.sync()
    named = set(re.findall(r"okr_sheets_\w+", DOCUMENT.read_text(encoding="utf-8")))
    told = {re.sub("^(edit_seconds)_.*", r"\1", name) for name in figures(sales)}
    assert told.isdisjoint(NOT_EVERYWHERE)
    assert named == {f"okr_sheets_{name}" for name in told | NOT_EVERYWHERE}


def test_before_the_first_pass_there_is_nothing_to_count(sales: Installation) -> None:
    found = figures(sales)
    assert found["pass_seconds_total"][""] == 0
    assert found["interval_seconds"] == {"sales": timedelta(minutes=1).total_seconds()}
    assert "last_pass_timestamp_seconds" not in found
