"""Google's own Node client, `googleapis`, against this server: each test runs what somebody would write with it."""

from __future__ import annotations

import pytest

from sync.local_sheets import Fault, LocalSheets

from .conftest import JavaScript

# A spreadsheet with one tab, "Scores", and the clients of both APIs.
BEGIN = """
    const sheets = google.sheets({ version: 'v4', auth: account });
    const drive = google.drive({ version: 'v3', auth: account });
    const made = await sheets.spreadsheets.create({
      requestBody: { properties: { title: 'OKRs' }, sheets: [{ properties: { title: 'Scores' } }] },
    });
    const { spreadsheetId } = made.data;
    const write = (range, values) => sheets.spreadsheets.values.update({
      spreadsheetId, range, valueInputOption: 'RAW', requestBody: { values },
    });
"""


def test_values_are_written_and_read_with_a_service_account(run: JavaScript) -> None:
    answer = run(f"""{BEGIN}
        const written = await write('Scores!A1:C2', [['KR', 'Score', ''], ['a', 0.5, true]]);
        await write('Scores!A2:C2', [[null, 0.75, null]]);
        const read = await sheets.spreadsheets.values.get({{
          spreadsheetId, range: 'Scores', valueRenderOption: 'UNFORMATTED_VALUE',
        }});
        return {{ status: written.status, cells: written.data.updatedCells, read: read.data }};
    """)
    assert answer == {
        "status": 200,
        "cells": 6,
        "read": {
            "range": "Scores!A1:Z1000",
            "majorDimension": "ROWS",
            "values": [["KR", "Score"], ["a", 0.75, True]],
        },
    }


def test_many_ranges_are_written_and_read_at_once(run: JavaScript) -> None:
    answer = run(f"""{BEGIN}
        const written = await sheets.spreadsheets.values.batchUpdate({{
          spreadsheetId,
          requestBody: {{
            valueInputOption: 'USER_ENTERED',
            data: [
              {{ range: 'Scores!A1', values: [['Điểm', '=1+2']] }},
              {{ range: 'Scores!A2:A3', majorDimension: 'COLUMNS', values: [['a', 'b']] }},
            ],
          }},
        }});
        const read = await sheets.spreadsheets.values.batchGet({{
          spreadsheetId, ranges: ['Scores!A2:A3', 'Scores!B1'], valueRenderOption: 'FORMULA',
        }});
        const {{ responses, spreadsheetId: id, ...totals }} = written.data;
        return {{ totals, read: read.data.valueRanges }};
    """)
    assert answer == {
        "totals": {
            "totalUpdatedRows": 3,
            "totalUpdatedColumns": 2,
            "totalUpdatedCells": 4,
            "totalUpdatedSheets": 1,
        },
        "read": [
            {"range": "Scores!A2:A3", "majorDimension": "ROWS", "values": [["a"], ["b"]]},
            {"range": "Scores!B1", "majorDimension": "ROWS", "values": [["=1+2"]]},
        ],
    }


def test_rows_are_appended_and_cleared(run: JavaScript) -> None:
    answer = run(f"""{BEGIN}
        await write('Scores!A1', [['KR', 'Score']]);
        const appended = await sheets.spreadsheets.values.append({{
          spreadsheetId, range: 'Scores!A1', valueInputOption: 'RAW', insertDataOption: 'INSERT_ROWS',
          requestBody: {{ values: [['a', 1], ['b', 2]] }},
        }});
        const cleared = await sheets.spreadsheets.values.clear({{ spreadsheetId, range: 'Scores!A1:B1' }});
        return [appended.data.tableRange, appended.data.updates.updatedRange, cleared.data.clearedRange];
    """)
    assert answer == ["Scores!A1:B1", "Scores!A2:B3", "Scores!A1:B1"]


def test_a_batch_sorts_and_answers_with_the_sheet(run: JavaScript) -> None:
    answer = run(f"""{BEGIN}
        await write('Scores!A1', [['b', 2], ['c', 3], ['a', 1]]);
        const sorted = await sheets.spreadsheets.batchUpdate({{
          spreadsheetId,
          requestBody: {{
            requests: [
              {{ sortRange: {{
                range: {{ sheetId: 0, endRowIndex: 3 }}, sortSpecs: [{{ dimensionIndex: 0, sortOrder: 'ASCENDING' }}],
              }} }},
              {{ addSheet: {{ properties: {{ title: 'Next', sheetId: 7 }} }} }},
            ],
            includeSpreadsheetInResponse: true,
          }},
        }});
        const found = await sheets.spreadsheets.get({{
          spreadsheetId, ranges: ['Scores!A1:B3'], fields: 'sheets.data.rowData.values.effectiveValue',
        }});
        const rows = found.data.sheets[0].data[0].rowData;
        return {{
          replies: sorted.data.replies.map((reply) => Object.keys(reply)),
          titles: sorted.data.updatedSpreadsheet.sheets.map((sheet) => sheet.properties.title),
          rows: rows.map((row) => row.values.map((cell) => Object.values(cell.effectiveValue)[0])),
        }};
    """)
    assert answer == {
        "replies": [[], ["addSheet"]],
        "titles": ["Scores", "Next"],
        "rows": [["a", 1], ["b", 2], ["c", 3]],
    }


def test_cells_are_found_by_filter_and_metadata(run: JavaScript) -> None:
    answer = run(f"""{BEGIN}
        await write('Scores!A1', [['KR', 'Score'], ['a', 0.5]]);
        await sheets.spreadsheets.batchUpdate({{
          spreadsheetId,
          requestBody: {{ requests: [{{ createDeveloperMetadata: {{ developerMetadata: {{
            metadataKey: 'row', visibility: 'DOCUMENT',
            location: {{ dimensionRange: {{ sheetId: 0, dimension: 'ROWS', startIndex: 1, endIndex: 2 }} }},
          }} }} }}] }},
        }});
        const dataFilters = [{{ developerMetadataLookup: {{ metadataKey: 'row' }} }}];
        const read = await sheets.spreadsheets.values.batchGetByDataFilter({{
          spreadsheetId, requestBody: {{ dataFilters }},
        }});
        return read.data.valueRanges.map(({{ valueRange }}) => [valueRange.range, valueRange.values]);
    """)
    assert answer == [["Scores!A2:Z2", [["a", "0.5"]]]]


@pytest.mark.parametrize(
    ("asked", "status", "message"),
    [
        ("sheets.spreadsheets.get({ spreadsheetId: 'none' })", 404, "Requested entity was not found."),
        ("sheets.spreadsheets.values.get({ spreadsheetId, range: 'Nope!A1' })", 400, "Unable to parse range: Nope!A1"),
        (
            "write('Scores!A1', [['a'], 'b'])",
            400,
            "Invalid value at 'data.values[1]' (type.googleapis.com/google.protobuf.ListValue), \"b\"",
        ),
        ("drive.files.get({ fileId: 'none' })", 404, "File not found: none."),
        ("drive.files.list({ q: 'name is x' })", 400, "Invalid Value"),
    ],
)
def test_what_fails_is_the_clients_own_error_in_googles_words(
    run: JavaScript, asked: str, status: int, message: str
) -> None:
    answer = run(f"{BEGIN} return (await {asked}).data;")
    assert answer == {"error": {"name": "Error", "message": message, "status": status}}


def test_a_batch_that_fails_at_its_end_has_changed_nothing(run: JavaScript) -> None:
    answer = run(f"""{BEGIN}
        const requests = [{{ addSheet: {{ properties: {{ title: 'Next' }} }} }}, {{ deleteSheet: {{ sheetId: 99 }} }}];
        const refused = await sheets.spreadsheets.batchUpdate({{ spreadsheetId, requestBody: {{ requests }} }})
          .catch((error) => error.response.data.error);
        const found = await sheets.spreadsheets.get({{ spreadsheetId, fields: 'sheets.properties.title' }});
        return [refused, found.data.sheets.length];
    """)
    assert answer == [
        {
            "code": 400,
            "message": "Invalid requests[1].deleteSheet: No sheet with id: 99",
            "status": "INVALID_ARGUMENT",
        },
        1,
    ]


def test_an_answer_that_a_busy_server_owes_is_asked_for_again_by_the_client(
    run: JavaScript, sheets: LocalSheets
) -> None:
    sheets.fault(Fault(kind="error", status=503, method="spreadsheets.get", times=1))
    assert run(f"{BEGIN} return (await sheets.spreadsheets.get({{ spreadsheetId }})).data.properties.title") == "OKRs"
    assert [each.status for each in sheets.requests if each.method == "spreadsheets.get"] == [503, 200]


def test_files_are_uploaded_found_downloaded_shared_and_deleted(run: JavaScript) -> None:
    answer = run("""
        const drive = google.drive({ version: 'v3', auth: account });
        const made = await drive.files.create({
          requestBody: { name: 'Kế hoạch', mimeType: 'application/vnd.google-apps.spreadsheet' },
          media: { mimeType: 'text/csv', body: Readable.from(['KR,Score\\na,1']) },
          fields: 'id,name',
        });
        const fileId = made.data.id;
        const found = await drive.files.list({ q: "name contains 'Kế'", fields: 'files(name,mimeType)' });
        const csv = await drive.files.export({ fileId, mimeType: 'text/csv' });
        const shared = await drive.permissions.create({
          fileId, requestBody: { type: 'user', role: 'reader', emailAddress: 'otto@example.org' }, fields: 'role,type',
        });
        const copied = await drive.files.copy({ fileId, requestBody: { name: 'Again' }, fields: 'name' });
        const deleted = await drive.files.delete({ fileId });
        const gone = await drive.files.get({ fileId }).catch((error) => error.status);
        return [made.data.name, found.data.files, csv.data, shared.data, copied.data, deleted.status, gone];
    """)
    assert answer == [
        "Kế hoạch",
        [{"name": "Kế hoạch", "mimeType": "application/vnd.google-apps.spreadsheet"}],
        "KR,Score\r\na,1",
        {"type": "user", "role": "reader"},
        {"name": "Again"},
        204,
        404,
    ]


def test_changes_since_a_token_are_listed(run: JavaScript) -> None:
    answer = run(f"""{BEGIN}
        const start = await drive.changes.getStartPageToken({{}});
        await write('Scores!A1', [['x']]);
        const listed = await drive.changes.list({{ pageToken: start.data.startPageToken }});
        return listed.data.changes.map((change) => [change.fileId === spreadsheetId, change.removed]);
    """)
    assert answer == [[True, False]]


def test_a_person_and_a_service_account_are_told_apart(run: JavaScript) -> None:
    who = "(await google.drive({ version: 'v3', auth }).about.get({ fields: 'user' })).data.user.emailAddress"
    answer = run(f"const who = async (auth) => {who}; return [await who(account), await who(person)];")
    assert answer == ["worker@local.invalid", "person@local.invalid"]


def test_a_token_that_google_did_not_issue_is_refused(run: JavaScript) -> None:
    answer = run("""
        account.setCredentials({ access_token: 'nonsense', expiry_date: Date.now() + 3600000 });
        const sheets = google.sheets({ version: 'v4', auth: account });
        // Behind the client's back, which would ask for a new token and try again.
        return (await fetch('https://sheets.googleapis.com/v4/spreadsheets/x', {
          headers: { authorization: `Bearer ${account.credentials.access_token}` },
        })).status;
    """)
    assert answer == 401


def test_a_method_of_drive_that_is_not_here_is_refused_by_its_name(run: JavaScript) -> None:
    answer = run(f"{BEGIN} await drive.replies.create({{ fileId: spreadsheetId, commentId: 'c', requestBody: {{}} }});")
    assert answer["error"]["status"] == 501
    assert answer["error"]["message"] == "The local Sheets server does not carry out drive.replies.create."
