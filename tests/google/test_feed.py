"""Drive's change feed: what it tells, what it never tells, and every way in which it fails."""

import json
from collections.abc import Iterator
from contextlib import closing

import pytest
import requests

from sync.domain.failures import Trouble
from sync.google import ChangeFeed, Hint, SheetsClient, SheetsError
from sync.local_sheets import LocalSheets
from sync.local_sheets.faults.faults import Fault
from tests.support.clocks import ManualClock
from tests.support.odd_server import OddServer, Reply

RENAME = {"updateSpreadsheetProperties": {"properties": {"title": "New"}, "fields": "title"}}
LIST = "drive.changes.list"


@pytest.fixture
def feed(sheets: LocalSheets, clock: ManualClock) -> Iterator[ChangeFeed]:
    opened = ChangeFeed(None, sheets.url, clock)
    yield opened
    opened.close()


def test_its_first_look_knows_nothing_of_what_was_before(feed: ChangeFeed) -> None:
    assert feed.look().lost
    following = feed.look()
    assert (following.hints, following.lost) == ({}, False)


def test_what_people_change_is_told_once(feed: ChangeFeed, sheets: LocalSheets) -> None:
    feed.look()
    sheets.edit("okr", RENAME)
    sheets.edit("okr", RENAME)
    assert feed.look().hints == {"okr": Hint.CHANGED}
    assert feed.look().hints == {}


def test_what_people_change_in_the_browser_comes_late(
    feed: ChangeFeed, sheets: LocalSheets, clock: ManualClock
) -> None:
    sheets.feed_lag(180, clock.now)
    feed.look()
    sheets.edit("okr", RENAME)
    clock.advance(170)
    assert feed.look().hints == {}
    clock.advance(20)
    assert feed.look().hints == {"okr": Hint.CHANGED}


def test_our_own_writes_are_known_as_ours(feed: ChangeFeed, client: SheetsClient, sheets: LocalSheets) -> None:
    feed.look()
    client.ask("okr", ":batchUpdate", body={"requests": [RENAME]})
    assert feed.look().hints == {"okr": Hint.OURS}
    client.ask("okr", ":batchUpdate", body={"requests": [RENAME]})
    sheets.edit("okr", RENAME)
    assert feed.look().hints == {"okr": Hint.CHANGED}


def test_what_is_deleted_or_taken_away_is_gone(feed: ChangeFeed, sheets: LocalSheets) -> None:
    feed.look()
    form = {"grant_type": "refresh_token", "refresh_token": "person"}
    token = requests.post(f"{sheets.url}/token", form, timeout=60).json()["access_token"]
    answer = requests.delete(
        f"{sheets.url}/drive/v3/files/okr", headers={"Authorization": f"Bearer {token}"}, timeout=60
    )
    assert answer.ok
    assert feed.look().hints == {"okr": Hint.GONE}


def test_what_is_told_twice_or_out_of_order_hides_nothing_that_others_did(odd: OddServer, clock: ManualClock) -> None:
    def change(name: str, *, ours: bool) -> dict[str, object]:
        return {"fileId": name, "removed": False, "file": {"trashed": False, "lastModifyingUser": {"me": ours}}}

    told = [change("ours", ours=True), change("theirs", ours=False), change("mixed", ours=False)]
    changes = [*told, *told, change("mixed", ours=True)]
    odd.fixed["/drive/v3/changes/startPageToken"] = Reply(body='{"startPageToken": "5"}')
    odd.fixed["/drive/v3/changes"] = Reply(body=json.dumps({"changes": changes, "newStartPageToken": "9"}))
    with closing(ChangeFeed(None, odd.url, clock)) as feed:
        feed.look()
        assert feed.look().hints == {"ours": Hint.OURS, "theirs": Hint.CHANGED, "mixed": Hint.CHANGED}


@pytest.mark.parametrize("status", [400, 404, 410])
def test_a_token_that_is_not_known_any_more_is_a_round_of_everything(
    feed: ChangeFeed, sheets: LocalSheets, status: int
) -> None:
    feed.look()
    sheets.edit("okr", RENAME)
    sheets.fault(Fault(kind="error", method=LIST, status=status, times=1))
    assert feed.look().lost
    assert feed.look().hints == {}


def test_a_page_that_is_lost_is_asked_for_again(feed: ChangeFeed, sheets: LocalSheets) -> None:
    feed.look()
    sheets.edit("okr", RENAME)
    rule = sheets.fault(Fault(kind="reset", method=LIST, times=2))
    assert feed.look().hints == {"okr": Hint.CHANGED}
    assert rule.fired == 2


def test_a_feed_that_fails_for_good_forgets_nothing(feed: ChangeFeed, sheets: LocalSheets) -> None:
    feed.look()
    sheets.edit("okr", RENAME)
    sheets.fault(Fault(kind="error", method=LIST, status=503))
    with pytest.raises(SheetsError) as failed:
        feed.look()
    assert failed.value.trouble is Trouble.NETWORK
    sheets.clear_faults()
    assert feed.look().hints == {"okr": Hint.CHANGED}


@pytest.mark.parametrize(
    ("reason", "trouble"),
    [("SERVICE_DISABLED", Trouble.API_DISABLED), ("ACCESS_TOKEN_SCOPE_INSUFFICIENT", Trouble.PERMISSION)],
)
def test_without_the_api_or_the_scope_it_says_so(
    feed: ChangeFeed, sheets: LocalSheets, reason: str, trouble: Trouble
) -> None:
    body = {"error": {"code": 403, "message": "no", "status": "PERMISSION_DENIED", "details": [{"reason": reason}]}}
    sheets.fault(Fault(kind="error", method="drive.changes.getStartPageToken", status=403, body=body))
    with pytest.raises(SheetsError) as refused:
        feed.look()
    assert refused.value.trouble is trouble


@pytest.mark.parametrize(
    "answer",
    ["[]", "{}", '{"changes": 3, "newStartPageToken": "9"}', '{"changes": [3], "newStartPageToken": "9"}'],
)
def test_an_answer_of_another_shape_is_like_none(odd: OddServer, clock: ManualClock, answer: str) -> None:
    odd.fixed["/drive/v3/changes/startPageToken"] = Reply(body='{"startPageToken": "5"}')
    odd.fixed["/drive/v3/changes"] = Reply(body=answer)
    feed = ChangeFeed(None, odd.url, clock)
    feed.look()
    with pytest.raises(SheetsError) as failed:
        feed.look()
    assert failed.value.trouble is Trouble.NETWORK
    feed.close()
