"""What is wrong with check-ins, initiatives and the records around OKRs, seen from the whole company.

A rule never quotes what is not for everyone: problems are for everyone.
"""

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from sync.domain.cells import CellRef
from sync.domain.cycle_records import Coaching, CycleRecord, Person, Recognition, Review
from sync.domain.keys import person_key
from sync.domain.naming import Names
from sync.domain.people import people_of, two_addresses
from sync.domain.problems import Problem, listed, problem, quote
from sync.domain.rhythm import day_of
from sync.domain.rules import Unmatched, unmatched, unmatched_references
from sync.domain.rules.nearest import ALIKE, NONE
from sync.domain.snapshot import Snapshot
from sync.domain.visibility import EVERYONE, audience, named

# From here on it is the list of people that is not whole.
MOST_UNKNOWN_PEOPLE = 50


@dataclass(frozen=True, slots=True)
class Lost:
    """What the rows of one spreadsheet name that there is not, or that is one of several: check-ins and initiatives
    (`unmatched`, not yet told), and the records around OKRs (`abouts`).
    """

    unmatched: Sequence[Unmatched]
    abouts: Sequence[Problem]


def lost_in(names: Names, snapshot: Snapshot) -> Lost:
    """`names` are those of all objectives and key results."""
    abouts = list(unmatched_abouts(names, snapshot.cycle))
    return Lost(unmatched(names, snapshot.check_ins, snapshot.initiatives), abouts)


def thanks_ahead(recognitions: Iterable[Recognition], today: date) -> Iterator[Problem]:
    """Thanks of a day that is still to come; only of thanks for everyone may the day be told."""
    for one in recognitions:
        day = day_of(one.date)
        if day and day > today and audience(one) == EVERYONE:
            yield problem("thanks-ahead", one.cell, day=one.date)


def check_records(
    names: Names, snapshots: Sequence[Snapshot], configured: Iterable[Person] = (), lost: Iterable[Lost] | None = None
) -> list[Problem]:
    """Every rule; `names` are those of all objectives and key results, `configured` the people whom no sheet lists,
    `lost` is what each spreadsheet's rows lost, where that is known.

    To be asked of a whole company only: what seems to be missing may stand in a spreadsheet that was never read.
    """
    people = [*configured, *(person for snapshot in snapshots for person in snapshot.cycle.people)]
    lost = [lost_in(names, snapshot) for snapshot in snapshots] if lost is None else list(lost)
    return [
        *unmatched_references(names, (found for each in lost for found in each.unmatched)),
        *(found for each in lost for found in each.abouts),
        *two_addresses(people),
        *unknown_people(people, snapshots),
    ]


def unmatched_abouts(names: Names, records: Iterable[CycleRecord]) -> Iterator[Problem]:
    """What is about an objective or key result that there is not, or about one of several."""
    for record in records:
        if isinstance(record, Coaching | Person) or not record.about:
            continue
        meant = names.about(record)
        if len(meant) == 1:
            continue
        if audience(record) != EVERYONE:
            yield problem("unknown-about-unquoted", record.cell)
        elif not meant:
            yield problem("unknown-about", record.cell, text=record.about)
        else:
            cells = listed(str(item.cell) for item in meant)
            yield problem("ambiguous-about", record.cell, text=record.about, count=len(meant), cells=cells)


def unknown_people(people: Sequence[Person], snapshots: Sequence[Snapshot]) -> Iterator[Problem]:
    """Names in check-ins and records that nobody has, where there is a list of people; each name once."""
    if not people:
        return
    known = _known_names(people, snapshots)
    unknown: dict[str, tuple[str, CellRef]] = {}
    for snapshot in snapshots:
        for cell, name in itertools.chain(_authors(snapshot), _public_names(snapshot)):
            if person_key(name) not in known:
                unknown.setdefault(person_key(name), (name, cell))
        yield from _unknown_involved(snapshot, known)
    for name, cell in itertools.islice(unknown.values(), MOST_UNKNOWN_PEOPLE):
        yield problem("unknown-person", cell, text=name, nearest=_nearest(name, known.values()))
    for _, cell in itertools.islice(unknown.values(), MOST_UNKNOWN_PEOPLE, MOST_UNKNOWN_PEOPLE + 1):
        yield problem("more-unknown-people", cell, count=len(unknown) - MOST_UNKNOWN_PEOPLE)


def _known_names(people: Sequence[Person], snapshots: Sequence[Snapshot]) -> dict[str, str]:
    """Names that somebody has, by key: of listed people, their addresses, owners, and teams that act as one."""
    listed_people = people_of(people)
    names = [person.name for person in listed_people.by_key.values()]
    names += [person.unit for person in listed_people.by_key.values()]
    names += [name for snapshot in snapshots for found in snapshot.objectives for name in (found.owner, found.unit)]
    names += [found.owner for snapshot in snapshots for found in snapshot.key_results]
    names += listed_people.keys
    return {person_key(name): name for name in reversed(names) if name} | {"": ""}


def _authors(snapshot: Snapshot) -> Iterator[tuple[CellRef, str]]:
    yield from ((check_in.cell, check_in.author) for check_in in snapshot.check_ins)
    yield from ((review.cell, review.author) for review in snapshot.cycle.reviews)


def _public_names(snapshot: Snapshot) -> Iterator[tuple[CellRef, str]]:
    for record in snapshot.cycle:
        if not isinstance(record, Review | Person) and audience(record) == EVERYONE:
            yield from ((record.cell, name) for name in named(record))


def _unknown_involved(snapshot: Snapshot, known: Mapping[str, str]) -> Iterator[Problem]:
    for record in snapshot.cycle:
        if isinstance(record, Review | Person) or audience(record) == EVERYONE:
            continue
        if any(person_key(name) not in known for name in named(record)):
            yield problem("unknown-involved", record.cell)


def _nearest(name: str, known: Collection[str]) -> str:
    close = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return f"“{quote(close[0])}”" if close else NONE
