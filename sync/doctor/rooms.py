"""What the doctor finds of rooms and mailboxes: whether their addresses can be used, and whether messages arrive.

Sends nothing: `notify --test` does.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from sync.config.notify import NotifySettings
from sync.config.secrets import SecretError
from sync.config.settings import Config
from sync.doctor.finding import Finding
from sync.doctor.texts import say
from sync.domain.languages import Language
from sync.notices import address_of, describe, is_mail
from sync.records import Records, RecordsError


def room_findings(config: Config, language: Language) -> Iterator[Finding]:
    """One for each room."""
    failing = _failing(config)
    for room in {room.name: room for room in config.notify}.values():
        yield _room(room, failing, language)


def _failing(config: Config) -> Mapping[str, datetime]:
    """Rooms that did not take a message; none where the records cannot tell, which is a finding of its own."""
    try:
        with Records.open(config.database_url) as records:
            return records.failing_rooms()
    except RecordsError:
        return {}


def _room(room: NotifySettings, failing: Mapping[str, datetime], language: Language) -> Finding:
    what = say(language, "room", room=room.name)
    try:
        address = address_of(room.to)
    except SecretError as error:
        return Finding(what, False, str(error), say(language, "room_mend"))
    channel = describe(address)
    if not channel:
        return Finding(what, False, say(language, "room_unknown"), say(language, "room_mend"))
    if room.to_people and not is_mail(address):
        return Finding(what, False, say(language, "room_no_mail", channel=channel), say(language, "room_mend"))
    if room.name in failing:
        seen = say(language, "room_failing", channel=channel, at=f"{failing[room.name]:%Y-%m-%d %H:%M} UTC")
        return Finding(what, False, seen, say(language, "room_try"))
    return Finding(what, True, say(language, "room_good", channel=channel))
