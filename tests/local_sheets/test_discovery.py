"""The table of messages is Google's, and the check of our answers finds what does not fit."""

from __future__ import annotations

from typing import Any

import pytest

from sync.local_sheets.drive import api as drive_api
from sync.local_sheets.methods import sheets as sheets_api
from sync.local_sheets.protocol.messages import methods

from .answers import AnswerCheck
from .conftest import Client
from .discovery import TABLE, distilled


def test_the_table_is_distilled_from_the_documents_that_are_installed() -> None:
    assert TABLE.read_text("utf-8") == distilled(), "run python -m tests.local_sheets.discovery"


def test_every_method_of_the_table_is_answered() -> None:
    answered = {each.name for each in [*sheets_api.METHODS, *drive_api.METHODS]}
    assert set(methods()) <= answered


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ({"spreadsheetId": 1}, "spreadsheets.get: $.spreadsheetId is no string: 1"),
        ({"sheets": {}}, "spreadsheets.get: $.sheets is no list: {}"),
        ({"sheets": [{"titel": ""}]}, "spreadsheets.get: $.sheets[0].titel is not in the schema"),
        ({"properties": {"autoRecalc": "NEVER"}}, "spreadsheets.get: $.properties.autoRecalc is no string: 'NEVER'"),
        ({"sheets": [{"merges": [{"endRowIndex": 2.5}]}]}, "$.sheets[0].merges[0].endRowIndex is no int32: 2.5"),
    ],
)
def test_an_answer_that_does_not_fit_is_found(answer: dict[str, Any], fault: str) -> None:
    check = AnswerCheck()
    check("spreadsheets.get", answer)
    assert [found.endswith(fault) for found in check.faults] == [True]


def test_an_answer_that_fits_is_let_through() -> None:
    check = AnswerCheck()
    check("spreadsheets.values.get", {"range": "A1", "values": [["a", 1, 0.5, True], []]})
    check("drive.files.get", {"version": "3", "modifiedTime": "2026-01-02T03:04:05.678Z"})
    assert check.faults == []


def test_the_check_is_told_of_every_answer_of_a_running_server(client: Client, answer_check: AnswerCheck) -> None:
    before = answer_check.seen
    client.get()
    client.put("A1", [[1]])
    assert answer_check.seen == before + 2
