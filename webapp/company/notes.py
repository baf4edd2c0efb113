"""What people write about each other, ready to be looked up: thanks for everyone, and what is for a few. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sync.domain.cycle_records import Coaching, Feedback, Recognition
from sync.domain.keys import person_key
from sync.domain.okr import KeyResult, Objective
from sync.domain.people import People
from sync.domain.rhythm import day_of
from sync.domain.snapshot import Snapshot
from sync.domain.visibility import EVERYONE, NOBODY, audience, named
from webapp.company.holders import unit_key
from webapp.company.search import Texts, searched

Note = Recognition | Feedback | Coaching


@dataclass(frozen=True, slots=True)
class Thanks:
    """Recognition that is for everyone, and the `texts` by which it is found. `about` is the key of the objective or
    key result that it is about, "" where that is none or not known; `people` are the keys of those who are thanked,
    `units` those of units that are thanked, of their units and of the unit that it is about.
    """

    recognition: Recognition
    about: str
    people: frozenset[str]
    units: frozenset[str]
    texts: Texts


def wall_of(
    recognitions: Mapping[str, Sequence[Recognition]],
    objectives: Mapping[str, Objective],
    key_results: Mapping[str, KeyResult],
    people: People,
) -> tuple[Thanks, ...]:
    """All thanks, the newest first, of one day the row that comes last; those without a day at the end.

    `recognitions` are by the key of what they are about.
    """
    found = [
        _thanks(one, about, objectives, key_results, people) for about, given in recognitions.items() for one in given
    ]
    return tuple(sorted(found, key=lambda thanks: newest_last(thanks.recognition), reverse=True))


def newest_last(note: Note) -> tuple[date, str, int, int]:
    """By this, notes stand in the order of their days, and of one day in that of their rows."""
    return day_of(note.date) or date.min, note.cell.spreadsheet, note.cell.sheet_id, note.cell.row


def notes_of(snapshots: Iterable[Snapshot]) -> Mapping[str, Sequence[Note]]:
    """Everything but what stands on the wall, by the key of each person who is named in it.

    Whether a reader may see one is for `visibility.audience` to say, each time.
    """
    found: dict[str, list[Note]] = {}
    for note in (note for snapshot in snapshots for note in _beside_the_wall(snapshot)):
        for key in dict.fromkeys(filter(None, map(person_key, named(note)))):
            found.setdefault(key, []).append(note)
    return found


def _thanks(
    recognition: Recognition,
    about: str,
    objectives: Mapping[str, Objective],
    key_results: Mapping[str, KeyResult],
    people: People,
) -> Thanks:
    receivers = frozenset(filter(None, map(person_key, recognition.receivers)))
    item = objectives.get(key_results[about].objective if about in key_results else about)
    units = [*recognition.receivers, *([item.unit] if item else [])]
    units += [people.by_key[key].unit for key in receivers if key in people.by_key]
    return Thanks(
        recognition=recognition,
        about=about,
        people=receivers,
        units=frozenset(filter(None, map(unit_key, units))),
        texts=searched((recognition.text, recognition.giver, *recognition.receivers)),
    )


def _beside_the_wall(snapshot: Snapshot) -> Iterator[Note]:
    cycle = snapshot.cycle
    yield from (note for note in cycle.recognitions if audience(note) not in (EVERYONE, NOBODY))
    yield from (note for note in cycle.feedback if audience(note) != NOBODY)
    yield from (note for note in cycle.coachings if audience(note) != NOBODY)
