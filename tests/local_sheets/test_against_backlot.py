"""Every read, sent to this server and to backlot, which was measured against Google: Sheets answers equal to the byte,
Drive with equal JSON.

Where they do not, `DIFFERENCES` says why. Of Drive the refusals are compared, and what both show of a file: backlot
shows all that it knows, whatever is asked for, where recorded traffic of Google's has just what was asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_string
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
    *("R", "c", "R[1]", "C[1]", "C[26]", "R[1000]", "Sheet1!R1C1:R2", "R3C3:R1C1", "R2C2:R1C1", "R[1]C[1]:R[0]C[0]"),
    *("R1C", "RC[1]", "R0C1", "R[-1]C", "R01C01", "A01", "R1:R2C2", "C[1]:R1C1", "ZZ:ZZ", "1001:1001", "RC:RC"),
    *("KRs", "KRs!A1", "AAA", "'RC'!A1", "'r'!A1", "r", "2026", "'2026'", "Scores_1", "'a.b'!A:A"),
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

TITLES = ["KRs", "r"]
# Slashes at the end do not count, unless they are escaped.
SLASHES = ["/", "//", "/values/A1/", "/values/A1%2F", "/values:batchGet/"]


def drive(path: str, **params: Any) -> Case:
    return Case("GET", f"/drive/v3{path}", params)


DRIVE = [
    *(drive("/files/ID", fields=mask) for mask in ("id,name", "name,kind,mimeType", "starred,trashed", "spaces")),
    *(drive("/files/ID", fields=mask) for mask in ("bogus", "id,", "(", "owners.emailAddress", "user")),
    *(
        drive("/files", fields=mask)
        for mask in ("bogus", "id", "id, name", "id,", "id)", "files/bogus", "files(bogus)")
    ),
    *(
        drive("/files", fields=mask)
        for mask in ("files(id", "files//id", "files(id,)", "files.id", "a b", "files(id)/x")
    ),
    *(drive("/files/ID/permissions", fields=mask) for mask in ("bogus", "permissions/zz", "id")),
    *(drive("/about", fields=mask) for mask in ("kind", "bogus", "zz/", "")),
    *(drive("/files/ID", **{name: "maybe"}) for name in ("supportsAllDrives", "acknowledgeAbuse")),
    *(drive("/files/ID", acknowledgeAbuse="true"), drive("/files/ID", alt="media")),
    *(
        drive("/files", q=text)
        for text in ("bogus = 'x'", "name = ", "name is 'x'", "name = 'x' and", "modifiedTime > 'x'")
    ),
    *(
        drive("/files", q=text)
        for text in ("name = 'nothing'", "name = 'O\\'K'", "name='x' name='y'", "starred", "trashed")
    ),
    *(drive("/files", pageSize=given) for given in ("0", "1001", "x")),
    *(
        drive("/files", pageToken="zz"),
        drive("/files", orderBy="zz"),
        drive("/files", includeItemsFromAllDrives="true"),
    ),
    *(drive("/files/ID/permissions", pageSize=given) for given in ("0", "101", "x")),
    drive("/files/ID/permissions", pageToken="zz"),
    *(drive(f"/files/none{path}") for path in ("", "/permissions", "/export")),
    *(drive("/files/none", fields="bogus"), drive("/files/none/export", mimeType="text/csv")),
    *(drive("/files/ID/export", mimeType=given) for given in ("text/csv", "zz", "")),
    *(drive("/files/ID/export"), drive("/files/ID/export", mimeType="text/csv", alt="media")),
]
# What stands in the header, in the place of a token that is good.
CREDENTIALS = ["", "Bearer nope", "bearer GOOD", "Bearer", "Basic x", "OAuth GOOD", "OAuth nope"]
CALLED_WITHOUT = [
    *(values("A1"), Case("GET", "/values:batchGet"), whole(fields="spreadsheetId")),
    *(Case("POST", ":getByDataFilter", {"fields": "spreadsheetId"}), raw(b"{}")),
    drive("/files", fields="kind,files,incompleteSearch", q="name = 'nothing'"),
    *(drive("/files/ID", fields="id"), drive("/about"), drive("/files/none/permissions")),
]

UNKNOWN_PARAMETER = whole(bogus="1")
AFTER_A_SLASH = Case("POST", "/:getByDataFilter", {"fields": "spreadsheetId"}, b"{}")
ONLY_WHAT_IS_ASKED = drive("/files", fields="files/id", q="name = 'OKRs'")
NAMED_COLUMNS, MIXED_ENDS = values("RC1:RC"), values("C[26]:R1")
CUT_OFF, TRAILING = raw(b"{"), raw(b'{"dataFilters":[{"a1Range":"A1"}]} x')

DIFFERENCES = {
    UNKNOWN_PARAMETER: "backlot ignores a parameter that the API does not have; this server refuses it, as Google's "
    "JSON front end does: what a client sends is known here or refused",
    CUT_OFF: "this server shows where the JSON breaks, as Google does in a second line that backlot leaves out",
    TRAILING: "the same",
    AFTER_A_SLASH: "google-spreadsheet puts a slash before the colon in each of its batches, and works against Google",
    ONLY_WHAT_IS_ASKED: "backlot adds kind and incompleteSearch to whatever list is asked for",
    NAMED_COLUMNS: "both refuse a start past the grid, and name it in two ways that nobody has measured",
    MIXED_ENDS: "backlot turns a range round whose open end is before its start past the grid; nobody has measured it",
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
    *(Case("GET", path) for path in SLASHES),
    *(Case("POST", ":getByDataFilter/", {"fields": "spreadsheetId"}, b"{}"), *DRIVE),
    *(raw(body) for body in (b"", b"[]", b"null", b'"x"', b"5", b'{"bogus": 1}')),
    raw(b'{"data_filters": [{"a1_range": "A1"}], "value_render_option": "formula"}'),
    *DIFFERENCES,
]


@dataclass
class Pair:
    """The same spreadsheet on both servers."""

    google: str
    google_id: str
    google_token: str
    ours: Client

    def answers(self, case: Case, credential: str = "Bearer GOOD") -> tuple[tuple[int, Any], tuple[int, Any]]:
        theirs = self._answer(case, self.google, self.google_id, credential.replace("GOOD", self.google_token))
        mine = self._answer(case, self.ours.sheets.url, self.ours.id, credential.replace("GOOD", self.ours.token))
        return theirs, mine

    def _answer(self, case: Case, server: str, spreadsheet: str, credential: str) -> tuple[int, Any]:
        of_drive = case.path.startswith("/drive/")
        sheets = server if server == self.ours.sheets.url else f"{server}/sheets"
        url = f"{server}{case.path}" if of_drive else f"{sheets}/v4/spreadsheets/{spreadsheet}{case.path}"
        given: dict[str, Any] = {"params": case.params, "data": case.body, "headers": {"Authorization": credential}}
        answer = requests.request(case.verb, url.replace("/ID", f"/{spreadsheet}"), timeout=30, **given)
        text = answer.text.replace(spreadsheet, "ID").replace(self.ours.sheets.url, "https://docs.google.com")
        return answer.status_code, _json(text) if of_drive else text


def _json(text: str) -> Any:
    """A file that was exported is no JSON."""
    try:
        return json.loads(text)
    except ValueError:
        return text


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    tabs = [{"title": "Sheet1", "grid": ROWS}, {"title": "Mục tiêu", "grid": SECOND}]
    tabs += [{"title": title, "grid": [["x"]]} for title in TITLES]
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
    google_id = listed.json()["files"][0]["id"]
    known = requests.get(f"{base}/sheets/v4/spreadsheets/{google_id}", headers=headers, timeout=30).json()
    tabs = [{"properties": each["properties"]} for each in known["sheets"]]
    body = {"properties": {"title": "OKRs"}, "sheets": tabs}
    ours.id = ours.ok("POST", "/v4/spreadsheets", json=body)["spreadsheetId"]
    ours.put("Sheet1!A1", ROWS)
    ours.put("Mục tiêu!A1", SECOND)
    for title in TITLES:
        ours.put(f"'{title}'!A1", [["x"]])
    return Pair(base, google_id, token, ours)


@pytest.mark.parametrize("verb", sorted({case.verb for case in CASES}))
def test_a_read_is_answered_alike(pair: Pair, verb: str) -> None:
    answers = {case: pair.answers(case) for case in CASES if case.verb == verb}
    differ = {str(case): found for case, found in answers.items() if found[0] != found[1] and case not in DIFFERENCES}
    assert differ == {}
    assert [case for case in answers if case in DIFFERENCES and answers[case][0] == answers[case][1]] == []


@pytest.mark.parametrize("case", CALLED_WITHOUT, ids=str)
@pytest.mark.parametrize("credential", CREDENTIALS)
def test_a_credential_is_good_or_refused_alike(pair: Pair, case: Case, credential: str) -> None:
    google, ours = pair.answers(case, credential)
    assert ours == google


def test_the_parts_of_a_batch_are_answered_alike(pair: Pair) -> None:
    asked = ["/drive/v3/files/none", "/drive/v3/about?fields=kind", "/drive/v3/files?pageSize=0"]
    google = batched(pair.google, pair.google_token, [*asked, "/sheets/v4/spreadsheets/none"])
    ours = batched(pair.ours.sheets.url, pair.ours.token, [*asked, "/v4/spreadsheets/none"])
    assert ours == google
    assert [status for status, _ in ours] == ["404", "200", "400", "501"]


def batched(server: str, token: str, paths: list[str]) -> list[tuple[str, Any]]:
    """Status and answer of each of these requests, sent together."""
    parts = [f"--b\r\nContent-Type: application/http\r\n\r\nGET {path} HTTP/1.1\r\n\r\n" for path in paths]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "multipart/mixed; boundary=b"}
    answer = requests.post(f"{server}/batch/drive/v3", headers=headers, data="".join(parts) + "--b--", timeout=30)
    message = message_from_string(f"Content-Type: {answer.headers['Content-Type']}\r\n\r\n{answer.text}")
    payloads = [str(part.get_payload()) for part in message.walk() if not part.is_multipart()]
    return [(text.split()[1], json.loads(text.partition("\r\n\r\n")[2])) for text in payloads]
