"""A stored view, unpacked beside what was just read of its spreadsheet: what stands in both is one object.

Nearly all of a view is what it was a pass ago. Without this a process would hold a large one twice, and unpack all of
it to find that out. Knows no tables.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

import msgspec

from sync.domain.okr import KeyResult, Objective
from sync.domain.snapshot import Snapshot

Item = TypeVar("Item", Objective, KeyResult)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored(Snapshot):
    """A view whose objectives and key results are still as they are stored."""

    objectives: tuple[msgspec.Raw, ...] = ()  # type: ignore[assignment]
    key_results: tuple[msgspec.Raw, ...] = ()  # type: ignore[assignment]


_STORED = msgspec.json.Decoder(_Stored)
_OBJECTIVE, _KEY_RESULT = msgspec.json.Decoder(Objective), msgspec.json.Decoder(KeyResult)


def snapshot_in(stored: bytes, read: Iterable[Objective | KeyResult] = ()) -> Snapshot:
    """The view in a JSON of one. What was `read`, and is stored alike, is the same object in it.

    Raises msgspec.DecodeError.
    """
    items = [*read]
    view = _STORED.decode(stored)
    facts = {each.name: getattr(view, each.name) for each in fields(view)}
    objectives = _beside([found for found in items if isinstance(found, Objective)], view.objectives, _OBJECTIVE)
    key_results = _beside([found for found in items if isinstance(found, KeyResult)], view.key_results, _KEY_RESULT)
    return Snapshot(**facts | {"objectives": tuple(objectives), "key_results": tuple(key_results)})


def key_results_in(stored: bytes) -> frozenset[str]:
    """The keys of the key results in a JSON of a view, all of which is looked at, and nothing else of it kept.

    Raises msgspec.DecodeError.
    """
    view = _STORED.decode(stored)
    for entry in view.objectives:
        _OBJECTIVE.decode(entry)
    return frozenset(_KEY_RESULT.decode(entry).key for entry in view.key_results)


def _beside(read: Sequence[Item], stored: Iterable[msgspec.Raw], decoder: msgspec.json.Decoder[Item]) -> Iterator[Item]:
    """What is stored, in its order. As a rule it is what was read, in the same order."""
    places = {found.key: place for place, found in enumerate(read)}
    place = 0
    for entry in stored:
        if not _is_stored_as(read, place, entry):
            item = decoder.decode(entry)
            place = places.get(item.key, place - 1)
            if not _is_stored_as(read, place, entry):
                yield item
                place += 1
                continue
        yield read[place]
        place += 1


def _is_stored_as(read: Sequence[Item], place: int, entry: msgspec.Raw) -> bool:
    """Whether what was read there would be stored like that: equal numbers that are written otherwise would not."""
    return 0 <= place < len(read) and msgspec.Raw(msgspec.json.encode(read[place])) == entry
