"""What is due goes out once, to receivers that fail in every way: real ones on loopback, through the real Apprise."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sync.config.notify import NotifySettings
from sync.domain.notices import Message, NoticeState, Told
from sync.notices import Delivery, Notifier, send
from sync.records import Records
from tests.support.clocks import ManualClock
from tests.support.receivers import Mailbox, Reply, Webhooks


@dataclass
class House:
    """A room whose address is in a file, and what is to be said in it."""

    folder: Path
    records: Records
    clock: ManualClock
    messages: list[Message] = field(default_factory=list)

    def room(self, address: str, name: str = "room.url", **settings: object) -> NotifySettings:
        path = self.folder / name
        path.write_text(address, encoding="utf-8")
        path.chmod(0o600)
        found = NotifySettings.model_validate({"to": {"file": name}, "what": "digest", **settings})
        return found.seen_from(self.folder)

    def say(self, about: str, text: str = "Doanh thu tăng", **facts: object) -> None:
        message = Message(about, self.clock.now(), "OKR", text)
        self.messages.append(replace(message, **facts))  # type: ignore[arg-type]

    def compose(self, room: NotifySettings, told: Told, now: datetime) -> Iterable[Message]:
        return self.messages

    def notifier(self, *rooms: NotifySettings, by: Callable[..., Delivery] = send) -> Notifier:
        return Notifier(rooms, self.records, self.compose, None, self.clock, by)

    def state(self, room: NotifySettings, about: str) -> NoticeState:
        return self.records.notices(room.name, room.scope)[about].state


@pytest.fixture
def house(tmp_path: Path, records: Records, clock: ManualClock) -> House:
    return House(tmp_path, records, clock)


def texts(webhooks: Webhooks) -> list[str]:
    return [got.body["message"] for got in webhooks.got]


def test_what_is_due_arrives_once_and_is_noted_without_its_text(house: House, webhooks: Webhooks) -> None:
    room = house.room(webhooks.address)
    house.say("digest 1")
    notifier = house.notifier(room)
    assert notifier.round()
    assert notifier.round()
    assert texts(webhooks) == ["Doanh thu tăng"]
    [notice] = house.records.notices(room.name, room.scope).values()
    assert (notice.state, notice.tries, notice.content) == (NoticeState.SENT, 1, house.messages[0].content)
    assert house.records.figures()["notices", "sent"] == 1


def test_nothing_to_say_is_noted_and_not_sent(house: House, webhooks: Webhooks) -> None:
    room = house.room(webhooks.address)
    house.say("digest 1", text="")
    house.notifier(room).round()
    house.messages = []
    house.say("digest 1")
    house.notifier(room).round()
    assert webhooks.got == []
    assert house.state(room, "digest 1") is NoticeState.NOTHING


@pytest.mark.parametrize("status", [400, 404, 500])
def test_a_room_that_fails_is_tried_again_after_a_pause_and_not_before(
    house: House, webhooks: Webhooks, status: int
) -> None:
    room = house.room(webhooks.address)
    house.say("digest 1")
    house.say("digest 2")
    webhooks.replies.extend([Reply(status), Reply(status)])
    notifier = house.notifier(room)
    notifier.round()
    notifier.round()
    assert len(webhooks.got) == 1
    assert house.records.failing_rooms() == {"room.url": house.messages[0].due}
    house.clock.advance(61)
    notifier.round()
    house.clock.advance(61)
    notifier.round()
    assert len(webhooks.got) == 2
    house.clock.advance(60)
    notifier.round()
    assert len(webhooks.got) == 4
    assert house.records.failing_rooms() == {}


def test_a_receiver_says_when_to_come_again(house: House, webhooks: Webhooks) -> None:
    house.say("digest 1")
    webhooks.replies.append(Reply(429, {"Retry-After": "600"}))
    notifier = house.notifier(house.room(webhooks.address))
    notifier.round()
    house.clock.advance(599)
    notifier.round()
    assert len(webhooks.got) == 1
    house.clock.advance(2)
    notifier.round()
    assert len(webhooks.got) == 2


def test_what_may_have_arrived_is_sent_once_more_and_never_a_third_time(house: House, webhooks: Webhooks) -> None:
    room = house.room(webhooks.address)
    house.say("digest 1")
    webhooks.replies.extend([Reply(is_silent=True)] * 3)
    notifier = house.notifier(room)
    for _ in range(4):
        notifier.round()
        house.clock.advance(3600)
    assert len(webhooks.got) == 2
    assert house.state(room, "digest 1") is NoticeState.DROPPED


def test_a_receiver_that_is_not_there_got_nothing_and_is_tried_until_it_is(house: House, webhooks: Webhooks) -> None:
    room = house.room("json://127.0.0.1:1/hook")
    house.say("digest 1")
    for _ in range(5):
        house.notifier(room).round()
        house.clock.advance(3600)
    house.room(webhooks.address)
    house.notifier(room).round()
    assert texts(webhooks) == ["Doanh thu tăng"]


class KilledError(BaseException):
    """The process is gone in the middle of it."""


def killed_before(*_: object) -> Delivery:
    raise KilledError


def killed_after(address: str, message: Message, now: datetime) -> Delivery:
    send(address, message, now)
    raise KilledError


@pytest.mark.parametrize(("kill", "arrived"), [(killed_before, 1), (killed_after, 2)])
def test_a_kill_in_the_middle_loses_nothing_and_repeats_one_message_at_most(
    house: House, webhooks: Webhooks, kill: Callable[..., Delivery], arrived: int
) -> None:
    room = house.room(webhooks.address)
    house.say("digest 1")
    with pytest.raises(KilledError):
        house.notifier(room, by=kill).round()
    for _ in range(3):
        house.clock.advance(301)
        house.notifier(room).round()
    assert len(webhooks.got) == arrived
    assert house.state(room, "digest 1") is NoticeState.SENT


def test_one_of_several_workers_sends_and_a_dead_one_is_waited_for(house: House, webhooks: Webhooks) -> None:
    room = house.room(webhooks.address)
    house.say("digest 1")
    met: list[bool] = []

    def meanwhile(address: str, message: Message, now: datetime) -> Delivery:
        met.append(house.notifier(room).round())
        return send(address, message, now)

    assert house.notifier(room, by=meanwhile).round()
    assert met == [False]
    assert len(webhooks.got) == 1


def test_one_room_that_fails_keeps_nothing_from_the_others(house: House, webhooks: Webhooks) -> None:
    house.say("digest 1")
    bad, good = house.room("json://127.0.0.1:1/x", "bad.url"), house.room(webhooks.address, "good.url")
    house.notifier(bad, good).round()
    assert len(webhooks.got) == 1
    assert list(house.records.failing_rooms()) == ["bad.url"]


def test_in_quiet_hours_nothing_is_sent_and_afterwards_all_of_it(house: House, webhooks: Webhooks) -> None:
    now = house.clock.now().astimezone()
    quiet = f"{now:%H:%M}-{now + timedelta(hours=2):%H:%M}"
    room = house.room(webhooks.address, quiet=quiet)
    house.say("digest 1")
    house.notifier(room).round()
    assert webhooks.got == []
    house.clock.advance(2 * 3600)
    house.notifier(room).round()
    assert len(webhooks.got) == 1


def test_what_is_older_than_a_day_is_dropped_and_said(
    house: House, webhooks: Webhooks, caplog: pytest.LogCaptureFixture
) -> None:
    room = house.room(webhooks.address)
    house.say("digest 1")
    house.clock.advance(24 * 3600 + 1)
    with caplog.at_level(logging.WARNING, "sync.notices"):
        house.notifier(room).round()
    assert "room.url: digest 1 is not sent any more: it is older than a day" in caplog.text
    assert webhooks.got == []
    assert house.state(room, "digest 1") is NoticeState.DROPPED


def test_what_is_settled_before_it_arrived_is_not_sent_any_more(house: House, webhooks: Webhooks) -> None:
    room = house.room(webhooks.address)
    house.say("problems 1")
    webhooks.replies.append(Reply(500))
    house.notifier(room).round()
    house.messages = []
    house.clock.advance(120)
    house.notifier(room).round()
    assert len(webhooks.got) == 1
    assert house.state(room, "problems 1") is NoticeState.DROPPED


def test_an_address_that_others_can_read_is_not_used_and_never_logged(
    house: House, webhooks: Webhooks, caplog: pytest.LogCaptureFixture
) -> None:
    room = house.room(webhooks.address)
    (house.folder / "room.url").chmod(0o644)
    house.say("digest 1")
    with caplog.at_level(logging.DEBUG, "sync.notices"):
        house.notifier(room).round()
        (house.folder / "room.url").chmod(0o600)
        webhooks.replies.append(Reply(404))
        house.clock.advance(61)
        house.notifier(room).round()
    # What Apprise logs holds addresses, so that it reaches no log of ours; pytest listens to it all the same.
    assert not logging.getLogger("apprise").propagate
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("sync"))
    assert "chmod 600" in ours
    assert "answered 404" in ours
    assert "/hook" not in ours
    assert "json:" not in ours


def test_a_message_for_a_person_goes_to_their_own_address_alone(house: House, mailbox: Mailbox) -> None:
    room = house.room(mailbox.address, what="check_in", to_people=True)
    house.say("check_in 1 lan", address="lan@example.vn")
    house.notifier(room).round()
    [(receivers, mail)] = mailbox.mails
    assert receivers == ("lan@example.vn",)
    assert mail["Subject"] == "OKR"
    assert mail.get_content_type() == "text/plain"


def test_a_mail_server_that_is_busy_is_tried_again(house: House, mailbox: Mailbox) -> None:
    room = house.room(mailbox.address)
    house.say("digest 1")
    mailbox.refuses = True
    house.notifier(room).round()
    mailbox.refuses = False
    house.clock.advance(61)
    house.notifier(room).round()
    assert len(mailbox.mails) == 1
