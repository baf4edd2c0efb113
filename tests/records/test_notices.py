"""What is known of each message, in both kinds of database."""

from dataclasses import replace
from datetime import timedelta

from sync.domain.notices import Notice, NoticeState
from sync.records import Records
from tests.support.recorded import NOON

DIGEST = Notice("room.url", "all", "digest 1", NoticeState.SENDING, NOON, NOON, "abc", 1, 0, None, ("k1", "k2"))


def test_what_was_noted_before_and_after_is_one_row(records: Records) -> None:
    records.keep_notice(DIGEST)
    assert records.notices("room.url", "all") == {"digest 1": DIGEST}
    sent = replace(DIGEST, state=NoticeState.SENT, at=NOON + timedelta(seconds=2))
    records.keep_notice(sent)
    assert records.notices("room.url", "all") == {"digest 1": sent}
    assert records.notices("room.url", "sales") == {}
    assert records.figures()["notices", "sent"] == 1


def test_a_room_that_fails_is_waited_for_until_it_was_reached(records: Records) -> None:
    later = NOON + timedelta(minutes=2)
    failing = replace(DIGEST, state=NoticeState.FAILING, next_try=later)
    records.keep_notice(failing)
    records.keep_notice(replace(failing, scope="sales", due=later))
    assert records.failing_rooms() == {"room.url": NOON}
    assert records.next_notice("room.url") == later
    for scope in ("all", "sales"):
        records.keep_notice(replace(failing, scope=scope, state=NoticeState.SENT, next_try=None))
    assert records.failing_rooms() == {}
    assert records.next_notice("room.url") is None


def test_what_was_long_ago_is_forgotten(records: Records) -> None:
    records.keep_notice(DIGEST)
    records.keep_notice(replace(DIGEST, about="digest 2", at=NOON + timedelta(days=2)))
    records.forget_notices(NOON + timedelta(days=1))
    assert list(records.notices("room.url", "all")) == ["digest 2"]
