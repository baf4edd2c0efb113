"""Who hears of what, and when: the rooms and mailboxes that `sync.notices` sends to.

An address is a secret, so that the file only says where it is kept: in a file of its own or in the environment.
"""

import re
from datetime import time
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from sync.config.faults import Fault
from sync.config.sources import Strict, as_list
from sync.domain.keys import identity
from sync.domain.languages import Language
from sync.domain.okr import Level
from sync.domain.timetable import QuietHours, Timetable

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TIME = r"([01]?\d|2[0-3]):([0-5]\d)"
_WHEN = re.compile(rf"(?:({'|'.join(_DAYS)})|daily|month\s+([1-9]|[12]\d|3[01]))\s+{_TIME}")
_QUIET = re.compile(rf"{_TIME}\s*[-–]\s*{_TIME}")
_VARIABLE = re.compile(r"[A-Za-z_]\w*", re.ASCII)


class What(StrEnum):
    """What somebody hears of."""

    DIGEST = "digest"
    CHECK_IN = "check_in"
    PROBLEMS = "problems"
    TROUBLE = "trouble"
    REVIEW = "review"


def _no_address(value: object) -> object:
    """What stands in the file is seen by whoever sees the file; nothing of it is repeated."""
    if isinstance(value, str) or (isinstance(value, dict) and any(":/" in str(each) for each in value.values())):
        raise Fault("address-pasted")
    return value


def _as_timetable(value: object) -> object:
    if isinstance(value, Timetable):
        return value
    match = _WHEN.fullmatch(str(value).strip().lower())
    if match is None:
        raise Fault("not-a-timetable", value=str(value))
    day, number, hour, minute = match.groups()
    weekday = _DAYS.index(day) if day else None
    return Timetable(time(int(hour), int(minute)), weekday, int(number) if number else None)


def _as_quiet_hours(value: object) -> object:
    if value is None or isinstance(value, QuietHours):
        return value
    match = _QUIET.fullmatch(str(value).strip())
    if match is None:
        raise Fault("not-quiet-hours", value=str(value))
    first_hour, first_minute, last_hour, last_minute = map(int, match.groups())
    return QuietHours(time(first_hour, first_minute), time(last_hour, last_minute))


class AddressSource(Strict):
    """Where an address is kept: a file that nobody else may read, or a variable of the environment."""

    file: Path | None = Field(None, description="File that holds the address and nothing else, with mode 600.")
    env: str | None = Field(None, description="Variable of the environment that holds the address.")

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.file is None) == (self.env is None) or (self.env and not _VARIABLE.fullmatch(self.env)):
            raise Fault("one-address")
        return self

    @property
    def name(self) -> str:
        """What the room is called in records, logs and figures: where its address is kept, and not the address."""
        return self.file.name if self.file else f"${self.env}"


class NotifySettings(Strict):
    """One room or mailbox, and what is told there."""

    to: Annotated[AddressSource, BeforeValidator(_no_address)] = Field(
        description='Where its address is kept: { file = "chat.url" } or { env = "OKR_CHAT" }.'
    )
    what: Annotated[
        tuple[What, ...],
        BeforeValidator(as_list, json_schema_input_type=What | tuple[What, ...]),
    ] = Field(min_length=1, description="What is told there.")
    when: Annotated[Timetable, BeforeValidator(_as_timetable), WithJsonSchema({"type": "string"})] = Field(
        Timetable(time(8), weekday=0),
        description='When digests and check-ins fall due: "mon 08:00", "daily 17:00" or "month 1 09:00".',
        json_schema_extra={"default": "mon 08:00"},
    )
    units: Annotated[tuple[str, ...], BeforeValidator(as_list, json_schema_input_type=str | tuple[str, ...])] = Field(
        (), description="Only of these units; left out: of the whole company."
    )
    levels: Annotated[tuple[Level, ...], BeforeValidator(as_list, json_schema_input_type=Level | tuple[Level, ...])] = (
        Field((), description="Only of objectives of these levels.")
    )
    language: Language = Field("vi", description="Language of the messages.")
    quiet: Annotated[QuietHours | None, BeforeValidator(_as_quiet_hours), WithJsonSchema({"type": "string"})] = Field(
        None, description='Hours in which nothing is sent, such as "20:00-07:00"; it goes out after them.'
    )
    to_people: bool = Field(
        False, description="The address is a mail account: each owner gets a message of their own by their address."
    )

    @property
    def name(self) -> str:
        """What the room is called where its address must not be seen."""
        return self.to.name

    @property
    def scope(self) -> str:
        """A short key of what the room is told of: a change of it is a new beginning."""
        return identity(*sorted(self.units), "/", *sorted(self.levels), "/", self.language, str(self.to_people))

    def seen_from(self, folder: Path) -> Self:
        """With a whole path: a file is seen from `folder`."""
        if self.to.file is None:
            return self
        return self.model_copy(update={"to": self.to.model_copy(update={"file": folder / self.to.file.expanduser()})})

    @model_validator(mode="after")
    def _own_messages(self) -> Self:
        if self.to_people and set(self.what) != {What.CHECK_IN}:
            raise Fault("people-of-what")
        return self


def _can_be_sent(rooms: tuple[NotifySettings, ...]) -> tuple[NotifySettings, ...]:
    if rooms and find_spec("apprise") is None:
        raise Fault("no-apprise")
    files = {room.to.name: room.to.file for room in rooms}
    for room in rooms:
        if room.to.file != files[room.name]:
            raise Fault("one-name", name=room.name)
    return rooms


NotifyTable = Annotated[tuple[NotifySettings, ...], AfterValidator(_can_be_sent)]
