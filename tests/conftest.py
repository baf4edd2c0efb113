"""What the tests of several rooms share: an installation, and a real Chromium."""

import gc
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect, sync_playwright

from sync.local_sheets import LocalSheets
from tests.local_sheets.answers import AnswerCheck
from tests.support.canaries import EAR
from tests.support.chromium import QUIET, WITHOUT, chromium
from tests.support.compiled import keep_compiled
from tests.support.importing import import_in_turn
from tests.support.installation import Installation
from tests.support.postgresql import PostgreSQL, binaries, running
from tests.support.tabs import Tabs

# These machines are slow and noisy: no test may fail because it took long.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")
expect.set_options(timeout=30_000)

# What takes more than ten seconds of a processor, longest first: rooms and files.
LONGEST = (
    "reliability/test_fault_matrix",
    "desk/test_newcomer",
    "desk/test_layouts",
    "webapp/test_tree_browser",
    "webapp/test_map_browser",
    "engine/test_worker_feed",
    "reliability/test_kills",
    "webapp/test_security",
    "passes/test_write_back_layouts",
    "cli/test_company_services",
    "webapp/test_isolation",
    "passes/test_repair",
    "grid_page/test_grid_page",
    "reliability/test_soak",
    "engine/test_worker_processes",
    "engine/test_jobs",
    "desk/test_page",
    "passes/test_write_back_machine",
    "engine/test_worker",
    "engine/test_worker_pauses",
    "desk/test_long",
    "records/test_upgrading",
    "webapp/test_exports",
)


def pytest_configure() -> None:
    # Where the tests themselves run under nohup, commands that they start would inherit that SIGHUP has no effect.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    keep_compiled()


def pytest_sessionstart(session: pytest.Session) -> None:
    config = session.config
    told: dict[str, Any] = getattr(config, "workerinput", {})
    if told and config.args == config.getini("testpaths"):
        number = int(told["workerid"].removeprefix("gw"))
        import_in_turn(config.rootpath / "tests", number, told["workercount"])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, so that none of them comes last and alone; the others in the order that they had."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(f"{item.path.parent.name}/{item.path.stem}", len(places)))


def pytest_collection_finish() -> None:
    """What was imported stays: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgresql_binaries() -> Path:
    """Debian's PostgreSQL. Without it its tests are skipped, but never in CI."""
    found = binaries()
    if found is None:
        message = "no PostgreSQL: install Debian's package postgresql"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="session")
def postgresql(postgresql_binaries: Path) -> Iterator[PostgreSQL]:
    """A server that is started once for this run."""
    with running(postgresql_binaries) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'state' / 'okr-sheets.db'}"
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.new_database()


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """A fresh installation with an empty Vietnamese Sheets server."""
    with Installation(tmp_path) as running:
        yield running


@pytest.fixture(scope="session")
def answer_check() -> AnswerCheck:
    check = AnswerCheck()
    LocalSheets.on_answer.append(check)
    return check


@pytest.fixture(autouse=True)
def _every_answer_fits_googles_schemas(answer_check: AnswerCheck) -> Iterator[None]:
    """Whatever a test is about: what the local Sheets server answers in it is of Google's shape."""
    answer_check.faults.clear()
    yield
    assert answer_check.faults[:10] == []


@pytest.fixture(scope="session", autouse=True)
def _no_log_holds_a_secret() -> Iterator[None]:
    """Of the whole run, or of this worker's part of it."""
    yield
    assert EAR.leaks[:10] == []


def pytest_runtest_setup() -> None:
    EAR.listen()


def pytest_runtest_call() -> None:
    # pytest has set the levels back meanwhile.
    EAR.listen()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or playwright's own. Without any, browser tests are skipped, but never in CI."""
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        found = chromium() or (own if Path(own).is_file() else None)
        if found is None:
            message = "no Chromium: install Debian's chromium-headless-shell, or name one in the variable CHROMIUM"
            if os.environ.get("CI") == "true":
                pytest.fail(message)
            pytest.skip(message)
        args = [*QUIET, f"--disable-features={','.join(WITHOUT)}"]
        with playwright.chromium.launch(executable_path=found, args=args) as running:
            yield running


@pytest.fixture(scope="session")
def _tabs(browser: Browser) -> Tabs:
    return Tabs(browser)


@pytest.fixture
def tabs(_tabs: Tabs) -> Iterator[Tabs]:
    yield _tabs
    _tabs.take_back()
