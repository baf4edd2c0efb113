"""One mapping of many: what is known by key of each spreadsheet, put together for all of them. Pure.

Keys that one part alone has are taken over as they are, without a look at each.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


def united(parts: Iterable[Mapping[Key, Value]]) -> dict[Key, Value]:
    """All of them; of a key that several have, what the last one says."""
    found: dict[Key, Value] = {}
    for part in parts:
        found.update(part)
    return found


def joined(parts: Iterable[Mapping[Key, tuple[Value, ...]]]) -> dict[Key, tuple[Value, ...]]:
    """All of them; of a key that several have, what each says, in their order."""
    found: dict[Key, tuple[Value, ...]] = {}
    several: dict[Key, list[Value]] = {}
    for part in parts:
        for key in found.keys() & part.keys():
            if key not in several:
                several[key] = list(found[key])
            several[key] += part[key]
        found.update(part)
    found.update((key, tuple(values)) for key, values in several.items())
    return found
