"""A page over real records, answered by Flask's test client or by a real server to a real browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from sync.config import PageSettings
from sync.records import Records
from sync.scoring import Bands
from tests.webapp.companies import SHEET
from webapp import create_app
from webapp.server import PageServer

# A year: in these tests a view turns stale only where a test says so.
NEVER_STALE = {SHEET: 365 * 24 * 3600}


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
