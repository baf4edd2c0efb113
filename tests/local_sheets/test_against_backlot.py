"""Every read, sent to this server and to backlot, which was measured against Google: the answers are equal to the byte.

Where they are not, `DIFFERENCES` says why.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import backlot  # type: ignore[import-untyped]
import pytest
import requests

from sync.local_sheets import LocalSheets

from .conftest import Client

ROWS: list[list[Any]] = [
    ["Objective", "KR", "Score"],
    ["Grow", 1, 0.5],
    ["", True, ""],
    ["x", "1+1", "0,7"],
    ["", "", ""],
    ["last", "", "é<>&\u200b"],
]
SECOND = [["a", "b"], ["c", "d"]]


@dataclass(frozen=True, eq=False)
class Case:
    verb: str
    path: str
    params: dict[str, Any] = field(default_factory=dict)
    body: bytes | None = None

    def __str__(self) -> str:
        return f"{self.verb} {self.path} {self.params or ''} {(self.body or b'').decode()}".strip()


def whole(**params: Any) -> Case:
    return Case("GET", "", params)


def values(a1: str, **params: Any) -> Case:
    return Case("GET", f"/values/{quote(a1, safe='')}", params)


def filtered(*filters: Any, **more: Any) -> list[Case]:
    body = json.dumps({"dataFilters": filters, **more}).encode()
    fields = "sheets(properties.title,data.rowData.values.formattedValue)"
    return [
        Case("POST", "/values:batchGetByDataFilter", {}, body),
        Case("POST", ":getByDataFilter", {"fields": fields}, body),
    ]


def raw(body: bytes) -> Case:
    return Case("POST", "/values:batchGetByDataFilter", {}, body)


MASKS = [
    *("*", "", "sheets", "sheets.properties", "properties.title,sheets.merges", "namedRanges", "spreadsheetId,*"),
    *("sheets(data(rowData(values(formattedValue,note))))", "sheets.data.rowMetadata", "sheets.*.title", "*/title"),
    *("sheets.data.columnMetadata(pixelSize)", "sheets/data/rowData/values/effectiveValue", "spreadsheetId,"),
    *("sheets.data.startRow,sheets.data.startColumn", "sheets(properties(title,sheetId),data.rowData.values.note)"),
    *("sheets,sheets.properties.title", "sheets.*,sheets.properties.title", "*.*", "*.data", "*.*.rowCount"),
    *("bogus", "sheets.bogus", "sheets(", "sheets)", "a,,b", "sheets(properties/title", "spreadsheetId.x"),
]
RANGES = [
    *("A1", "a1", "A1:C3", "A:A", "1:1", "A2:A", "2:B", "B2:", "B", "2", "A0", "$A$1:$B$2", "C3:A1", "A1:2", "A1:B"),
    *("1:B2", "A:2", "1:A", "A2:5", "D4:D4", "A1:ZZZ99999", "A5000", "ZZ1", "AAAA1", "A1:A5000", "A1000:B2000"),
    *("A1048577", "A99999999999", "R1C1", "R1C1:R2C2", "R[1]C[1]", "RC", "R1", "C1", "r1c1", "A1:R2C2", "RC:R2C2"),
    *("Sheet1", "'Sheet1'", "sheet1!A1", "'sheet1'!a1", "Sheet1!", "!A1", "Sheet1!A1:B2:C3", "Sheet1!A1,B2"),
    *("Mục tiêu", "Mục tiêu!A1:B", "'Mục tiêu'!A1", "Sheet1!A1 ", " A1", "A1 : B2", "Sheet1 !A1", "Nope", "Nope!A1"),
    *("''", "'", "Sheet1!'A1'", "Sheet1!Sheet1"),
]
OPTIONS: list[dict[str, Any]] = [
    *({"majorDimension": given} for given in ("COLUMNS", "columns", "x", "2", "DIMENSION_UNSPECIFIED")),
    *({"valueRenderOption": given} for given in ("UNFORMATTED_VALUE", "FORMULA", "2", "7", "")),
    {"dateTimeRenderOption": "FORMATTED_STRING"},
    *({"prettyPrint": given} for given in ("false", "0", "no", "true")),
    *({"alt": given} for given in ("json", "media", "zzz")),
    *({"fields": given} for given in ("values", "range,values", "values.x")),
    {"majorDimension": ["ROWS", "COLUMNS"]},
]
BATCHES: list[dict[str, Any]] = [
    *({}, {"ranges": ["A1", "B2:C3"]}, {"ranges": ["B2:C3", "A1", "A1"]}, {"ranges": ["A1", "Nope!A1"]}),
    *({"ranges": ["A1"], "fields": "valueRanges.values"}, {"ranges": ["A1"], "majorDimension": "COLUMNS"}),
]
FILTERS: list[list[Any]] = [
    [],
    [{}],
    [{"a1Range": "B1:C2"}, {"a1Range": "A1"}, {"gridRange": {"sheetId": 0, "endRowIndex": 1, "endColumnIndex": 1}}],
    *([{"gridRange": given}] for given in ({"sheetId": 99}, {"startRowIndex": 5000}, {"startRowIndex": -1})),
    *([{"gridRange": given}] for given in ({"startRowIndex": 3, "endRowIndex": 2}, {"startRowIndex": "x"})),
    [{"gridRange": {"startRowIndex": 2, "endRowIndex": 2}}],
    [{"a1Range": "A1", "gridRange": {}}],
    *([5], [{"a1Range": 5}]),
    [{"developerMetadataLookup": {"metadataKey": "k"}}],
    [{"developerMetadataLookup": {"locationType": "SPREADSHEET", "metadataLocation": {"sheetId": 0}}}],
    [{"developerMetadataLookup": {"locationMatchingStrategy": "EXACT_LOCATION"}}],
    [{"developerMetadataLookup": {"metadataLocation": {"sheetId": 4}}}],
]

UNKNOWN_PARAMETER = whole(bogus="1")
CUT_OFF, TRAILING = raw(b"{"), raw(b'{"dataFilters":[{"a1Range":"A1"}]} x')

DIFFERENCES = {
    UNKNOWN_PARAMETER: "backlot ignores a parameter that the API does not have; this server refuses it, as Google's "
    "JSON front end does: what a client sends is known here or refused",
    CUT_OFF: "this server shows where the JSON breaks, as Google does in a second line that backlot leaves out",
    TRAILING: "the same",
}

CASES = [
    whole(),
    *(whole(fields=mask) for mask in MASKS),
    *(whole(fields=mask, ranges=["Sheet1!B2:C4", "Mục tiêu!A1"]) for mask in MASKS),
    *(whole(includeGridData=given, ranges="Sheet1!A1:C3") for given in ("true", "True", "1", "false", "maybe")),
    whole(includeGridData="true", ranges="Sheet1!B2:C3"),
    whole(ranges=["Nope!A1"]),
    *(values(a1) for a1 in RANGES),
    *(values("Sheet1!A1:C6", **options) for options in OPTIONS),
    *(Case("GET", "/values:batchGet", params) for params in BATCHES),
    *(case for filters in FILTERS for case in filtered(*filters)),
    *(raw(json.dumps({"dataFilters": filters}).encode()) for filters in ("x", {"a1Range": "A1"})),
    *filtered({"a1Range": "A1"}, majorDimension="columns"),
    *(raw(body) for body in (b"", b"[]", b"null", b'"x"', b"5", b'{"bogus": 1}')),
    raw(b'{"data_filters": [{"a1_range": "A1"}], "value_render_option": "formula"}'),
    *DIFFERENCES,
]


@dataclass
class Pair:
    """The same spreadsheet on both servers."""

    google: str
    google_token: str
    ours: Client

    def answers(self, case: Case) -> tuple[tuple[int, str], tuple[int, str]]:
        headers = {"Authorization": f"Bearer {self.google_token}"}
        given: dict[str, Any] = {"params": case.params, "data": case.body}
        theirs = requests.request(case.verb, self.google + case.path, headers=headers, timeout=30, **given)
        mine = self.ours.call(case.verb, self.ours.path + case.path, **given)
        return self._comparable(theirs), self._comparable(mine)

    def _comparable(self, answer: requests.Response) -> tuple[int, str]:
        text = answer.text.replace(self.google.rpartition("/")[2], "ID").replace(self.ours.id, "ID")
        return answer.status_code, text.replace(self.ours.sheets.url, "https://docs.google.com")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    tabs = [{"title": "Sheet1", "grid": ROWS}, {"title": "Mục tiêu", "grid": SECOND}]
    times = {"created": "2026-01-01T00:00:00Z", "updated": "2026-01-02T00:00:00Z"}
    file = {"source_type": "google_drive", "subtype": "spreadsheet", "title": "OKRs", "folder": "f"}
    record = {**file, "author_email": "otto@example.com", "sheets": tabs, **times}
    folder: Path = tmp_path_factory.mktemp("pair")
    with (
        pytest.MonkeyPatch.context() as patch,
        LocalSheets(folder / "data") as sheets,
    ):
        patch.setenv("BACKLOT_TELEMETRY", "0")
        patch.setenv("DO_NOT_TRACK", "1")
        ours = Client(sheets)
        with backlot.serve(records=[record], telemetry=False) as google, ours.http:
            yield _filled(google.base_url, google.token, ours)


def _filled(base: str, token: str, ours: Client) -> Pair:
    headers = {"Authorization": f"Bearer {token}"}
    listed = requests.get(f"{base}/drive/v3/files", headers=headers, params={"q": "name = 'OKRs'"}, timeout=30)
    spreadsheet = f"{base}/sheets/v4/spreadsheets/{listed.json()['files'][0]['id']}"
    known = requests.get(spreadsheet, headers=headers, timeout=30).json()
    tabs = [{"properties": each["properties"]} for each in known["sheets"]]
    body = {"properties": {"title": "OKRs"}, "sheets": tabs}
    ours.id = ours.ok("POST", "/v4/spreadsheets", json=body)["spreadsheetId"]
    ours.put("Sheet1!A1", ROWS)
    ours.put("Mục tiêu!A1", SECOND)
    return Pair(spreadsheet, token, ours)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_read_is_answered_alike(pair: Pair, case: Case) -> None:
    google, ours = pair.answers(case)
    if case in DIFFERENCES:
        assert ours != google, "no longer a difference"
    else:
        assert ours == google
