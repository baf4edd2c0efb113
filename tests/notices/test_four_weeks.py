"""Four weeks with two workers, receivers that fail in every way, and kills in the middle of sending.

Everything but the company is real: records, leases, Apprise, receivers on loopback. The clock is moved by hand.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from sync.config.notify import NotifySettings
from sync.domain.notices import Message, NoticeState, Told
from sync.notices import Delivery, Notifier, send
from sync.records import Records
from tests.support.clocks import ManualClock
from tests.support.receivers import Mailbox, Reply, Webhooks

WEEKS = timedelta(days=28)
STEP = timedelta(hours=2)
ROOMS = ("sales.url", "makers.url", "board.url")
PEOPLE = ("an@example.vn", "binh@example.vn")
MENDED = timedelta(hours=6)
KILLED_BEFORE, KILLED_AFTER = 40, 100
FAULTS = (Reply(400), Reply(404), Reply(500), Reply(429, {"Retry-After": "1800"}), Reply(is_silent=True))


class KilledError(BaseException):
    """A worker is gone in the middle of sending."""


class Company:
    """Each room hears something of its own every morning, and of a problem from noon until it is mended at six; each
    person hears what is for them alone.
    """

    def __init__(self) -> None:
        self.due: set[str] = set()
        self.private: set[tuple[str, str]] = set()

    def compose(self, room: NotifySettings, told: Told, now: datetime) -> Iterator[Message]:
        morning = now.replace(hour=1, minute=0, second=0, microsecond=0)
        if room.to_people:
            yield from (self._for_one(person, morning) for person in PEOPLE if now >= morning)
            return
        if now >= morning:
            yield self._message(f"digest {morning:%Y-%m-%d}", morning, room)
        noon = morning.replace(hour=5)
        if noon <= now < noon + MENDED:
            yield self._message(f"problems {noon:%Y-%m-%d}", noon, room)

    def _for_one(self, person: str, due: datetime) -> Message:
        text = f"for {person} alone {due:%Y-%m-%d}"
        self.private.add((person, text))
        return Message(f"check_in {due:%Y-%m-%d} {person}", due, "OKR", text, address=person)

    def _message(self, about: str, due: datetime, room: NotifySettings) -> Message:
        text = f"{room.name} {about} {due:%H:%M}"
        self.due.add(text)
        return Message(about, due, "OKR", text)


class House:
    """Two workers of one company, of which one at a time may die; a dead one is replaced by a new one."""

    def __init__(self, folder: Path, records: Records, webhooks: Webhooks, mailbox: Mailbox) -> None:
        self.clock, self.company, self.dice = ManualClock(), Company(), Random(7)
        self.records, self.webhooks, self.mailbox = records, webhooks, mailbox
        addresses = {name: webhooks.address.replace("/hook?rto=0.5", f"/{name}?rto=0.1") for name in ROOMS}
        self.rooms = [self._room(folder, name, address) for name, address in addresses.items()]
        self.rooms.append(self._room(folder, "mail.url", mailbox.address, what="check_in", to_people=True))
        self.workers = [self._worker(), self._worker()]
        self.sent = 0
        self.of_what_was_settled: list[str] = []

    def _room(self, folder: Path, name: str, address: str, **settings: object) -> NotifySettings:
        path = folder / name
        path.write_text(address, encoding="utf-8")
        path.chmod(0o600)
        return NotifySettings.model_validate({"to": {"file": path}, "what": "digest", **settings})

    def _worker(self) -> Notifier:
        return Notifier(self.rooms, self.records, self.company.compose, None, self.clock, self._send)

    def _send(self, address: str, message: Message, now: datetime) -> Delivery:
        self.sent += 1
        if message.about.startswith("problems") and now >= message.due + MENDED:
            self.of_what_was_settled.append(message.text)
        if self.sent == KILLED_BEFORE:
            raise KilledError
        delivery = send(address, message, now)
        if self.sent == KILLED_AFTER:
            raise KilledError
        return delivery

    def live(self) -> None:
        end = self.clock.now() + WEEKS
        while self.clock.now() < end:
            if self.dice.random() < 0.15:
                self.webhooks.replies.append(self.dice.choice(FAULTS))
            self.mailbox.refuses = self.dice.random() < 0.15
            for number, worker in enumerate(self.workers):
                try:
                    worker.round()
                except KilledError:
                    self.workers[number] = self._worker()
            self.clock.advance(STEP.total_seconds())
        self.webhooks.replies.clear()
        self.mailbox.refuses = False
        for _ in range(4):
            self.clock.advance(3600)
            self.workers[0].round()


@pytest.fixture
def house(tmp_path: Path, records: Records, webhooks: Webhooks, mailbox: Mailbox) -> House:
    return House(tmp_path, records, webhooks, mailbox)


def test_every_message_arrives_none_more_than_twice_none_elsewhere_and_none_of_what_is_settled(
    house: House, webhooks: Webhooks, mailbox: Mailbox
) -> None:
    house.live()
    taken = [got for got in webhooks.got if got.reply.status == 200]
    arrived = Counter(got.body["message"] for got in taken)
    assert set(arrived) == house.company.due
    assert len(arrived) > 150
    assert max(arrived.values()) <= 2
    assert sum(count == 2 for count in arrived.values()) < len(arrived) / 10
    assert all(got.path == "/" + got.body["message"].split(" ")[0] for got in webhooks.got)
    assert house.of_what_was_settled == []
    mails = Counter((receivers, str(mail.get_payload()).strip()) for receivers, mail in mailbox.mails)
    assert set(mails) == {((person,), text) for person, text in house.company.private}
    assert max(mails.values()) <= 2
    states = {notice.state for room in house.rooms for notice in house.records.notices(room.name, room.scope).values()}
    assert states <= {NoticeState.SENT, NoticeState.DROPPED}
    assert len(webhooks.got) > len(taken)
