"""What the page costs with 10,000 objectives, 40,000 key results, 120,000 check-ins, 10,000 initiatives and problems.

On the server, on the wire, and in Chromium.

Server: CPU time of this process, which is both ends of a real HTTP connection; nothing else runs in it. Chromium: wall
clock. Part of `make bench`.
"""

import http.client
import logging
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from sync.config.settings import PageSettings
from sync.domain.company import ALONE
from sync.domain.cycle_records import CycleRecords, Recognition
from sync.domain.keys import person_key
from sync.domain.okr import CheckIn, Initiative
from sync.domain.problems import problem
from sync.domain.scoring import Bands
from sync.domain.snapshot import Snapshot
from sync.records import Records
from tests.support.chromium import QUIET, chromium
from tests.webapp.big_company import big_company
from tests.webapp.companies import SHEET, cell, keep
from tests.webapp.conftest import serving
from webapp.company.company import Company, company_of
from webapp.company.holders import unit_key
from webapp.web.app import create_app

OBJECTIVES = 10_000
# For each key result.
CHECK_INS = 3
WEEKS = 6
TURNS = 7
PATHS = (
    "/",
    "/?q=doanh+thu",
    "/?q=chat+luong&band=off_track&level=individual",
    "/?moved=1",
    "/branch/o7",
    f"/unit/{unit_key('Phòng 7')}",
    "/map",
    "/map?columns=1",
    "/map?columns=9",
    "/objective/o7",
    f"/person/{person_key('Nguyễn An 7')}",
    "/check-ins",
    f"/check-in/{unit_key('Phòng 7')}",
    "/initiatives",
    "/recognition",
    "/review/2026-Q4",
    "/problems",
    "/problems?q=doanh+thu+nguoc+huong",
    "/problems.txt",
    "/freshness",
)

# Usable: everything is drawn and the script has run.
USABLE = "() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"


def page_figures() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        records = Records.open(f"sqlite:///{Path(folder) / 'records.db'}")
        now = datetime.now(UTC)
        for week in range(WEEKS, 0, -1):
            view = big_company(OBJECTIVES, shift=9 - week)
            keep(records, replace(view, taken_at=now - timedelta(weeks=week, days=1)))
        keep(records, with_cycle(with_problems(replace(big_company(OBJECTIVES, shift=9), taken_at=now)), now.date()))
        parts = 4 * OBJECTIVES
        print(f"\nThe page with {OBJECTIVES:,} objectives, {parts:,} key results, {CHECK_INS * parts:,} check-ins,")
        print(f"{OBJECTIVES:,} initiatives, thanks and problems, and a history of {WEEKS} weeks:")
        print(f"  putting the company together, beside the requests  {cpu(lambda: built(records)):.1f} s")
        app = create_app(records, PageSettings(), Bands(), {SHEET: 365 * 24 * 3600})
        with serving(app) as address:
            beside_each_other(address)
        records.close()


def with_problems(found: Snapshot) -> Snapshot:
    """One for each objective."""
    facts = {"start": "0", "current": "1", "target": "2"}
    wrong = found.key_results[::4]
    return replace(found, problems=tuple(problem("wrong-way", part.cell, text=part.text, **facts) for part in wrong))


def with_cycle(found: Snapshot, today: date) -> Snapshot:
    """Check-ins of the last weeks for each key result, an initiative and thanks for each objective."""
    days = [str(today - timedelta(weeks=week)) for week in range(CHECK_INS)]
    check_ins = tuple(
        CheckIn(key_result=part.id, date=day, value=part.current, cell=cell(number, 20), confidence="7", author="An")
        for number, (part, day) in enumerate((part, day) for part in found.key_results for day in days)
    )
    initiatives = tuple(
        Initiative(text=f"Việc {number}", cell=cell(number, 30), objective=one.id, due=days[0], owner=one.owner)
        for number, one in enumerate(found.objectives)
    )
    thanks = tuple(
        Recognition(
            text=f"Cảm ơn {one.owner}", cell=cell(number, 40), receivers=(one.owner,), about=one.id, date=days[0]
        )
        for number, one in enumerate(found.objectives)
    )
    return replace(found, check_ins=check_ins, initiatives=initiatives, cycle=CycleRecords(recognitions=thanks))


def beside_each_other(address: str) -> None:
    """Each path on the server and in the browser."""
    port = int(address.rpartition(":")[2])
    print(f"  {'':<50}{'server':>9}{'unchanged':>11}{'gzipped':>10}{'Chromium':>10}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        for path in PATHS:
            tag, size = asked(port, path)
            server = median(lambda path=path: cpu(lambda: asked(port, path)))  # type: ignore[misc]
            known = median(lambda path=path, tag=tag: cpu(lambda: asked(port, path, tag)))  # type: ignore[misc]
            shown = median(lambda path=path: usable(browser, address + path))  # type: ignore[misc]
            print(f"  {path:<50}{server * 1000:>6.0f} ms{known * 1000:>8.0f} ms{size / 1000:>7.1f} kB{shown:>7.0f} ms")
        browser.close()


def built(records: Records) -> Company:
    now = datetime.now(UTC)
    return company_of(records.snapshots(), records.scores_as_of(now - timedelta(days=7)), ALONE, now.date(), whole=True)


def asked(port: int, path: str, tag: str = "") -> tuple[str, int]:
    """The tag of an answer and its bytes on the wire."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Accept-Encoding": "gzip", "Accept-Language": "vi", **({"If-None-Match": tag} if tag else {})}
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    size = len(answer.read())
    connection.close()
    if answer.status != (304 if tag else 200):
        raise RuntimeError(f"{path} answered {answer.status}")
    return answer.headers["ETag"], size


def usable(browser: Browser, address: str) -> float:
    """Milliseconds until a fresh browser shows the page and reacts."""
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    page.goto(address)
    spent = float(page.evaluate(USABLE))
    context.close()
    return spent


def median(measure: Callable[[], float]) -> float:
    return statistics.median(measure() for _ in range(TURNS))


def cpu(action: Callable[[], object]) -> float:
    began = time.process_time()
    action()
    return time.process_time() - began


if __name__ == "__main__":
    logging.disable()
    page_figures()
