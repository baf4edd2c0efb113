"""What teams write down around their OKRs: reviews, recognition, feedback, coaching, and who the people are.

Frozen values. References and names are as written, dates ISO or as written. Who may see a record is for `visibility`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

from sync.domain.cells import CellRef
from sync.domain.okr import Decision


class Visible(StrEnum):
    """For whom the admin says that records are; INVOLVED: those who are named in the row."""

    EVERYONE = "everyone"
    INVOLVED = "involved"
    NOBODY = "nobody"


class CoachingState(StrEnum):
    """Whether what was agreed on is still to be done."""

    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a team learned of an objective or a key result, which `about` names, and what becomes of it.

    `decision` is None where none was made, or where its words (`decision_text`) are not understood.
    """

    about: str
    cell: CellRef
    period: str = ""
    author: str = ""
    date: str = ""
    lesson: str = ""
    decision: Decision | None = None
    decision_text: str = ""
    final_comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """Thanks for something, perhaps about an objective or a key result, which `about` names."""

    text: str
    cell: CellRef
    visible: Visible = Visible.EVERYONE
    giver: str = ""
    receivers: tuple[str, ...] = ()
    date: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What somebody tells others about their work. `kind` is as written, such as praise or advice."""

    text: str
    cell: CellRef
    visible: Visible = Visible.INVOLVED
    giver: str = ""
    receivers: tuple[str, ...] = ()
    date: str = ""
    about: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coaching:
    """A talk between a coach and a person, and what was agreed on. `state` is what `status` means."""

    cell: CellRef
    visible: Visible = Visible.INVOLVED
    coach: str = ""
    person: str = ""
    date: str = ""
    topic: str = ""
    next_step: str = ""
    due: str = ""
    status: str = ""
    state: CoachingState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who works here. `email` is folded; `cell` is None for one whom the configuration names."""

    name: str
    cell: CellRef | None = None
    email: str = ""
    unit: str = ""
    manager: str = ""


CycleRecord = Review | Recognition | Feedback | Coaching | Person


@dataclass(frozen=True, slots=True)
class CycleRecords:
    """The records of one spreadsheet by kind, each in the sheet's order."""

    reviews: tuple[Review, ...] = ()
    recognitions: tuple[Recognition, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    coachings: tuple[Coaching, ...] = ()
    people: tuple[Person, ...] = ()

    @classmethod
    def of(cls, records: Iterable[CycleRecord]) -> "CycleRecords":
        """Records of any kind, sorted by kind."""
        found = tuple(records)
        return cls(
            tuple(record for record in found if isinstance(record, Review)),
            tuple(record for record in found if isinstance(record, Recognition)),
            tuple(record for record in found if isinstance(record, Feedback)),
            tuple(record for record in found if isinstance(record, Coaching)),
            tuple(record for record in found if isinstance(record, Person)),
        )

    def __iter__(self) -> Iterator[CycleRecord]:
        for kind in fields(self):
            yield from getattr(self, kind.name)


NO_RECORDS = CycleRecords()
