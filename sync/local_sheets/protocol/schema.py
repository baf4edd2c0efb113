"""The check of a request's JSON and query parameters against the table of messages, in Google's words.

It says whether the shape is right and hands on a clean copy; whether the content makes sense is for the methods.
Names may be written as in JSON or as in Google's protocol buffers, enums in any case or as their number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sync.local_sheets.book.book import number, single
from sync.local_sheets.errors import violations
from sync.local_sheets.protocol.messages import fields_of, values_of

_SHEETS = "type.googleapis.com/google.apps.sheets.v4."
_MAX_INT = 2**31

# Messages of which only one field can be set, and Google's name for that choice.
_CHOICES = {"Request": "kind", "DataFilter": "filter", "ExtendedValue": "value"}
# Fields that Google wraps, so that 0 is not the same as absent; a refusal names what is inside.
_WRAPPED = {
    "GridRange": ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex"),
    "DimensionRange": ("startIndex", "endIndex"),
    "DeveloperMetadataLookup": ("metadataId", "metadataKey", "metadataValue"),
}


@dataclass(frozen=True)
class _Faults:
    """What was found wrong; with `strict` a name that the message does not have is wrong too."""

    strict: bool
    found: list[tuple[str, str]] = field(default_factory=list)

    def refuse(self, type_name: str, value: Any, path: str) -> None:
        shown = f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else value
        self.found.append((path, f"Invalid value{_at(path)} ({type_name}), {shown}"))

    def unknown(self, name: str, path: str) -> None:
        if self.strict:
            text = f'Invalid JSON payload received. Unknown name "{name}"{_at(path)}: Cannot find field.'
            self.found.append((path, text))

    def settle(self) -> None:
        if self.found:
            raise violations(self.found)


def checked(message: str, body: Any, path: str = "", strict: bool = True) -> dict[str, Any]:
    """`body` as a message of that name, without nulls; every fault of its shape in one refusal."""
    if not isinstance(body, dict):
        raise violations([("", 'Invalid JSON payload received. Unknown name "": Root element must be a message.')])
    faults = _Faults(strict)
    clean = _message(message, body, path, faults)
    faults.settle()
    assert isinstance(clean, dict)
    return clean


def checked_query(message: str, query: dict[str, list[str]], strict: bool = True) -> dict[str, Any]:
    """Query parameters as a message: every value arrives as text, repeated or not."""
    faults = _Faults(strict)
    clean: dict[str, Any] = {}
    for given, texts in query.items():
        name = _known_name(message, given)
        if name is not None:
            kind = _fields(message)[name]
            clean[name] = _value(kind, texts if kind.endswith("[]") else texts[-1], _snake(name), faults)
        elif strict:
            faults.found.append(("", _unbindable(given)))
    faults.settle()
    return clean


def checked_number(text: str, name: str) -> int:
    """A whole number that the URL names."""
    faults = _Faults(strict=True)
    value = _value("int", text, _snake(name), faults)
    faults.settle()
    return int(value)


def _unbindable(name: str) -> str:
    return (
        f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
        f"Field '{name}' could not be found in request message."
    )


def _message(message: str, body: Any, path: str, faults: _Faults) -> Any:
    if not isinstance(body, dict):
        return faults.refuse(_type_name(message), body, path)
    clean: dict[str, Any] = {}
    for given, value in body.items():
        name = _known_name(message, given)
        if name is None:
            faults.unknown(given, path)
        elif value is not None:
            if clean and message in _CHOICES:
                text = f"oneof field '{_CHOICES[message]}' is already set. Cannot set '{given}'"
                faults.found.append((path, f"Invalid value{_at(path)} (oneof), {text}"))
            clean[name] = _value(_fields(message)[name], value, _path_of(message, name, path), faults)
    return clean


def _path_of(message: str, name: str, path: str) -> str:
    inner = f"{path}.{_snake(name)}" if path else _snake(name)
    return f"{inner}.value" if name in _WRAPPED.get(message, ()) else inner


def _value(kind: str, value: Any, path: str, faults: _Faults) -> Any:
    if kind.endswith("[]"):
        item = kind[:-2]
        if isinstance(value, dict) and fields_of(item) is not None:
            return [_message(item, value, path, faults)]  # one alone may stand for a list of one
        if not isinstance(value, list):
            return faults.refuse(_type_name(item), value, path)
        return [_value(item, each, f"{path}[{index}]", faults) for index, each in enumerate(value)]
    scalar = _SCALARS.get(kind)
    if scalar is None and fields_of(kind) is not None:
        return _message(kind, value, path, faults)
    try:
        return _enum(kind, value) if scalar is None else scalar(value)
    except (TypeError, ValueError):
        return faults.refuse(_type_name(kind), value, path)


def _at(path: str) -> str:
    return f" at '{path}'" if path else ""


def _type_name(kind: str) -> str:
    return _TYPE_NAMES.get(kind, _SHEETS + kind)


_TYPE_NAMES = {
    "int": "TYPE_INT32",
    "double": "TYPE_DOUBLE",
    "float": "TYPE_FLOAT",
    "bool": "TYPE_BOOL",
    "string": "TYPE_STRING",
    "ListValue": "type.googleapis.com/google.protobuf.ListValue",
}


def _enum(enum: str, value: Any) -> str:
    names = values_of(enum)
    assert names is not None, enum
    if isinstance(value, str) and not re.fullmatch("[0-9]+", value):
        return names[names.index(value.upper().replace("-", "_"))]
    position = _int(value)
    if not 0 <= position < len(names):
        raise ValueError("no value of the enum has this number")
    return names[position]


def _int(value: Any) -> int:
    if isinstance(value, str) and not re.fullmatch("[+-]?[0-9]{1,20}", value):
        raise ValueError("no digits")
    whole = number(value if not isinstance(value, str) else int(value)) if not isinstance(value, bool) else None
    if not isinstance(whole, int) or not -_MAX_INT <= whole < _MAX_INT:
        raise ValueError("no 32-bit integer")
    return whole


def _double(value: Any) -> int | float:
    if isinstance(value, bool):
        raise ValueError("no number")
    return number(float(value) if isinstance(value, str) else value)


def _float(value: Any) -> int | float:
    return single(_double(value))


def _bool(value: Any) -> bool:
    """Query parameters come as text, and gspread writes them as Python does."""
    if isinstance(value, bool):
        return value
    text = str(value).lower()
    if text in ("true", "t", "yes", "y", "1", "1.0"):
        return True
    if text in ("false", "f", "no", "n", "0", "0.0"):
        return False
    raise ValueError("no boolean")


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("no list")
    return value


_SCALARS: dict[str, Callable[[Any], Any]] = {
    "int": _int,
    "double": _double,
    "float": _float,
    "bool": _bool,
    "string": _string,
    "any": lambda value: value,
    "ListValue": _list,
}


def _known_name(message: str, given: str) -> str | None:
    known = _fields(message)
    return given if given in known else _snakes(message).get(given)


def _fields(message: str) -> dict[str, str]:
    known = fields_of(message)
    assert known is not None, message
    return known


@cache
def _snakes(message: str) -> dict[str, str]:
    return {_snake(name): name for name in _fields(message)}


def _snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda match: "_" + match[0].lower(), name)
