"""A page over real records, answered by Flask's test client or by a real server to a real browser."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright
from werkzeug.test import TestResponse

from sync.config import PageSettings
from sync.records import Records
from sync.scoring import Bands
from tests.webapp.companies import SHEET
from webapp import create_app
from webapp.server import PageServer

# A year: in these tests a view turns stale only where a test says so.
NEVER_STALE = {SHEET: 365 * 24 * 3600}
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = Records.open(f"sqlite:///{tmp_path / 'records.db'}")
    yield opened
    opened.close()


class Client(FlaskClient):
    """Reads every answer to its end, so that no static file stays open."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, **({"buffered": True} | kwargs))


@pytest.fixture
def app(records: Records) -> Flask:
    made = create_app(records, PageSettings(title="Sao Mai"), Bands(), NEVER_STALE)
    made.test_client_class = Client
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The page on a port of its own."""
    server = PageServer(app, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.close()
    thread.join(timeout=30)
    assert not thread.is_alive()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        missing: Callable[[str], None] = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("no chromium found; install it, or name one in CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()
