"""A key file that is replaced while the worker runs: noticed once, and taken by every client that is opened then."""

import threading
from pathlib import Path

import pytest

from sync.config.google import GoogleSettings
from sync.engine.identity import LONG_AGO, SharedIdentity
from sync.google import CredentialsError, Quota
from tests.support.clocks import ManualClock
from tests.support.keys import write_key


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key.json"
    write_key(path)
    return path


def identity(key: Path | None, clock: ManualClock | None = None) -> SharedIdentity:
    clock = clock or ManualClock()
    return SharedIdentity(GoogleSettings(credentials=key), Quota(clock), clock, threading.Event())


def seen(found: SharedIdentity) -> int:
    found.look_at_the_key()
    return found.number


def test_a_key_that_nobody_touched_stays(key: Path) -> None:
    found = identity(key)
    client = found.open()
    assert (seen(found), found.since, found.is_current(client)) == (0, LONG_AGO, True)
    client.close()


def test_a_replaced_key_is_noticed_once_and_taken_by_the_next_client(key: Path) -> None:
    clock = ManualClock()
    found = identity(key, clock)
    before = found.open()
    clock.advance(60)
    write_key(key)
    assert (seen(found), seen(found), found.since) == (1, 1, clock.now())
    after = found.open()
    assert (found.is_current(before), found.is_current(after)) == (False, True)
    for client in (before, after):
        client.close()


def test_while_the_key_is_gone_the_old_one_serves(key: Path) -> None:
    found = identity(key)
    client = found.open()
    key.unlink()
    assert (seen(found), found.is_current(client)) == (0, True)
    write_key(key)
    assert seen(found) == 1
    client.close()


def test_the_file_that_the_environment_names_counts_too(key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key))
    found = identity(None)
    write_key(key)
    assert seen(found) == 1


def test_a_key_that_google_refused_is_read_again_by_the_next_client(key: Path) -> None:
    found = identity(key)
    client = found.open()
    found.refused(client)
    key.write_text("{}", encoding="utf-8")
    with pytest.raises(CredentialsError):
        found.open()
    client.close()


def test_who_was_refused_with_an_older_key_does_not_take_the_new_one_from_others(key: Path) -> None:
    found = identity(key)
    old = found.open()
    write_key(key)
    found.look_at_the_key()
    new = found.open()
    found.refused(old)
    assert found.is_current(new)
    for client in (old, new):
        client.close()
