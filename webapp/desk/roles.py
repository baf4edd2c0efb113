"""What a column or a cell may be: the fields of the mapping language, in the words of people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from sync.config.cycle_fields import (
    CheckInFields,
    CoachingFields,
    FeedbackFields,
    InitiativeFields,
    PersonFields,
    RecognitionFields,
    ReviewFields,
)
from sync.config.mapping import KeyResultFields, ObjectiveFields
from sync.config.record import Record
from sync.config.sources import Source
from sync.domain.languages import N_

RECORDS: dict[str, type[Record]] = {
    "objective": ObjectiveFields,
    "key_result": KeyResultFields,
    "check_in": CheckInFields,
    "initiative": InitiativeFields,
    "review": ReviewFields,
    "recognition": RecognitionFields,
    "feedback": FeedbackFields,
    "coaching": CoachingFields,
    "person": PersonFields,
}

RECORD_NAMES = {
    "objective": N_("Objective"),
    "key_result": N_("Key result"),
    "check_in": N_("Check-in"),
    "initiative": N_("Initiative"),
    "review": N_("Review"),
    "recognition": N_("Recognition"),
    "feedback": N_("Feedback"),
    "coaching": N_("Coaching"),
    "person": N_("Person"),
}

FIELD_NAMES = {
    "text": N_("text"),
    "id": N_("ID"),
    "level": N_("level"),
    "unit": N_("team or department"),
    "owner": N_("owner"),
    "period": N_("period"),
    "status": N_("status"),
    "kind": N_("committed or aspirational"),
    "weight": N_("weight"),
    "parent": N_("objective that it supports"),
    "related": N_("related objectives"),
    "score": N_("place of the score"),
    "band": N_("place of the band"),
    "pace": N_("place for ahead of or behind time"),
    "message": N_("place for what is to be mended"),
    "checked": N_("place for the day of the last reading"),
    "objective": N_("its objective"),
    "start": N_("start"),
    "target": N_("target"),
    "current": N_("current value"),
    "progress": N_("progress, worked out already"),
    "measure": N_("unit of measure"),
    "metric": N_("how it is scored"),
    "direction": N_("should rise or fall"),
    "confidence": N_("confidence"),
    "date": N_("date"),
    "key_result": N_("its key result"),
    "value": N_("value"),
    "comment": N_("comment"),
    "author": N_("author"),
    "due": N_("due date"),
    "before": N_("value before"),
    "obstacle": N_("obstacle"),
    "next_step": N_("next step"),
    "about": N_("objective or key result that it is about"),
    "lesson": N_("lesson"),
    "decision": N_("decision"),
    "final_comment": N_("final comment"),
    "giver": N_("from whom"),
    "receiver": N_("to whom"),
    "person": N_("person"),
    "coach": N_("coach"),
    "topic": N_("topic"),
    "name": N_("name"),
    "email": N_("e-mail address"),
    "manager": N_("manager"),
}

# Where a field's name says something else than elsewhere.
_OWN_NAMES = {
    ("initiative", "start"): N_("first day"),
    ("initiative", "status"): N_("planned, doing, done or dropped"),
    ("initiative", "progress"): N_("how much is done"),
    ("feedback", "kind"): N_("kind of feedback"),
    ("coaching", "status"): N_("open or done"),
}


@dataclass(frozen=True, slots=True, order=True)
class Role:
    """A field of a kind of record, such as the target of a key result. `kind` tells several kinds of key results on one
    tab apart.
    """

    record: str
    field: str
    kind: int = 0

    @property
    def is_score(self) -> bool:
        return self.field == "score"


def field_name(role: Role) -> str:
    """What people call the field of a role, in English."""
    return _OWN_NAMES.get((role.record, role.field)) or FIELD_NAMES[role.field]


def roles() -> list[Role]:
    """Every role, records and fields in the order of the mapping language."""
    return [Role(record, name) for record, model in RECORDS.items() for name in _sources_of(model)]


def known_role(record: str, field: str, kind: int = 0) -> Role | None:
    """The role of that name, None where there is none."""
    return Role(record, field, kind) if Role(record, field) in roles() else None


def kinds_in(table: Mapping[str, Any], record: str) -> list[Mapping[str, Any]]:
    """The tables of a record in a tab's entry: one, several kinds, or none."""
    held = table.get(record)
    several = held if isinstance(held, list) else [held]
    return [each for each in several if isinstance(each, Mapping)]


def path_of(table: Mapping[str, Any], record: str, kind: int = 0) -> tuple[str | int, ...]:
    """Where a kind of record stands in a tab's entry."""
    return (record, kind) if isinstance(table.get(record), list) else (record,)


def _sources_of(model: type[Record]) -> Iterator[str]:
    for name, info in model.model_fields.items():
        if any(isinstance(kind, type) and issubclass(kind, Source) for kind in _kinds(info.annotation)):
            yield name


def _kinds(annotation: Any) -> Iterator[Any]:
    """What a field may hold by its annotation; conditions, which are many in one, are no source."""
    if get_origin(annotation) in (Union, UnionType, Annotated):
        for inner in get_args(annotation):
            yield from _kinds(inner)
    else:
        yield annotation
