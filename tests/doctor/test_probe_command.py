"""The probe as a command: what it asks, the table that it prints, how it ends, and what it leaves alone."""

import os
import signal

import pytest

from sync.doctor.probe import QUOTA_FACTS, SAFE_FACTS, Result, as_markdown, feed_facts
from sync.doctor.probe.fact import Observation
from sync.google import ChangeFeed
from sync.local_sheets import Fault
from tests.support.commands import DEADLINE, completed, okr_sheets, running
from tests.support.installation import Installation
from tests.support.probed import BATCH, titles

# The table


def test_the_table_is_markdown_that_nothing_seen_can_break() -> None:
    text = "a | b `c`\n<script> for consumer 'project_number:123456' in project 123456."
    lines = as_markdown([Result(SAFE_FACTS[0], Observation(text, False))]).splitlines()
    assert lines[:2] == ["| fact | expected | seen | |", "|---|---|---|---|"]
    assert lines[2].endswith(r"| `a \| b 'c' <script> for consumer 'project_number:…' in project ….` | ✗ |")
    assert len(lines) == 3


def no_feed(_: str) -> ChangeFeed:
    raise AssertionError("only the names are asked for")


FEED_FACTS = feed_facts(no_feed)


def test_each_fact_has_its_own_name() -> None:
    names = [found.name for found in SAFE_FACTS + FEED_FACTS + QUOTA_FACTS]
    assert sorted(set(names)) == sorted(names)


# The command

PROBE = ("doctor", "--probe")


def test_it_says_what_it_will_do_and_begins_only_on_yes(scratch: Installation) -> None:
    for answer in ("n\n", ""):
        run = okr_sheets(scratch, *PROBE, "scratch", typed=answer)
        assert (run.returncode, run.stdout) == (2, "")
        assert "adds one tab named “okr-sheets probe”" in run.stderr
        assert "Nothing was done." in run.stderr
    assert scratch.server.requests == []


def test_it_asks_in_vietnamese_where_the_terminal_speaks_it(scratch: Installation) -> None:
    run = okr_sheets(scratch, *PROBE, "scratch", typed="n\n", language="vi_VN.UTF-8")
    assert run.returncode == 2
    assert "Chưa làm gì cả." in run.stderr


def test_the_table_is_printed_and_the_exit_code_is_0_where_all_is_as_expected(scratch: Installation) -> None:
    address = f"{scratch.server.url}/spreadsheets/d/scratch/edit#gid=0"
    run = okr_sheets(scratch, *PROBE, address, typed="y\n")
    lines = run.stdout.splitlines()
    assert lines[0].startswith("okr-sheets ")
    assert scratch.server.url in lines[0]
    assert lines[2] == "| fact | expected | seen | |"
    assert len(lines) == 4 + len(SAFE_FACTS) + len(FEED_FACTS)
    assert [line for line in lines if "✗" in line] == []
    assert "secret" not in run.stdout
    assert run.returncode == 0


def test_no_configuration_is_needed(scratch: Installation) -> None:
    (scratch.folder / "config.toml").unlink()
    environment = {name: value for name, value in os.environ.items() if name != "OKR_SHEETS_CONFIG"}
    environment["OKR_SHEETS_GOOGLE_ENDPOINT"] = scratch.server.url
    assert completed([*PROBE, "scratch", "--yes"], scratch.folder, environment).returncode == 0


def test_the_exit_code_is_1_where_something_differs(scratch: Installation) -> None:
    scratch.server.fault(Fault(kind="error", status=500, method=BATCH, skip=5, times=1))
    run = okr_sheets(scratch, *PROBE, "scratch", "--yes")
    assert run.returncode == 1
    assert run.stdout.count("✗") == 1


def test_a_configured_spreadsheet_is_not_taken_unless_one_says_so(scratch: Installation) -> None:
    before = scratch.server.cells("sales")
    run = okr_sheets(scratch, *PROBE, "sales", typed="y\n")
    assert run.returncode == 2
    assert "sales is one of the configured spreadsheets" in run.stderr
    assert scratch.server.requests == []
    assert okr_sheets(scratch, *PROBE, "sales", "--yes").returncode == 0
    assert scratch.server.cells("sales") == before


def test_a_spreadsheet_that_is_not_there_is_told_and_exit_2(scratch: Installation) -> None:
    run = okr_sheets(scratch, *PROBE, "nowhere", "--yes")
    assert run.returncode == 2
    assert "There is no spreadsheet nowhere" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_was_seen_is_printed_and_the_tab_deleted_on_ctrl_c(scratch: Installation, number: int) -> None:
    with running(scratch, *PROBE, "scratch", "--yes") as process:
        scratch.server.before(BATCH, lambda _: process.send_signal(number), skip=10)
        output = process.stdout.read()
        assert process.wait(DEADLINE) == 2
    assert "| typed reads |" in output
    assert "Traceback" not in output
    assert titles(scratch.server) == ["Mine"]


def test_a_tab_that_a_killed_probe_left_is_named_by_the_next_one_and_stays(scratch: Installation) -> None:
    with running(scratch, *PROBE, "scratch", "--yes") as process:
        scratch.server.before(BATCH, lambda _: process.send_signal(signal.SIGKILL), skip=10)
        assert process.wait(DEADLINE) == -signal.SIGKILL
    [_, left] = titles(scratch.server)
    run = okr_sheets(scratch, *PROBE, "scratch", "--yes")
    assert run.returncode == 0
    assert f"The tab “{left}” was there before." in run.stderr
    assert titles(scratch.server) == ["Mine", left]


def test_its_options_go_with_the_probe_only(scratch: Installation) -> None:
    assert okr_sheets(scratch, "doctor", "--yes").returncode == 2
