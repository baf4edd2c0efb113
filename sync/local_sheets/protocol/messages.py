"""Google's methods and messages as one table: which fields each has, and of what type. Shapes only, no meaning.

The table, `discovery.txt`, is distilled from Google's discovery documents; it says how. A method's query parameters
are a message that is named like the method, with a "?".
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

MAX_TEXT = 50_000  # characters in one cell


class Shape(NamedTuple):
    """A method: its URL as a template, and its messages, None where it has none."""

    verb: str
    path: str
    body: str | None
    answer: str | None


class _Table(NamedTuple):
    methods: dict[str, Shape]
    unanswered: dict[str, Shape]
    enums: dict[str, tuple[str, ...]]
    messages: dict[str, dict[str, str]]


def method_shape(method: str) -> Shape:
    return _table().methods[method]


def methods() -> list[str]:
    return list(_table().methods)


def unanswered() -> dict[str, Shape]:
    """Google's methods that this server does not have; their messages are left out."""
    return _table().unanswered


def values_of(enum: str) -> tuple[str, ...] | None:
    """The values in the order of their numbers; None for what is no enum of the table."""
    return _table().enums.get(enum)


def fields_of(message: str) -> dict[str, str] | None:
    """Field name to type; None for what is no message of the table."""
    return _table().messages.get(message)


@cache
def _table() -> _Table:
    table = _Table({}, {}, {}, {})
    for line in Path(__file__).with_name("discovery.txt").read_text("utf-8").splitlines():
        kind, *rest = line.split()
        if kind == "method":
            name, verb, path, body, answer = rest
            table.methods[name] = Shape(verb, path, _message(body), _message(answer))
        elif kind == "unanswered":
            name, verb, path = rest
            table.unanswered[name] = Shape(verb, path, None, None)
        elif kind == "enum":
            table.enums[rest[0]] = tuple(rest[1:])
        elif kind != "#":
            table.messages[kind] = dict(_field(field) for field in rest)
    return table


def _message(text: str) -> str | None:
    return None if text == "-" else text


def _field(text: str) -> tuple[str, str]:
    name, _, kind = text.partition(":")
    return name, kind
