"""The check of a request's JSON and query parameters against the table of messages, in Google's words.

It says whether the shape is right and hands on a clean copy; whether the content makes sense is for the methods.
"""

from __future__ import annotations

import re
from typing import Any

from sync.local_sheets.book import number
from sync.local_sheets.errors import violations
from sync.local_sheets.messages import ENUMS, fields_of

_SHEETS = "type.googleapis.com/google.apps.sheets.v4."
_MAX_INT = 2**31


def checked(message: str, body: Any, path: str = "") -> dict[str, Any]:
    """`body` as a message of that name, without nulls; every fault of its shape in one refusal."""
    found: list[tuple[str, str]] = []
    clean = _message(message, body, path, found)
    if found:
        raise violations(found)
    assert isinstance(clean, dict)
    return clean


def checked_query(message: str, query: dict[str, list[str]]) -> dict[str, Any]:
    """Query parameters as a message: every value arrives as text, repeated or not."""
    known = fields_of(message)
    assert known is not None
    found: list[tuple[str, str]] = []
    clean: dict[str, Any] = {}
    for name, texts in query.items():
        if name not in known:
            found.append(("", _unbindable(name)))
        else:
            kind = known[name]
            clean[name] = _value(kind, texts if kind.endswith("[]") else texts[-1], _snake(name), found)
    if found:
        raise violations(found)
    return clean


def _unbindable(name: str) -> str:
    return (
        f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
        f"Field '{name}' could not be found in request message."
    )


def _message(message: str, body: Any, path: str, found: list[tuple[str, str]]) -> Any:
    known = fields_of(message)
    assert known is not None, message
    if not isinstance(body, dict):
        return _refuse(_SHEETS + message, body, path, found)
    clean = {}
    for name, value in body.items():
        if name not in known:
            where = f" at '{path}'" if path else ""
            found.append((path, f'Invalid JSON payload received. Unknown name "{name}"{where}: Cannot find field.'))
        elif value is not None:
            inner = _snake(name)
            clean[name] = _value(known[name], value, f"{path}.{inner}" if path else inner, found)
    return clean


def _value(kind: str, value: Any, path: str, found: list[tuple[str, str]]) -> Any:
    if kind.endswith("[]"):
        item = kind[:-2]
        if not isinstance(value, list):
            return _refuse(_type_name(item), value, path, found)
        return [_value(item, each, f"{path}[{index}]", found) for index, each in enumerate(value)]
    if kind in ENUMS:
        valid = isinstance(value, str) and value in ENUMS[kind]
        return value if valid else _refuse(_SHEETS + kind, value, path, found)
    scalar = _SCALARS.get(kind)
    if scalar is None:
        return _message(kind, value, path, found)
    try:
        return scalar(value)
    except (TypeError, ValueError):
        return _refuse(_type_name(kind), value, path, found)


def _refuse(type_name: str, value: Any, path: str, found: list[tuple[str, str]]) -> None:
    shown = f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else value
    where = f" at '{path}'" if path else ""
    found.append((path, f"Invalid value{where} ({type_name}), {shown}"))


def _type_name(kind: str) -> str:
    if kind == "ListValue":
        return "type.googleapis.com/google.protobuf.ListValue"
    return _TYPE_NAMES.get(kind, _SHEETS + kind)


_TYPE_NAMES = {"int": "TYPE_INT32", "double": "TYPE_DOUBLE", "bool": "TYPE_BOOL", "string": "TYPE_STRING"}


def _int(value: Any) -> int:
    whole = number(value if not isinstance(value, str) else int(value)) if not isinstance(value, bool) else None
    if not isinstance(whole, int) or not -_MAX_INT <= whole < _MAX_INT:
        raise ValueError("no 32-bit integer")
    return whole


def _double(value: Any) -> int | float:
    if isinstance(value, bool):
        raise ValueError("no number")
    return number(float(value) if isinstance(value, str) else value)


def _bool(value: Any) -> bool:
    """Query parameters come as text, and gspread writes them as Python does."""
    if isinstance(value, bool):
        return value
    try:
        return {"true": True, "1": True, "false": False, "0": False}[str(value).lower()]
    except KeyError:
        raise ValueError("no boolean") from None


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("no list")
    return value


_SCALARS: dict[str, Any] = {
    "int": _int,
    "double": _double,
    "bool": _bool,
    "string": _string,
    "any": lambda value: value,
    "ListValue": _list,
}


def _snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda match: "_" + match[0].lower(), name)
