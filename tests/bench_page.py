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
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from flask import Flask
from msgspec import structs
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
# Some files take seconds.
TURNS_OF_FILES = 3
UNIT, PERSON = unit_key("Phòng 7"), person_key("Nguyễn An 7")
PAGES = (
    "/",
    "/?q=doanh+thu",
    "/?q=chat+luong&band=off_track&level=individual",
    "/?moved=1",
    "/?problem=1",
    f"/?unit={quote('Phòng 7')}",
    "/branch/o7",
    f"/unit/{UNIT}",
    f"/unit/{UNIT}?page=3",
    "/map",
    "/map?columns=1",
    "/map?columns=9",
    "/objective/o7",
    f"/person/{PERSON}",
    "/check-ins",
    f"/check-in/{UNIT}",
    f"/check-in/{UNIT}?page=3",
    "/initiatives",
    "/initiatives?q=viec",
    "/recognition",
    "/recognition?q=cam+on",
    "/reviews",
    "/review/2026-Q4",
    "/problems",
    "/problems?q=doanh+thu+nguoc+huong",
    "/problems.txt",
    "/freshness",
)
FILES = (
    "/alignment.json",
    "/alignment.csv",
    "/check-ins.csv",
    "/initiatives.csv",
    "/problems.csv",
    "/review/2026-Q4.csv",
    "/review/2026-Q4.xlsx",
    "/map.svg?columns=9",
    "/calendar.ics",
    f"/calendar.ics?of={UNIT}",
    "/metrics",
    "/readyz",
)
# Three units and three people have everything; a fifth of it belongs to the quarter before.
FEW_UNITS, FEW_PEOPLE = ("Ban 0", "Ban 1", "Ban 2"), ("Nguyễn An", "Trần Bình", "Lê Chi")
FEW_HANDS = (
    "/",
    *(
        f"/{path}{asked}"
        for path in (
            f"unit/{unit_key(FEW_UNITS[1])}",
            f"person/{person_key(FEW_PEOPLE[1])}",
            f"check-in/{unit_key(FEW_UNITS[1])}",
            f"check-in/{person_key(FEW_PEOPLE[1])}",
            "check-ins",
            "initiatives",
            "problems",
        )
        for asked in ("", "?period=2026-Q3")
    ),
)

# Usable: everything is drawn and the script has run.
USABLE = "() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"


def page_figures() -> None:
    """Print the figures."""
    parts = 4 * OBJECTIVES
    print(f"\nThe page with {OBJECTIVES:,} objectives, {parts:,} key results, {CHECK_INS * parts:,} check-ins,")
    print(f"{OBJECTIVES:,} initiatives, thanks and problems, and a history of {WEEKS} weeks:")
    with kept_for_weeks(lambda found: found) as records:
        print(f"  putting the company together, beside the requests  {cpu(lambda: built(records)):.1f} s")
        with serving(page_over(records)) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
            beside_each_other(address, PAGES, browser)
            beside_each_other(address, ("/", *FILES), turns=TURNS_OF_FILES)
            browser.close()
    print("\nThe same where three units and three people have all of it, in two quarters:")
    with kept_for_weeks(in_few_hands) as records, serving(page_over(records)) as address:
        beside_each_other(address, FEW_HANDS)


@contextmanager
def kept_for_weeks(shaped: Callable[[Snapshot], Snapshot]) -> Iterator[Records]:
    """The records of a company of this shape, with what a cycle leaves behind."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder, Records.open(f"sqlite:///{Path(folder) / 'records.db'}") as records:
        for week in range(WEEKS, 0, -1):
            view = shaped(big_company(OBJECTIVES, shift=9 - week))
            keep(records, replace(view, taken_at=now - timedelta(weeks=week, days=1)))
        newest = shaped(replace(big_company(OBJECTIVES, shift=9), taken_at=now))
        keep(records, with_cycle(with_problems(newest), now.date()))
        yield records


def page_over(records: Records) -> Flask:
    return create_app(records, PageSettings(), Bands(), {SHEET: 365 * 24 * 3600})


def in_few_hands(found: Snapshot) -> Snapshot:
    late = OBJECTIVES * 4 // 5
    objectives = tuple(
        structs.replace(
            one,
            unit=FEW_UNITS[number % 3],
            owner=FEW_PEOPLE[number % 3],
            period="Q4/2026" if number < late else "Q3/2026",
        )
        for number, one in enumerate(found.objectives)
    )
    return replace(found, objectives=objectives)


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


def beside_each_other(
    address: str, paths: Sequence[str], browser: Browser | None = None, *, turns: int = TURNS
) -> None:
    """Each path on the server, beside the first of them, and in the browser. `first` is the first answer of a view."""
    port = int(address.rpartition(":")[2])
    yardstick = 0.0
    print(f"  {'':<50}{'first':>9}{'server':>9}{'ratio':>7}{'unchanged':>11}{'gzipped':>10}{'Chromium':>10}")
    for path in paths:
        first = cpu(lambda path=path: asked(port, path))  # type: ignore[misc]
        tag, size = asked(port, path)
        server = median(lambda path=path: cpu(lambda: asked(port, path)), turns)  # type: ignore[misc]
        yardstick = yardstick or server
        known = median(lambda path=path, tag=tag: cpu(lambda: asked(port, path, tag)), turns) if tag else server  # type: ignore[misc]
        shown = median(lambda path=path: usable(browser, address + path), turns) if browser else None  # type: ignore[misc]
        times = f"{first * 1000:>6.0f} ms{server * 1000:>6.0f} ms{server / yardstick:>7.1f}{known * 1000:>8.0f} ms"
        print(f"  {path:<50}{times}{size / 1000:>7.1f} kB" + (f"{shown:>7.0f} ms" if shown else ""))


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
    return answer.headers.get("ETag", ""), size


def usable(browser: Browser, address: str) -> float:
    """Milliseconds until a fresh browser shows the page and reacts."""
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    page.goto(address)
    spent = float(page.evaluate(USABLE))
    context.close()
    return spent


def median(measure: Callable[[], float], turns: int) -> float:
    return statistics.median(measure() for _ in range(turns))


def cpu(action: Callable[[], object]) -> float:
    began = time.process_time()
    action()
    return time.process_time() - began


if __name__ == "__main__":
    logging.disable()
    page_figures()
