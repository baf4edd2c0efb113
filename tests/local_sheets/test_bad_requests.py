"""Requests that make no sense: each is the caller's fault, and named with its place."""

from __future__ import annotations

import pytest

from .conftest import Client

BODIES = [
    b"{",
    b"[]",
    b"null",
    b'"x"',
    b"\xff",
    b'{"values": [[NaN]]}',
    b'{"values": [[Infinity]]}',
    b'{"values": [[1e999]]}',
    b'{"values": [[' + b"1" * 400 + b"]]}",
    b'{"values": [[' + b"1" * 5000 + b"]]}",
    b'{"values": "X"}',
    b'{"values": [1]}',
    b'{"values": [[{"a": 1}]]}',
    b'{"values": [[[1]]]}',
    b'{"values": [["\\ud800"]]}',
    b'{"majorDimension": "DIAGONAL"}',
    b'{"requests": {}}',
    b'{"requests": [1]}',
    b'{"requests": [{}]}',
    b'{"requests": [{"addSheet": {}, "deleteSheet": {}}]}',
    b'{"requests": [{"addSheet": {"properties": {"index": 99}}}]}',
    b'{"requests": [{"updateCells": {"fields": "*"}}]}',
    b'{"requests": [{"updateCells": {"fields": "*", "range": {"startRowIndex": 5, "endRowIndex": 1}}}]}',
    b'{"requests": [{"updateCells": {"fields": "*", "range": {"startRowIndex": -5}}}]}',
    b'{"requests": [{"updateCells": {"fields": "*", "start": {"columnIndex": 2147483648}}}]}',
    b'{"requests": [{"sortRange": {"sortSpecs": [{"dimensionIndex": 99}]}}]}',
    b'{"requests": [{"moveDimension": {"source": {"dimension": "ROWS", "startIndex": 9, "endIndex": 99}}}]}',
    b'{"requests": [{"insertDimension": {"range": {"startIndex": 9, "endIndex": 99}}}]}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body[:60].decode(errors="replace"))
@pytest.mark.parametrize("suffix", [":batchUpdate", "/values/A1?valueInputOption=RAW", "/values:batchClear"])
def test_bad_input_is_the_callers_fault(client: Client, suffix: str, body: bytes) -> None:
    answer = client.call("PUT" if "?" in suffix else "POST", client.path + suffix, data=body)
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]["status"] == "INVALID_ARGUMENT"


@pytest.mark.parametrize("depth", [50, 300, 900])
def test_what_is_nested_too_deep_is_the_callers_fault(client: Client, depth: int) -> None:
    nested = b"[" * depth + b"]" * depth
    path = client.values_path("A1")
    answer = client.call("PUT", path, params={"valueInputOption": "RAW"}, data=b'{"values": [[' + nested + b"]]}")
    assert answer.status_code == 400
    file = client.call("PATCH", f"/drive/v3/files/{client.id}", data=b'{"properties": {"a": ' + nested + b"}}")
    assert file.status_code in (200, 400)
    assert client.get()["spreadsheetId"] == client.id


def test_a_wrong_type_is_named_with_its_place(client: Client) -> None:
    path = client.values_path("A1")
    answer = client.call("PUT", path, params={"valueInputOption": "RAW"}, json={"values": "X"}).json()
    text = "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"X\""
    assert answer["error"] == {
        "code": 400,
        "message": text,
        "status": "INVALID_ARGUMENT",
        "details": [
            {
                "@type": "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations": [{"field": "data.values", "description": text}],
            }
        ],
    }


def test_an_unknown_query_parameter_is_refused(client: Client) -> None:
    message = client.refused("GET", client.path, params={"rangs": "A1"})
    assert message.startswith('Invalid JSON payload received. Unknown name "rangs": Cannot bind query parameter.')
