"""Every answer of a local Sheets server in these tests, held against the schemas of Google's discovery documents."""

from __future__ import annotations

import re
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
            self.faults += [f"{method}: ${fault}" for fault in self._misfits(schema, answer, self._schemas[name])]

    def _misfits(self, schema: Schema, value: Any, schemas: dict[str, Schema]) -> list[str]:
        """Each with the way to it from here, which is put together for faults alone: nearly all is as it should be."""
        while "$ref" in schema:
            schema = schemas[schema["$ref"]]
        kind = schema.get("type")
        if kind == "object":
            return self._object_misfits(schema, value, schemas)
        if kind == "array":
            if not isinstance(value, list):
                return [f" is no list: {value!r}"]
            found = ((index, self._misfits(schema["items"], item, schemas)) for index, item in enumerate(value))
            return [f"[{index}]{fault}" for index, faults in found for fault in faults]
        return [] if _is_scalar(schema, value) else [f" is no {schema.get('format', kind)}: {value!r}"]

    def _object_misfits(self, schema: Schema, value: Any, schemas: dict[str, Schema]) -> list[str]:
        if not isinstance(value, dict):
            return [f" is no object: {value!r}"]
        known, other = schema.get("properties", {}), schema.get("additionalProperties")
        found: list[str] = []
        for name, inner in value.items():
            part = known.get(name, other)
            if part is None:
                found.append(f".{name} is not in the schema")
            elif faults := self._misfits(part, inner, schemas):
                found += [f".{name}{fault}" for fault in faults]
        return found


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
