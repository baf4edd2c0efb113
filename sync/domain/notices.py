"""Notices: what is said to a room or a person, and what is known of each that was to be said. Pure.

`webapp.exports.notices` makes the messages, `sync.notices` sends them, `sync.records` keeps what became of each.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sync.domain.keys import identity


class NoticeState(StrEnum):
    """What became of a message.

    SENDING: it was about to go out, and nobody noted what came of that. FAILING: it is tried again. NOTHING: there was
    nothing to say. DROPPED: it is not sent any more.
    """

    SENDING = "sending"
    SENT = "sent"
    FAILING = "failing"
    NOTHING = "nothing"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Message:
    """Something to say, once: `about` tells it from all others to the same room. Without a text nothing is to be said.

    `due` is when it fell due. `subjects` are the keys of what it tells of. `address` is the e-mail of the one person
    that it is for; "" where it is for the room.
    """

    about: str
    due: datetime
    title: str = ""
    text: str = ""
    subjects: tuple[str, ...] = ()
    address: str = ""

    @property
    def content(self) -> str:
        """A short key of what it says."""
        return identity(self.title, self.text)


@dataclass(frozen=True, slots=True)
class Notice:
    """What is known of a message to a room. `scope` tells apart what a room is told of; `tries` counts the times that
    it was sent, `unsure` those of them after which it may have arrived. `content` is a hash: no text is kept.
    """

    room: str
    scope: str
    about: str
    state: NoticeState
    due: datetime
    at: datetime
    content: str = ""
    tries: int = 0
    unsure: int = 0
    next_try: datetime | None = None
    subjects: tuple[str, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is done about it."""
        return self.state in (NoticeState.SENT, NoticeState.NOTHING, NoticeState.DROPPED)


# What is known of everything that was to be said in a room, by what it is about.
Told = Mapping[str, Notice]
