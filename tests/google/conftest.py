"""Clients on a clock that stands: of the local server with one spreadsheet, and of a server that misbehaves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.google import SheetsClient
from sync.local_sheets import LocalSheets
from tests.support.clocks import ManualClock
from tests.support.installation import save_workbook
from tests.support.odd_server import OddServer


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def sheets(tmp_path: Path) -> Iterator[LocalSheets]:
    with LocalSheets(tmp_path / "data") as server:
        server.import_workbook(save_workbook(tmp_path / "okr.xlsx", {"OKR": [["Key result", "Score"], ["k", None]]}))
        yield server


@pytest.fixture
def client(sheets: LocalSheets, clock: ManualClock) -> Iterator[SheetsClient]:
    opened = SheetsClient(None, sheets.url, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def odd() -> Iterator[OddServer]:
    with OddServer() as server:
        yield server


@pytest.fixture
def odd_client(odd: OddServer, clock: ManualClock) -> Iterator[SheetsClient]:
    opened = SheetsClient(None, odd.url, clock=clock)
    yield opened
    opened.close()
