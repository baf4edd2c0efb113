"""Check-ins that are due: to a unit's room its own, to a person theirs, to the whole company how many. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from sync.domain.cycle_records import Recognition
from sync.domain.keys import person_key
from sync.domain.notices import Message
from sync.domain.okr import KeyResult, Objective
from sync.domain.rhythm import day_of
from sync.domain.visibility import audience
from webapp.company.company import Company
from webapp.company.holders import unit_key
from webapp.exports.notices.scene import Scene, with_key_results
from webapp.exports.notices.slots import is_open
from webapp.exports.notices.words import lines

KIND = "check_in"
MOST_NAMED = 3
WEEK = timedelta(days=7)

Due = Sequence[tuple[KeyResult, Objective]]


def check_ins(scene: Scene) -> Iterator[Message]:
    """Those of the newest time that they fell due: one message for the room, or one for each person."""
    due = scene.room.when.newest(scene.now, scene.zone)
    about = f"{KIND} {due:%Y-%m-%dT%H:%M}"
    if scene.room.to_people:
        yield from _to_people(about, due, scene)
    elif is_open(about, due, scene.told, scene.now):
        company = scene.running()
        found = _due(scene, company, scene.day(due))
        text = _of_all(found, scene) if scene.is_whole else _listed(found, scene)
        yield Message(about, due, _title(found, scene.name, scene), text, _keys(found))


def _to_people(about: str, due: datetime, scene: Scene) -> Iterator[Message]:
    """One message for each owner with an address who has something due; then a mark that all of them are made."""
    is_made = about in scene.told
    if not is_made and not is_open(about, due, scene.told, scene.now):
        return
    if is_made and all(notice.is_settled for notice in scene.told.values()):
        return
    company = scene.running()
    by_person: dict[str, list[tuple[KeyResult, Objective]]] = {}
    for part, objective in _due(scene, company, scene.day(due)):
        by_person.setdefault(person_key(part.owner or objective.owner), []).append((part, objective))
    for key, found in by_person.items():
        owner = company.people.by_key.get(key)
        own = f"{about} {key}"
        if owner is not None and owner.email and (own in scene.told or not is_made):
            text = _listed(found, scene, _own_thanks(key, company, scene))
            yield Message(own, due, _title(found, owner.name, scene), text, _keys(found), owner.email)
    # Last, so that all others are noted before it.
    if not is_made:
        yield Message(about, due + timedelta(microseconds=1))


def _due(scene: Scene, company: Company, day: date) -> list[tuple[KeyResult, Objective]]:
    """Key results of the room whose check-in is due by a day, in the order of the sheets."""
    pairs = with_key_results(scene.objectives(company), company)
    return [(part, objective) for part, objective in pairs if _is_due(part, company, day)]


def _is_due(part: KeyResult, company: Company, day: date) -> bool:
    return part.key in company.heard and company.heard[part.key].due <= day


def _keys(found: Due) -> tuple[str, ...]:
    return tuple(part.key for part, _ in found)


def _title(found: Due, name: str, scene: Scene) -> str:
    return scene.words.ngettext(
        "%(name)s: %(count)s key result is waiting for its check-in",
        "%(name)s: %(count)s key results are waiting for their check-in",
        len(found),
        name=name,
    )


def _listed(found: Due, scene: Scene, thanks: str = "") -> str:
    if not found:
        return ""
    told: list[str] = []
    for part, _ in found[:MOST_NAMED]:
        told += [_line(part, scene), scene.cell(part.current.cell or part.cell)]
    left = len(found) - MOST_NAMED
    more = _more(left, scene) if left > 0 else ""
    return lines(*told, more, thanks, _meeting(scene) if left > 0 else "")


def _more(left: int, scene: Scene) -> str:
    return scene.words.ngettext("… and %(count)s more key result", "… and %(count)s more key results", left)


def _line(part: KeyResult, scene: Scene) -> str:
    amount = scene.reader.formats.amount
    return scene.words.gettext(
        "• %(text)s: now %(current)s, target %(target)s",
        text=part.text,
        current=amount(part.current),
        target=amount(part.target),
    )


def _meeting(scene: Scene) -> str:
    """The page for the meeting of the room's unit."""
    keys = [unit_key(unit) for unit in scene.room.units]
    return scene.link(f"check-in/{keys[0]}" if len(keys) == 1 and scene.url else "check-ins" if scene.url else "")


def _of_all(found: Due, scene: Scene) -> str:
    """How many, by unit, and nobody's name."""
    if not found:
        return ""
    units: dict[str, int] = {}
    for _, objective in found:
        name = objective.unit or scene.reader.words.gettext("without a unit")
        units[name] = units.get(name, 0) + 1
    told = [scene.words.gettext("• %(unit)s: %(count)s", unit=unit, count=count) for unit, count in units.items()]
    shown = told[:7] if len(told) > 8 else told
    left = (
        scene.words.ngettext("… and %(count)s more unit", "… and %(count)s more units", len(told) - len(shown))
        if len(told) > len(shown)
        else ""
    )
    return lines(*shown, left, _meeting(scene))


def _own_thanks(key: str, company: Company, scene: Scene) -> str:
    """The newest recognition of the week for one person, which may be for their eyes alone."""
    given = [
        (day, one)
        for snapshot in company.snapshots.values()
        for one in snapshot.cycle.recognitions
        if (day := day_of(one.date)) and company.today - WEEK <= day <= company.today and _is_for(key, one)
    ]
    if not given:
        return ""
    newest = max(given, key=lambda each: each[0])[1]
    return scene.words.gettext("• %(giver)s thanks you: %(text)s", giver=newest.giver or "—", text=newest.text)


def _is_for(key: str, recognition: Recognition) -> bool:
    receivers = {person_key(name) for name in recognition.receivers}
    return key in receivers and audience(recognition).has({key})
