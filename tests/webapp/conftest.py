"""A page over real records, with or without sign-in, answered by Flask's test client or by a real server to a real
browser.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.test import TestResponse

from sync.config.access import SignInSettings
from sync.config.settings import PageSettings
from sync.domain.scoring import Bands
from sync.records import Records
from tests.support.databases import empty_database
from tests.support.signing_in import DOMAIN, Site
from tests.support.tabs import Tabs
from tests.webapp.big_company import big_company
from tests.webapp.companies import NOW, SHEET, URL, keep, key_result, objective, snapshot
from webapp.web.app import create_app
from webapp.web.server import PageServer

if TYPE_CHECKING:
    from tests.webapp.provider import Provider

BIG = 2000

# A year: in these tests a view turns stale only where a test says so.
NEVER_STALE = {SHEET: 365 * 24 * 3600}

Open = Callable[..., Page]

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = Records.open(empty_database(tmp_path / "records.db"))
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


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The page on a port of its own, by its address."""
    server = PageServer(app, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.close()
        thread.join(timeout=30)
    assert not thread.is_alive()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with serving(app) as found:
        yield found


@pytest.fixture(scope="session")
def big_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page of a big company, of which no test changes anything."""
    with Records.open(empty_database(tmp_path_factory.mktemp("big") / "records.db")) as records:
        keep(records, big_company(BIG))
        with serving(create_app(records, PageSettings(title="Sao Mai"), Bands(), NEVER_STALE)) as found:
            yield found


@pytest.fixture
def in_that_quarter() -> Iterator[None]:
    """For the server it is the time that the companies of these tests are of, whenever the tests run."""
    # A number, because time_machine would set the zone from that of a datetime.
    with time_machine.travel(NOW.timestamp(), tick=True):
        yield


@contextmanager
def opening(tabs: Tabs, address: str) -> Iterator[Open]:
    """Opens a path in a tab of its own; in the end nothing was complained of and nobody else was asked."""
    complaints: list[str] = []
    asked: list[str] = []
    ears = {
        "console": lambda message: complaints.append(message.text),
        "weberror": lambda error: complaints.append(str(error.error)),
        "request": lambda request: asked.append(request.url),
    }

    def open_one(path: str = "/", *, has_own_clock: bool = False, **options: Any) -> Page:
        page = tabs.lend(ears, is_kept=not has_own_clock, **options)
        if has_own_clock:
            page.clock.install()
        page.goto(address + path)
        return page

    yield open_one
    assert complaints == []
    # A link into a sheet leads to where the sheets of these tests are said to be.
    assert [url for url in asked if not url.startswith((address, URL))] == []


@pytest.fixture
def browsing(tabs: Tabs, address: str) -> Iterator[Open]:
    with opening(tabs, address) as found:
        yield found


@pytest.fixture
def open_big(tabs: Tabs, big_address: str) -> Iterator[Open]:
    with opening(tabs, big_address) as found:
        yield found


@pytest.fixture
def provider(tmp_path: Path) -> Iterator["Provider"]:
    # What it is made of takes a while to import and warns as it does; few of these tests sign in.
    from tests.webapp.provider import Provider

    with Provider(tmp_path) as running:
        yield running


@pytest.fixture
def site(provider: "Provider", records: Records, tmp_path: Path) -> Site:
    """Makes a page with sign-in; keywords are settings of `[page]`."""
    keep(records, snapshot([objective("o", text="Secret plan")], [key_result("k", "o")]))

    def make(**settings: Any) -> Flask:
        sign_in = SignInSettings(
            client=provider.client_file, session_key=tmp_path / "session.key", issuer=provider.issuer
        )
        page = PageSettings(**({"sign_in": sign_in, "readers": DOMAIN} | settings))
        app = create_app(records, page, Bands(), NEVER_STALE)
        app.test_client_class = Client
        return app

    return make
