"""Whose turn it is: the oldest that is due, when the quota has room, and never all passers for those that are slow."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from sync.config.mapping import TabMapping
from sync.config.settings import GoogleSettings, SpreadsheetSettings
from sync.engine.identity import SharedIdentity
from sync.engine.requests import Requests
from sync.engine.turns import Turn, Turns
from sync.google import Quota
from sync.records import Records
from tests.support.nights import HOUR, Night, night

PASSERS = 3
PACE = 60 / 48


@dataclass
class Queue:
    """A queue of spreadsheets, all due, and the clock that it goes by."""

    clock: Night
    quota: Quota
    turns: Turns
    records: Records

    def take(self) -> Turn:
        turn = self.turns.take()
        assert turn is not None
        return turn

    def make(self, count: int = 1, seconds: float = 300) -> list[str]:
        """So many turns one after the other, each with one read."""
        made = []
        for _ in range(count):
            turn = self.take()
            made.append(turn.settings.id)
            assert self.quota.take("read") == 0
            self.turns.give_back(turn, seconds)
            self.clock.advance(PACE)
        return made


def queue(clock: Night, *names: str, per_minute: int = 60) -> Queue:
    tab = TabMapping.model_validate({"title": "OKR", "key_result": {"text": "KR"}})
    quota = Quota.share_of(per_minute, clock)
    identity = SharedIdentity(GoogleSettings(endpoint="http://127.0.0.1:9"), quota, clock, threading.Event())
    turns = [Turn(SpreadsheetSettings(id=name, tab=(tab,))) for name in names]
    records = Records.open("sqlite://")
    requests = Requests(records.looks, clock)
    return Queue(clock, quota, Turns(turns, PASSERS, quota, identity, requests, clock), records)


@pytest.fixture
def clock() -> Iterator[Night]:
    with night(HOUR) as flying:
        yield flying


def test_the_one_that_has_been_due_for_longest_comes_first(clock: Night) -> None:
    found = queue(clock, "a", "b", "c")
    first = found.take()
    clock.advance(10)
    assert found.make(2, seconds=20) == ["b", "c"]
    found.turns.give_back(first, 20)
    clock.advance(30)
    assert found.make(3) == ["b", "c", "a"]


def test_a_spreadsheet_that_is_taken_is_not_taken_again_however_long_its_pass(clock: Night) -> None:
    found = queue(clock, "a")
    turn = found.take()
    clock.advance(HOUR)
    assert found.turns.take() is None
    found.turns.give_back(turn, 300)
    clock.advance(299)
    assert found.turns.take() is None
    clock.advance(1)
    assert found.take() is turn


def test_no_pass_begins_before_its_first_read_may_be_sent(clock: Night) -> None:
    found = queue(clock, "a", "b")
    assert found.make() == ["a"]
    assert found.quota.take("read") == 0
    assert found.turns.take() is None
    assert 0 < found.turns.nap() <= 1
    clock.advance(PACE)
    assert found.take().settings.id == "b"


def test_while_google_refuses_for_its_quota_no_pass_begins(clock: Night) -> None:
    found = queue(clock, "a")
    found.quota.pause("read", 30)
    clock.advance(29)
    assert found.turns.take() is None
    clock.advance(1)
    assert found.take().settings.id == "a"


def test_what_passes_under_way_may_still_read_is_left_to_them(clock: Night) -> None:
    """A share of two a minute: the pass that is under way may need both."""
    found = queue(clock, "a", "b", per_minute=3)
    found.take()
    assert found.quota.take("read") == 0
    clock.advance(30)
    assert found.quota.left("read") == 1
    assert found.turns.take() is None
    clock.advance(31)
    assert found.take().settings.id == "b"


def test_those_that_took_long_leave_one_passer_to_the_others(clock: Night) -> None:
    found = queue(clock, "s1", "s2", "s3", "well")
    for _ in range(3):
        turn = found.take()
        turn.slow = True
        found.turns.give_back(turn, 20)
    clock.advance(20)
    assert found.make(seconds=20) == ["well"]
    clock.advance(30)
    taken = [found.take().settings.id for _ in range(3)]
    assert taken == ["s1", "s2", "well"]
    assert found.turns.take() is None


def test_a_passer_that_is_alone_takes_the_slow_ones_too(clock: Night) -> None:
    tabs = queue(clock, "a")
    turn = tabs.take()
    turn.slow = True
    tabs.turns.give_back(turn, 20)
    clock.advance(20)
    assert tabs.take() is turn
