"""When a spreadsheet is looked at again: soon where people are at it, never later than `every`, within the quota."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.config.google import GoogleSettings
from sync.config.mapping import TabMapping
from sync.config.settings import SpreadsheetSettings
from sync.engine.attention import seconds_to_next_look, urgency
from sync.engine.feed import Feed
from sync.engine.identity import SharedIdentity
from sync.engine.requests import Requests
from sync.engine.turns import Turn, Turns
from sync.google import Quota
from sync.records import Records
from tests.support.clocks import ManualClock

MINUTE, HOUR, DAY = 60, 3600, 86_400
TAB = TabMapping.model_validate({"title": "OKR", "key_result": {"text": "KR"}})

intervals = st.integers(1, 7 * DAY)
since = st.floats(0, 30 * DAY) | st.just(inf)


@given(intervals, since)
def test_nothing_waits_longer_than_its_interval_and_nothing_is_looked_at_without_pause(
    every: int, quiet: float
) -> None:
    assert min(20, every) <= seconds_to_next_look(every, quiet) <= every


@given(intervals, since, since)
def test_the_longer_it_is_quiet_the_later_is_the_next_look(every: int, one: float, other: float) -> None:
    quick, slow = sorted((one, other))
    assert seconds_to_next_look(every, quick) <= seconds_to_next_look(every, slow)


def test_for_minutes_after_a_change_every_20_seconds_then_ever_more_rarely() -> None:
    quiet = (0, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, DAY, inf)
    assert [seconds_to_next_look(900, each) for each in quiet] == [20, 20, 60, 240, 720, 900, 900]


@given(st.floats(0, DAY), st.floats(1, DAY))
def test_urgency_grows_while_one_waits(waited: float, wanted: float) -> None:
    assert urgency(waited + 1, wanted) > urgency(waited, wanted)


# The queue as a whole, by a clock of its own: every look is one read


@dataclass
class Looked:
    """When each spreadsheet was looked at, and how long each edit waited for that."""

    at: dict[str, list[float]] = field(default_factory=dict)
    waited: list[float] = field(default_factory=list)

    def most_in_a_minute(self) -> int:
        reads = [moment for each in self.at.values() for moment in each]
        return max(sum(begin <= read < begin + MINUTE for read in reads) for begin in reads)

    def longest_wait(self) -> float:
        return max(later - earlier for each in self.at.values() for earlier, later in pairwise(each))


def looked(
    clock: ManualClock,
    count: int,
    every: int,
    edits: Mapping[str, Sequence[float]],
    until: float,
    *,
    hooks: bool = False,
) -> Looked:
    """What the queue does with so many spreadsheets until then, where people edit some of them."""
    quota = Quota(clock)
    identity = SharedIdentity(GoogleSettings(endpoint="http://127.0.0.1:9"), quota, clock, threading.Event())
    records = Records.open("sqlite://")
    names = [f"s{number}" for number in range(count)]
    turns = [Turn(SpreadsheetSettings(id=name, every=f"{every}s", tab=(TAB,))) for name in names]
    feed = Feed(GoogleSettings(), names, identity, records.looks, clock, threading.Event())
    queue, found = Turns(turns, 4, identity, Requests(records.looks, clock), feed, clock), Looked()
    waiting = sorted((at, name) for name, moments in edits.items() for at in moments)
    unseen: dict[str, list[float]] = {}
    while clock.monotonic() < until:
        while waiting and waiting[0][0] <= clock.monotonic():
            at, name = waiting.pop(0)
            unseen.setdefault(name, []).append(at)
            if hooks:
                records.looks.ask(name, clock.now())
        turn = queue.take()
        if turn is None:
            clock.advance(queue.nap() or 0.01)
            continue
        assert quota.take("read") == 0
        name, now = turn.settings.id, clock.monotonic()
        found.at.setdefault(name, []).append(now)
        if seen := unseen.pop(name, []):
            turn.changed_at = now
            found.waited += [now - each for each in seen]
        queue.give_back(turn, every, seconds_to_next_look(every, turn.quiet(now)))
    assert not any(unseen.values()), "an edit was never looked at"
    records.close()
    return found


worked_at = st.lists(st.integers(0, 400), min_size=1, max_size=20)


@settings(max_examples=5, deadline=None)
@given(st.dictionaries(st.sampled_from(["s0", "s7", "s29"]), worked_at), st.booleans())
def test_whoever_edits_what_all_are_looked_at_within_every_and_the_quota_is_kept(
    edits: dict[str, list[float]], hooks: bool
) -> None:
    """30 spreadsheets every 100 seconds need 18 of the 48 reads a minute."""
    found = looked(ManualClock(datetime(2026, 11, 21, tzinfo=UTC)), 30, 100, edits, 520, hooks=hooks)
    assert found.most_in_a_minute() <= 48
    # A second to notice, and a turn that was begun for another; what a hook asks for goes between.
    assert found.longest_wait() <= 100 + (10 if hooks else 5)
    assert max(found.waited, default=0) <= (25 if hooks else 105)


def test_under_a_full_quota_no_extra_look_is_made_and_none_is_left_out() -> None:
    """48 a minute are needed, so what people edit has to wait for its interval; nobody else waits for it."""
    clock = ManualClock()
    edits = {"s3": [float(at) for at in range(0, 300, 10)]}
    found = looked(clock, 48, 60, edits, 400)
    assert found.longest_wait() <= 60 + 5
    assert found.most_in_a_minute() <= 48


def test_a_spreadsheet_that_changes_is_seen_soon_once_people_are_at_it() -> None:
    clock = ManualClock()
    edits = {"s5": [100.0, *(float(at) for at in range(320, 600, 50))]}
    found = looked(clock, 20, 300, edits, 950)
    first, *later = found.waited
    assert first <= 300 + 5
    assert max(later[1:]) <= 20 + 3


def test_a_hook_is_answered_within_seconds() -> None:
    clock = ManualClock()
    found = looked(clock, 100, 600, {f"s{n}": [200.0 + 7 * n] for n in range(20)}, 400, hooks=True)
    assert max(found.waited) <= 10
    assert found.most_in_a_minute() <= 48


def test_a_change_is_remembered_over_a_restart() -> None:
    clock = ManualClock()
    records = Records.open("sqlite://")
    assert records.looks.changes() == {}
    records.looks.changed("a", clock.now())
    records.looks.changed("a", clock.now() + timedelta(seconds=5))
    assert records.looks.changes() == {"a": clock.now() + timedelta(seconds=5)}
    records.forget(["a"])
    assert records.looks.changes() == {}
    records.close()
