"""What scripts and terminals expect of every command: exit codes in the help, JSON alone, no colours in a pipe."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from sync.cli import main
from tests.support.commands import okr_sheets
from tests.support.flat_sheet import FLAT, HEADER, key_results
from tests.support.installation import Installation

DATED = FLAT.replace(
    'objective]\ntext = "Mục tiêu"', 'objective]\ntext = "Mục tiêu"\nperiod = { value = "Quý 4/2090" }'
)


@pytest.fixture
def sales(installation: Installation) -> Installation:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5)]})
    installation.configure(DATED)
    installation.clock.set(datetime.now(UTC))
    installation.sync()
    # The database is in nobody's hands.
    installation.records.close()
    return installation


@pytest.mark.parametrize("name", ["", *main.commands])
def test_every_help_tells_the_exit_codes(name: str, sales: Installation) -> None:
    told = " ".join(okr_sheets(sales, *([name] if name else []), "--help").stdout.split())
    for said in ("0 fine", "1 problems in sheets", "2 cannot run", "130 stopped by Ctrl-C"):
        assert said in told


@pytest.mark.parametrize(
    "command",
    [
        ["check", "--json"],
        ["sync", "--json"],
        ["doctor", "--json"],
        ["close", "Q4/2090", "--json"],
        ["close", "Q4/2090", "--reopen", "--json"],
        ["rebuild-records", "--json"],
    ],
    ids=" ".join,
)
def test_scripts_get_json_and_nothing_else(command: list[str], sales: Installation) -> None:
    run = okr_sheets(sales, *command)
    assert run.returncode in (0, 1), run.stderr
    assert json.loads(run.stdout)


def test_the_doctor_tells_scripts_what_is_in_the_way(sales: Installation) -> None:
    sales.configure(DATED.replace('"sales"', '"nowhere"'))
    run = okr_sheets(sales, "doctor", "--json")
    assert run.returncode == 2
    found = {finding["what"]: finding for finding in json.loads(run.stdout)}
    assert found["records"]["well"] is True
    assert found["spreadsheet nowhere"]["well"] is False
    assert "nowhere" in found["spreadsheet nowhere"]["remedy"]


def test_closing_tells_scripts_what_is_kept(sales: Installation) -> None:
    for already, objectives in ((False, 1), (True, 0)):
        found = json.loads(okr_sheets(sales, "close", "Q4/2090", "--json").stdout)
        (kept,) = found.pop("spreadsheets")
        assert found == {"period": "Quý 4/2090", "closed": True}
        assert (kept["spreadsheet"], kept["already"], kept["objectives"]) == ("sales", already, objectives)


def test_what_is_done_before_the_json_is_told_beside_it(sales: Installation) -> None:
    run = okr_sheets(sales, "rebuild-records", "--json")
    assert "The old database is kept as" in run.stderr
    assert json.loads(run.stdout)


@pytest.mark.parametrize("command", [["doctor"], ["--help"], ["sync", "--help"]], ids=" ".join)
def test_a_pipe_gets_no_colours(command: list[str], sales: Installation) -> None:
    run = okr_sheets(sales, *command)
    assert "\x1b" not in run.stdout + run.stderr


@pytest.mark.parametrize(
    "command", [["check"], ["sync", "--dry-run"], ["inspect", "sales", "--explain-row", "3"]], ids=" ".join
)
def test_a_text_out_of_a_cell_is_printed_and_not_obeyed(command: list[str], sales: Installation) -> None:
    clears_the_screen = {"userEnteredValue": {"stringValue": "5\x1b[2J"}}
    current = {"sheetId": 0, "rowIndex": 2, "columnIndex": 4}
    put = {"start": current, "rows": [{"values": [clears_the_screen]}], "fields": "userEnteredValue"}
    sales.server.edit("sales", {"updateCells": put})
    run = okr_sheets(sales, *command)
    assert "“5 [2J”" in run.stdout
    assert "\x1b" not in run.stdout + run.stderr


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("okr-sheets reb", "rebuild-records"),
        ("okr-sheets sync --dr", "--dry-run"),
        ("okr-sheets doctor --js", "--json"),
    ],
)
def test_a_shell_completes_commands_and_options(typed: str, offered: str) -> None:
    asked = {"_OKR_SHEETS_COMPLETE": "bash_complete", "COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    command = [sys.executable, "-c", "from sync.cli import main; main(prog_name='okr-sheets')"]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **asked})
    assert f"plain,{offered}" in run.stdout.splitlines()
