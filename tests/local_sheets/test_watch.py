"""The watch: whether a caller ever left its mark in cells that are not its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.local_sheets import Difference, LocalSheets, Watch, below_header
from tests.support.examples import examples

from .conftest import Client

ROWS: list[list[object]] = [["Key result", "Score", "Note"], ["Signups", 0.5, "good"], ["Visits", 0.2, "=LEN(A2)"]]


@pytest.fixture
def watched(client: Client) -> Watch:
    """Scores under "Score" are the worker's, all else is people's."""
    client.sheets.edit(client.id, cells("A1", ROWS))
    return client.sheets.watch(below_header("Score"))


def cells(a1: str, rows: Sequence[Sequence[object]]) -> dict[str, Any]:
    start = {"sheetId": 0, "rowIndex": int(a1[1:]) - 1, "columnIndex": ord(a1[0]) - ord("A")}
    shown = [{"values": [{"userEnteredValue": value(each)} for each in row]} for row in rows]
    return {"updateCells": {"start": start, "rows": shown, "fields": "userEnteredValue"}}


def value(entered: object) -> dict[str, Any]:
    if isinstance(entered, str):
        return {"formulaValue" if entered.startswith("=") else "stringValue": entered}
    return {"numberValue": entered} if entered is not None else {}


def inserted(dimension: str, index: int) -> dict[str, Any]:
    span = {"sheetId": 0, "dimension": dimension, "startIndex": index, "endIndex": index + 1}
    return {"insertDimension": {"range": span}}


def sorted_by(column: int) -> dict[str, Any]:
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 3}
    return {"sortRange": {"range": area, "sortSpecs": [{"dimensionIndex": column, "sortOrder": "ASCENDING"}]}}


def places(differences: list[Difference]) -> list[tuple[str, object, object]]:
    return [(each.cell, each.expected, each.found) for each in differences]


def test_scores_in_their_own_column_are_no_difference(client: Client, watched: Watch) -> None:
    client.batch(cells("B2", [[0.7], [0.9]]))
    assert (watched.differences(), watched.trespasses) == ([], [])


def test_what_people_do_is_no_difference(client: Client, watched: Watch) -> None:
    client.sheets.edit(client.id, cells("A2", [["Sign-ups", 1, None]]), inserted("ROWS", 1), inserted("COLUMNS", 0))
    assert (watched.differences(), watched.trespasses) == ([], [])


def test_a_persons_cell_that_the_worker_changed_is_named(client: Client, watched: Watch) -> None:
    client.batch(cells("C2", [[0.7]]))
    assert places(watched.differences()) == [("Sheet1!C2", "good", 0.7)]
    assert places(watched.trespasses) == [("Sheet1!C2", "good", 0.7)]


def test_a_header_is_not_a_cell_below_it(client: Client, watched: Watch) -> None:
    client.put("B1", [["Points"]])
    assert places(watched.differences()) == [("Sheet1!B1", "Score", "Points")]


def test_a_cell_put_back_as_it_was_is_a_trespass_and_no_difference(client: Client, watched: Watch) -> None:
    client.batch(cells("C3", [[0.7]]))
    client.batch(cells("C3", [["=LEN(A2)"]]))
    assert watched.differences() == []
    assert places(watched.trespasses) == [("Sheet1!C3", "=LEN(A2)", 0.7), ("Sheet1!C3", 0.7, "=LEN(A2)")]


def test_a_cell_put_back_with_another_content_stays_a_difference(client: Client, watched: Watch) -> None:
    client.batch(cells("C3", [[0.7]]))
    client.batch(cells("C3", [[7]]))
    assert places(watched.differences()) == [("Sheet1!C3", "=LEN(A2)", 7)]


def test_a_formulas_result_may_change_but_its_references_may_not(client: Client, watched: Watch) -> None:
    client.sheets.edit(client.id, cells("C2", [["=B2*2"]]))
    client.batch(cells("B2", [[0.7]]))
    assert watched.differences() == []
    client.sheets.edit(client.id, inserted("ROWS", 1))
    assert client.sheets.cells(client.id)["Sheet1"]["C3"] == "=B3*2"
    assert watched.differences() == []
    client.batch(cells("C3", [["=B2*2"]]))
    assert places(watched.differences()) == [("Sheet1!C3", "=B3*2", "=B2*2")]


def test_a_wrong_cell_that_people_moved_meanwhile_is_put_back_where_it_went(client: Client, watched: Watch) -> None:
    client.batch(cells("C2", [[0.7]]))
    client.sheets.edit(client.id, inserted("ROWS", 1))
    assert places(watched.differences()) == [("Sheet1!C3", "good", 0.7)]
    client.batch(cells("C3", [["good"]]))
    assert watched.differences() == []


def test_the_score_column_is_followed_where_people_move_it(client: Client, watched: Watch) -> None:
    client.sheets.edit(client.id, inserted("COLUMNS", 0))
    client.batch(cells("C2", [[0.7]]))
    assert watched.differences() == []
    client.batch(cells("B2", [[0.7]]))
    assert places(watched.differences()) == [("Sheet1!B2", "Signups", 0.7)]


def test_people_may_sort_by_the_scores_that_the_worker_wrote(client: Client, watched: Watch) -> None:
    client.batch(cells("B2", [[0.1], [0.9]]))
    client.sheets.edit(client.id, sorted_by(1))
    assert client.sheets.read(client.id, "A2:A3") == [["Signups"], ["Visits"]]
    assert watched.differences() == []


def test_people_may_sort_by_what_they_compute_from_scores(client: Client, watched: Watch) -> None:
    client.sheets.edit(client.id, cells("C2", [["=B2*1"], ["=B3*1"]]))
    client.batch(cells("B2", [[0.1], [0.9]]))
    client.sheets.edit(client.id, sorted_by(2))
    assert client.sheets.read(client.id, "A2:A3") == [["Signups"], ["Visits"]]
    assert watched.differences() == []


def test_an_empty_cell_that_was_filled_and_a_full_one_that_was_emptied_are_named(
    client: Client, watched: Watch
) -> None:
    client.batch(cells("C2", [[None]]), cells("D2", [[1]]))
    assert places(watched.differences()) == [("Sheet1!C2", "good", None), ("Sheet1!D2", None, 1)]


def test_a_format_or_a_note_of_people_counts_as_theirs(client: Client, watched: Watch) -> None:
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 2, "endColumnIndex": 3}
    client.batch({"repeatCell": {"range": area, "cell": {"note": "seen"}, "fields": "note"}})
    assert [each.cell for each in watched.differences()] == ["Sheet1!C2"]


def test_rows_tabs_and_titles_are_peoples_too(client: Client, watched: Watch) -> None:
    client.batch(inserted("ROWS", 5), {"addSheet": {"properties": {"title": "More"}}})
    client.batch({"updateSpreadsheetProperties": {"properties": {"title": "Mine"}, "fields": "title"}})
    named = [each.cell for each in watched.differences()]
    assert named == ["the title of the spreadsheet", "the sheets", "the row_count of Sheet1"]


def test_a_score_stays_the_workers_when_people_take_the_header_away(client: Client, watched: Watch) -> None:
    client.batch(cells("B2", [[0.7]]))
    client.sheets.edit(client.id, cells("B1", [["Done"]]))
    assert watched.differences() == []
    client.batch(cells("B2", [[0.8]]))
    assert places(watched.differences()) == [("Sheet1!B2", 0.7, 0.8)]


def test_another_owner_of_cells_can_be_told(client: Client) -> None:
    client.sheets.edit(client.id, cells("A1", ROWS))
    watched = client.sheets.watch(lambda sheet, row, column: (sheet.title, row, column) == ("Sheet1", 1, 2))
    client.batch(cells("C2", [[0.7]]))
    assert watched.differences() == []
    client.batch(cells("B2", [[0.7]]))
    assert places(watched.differences()) == [("Sheet1!B2", 0.5, 0.7)]


def test_spreadsheets_that_come_and_go_are_watched(client: Client, watched: Watch) -> None:
    client.create("Later")
    client.put("A1", [["mine"]])
    assert places(watched.differences()) == [("Later!A1", None, "mine")]
    assert client.call("DELETE", f"/drive/v3/files/{client.id}").status_code == 204
    assert watched.differences() == []


# People leave the header row alone here: without its header, a score that was rightly written is nobody's.
STEPS = st.one_of(
    st.tuples(st.sampled_from(["insert", "delete"]), st.just("ROWS"), st.integers(1, 4)),
    st.tuples(st.sampled_from(["insert", "delete"]), st.just("COLUMNS"), st.integers(0, 4)),
    st.tuples(st.just("type"), st.sampled_from("ABCDE"), st.integers(2, 5)),
    st.tuples(st.just("write"), st.sampled_from("ABCDE"), st.integers(1, 5)),
)


def request_of(number: int, kind: str, where: str, index: int) -> dict[str, Any]:
    if kind == "insert":
        return inserted(where, index)
    if kind == "delete":
        span = {"sheetId": 0, "dimension": where, "startIndex": index, "endIndex": index + 1}
        return {"deleteDimension": {"range": span}}
    return cells(f"{where}{index}", [[f"typed {number}" if kind == "type" else number]])


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, max_size=12))
def test_it_finds_what_a_twin_without_the_worker_shows(client: Client, steps: list[tuple[str, str, int]]) -> None:
    """The twin has people's edits alone; wherever it differs beside the scores, the watch says so, and nowhere else."""
    real, twin = client.create(rows=20, columns=20), client.create(rows=20, columns=20)
    for each in (real, twin):
        client.sheets.edit(each, cells("A1", ROWS))
    client.id, watched = real, client.sheets.watch(below_header("Score"))
    for number, (kind, where, index) in enumerate(steps):
        request = request_of(number, kind, where, index)
        if kind == "write":
            client.batch(request)
        else:
            client.sheets.edit(real, request)
            client.sheets.edit(twin, request)
    assert {each.cell for each in watched.differences()} == unlike(client.sheets, real, twin)


def unlike(sheets: LocalSheets, real: str, twin: str) -> set[str]:
    """The cells that are not below the twin's score header where the two do not hold the same."""
    found, expected = sheets.cells(real)["Sheet1"], sheets.cells(twin)["Sheet1"]
    scores = {
        f"{name.rstrip('0123456789')}{row}"
        for name, entered in expected.items()
        if entered == "Score"
        for row in range(int(name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) + 1, 100)
    }
    different = {name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name)}
    return {f"Sheet1!{name}" for name in different - scores}
