"""The probe: every fact that our write-back relies on, tried on the local Sheets server, and nothing left behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest

from sync.clock import Clock, SystemClock
from sync.doctor.probe import QUOTA_FACTS, SAFE_FACTS, Fact, Result, TabLeftError, as_markdown, probe
from sync.doctor.probe.fact import Observation
from sync.domain.failures import Trouble
from sync.google import Quota, SheetsClient, SheetsError
from sync.local_sheets import Fault, LocalSheets
from tests.support.clocks import ManualClock
from tests.support.commands import DEADLINE, okr_sheets, running
from tests.support.flat_sheet import FLAT, HEADER, key_results
from tests.support.installation import Installation, save_workbook

NOT_TRIED_HERE = {"spilled cells", "a protection against us"}
BATCH = "spreadsheets.batchUpdate"


@pytest.fixture
def scratch(installation: Installation) -> Installation:
    """An installation with a spreadsheet for OKRs, and one to try things on, where a person keeps something."""
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5)]})
    installation.spreadsheet("scratch", {"Mine": [["a secret", "=1+1"]]})
    installation.configure(FLAT)
    return installation


def client_of(server: LocalSheets, clock: Clock) -> SheetsClient:
    return SheetsClient(None, server.url, clock=clock, quota=Quota(clock, reads=10_000, writes=10_000))


def tried(
    server: LocalSheets, facts: Sequence[Fact] = SAFE_FACTS, clock: Clock | None = None
) -> dict[str, Observation]:
    clock = clock or SystemClock()
    client = client_of(server, clock)
    results: list[Result] = []
    try:
        probe(client, "scratch", clock, facts, results.append)
    finally:
        client.close()
    return {result.fact.name: result.seen for result in results}


def fact(name: str) -> list[Fact]:
    return [found for found in SAFE_FACTS if found.name == name]


def titles(server: LocalSheets) -> list[str]:
    return list(server.cells("scratch"))


# The facts


@pytest.mark.parametrize("locale", ["vi_VN", "en_US", "de_DE"])
def test_the_local_server_shows_every_fact_as_expected(tmp_path: Path, locale: str) -> None:
    with LocalSheets(tmp_path / "data", locale=locale) as server:
        server.import_workbook(save_workbook(tmp_path / "scratch.xlsx", {"Mine": [["a secret"]]}))
        seen = tried(server)
    assert list(seen) == [found.name for found in SAFE_FACTS]
    assert {name: found.text for name, found in seen.items() if found.as_expected is False} == {}
    assert {name for name, found in seen.items() if found.as_expected is None} == NOT_TRIED_HERE


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


# The table


def test_the_table_is_markdown_that_nothing_seen_can_break() -> None:
    text = "a | b `c`\n<script> for consumer 'project_number:123456' in project 123456."
    lines = as_markdown([Result(SAFE_FACTS[0], Observation(text, False))]).splitlines()
    assert lines[:2] == ["| fact | expected | seen | |", "|---|---|---|---|"]
    assert lines[2].endswith(r"| `a \| b 'c' <script> for consumer 'project_number:…' in project ….` | ✗ |")
    assert len(lines) == 3


def test_each_fact_has_its_own_name() -> None:
    names = [found.name for found in SAFE_FACTS + QUOTA_FACTS]
    assert sorted(set(names)) == sorted(names)


# The command


def asked(
    installation: Installation, answer: str, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command with an answer to its question."""
    config = {"OKR_SHEETS_CONFIG": str(installation.folder / "config.toml"), "LC_ALL": "C"}
    return subprocess.run(
        [sys.executable, "-m", "sync", "doctor", "--probe", *arguments],
        input=answer,
        capture_output=True,
        text=True,
        env={**os.environ, **config, **environment},
        cwd=installation.folder,
        timeout=DEADLINE,
        check=False,
    )


def test_it_says_what_it_will_do_and_begins_only_on_yes(scratch: Installation) -> None:
    for answer in ("n\n", ""):
        run = asked(scratch, answer, "scratch")
        assert (run.returncode, run.stdout) == (2, "")
        assert "adds one tab named “okr-sheets probe”" in run.stderr
        assert "Nothing was done." in run.stderr
    assert scratch.server.requests == []


def test_it_asks_in_vietnamese_where_the_terminal_speaks_it(scratch: Installation) -> None:
    run = asked(scratch, "n\n", "scratch", LC_ALL="vi_VN.UTF-8")
    assert run.returncode == 2
    assert "Chưa làm gì cả." in run.stderr


def test_the_table_is_printed_and_the_exit_code_is_0_where_all_is_as_expected(scratch: Installation) -> None:
    address = f"{scratch.server.url}/spreadsheets/d/scratch/edit#gid=0"
    run = asked(scratch, "y\n", address)
    lines = run.stdout.splitlines()
    assert lines[0].startswith("okr-sheets ")
    assert scratch.server.url in lines[0]
    assert lines[2] == "| fact | expected | seen | |"
    assert len(lines) == 4 + len(SAFE_FACTS)
    assert [line for line in lines if "✗" in line] == []
    assert "secret" not in run.stdout
    assert run.returncode == 0


def test_no_configuration_is_needed(scratch: Installation) -> None:
    (scratch.folder / "config.toml").unlink()
    environment = {name: value for name, value in os.environ.items() if name != "OKR_SHEETS_CONFIG"}
    run = subprocess.run(
        [sys.executable, "-m", "sync", "doctor", "--probe", "scratch", "--yes"],
        capture_output=True,
        env={**environment, "OKR_SHEETS_GOOGLE_ENDPOINT": scratch.server.url},
        cwd=scratch.folder,
        timeout=DEADLINE,
        check=False,
    )
    assert run.returncode == 0


def test_the_exit_code_is_1_where_something_differs(scratch: Installation) -> None:
    scratch.server.fault(Fault(kind="error", status=500, method=BATCH, skip=5, times=1))
    run = okr_sheets(scratch, "doctor", "--probe", "scratch", "--yes")
    assert run.returncode == 1
    assert run.stdout.count("✗") == 1


def test_a_configured_spreadsheet_is_not_taken_unless_one_says_so(scratch: Installation) -> None:
    before = scratch.server.cells("sales")
    run = asked(scratch, "y\n", "sales")
    assert run.returncode == 2
    assert "sales is one of the configured spreadsheets" in run.stderr
    assert scratch.server.requests == []
    assert okr_sheets(scratch, "doctor", "--probe", "sales", "--yes").returncode == 0
    assert scratch.server.cells("sales") == before


def test_a_spreadsheet_that_is_not_there_is_told_and_exit_2(scratch: Installation) -> None:
    run = okr_sheets(scratch, "doctor", "--probe", "nowhere", "--yes")
    assert run.returncode == 2
    assert "There is no spreadsheet nowhere" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_was_seen_is_printed_and_the_tab_deleted_on_ctrl_c(scratch: Installation, number: int) -> None:
    with running(scratch, "doctor", "--probe", "scratch", "--yes") as process:
        scratch.server.before(BATCH, lambda _: process.send_signal(number), skip=10)
        output, _ = process.communicate(timeout=DEADLINE)
    assert process.returncode == 2
    assert "| typed reads |" in output
    assert "Traceback" not in output
    assert titles(scratch.server) == ["Mine"]


def test_a_probe_in_the_second_in_which_another_one_began_takes_a_tab_of_its_own(scratch: Installation) -> None:
    clock = ManualClock()
    left = f"okr-sheets probe {clock.now():%Y-%m-%d %H%M%S}"
    scratch.server.edit("scratch", {"addSheet": {"properties": {"title": left}}})
    assert all(found.as_expected for found in tried(scratch.server, fact("odd titles"), clock).values())
    assert titles(scratch.server) == ["Mine", left]


def test_a_tab_that_a_killed_probe_left_is_named_by_the_next_one_and_stays(scratch: Installation) -> None:
    with running(scratch, "doctor", "--probe", "scratch", "--yes") as process:
        scratch.server.before(BATCH, lambda _: process.send_signal(signal.SIGKILL), skip=10)
        process.communicate(timeout=DEADLINE)
    [_, left] = titles(scratch.server)
    run = okr_sheets(scratch, "doctor", "--probe", "scratch", "--yes")
    assert run.returncode == 0
    assert f"The tab “{left}” was there before." in run.stderr
    assert titles(scratch.server) == ["Mine", left]


def test_its_options_go_with_the_probe_only(scratch: Installation) -> None:
    assert okr_sheets(scratch, "doctor", "--yes").returncode == 2
