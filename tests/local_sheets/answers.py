"""Every answer of a local Sheets server in these tests, held against the schemas of Google's discovery documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sync.local_sheets.calls.call import Answer

from .discovery import Schema, document, methods

_RANGES = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}


class AnswerCheck:
    """Told of each answer; `faults` says where one does not fit, `seen` counts them."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.seen = 0
        self._schemas = {name: document(name)["schemas"] for name in ("sheets.v4", "drive.v3")}
        self._answers = _answers("sheets.v4", "sheets.") | _answers("drive.v3", "")

    def __call__(self, method: str, answer: Answer) -> None:
        if isinstance(answer, dict) and method in self._answers:
            self.seen += 1
            name, schema = self._answers[method]
            self.faults += [f"{method}: {fault}" for fault in self._misfits(schema, answer, "$", self._schemas[name])]

    def _misfits(self, schema: Schema, value: Any, path: str, schemas: dict[str, Schema]) -> Iterator[str]:
        if "$ref" in schema:
            yield from self._misfits(schemas[schema["$ref"]], value, path, schemas)
        elif schema.get("type") == "object":
            yield from self._object_misfits(schema, value, path, schemas)
        elif schema.get("type") == "array":
            if not isinstance(value, list):
                yield f"{path} is no list: {value!r}"
            else:
                for index, item in enumerate(value):
                    yield from self._misfits(schema["items"], item, f"{path}[{index}]", schemas)
        elif not _is_scalar(schema, value):
            yield f"{path} is no {schema.get('format', schema.get('type'))}: {value!r}"

    def _object_misfits(self, schema: Schema, value: Any, path: str, schemas: dict[str, Schema]) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{path} is no object: {value!r}"
            return
        known, other = schema.get("properties", {}), schema.get("additionalProperties")
        for name, inner in value.items():
            if name not in known and other is None:
                yield f"{path}.{name} is not in the schema"
            else:
                yield from self._misfits(known.get(name, other), inner, f"{path}.{name}", schemas)


def _answers(name: str, prefix: str) -> dict[str, tuple[str, Schema]]:
    found = {key: method["response"] for key, method in methods(document(name)).items() if "response" in method}
    return {key.removeprefix(prefix): (name, schema) for key, schema in found.items()}


def _is_scalar(schema: Schema, value: Any) -> bool:
    kind, form = schema.get("type"), schema.get("format")
    if kind == "any":
        return isinstance(value, str | int | float | bool)
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "integer":
        low, high = _RANGES[form or "int32"]
        return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return kind == "string" and isinstance(value, str) and _is_text(schema, form, value)


def _is_text(schema: Schema, form: str | None, value: str) -> bool:
    if "enum" in schema:
        return value in schema["enum"]
    if form in ("date-time", "google-datetime"):
        return datetime.fromisoformat(value).tzinfo is not None
    return form != "int64" or re.fullmatch("-?[0-9]+", value) is not None
