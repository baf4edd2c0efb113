"""The Node client `google-spreadsheet` against this server: each test runs what somebody would write with it."""

from __future__ import annotations

import pytest

from .conftest import JavaScript

# A document with a second tab, "Scores", that has a header and two rows.
BEGIN = """
    const doc = await GoogleSpreadsheet.createNewSpreadsheetDocument(account, { title: 'OKRs' });
    const sheet = await doc.addSheet({ title: 'Scores', headerValues: ['KR', 'Score'] });
    await sheet.addRows([{ KR: 'b', Score: 2 }, { KR: 'a', Score: 1 }]);
    const objects = async () => (await sheet.getRows()).map((row) => row.toObject());
"""


def test_a_document_is_made_and_its_properties_are_changed(run: JavaScript) -> None:
    answer = run("""
        const made = await GoogleSpreadsheet.createNewSpreadsheetDocument(account, { title: 'OKRs' });
        const doc = new GoogleSpreadsheet(made.spreadsheetId, account);
        await doc.loadInfo();
        const before = [doc.title, doc.locale, doc.sheetsByIndex.map((sheet) => sheet.title)];
        await doc.updateProperties({ title: 'Mục tiêu', locale: 'vi_VN', timeZone: 'Asia/Ho_Chi_Minh' });
        return [before, [doc.title, doc.locale, doc.timeZone]];
    """)
    assert answer == [["OKRs", "en_US", ["Sheet1"]], ["Mục tiêu", "vi_VN", "Asia/Ho_Chi_Minh"]]


def test_rows_are_added_and_read(run: JavaScript) -> None:
    answer = run(f"""{BEGIN}
        const added = await sheet.addRow(['c', '=1+2']);
        return [added.rowNumber, added.get('Score'), await objects()];
    """)
    rows = [{"KR": "b", "Score": "2"}, {"KR": "a", "Score": "1"}, {"KR": "c", "Score": "3"}]
    assert answer == [4, "3", rows]


def test_a_row_is_changed_and_another_deleted(run: JavaScript) -> None:
    answer = run(f"""{BEGIN}
        const [first, second] = await sheet.getRows();
        second.set('Score', 0.7);
        await second.save();
        await first.delete();
        await doc.loadInfo();
        return [await objects(), sheet.rowCount];
    """)
    assert answer == [[{"KR": "a", "Score": "0.7"}], 1000]


def test_cells_are_loaded_changed_and_saved(run: JavaScript) -> None:
    answer = run(f"""{BEGIN}
        await sheet.loadCells('A1:C3');
        const [score, note] = [sheet.getCell(1, 1), sheet.getCellByA1('A2')];
        const before = [sheet.cellStats.nonEmpty, score.value, score.valueType, note.formattedValue];
        score.value = 0.25;
        score.numberFormat = {{ type: 'PERCENT', pattern: '0%' }};
        note.note = 'checked';
        note.textFormat = {{ bold: true }};
        sheet.getCellByA1('C2').formula = '=B2*2';
        await sheet.saveUpdatedCells();
        const computed = sheet.getCellByA1('C2');
        const after = [score.value, score.formattedValue, note.note, note.textFormat];
        return [before, after, [computed.value, computed.formula]];
    """)
    assert answer == [[6, 2, "numberValue", "b"], [0.25, "25%", "checked", {"bold": True}], [0.5, "=B2*2"]]


def test_ranges_are_read_at_once(run: JavaScript) -> None:
    answer = run(f"{BEGIN} return sheet.batchGetCellsInRange(['A1:B1', 'B2:B3', 'D4']);")
    assert answer == [[["KR", "Score"]], [["2"], ["1"]], None]


def test_a_range_is_sorted_and_copied(run: JavaScript) -> None:
    answer = run(f"""{BEGIN}
        const body = {{ startRowIndex: 1, endRowIndex: 3, startColumnIndex: 0, endColumnIndex: 2 }};
        await sheet.sortRange(body, [{{ dimensionIndex: 0, sortOrder: 'ASCENDING' }}]);
        await sheet.copyPaste(body, {{ ...body, startRowIndex: 3, endRowIndex: 5 }});
        return sheet.getCellsInRange('A1:B5');
    """)
    assert answer == [["KR", "Score"], ["a", "1"], ["b", "2"], ["a", "1"], ["b", "2"]]


def test_a_tab_is_renamed_sized_frozen_doubled_and_deleted(run: JavaScript) -> None:
    answer = run(f"""{BEGIN}
        await sheet.updateProperties({{ title: 'Điểm', tabColor: {{ red: 1 }} }});
        await sheet.resize({{ rowCount: 20, columnCount: 8 }});
        await sheet.updateGridProperties({{ frozenRowCount: 1 }});
        await sheet.insertDimension('ROWS', {{ startIndex: 1, endIndex: 3 }});
        await sheet.deleteColumns(6, 8);
        const copy = await sheet.duplicate({{ title: 'Copy' }});
        const titles = doc.sheetsByIndex.map((each) => each.title);
        await copy.delete();
        return [titles, doc.sheetCount, sheet.gridProperties, sheet.tabColor];
    """)
    grid = {"rowCount": 22, "columnCount": 6, "frozenRowCount": 1}
    assert answer == [["Copy", "Sheet1", "Điểm"], 2, grid, {"red": 1}]


def test_rows_are_cleared_and_then_the_whole_tab(run: JavaScript) -> None:
    answer = run(f"""{BEGIN}
        await sheet.clearRows();
        const header = await sheet.getCellsInRange('A1:B3');
        await sheet.clear();
        return [header, (await sheet.getCellsInRange('A1:B3')) ?? null];
    """)
    assert answer == [[["KR", "Score"]], None]


def test_metadata_is_written_and_searched(run: JavaScript) -> None:
    answer = run(f"""{BEGIN}
        await sheet.createDeveloperMetadata({{
          metadataKey: 'okr', metadataValue: 'score', visibility: 'DOCUMENT', location: {{ sheetId: sheet.sheetId }},
        }});
        const found = await doc.searchDeveloperMetadata([{{ developerMetadataLookup: {{ metadataKey: 'okr' }} }}]);
        return found.map((each) => [each.metadataValue, each.location.locationType]);
    """)
    assert answer == [["score", "SHEET"]]


def test_a_document_is_downloaded(run: JavaScript) -> None:
    answer = run(f"""{BEGIN}
        const csv = new TextDecoder().decode(await sheet.downloadAsCSV());
        const xlsx = new TextDecoder('latin1').decode(await doc.downloadAsXLSX());
        return [csv, xlsx.slice(0, 2)];
    """)
    assert answer == ["KR,Score\r\nb,2\r\na,1", "PK"]


def test_a_document_is_shared_and_deleted(run: JavaScript) -> None:
    answer = run(f"""{BEGIN}
        await doc.share('otto@example.org', {{ role: 'reader', emailMessage: false }});
        await doc.setPublicAccessLevel('reader');
        const types = (await doc.listPermissions()).map(({{ type, role }}) => `${{type}} ${{role}}`);
        await doc.setPublicAccessLevel(false);
        const left = (await doc.listPermissions()).length;
        await doc.delete();
        const gone = await new GoogleSpreadsheet(doc.spreadsheetId, account).loadInfo().catch((e) => e.message);
        return [types, left, gone];
    """)
    assert answer == [
        ["user owner", "user reader", "anyone reader"],
        2,
        "Google API error - [404] Requested entity was not found.",
    ]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("sheet.getCellsInRange('A1:B2:C3')", "[400] Unable to parse range: 'Scores'!A1:B2:C3"),
        (
            "doc.addSheet({ title: 'Scores' })",
            '[400] Invalid requests[0].addSheet: A sheet with the name "Scores" already exists. '
            "Please enter another name.",
        ),
        ("doc.deleteSheet(99)", "[400] Invalid requests[0].deleteSheet: No sheet with id: 99"),
        (
            "sheet.trimWhitespace({})",
            "[400] Invalid requests[0].trimWhitespace: "
            "The local Sheets server does not carry out this kind of request.",
        ),
    ],
)
def test_what_fails_is_the_clients_own_error_in_googles_words(run: JavaScript, asked: str, message: str) -> None:
    answer = run(f"{BEGIN} await {asked};")
    assert answer["error"] == {"name": "HTTPError", "message": f"Google API error - {message}", "status": 400}
