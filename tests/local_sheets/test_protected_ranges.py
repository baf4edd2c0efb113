"""Protected ranges: who may edit, by whatever request."""

from __future__ import annotations

from typing import Any

import pytest

from sync.local_sheets import ApiError
from tests.support.batch_updates import grid, number_cells, read, span

from .conftest import Client

PROTECTED = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)


def protect_for_person(client: Client, **more: Any) -> int:
    """A person protects B2:B5 against the worker."""
    protected = {"range": {"sheetId": 0, **grid((1, 5), (1, 2))}, **more}
    answer = client.sheets.edit(client.id, {"addProtectedRange": {"protectedRange": protected}})
    found: int = answer["replies"][0]["addProtectedRange"]["protectedRange"]["protectedRangeId"]
    return found


def update_at(row: int, column: int) -> dict[str, Any]:
    start = {"sheetId": 0, "rowIndex": row, "columnIndex": column}
    return {"updateCells": {"start": start, "rows": number_cells([1]), "fields": "userEnteredValue"}}


def test_one_protected_cell_refuses_the_whole_batch(client: Client) -> None:
    protect_for_person(client)
    message = client.batch_refused(update_at(0, 0), update_at(1, 1))
    assert message == f"Invalid requests[1].updateCells: {PROTECTED}"
    assert read(client) == []
    assert client.get()["sheets"][0]["protectedRanges"][0]["requestingUserCanEdit"] is False


@pytest.mark.parametrize(
    "asked",
    [
        {"deleteDimension": {"range": span("ROWS", 1, 2)}},
        {"insertDimension": {"range": span("ROWS", 2, 3)}},
        {"sortRange": {"range": grid((0, 3), (0, 3)), "sortSpecs": [{"dimensionIndex": 0}]}},
        {"repeatCell": {"range": grid((4, 6), (0, 5)), "cell": {}, "fields": "*"}},
        {"deleteSheet": {"sheetId": 0}},
    ],
)
def test_no_kind_of_edit_gets_past_a_protection(client: Client, asked: dict[str, Any]) -> None:
    client.batch({"addSheet": {}})
    protect_for_person(client)
    assert client.batch_refused(asked).endswith(PROTECTED)


def test_values_written_into_a_protected_cell_are_refused_and_others_are_not(client: Client) -> None:
    protect_for_person(client)
    client.put("A2:C2", [[1, None, 3]])
    query = {"valueInputOption": "RAW"}
    path = client.values_path("A2:C2")
    assert client.refused("PUT", path, params=query, json={"values": [[1, 2, 3]]}) == PROTECTED


@pytest.mark.parametrize(
    "allowing",
    [
        {"warningOnly": True},
        {"editors": {"users": ["worker@local.invalid"]}},
        {"unprotectedRanges": [grid((1, 2), (1, 2))]},
    ],
)
def test_warnings_editors_and_exceptions_let_the_worker_through(client: Client, allowing: dict[str, Any]) -> None:
    protect_for_person(client, **allowing)
    client.batch(update_at(1, 1))
    assert read(client, "B2") == [[1]]


def test_a_protection_is_changed_and_deleted_by_who_may_edit_it(client: Client) -> None:
    protection = protect_for_person(client)
    assert client.batch_refused({"deleteProtectedRange": {"protectedRangeId": protection}}).endswith(PROTECTED)
    widened = {"protectedRangeId": protection, "editors": {"users": ["worker@local.invalid"]}}
    client.sheets.edit(client.id, {"updateProtectedRange": {"protectedRange": widened, "fields": "editors"}})
    client.batch({"deleteProtectedRange": {"protectedRangeId": protection}})
    assert "protectedRanges" not in client.get()["sheets"][0]


def test_an_edit_from_inside_is_a_persons_and_speaks_the_same_words(client: Client) -> None:
    protect_for_person(client)
    client.sheets.edit(client.id, update_at(1, 1))
    assert read(client, "B2") == [[1]]
    with pytest.raises(ApiError, match="No grid with id: 7"):
        client.sheets.edit(client.id, {"insertDimension": {"range": {"sheetId": 7, "dimension": "ROWS"}}})
