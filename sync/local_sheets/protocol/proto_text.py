"""A JSON value as Google prints one in a refusal: as text of its protocol buffer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any


def proto_text(value: Any) -> str:
    return "\n".join(_lines(value)) + "\n"


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        yield from _block("list_value", (line for each in value for line in _block("values", _lines(each))))
    elif isinstance(value, dict):
        fields = (line for key, each in value.items() for line in _block("fields", _field(key, each)))
        yield from _block("struct_value", fields)
    elif value is None:
        yield "null_value: NULL_VALUE"
    elif isinstance(value, bool):
        yield f"bool_value: {str(value).lower()}"
    elif isinstance(value, str):
        yield f"string_value: {json.dumps(value, ensure_ascii=False)}"
    else:
        yield f"number_value: {value}"


def _field(key: str, value: Any) -> Iterator[str]:
    yield f"key: {json.dumps(key, ensure_ascii=False)}"
    yield from _block("value", _lines(value))


def _block(name: str, lines: Iterator[str]) -> Iterator[str]:
    yield f"{name} {{"
    yield from (f"  {line}" for line in lines)
    yield "}"
