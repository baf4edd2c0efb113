"""Which messages go out now, and what is noted of each before and after: sent once, whatever breaks meanwhile.

A message is noted as SENDING before it goes out. Whoever finds that note knows that somebody died over it: then, as
where no answer was seen, it may have arrived, and it is sent once more and never a third time.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from sync.clock import Clock
from sync.config.notify import NotifySettings
from sync.config.secrets import SecretError
from sync.domain.notices import Message, Notice, NoticeState, Told
from sync.notices.addresses import address_of
from sync.notices.sending import Delivery
from sync.records import Records

TOO_OLD = timedelta(days=1)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
MOST_UNSURE = 2

# What there is to say in a room, whatever of it was said already; what is known of that, and the moment, are given.
Compose = Callable[[NotifySettings, Told, datetime], Iterable[Message]]
Send = Callable[[str, Message, datetime], Delivery]

log = logging.getLogger(__name__)


class Outbox:
    """Sends what is due. `may_send` is asked right before each message; `zone` is that of the company."""

    def __init__(
        self,
        records: Records,
        compose: Compose,
        clock: Clock,
        send: Send,
        zone: tzinfo | None,
        may_send: Callable[[], bool],
    ) -> None:
        self._records, self._compose, self._clock, self._send = records, compose, clock, send
        self._zone, self._may_send = zone, may_send

    def empty(self, room: NotifySettings) -> None:
        """Send what is due in a room, the oldest first, unless it is quiet there or was not reached just now."""
        now = self._clock.now()
        if room.quiet and room.quiet.hold(now, self._zone):
            return
        pause = self._records.next_notice(room.name)
        if pause is not None and now < pause <= now + TOO_OLD:
            return
        told = self._records.notices(room.name, room.scope)
        messages = sorted(self._compose(room, told, now), key=lambda message: message.due)
        self._drop_what_is_settled(messages, told, now)
        for message in messages:
            known = told.get(message.about)
            if not (known and known.is_settled) and not self._settle(room, message, known):
                return

    def _settle(self, room: NotifySettings, message: Message, known: Notice | None) -> bool:
        """Do with a message what is to be done; whether the next one may follow."""
        now = self._clock.now()
        new = Notice(room.name, room.scope, message.about, NoticeState.NOTHING, message.due, now)
        notice = replace(known or new, at=now, content=message.content, subjects=message.subjects)
        if known and known.state is NoticeState.SENDING:
            notice = replace(notice, unsure=notice.unsure + 1)
        if not message.text:
            self._keep(replace(notice, state=NoticeState.NOTHING))
        elif now - message.due > TOO_OLD:
            self._drop(notice, "it is older than a day")
        elif notice.unsure >= MOST_UNSURE:
            self._drop(notice, "it may have arrived twice")
        else:
            return self._may_send() and self._try(room, message, notice)
        return True

    def _try(self, room: NotifySettings, message: Message, notice: Notice) -> bool:
        self._keep(replace(notice, state=NoticeState.SENDING, tries=notice.tries + 1, next_try=None))
        notice = replace(notice, tries=notice.tries + 1)
        delivery = self._delivered(room, message)
        now = self._clock.now()
        if delivery.arrived:
            log.info("%s: %s was sent", room.name, message.about)
            self._keep(replace(notice, state=NoticeState.SENT, at=now, next_try=None))
            return True
        pause = max(pause_after(notice.tries), timedelta(seconds=delivery.seconds))
        log.warning("%s: %s was not sent: %s", room.name, message.about, delivery.why)
        failing = replace(notice, state=NoticeState.FAILING, at=now, next_try=now + pause)
        self._keep(replace(failing, unsure=notice.unsure + delivery.is_unsure))
        return False

    def _delivered(self, room: NotifySettings, message: Message) -> Delivery:
        try:
            address = address_of(room.to)
        except SecretError as error:
            return Delivery(False, str(error))
        return self._send(address, message, self._clock.now())

    def _drop_what_is_settled(self, messages: Iterable[Message], told: Told, now: datetime) -> None:
        """What waited to be sent, and is not so any more."""
        wanted = {message.about for message in messages}
        for about, notice in told.items():
            if not notice.is_settled and about not in wanted:
                self._drop(replace(notice, at=now), "it is settled, or older than a day")

    def _drop(self, notice: Notice, why: str) -> None:
        log.warning("%s: %s is not sent any more: %s", notice.room, notice.about, why)
        self._keep(replace(notice, state=NoticeState.DROPPED, next_try=None))

    def _keep(self, notice: Notice) -> None:
        self._records.keep_notice(notice)


def pause_after(tries: int) -> timedelta:
    """How long to leave a room alone that was not reached: 1, 2, 4 … 60 minutes."""
    return min(FIRST_PAUSE * (1 << min(tries - 1, 10)), LONGEST_PAUSE)
