"""The worker with Drive's change feed and all that befalls it: hourly where all is still, never later than without."""

from collections.abc import Callable, Sequence

import pytest
import requests

from sync.domain.memory import PassResult
from sync.local_sheets import Fault
from tests.support.commands import edit_current
from tests.support.flat_sheet import HEADER, every, key_results, scores
from tests.support.installation import Installation
from tests.support.nights import HOUR, MINUTE, Tick, gaps, night, ticks

LIST, BEGIN = "drive.changes.list", "drive.changes.getStartPageToken"
EVERY = 5 * MINUTE
# The second look is the first that the feed covers; then it lies still.
EDIT = 12 * MINUTE
# What a pass and two naps take.
SLACK = 5.0


@pytest.fixture
def sales(installation: Installation) -> Installation:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5)]})
    watched(installation)
    # What we write keeps a spreadsheet from lying still for an hour; here that was long ago.
    installation.sync()
    return installation


def watched(installation: Installation, interval: str = "5m") -> None:
    installation.configure("watch = true\n" + every(interval))


def through(
    installation: Installation, seconds: float, *events: tuple[float, Callable[[], object]], lag: float = 180
) -> list[Tick]:
    """What the worker does through a night in which this happens, and people's edits come so late into the feed."""
    with night(seconds) as clock:
        installation.server.feed_lag(lag, clock.now)
        for at, event in sorted(events, key=lambda each: each[0]):
            clock.at(at, event)
        return ticks(installation, clock)


def edit(installation: Installation, value: float = 9) -> Callable[[], object]:
    return lambda: edit_current(installation.server, 1, value)


def fault(installation: Installation, **facts: object) -> Callable[[], object]:
    return lambda: installation.server.fault(Fault.model_validate({"kind": "error", "status": 503, **facts}))


def deleted(installation: Installation) -> None:
    url = installation.server.url
    form = {"grant_type": "refresh_token", "refresh_token": "person"}
    token = requests.post(f"{url}/token", form, timeout=60).json()["access_token"]
    requests.delete(f"{url}/drive/v3/files/sales", headers={"Authorization": f"Bearer {token}"}, timeout=60)


def between(ended: Sequence[Tick], begin: float, end: float) -> list[Tick]:
    return [tick for tick in ended if begin <= tick[0] < end]


def seen_after(ended: Sequence[Tick], at: float) -> float:
    """Seconds from an edit to the pass that found it."""
    return next(when for when, outcome in ended if when >= at and outcome.changed) - at


def test_what_lies_still_is_read_once_an_hour_and_the_feed_asked_once_a_minute(sales: Installation) -> None:
    ended = through(sales, 70 * MINUTE)
    asked = sum(request.method == LIST for request in sales.server.requests)
    assert asked == pytest.approx(70, abs=3)
    assert gaps(ended) == pytest.approx([EVERY, HOUR], abs=SLACK)


def test_without_the_setting_nothing_is_asked_and_the_interval_is_kept(sales: Installation) -> None:
    sales.configure(every("5m"))
    ended = through(sales, 20 * MINUTE)
    assert max(gaps(ended)) <= EVERY + SLACK
    assert not [request for request in sales.server.requests if request.method.startswith("drive.")]


def test_an_edit_in_what_lies_still_is_scored_within_the_interval_and_then_attention_goes_there(
    sales: Installation,
) -> None:
    ended = through(sales, EDIT + 20 * MINUTE, (EDIT, edit(sales)))
    assert 180 <= seen_after(ended, EDIT) <= 180 + 60 + SLACK
    assert scores(sales) == {"KR 1": 0.9, "KR 2": 0.5}
    after = between(ended, EDIT + 4 * MINUTE, EDIT + 8 * MINUTE)
    assert gaps(after) == pytest.approx([20] * (len(after) - 1), abs=SLACK)
    assert len(after) > 8


def test_our_own_writes_ask_for_no_look_and_the_interval_is_kept_after_them(sales: Installation) -> None:
    sales.spreadsheet("fresh", {"OKR": [HEADER, *key_results(2, 5)]})
    sales.configure("watch = true\n" + every("5m", "fresh"))
    ended = through(sales, 30 * MINUTE)
    assert ended[0][1].writes
    assert gaps(ended) == pytest.approx([EVERY] * 5, abs=SLACK)


def test_what_is_deleted_is_known_within_a_poll(sales: Installation) -> None:
    ended = through(sales, EDIT + 10 * MINUTE, (EDIT, lambda: deleted(sales)))
    at, outcome = between(ended, EDIT, EDIT + 10 * MINUTE)[0]
    assert outcome.result is PassResult.FAILED
    assert at - EDIT <= 60 + SLACK


def test_an_interval_shorter_than_the_feed_is_late_is_kept(sales: Installation) -> None:
    watched(sales, "2m")
    ended = through(sales, 20 * MINUTE)
    assert max(gaps(ended)) <= 2 * MINUTE + SLACK


@pytest.mark.parametrize("formula", ["=NOW()", "=1+RAND()", '=IMPORTRANGE("abc";"A!A1")', "=TODAY ()"])
def test_what_recalculates_by_itself_keeps_its_interval_and_is_seen_in_it(sales: Installation, formula: str) -> None:
    sales.spreadsheet("alive", {"OKR": [HEADER, *key_results(2, 5)], "Data": [[formula], [1]]})
    sales.configure("watch = true\n" + every("5m", "alive"))
    # A formula of a mapped tab may reach the other one.
    sales.server.edit("alive", {"updateCells": {
        "start": {"sheetId": sales.sheet_id("alive", "OKR"), "rowIndex": 2, "columnIndex": 4},
        "rows": [{"values": [{"userEnteredValue": {"formulaValue": "=Data!A2"}}]}], "fields": "userEnteredValue",
    }})  # fmt: skip
    ended = through(sales, 22 * MINUTE)
    assert max(gaps(ended)) <= EVERY + SLACK
    assert {outcome.reads for _, outcome in ended[1:]} == {1}


FAULTS: dict[str, dict[str, object]] = {
    "an expired token": {"status": 410, "method": LIST, "times": 1},
    "an unknown token": {"status": 400, "method": LIST, "times": 1},
    "lost pages": {"kind": "reset", "method": LIST, "times": 3},
    "a page cut off": {"kind": "truncated", "method": LIST, "times": 2},
    "a broken page": {"kind": "garbled", "method": LIST, "times": 2},
    "too many requests": {"status": 429, "method": LIST, "times": 2},
    "down for good": {"status": 503, "method": LIST},
    "no scope": {"status": 403, "method": LIST},
}


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("before", [90.0, -30.0])
def test_whatever_befalls_the_feed_an_edit_is_scored_within_the_interval(
    sales: Installation, name: str, before: float
) -> None:
    ended = through(sales, EDIT + 6 * MINUTE, (EDIT - before, fault(sales, **FAULTS[name])), (EDIT, edit(sales)))
    assert seen_after(ended, EDIT) <= EVERY + SLACK
    assert scores(sales) == {"KR 1": 0.9, "KR 2": 0.5}


def test_while_the_feed_is_down_the_interval_is_kept_and_it_is_told_once(
    sales: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    # It is tried after 1, 2, 4, 8 and 16 minutes.
    down, up = 15 * MINUTE, 40 * MINUTE
    ended = through(
        sales,
        48 * MINUTE,
        (down, fault(sales, method=LIST)),
        (up, sales.server.clear_faults),
        (down + 60, edit(sales, 3)),
    )
    assert seen_after(ended, down + 60) <= EVERY + SLACK
    assert max(gaps(between(ended, down + EVERY, up))) <= EVERY + SLACK
    told = [record.getMessage() for record in caplog.records if "change feed" in record.getMessage()]
    assert len(told) == 2
    assert "does not answer" in told[0]
    assert "answers again" in told[1]


def test_without_the_scope_it_is_tried_again_after_an_hour(sales: Installation) -> None:
    fault(sales, status=403, method=BEGIN)()
    through(sales, 65 * MINUTE)
    asked = [request for request in sales.server.requests if request.method == BEGIN]
    assert len(asked) == 2


def test_other_files_and_what_is_told_twice_or_out_of_order_change_nothing(sales: Installation) -> None:
    sales.spreadsheet("other", {"OKR": [HEADER, *key_results(2, 5)]})
    rename = {"updateSpreadsheetProperties": {"properties": {"title": "New"}, "fields": "title"}}
    others = [(at * MINUTE, lambda: sales.server.edit("other", rename)) for at in range(6, 30, 3)]
    twice = (EDIT, lambda: [edit(sales, value)() for value in (3, 4, 9)])
    ended = through(sales, 30 * MINUTE, *others, twice, lag=0)
    assert [when for when, outcome in ended if outcome.changed] == [pytest.approx(EDIT + 30, abs=40)]
    assert scores(sales) == {"KR 1": 0.9, "KR 2": 0.5}


def test_of_many_that_lie_still_a_few_are_read_in_a_minute(sales: Installation) -> None:
    names = [f"team-{number}" for number in range(12)]
    for name in names:
        sales.spreadsheet(name, {"OKR": [HEADER, *key_results(2, 5)]})
    text = "".join(every("5m", name) for name in names)
    sales.configure(f"watch = true\n[worker]\npassers = 1\n{text}")
    for number in range(len(names)):
        sales.sync(number)
    ended = through(sales, 80 * MINUTE)
    reads = sum(outcome.reads for _, outcome in between(ended, 20 * MINUTE, 80 * MINUTE))
    assert reads == pytest.approx(len(names), abs=2)


def test_when_the_feed_last_answered_is_kept(sales: Installation) -> None:
    with night(10 * MINUTE) as clock:
        ticks(sales, clock)
        assert clock.now().timestamp() - sales.records.figures()["feed_answered", ""] <= 61
