"""Records, a clock that is moved by hand, and receivers on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.records import Records
from tests.support.clocks import ManualClock
from tests.support.receivers import Mailbox, Webhooks, a_mailbox


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    with Records.open(f"sqlite:///{tmp_path / 'okr.db'}") as opened:
        yield opened


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def webhooks(tmp_path: Path) -> Iterator[Webhooks]:
    found = Webhooks(tmp_path)
    yield found
    found.close()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with a_mailbox() as found:
        yield found
