"""Clients on a clock that stands: of the local server that a test module fills, and of one that misbehaves."""

from collections.abc import Iterator

import pytest

from sync.google import SheetsClient
from sync.local_sheets import LocalSheets
from tests.support.clocks import ManualClock
from tests.support.odd_server import OddServer


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


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
