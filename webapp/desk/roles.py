"""What a column or a cell may be: the fields of the mapping language, in the words of people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from sync.config.mapping import CheckInFields, InitiativeFields, KeyResultFields, ObjectiveFields, Record
from sync.config.sources import Source
from sync.domain.languages import N_

RECORDS: dict[str, type[Record]] = {
    "objective": ObjectiveFields,
    "key_result": KeyResultFields,
    "check_in": CheckInFields,
    "initiative": InitiativeFields,
}

RECORD_NAMES = {
    "objective": N_("Objective"),
    "key_result": N_("Key result"),
    "check_in": N_("Check-in"),
    "initiative": N_("Initiative"),
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
    "objective": N_("its objective"),
    "start": N_("start"),
    "target": N_("target"),
    "current": N_("current value"),
    "progress": N_("progress itself"),
    "measure": N_("unit of measure"),
    "metric": N_("how it is measured"),
    "direction": N_("should rise or fall"),
    "confidence": N_("confidence"),
    "date": N_("date"),
    "key_result": N_("its key result"),
    "value": N_("value"),
    "comment": N_("comment"),
    "author": N_("author"),
    "due": N_("due date"),
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
