"""What was acknowledged survives: restarts, kills, torn lines."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.local_sheets import ApiError, LocalSheets
from sync.local_sheets.book.book import Sheet, Spreadsheet
from sync.local_sheets.store.snapshots import dumped
from sync.local_sheets.store.store import DamagedData, Store
from tests.support.examples import examples

from .conftest import Client


def reopened(folder: Path) -> Store:
    """Another process's view of the data as a kill at this moment leaves it."""
    shutil.copytree(folder / "data", folder / "killed")
    return Store(folder / "killed")


def test_a_write_survives_the_server_being_killed(client: Client, tmp_path: Path) -> None:
    client.put("A1", [["70%", "=A1*2"]], "USER_ENTERED")
    client.batch({"addSheet": {"properties": {"title": "Q2"}}})
    shown = client.get(fields="properties,sheets")
    shutil.copytree(tmp_path / "data", tmp_path / "killed")
    with LocalSheets(tmp_path / "killed") as again:
        after = Client(again)
        with after.http:
            after.id = client.id
            assert after.get(fields="properties,sheets") == shown


def test_a_restart_keeps_spreadsheets_and_tokens(tmp_path: Path) -> None:
    with LocalSheets(tmp_path) as first:
        before = Client(first)
        with before.http:
            before.create("OKR")
            before.put("A1", [[1]])
    with LocalSheets(tmp_path) as second:
        before.sheets = second
        assert before.values("A1")["values"] == [["1"]]
        before.http.close()


def test_a_torn_last_line_is_dropped(client: Client, tmp_path: Path) -> None:
    client.put("A1", [["kept"]])
    client.put("A1", [["torn"]])
    journal = tmp_path / "data" / f"{client.id}.journal"
    journal.write_bytes(journal.read_bytes()[:-5])
    store = reopened(tmp_path)
    assert store.book(client.id).sheets[0].cell(0, 0).value == "kept"
    store.close()


def test_a_damaged_line_before_the_last_is_reported(client: Client, tmp_path: Path) -> None:
    client.put("A1", [[1]])
    client.put("A1", [[2]])
    journal = tmp_path / "data" / f"{client.id}.journal"
    journal.write_bytes(journal.read_bytes().replace(b"{", b"", 1))
    with pytest.raises(DamagedData, match="line 1"):
        reopened(tmp_path)


def test_a_journal_that_the_snapshot_already_holds_is_not_applied_twice(client: Client, tmp_path: Path) -> None:
    query = {"valueInputOption": "RAW"}
    client.ok("POST", client.values_path("A1") + ":append", params=query, json={"values": [[1]]})
    journal = (tmp_path / "data" / f"{client.id}.journal").read_bytes()
    store = reopened(tmp_path)
    store.close()
    (tmp_path / "killed" / f"{client.id}.journal").write_bytes(journal)
    again = Store(tmp_path / "killed")
    assert [len(sheet.rows) for sheet in again.book(client.id).sheets] == [1]
    again.close()


def test_a_deleted_spreadsheet_stays_deleted(client: Client, tmp_path: Path) -> None:
    client.put("A1", [[1]])
    client.call("DELETE", f"/drive/v3/files/{client.id}")
    store = reopened(tmp_path)
    assert store.books() == []
    store.close()


def test_a_long_journal_is_folded_into_the_snapshot(client: Client, tmp_path: Path) -> None:
    text = "x" * 40_000
    for row in range(30):
        client.put(f"A{row % 10 + 1}", [[text]])
    journal = tmp_path / "data" / f"{client.id}.journal"
    assert journal.stat().st_size < 1_000_000
    assert len(client.sheets.read(client.id, "Sheet1")) == 10


def test_a_data_folder_has_one_server(sheets: LocalSheets, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="in use by another local Sheets server"):
        LocalSheets(tmp_path / "data")


index = st.integers(0, 5)
texts = st.sampled_from(["a", "b", "=A1+1", "=SUM(A1:B3)", "=Sheet1!B2", '=$A2&"x"', "70%", "'7", ""])


@st.composite
def edits(draw: st.DrawFn) -> dict[str, Any]:
    dimension = draw(st.sampled_from(["ROWS", "COLUMNS"]))
    start = draw(index)
    strip = {"sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": start + draw(st.integers(1, 2))}
    top, left = draw(index), draw(index)
    area = {
        "startRowIndex": top,
        "endRowIndex": top + draw(st.integers(1, 3)),
        "startColumnIndex": left,
        "endColumnIndex": left + draw(st.integers(1, 3)),
    }
    cell = {"userEnteredValue": {"formulaValue": draw(texts.filter(lambda text: text.startswith("=")))}}
    return draw(
        st.sampled_from(
            [
                {"insertDimension": {"range": strip}},
                {"deleteDimension": {"range": strip}},
                {"moveDimension": {"source": strip, "destinationIndex": draw(index)}},
                {"sortRange": {"range": area, "sortSpecs": [{"dimensionIndex": left}]}},
                {"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}},
                {"unmergeCells": {"range": area}},
                {"repeatCell": {"range": area, "cell": cell, "fields": "userEnteredValue"}},
                {"addProtectedRange": {"protectedRange": {"range": area}}},
                {"addSheet": {}},
                {"updateSheetProperties": {"properties": {"title": draw(st.text(max_size=3))}, "fields": "title"}},
            ]
        )
    )


@settings(max_examples=examples(20), deadline=None)
@given(st.lists(st.one_of(edits(), st.tuples(index, index, texts)), max_size=12))
def test_any_history_reopened_is_the_same_spreadsheet(history: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "data")
        store.put(Spreadsheet("book", "Book", sheets=[Sheet(0, "Sheet1", 8, 8)]))
        for step in history:
            try:
                store.change("book", as_change(step), "worker@local.invalid")
            except ApiError:
                continue
        store.close()
        again = Store(Path(folder) / "data")
        assert dumped(again.book("book")) == dumped(store.book("book"))
        again.close()


def as_change(step: Any) -> dict[str, Any]:
    if isinstance(step, dict):
        return {"method": "batchUpdate", "requests": [step]}
    row, column, text = step
    value_range = {"range": f"R{row + 1}C{column + 1}", "values": [[text]]}
    return {"method": "values", "data": [value_range], "option": "USER_ENTERED"}
