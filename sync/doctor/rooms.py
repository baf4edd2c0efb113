"""What the doctor finds of rooms and mailboxes: whether their addresses can be used, whether messages arrive, and
whether there are the units that they hear of.

Sends nothing: `notify --test` does.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from rapidfuzz import fuzz, process

from sync.config.notify import NotifySettings
from sync.config.secrets import SecretError
from sync.config.settings import Config
from sync.doctor.finding import Finding
from sync.doctor.texts import say
from sync.domain.keys import key_of
from sync.domain.languages import Language
from sync.notices import address_of, describe, is_mail
from sync.records import Records, RecordsError


def room_findings(config: Config, language: Language) -> Iterator[Finding]:
    """One for each room, and one for each unit that nobody knows."""
    if not config.notify:
        return
    failing, units = _recorded(config)
    for room in {room.name: room for room in config.notify}.values():
        yield _room(room, failing, language)
    for room in config.notify:
        yield from _strangers(room, units, language)


def _recorded(config: Config) -> tuple[Mapping[str, datetime], Mapping[str, str]]:
    """Rooms that did not take a message, and the units of the last good views by key; none where the records cannot
    tell, which is a finding of its own.
    """
    try:
        with Records.open(config.database_url, config.database_schema) as records:
            found = (objective.unit for view in records.snapshots() for objective in view.objectives)
            return records.failing_rooms(), {key_of(unit): unit for unit in found if unit}
    except RecordsError:
        return {}, {}


def _strangers(room: NotifySettings, units: Mapping[str, str], language: Language) -> Iterator[Finding]:
    """Units that a room is to hear of and no sheet names; before the first view nobody knows which there are."""
    what = say(language, "room", room=room.name)
    for unit in room.units if units else ():
        if key_of(unit) not in units:
            near, _, _ = process.extract(key_of(unit), list(units), scorer=fuzz.WRatio, limit=1)[0]
            seen = say(language, "room_no_unit", unit=unit)
            yield Finding(what, False, seen, say(language, "room_name_unit", nearest=units[near]))


def _room(room: NotifySettings, failing: Mapping[str, datetime], language: Language) -> Finding:
    what = say(language, "room", room=room.name)
    try:
        address = address_of(room.to)
    except SecretError as error:
        return Finding(what, False, error.told(language), say(language, "room_mend"))
    channel = describe(address)
    if not channel:
        return Finding(what, False, say(language, "room_unknown"), say(language, "room_mend"))
    if room.to_people and not is_mail(address):
        return Finding(what, False, say(language, "room_no_mail", channel=channel), say(language, "room_mend"))
    if room.name in failing:
        seen = say(language, "room_failing", channel=channel, at=f"{failing[room.name]:%Y-%m-%d %H:%M} UTC")
        return Finding(what, False, seen, say(language, "room_try"))
    return Finding(what, True, say(language, "room_good", channel=channel))
