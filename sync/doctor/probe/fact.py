"""What a fact is, and what was seen of it. Tries nothing itself."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sync.doctor.probe.scratch import Scratch


@dataclass(frozen=True, slots=True)
class Observation:
    """What Google did, in short. `as_expected` is None for what could not be tried; the text then says why."""

    text: str
    as_expected: bool | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that we rely on: a name, what we expect in words, and how to see it.

    `look` may raise SheetsError, which counts as seen otherwise, in Google's words.
    """

    name: str
    expected: str
    look: Callable[[Scratch], Observation]


@dataclass(frozen=True, slots=True)
class Result:
    """A fact and what was seen of it."""

    fact: Fact
    seen: Observation


def compared(got: Any, wanted: Any) -> Observation:
    """Whether two JSON values are the same; true is not 1, but 1.0 is."""
    return Observation(shown(got), shown(got) == shown(wanted))


def shown(value: Any) -> str:
    """A JSON value in one line, whole numbers without a fraction."""
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
