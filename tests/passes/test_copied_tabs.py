"""The turn of a period: a tab copied for the next one is seen without an admin, and its scores are its own."""

import pytest

from sync.domain.memory import PassResult
from tests.support.flat_sheet import FLAT, HEADER, change_current, key_results
from tests.support.installation import Installation
from tests.support.outcomes import codes

PATTERN = FLAT.replace(
    'objective]\ntext = "Mục tiêu"',
    'objective]\ntext = "Mục tiêu"\nperiod = { tab_title = true, pattern = "OKR (.*)" }',
)

EVERY = 300


@pytest.fixture
def quarter(installation: Installation) -> Installation:
    """A tab for Q4, scored."""
    installation.spreadsheet("sales", {"OKR Q4 2026": [HEADER, *key_results(2, 5, 8)]})
    installation.configure(PATTERN)
    assert installation.sync().result is PassResult.OK
    return installation


def copy_tab(installation: Installation, title: str = "OKR Q1 2027", sheet_id: int = 77) -> None:
    request = {"sourceSheetId": 0, "newSheetId": sheet_id, "newSheetName": title, "insertSheetIndex": 1}
    installation.server.edit("sales", {"duplicateSheet": request})


def empty(installation: Installation, sheet_id: int, rows: range, column: int = 4) -> None:
    area = {
        "sheetId": sheet_id,
        "startRowIndex": rows.start,
        "endRowIndex": rows.stop,
        "startColumnIndex": column,
        "endColumnIndex": column + 1,
    }
    installation.server.edit("sales", {"updateCells": {"range": area, "fields": "userEnteredValue"}})


def type_score(installation: Installation, sheet_id: int, row: int, number: float) -> None:
    change_current(installation.server, "sales", sheet_id, row=row, value=number, column=5)


def scores_on(installation: Installation, title: str) -> list[object]:
    cells = installation.cells("sales", title)
    return [cells.get(f"F{row}") for row in (2, 3, 4)]


def test_a_copied_tab_is_seen_within_two_intervals_though_nothing_changed_in_the_old_one(
    quarter: Installation,
) -> None:
    quarter.later(EVERY)
    assert quarter.sync().result is PassResult.UNCHANGED
    copy_tab(quarter)
    for _ in range(2):
        quarter.later(EVERY)
        quarter.sync()
    seen = quarter.records.snapshot("sales")
    assert seen is not None
    assert {found.period for found in seen.objectives} == {"Q4 2026", "Q1 2027"}


def test_scores_that_came_along_are_taken_back_where_nothing_is_measured_yet_and_told_once(
    quarter: Installation,
) -> None:
    copy_tab(quarter)
    empty(quarter, 77, range(1, 4))
    quarter.later(2 * EVERY)
    outcome = quarter.sync()
    assert outcome.result is PassResult.OK
    assert codes(outcome) == ["scores-copied"]
    assert scores_on(quarter, "OKR Q1 2027") == [None, None, None]
    assert scores_on(quarter, "OKR Q4 2026") == [0.2, 0.5, 0.8]
    quarter.later(2 * EVERY)
    assert codes(quarter.sync()) == []


def test_scores_that_came_along_are_replaced_by_those_of_the_new_values(quarter: Installation) -> None:
    copy_tab(quarter)
    change_current(quarter.server, "sales", 77, row=1, value=1)
    change_current(quarter.server, "sales", 77, row=2, value=3)
    change_current(quarter.server, "sales", 77, row=3, value=0)
    quarter.later(2 * EVERY)
    assert quarter.sync().result is PassResult.OK
    assert scores_on(quarter, "OKR Q1 2027") == [0.1, 0.3, 0]
    assert scores_on(quarter, "OKR Q4 2026") == [0.2, 0.5, 0.8]


def test_rows_that_were_sorted_in_the_copy_are_known_by_their_names(quarter: Installation) -> None:
    copy_tab(quarter)
    area = {"sheetId": 77, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 6}
    order = [{"dimensionIndex": 4, "sortOrder": "DESCENDING"}]
    quarter.server.edit("sales", {"sortRange": {"range": area, "sortSpecs": order}})
    empty(quarter, 77, range(1, 4))
    quarter.later(2 * EVERY)
    assert codes(quarter.sync()) == ["scores-copied"]
    assert scores_on(quarter, "OKR Q1 2027") == [None, None, None]


def test_a_single_number_of_somebodys_in_the_copy_waits_for_the_admin(quarter: Installation) -> None:
    copy_tab(quarter)
    empty(quarter, 77, range(1, 4))
    type_score(quarter, 77, 2, 0.77)
    quarter.later(2 * EVERY)
    assert codes(quarter.sync()) == ["first-contact"]
    assert scores_on(quarter, "OKR Q1 2027") == [0.2, 0.77, 0.8]


def test_numbers_that_we_never_wrote_wait_as_ever(quarter: Installation) -> None:
    type_score(quarter, 0, 1, 0.9)
    copy_tab(quarter)
    empty(quarter, 77, range(1, 4))
    type_score(quarter, 0, 1, 0.2)
    quarter.later(2 * EVERY)
    assert codes(quarter.sync()) == ["first-contact"]


def test_current_values_that_came_along_are_told_until_they_are_replaced(quarter: Installation) -> None:
    copy_tab(quarter)
    quarter.later(2 * EVERY)
    told = [found for found in quarter.sync().snapshot.problems if found.code == "values-left-over"]  # type: ignore[union-attr]
    assert [(str(found.cell), dict(found.facts)) for found in told] == [
        ("OKR Q1 2027!E2", {"title": "OKR Q1 2027", "other": "OKR Q4 2026", "cells": "E2, E3, E4"})
    ]
    for row in (1, 2):
        change_current(quarter.server, "sales", 77, row=row, value=0)
    quarter.later(2 * EVERY)
    assert "values-left-over" not in codes(quarter.sync())


def test_values_that_the_new_period_begins_with_are_not_left_over(quarter: Installation) -> None:
    copy_tab(quarter)
    for row, value in ((1, 2), (2, 5), (3, 8)):
        change_current(quarter.server, "sales", 77, row=row, value=value, column=2)
    quarter.later(2 * EVERY)
    assert "values-left-over" not in codes(quarter.sync())
