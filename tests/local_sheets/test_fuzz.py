"""Requests of every method, made from Google's schemas and spoilt here and there: none is answered with a 500.

`make fuzz` sends 10,000 of them, other ones at every run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.local_sheets import LocalSheets
from sync.local_sheets.sheets.requests import KINDS

from .conftest import Client
from .discovery import DRIVE_METHODS, Schema, document, methods

_AT_ONCE = 5
_REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "300"))
_DEEPEST = 7

SCHEMAS = {name: document(name)["schemas"] for name in ("sheets.v4", "drive.v3")}
METHODS = [("sheets.v4", method) for method in methods(document("sheets.v4")).values()]
METHODS += [("drive.v3", method) for name, method in methods(document("drive.v3")).items() if name in DRIVE_METHODS]

A1 = ["A1", "A1:C3", "Sheet1", "Sheet1!B2:D", "R1C1:R3C2", "2:3", "B", "'Sheet1'!A1", "Nope!A1", "C3:A1", "Named", ""]
FORMULAS = ["=A1+1", "=SUM(A1:B9)", "=1/0", "=", "=IF(", "='Sheet1'!A1", "=A1:A1:A1"]
MASKS = [*["*"] * 8, "userEnteredValue", "title,index", "note", "spreadsheetId", "(", "gridProperties", "pixelSize"]
QUERIES = ["name = 'x'", "name contains 'OKR' or not trashed = true", "'root' in parents", "(", "name"]
TYPED = ["1", "0,7", "70%", "1e999", "2026-02-30", "TRUE", "'=x", "é\u200b<>", "x" * 60_000]
FILE_TYPES = ["text/csv", "application/pdf", "application/vnd.google-apps.spreadsheet"]
# Fields whose message is a choice: one thing is set.
ONE_OF = ("dataFilter", "dataFilters", "userEnteredValue", "values", "location", "metadataLocation")
TEXTS: dict[str, list[str]] = {
    "a1Range": A1,
    "fields": MASKS,
    "range": A1,
    "ranges": A1,
    "responseRanges": A1,
    "formulaValue": FORMULAS,
    "q": QUERIES,
    "orderBy": ["name", "modifiedTime desc", ",", "folder,name_natural"],
    "pageToken": ["0", "1", "x", "99999999999999999999"],
    "mimeType": FILE_TYPES,
    "locale": ["en_US", "vi_VN", "xx", ""],
    "find": ["x", "(", "[0-9]", ""],
    "name": ["Named", "Scores", "OKR", "A1", ""],
    "namedRangeId": ["31", "31", ""],
    "permissionId": ["1", "2", "x"],
}

# What the spreadsheet of each run has from the beginning, so that there is something to change and delete.
AREA = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2}
ROWS = {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 2}
METADATA = {"metadataId": 1, "metadataKey": "okr", "visibility": "DOCUMENT", "location": {"spreadsheet": True}}
FURNITURE: list[dict[str, Any]] = [
    {"addNamedRange": {"namedRange": {"namedRangeId": "31", "name": "Named", "range": AREA}}},
    {"addProtectedRange": {"protectedRange": {"protectedRangeId": 1, "range": AREA}}},
    {"addDimensionGroup": {"range": ROWS}},
    {"createDeveloperMetadata": {"developerMetadata": METADATA}},
]

texts = st.one_of(st.sampled_from(TYPED + A1), st.text(max_size=8))
whole_numbers = st.one_of(st.integers(-2, 12), st.sampled_from([0, 0, 0, 1_000, 2**31 - 1, -(2**31), 2**40]))
numbers = st.one_of(st.integers(-3, 3), st.floats(allow_nan=False, allow_infinity=False))
junk = st.one_of(st.none(), st.booleans(), numbers, texts, st.just([]), st.just({}), st.just({"rose": 1}))


def _span(start: str, end: str) -> st.SearchStrategy[dict[str, int]]:
    """From and to, most often in this order; one or both may be left out."""
    some = st.tuples(st.integers(0, 6), st.integers(1, 4)).map(lambda pair: {start: pair[0], end: sum(pair)})
    return st.one_of(some, some, some, st.just({}), st.fixed_dictionaries({}, optional={start: whole_numbers}))


@st.composite
def places(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """A GridRange, DimensionRange or GridCoordinate that is most often on the sheet."""
    sheet = draw(st.sampled_from([*[{"sheetId": 0}] * 9, {}, {"sheetId": 99}]))
    if name == "GridCoordinate":
        return {**sheet, "rowIndex": draw(st.integers(-1, 6)), "columnIndex": draw(st.integers(0, 4))}
    if name == "DimensionRange":
        dimension = draw(st.sampled_from(["ROWS", "COLUMNS"]))
        return {**sheet, "dimension": dimension, **draw(_span("startIndex", "endIndex"))}
    columns = draw(_span("startColumnIndex", "endColumnIndex"))
    return {**sheet, **draw(_span("startRowIndex", "endRowIndex")), **columns}


@st.composite
def messages(draw: st.DrawFn, schemas: dict[str, Schema], schema: Schema, name: str, depth: int) -> Any:
    """A value of the schema; now and then one of no schema."""
    if draw(st.integers(0, 99)) == 99:
        return draw(junk)
    if "$ref" in schema:
        if schema["$ref"] == "Request":
            return draw(requests(schemas, depth))
        if schema["$ref"] in ("GridRange", "DimensionRange", "GridCoordinate"):
            return draw(places(schema["$ref"]))
        return draw(messages(schemas, schemas[schema["$ref"]], name, depth))
    if schema.get("type") == "array":
        few = 1 if depth > 3 else 3
        item = messages(schemas, schema["items"], name, depth + 1)
        return draw(st.lists(item, max_size=few)) if depth < _DEEPEST else []
    if schema.get("type") == "object":
        known = schema.get("properties", {})
        if depth >= _DEEPEST or not known:
            return {}
        most = 1 if name in ONE_OF else 4 if depth < 3 else 3
        some = draw(st.lists(st.sampled_from(sorted(known)), min_size=min(most, 1), max_size=most, unique=True))
        return {each: draw(messages(schemas, known[each], each, depth + 1)) for each in some}
    return draw(_scalars(schema, name))


def _scalars(schema: Schema, name: str) -> st.SearchStrategy[Any]:
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if name in ("sheetId", "sourceSheetId"):
        return st.sampled_from([0, 0, 0, 7, 99])
    if name in ("protectedRangeId", "metadataId", "depth"):
        return st.sampled_from([1, 1, 1, 5])
    if name in TEXTS:
        return st.sampled_from(TEXTS[name])
    kind = schema.get("type")
    return {"integer": whole_numbers, "number": numbers, "boolean": st.booleans(), "any": junk}.get(kind or "", texts)


@st.composite
def requests(draw: st.DrawFn, schemas: dict[str, Schema], depth: int) -> Any:
    """One kind of request of `:batchUpdate`, most often one that is carried out, with its main fields set."""
    known = schemas["Request"]["properties"]
    kind = draw(st.sampled_from([*[*KINDS] * 9, *sorted(known)]))
    fields = schemas[known[kind]["$ref"]].get("properties", {})
    left_out = {draw(st.sampled_from(["", "", "", *sorted(fields)])), "tableId", "dataSourceSheetDimensions", "html"}
    for rivals in (("start", "range"), ("range", "sheetId", "allSheets")):
        there = [each for each in rivals if each in fields]
        left_out |= set(there) - {draw(st.sampled_from(there))} if len(there) > 1 else set()
    chosen = [each for each in sorted(fields) if each not in left_out]
    return {kind: {each: draw(messages(schemas, fields[each], each, depth + 2)) for each in chosen}}


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, str, dict[str, Any], Any]:
    """Verb, path with ID for the spreadsheet's, parameters, body."""
    batch = next(each for each in METHODS if each[1]["id"] == "sheets.spreadsheets.batchUpdate")
    document_name, method = draw(st.sampled_from([*METHODS, *[batch] * 12]))
    schemas = SCHEMAS[document_name]
    path = "/" + document(document_name)["servicePath"] + method["path"]
    for name, parameter in method.get("parameters", {}).items():
        if parameter["location"] == "path":
            ids = name in ("spreadsheetId", "fileId")
            value = "ID" if ids else str(draw(_scalars(parameter, name)))
            path = path.replace(f"{{{name}}}", quote(value or "x", safe=""))
    known = {n: each for n, each in method.get("parameters", {}).items() if each["location"] == "query"}
    known |= {"fields": {"type": "string"}}
    some = draw(st.lists(st.sampled_from(sorted(known)), max_size=1, unique=True))
    params = {name: draw(_scalars(known[name], name)) for name in some}
    if "valueInputOption" in known:
        params.setdefault("valueInputOption", draw(st.sampled_from(["RAW", "USER_ENTERED"])))
    return method["httpMethod"], path, params, draw(_bodies(schemas, method))


@st.composite
def _bodies(draw: st.DrawFn, schemas: dict[str, Schema], method: Schema) -> Any:
    if "request" not in method:
        return None
    if method["id"] == "sheets.spreadsheets.batchUpdate" and draw(st.sampled_from([True] * 9 + [False])):
        return {"requests": draw(st.lists(requests(schemas, 1), min_size=1, max_size=3))}
    return draw(messages(schemas, method["request"], "", 0))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalSheets]:
    with LocalSheets(tmp_path_factory.mktemp("fuzz") / "data") as sheets:
        yield sheets


@pytest.fixture(scope="module")
def fuzzed(server: LocalSheets) -> Iterator[Client]:
    client = Client(server)
    with client.http:
        yield client


@settings(
    max_examples=_REQUESTS // _AT_ONCE,
    derandomize="FUZZ_REQUESTS" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
    deadline=None,
    print_blob=True,
)
@given(asked=st.lists(calls(), min_size=_AT_ONCE, max_size=_AT_ONCE))
def test_no_request_is_too_strange(fuzzed: Client, asked: list[tuple[str, str, dict[str, Any], Any]]) -> None:
    fuzzed.create("Sheet1", "Other")
    fuzzed.put("A1", [["KR", 1, "=B1*2"], ["x", "0,7", True]], "USER_ENTERED")
    fuzzed.batch(*FURNITURE)
    for verb, path, params, body in asked:
        given_body = {} if body is None else {"json": body}
        answer = fuzzed.call(verb, path.replace("ID", fuzzed.id), params=params, **given_body)
        assert answer.status_code in (200, 204, 400, 403, 404, 405), answer.text
    fuzzed.call("DELETE", f"/drive/v3/files/{fuzzed.id}")
