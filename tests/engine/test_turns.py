"""Whose turn it is: the oldest that is due, when the quota has room, and never all passers for those that are slow."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from sync.config.google import GoogleSettings
from sync.config.mapping import TabMapping
from sync.config.settings import SpreadsheetSettings
from sync.engine.feed import Feed
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
    feed: Feed

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


@pytest.fixture
def clock() -> Iterator[Night]:
    with night(HOUR) as flying:
        yield flying


MakeQueue = Callable[..., Queue]


@pytest.fixture
def queue(clock: Night) -> Iterator[MakeQueue]:
    """A queue of spreadsheets with these names."""
    with Records.open("sqlite://") as records:

        def made(*names: str, per_minute: int = 60, interval: str = "5m") -> Queue:
            tab = TabMapping.model_validate({"title": "OKR", "key_result": {"text": "KR"}})
            quota = Quota.share_of(per_minute, clock)
            identity = SharedIdentity(GoogleSettings(endpoint="http://127.0.0.1:9"), quota, clock, threading.Event())
            settings = ({"id": name, "every": interval, "tab": (tab,)} for name in names)
            turns = [Turn(SpreadsheetSettings.model_validate(each)) for each in settings]
            requests = Requests(records.looks, clock)
            feed = Feed(GoogleSettings(), names, identity, records.looks, clock, threading.Event())
            return Queue(clock, quota, Turns(turns, PASSERS, identity, requests, feed, clock), records, feed)

        yield made


def test_the_one_that_has_been_due_for_longest_comes_first(clock: Night, queue: MakeQueue) -> None:
    found = queue("a", "b", "c")
    first = found.take()
    clock.advance(10)
    assert found.make(2, seconds=20) == ["b", "c"]
    found.turns.give_back(first, 20)
    clock.advance(30)
    assert found.make(3) == ["b", "c", "a"]


def test_a_spreadsheet_that_is_taken_is_not_taken_again_however_long_its_pass(clock: Night, queue: MakeQueue) -> None:
    found = queue("a")
    turn = found.take()
    clock.advance(HOUR)
    assert found.turns.take() is None
    found.turns.give_back(turn, 300)
    clock.advance(299)
    assert found.turns.take() is None
    clock.advance(1)
    assert found.take() is turn


def test_no_pass_begins_before_its_first_read_may_be_sent(clock: Night, queue: MakeQueue) -> None:
    found = queue("a", "b")
    assert found.make() == ["a"]
    assert found.quota.take("read") == 0
    assert found.turns.take() is None
    assert 0 < found.turns.nap() <= 1
    clock.advance(PACE)
    assert found.take().settings.id == "b"


def test_while_google_refuses_for_its_quota_no_pass_begins(clock: Night, queue: MakeQueue) -> None:
    found = queue("a")
    found.quota.pause("read", 30)
    clock.advance(29)
    assert found.turns.take() is None
    clock.advance(1)
    assert found.take().settings.id == "a"


def test_what_passes_under_way_may_still_read_is_left_to_them(clock: Night, queue: MakeQueue) -> None:
    """A share of two a minute: the pass that is under way may need both."""
    found = queue("a", "b", per_minute=3)
    found.take()
    assert found.quota.take("read") == 0
    clock.advance(30)
    assert found.quota.left("read") == 1
    assert found.turns.take() is None
    clock.advance(31)
    assert found.take().settings.id == "b"


def test_those_that_took_long_leave_one_passer_to_the_others(clock: Night, queue: MakeQueue) -> None:
    found = queue("s1", "s2", "s3", "well")
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


def test_a_passer_that_is_alone_takes_the_slow_ones_too(clock: Night, queue: MakeQueue) -> None:
    tabs = queue("a")
    turn = tabs.take()
    turn.slow = True
    tabs.turns.give_back(turn, 20)
    clock.advance(20)
    assert tabs.take() is turn


# What is asked for, and where people are editing


def rested(found: Queue, count: int, seconds: float = 300) -> None:
    """All have had their first turn."""
    found.make(count, seconds)


def test_what_was_asked_for_comes_before_what_is_due(clock: Night, queue: MakeQueue) -> None:
    found = queue("a", "b", "c")
    found.records.looks.press("c", clock.now())
    assert found.make(3) == ["c", "a", "b"]


def test_a_spreadsheet_that_rests_is_woken_by_who_asks_for_it(clock: Night, queue: MakeQueue) -> None:
    found = queue("a", "b")
    rested(found, 2)
    assert found.turns.take() is None
    clock.advance(1)
    found.records.looks.press("b", clock.now())
    assert found.take().settings.id == "b"
    clock.advance(1)
    assert found.turns.take() is None


def test_of_two_that_were_asked_for_the_first_comes_first(clock: Night, queue: MakeQueue) -> None:
    found = queue("a", "b")
    rested(found, 2)
    for name in ("b", "a"):
        found.records.looks.press(name, clock.now())
        clock.advance(1)
        found.turns.nap()
        found.quota.pause("read", 2)
        assert found.turns.take() is None
    clock.advance(2)
    assert found.make(2) == ["b", "a"]


def test_a_flood_of_requests_takes_every_second_turn_at_most(clock: Night, queue: MakeQueue) -> None:
    found = queue("loud", *"abcdef")
    made = []
    for _ in range(12):
        found.records.looks.press("loud", clock.now())
        clock.advance(61)
        made += found.make(seconds=HOUR)
    assert made == ["loud", "a", "loud", "b", "loud", "c", "loud", "d", "loud", "e", "loud", "f"]


def test_an_edit_is_waited_out_for_3_seconds_and_for_15_at_most(clock: Night, queue: MakeQueue) -> None:
    found = queue("a")
    rested(found, 1)
    began = clock.monotonic()
    found.records.looks.ask("a", clock.now())
    while (turn := found.turns.take()) is None:
        clock.advance(1)
    assert 3 <= clock.monotonic() - began <= 5
    found.turns.give_back(turn, 300)
    clock.advance(2)
    began = clock.monotonic()
    while found.turns.take() is None:
        found.records.looks.ask("a", clock.now())
        clock.advance(1)
    assert 15 <= clock.monotonic() - began <= 17


def test_the_clock_of_the_machine_that_was_asked_does_not_matter(clock: Night, queue: MakeQueue) -> None:
    for hours in (-1, 1):
        found = queue("a")
        rested(found, 1)
        found.records.looks.ask("a", clock.now() + timedelta(hours=hours))
        began = clock.monotonic()
        while found.turns.take() is None:
            clock.advance(1)
        assert 3 <= clock.monotonic() - began <= 5


def test_who_edits_while_a_pass_is_made_is_a_new_request(clock: Night, queue: MakeQueue) -> None:
    found = queue("a")
    found.records.looks.press("a", clock.now())
    turn = found.take()
    assert found.records.looks.waiting() == {}
    clock.advance(61)
    assert found.records.looks.press("a", clock.now())
    assert found.turns.take() is None
    found.turns.give_back(turn, 300)
    clock.advance(1)
    assert found.take() is turn


def test_who_presses_may_have_helped_and_an_edit_has_not(clock: Night, queue: MakeQueue) -> None:
    found = queue("a", "b")
    for _ in range(2):
        turn = found.take()
        turn.helped = False
        found.turns.give_back(turn, 300)
        clock.advance(PACE)
    found.records.looks.press("a", clock.now())
    found.records.looks.ask("b", clock.now())
    clock.advance(1)
    first = found.take()
    assert (first.settings.id, first.helped) == ("a", True)
    clock.advance(5)
    while (second := found.turns.take()) is None:
        clock.advance(1)
    assert (second.settings.id, second.helped) == ("b", False)


def test_an_extra_look_is_made_when_nothing_is_due(clock: Night, queue: MakeQueue) -> None:
    found = queue("a", "b")
    turn = found.take()
    found.turns.give_back(turn, 300, spare=20)
    clock.advance(30)
    assert found.make() == ["b"]
    assert found.take() is turn


def test_of_extra_looks_the_most_urgent_comes_first(clock: Night, queue: MakeQueue) -> None:
    """60 seconds late for one that is looked at every 200 is less than 30 late for one that is every 20."""
    found = queue("calm", "busy")
    calm = found.take()
    found.turns.give_back(calm, 3000, spare=200)
    clock.advance(210)
    busy = found.take()
    found.turns.give_back(busy, 3000, spare=20)
    clock.advance(50)
    assert [found.take() for _ in range(2)] == [busy, calm]


def test_while_a_first_round_is_made_some_looks_go_where_people_are_at_it(clock: Night, queue: MakeQueue) -> None:
    names = [f"first-{number}" for number in range(12)]
    found = queue("busy", *names)
    busy = found.take()
    busy.changed_at = clock.monotonic()
    found.turns.give_back(busy, 300, 1)
    clock.advance(2)
    assert found.make(6, seconds=300) == [*names[:4], "busy", names[4]]
    assert found.make(6) == names[5:11]


def test_after_a_start_those_where_people_were_at_it_come_first(clock: Night, queue: MakeQueue) -> None:
    found = queue("a", "b", "c")
    for turn in (first := [found.take() for _ in range(3)]):
        turn.changed_at = {"a": -900.0, "b": -30.0}.get(turn.settings.id, turn.changed_at)
    again = Turns([Turn(each.settings, changed_at=each.changed_at) for each in first], PASSERS,
                  SharedIdentity(GoogleSettings(endpoint="http://127.0.0.1:9"), found.quota, clock, threading.Event()),
                  Requests(found.records.looks, clock), found.feed, clock)  # fmt: skip
    taken = [again.take() for _ in range(3)]
    assert [turn.settings.id for turn in taken if turn] == ["b", "a", "c"]


def test_where_the_intervals_need_most_of_the_quota_a_round_leaves_room_for_those_that_people_are_in(
    clock: Night,
    queue: MakeQueue,
) -> None:
    """Thirty-six at a minute each: with 48 reads they are done in 45 seconds, and would fall due at that pace."""
    found = queue("busy", *(f"quiet-{n}" for n in range(35)), interval="60s")
    for _ in range(36):
        turn = found.take()
        assert found.quota.take("read") == 0
        found.turns.give_back(turn, 60, 20 if turn.settings.id == "busy" else 60)
        clock.advance(PACE)
    later = []
    for _ in range(48):
        if (early := found.turns.take()) is not None:
            later.append(early.settings.id)
            assert found.quota.take("read") == 0
            found.turns.give_back(early, 60, 20 if early.settings.id == "busy" else 60)
        clock.advance(PACE)
    assert later.count("busy") >= 2
    assert len(later) >= 44


def test_a_queue_that_is_closed_leaves_nothing_under_way_to_the_quota_that_others_share(
    clock: Night, queue: MakeQueue
) -> None:
    found = queue("a", "b")
    turn = found.take()
    assert found.quota.take("read") == 0
    left = found.quota.left("read")
    for _ in range(left - 1):
        found.quota.began()
    clock.advance(PACE)
    assert not found.quota.has_room()
    found.turns.close()
    found.turns.give_back(turn, 300)
    assert found.quota.has_room()
