"""The probe: every fact that our write-back relies on, tried on the local Sheets server, and nothing left behind."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest

from sync.clock import SystemClock
from sync.doctor.probe import QUOTA_FACTS, SAFE_FACTS, TabLeftError, feed_facts
from sync.doctor.probe.fact import Observation
from sync.domain.failures import Trouble
from sync.google import ChangeFeed, SheetsError
from sync.local_sheets import Fault, LocalSheets
from tests.support.clocks import ManualClock
from tests.support.installation import Installation, save_workbook
from tests.support.probed import BATCH, fact, titles, tried

NOT_TRIED_HERE = {"spilled cells", "a protection against us"}


# The facts


@pytest.mark.parametrize("locale", ["vi_VN", "en_US", "de_DE"])
def test_the_local_server_shows_every_fact_as_expected(tmp_path: Path, locale: str) -> None:
    with LocalSheets(tmp_path / "data", locale=locale) as server:
        server.import_workbook(save_workbook(tmp_path / "scratch.xlsx", {"Mine": [["a secret"]]}))
        seen = tried(server)
    assert list(seen) == [found.name for found in SAFE_FACTS]
    assert {name: found.text for name, found in seen.items() if found.as_expected is False} == {}
    assert {name for name, found in seen.items() if found.as_expected is None} == NOT_TRIED_HERE


def test_our_own_write_comes_into_the_change_feed_and_a_strange_token_is_refused(scratch: Installation) -> None:
    seen = tried(scratch.server, feed_facts(feed_of(scratch.server)))
    assert [found.text for found in seen.values()] == [
        "told as “ours” after 0 s",
        "refused, and a new token was given",
    ]
    assert all(found.as_expected for found in seen.values())


def test_where_drive_may_not_be_asked_its_facts_are_not_tried(scratch: Installation) -> None:
    scratch.server.fault(Fault(kind="error", status=403, method="drive.changes.getStartPageToken"))
    scratch.server.fault(Fault(kind="error", status=403, method="drive.changes.list"))
    seen = tried(scratch.server, feed_facts(feed_of(scratch.server)))
    assert [found.as_expected for found in seen.values()] == [None, None]
    assert all(found.text.startswith("not tried: ") for found in seen.values())


def feed_of(server: LocalSheets) -> Callable[[str], ChangeFeed]:
    return lambda token: ChangeFeed(None, server.url, SystemClock(), token)


def test_each_fact_can_be_tried_alone(scratch: Installation) -> None:
    for each in SAFE_FACTS:
        if each.name not in {*NOT_TRIED_HERE, "Google's clock"}:
            assert tried(scratch.server, [each])[each.name].as_expected, each.name


def test_what_text_becomes_of_is_told_in_the_sheets_locale(scratch: Installation) -> None:
    seen = tried(scratch.server, fact("typed in the sheet's notation"))
    assert seen["typed in the sheet's notation"].text == "vi_VN: “1,5” → 1.5, “1.200.000” → 1200000, “45%” → 0.45"


def test_a_protection_of_the_owner_is_tried_where_there_is_a_tab_for_it(scratch: Installation) -> None:
    protect_a_tab(scratch.server)
    seen = tried(scratch.server, fact("a protection against us"))["a protection against us"]
    assert seen.as_expected
    assert "Invalid requests[1].updateCells: You are trying to edit a protected cell or object" in seen.text
    assert "the other cell says “before”" in seen.text
    assert titles(scratch.server) == ["Mine", "okr-sheets protected"]


def test_a_tab_of_that_name_that_we_may_edit_is_left_alone(scratch: Installation) -> None:
    scratch.server.edit("scratch", {"addSheet": {"properties": {"sheetId": 7, "title": "okr-sheets protected"}}})
    seen = tried(scratch.server, fact("a protection against us"))["a protection against us"]
    assert seen.as_expected is None
    assert scratch.server.cells("scratch")["okr-sheets protected"] == {}


def protect_a_tab(server: LocalSheets) -> None:
    protected = {"range": {"sheetId": 7}, "editors": {"users": ["person@local.invalid"]}}
    server.edit(
        "scratch",
        {"addSheet": {"properties": {"sheetId": 7, "title": "okr-sheets protected"}}},
        {"addProtectedRange": {"protectedRange": protected}},
    )


def test_what_is_seen_otherwise_is_told_as_it_was_seen(scratch: Installation) -> None:
    def somebody_types(server: LocalSheets) -> None:
        [ours] = [each for each in scratch.client.read_book("scratch").tabs if each.title != "Mine"]
        cell = {"userEnteredValue": {"numberValue": 99}}
        start = {"sheetId": ours.sheet_id, "rowIndex": 0, "columnIndex": 0}
        request = {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}
        server.edit("scratch", {"updateCells": request})

    # The first read asks for the locale, the second is the fact's.
    scratch.server.before("spreadsheets.get", somebody_types, skip=1)
    seen = tried(scratch.server, fact("typed reads"))["typed reads"]
    assert seen == Observation('[99, "1,5", true, {"errorValue": "DIVIDE_BY_ZERO"}, 198]', False)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (None, "not refused; written; marks at [1]"),
        (Fault(kind="error", status=400, method=BATCH, skip=4, times=1), "refused: 400"),
    ],
)
def test_whether_a_mark_that_moved_away_stops_a_write_is_told_either_way(
    scratch: Installation, answer: Fault | None, told: str
) -> None:
    if answer is not None:
        scratch.server.fault(answer)
    seen = tried(scratch.server, fact("a mark that moved away"))["a mark that moved away"]
    assert seen.as_expected
    assert seen.text.startswith(told)


def test_a_batch_that_was_refused_and_carried_out_all_the_same_is_not_as_expected(scratch: Installation) -> None:
    scratch.server.fault(Fault(kind="error", status=400, method=BATCH, applied="first", skip=4, times=1))
    seen = tried(scratch.server, fact("a mark that moved away"))["a mark that moved away"]
    assert not seen.as_expected
    assert seen.text.endswith("; written; marks at [1]")


def test_what_becomes_of_a_merge_that_a_row_is_moved_out_of_is_told(scratch: Installation) -> None:
    name = "a row moved out of a merge"
    assert tried(scratch.server, fact(name))[name].text == "not refused; merged rows afterwards [[0, 2]]"
    scratch.server.fault(Fault(kind="error", status=400, method=BATCH, skip=3, times=1))
    assert tried(scratch.server, fact(name))[name].text.startswith("refused: 400")


def test_a_fact_that_fails_is_told_in_googles_words_and_the_others_are_tried(scratch: Installation) -> None:
    scratch.server.fault(Fault(kind="error", status=500, method=BATCH, skip=1, times=1))
    seen = tried(scratch.server)
    failed = {name: found.text for name, found in seen.items() if found.as_expected is False}
    assert list(failed) == ["typed reads"]
    assert failed["typed reads"].startswith("500 Internal error encountered.")
    assert len(seen) == len(SAFE_FACTS)


def test_an_answer_of_another_shape_is_told_and_is_no_traceback(scratch: Installation) -> None:
    scratch.server.fault(
        Fault(kind="error", status=200, method="spreadsheets.get", body={"cells": []}, skip=1, times=1)
    )
    seen = tried(scratch.server, fact("typed reads"))["typed reads"]
    assert seen == Observation("an answer of another shape: KeyError 'sheets'", False)


# The quota


def test_the_quota_is_tried_to_its_end_and_until_it_opens_again(scratch: Installation) -> None:
    clock = ManualClock(datetime(2026, 11, 21, 8, 0, 20, tzinfo=UTC))
    scratch.server.quota(60, None, clock.now)
    seen = tried(scratch.server, QUOTA_FACTS, clock)["too many requests"]
    assert seen.as_expected
    assert seen.text.startswith("read 60: 429 Quota exceeded for quota metric 'Read requests'")
    assert "; no Retry-After; open again after 4" in seen.text


def test_that_google_told_when_to_come_again_is_told(scratch: Installation) -> None:
    clock = ManualClock()
    scratch.server.fault(Fault(kind="error", status=429, method="spreadsheets.get", skip=1, times=1, retry_after="30"))
    seen = tried(scratch.server, QUOTA_FACTS, clock)["too many requests"]
    assert "; Retry-After; open again after 3" in seen.text


# Nothing is left behind


def test_other_tabs_are_as_they_were(scratch: Installation) -> None:
    before = scratch.server.cells("scratch")
    tried(scratch.server)
    assert scratch.server.cells("scratch") == before


def test_the_tab_is_taken_away_where_access_is_lost_on_the_way(scratch: Installation) -> None:
    scratch.server.fault(Fault(kind="error", status=403, method=BATCH, skip=10, times=1))
    with pytest.raises(SheetsError) as raised:
        tried(scratch.server)
    assert raised.value.trouble is Trouble.PERMISSION
    assert titles(scratch.server) == ["Mine"]


def test_the_tab_is_taken_away_where_the_answer_to_adding_it_was_lost(scratch: Installation) -> None:
    scratch.server.fault(Fault(kind="reset", applied="first", method=BATCH, times=1))
    with pytest.raises(SheetsError) as raised:
        tried(scratch.server)
    assert raised.value.ambiguous
    assert titles(scratch.server) == ["Mine"]


@pytest.mark.parametrize("applied", ["first", "never"])
def test_the_tab_is_taken_away_where_the_answer_to_that_was_lost(
    scratch: Installation, applied: Literal["first", "never"]
) -> None:
    scratch.server.fault(Fault(kind="reset", applied=applied, method=BATCH, skip=1, times=1))
    assert tried(scratch.server, []) == {}
    assert titles(scratch.server) == ["Mine"]


def test_a_tab_that_cannot_be_taken_away_is_named(scratch: Installation) -> None:
    scratch.server.fault(Fault(kind="error", status=500, method=BATCH, skip=1))
    with pytest.raises(TabLeftError) as raised:
        tried(scratch.server, [])
    assert titles(scratch.server) == ["Mine", raised.value.title]


def test_nothing_is_added_to_a_spreadsheet_that_we_may_only_view(scratch: Installation) -> None:
    scratch.server.fault(Fault(kind="error", status=403, method=BATCH))
    with pytest.raises(SheetsError) as raised:
        tried(scratch.server)
    assert raised.value.trouble is Trouble.PERMISSION


def test_a_probe_in_the_second_in_which_another_one_began_takes_a_tab_of_its_own(scratch: Installation) -> None:
    clock = ManualClock()
    left = f"okr-sheets probe {clock.now():%Y-%m-%d %H%M%S}"
    scratch.server.edit("scratch", {"addSheet": {"properties": {"title": left}}})
    assert all(found.as_expected for found in tried(scratch.server, fact("odd titles"), clock).values())
    assert titles(scratch.server) == ["Mine", left]
