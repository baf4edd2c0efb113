"""Kinds of request that gspread has no method for, and what becomes of things when rows and sheets move."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sync.local_sheets import LocalSheets

from .conftest import Client


def area(top: int, bottom: int, left: int, right: int, sheet_id: int = 0) -> dict[str, int]:
    named = {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}
    return {"sheetId": sheet_id, **named}


def span(dimension: str, start: int, end: int) -> dict[str, Any]:
    return {"sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": end}


def read(client: Client, a1: str = "Sheet1", render: str = "UNFORMATTED_VALUE") -> list[list[object]]:
    return client.sheets.read(client.id, a1, render)


def groups(client: Client, which: str = "columnGroups") -> list[tuple[int, int, int]]:
    shown = client.get()["sheets"][0].get(which, [])
    return [(each["range"]["startIndex"], each["range"]["endIndex"], each["depth"]) for each in shown]


def name(client: Client, text: str, where: dict[str, int]) -> str:
    reply = client.batch({"addNamedRange": {"namedRange": {"name": text, "range": where}}})["replies"][0]
    found: str = reply["addNamedRange"]["namedRange"]["namedRangeId"]
    return found


def test_a_named_range_moves_with_its_rows_is_changed_and_dies_with_its_sheet(client: Client) -> None:
    client.put("A1", [["a"], ["b"]])
    known = name(client, "Scores", area(1, 2, 0, 1))
    client.batch({"insertDimension": {"range": span("ROWS", 0, 1)}})
    assert client.values("Scores") == {"range": "Sheet1!A3", "majorDimension": "ROWS", "values": [["b"]]}
    change = {"namedRangeId": known, "name": "Points", "range": area(0, 2, 0, 1)}
    client.batch({"updateNamedRange": {"namedRange": change, "fields": "name,range"}})
    assert client.values("points")["range"] == "Sheet1!A1:A2"
    client.batch({"addSheet": {}}, {"deleteSheet": {"sheetId": 0}})
    assert "namedRanges" not in client.get()


def test_a_name_may_be_taken_once_and_may_not_look_like_cells(client: Client) -> None:
    name(client, "Scores", area(0, 1, 0, 1))
    again = {"addNamedRange": {"namedRange": {"name": "SCORES", "range": area(0, 1, 0, 1)}}}
    assert client.batch_refused(again).endswith("A named range with the name SCORES already exists.")
    for wrong in ("A1", "R1C1", "1st", "", "with space", "true"):
        asked = {"addNamedRange": {"namedRange": {"name": wrong, "range": area(0, 1, 0, 1)}}}
        assert client.batch_refused(asked).endswith(f"The name of the range is invalid: {wrong}")


def test_a_cell_wins_over_a_name_and_a_name_over_a_title(sheets: LocalSheets) -> None:
    client = Client(sheets)
    with client.http:
        client.create("Sheet1", "Data")
        client.put("Data!A1", [["in the tab"]])
        client.put("B2", [["named"]])
        name(client, "Data", area(1, 2, 1, 2))
        assert client.values("Data")["values"] == [["named"]]
        assert client.values("'Data'")["values"] == [["in the tab"]]


def test_groups_are_added_and_taken_away_as_google_describes_it(client: Client) -> None:
    """The examples are those of the reference of AddDimensionGroupRequest and DeleteDimensionGroupRequest."""
    client.batch({"addDimensionGroup": {"range": span("COLUMNS", 0, 4)}})
    reply = client.batch({"addDimensionGroup": {"range": span("COLUMNS", 2, 5)}})["replies"][0]["addDimensionGroup"]
    assert [each["depth"] for each in reply["dimensionGroups"]] == [1, 2]
    assert groups(client) == [(0, 5, 1), (2, 4, 2)]
    client.batch({"deleteDimensionGroup": {"range": span("COLUMNS", 3, 5)}})
    assert groups(client) == [(0, 4, 1), (2, 3, 2)]
    refused = client.batch_refused({"deleteDimensionGroup": {"range": span("ROWS", 0, 2)}})
    assert refused.endswith("No row of the range is in a group.")


def test_a_group_is_folded_away_and_grows_with_its_rows(client: Client) -> None:
    client.batch({"addDimensionGroup": {"range": span("ROWS", 1, 3)}})
    fold = {"dimensionGroup": {"range": span("ROWS", 1, 3), "depth": 1, "collapsed": True}, "fields": "collapsed"}
    client.batch({"updateDimensionGroup": fold})
    shown = client.get(fields="sheets(rowGroups,data.rowMetadata)", ranges="A1:A4")["sheets"][0]
    assert shown["rowGroups"][0]["collapsed"] is True
    hidden = [each.get("hiddenByUser", False) for each in shown["data"][0]["rowMetadata"]]
    assert hidden == [False, True, True, False]
    client.batch({"insertDimension": {"range": span("ROWS", 2, 4)}})
    assert groups(client, "rowGroups") == [(1, 5, 1)]


def test_text_is_found_and_replaced_as_if_typed(client: Client) -> None:
    client.put("A1", [["10 of 20", "=10+1"], ["x", "10"]], "USER_ENTERED")
    reply = client.batch({"findReplace": {"find": "10", "replacement": "5", "allSheets": True}})["replies"][0]
    counts = {"sheetsChanged": 1, "rowsChanged": 2, "valuesChanged": 2, "occurrencesChanged": 2}
    assert reply == {"findReplace": counts}
    assert read(client, "Sheet1", "FORMULA") == [["5 of 20", "=10+1"], ["x", 5]]
    both = {"find": "10", "replacement": "2", "sheetId": 0, "includeFormulas": True}
    assert client.batch({"findReplace": both})["replies"][0]["findReplace"]["formulasChanged"] == 1
    assert read(client, "B1") == [[3]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"find": "kr", "replacement": "x"}, [["x1", "x 2"], ["x"]]),
        ({"find": "kr", "replacement": "x", "matchCase": True}, [["KR1", "KR 2"], ["x"]]),
        ({"find": "kr", "replacement": "x", "matchEntireCell": True}, [["KR1", "KR 2"], ["x"]]),
        ({"find": "KR ?([0-9])", "replacement": "no. $1", "searchByRegex": True}, [["no. 1", "no. 2"], ["kr"]]),
        ({"find": "nothing", "replacement": "x"}, [["KR1", "KR 2"], ["kr"]]),
    ],
)
def test_what_is_found_depends_on_the_options(client: Client, asked: dict[str, Any], found: list[list[str]]) -> None:
    client.put("A1", [["KR1", "KR 2"], ["kr"]])
    client.batch({"findReplace": {**asked, "range": area(0, 5, 0, 5)}})
    assert read(client) == found


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"find": "", "allSheets": True}, "find must not be empty."),
        ({"find": "(", "searchByRegex": True, "allSheets": True}, "find is no regular expression: ("),
        ({"find": "x"}, "Exactly one of range, sheetId and allSheets must be set."),
    ],
)
def test_a_search_that_means_nothing_is_refused(client: Client, asked: dict[str, Any], message: str) -> None:
    assert client.batch_refused({"findReplace": asked}) == f"Invalid requests[0].findReplace: {message}"


def test_a_block_of_text_is_pasted_as_if_typed(client: Client) -> None:
    start = {"sheetId": 0, "rowIndex": 1, "columnIndex": 1}
    client.batch({"pasteData": {"coordinate": start, "data": "KR;70%\n=1+1;x", "delimiter": ";"}})
    assert read(client, "B2:C3", "FORMATTED_VALUE") == [["KR", "70%"], ["2", "x"]]
    refused = client.batch_refused({"pasteData": {"coordinate": start, "data": "<b>x</b>", "html": True}})
    assert refused.endswith("The local Sheets server pastes text with a delimiter, and no HTML.")


def test_cells_are_appended_below_the_last_row_and_the_sheet_grows(client: Client) -> None:
    client.put("A10", [["last"]])
    rows = [{"values": [{"userEnteredValue": {"numberValue": 1}}]}, {"values": [{"note": "why"}]}]
    client.batch({"appendCells": {"sheetId": 0, "rows": rows, "fields": "userEnteredValue,note"}})
    assert read(client, "A10:A12") == [["last"], [1]]
    assert client.get()["sheets"][0]["properties"]["gridProperties"]["rowCount"] == 12


def test_a_cut_goes_to_another_sheet_and_formulas_follow_it_there(sheets: LocalSheets) -> None:
    client = Client(sheets)
    with client.http:
        client.create("Source", "Target")
        client.put("Source!A1", [["moved", "=A1"]], "USER_ENTERED")
        to = client.get()["sheets"][1]["properties"]["sheetId"]
        target = {"sheetId": to, "rowIndex": 2, "columnIndex": 0}
        client.batch({"cutPaste": {"source": area(0, 1, 0, 1), "destination": target, "pasteType": "PASTE_NORMAL"}})
        assert read(client, "Source!A1:B1", "FORMULA") == [["", "=Target!A3"]]
        assert read(client, "Target!A3") == [["moved"]]


def test_what_is_pasted_must_fit_and_must_be_allowed(client: Client) -> None:
    copy = {"source": area(0, 3, 0, 1), "destination": area(8, 9, 0, 1), "pasteType": "PASTE_NORMAL"}
    assert client.batch_refused({"copyPaste": copy}).endswith("Pasted data must fit on the sheet.")
    protected = {"addProtectedRange": {"protectedRange": {"range": area(4, 5, 0, 1)}}}
    client.sheets.edit(client.id, protected)
    copy["destination"] = area(3, 4, 0, 1)
    assert client.batch_refused({"copyPaste": copy}).startswith("Invalid requests[0].copyPaste: You are trying to edit")


def test_a_basic_filter_sorts_below_its_header_and_refuses_what_it_cannot_hide(client: Client) -> None:
    client.put("A1", [["KR", "n"], ["b", 1], ["a", 2]])
    specs = [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]
    client.batch({"setBasicFilter": {"filter": {"range": area(0, 3, 0, 2), "sortSpecs": specs}}})
    assert read(client) == [["KR", "n"], ["a", 2], ["b", 1]]
    hiding = {"range": area(0, 3, 0, 2), "filterSpecs": [{"columnIndex": 0, "filterCriteria": {"hiddenValues": ["a"]}}]}
    assert client.batch_refused({"setBasicFilter": {"filter": hiding}}).endswith("applies no criteria.")


def test_a_protection_is_moved_and_given_to_groups(client: Client) -> None:
    protected = {"protectedRange": {"range": area(0, 1, 0, 1), "editors": {"groups": ["okr@example.org"]}}}
    made = client.batch({"addProtectedRange": protected})["replies"][0]["addProtectedRange"]["protectedRange"]
    assert made["editors"]["groups"] == ["okr@example.org"]
    change = {"protectedRangeId": made["protectedRangeId"], "range": area(2, 3, 0, 2)}
    client.batch({"updateProtectedRange": {"protectedRange": change, "fields": "range"}})
    shown = client.get()["sheets"][0]["protectedRanges"][0]
    assert (shown["range"]["startRowIndex"], shown["editors"]) == (2, made["editors"])


def test_what_cells_can_hold_elsewhere_and_not_here_is_refused(client: Client) -> None:
    cell = {"pivotTable": {"rows": [{"sourceColumnOffset": 0}]}}
    asked = {"updateCells": {"start": {}, "rows": [{"values": [cell]}], "fields": "pivotTable"}}
    assert client.batch_refused(asked).endswith("The local Sheets server keeps no pivotTable in a cell.")


@pytest.mark.parametrize("kind", ["insertDimension", "deleteDimension", "moveDimension"])
def test_a_span_past_the_end_is_refused(client: Client, kind: str) -> None:
    where = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1000}
    asked = {"source": where, "destinationIndex": 0} if kind == "moveDimension" else {"range": where}
    assert client.batch_refused({kind: asked}).startswith(f"Invalid requests[0].{kind}: ")


def test_no_request_can_ask_for_more_cells_than_a_spreadsheet_has(client: Client) -> None:
    asked = {"insertDimension": {"range": span("ROWS", 0, 2**31 - 1)}}
    assert client.batch_refused(asked).endswith("above the limit of 10000000 cells.")


def test_all_of_it_is_there_after_a_restart(client: Client, tmp_path: Path) -> None:
    client.put("A1", [["x"]])
    validation = {"range": area(0, 1, 0, 1), "rule": {"condition": {"type": "NOT_BLANK"}, "strict": True}}
    metadata = {"metadataKey": "okr", "visibility": "DOCUMENT", "location": {"dimensionRange": span("ROWS", 0, 1)}}
    color = {"sheetId": 0, "tabColorStyle": {"rgbColor": {"red": 1}}, "gridProperties": {"hideGridlines": True}}
    client.batch(
        {"addNamedRange": {"namedRange": {"name": "Scores", "range": {"sheetId": 0, "startColumnIndex": 1}}}},
        {"createDeveloperMetadata": {"developerMetadata": metadata}},
        {"addDimensionGroup": {"range": span("ROWS", 1, 3)}},
        {"setBasicFilter": {"filter": {"range": area(0, 3, 0, 2)}}},
        {"setDataValidation": validation},
        {"updateSheetProperties": {"properties": color, "fields": "tabColorStyle,gridProperties.hideGridlines"}},
    )
    before = client.get(includeGridData=True)
    client.sheets.close()
    for _ in range(2):  # from the journal, then from the snapshot that it was folded into
        with LocalSheets(tmp_path / "data") as again:
            restarted = Client(again)
            restarted.id = client.id
            with restarted.http:
                after = restarted.get(includeGridData=True)
        assert {**after, "spreadsheetUrl": ""} == {**before, "spreadsheetUrl": ""}
