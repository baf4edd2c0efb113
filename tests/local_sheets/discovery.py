"""Google's discovery documents, as google-api-python-client ships them: what our own table is distilled from.

`python -m tests.local_sheets.discovery` writes the table anew, after an upgrade of the client say.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import sync.local_sheets

Schema = dict[str, Any]

TABLE = Path(sync.local_sheets.__file__).parent / "protocol" / "discovery.txt"

# Methods of Drive that this server answers; of Sheets it is all.
DRIVE_METHODS = [
    *(f"drive.files.{name}" for name in ("copy", "create", "delete", "export", "get", "list", "update")),
    *(f"drive.permissions.{name}" for name in ("create", "delete", "get", "list", "update")),
    *(f"drive.changes.{name}" for name in ("getStartPageToken", "list")),
    *("drive.comments.list", "drive.about.get"),
]

# Types whose name is not in their first value, by that value.
_ENUM_NAMES = {
    "FORMATTED_VALUE": "ValueRenderOption",
    "INPUT_VALUE_OPTION_UNSPECIFIED": "ValueInputOption",
    "MERGE_ALL": "MergeType",
    "NORMAL": "PasteOrientation",
    "OVERWRITE": "InsertDataOption",
    "PASTE_NORMAL": "PasteType",
    "SERIAL_NUMBER": "DateTimeRenderOption",
}

_HEADER = """\
# Distilled from Google's discovery documents of Sheets v4 ({sheets}) and Drive v3 ({drive}).
# Written by tests/local_sheets/discovery.py; a test holds it against the documents.
# "method" id verb path request answer; "unanswered" id verb path; "enum" name values; else message, then field:type,
# where [] repeats.
"""


@cache
def document(name: str) -> Schema:
    """A discovery document by its file name, as `sheets.v4`."""
    text = (files("googleapiclient") / "discovery_cache" / "documents" / f"{name}.json").read_text("utf-8")
    found: Schema = json.loads(text)
    return found


def methods(resource: Schema) -> dict[str, Schema]:
    found = {method["id"]: method for method in resource.get("methods", {}).values()}
    for inner in resource.get("resources", {}).values():
        found |= methods(inner)
    return found


def distilled() -> str:
    sheets, drive = document("sheets.v4"), document("drive.v3")
    head = _HEADER.format(sheets=sheets["revision"], drive=drive["revision"])
    return head + "\n".join([*_Distiller("", sheets).lines(), *_Distiller("drive.", drive).lines()]) + "\n"


class _Distiller:
    """The lines of one document. Messages of Drive are prefixed, as both APIs have a Comment."""

    def __init__(self, prefix: str, found: Schema) -> None:
        self.prefix = prefix
        self.schemas: dict[str, Schema] = found["schemas"]
        self.base = found["servicePath"]
        known = {name.removeprefix("sheets."): method for name, method in methods(found).items()}
        self.methods = {name: method for name, method in known.items() if not prefix or name in DRIVE_METHODS}
        self.unanswered = {name: method for name, method in known.items() if name not in self.methods}
        self.queries = {
            f"{name}?": {
                key: given for key, given in method.get("parameters", {}).items() if given["location"] == "query"
            }
            for name, method in self.methods.items()
        }
        self.messages = {prefix + name: self.schemas[name].get("properties", {}) for name in self._reached()}
        self.enums = self._enums()

    def _reached(self) -> list[str]:
        """The schemas that the methods lead to; for Sheets that is all of them."""
        waiting = [method[part]["$ref"] for method in self.methods.values() for part in _parts(method)]
        found: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += _references(self.schemas[name])
        return sorted(found)

    def _enums(self) -> dict[tuple[str, ...], str]:
        """A name for every list of values that a field can have."""
        places: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for message, fields in {**self.messages, **self.queries}.items():
            for name, field in fields.items():
                values = field.get("items", field).get("enum")
                if values:
                    places[tuple(values)].append(f"{message}.{name[0].upper()}{name[1:]}")
        return {values: _enum_name(values[0], found) for values, found in places.items()}

    def lines(self) -> list[str]:
        listed = [self._method(name, method) for name, method in sorted(self.methods.items())]
        listed += [
            f"unanswered {name} {method['httpMethod']} /{self.base}{method['path']}"
            for name, method in sorted(self.unanswered.items())
        ]
        listed += sorted(f"enum {name} {' '.join(values)}" for values, name in self.enums.items())
        listed += [self._message(name, fields) for name, fields in sorted({**self.messages, **self.queries}.items())]
        return listed

    def _method(self, name: str, method: Schema) -> str:
        request, answer = (
            self.prefix + method[part]["$ref"] if part in method else "-" for part in ("request", "response")
        )
        return f"method {name} {method['httpMethod']} /{self.base}{method['path']} {request} {answer}"

    def _message(self, name: str, fields: dict[str, Schema]) -> str:
        return " ".join([name, *(f"{field}:{self._type(fields[field])}" for field in sorted(fields))])

    def _type(self, field: Schema) -> str:
        if field.get("repeated"):
            return self._type({**field, "repeated": False}) + "[]"
        if field.get("type") == "array":
            inner = field["items"]
            return "ListValue[]" if inner.get("type") == "array" else self._type(inner) + "[]"
        if "$ref" in field:
            return f"{self.prefix}{field['$ref']}"
        if "enum" in field:
            return self.enums[tuple(field["enum"])]
        if field.get("type") == "object":
            return "any"
        plain: str = field["type"]
        numbers: str = field.get("format", "double")
        return {"integer": "int", "boolean": "bool", "number": numbers}.get(plain, plain)


def _parts(method: Schema) -> list[str]:
    return [part for part in ("request", "response") if part in method]


def _references(schema: Any) -> list[str]:
    if isinstance(schema, list):
        return [name for each in schema for name in _references(each)]
    if not isinstance(schema, dict):
        return []
    own = [schema["$ref"]] if "$ref" in schema else []
    return own + [name for each in schema.values() for name in _references(each)]


def _enum_name(first: str, places: list[str]) -> str:
    """The type's own name, which the documents leave out: it is in the first value, as DIMENSION_UNSPECIFIED."""
    if first in _ENUM_NAMES:
        return _ENUM_NAMES[first]
    stem = first.removesuffix("_UNSPECIFIED")
    return places[0] if stem == first else "".join(word.capitalize() for word in stem.split("_"))


if __name__ == "__main__":
    TABLE.write_text(distilled(), encoding="utf-8")
